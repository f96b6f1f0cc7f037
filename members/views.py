"""The public list of members; the profile page shows cooperatives too and is in cecop.views."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.filters import MemberSearch
from members.models import Member


@login_not_required
@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """The members found, with their facets."""
    listing = MemberSearch.of(request, Member.objects.for_listing())
    return render(request, "members/member_list.html", {"listing": listing})
