"""The search for cooperatives: parameters of the address -> cooperatives, counts and pages."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cecop.faceted import NOTES, FacetedSearch, FacetFilter, Labels
from cecop.finding.live import live
from cecop.finding.postings import Postings
from cecop.finding.selection import Selection
from cecop.finding.texts import Rank, TextSearch
from cecop.finding.words import Query
from cecop.listing import Facet
from cecop.vocabulary.countries import country_names
from cecop.vocabulary.regions import region_names, region_prefix
from cecop.vocabulary.sectors import sector_names
from cecop.vocabulary.sizes import size_names
from cecop.vocabulary.types import type_names
from cooperatives import indexing
from cooperatives.choices import CooperativeStatus
from cooperatives.numbers import numbered, represented
from cooperatives.rows import cooperative_rows
from members.listed import listed_members, members_found_by

MOST_ROWS = 40_000  # kept by each process; about 1 KB each
CONFIRMED = {"yes": _("Confirmed by its member"), "no": _("Not yet confirmed")}


def decade_names() -> dict[str, str]:
    """The decades of founding, the newest first."""
    return {str(year): f"{year}–{year + 9}" for year in range(2100, 1790, -10)}


class CooperativeSearch(FacetedSearch):
    """``?q= country region type sector member size form decade confirmed status sort page``.

    Closed and merged cooperatives are found only when their status is chosen.
    """

    index = indexing.KIND
    usual = {"status": (CooperativeStatus.ACTIVE,)}
    measures = ("workers",)

    q = django_filters.CharFilter()
    country = FacetFilter(label=_("Country"), vocabulary=country_names)
    region = FacetFilter(label=_("Region"), vocabulary=region_names)
    type = FacetFilter(
        label=_("Type"),
        vocabulary=type_names,
        note=_("Types overlap: a social cooperative may also be a worker cooperative."),
    )
    sector = FacetFilter(label=_("Sector"), vocabulary=sector_names)
    member = FacetFilter(label=_("Represented by"), vocabulary=dict)
    size = FacetFilter(label=_("Size"), vocabulary=size_names, in_order=True)
    form = FacetFilter(label=_("Legal form"), vocabulary=dict)
    decade = FacetFilter(label=_("Founded"), vocabulary=decade_names, in_order=True)
    confirmed = FacetFilter(label=_("Confirmed"), vocabulary=lambda: CONFIRMED, in_order=True)
    status = FacetFilter(
        label=_("Status"),
        vocabulary=lambda: dict(CooperativeStatus.choices),
        in_order=True,
        note=_("Closed and merged cooperatives are shown only when you choose them."),
    )

    orders = {
        "relevance": _("relevance"),
        "name": _("name"),
        "workers": _("workers"),
        "founded": _("founded"),
        "newest": _("newest"),
    }

    def vocabulary(self, name: str) -> Labels:
        if name == "member":
            return {member.slug: member.short_name for member in listed_members().values()}
        if name == "form":
            with live.looking(self.index) as postings:
                alive = postings.alive
                forms = postings.terms("form").items()
                return {form: form for form, held in forms if held.intersection_cardinality(alive)}
        return super().vocabulary(name)

    @property
    def has_regions(self) -> bool:
        """Regions are offered within the countries chosen: there are three hundred in all."""
        return bool(self.chosen("country") or self.chosen("region"))

    @cached_property
    def facets(self) -> list[Facet]:
        return [each for each in super().facets if self.has_regions or each.name != "region"]

    def terms(self, name: str) -> list[str]:
        if name != "member":
            return super().terms(name)
        chosen = self.chosen("member")
        return [str(key) for key, member in listed_members().items() if member.slug in chosen]

    def counts(self, name: str, selection: Selection) -> dict[str, int]:
        if name == "region":
            return self._region_counts(selection)
        counts = super().counts(name, selection)
        if name != "member":
            return counts
        listed = listed_members()
        return {listed[int(k)].slug: number for k, number in counts.items() if int(k) in listed}

    def _region_counts(self, selection: Selection) -> dict[str, int]:
        starts = [region_prefix(country) for country in self.chosen("country")]
        if not self.has_regions:
            return {}
        return selection.counts("region", starts[0] if len(starts) == 1 else "")

    @classmethod
    def ranks(cls, postings: Postings, text: str) -> list[Rank]:
        return TextSearch(
            postings,
            Query(text),
            more=lambda word: represented(postings, members_found_by(word)),
            numbered=lambda code: numbered(postings, code),
        ).ranks()

    def details(self, keys: Sequence[int], selection: Selection) -> dict[int, dict[str, Any]]:
        """The members that represent each one today."""
        postings = selection.postings
        listed = [
            (member.short_name, postings.carrying("member", str(member.key)))
            for member in listed_members().values()
        ]
        slots = {key: postings.slot(key) for key in keys}
        return {
            key: {"member_names": [name for name, held in listed if slot in held]}
            for key, slot in slots.items()
            if slot is not None
        }

    def note(self, reason: str, row: Any) -> str:
        if reason == "other" and row.other_names:
            return gettext("also called %(names)s") % {"names": ", ".join(row.other_names[:2])}
        return super().note(reason, row)

    @property
    def workers(self) -> int:
        """The workers of all cooperatives found, each cooperative counted once."""
        return self.found.totals["workers"]

    @cached_property
    def rows(self) -> list[SafeString]:
        """The rows of the page as HTML; those without a note why they were found are kept until
        something changes, since each stands on many pages."""
        kept = self.kept_rows
        if len(kept) > MOST_ROWS:
            kept.clear()
        noted = {key for key, reason in self.found.reasons.items() if reason in NOTES}
        shown = {key: row for key in self.found.keys if (row := kept.get(key)) and key not in noted}
        made = self.fetched([key for key in self.found.keys if key not in shown])
        new = dict(zip((row.pk for row in made), cooperative_rows(made), strict=True))
        kept.update({key: row for key, row in new.items() if key not in noted})
        shown |= new
        return [shown[key] for key in self.found.keys if key in shown]
