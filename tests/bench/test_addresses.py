"""What the benchmark asks: never the same twice, and the same of both sides."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bench import addresses, sqlite
from bench.addresses import Filters, Found, Pair
from cooperatives import filters

NUMBER = 400


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """Rows of a small database."""
    path: Path = tmp_path_factory.mktemp("bench") / "directory.db"
    sqlite.build(path, NUMBER)
    return addresses.sampled(path, NUMBER)


def test_no_combination_comes_twice(found: list[Found]) -> None:
    for drawn in (addresses.listing_filters(found, 1000), addresses.text_filters(found, 1000)):
        pages = [each.page() for each in drawn]

        assert len(pages) > 500
        assert len({pair.ours for pair in pages}) == len(pages)
        assert len({pair.datasette for pair in pages}) == len(pages)


def test_lists_are_the_same_every_time(found: list[Found]) -> None:
    assert addresses.listing_filters(found, 100) == addresses.listing_filters(found, 100)


def test_our_parameters_are_those_of_the_site(found: list[Found]) -> None:
    pages = [each.page() for each in addresses.listing_filters(found, 300)]

    asked = {name for pair in pages for name in parse_qs(urlsplit(pair.ours).query)}

    assert asked == {"country", "type", "sector", "size", "region"}
    assert asked < set(filters.CooperativeSearch.base_filters)


def test_both_sides_are_asked_the_same() -> None:
    asked = Filters(("FR", "IT"), (("type", "social"),), "10-49", "forno")

    assert asked.page() == Pair(
        "/cooperatives/?q=forno&country=FR&country=IT&type=social&size=10-49",
        "/directory/cooperatives?_search=forno&country__in=FR%2CIT&type=social"
        "&workers__gte=10&workers__lte=49&_facet=country&_facet=type&_facet=sector",
    )


def test_unfiltered_pages_are_all_different() -> None:
    pages = addresses.unfiltered(NUMBER)

    assert len(pages) == 3 * NUMBER // 25
    assert len({pair.ours for pair in pages}) == len({pair.datasette for pair in pages}) == 48
