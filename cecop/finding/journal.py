"""What changed in the database since this process last looked, exact to the commit.

Triggers write down which records each transaction touched (cecop.records). A snapshot of
PostgreSQL names the transactions whose work it sees, so two questions are enough: is the snapshot
still the same; and which entries of the journal does the new one see that the old one did not.
Neither counters nor clocks are involved: a long transaction that commits late is not missed, and
rows of one that is rolled back are never seen.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import InterfaceError, OperationalError, connection

# Entries of the journal are kept for a day (see the migration that makes it); who has not looked
# for half of one reads everything anew.
LONGEST_ABSENCE = timedelta(hours=12)

_LOOK = "SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NOT NULL"
_HEAD = """
SELECT pg_current_snapshot()::text, pg_snapshot_xmax(pg_current_snapshot())::text::bigint, now()
"""
_ENTRIES = """
coalesce((SELECT json_object_agg(source, keys) FROM (
    SELECT source, json_agg(DISTINCT key) AS keys FROM cecop_journal WHERE {} GROUP BY source
) AS entries), '{{}}'::json)
"""
_OWN = _ENTRIES.format("xid = pg_current_xact_id_if_assigned()")
_NEW = _ENTRIES.format(
    "xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)"
    " AND NOT pg_visible_in_snapshot(xid, %(seen)s::pg_snapshot)"
)


@dataclass(frozen=True)
class Changes:
    """What changed: table -> keys of its records. ``is_all``: nothing is known, read everything."""

    keys: dict[str, set[int]] = field(default_factory=dict)
    is_all: bool = False

    def __bool__(self) -> bool:
        return self.is_all or bool(self.keys)

    def of(self, *tables: str) -> set[int]:
        """The keys of the records touched, of several tables."""
        return set().union(*(self.keys.get(table, set()) for table in tables))


Entries = dict[str, set[int]]


class State(NamedTuple):
    """How far a reader has come: the snapshot it saw, the transaction after it, and when."""

    snapshot: str = ""
    following: int = 0
    looked_at: datetime | None = None


class Journal:
    """One reader of the journal; it remembers what it has followed."""

    def __init__(self) -> None:
        self._followed = State()
        self._read = State()
        # Work of an unfinished transaction of our own, which may yet be undone.
        self._unsure: Entries = {}
        self._own: Entries = {}

    @property
    def snapshot(self) -> str:
        """The state of the database that was followed, as PostgreSQL names it."""
        return self._followed.snapshot

    def is_current(self) -> bool:
        """Whether nothing at all was committed since what was followed. One question."""
        seen, is_unfinished = _ask_first(_LOOK)
        return seen == self._followed.snapshot and not is_unfinished and not self._unsure

    def read(self) -> Changes:
        """What changed since what was followed; at first the answer is that everything did.

        It counts as followed only when ``follow`` says so, after all is done that the changes ask
        for: until then nobody else may take what is known for current.
        """
        before = self._followed
        if not before.snapshot:
            return self._read_anew()
        question, values = f"{_HEAD}, {_NEW}, {_OWN}", {"seen": before.snapshot}
        snapshot, following, now, new, own = _ask(question, values)
        # With older transactions than before, this is another database, or an old copy of ours.
        is_another = following < before.following
        is_late = before.looked_at is None or now - before.looked_at > LONGEST_ABSENCE
        touched = [_entries(new), self._unsure]
        if is_another or is_late or any(None in keys for part in touched for keys in part.values()):
            return self._read_anew()
        self._read, self._own = State(snapshot, following, now), _entries(own)
        changed: Entries = {}
        for part in touched:
            for table, keys in part.items():
                changed.setdefault(table, set()).update(keys)
        return Changes(changed)

    def follow(self) -> None:
        """What was read last is done."""
        self._unsure, self._followed = self._own, self._read

    def _read_anew(self) -> Changes:
        *state, own = _ask(f"{_HEAD}, {_OWN}")
        self._read, self._own = State(*state), _entries(own)
        return Changes(is_all=True)


def _ask(question: str, values: dict[str, str] | None = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def _ask_first(question: str) -> Any:
    """The first question of a request is also the check of a connection that was kept since the
    last one: when it fails there, it is asked again over a new one."""
    if connection.in_atomic_block:
        return _ask(question)
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _ask(question)
    except (OperationalError, InterfaceError):
        connection.close()
        return _ask(question)


def _entries(found: dict[str, list[int]]) -> Entries:
    return {table: set(keys) for table, keys in found.items()}
