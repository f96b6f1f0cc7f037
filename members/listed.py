"""The members of today as lists of cooperatives name them, kept in memory while nothing changes."""

from dataclasses import dataclass

from cecop.finding.live import live
from cecop.finding.texts import NAME, OTHER, TextSearch
from cecop.finding.words import Query
from members import indexing
from members.models import Member


@dataclass(frozen=True)
class ListedMember:
    """A published member in a few words."""

    key: int
    slug: str
    short_name: str


def listed_members() -> dict[int, ListedMember]:
    """Key -> member, of all that may represent a cooperative today, by name."""
    return live.kept("listed members", _read)


def _read() -> dict[int, ListedMember]:
    rows = Member.objects.published().order_by("sort_name", "id")
    return {
        row.pk: ListedMember(row.pk, row.slug, row.short_name)
        for row in rows.only("slug", "name", "acronym")
    }


def members_found_by(word: str) -> list[int]:
    """The keys of the members that a word of a name or an acronym leads to."""
    with live.looking(indexing.KIND) as postings:
        found = TextSearch(postings, Query(word)).named_by(NAME, OTHER)
        return [postings.key(slot) for slot in found]
