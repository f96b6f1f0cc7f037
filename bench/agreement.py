"""Whether both sides answer, and answer the same, before anything is measured."""

import http.client
import json
import re
from collections.abc import Sequence
from urllib.parse import urlencode

from bench.addresses import TABLE, Filters, Pair
from bench.processes import fetch

OK = http.HTTPStatus.OK
COUNT = re.compile(r'role="status"[^>]*>\s*([0-9][0-9,]*)')


def count_in(page: str) -> int | None:
    """The number of cooperatives that our page says it found; None when it says nothing."""
    found = COUNT.search(page)
    return int(found.group(1).replace(",", "")) if found else None


def our_count(port: int, filters: Filters) -> str:
    """How many we find, or what went wrong."""
    status, _kind, text = fetch(port, filters.page().ours)
    return str(count_in(text)) if status == OK else f"status {status}"


def their_count(port: int, filters: Filters) -> str:
    """How many Datasette finds, or what went wrong."""
    asked = urlencode([*filters.datasette(), ("_size", "0")])
    status, _kind, text = fetch(port, f"{TABLE}.json?{asked}")
    return (
        str(json.loads(text)["filtered_table_rows_count"]) if status == OK else f"status {status}"
    )


def differences(ours: int, theirs: int, asked: Sequence[Filters]) -> list[str]:
    """The combinations that the two sides find another number for."""
    found = []
    for filters in asked:
        numbers = our_count(ours, filters), their_count(theirs, filters)
        if numbers[0] != numbers[1]:
            found.append(
                f"{urlencode(filters.ours())}: we find {numbers[0]}, Datasette {numbers[1]}"
            )
    return found


def unanswered(ours: int, theirs: int, asked: Sequence[Pair]) -> list[str]:
    """The addresses that are not answered with 200."""
    found = []
    for pair in asked:
        for name, port, address in (
            ("we", ours, pair.ours),
            ("Datasette", theirs, pair.datasette),
        ):
            status, _kind, _text = fetch(port, address)
            if status != OK:
                found.append(f"{address}: {name} answered with {status}")
    return found


def json_shape(port: int, shapes: Sequence[str]) -> str:
    """The first of our addresses that answers with JSON; empty when none does."""
    for shape in shapes:
        status, kind, _text = fetch(port, shape.format("country=IT"))
        if status == OK and kind in ("application/json", "application/x-ndjson"):
            return shape
    return ""
