"""The public pages of cooperatives."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from cecop import exporting
from cecop.kept import public_page
from cooperatives import exports
from cooperatives.filters import CooperativeSearch
from cooperatives.models import Cooperative


@public_page
def cooperative_list(request: HttpRequest) -> HttpResponseBase:
    """The cooperatives found, with their facets."""
    listing = CooperativeSearch.of(request, Cooperative.objects.for_listing())
    if exporting.is_asked(request):
        return exporting.response(request, listing, exports.export(request, listing))
    downloads = exporting.links(listing)
    return render(
        request, "cooperatives/cooperative_list.html", {"listing": listing, "downloads": downloads}
    )


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
