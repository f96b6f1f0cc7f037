"""How well the search finds what people mean, over the labelled queries; see
``docs/search-labels.md``.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from pytest_django import DjangoDbBlocker

from tests.committed import empty
from tests.search import corpus, measuring
from tests.search.conftest import Labelled
from tests.search.measuring import Outcome

# The fixtures write before any test does; without the mark there would be no tables for them.
pytestmark = pytest.mark.django_db

LEAST_RECALL_AT_1 = 0.95
LEAST_RECALL_AT_5 = 0.99
MOST_MEAN_RANK = 1.3


@contextmanager
def borrowed(blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, outside of any one test; what is written there is taken away again."""
    with blocker.unblock():
        try:
            yield
        finally:
            empty()


@pytest.fixture(scope="module")
def of_members(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, about_members: Labelled
) -> list[Outcome]:
    """Every query about the members, asked once."""
    with borrowed(django_db_blocker):
        keys = corpus.put_members()
        return measuring.ask("/members/", about_members.queries, about_members.index, keys)


@pytest.fixture(scope="module")
def of_lists(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, about_lists: Labelled
) -> list[Outcome]:
    """Every query about the cooperatives of the two open lists, asked once."""
    with borrowed(django_db_blocker):
        keys = corpus.put_cooperatives(about_lists.records)
        return measuring.ask("/cooperatives/", about_lists.queries, about_lists.index, keys)


def test_members_are_found(of_members: list[Outcome]) -> None:
    assert_bars_are_reached(of_members)


def test_members_and_cooperatives_are_found(
    of_members: list[Outcome], of_lists: list[Outcome]
) -> None:
    assert_bars_are_reached([*of_members, *of_lists])


def assert_bars_are_reached(outcomes: Sequence[Outcome]) -> None:
    """The report is in the message; ``pytest -s`` shows it when all is well, too."""
    got, report = measuring.figures(outcomes), measuring.report(outcomes)

    reached = {
        "Recall@1": got.recall_at_1 >= LEAST_RECALL_AT_1,
        "Recall@5": got.recall_at_5 >= LEAST_RECALL_AT_5,
        "mean rank": got.mean_rank <= MOST_MEAN_RANK,
    }
    assert reached == dict.fromkeys(reached, True), f"\n{report}"
    sys.stdout.write(f"\n{report}\n")
