"""The profile of a member: the organisation and the cooperatives it represents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from cecop.kept import public_page
from cooperatives.models import Cooperative
from members.models import Member

SHOWN = 10


@public_page
def member_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known about a member, declared and listed figures side by side."""
    member = get_object_or_404(Member.objects.for_profile(), slug=slug)
    represented = Cooperative.objects.active().represented_by(member)
    return render(
        request,
        "members/member_detail.html",
        {
            "member": member,
            "text": member.text_for(get_language()),
            "names": member.names.all(),
            "sources": member.sources.all(),
            "figures": member.figures.newest_first(),
            "contacts": member.contacts.public(),
            "listed": represented.listed(),
            "cooperatives": represented.for_listing().with_members().by_name()[:SHOWN],
        },
    )
