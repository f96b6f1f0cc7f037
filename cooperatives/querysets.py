"""Named reads of cooperatives; every public page, export and count starts at one of these."""

from typing import TYPE_CHECKING, Self, TypedDict

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Sum

from cecop import records
from cecop.records import ModelT
from cecop.search import Code, folded
from members.models import Member

if TYPE_CHECKING:  # as names of type parameters, which the linter does not see
    from cooperatives.models import Affiliation, Cooperative, Identifier  # noqa: F401


MOST_NUMBERED = 200
PUBLIC_MEMBERS = ("published", "former")
# What lists show; a part of the public fields.
LISTED: tuple[str, ...] = (
    "public_id",
    "slug",
    "name",
    "other_names",
    "country",
    "region",
    "city",
    "types",
)
LISTED += ("sector", "workers", "status", "is_sample")


class Listed(TypedDict):
    """What the directory counts from its own rows."""

    cooperatives: int
    workers: int
    with_workers: int


class CooperativeQuerySet(records.TypedQuerySet["Cooperative"]):
    """Reads of cooperatives."""

    def for_listing(self) -> "CooperativeQuerySet":
        """Everything that has a public page, with the columns that lists show."""
        return self.only("pk", *LISTED)

    def with_members(self) -> "CooperativeQuerySet":
        """With ``open_affiliations``: the members that represent each one today."""
        affiliations = records.rows_of(self.model, "affiliations")
        return self.prefetch_related(
            Prefetch("affiliations", affiliations.of_today(), to_attr="open_affiliations")
        )

    def for_profile(self) -> "CooperativeQuerySet":
        """What a profile shows: all ``public_affiliations``, identifiers and the successor."""
        affiliations = records.rows_of(self.model, "affiliations")
        return (
            self.only_public_fields()
            .select_related("successor")
            .prefetch_related(
                Prefetch("affiliations", affiliations.public(), to_attr="public_affiliations"),
                "identifiers",
            )
        )

    def active(self) -> "CooperativeQuerySet":
        """Those that are neither closed nor merged."""
        return self.filter(status="active")

    def represented_by(self, *members: Member) -> "CooperativeQuerySet":
        """Those with an open affiliation to any of the members, each once."""
        affiliations = records.rows_of(self.model, "affiliations")
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
        """Over distinct cooperatives: how many, their workers, how many of them state workers."""
        row = self.order_by().aggregate(
            number=Count("pk"), all_workers=Sum("workers"), with_workers=Count("workers")
        )
        return Listed(
            cooperatives=row["number"],
            workers=row["all_workers"] or 0,
            with_workers=row["with_workers"],
        )


class NumberedQuerySet(records.RecordQuerySet[ModelT]):
    """Reads of what gives a cooperative a number."""

    number = "number"

    def with_public_numbers(self) -> Self:
        """Those whose number the public may see."""
        return self.all()

    def numbered(self, code: str, *, shortest_start: int) -> list[int]:
        """The keys of the cooperatives whose number is this one, or begins so where the code is
        long enough; signs and case do not matter. At most 200."""
        rows = self.with_public_numbers().annotate(code=Code(self.number))
        rows = rows.order_by("cooperative_id")
        is_start = len(code) >= shortest_start
        found = rows.filter(code__startswith=code) if is_start else rows.filter(code=code)
        return list(found.values_list("cooperative_id", flat=True)[:MOST_NUMBERED])


class AffiliationQuerySet(NumberedQuerySet["Affiliation"]):
    """Reads of affiliations."""

    def with_public_numbers(self) -> Self:
        return self.filter(member__status__in=PUBLIC_MEMBERS)

    def public(self) -> "AffiliationQuerySet":
        """To members that have a public page, with the member; open ones first."""
        return (
            self.filter(member__status__in=PUBLIC_MEMBERS)
            .select_related("member")
            .order_by(F("until").desc(nulls_first=True), "member__sort_name", "id")
        )

    def of_today(self) -> "AffiliationQuerySet":
        """Open ones to published members, with the member, in the order of the members' names."""
        return (
            self.filter(until__isnull=True, member__status="published")
            .select_related("member")
            .order_by("member__sort_name", "id")
        )


class IdentifierQuerySet(NumberedQuerySet["Identifier"]):
    """Reads of official numbers."""

    number = "value"
