"""The public list of members; the profile page shows cooperatives too and is in cecop.views."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cecop.kept import public_page
from members.filters import MemberSearch
from members.models import Member


@public_page
def member_list(request: HttpRequest) -> HttpResponse:
    """The members found, with their facets."""
    listing = MemberSearch.of(request, Member.objects.for_listing())
    return render(request, "members/member_list.html", {"listing": listing})
