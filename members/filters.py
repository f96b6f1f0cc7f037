"""The search for members: parameters of the address -> members, counts and pages."""

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cecop.faceted import FacetedSearch, FacetFilter, Order
from cecop.vocabulary.countries import country_names
from cecop.vocabulary.types import type_names
from members.choices import MemberKind, MemberRole
from members.querysets import MemberQuerySet


class MemberSearch(FacetedSearch):
    """``?q= country type role kind sort page`` over ``Member.objects.for_listing()``."""

    page_size = 100  # all of them, for years to come

    q = django_filters.CharFilter(method="narrow_by_text")
    country = FacetFilter(label=_("Country"), vocabulary=country_names)
    type = FacetFilter(label=_("Represents"), vocabulary=type_names, method="narrow_by_type")
    role = FacetFilter(label=_("Role"), vocabulary=lambda: dict(MemberRole.choices))
    kind = FacetFilter(label=_("Kind of membership"), vocabulary=lambda: dict(MemberKind.choices))

    orders = {
        "name": Order(_("name"), ("sort_name", "id")),
        "country": Order(_("country"), ("country", "sort_name", "id")),
        "enterprises": Order(
            _("enterprises"), (F("declared_enterprises").desc(nulls_last=True), "sort_name", "id")
        ),
    }

    def narrow_by_text(self, rows: MemberQuerySet, _name: str, text: str) -> MemberQuerySet:
        return rows.matching(text)

    def narrow_by_type(self, rows: MemberQuerySet, _name: str, types: list[str]) -> MemberQuerySet:
        return rows.filter(types__overlap=types)

    def numbers(self, name: str, rows: MemberQuerySet) -> dict[str, int]:
        return rows.count_by_type() if name == "type" else super().numbers(name, rows)
