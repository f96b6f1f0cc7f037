"""Named reads of cooperatives; every public page, export and count starts at one of these."""

from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum

from cecop import records
from cecop.search import folded
from members.models import Member

if TYPE_CHECKING:
    from cooperatives.models import Affiliation, Cooperative


class Listed(TypedDict):
    """What the directory counts from its own rows."""

    cooperatives: int
    workers: int
    with_workers: int


class CooperativeQuerySet(records.RecordQuerySet["Cooperative"]):
    """Reads of cooperatives."""

    def for_listing(self) -> "CooperativeQuerySet":
        """Everything that has a public page, with the public columns only."""
        return self.only_public_fields()

    def with_members(self) -> "CooperativeQuerySet":
        """With ``open_affiliations``: the members that represent each one today."""
        affiliations = self.model._meta.get_field("affiliations").related_model._default_manager
        return self.prefetch_related(
            Prefetch("affiliations", affiliations.of_today(), to_attr="open_affiliations")
        )

    def active(self) -> "CooperativeQuerySet":
        """Those that are neither closed nor merged."""
        return self.filter(status="active")

    def represented_by(self, *members: Member) -> "CooperativeQuerySet":
        """Those with an open affiliation to any of the members, each once."""
        affiliations = self.model._meta.get_field("affiliations").related_model._default_manager
        ours = affiliations.filter(
            cooperative=OuterRef("pk"), member__in=members, until__isnull=True
        )
        return self.filter(Exists(ours))

    def matching(self, text: str) -> "CooperativeQuerySet":
        """Those that hold every word of the text in name, other names or town."""
        found = self
        for word in text.split():
            found = found.filter(search__contains=folded(word))
        return found

    def by_name(self) -> "CooperativeQuerySet":
        return self.order_by("sort_name", "id")

    def listed(self) -> Listed:
        """Counts over distinct cooperatives: how many, their workers, and how many state workers."""
        row = self.order_by().aggregate(
            number=Count("pk"), all_workers=Sum("workers"), with_workers=Count("workers")
        )
        return Listed(
            cooperatives=row["number"],
            workers=row["all_workers"] or 0,
            with_workers=row["with_workers"],
        )

    def count_by(self, column: str) -> dict[str, int]:
        """Value of the column -> number of cooperatives; empty values are left out."""
        rows = self.order_by().values(column).annotate(number=Count("pk"))
        return {row[column]: row["number"] for row in rows if row[column]}

    def count_by_type(self) -> dict[str, int]:
        """Type -> number; the types overlap, so the numbers do not add up to the total."""
        numbers = {
            code: Count("pk", filter=Q(types__contains=[code]))
            for code in ("worker", "social", "self_employed")
        }
        return self.order_by().aggregate(**numbers)


class AffiliationQuerySet(records.RecordQuerySet["Affiliation"]):
    """Reads of affiliations."""

    def of_today(self) -> "AffiliationQuerySet":
        """Open ones to published members, with the member, in the order of the members' names."""
        return (
            self.filter(until__isnull=True, member__status="published")
            .select_related("member")
            .order_by("member__sort_name", "id")
        )
