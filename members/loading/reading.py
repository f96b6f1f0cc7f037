"""Reads the data files and checks them against the models and the rules of docs/members-data.md."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from cecop import public_ids
from members.loading import tables
from members.loading.tables import DataFileError, Place, Row, Table, Values

# Column of a member -> the word by which a source says that it supports that fact.
FACTS = {
    "name": "name",
    "name_en": "name_en",
    "acronym": "acronym",
    "country": "country",
    "street": "address",
    "city": "city",
    "website": "website",
    "email": "email",
    "phone": "phone",
    "role_note": "role",
    "umbrella": "umbrella",
    "types": "types",
    "sectors": "sectors",
    "founded": "founded",
    "joined_note": "joined_on",
    "evidence_note": "evidence",
    "other_names": "other_names",
    "figures": "figures",
}
SUPPORTS = {*FACTS.values(), "kind", "description"}


def read_directory(directory: Path) -> list[Row]:
    """Every row of the three files, checked; headlines that are not current come first."""
    members = [
        _member_row(item, place) for item, place in _read_list(directory, "members.json", "slug")
    ]
    headlines = _keyed_rows(directory, "headlines.json", tables.HEADLINES)
    milestones = _keyed_rows(directory, "milestones.json", tables.MILESTONES)
    for column in ("slug", "public_id"):
        _check_once(members, column)
    _check_one_current(headlines)
    headlines.sort(key=lambda row: row.values["is_current"] is True)
    return [*members, *headlines, *milestones]


def _read_list(directory: Path, file: str, name: str) -> Iterable[tuple[Values, Place]]:
    """The objects of a file, each with its place, which is told by the value under ``name``."""
    whole = Place(file, "the file")
    try:
        items = json.loads((directory / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataFileError(whole, file, None, f"is missing in {directory}.") from None
    except ValueError as error:
        raise DataFileError(whole, file, None, f"cannot be read as JSON: {error}") from None
    if not isinstance(items, list):
        raise DataFileError(whole, file, None, "must hold a list.")
    for number, item in enumerate(items, 1):
        place = Place(file, f"row {number}")
        if not isinstance(item, dict):
            raise DataFileError(place, "row", item, "must be an object with names and values.")
        yield item, Place(file, str(item.get(name) or f"row {number}"))


def _keyed_rows(directory: Path, file: str, table: Table) -> list[Row]:
    """The rows of a file whose objects have a permanent ``key`` beside their columns."""
    rows = []
    for item, place in _read_list(directory, file, "key"):
        _check_names(item, {"key", *table.columns}, place)
        values = {column: item[column] for column in table.columns}
        rows.append(_checked(Row(table, place, str(item["key"]), values)))
    keys = [row.key for row in rows]
    for row in rows:
        if keys.count(row.key) > 1:
            raise DataFileError(row.place, "key", row.key, "is there twice.")
    return rows


def _member_row(item: Values, place: Place) -> Row:
    """One member with its names, texts, sources and figures."""
    _check_names(item, {*tables.MEMBERS.columns, *tables.OF_A_MEMBER}, place)
    values = {column: item[column] for column in tables.MEMBERS.columns}
    if not public_ids.is_public_id(str(values["public_id"])):
        rule = "is not a permanent identifier: 11 characters, the last one a check."
        raise DataFileError(place, "public_id", values["public_id"], rule)
    children = [
        child
        for part, table in tables.OF_A_MEMBER.items()
        for child in _child_rows(_as_list(item[part], part, place), part, table, place)
    ]
    row = _checked(Row(tables.MEMBERS, place, values["public_id"], values, tuple(children)))
    _check_evidence(row)
    _check_sources(row, item)
    return row


def _as_list(part: Any, name: str, place: Place) -> list[Values]:
    """The objects of a part of a member; texts are kept by language, sources name their fields."""
    if name == "texts" and isinstance(part, dict):
        part = [{"language": language, **text} for language, text in part.items()]
    if not isinstance(part, list) or not all(isinstance(item, dict) for item in part):
        raise DataFileError(place, name, None, "must be a list of objects.")
    if name != "sources":
        return part
    for item in part:
        wrong = set(item.get("fields", ())) - SUPPORTS
        if wrong:
            raise DataFileError(place, "sources", ", ".join(sorted(wrong)), "is not a known fact.")
    # Staff read and edit them as words.
    return [
        {**item, "fields": ", ".join(item.get("fields", ())).replace("_", " ")} for item in part
    ]


def _child_rows(items: list[Values], part: str, table: Table, place: Place) -> list[Row]:
    """The rows of one part of a member, each told from the others by its identity."""
    rows: dict[str, Row] = {}
    for number, item in enumerate(items, 1):
        where = place.inside(f"{part} {number}")
        _check_names(item, set(table.columns), where)
        key = " | ".join(str(item[column]) for column in table.identity)
        if key in rows:
            raise DataFileError(where, " and ".join(table.identity), key, "is there twice.")
        rows[key] = _checked(Row(table, where, key, item))
    return list(rows.values())


def _check_names(item: Values, expected: set[str], place: Place) -> None:
    """An object has exactly the names that are expected, so that a slip of the pen is found."""
    for name in sorted(expected - set(item)):
        raise DataFileError(place, name, None, "is missing.")
    for name in sorted(set(item) - expected):
        raise DataFileError(place, name, item[name], "is not a name that is known here.")


def _checked(row: Row) -> Row:
    """The row, when each of its values is one that the model takes."""
    model = row.table.model
    others = {field.name for field in model._meta.fields} - set(row.table.columns)
    try:
        model(**row.values).clean_fields(exclude=others)
    except ValidationError as error:
        column, messages = next(iter(error.message_dict.items()))
        raise DataFileError(row.place, column, row.values[column], messages[0]) from None
    return row


def _check_once(rows: list[Row], column: str) -> None:
    """No two rows have the same value in that column."""
    seen: set[Any] = set()
    for row in rows:
        if row.values[column] in seen:
            raise DataFileError(row.place, column, row.values[column], "is there twice.")
        seen.add(row.values[column])


def _check_one_current(headlines: list[Row]) -> None:
    current = [row for row in headlines if row.values["is_current"]]
    if len(current) > 1:
        rule = "one headline at most is shown on the home page."
        raise DataFileError(current[1].place, "is_current", True, rule)


def _check_evidence(row: Row) -> None:
    """A published member has evidence; every member has a note that says what is known."""
    evidence = row.values["evidence"]
    if row.values["status"] == "published" and evidence == "unconfirmed":
        rule = "a published member needs evidence that it is a member."
        raise DataFileError(row.place, "evidence", evidence, rule)
    if not row.values["evidence_note"]:
        raise DataFileError(row.place, "evidence_note", "", "say what is known and what is not.")


def _check_sources(row: Row, item: Values) -> None:
    """Every fact has a source, and every row of figures names a source of that member."""
    supported = {word for source in item["sources"] for word in source["fields"]}
    for column, word in FACTS.items():
        if item[column] and word not in supported:
            raise DataFileError(row.place, column, item[column], "no source supports it.")
    if row.values["kind"] != "unknown" and "kind" not in supported:
        raise DataFileError(row.place, "kind", row.values["kind"], "no source supports it.")
    addresses = {source["url"] for source in item["sources"]}
    for child in row.children:
        if child.table is tables.FIGURES and child.values["source_url"] not in addresses:
            url = child.values["source_url"]
            raise DataFileError(child.place, "source_url", url, "is not among the sources.")
