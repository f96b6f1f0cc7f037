"""What the data files fill: which model, which columns, and what tells one row from another."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from members import models

Values = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """The part of a model that the files fill; every other column belongs to staff alone."""

    noun: str
    model: type[Model]
    columns: tuple[str, ...]
    identity: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where something stands in the files: ``members.json``, ``coceta, figures 2``."""

    file: str
    row: str

    def inside(self, part: str) -> "Place":
        return Place(self.file, f"{self.row}, {part}")


@dataclass(frozen=True)
class Row:
    """One row of the files: its values as JSON has them, and the rows that belong to it."""

    table: Table
    place: Place
    key: str
    values: Values
    children: tuple["Row", ...] = ()


class DataFileError(Exception):
    """The data files break a rule; says where, with which value, and which rule."""

    def __init__(self, place: Place, column: str, value: object, rule: str) -> None:
        shown = "" if value is None else f' is "{value}"'
        super().__init__(f"{place.file}: {place.row}: {column}{shown}: {rule}")


MEMBERS = Table(
    "members",
    models.Member,
    (
        "public_id",
        "slug",
        "status",
        "name",
        "language",
        "name_en",
        "acronym",
        "country",
        "street",
        "postcode",
        "city",
        "website",
        "email",
        "phone",
        "kind",
        "role",
        "role_note",
        "umbrella",
        "types",
        "types_note",
        "sectors",
        "founded",
        "founded_note",
        "joined_on",
        "joined_note",
        "evidence",
        "evidence_note",
    ),
    ("public_id",),
)
NAMES = Table("other names", models.MemberName, ("name", "kind", "language"), ("name",))
TEXTS = Table("texts", models.MemberText, ("language", "summary", "description"), ("language",))
SOURCES = Table("sources", models.MemberSource, ("url", "fields", "note", "checked_on"), ("url",))
FIGURES = Table(
    "declared figures",
    models.DeclaredFigures,
    (
        "year",
        "scope",
        "enterprises",
        "workers",
        "worker_members",
        "individual_members",
        "women_share",
        "turnover_eur",
        "as_published",
        "source_url",
        "warning",
    ),
    ("year", "scope", "source_url"),
)
# The lists in members.json that become rows of their own.
OF_A_MEMBER = {"other_names": NAMES, "texts": TEXTS, "sources": SOURCES, "figures": FIGURES}
HEADLINES = Table(
    "headlines",
    models.Headline,
    (
        "label",
        "starts_on",
        "ends_on",
        "members",
        "countries",
        "enterprises",
        "workers",
        "worker_enterprises",
        "social_enterprises",
        "social_workers",
        "self_employed_enterprises",
        "turnover_eur",
        "source_url",
        "note",
        "is_current",
    ),
    ("label", "source_url"),
)
MILESTONES = Table(
    "milestones",
    models.Milestone,
    ("year", "happened_on", "title", "text", "source_url"),
    ("year", "title"),
)
