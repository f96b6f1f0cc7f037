"""The index follows the database before anybody may take what it knows for current."""

import threading
from collections.abc import Callable, Collection, Iterator

import pytest
from django.db import OperationalError, connections

from cecop.finding import live
from cecop.finding.live import Kind, Live
from cecop.finding.postings import Document
from members.models import Member
from tests import factories

pytestmark = pytest.mark.usefixtures("committed")
SECONDS = 30


class Slow:
    """Reads members, and waits in the middle when it is told to."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.has_begun = threading.Event()

    def read(self, keys: Collection[int] | None) -> Iterator[Document]:
        """The members, as the index reads them."""
        self.has_begun.set()
        self.may_go_on.wait(SECONDS)
        rows = Member.objects.order_by("sort_name", "pk")
        for row in rows if keys is None else rows.filter(pk__in=keys):
            yield Document(row.pk, row.sort_name, {"name": [row.name]})


@pytest.fixture
def slow() -> Slow:
    """What reads slowly."""
    return Slow()


@pytest.fixture
def following(slow: Slow) -> Live:
    """An index that has followed all there is."""
    made = Live()
    made.register("members", Kind(slow.read, "members_member"))
    made.catch_up()
    return made


def in_thread(act: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        act()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def names(following: Live) -> list[str]:
    with following.looking("members") as postings:
        return sorted(postings.terms("name"))


def test_nobody_sees_the_old_state_while_another_thread_follows_a_change(
    following: Live, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOCK_SECONDS", 0.2)
    before = following.version
    factories.member(name="New")
    slow.may_go_on.clear()
    slow.has_begun.clear()
    first = in_thread(following.catch_up)
    assert slow.has_begun.wait(SECONDS)

    with pytest.raises(OperationalError, match="timeout expired"):
        following.catch_up()
    slow.may_go_on.set()
    first.join(SECONDS)

    assert following.version == before + 1
    assert names(following) == ["New"]


def test_what_could_not_be_followed_is_followed_later(
    following: Live, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.member(name="New")

    def broken(keys: Collection[int] | None) -> Iterator[Document]:
        raise OperationalError("the database is away")

    monkeypatch.setattr(following._kinds["members"], "read", broken)
    for _each in range(2):
        with pytest.raises(OperationalError):
            following.catch_up()
    monkeypatch.setattr(following._kinds["members"], "read", slow.read)
    monkeypatch.setattr(live, "FAILED_SECONDS", 0)

    assert names(following) == ["New"]


def test_what_is_kept_goes_with_any_change(following: Live) -> None:
    first = following.kept("number", Member.objects.count)
    factories.member()

    assert (first, following.kept("number", Member.objects.count)) == (0, 1)


def test_many_changes_at_once_are_read_anew(
    following: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SMALLEST_TAIL", 2)
    for number in range(4):
        factories.member(name=f"{number}")

    assert names(following) == ["0", "1", "2", "3"]
    with following.looking("members") as postings:
        assert postings.later == 0


def test_kinds_registered_late_are_read(following: Live, slow: Slow) -> None:
    factories.member(name="New")
    following.catch_up()
    following.register("again", Kind(slow.read, "members_member"))

    with following.looking("again") as postings:
        assert list(postings.terms("name")) == ["New"]
