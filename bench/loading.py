"""``python -m bench.loading 40000``: the rows into the PostgreSQL that DATABASE_URL names.

The database must be migrated and hold the members. Everything but the history of the rows is
written as in production: constraints, indexes and all other triggers stay on.
"""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import django
import pgtrigger
from django.apps import apps
from django.db import connection, transaction

from bench.data import Row, rows
from bench.places import say

BATCH = 20_000
# What COPY's text format wants written otherwise.
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
HISTORY = ("cooperatives.Cooperative:insert_insert", "cooperatives.Affiliation:insert_insert")


def as_text(value: Any) -> str:
    """A value as COPY's text format writes it."""
    if value is None:
        return r"\N"
    if isinstance(value, list | tuple):
        return "{" + ",".join(f'"{item}"' for item in value) + "}"
    return str(value).translate(ESCAPES)


def batches(number: int) -> Iterator[list[Row]]:
    """All the rows, so many at a time."""
    source = rows(number)
    while batch := list(islice(source, BATCH)):
        yield batch


def columns(label: str) -> dict[str, Any]:
    """Column -> what a row has that says nothing else; those that the database fills are left
    out."""
    return {
        field.attname: None if field.null else field.get_default()
        for field in apps.get_model(label)._meta.local_concrete_fields
        if not (field.primary_key or field.generated or field.has_db_default())
    }


def members_by_country() -> dict[str, list[int]]:
    """Country -> keys of the members there; ``""`` -> those of everywhere."""
    published = apps.get_model("members.Member")._default_manager.filter(status="published")
    found: dict[str, list[int]] = {"": []}
    for key, country in published.order_by("slug").values_list("id", "country"):
        found.setdefault(country, []).append(key)
        found[""].append(key)
    return found


def load(number: int) -> None:
    """Write the rows and one affiliation for each; then gather the statistics."""
    members = members_by_country()
    done = 0
    for batch in batches(number):
        # The history of invented rows is of no use, and would take most of the time.
        with transaction.atomic(), pgtrigger.ignore(*HISTORY):
            with connection.cursor() as cursor:
                # COPY goes around what sets the names of the ignored triggers; this does not.
                cursor.execute("SELECT 1")
            _copy("cooperatives.Cooperative", _cooperatives(batch))
            _copy("cooperatives.Affiliation", _affiliations(batch, members))
        done += len(batch)
        if done % (BATCH * 5) == 0:
            say(f"  {done:,} rows")
    _finish()


def _cooperatives(batch: Sequence[Row]) -> Iterator[dict[str, Any]]:
    empty = columns("cooperatives.Cooperative")
    return ({"id": row.id, **empty, **row._asdict()} for row in batch)


def _affiliations(batch: Sequence[Row], members: dict[str, list[int]]) -> Iterator[dict[str, Any]]:
    empty = columns("cooperatives.Affiliation")
    for row in batch:
        there = members.get(row.country) or members[""]
        member = there[row.id % len(there)]
        yield empty | {"cooperative_id": row.id, "member_id": member, "number": f"{row.id:07d}"}


def _copy(label: str, records: Iterable[dict[str, Any]]) -> None:
    written, names = io.StringIO(), ""
    for record in records:
        names = names or ", ".join(map(connection.ops.quote_name, record))
        written.write("\t".join(map(as_text, record.values())) + "\n")
    written.seek(0)
    table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", written)


def _finish() -> None:
    """What a database has that has been in use for a while: sequences, statistics, a clean map."""
    table = apps.get_model("cooperatives.Cooperative")._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - our own table
        )
        cursor.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    django.setup()
    load(int(sys.argv[1]))
