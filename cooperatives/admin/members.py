"""The list of members, with what each represents; ``members`` itself knows no cooperatives."""

from typing import Any

from django.contrib import admin
from django.db.models import (
    Case,
    Count,
    IntegerField,
    QuerySet,
    Value,
    When,
)
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cooperatives.models import Affiliation
from members.admin.member import MemberAdmin
from members.models import Member


class MemberWithCooperativesAdmin(MemberAdmin):
    """The list of members with the number of cooperatives each represents today."""

    list_display: tuple[str, ...] = (*MemberAdmin.list_display, "listed")

    def for_list(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Counted at once for all members; with 40,000 rows a count for each took a second."""
        today = Affiliation.objects.filter(until=None, cooperative__status="active").order_by()
        numbers = today.values_list("member").annotate(Count("pk"))
        cases = [When(pk=member, then=Value(number)) for member, number in numbers]
        counted: QuerySet[Any] = rows.annotate(
            listed=Case(*cases, default=0, output_field=IntegerField())
        )
        return counted

    @admin.display(description=_("listed cooperatives"), ordering="listed")
    def listed(self, member: Any) -> str:
        address = reverse("admin:cooperatives_cooperative_changelist")
        return format_html(
            '<a href="{}?member={}&amp;status__exact=active">{}</a>',
            address,
            member.pk,
            number_format(member.listed, force_grouping=True),
        )


admin.site.unregister(Member)
admin.site.register(Member, MemberWithCooperativesAdmin)
