"""The index of one kind of record in this process, brought up to date before every use."""

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import OperationalError

from cecop.finding.journal import Changes, Journal
from cecop.finding.postings import Document, Postings

# Beyond this part of all documents, reading everything anew beats a long tail of later ones.
LARGEST_TAIL = 0.1
SMALLEST_TAIL = 5_000

# A page waits for the database so long, and not again for what failed just now.
LOCK_SECONDS = 2.3
FAILED_SECONDS = 1.0

T = TypeVar("T")
Read = Callable[[Collection[int] | None], Iterator[Document]]


class Kind:
    """How the records of one kind are read, and which tables hold what is known of them."""

    def __init__(self, read: Read, *tables: str) -> None:
        """``read(keys)`` gives the documents with these keys, or all, in the order of their names
        and keys; the journal of the tables names the keys."""
        self.read = read
        self.tables = tables
        self.postings: Postings | None = None

    def take(self, changes: Changes) -> None:
        """Follow what changed."""
        if self.postings is None or changes.is_all:
            self.postings = Postings(self.read(None))
            return
        keys = changes.of(*self.tables)
        if not keys:
            return
        tail = self.postings.later + len(keys)
        if tail > max(SMALLEST_TAIL, LARGEST_TAIL * len(self.postings.alive)):
            self.postings = Postings(self.read(None))
        else:
            self.postings.replace(keys, list(self.read(keys)))


class Live:
    """All kinds of this process; one thread at a time looks at them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._journal = Journal()
        self._kinds: dict[str, Kind] = {}
        self._kept: dict[str, Any] = {}
        self._mine = threading.local()
        self._failed_at = -FAILED_SECONDS
        self._looks_now: int | None = None
        self.version = 0

    def register(self, name: str, kind: Kind) -> None:
        """Let a kind of record be found; done once, while the apps are made ready."""
        self._kinds[name] = kind
        # What it shows has not been read yet.
        self._journal = Journal()

    def catch_up(self) -> int:
        """Follow the database to its last commit; the number of the state that this process knows.

        It grows whenever any record changed, so what was made under it is still right while it
        stays the same.
        """
        if self._journal.is_current():
            return self.version
        with self._held():
            if time.monotonic() - self._failed_at < FAILED_SECONDS:
                raise OperationalError("The database did not tell what changed a moment ago.")
            try:
                self._follow(self._journal.read())
            except BaseException:
                self._failed_at = time.monotonic()
                raise
            return self.version

    def _follow(self, changes: Changes) -> None:
        if changes:
            for kind in self._kinds.values():
                kind.take(changes)
            self._kept = {}
            self.version += 1
        # Last of all, or another thread would take an old page for current meanwhile.
        self._journal.follow()

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The lock, or an error after as long as a visitor waits."""
        if not self._lock.acquire(timeout=LOCK_SECONDS):
            raise OperationalError("timeout expired: another thread still reads what changed")
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def caught_up(self) -> Iterator[int]:
        """Catch up once for all that this thread looks at inside, say for a whole request."""
        version = self.catch_up()
        self._mine.is_caught_up = True
        try:
            yield version
        finally:
            self._mine.is_caught_up = False

    @contextmanager
    def looking(self, name: str) -> Iterator[Postings]:
        """The documents of a kind as of the last commit, for as long as one looks at them.

        Who looks at several things inside of this sees one state of all of them.
        """
        with self._looking():
            postings = self._kinds[name].postings
            assert postings is not None  # noqa: S101 - catching up has read them
            yield postings

    @property
    def snapshot(self) -> str:
        """The state of the database that this process last followed, as PostgreSQL names it."""
        return self._journal.snapshot

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` answers from the database, asked again only after a change."""
        with self._looking():
            if name not in self._kept:
                self._kept[name] = make()
            made: T = self._kept[name]
            return made

    @contextmanager
    def _looking(self) -> Iterator[None]:
        me = threading.get_ident()
        if self._looks_now == me:
            yield
            return
        if not getattr(self._mine, "is_caught_up", False):
            self.catch_up()
        with self._held():
            self._looks_now = me
            try:
                yield
            finally:
                self._looks_now = None


live = Live()
