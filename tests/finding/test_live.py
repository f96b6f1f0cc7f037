"""The index follows the database before anybody may take what it knows for current."""

from collections.abc import Callable, Collection, Iterator

import pytest
from django.db import OperationalError

from cecop.finding import live
from cecop.finding.live import Kind, Live
from cecop.finding.postings import Document
from members.models import Member
from tests import factories

pytestmark = pytest.mark.usefixtures("committed")


class Reader:
    """Reads members, and does something else in the middle when it is told to."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = lambda: None

    def read(self, keys: Collection[int] | None) -> Iterator[Document]:
        """The members, as the index reads them."""
        self.meanwhile()
        rows = Member.objects.order_by("sort_name", "pk")
        for row in rows if keys is None else rows.filter(pk__in=keys):
            yield Document(row.pk, row.sort_name, {"name": [row.name]})


@pytest.fixture
def reader() -> Reader:
    """What reads."""
    return Reader()


@pytest.fixture
def following(reader: Reader) -> Live:
    """An index that has followed all there is."""
    made = Live()
    made.register("members", Kind(reader.read, "members_member"))
    made.catch_up()
    return made


def names(following: Live) -> list[str]:
    with following.looking("members") as postings:
        return sorted(postings.terms("name"))


def test_nobody_takes_the_old_state_for_current_while_a_change_is_followed(
    following: Live, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOCK_SECONDS", 0.01)
    before = following.version
    refused = []

    def as_another_thread_would() -> None:
        with pytest.raises(OperationalError, match="timeout expired"):
            following.catch_up()
        refused.append(following.version)

    factories.member(name="New")
    reader.meanwhile = as_another_thread_would
    following.catch_up()
    reader.meanwhile = lambda: None

    assert (refused, following.version) == ([before], before + 1)
    assert names(following) == ["New"]


def test_what_could_not_be_followed_is_followed_later(
    following: Live, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.member(name="New")

    def broken(keys: Collection[int] | None) -> Iterator[Document]:
        raise OperationalError("the database is away")

    monkeypatch.setattr(following._kinds["members"], "read", broken)
    for _each in range(2):
        with pytest.raises(OperationalError):
            following.catch_up()
    monkeypatch.setattr(following._kinds["members"], "read", reader.read)
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


def test_kinds_registered_late_are_read(following: Live, reader: Reader) -> None:
    factories.member(name="New")
    following.catch_up()
    following.register("again", Kind(reader.read, "members_member"))

    with following.looking("again") as postings:
        assert list(postings.terms("name")) == ["New"]
