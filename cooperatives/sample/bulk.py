"""Inserts of very many rows: each batch is one statement with one JSON parameter.

``bulk_create`` prepares every value in Python, which takes four times as long as all the rest.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, reset_queries
from django.db.models import Field, Model

from cooperatives.models import Affiliation, Cooperative


def insert_cooperatives(rows: Sequence[Cooperative]) -> None:
    """Insert cooperatives; they do not get their keys."""
    columns = [field.attname for field in _fields(Cooperative)]
    _run(
        f"INSERT INTO cooperatives_cooperative ({_listed(columns)}) SELECT {_listed(columns)} "  # noqa: S608 - names from the model
        "FROM json_populate_recordset(NULL::cooperatives_cooperative, %s::json)",
        [_values(row) for row in rows],
    )


def insert_affiliations(rows: Sequence[Affiliation]) -> None:
    """Insert affiliations of stored cooperatives, which are found by ``public_id``."""
    columns = [field.attname for field in _fields(Affiliation) if field.name != "cooperative"]
    _run(
        f"INSERT INTO cooperatives_affiliation (cooperative_id, {_listed(columns)}) "  # noqa: S608 - as above
        f"SELECT cooperative.id, {_listed(columns, 'new.')} "
        "FROM json_array_elements(%s::json) AS item, "
        "json_populate_record(NULL::cooperatives_affiliation, item) AS new, "
        "cooperatives_cooperative AS cooperative "
        "WHERE cooperative.public_id = item ->> 'public_id'",
        [_values(row) | {"public_id": row.cooperative.public_id} for row in rows],
    )


def _fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """The fields that a row brings along; the database makes the others.

    Their columns are named like their attributes.
    """
    return [
        field
        for field in model._meta.local_concrete_fields
        if not (field.primary_key or field.generated or field.has_db_default())
    ]


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in _fields(type(row))}


def _listed(columns: Sequence[str], prefix: str = "") -> str:
    return ", ".join(prefix + connection.ops.quote_name(column) for column in columns)


def _run(statement: str, rows: Sequence[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, default=str)])
    # With DEBUG=1 Django keeps the text of every statement.
    reset_queries()
