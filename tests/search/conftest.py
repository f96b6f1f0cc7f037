"""The labelled queries, made once for all tests of the search."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.search import labels, records
from tests.search.index import Index
from tests.search.labels import Query
from tests.search.records import Record


@dataclass(frozen=True)
class Labelled:
    """The records behind one list page, and the queries about them."""

    records: list[Record]
    index: Index
    queries: list[Query]


def labelled(found: list[Record]) -> Labelled:
    """The records with their queries."""
    index = Index(found)
    return Labelled(found, index, labels.queries(found, index))


@pytest.fixture(scope="session")
def about_members() -> Labelled:
    """The published members."""
    return labelled(records.members())


@pytest.fixture(scope="session")
def about_lists(shared_data: Path) -> Labelled:
    """The cooperatives of the two open lists."""
    return labelled(records.cooperatives(shared_data))
