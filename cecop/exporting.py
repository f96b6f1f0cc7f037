"""A list as a file to take away: ``?format=csv``, ``xlsx`` or ``json`` at the address of the list.

An export holds exactly the rows that the page counts, in its order and without a limit. Their keys
are fixed when it starts; the rows are read a thousand at a time while it is sent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cecop import tables
from cecop.faceted import FacetedSearch
from cecop.listing import Link

CHUNK = 1_000
Row = Sequence[tables.Cell]
Fetch = Callable[[list[int]], Mapping[int, Row]]


@dataclass(frozen=True)
class Export:
    """What is written: the name of the list, the names of its columns, and what reads its rows.

    ``fetch`` answers key -> row for at most a thousand keys, in a constant number of questions;
    a row that is gone or no longer public is left out of the answer.
    """

    name: str
    header: Sequence[str]
    fetch: Fetch


@dataclass(frozen=True)
class Format:
    """A kind of file: its label, content type, the end of its name, and what writes it."""

    label: str | Promise
    content_type: str
    ending: str
    write: Callable[[Export, Iterable[Row]], Iterator[bytes]]


def _with_nulls(row: Row) -> Row:
    """For programs, what is not known is null and not an empty text."""
    return [None if cell == "" else cell for cell in row]


FORMATS = {
    "csv": Format(
        _("CSV"),
        "text/csv; charset=utf-8",
        "csv",
        lambda export, rows: tables.csv_lines(export.header, rows),
    ),
    "xlsx": Format(
        _("Excel (XLSX)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        lambda export, rows: tables.xlsx_stream(export.header, rows, export.name.capitalize()),
    ),
    "json": Format(
        _("JSON Lines"),
        "application/x-ndjson",
        "jsonl",
        lambda export, rows: tables.json_lines(export.header, map(_with_nulls, rows)),
    ),
}


def is_asked(request: HttpRequest) -> bool:
    """Whether a request for a list asks for a file; a format that nobody knows asks for none."""
    return request.GET.get("format") in FORMATS


def response(request: HttpRequest, listing: FacetedSearch, export: Export) -> HttpResponseBase:
    """The file that the request asks for; a single page of it is small enough to be kept."""
    wanted = FORMATS[request.GET["format"]]
    if _is_page(request):
        rows = in_order(listing.found.keys, export.fetch)
        return HttpResponse(b"".join(wanted.write(export, rows)), content_type=wanted.content_type)
    keys = [] if request.method == "HEAD" else listing.keys()
    name = f"cecop-{export.name}-{timezone.localdate().isoformat()}.{wanted.ending}"
    return StreamingHttpResponse(
        wanted.write(export, in_order(keys, export.fetch)),
        content_type=wanted.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )


def links(listing: FacetedSearch) -> list[Link]:
    """The addresses of the files with what the list holds now."""
    return [
        Link(str(each.label), listing.address.with_values(format=[name]))
        for name, each in FORMATS.items()
    ]


def in_order(keys: Iterable[int], fetch: Fetch) -> Iterator[Row]:
    """The rows in the order of their keys, fetched when they are wanted and not before."""
    every = iter(keys)
    while chunk := list(islice(every, CHUNK)):
        found = fetch(chunk)
        for key in chunk:
            if key in found:
                yield found[key]


def _is_page(request: HttpRequest) -> bool:
    """Whether a program asks for one page."""
    return request.GET["format"] == "json" and "page" in request.GET
