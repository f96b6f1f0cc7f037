"""The public list of members; the profile page shows cooperatives too and is in cecop.views."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cecop import exporting
from cecop.kept import public_page
from members import exports
from members.filters import MemberSearch
from members.models import Member


@public_page
def member_list(request: HttpRequest) -> HttpResponseBase:
    """The members found, with their facets."""
    listing = MemberSearch.of(request, Member.objects.for_listing())
    if exporting.is_asked(request):
        return exporting.response(request, listing, exports.export(request))
    downloads = exporting.links(listing)
    return render(request, "members/member_list.html", {"listing": listing, "downloads": downloads})
