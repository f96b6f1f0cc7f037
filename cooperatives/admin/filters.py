"""Filters and grouped choices of the lists and forms of cooperatives."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import (
    Exists,
    OuterRef,
    QuerySet,
)
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cecop.secretariat.fields import grouped
from cecop.vocabulary.countries import country_name
from cecop.vocabulary.regions import region_country, region_names
from cecop.vocabulary.sectors import DIVISIONS, SECTIONS
from cooperatives.models import Affiliation
from members.models import Member


def regions_by_country() -> list[tuple[str, Any]]:
    """The regions under the names of their countries."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name in region_names().items():
        found.setdefault(country_name(region_country(code)), []).append((code, name))
    return grouped(sorted(found.items()))


def sectors_by_section() -> list[tuple[str, Any]]:
    """The divisions of sectors under their sections."""
    found: dict[str, list[tuple[str, Any]]] = {str(label): [] for label in SECTIONS.values()}
    for code, (section, label) in DIVISIONS.items():
        found[str(SECTIONS[section])].append((code, label))
    return grouped([(heading, pairs) for heading, pairs in found.items() if pairs])


class SectionFilter(admin.SimpleListFilter):
    """The broad sectors."""

    title = _("sector")
    parameter_name = "sector"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(SECTIONS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in SECTIONS:
            return queryset
        divisions = [
            code for code, (section, _label) in DIVISIONS.items() if section == self.value()
        ]
        return queryset.filter(sector__in=divisions)


class MemberFilter(admin.SimpleListFilter):
    """The member that represents it today; or none."""

    title = _("member")
    parameter_name = "member"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, Any]]:
        yield "none", _("None")
        members = Member.objects.order_by("sort_name", "id").only("name", "acronym")
        yield from ((str(each.pk), each.short_name) for each in members)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen not in dict(self.lookup_choices):
            return queryset
        today = Affiliation.objects.filter(cooperative=OuterRef("pk"), until=None)
        if chosen == "none":
            return queryset.filter(~Exists(today))
        return queryset.filter(Exists(today.filter(member_id=int(chosen))))
