"""Named reads of members and their figures; every public page starts at one of these."""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from cecop import records
from cecop.search import Fold, folded

if TYPE_CHECKING:  # as names of type parameters, which the linter does not see
    from members.models import Contact, DeclaredFigures, Headline, Member  # noqa: F401

_SEARCHED = ["name", Value(" "), "name_en", Value(" "), "acronym", Value(" "), "city"]
_SEARCHED += [Value(" "), "umbrella"]


class MemberQuerySet(records.TypedQuerySet["Member"]):
    """Reads of members."""

    def published(self) -> "MemberQuerySet":
        """The members of today; drafts and former ones are left out."""
        return self.filter(status="published")

    def public(self) -> "MemberQuerySet":
        """What has a public page: the members of today and the former ones."""
        return self.filter(status__in=["published", "former"])

    def for_listing(self) -> "MemberQuerySet":
        """Published members with their newest declared figures, in the order of their names."""
        newest = records.rows_of(self.model, "figures").counted().newest_first()
        of_this_member = newest.filter(member=OuterRef("pk"))
        rows: MemberQuerySet = (
            self.published()
            .only_public_fields()
            .annotate(declared_enterprises=Subquery(of_this_member.values("enterprises")[:1]))
            .prefetch_related(Prefetch("figures", newest, to_attr="figures_newest_first"))
            .order_by("sort_name", "id")
        )
        return rows

    def for_profile(self) -> "MemberQuerySet":
        """Members that have a public page, with what the page shows about them."""
        return self.public().only_public_fields().prefetch_related("names", "sources", "texts")

    def recently_confirmed(self) -> "MemberQuerySet":
        """Published members that said that their profile is right, the newest first."""
        return (
            self.published()
            .only_public_fields()
            .filter(confirmed_at__isnull=False)
            .order_by("-confirmed_at", "id")
        )

    def matching(self, text: str) -> "MemberQuerySet":
        """Those that hold every word of the text in a name, the acronym, the town or the
        confederation; without regard to accents, capitals and punctuation."""
        others = records.rows_of(self.model, "names")
        found: MemberQuerySet = self.annotate(
            searched=Fold(Concat(*_SEARCHED, output_field=TextField()))
        )
        for word in text.split():
            named = others.annotate(folded=Fold("name")).filter(
                member=OuterRef("pk"), folded__contains=folded(word)
            )
            found = found.filter(Q(searched__contains=folded(word)) | Exists(named))
        return found


class ContactQuerySet(records.RecordQuerySet["Contact"]):
    """Reads of contact people."""

    def public(self) -> "ContactQuerySet":
        """Those who have agreed to be shown, by today."""
        return self.filter(consented_on__lte=timezone.localdate(), member__status="published")


class DeclaredFiguresQuerySet(records.RecordQuerySet["DeclaredFigures"]):
    """Reads of declared figures."""

    def counted(self) -> "DeclaredFiguresQuerySet":
        """Those that say how many enterprises or workers there are."""
        return self.filter(Q(enterprises__isnull=False) | Q(workers__isnull=False))

    def newest_first(self) -> "DeclaredFiguresQuerySet":
        """By year, the unknown years last; of two of one year the larger statement first."""
        return self.order_by(
            F("year").desc(nulls_last=True),
            F("enterprises").desc(nulls_last=True),
            "id",
        )


class HeadlineQuerySet(records.RecordQuerySet["Headline"]):
    """Reads of CECOP's published totals."""

    def current(self) -> "Headline | None":
        """The one for the home page; None when staff have chosen none."""
        return self.only_public_fields().filter(is_current=True).first()

    def newest_with_types(self) -> "Headline | None":
        """The latest one that says how many there are of each type."""
        stated = self.filter(worker_enterprises__isnull=False, social_enterprises__isnull=False)
        return stated.only_public_fields().newest_first().first()

    def newest_first(self) -> "HeadlineQuerySet":
        """The latest statement first."""
        return self.order_by("-starts_on", "-id")
