"""Rows -> CSV and JSON Lines, as pieces of bytes: what is written so far is sent at once.

Rows are fetched only as far as they are written, so the memory needed does not grow with them.
"""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from types import NoneType
from typing import Any, cast

from cecop.tables.escaping import all_escaped, escaped

# What a cell may hold; None is not known. The parts of a list are parted by ; where cells are text.
Cell = str | bool | int | float | Decimal | date | None | list[str]

BATCH = 1_000
_NUMBERS = {int, float, Decimal, NoneType}


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8, with the mark by which Excel knows it; no cell is a formula."""
    lines = io.StringIO(newline="")
    write = csv.writer(lines, lineterminator="\r\n")
    write.writerow([escaped(name) for name in header])
    yield codecs.BOM_UTF8 + _taken(lines)
    for batch in batches(rows):
        # Cells of one column are alike, so they are looked at together: many times as fast.
        write.writerows(zip(*map(_neutral, zip(*batch, strict=True)), strict=True))
        yield _taken(lines)


def json_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """One object per line, with real types: a list is a list, what is not known is null."""
    encode = json.JSONEncoder(
        ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_json_value
    ).encode
    for batch in batches(rows):
        lines = [encode(dict(zip(header, row, strict=True))) + "\n" for row in batch]
        yield "".join(lines).encode("utf-8", "replace")


def batches(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    """The rows, a thousand at a time; the next thousand is asked for only when it is wanted."""
    every = iter(rows)
    while batch := list(islice(every, BATCH)):
        yield batch


def text_of(cell: Cell) -> str:
    """The cell as text for people and programs: ISO dates, lists parted by semicolons."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, list):
        return ";".join(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _neutral(column: Sequence[Cell]) -> Sequence[Cell]:
    """A column as the CSV writer takes it: numbers stay numbers, text is no formula."""
    kinds = set(map(type, column))
    if kinds <= _NUMBERS:
        return column
    if kinds & _NUMBERS - {NoneType}:
        return [cell if type(cell) in _NUMBERS else escaped(text_of(cell)) for cell in column]
    if kinds == {str}:
        return all_escaped(cast("Sequence[str]", column))
    return all_escaped([text_of(cell) for cell in column])


def _taken(lines: io.StringIO) -> bytes:
    """What was written since the last time."""
    text = lines.getvalue()
    lines.seek(0)
    lines.truncate()
    return text.encode("utf-8", "replace")


def _json_value(value: Any) -> str | float:
    return value.isoformat() if isinstance(value, date) else float(value)
