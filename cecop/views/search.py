"""What helps to search: suggestions while typing, and the description that browsers read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cecop.listing import harmless_text
from cecop.suggestions import suggest

FEWEST_LETTERS = 2


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A part of a page: the entries that fit what is typed so far; nothing for a single letter."""
    text = harmless_text(request.GET.get("q", ""))
    is_enough = sum(letter.isalnum() for letter in text) >= FEWEST_LETTERS
    response = render(
        request, "_suggestions.html", {"found": suggest(text) if is_enough else None, "text": text}
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser asks this site, in the OpenSearch 1.1 format."""
    return render(
        request,
        "opensearch.xml",
        {
            "own_url": request.build_absolute_uri(request.path),
            "search_url": request.build_absolute_uri(reverse("cooperatives:cooperative_list")),
            "site_url": request.build_absolute_uri("/"),
        },
        content_type="application/opensearchdescription+xml",
    )
