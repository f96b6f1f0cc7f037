"""Members as rows of a file: every public field, their texts and sources, the newest figures."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from cecop import public
from cecop.exporting import Export, Row
from cecop.vocabulary.countries import country_name, country_names
from cecop.vocabulary.sectors import SECTIONS
from members.models import Member

LEFT_OUT = {"logo": "no page shows logos yet"}
FIELDS = tuple(name for name in public.FIELDS["members.Member"] if name not in LEFT_OUT)
FIGURES = tuple(name for name in public.FIELDS["members.DeclaredFigures"] if name != "member")
_by_key = attrgetter("pk")
TEXTS = ("language", "summary", "description")


def export(request: HttpRequest) -> Export:
    """The export of members."""
    address = request.build_absolute_uri(reverse("members:member_list"))
    return Export("members", list(_header()), _Reader(address))


def _header() -> Iterator[str]:
    """The names of the columns."""
    for field in FIELDS:
        yield field
        if field == "country":
            yield "country_name"
        if field == "sectors":
            yield "sector_names"
    yield from ("profile_url", "other_names", "text_language", "summary", "description", "sources")
    yield from (f"declared_{name}" for name in FIGURES)


class _Reader:
    """Reads members by their keys, in as many questions whatever their number."""

    def __init__(self, address: str) -> None:
        self.address = address
        # In the language of the request: another may be in force when the rows are sent.
        self.language = get_language()
        self.countries = {code: country_name(code) for code in country_names()}
        self.sectors = {code: str(label) for code, label in SECTIONS.items()}

    def __call__(self, keys: list[int]) -> dict[int, Row]:
        """Key -> cells of the row."""
        rows = Member.objects.for_listing().prefetch_related("names", "texts", "sources")
        found = rows.in_bulk(keys)
        return {key: list(self._cells(member)) for key, member in found.items()}

    def _cells(self, member: Member) -> Iterator[Any]:
        """The cells in the order of the columns."""
        for field in FIELDS:
            yield getattr(member, field)
            if field == "country":
                yield self.countries.get(member.country, member.country)
            if field == "sectors":
                yield [self.sectors.get(code, code) for code in member.sectors]
        text = member.text_for(self.language)
        yield f"{self.address}{member.slug}/"
        yield [each.name for each in sorted(member.names.all(), key=_by_key)]
        yield from (getattr(text, name, None) for name in TEXTS)
        yield [each.url for each in sorted(member.sources.all(), key=_by_key)]
        yield from (getattr(member.declared, name, None) for name in FIGURES)
