"""The same rows in SQLite for Datasette, with the indexes that our tables have.

Datasette counts plain columns, so ``type`` is the first of a cooperative's types; ours are several.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench import places
from bench.data import Row, rows
from bench.places import VAR, say

TABLE = """
CREATE TABLE cooperatives (
    id INTEGER PRIMARY KEY, public_id TEXT NOT NULL UNIQUE, name TEXT, slug TEXT,
    legal_form TEXT, country TEXT, region TEXT, city TEXT, type TEXT, sector TEXT,
    workers INTEGER, worker_members INTEGER, founded INTEGER, website TEXT
)
"""
INDEXED = ("country", "type", "sector", "name", "region", "workers")
FTS = """
CREATE VIRTUAL TABLE cooperatives_fts USING fts5 (
    name, city, content="cooperatives", content_rowid="id"
)
"""
FILL_FTS = (
    "INSERT INTO cooperatives_fts (rowid, name, city) SELECT id, name, city FROM cooperatives"
)
INSERT = f"INSERT INTO cooperatives VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608


def path_of(number: int) -> Path:
    """The file with so many rows; its stem is the name of the database in Datasette's addresses."""
    return VAR / str(number) / "directory.db"


def ensure(number: int, *, rebuild: bool) -> None:
    """See to it that the file is there, whole."""
    name = f"sqlite_{number}"
    if not rebuild and places.is_built(name) and path_of(number).is_file():
        return
    began = time.monotonic()
    say(f"Building {name} ...")
    places.unmark(name)
    build(path_of(number), number)
    places.mark_built(name)
    say(f"  built in {time.monotonic() - began:.0f} s")


def build(path: Path, number: int) -> None:
    """Write the rows, the indexes, the full-text index and the statistics."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(TABLE)
        connection.executemany(INSERT, _values(number))
        for column in INDEXED:
            connection.execute(f"CREATE INDEX by_{column} ON cooperatives ({column})")
        connection.execute(FTS)
        connection.execute(FILL_FTS)
        connection.execute("ANALYZE")


def _values(number: int) -> Iterator[tuple[object, ...]]:
    return ((*row[:8], row.types[0], *row[9:]) for row in rows(number))
