"""The search for cooperatives: parameters of the address -> cooperatives, counts and pages."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cecop.faceted import FacetedSearch, FacetFilter, Labels, Order
from cecop.listing import Facet
from cecop.vocabulary.countries import country_names
from cecop.vocabulary.regions import region_names
from cecop.vocabulary.sectors import sector_names
from cecop.vocabulary.types import type_names
from cooperatives.choices import CooperativeStatus
from cooperatives.querysets import CooperativeQuerySet as Rows
from members.models import Member

# Band -> (label, fewest workers, most workers); the bands of European business statistics.
SIZES: dict[str, tuple[Any, int, int | None]] = {
    "1-9": (_("1–9 workers"), 1, 9),
    "10-49": (_("10–49 workers"), 10, 49),
    "50-249": (_("50–249 workers"), 50, 249),
    "250": (_("250 workers and more"), 250, None),
}


def size_names() -> dict[str, Any]:
    """Band -> label."""
    return {band: label for band, (label, _fewest, _most) in SIZES.items()}


def size_condition(band: str) -> Q:
    """The condition that holds for cooperatives of the band."""
    _label, fewest, most = SIZES[band]
    return Q(workers__gte=fewest) if most is None else Q(workers__range=(fewest, most))


class CooperativeSearch(FacetedSearch):
    """``?q= country region type sector member size status sort page``.

    Closed and merged cooperatives are found only when their status is chosen.
    """

    q = django_filters.CharFilter(method="narrow_by_text")
    country = FacetFilter(label=_("Country"), vocabulary=country_names)
    region = FacetFilter(label=_("Region"), vocabulary=region_names)
    type = FacetFilter(
        label=_("Type"),
        vocabulary=type_names,
        method="narrow_by_type",
        note=_("Types overlap: a social cooperative may also be a worker cooperative."),
    )
    sector = FacetFilter(label=_("Sector"), vocabulary=sector_names)
    member = FacetFilter(label=_("Represented by"), vocabulary=dict, method="narrow_by_member")
    size = FacetFilter(
        label=_("Size"), vocabulary=size_names, method="narrow_by_size", in_order=True
    )
    status = FacetFilter(
        label=_("Status"),
        vocabulary=lambda: dict(CooperativeStatus.choices),
        method="narrow_by_status",
        in_order=True,
        note=_("Closed and merged cooperatives are shown only when you choose them."),
    )

    orders = {
        "name": Order(_("name"), ("sort_name", "id")),
        "workers": Order(_("workers"), (F("workers").desc(nulls_last=True), "sort_name", "id")),
        "newest": Order(_("newest"), ("-created_at", "-id")),
    }

    @cached_property
    def members(self) -> dict[str, Member]:
        """Slug -> member, of all that may represent a cooperative today."""
        published = Member.objects.published().order_by("sort_name", "id")
        return {member.slug: member for member in published.only("slug", "name", "acronym")}

    def vocabulary(self, name: str) -> Labels:
        if name == "member":
            return {slug: member.short_name for slug, member in self.members.items()}
        return super().vocabulary(name)

    @cached_property
    def facets(self) -> list[Facet]:
        """Regions are offered within the countries chosen: there are three hundred in all."""
        with_regions = self.chosen("country") or self.chosen("region")
        return [each for each in super().facets if with_regions or each.name != "region"]

    def narrow_by_text(self, rows: Rows, _name: str, text: str) -> Rows:
        return rows.matching(text)

    def narrow_by_type(self, rows: Rows, _name: str, types: list[str]) -> Rows:
        return rows.filter(types__overlap=types)

    def narrow_by_member(self, rows: Rows, _name: str, slugs: list[str]) -> Rows:
        return rows.represented_by(*(self.members[slug] for slug in slugs))

    def narrow_by_size(self, rows: Rows, _name: str, bands: list[str]) -> Rows:
        return rows.filter(reduce(or_, (size_condition(band) for band in bands)))

    def narrow_by_status(self, rows: Rows, _name: str, statuses: list[str]) -> Rows:
        return rows.filter(status__in=statuses)

    def narrowed(self, without: str = "") -> Rows:
        rows: Rows = super().narrowed(without)
        return rows if self.chosen("status") or without == "status" else rows.active()

    def numbers(self, name: str, rows: Rows) -> dict[str, int]:
        if name == "type":
            return rows.count_by_type()
        if name == "member":
            return rows.count_by_member()
        if name == "size":
            return rows.count_by_condition({band: size_condition(band) for band in SIZES})
        return super().numbers(name, rows)

    @cached_property
    def workers(self) -> int:
        """The workers of all cooperatives found, each cooperative counted once."""
        return self.narrowed().listed()["workers"]
