"""Cooperatives as the search knows them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef

from cecop.finding.live import Kind, live
from cecop.finding.postings import Document
from cecop.finding.texts import ALIAS, NAME, OTHER, PLACE
from cecop.finding.words import Query, indexed_words
from cecop.vocabulary.sizes import size_band
from cooperatives.models import Affiliation, Cooperative

KIND = "cooperatives"
TABLES = ("cooperatives_cooperative", "cooperatives_affiliation")
COLUMNS = (
    "pk",
    "sort_name",
    "name",
    "other_names",
    "city",
    "country",
    "region",
    "types",
    "sector",
    "workers",
    "legal_form",
    "founded",
    "status",
    "confirmed_at",
    "is_sample",
)
AT_ONCE = 5_000


def decade(year: int | None) -> str:
    """1987 -> "1980"; empty when the year is not known."""
    return "" if year is None else str(year // 10 * 10)


def documents(keys: Collection[int] | None) -> Iterator[Document]:
    """The cooperatives with these keys, or all, by name and key."""
    rows = Cooperative.objects.order_by("sort_name", "pk")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    today = Affiliation.objects.filter(cooperative=OuterRef("pk"), until=None)
    with_members = rows.annotate(members=ArraySubquery(today.values("member_id")))
    # In a transaction the rows come as they are read, never all at once.
    with transaction.atomic():
        for row in with_members.values(*COLUMNS, "members").iterator(chunk_size=AT_ONCE):
            yield _document(row)


def _document(row: dict[str, Any]) -> Document:
    others = row["other_names"]
    return Document(
        key=row["pk"],
        name=row["sort_name"],
        terms={
            NAME: indexed_words(row["name"]),
            OTHER: indexed_words(" ".join(others)) if others else (),
            ALIAS: {Query(name).folded for name in others},
            PLACE: indexed_words(row["city"]),
            "country": (row["country"],),
            "region": _if_known(row["region"]),
            "type": row["types"],
            "sector": _if_known(row["sector"]),
            "member": [str(key) for key in row["members"]],
            "size": _if_known(size_band(row["workers"])),
            "form": _if_known(row["legal_form"]),
            "status": (row["status"],),
            "decade": _if_known(decade(row["founded"])),
            "confirmed": ("yes" if row["confirmed_at"] else "no",),
            "sample": ("yes",) if row["is_sample"] else (),
        },
        numbers={"workers": row["workers"], "founded": row["founded"], "newest": row["pk"]},
    )


def _if_known(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


live.register(KIND, Kind(documents, *TABLES))
