"""What helps to search: suggestions while typing, and the description that browsers read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cecop.kept import public_page
from cecop.listing import harmless_text
from cecop.suggestions import suggest

FEWEST_LETTERS = 2


@public_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """A part of a page: the entries that fit what is typed so far; nothing for a single letter."""
    text = harmless_text(request.GET.get("q", ""))
    is_enough = sum(letter.isalnum() for letter in text) >= FEWEST_LETTERS
    response = render(
        request, "_suggestions.html", {"found": suggest(text) if is_enough else None, "text": text}
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page
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
