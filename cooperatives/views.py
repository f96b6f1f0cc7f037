"""The public pages of cooperatives."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cecop.kept import public_page
from cooperatives.filters import CooperativeSearch
from cooperatives.models import Cooperative


@public_page
def cooperative_list(request: HttpRequest) -> HttpResponse:
    """The cooperatives found, with their facets."""
    listing = CooperativeSearch.of(request, Cooperative.objects.for_listing())
    return render(request, "cooperatives/cooperative_list.html", {"listing": listing})


@public_page
def cooperative_detail(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """The profile of a cooperative; another slug leads to the right address."""
    cooperative = get_object_or_404(Cooperative.objects.for_profile(), public_id=public_id)
    if slug != cooperative.slug:
        return redirect(cooperative, permanent=True)
    return render(
        request,
        "cooperatives/cooperative_detail.html",
        {
            "cooperative": cooperative,
            "affiliations": cooperative.public_affiliations,  # type: ignore[attr-defined]
            "identifiers": cooperative.identifiers.all(),
            "robots_noindex": cooperative.is_sample,
        },
    )
