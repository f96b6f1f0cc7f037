"""Whoever reads the journal misses nothing that is committed and sees nothing that is not."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction

from cecop.finding.journal import Changes, Journal
from cooperatives.models import Affiliation, Cooperative
from members.models import Member
from tests import factories
from tests.committed import database_url

pytestmark = pytest.mark.usefixtures("committed")


class Reader(Journal):
    """One that is done with what it reads at once."""

    def read(self) -> Changes:
        changes = super().read()
        self.follow()
        return changes


@pytest.fixture
def journal(committed: None) -> Journal:
    """A reader that has seen all there is."""
    reader = Reader()
    assert reader.read().is_all
    return reader


@pytest.fixture
def other(committed: None) -> Iterator[Any]:
    """A second connection, which commits when it is told to."""
    second = psycopg2.connect(database_url())
    yield second
    second.close()


def rename(name: str) -> str:
    return f"UPDATE members_member SET name = '{name}'"  # noqa: S608


def test_nothing_new_is_nothing(journal: Journal) -> None:
    assert (journal.is_current(), bool(journal.read())) == (True, False)


def bulk(member: Member) -> set[int]:
    made = [factories.cooperative(name=f"{n}") for n in range(2)]
    Affiliation.objects.bulk_create([Affiliation(cooperative=c, member=member) for c in made])
    return {each.pk for each in made}


def update(member: Member) -> set[int]:
    shop = factories.cooperative()
    Cooperative.objects.filter(pk=shop.pk).update(city="Roma")
    return {shop.pk}


def plain_sql(member: Member) -> set[int]:
    shop = factories.cooperative()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cooperatives_cooperative SET city = 'Roma'")
    return {shop.pk}


def deleted(member: Member) -> set[int]:
    shop = factories.cooperative(member)
    Affiliation.objects.all().delete()
    return {shop.pk}


@pytest.mark.parametrize("write", [bulk, update, plain_sql, deleted])
def test_every_way_of_writing_is_seen(
    journal: Journal, write: Callable[[Member], set[int]]
) -> None:
    keys = write(factories.member())

    changes = journal.read()

    assert changes.of("cooperatives_cooperative", "cooperatives_affiliation") == keys
    assert not journal.read()


def test_an_emptied_table_is_read_anew(journal: Journal) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cooperatives_affiliation")

    assert journal.read().is_all


def test_what_commits_late_is_not_missed(journal: Journal, other: Any) -> None:
    alpha, beta = factories.member(), factories.member()
    journal.read()
    with other.cursor() as cursor:
        cursor.execute(f"{rename('Late')} WHERE id = {alpha.pk}")
    before = journal.read()
    Member.objects.filter(pk=beta.pk).update(city="Roma")
    between = journal.read()

    other.commit()

    found = [each.of("members_member") for each in (before, between, journal.read())]
    assert found == [set(), {beta.pk}, {alpha.pk}]
    assert not journal.read()


def test_what_is_rolled_back_was_never_there(journal: Journal, other: Any) -> None:
    factories.member()
    journal.read()
    with other.cursor() as cursor:
        cursor.execute(rename("Never"))

    other.rollback()

    assert not journal.read()


def test_own_unfinished_work_is_looked_at_again_when_it_is_undone(journal: Journal) -> None:
    alpha = factories.member()
    journal.read()
    with transaction.atomic():
        Member.objects.filter(pk=alpha.pk).update(city="Roma")
        inside = journal.read()
        transaction.set_rollback(True)

    after = journal.read()

    assert [each.of("members_member") for each in (inside, after)] == [{alpha.pk}, {alpha.pk}]
    assert (journal.is_current(), bool(journal.read())) == (True, False)


def test_another_database_is_read_anew(journal: Journal) -> None:
    journal._followed = journal._followed._replace(following=2**62)

    assert journal.read().is_all


def test_old_entries_go(journal: Journal) -> None:
    factories.member()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cecop_journal SET written_at = now() - interval '2 days'")
        # One writing in a hundred takes them away.
        for _each in range(2_000):
            cursor.execute("INSERT INTO cecop_journal (source) VALUES ('x')")
        cursor.execute("SELECT count(*) FROM cecop_journal WHERE source <> 'x'")
        left = cursor.fetchone()[0]
        cursor.execute("TRUNCATE cecop_journal")

    assert left == 0


def test_a_connection_that_died_meanwhile_is_replaced(journal: Journal, other: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        died = cursor.fetchone()[0]
    with other.cursor() as killer:
        killer.execute("SELECT pg_terminate_backend(%s, 5000)", [died])
    other.commit()

    journal.is_current()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != died


def test_what_is_read_is_not_current_before_it_is_followed(committed: None) -> None:
    reader = Journal()
    reader.read()
    reader.follow()
    factories.member()

    reader.read()
    between = reader.is_current()
    again = reader.read()
    reader.follow()

    assert (between, bool(again), bool(reader.read())) == (False, True, False)
