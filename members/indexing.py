"""Members as the search knows them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from cecop.finding.live import Kind, live
from cecop.finding.postings import Document
from cecop.finding.texts import ACRONYM, ALIAS, NAME, OTHER, PLACE
from cecop.finding.words import Query, indexed_words
from members.choices import NameKind
from members.models import DeclaredFigures, Member, MemberName

KIND = "members"
TABLES = ("members_member", "members_membername", "members_declaredfigures")
COLUMNS = (
    "pk",
    "sort_name",
    "name",
    "name_en",
    "acronym",
    "city",
    "umbrella",
    "country",
    "types",
    "role",
    "kind",
)
LETTERS = 26


def documents(keys: Collection[int] | None) -> Iterator[Document]:
    """The published members with these keys, or all, by name and key."""
    rows = Member.objects.published().order_by("sort_name", "pk")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    others = MemberName.objects.filter(member=OuterRef("pk")).order_by("pk")
    figures = DeclaredFigures.objects.filter(member=OuterRef("pk")).counted().newest_first()
    for row in rows.annotate(
        others=ArraySubquery(others.values("name")),
        acronyms=ArraySubquery(others.filter(kind=NameKind.ACRONYM).values("name")),
        enterprises=ArraySubquery(figures.values("enterprises")[:1]),
    ).values(*COLUMNS, "others", "acronyms", "enterprises"):
        yield _document(row)


def _document(row: dict[str, Any]) -> Document:
    names = [name for name in (row["name_en"], *row["others"]) if name]
    acronyms = [name for name in (row["acronym"], *row["acronyms"]) if name]
    return Document(
        key=row["pk"],
        name=row["sort_name"],
        terms={
            NAME: indexed_words(row["name"]),
            OTHER: indexed_words(" ".join([*names, *acronyms, row["umbrella"]])),
            ALIAS: {Query(name).folded for name in names},
            ACRONYM: {Query(name).code for name in acronyms},
            PLACE: indexed_words(row["city"]),
            "country": (row["country"],),
            "type": row["types"],
            "role": (row["role"],),
            "kind": (row["kind"],),
        },
        numbers={
            "enterprises": next(iter(row["enterprises"]), None),
            # The first letter of the alphabet is the largest, so that it comes first.
            "country": LETTERS**2 - _ordinal(row["country"]),
        },
    )


def _ordinal(country: str) -> int:
    """The place of a code of two capital letters among all such codes."""
    return (ord(country[0]) - ord("A")) * LETTERS + ord(country[1]) - ord("A")


live.register(KIND, Kind(documents, *TABLES))
