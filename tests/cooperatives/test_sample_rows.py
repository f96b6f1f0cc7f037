"""The fictitious cooperatives: proportions, members, and what they look like."""

import random
import unicodedata
from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecop.public_ids import is_public_id
from cecop.vocabulary.regions import region_country, region_names
from cecop.vocabulary.sectors import DIVISIONS
from cooperatives.sample.generator import Sample, generate
from cooperatives.sample.proportions import GROUPS, apportion, scaled
from cooperatives.sample.words import Area, areas
from members.models import Member
from tests.cooperatives.sample_rows import columns_of, published_members

MEMBER_COUNTRIES = {
    "BE", "BG", "CZ", "DK", "ES", "FI", "FR", "GB", "IT", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip


@pytest.fixture(scope="module")
def unsaved() -> list[Member]:
    """The published members, without a database."""
    return [Member(**columns) for columns in published_members()]


@pytest.fixture(scope="module")
def all_of_them(unsaved: list[Member]) -> list[Sample]:
    """40,000 samples, without a database."""
    return list(generate(40_000, unsaved))


def test_it_keeps_the_published_numbers_of_cooperatives(all_of_them: list[Sample]) -> None:
    types = Counter(code for sample in all_of_them for code in sample.cooperative.types)

    assert types == {"worker": 35_000, "social": 12_000, "self_employed": 1_000}
    assert len({sample.cooperative.public_id for sample in all_of_them}) == 40_000


def test_it_keeps_the_published_numbers_of_workers(all_of_them: list[Sample]) -> None:
    workers = [(sample.cooperative.types, sample.cooperative.workers) for sample in all_of_them]

    assert sum(number or 0 for _types, number in workers) == 1_300_000
    assert sum(number or 0 for types, number in workers if "social" in types) == 270_000


def test_its_active_ones_are_within_one_percent_of_the_published_numbers(
    all_of_them: list[Sample],
) -> None:
    active = [each.cooperative for each in all_of_them if each.cooperative.status == "active"]

    types = Counter(code for cooperative in active for code in cooperative.types)

    assert 39_600 <= len(active) < 40_000
    assert 34_650 <= types["worker"] <= 35_000
    assert 11_880 <= types["social"] <= 12_000
    assert 990 <= types["self_employed"] <= 1_000


@pytest.mark.parametrize("number", [1, 7, 39, 400, 2_000])
def test_it_keeps_the_proportions_of_any_number(unsaved: list[Member], number: int) -> None:
    samples = [sample.cooperative for sample in generate(number, unsaved)]

    groups = Counter(tuple(sample.types) for sample in samples)

    assert len(samples) == number
    for group, published in GROUPS.items():
        codes = tuple(kind.value for kind in group)
        assert abs(groups[codes] - number * published / 40_000) < 1


@given(st.integers(0, 10_000), st.lists(st.floats(0.001, 1000), min_size=1, max_size=30))
def test_parts_add_up_to_the_total(total: int, weights: list[float]) -> None:
    parts = apportion(total, weights)

    assert sum(parts) == total
    assert min(parts) >= 0


def test_each_part_has_the_least_when_the_total_is_enough() -> None:
    assert apportion(10, [1, 1000, 0.001], at_least=1) == [1, 8, 1]
    assert apportion(2, [1, 1000, 0.001], at_least=1) == [0, 2, 0]


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=30), st.integers(0, 10_000))
def test_sizes_add_up_to_the_total_and_are_at_least_one(sizes: list[float], total: int) -> None:
    whole = scaled(sizes, total)

    assert sum(whole) == max(total, len(sizes))
    assert min(whole) >= 1


# --- Members -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [400, 2_000])
def test_every_member_that_represents_cooperatives_gets_some(
    unsaved: list[Member], number: int
) -> None:
    samples = list(generate(number, unsaved))

    assert {row.member.slug for sample in samples for row in sample.affiliations} == {
        member.slug for member in unsaved if member.role != "finance"
    }
    assert {sample.cooperative.country for sample in samples} == MEMBER_COUNTRIES


def test_each_is_in_the_country_of_its_members(all_of_them: list[Sample]) -> None:
    for sample in all_of_them:
        there = {row.member.country for row in sample.affiliations}
        assert there == {sample.cooperative.country}


def test_members_get_the_types_that_they_represent(all_of_them: list[Sample]) -> None:
    types: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for sample in all_of_them:
        for row in sample.affiliations:
            types[row.member.slug] |= {tuple(sample.cooperative.types)}

    assert types["legacoop-sociali"] == {("worker", "social"), ("social",)}
    assert ("self_employed",) in types["smart"]
    assert ("social",) not in types["coceta"]


def test_a_member_gives_each_number_once(all_of_them: list[Sample]) -> None:
    given = [(row.member.slug, row.number) for each in all_of_them for row in each.affiliations]

    assert len(set(given)) == len(given)
    assert {number[:7] for _slug, number in given} == {"SAMPLE-"}


def test_some_italian_ones_have_two_members(all_of_them: list[Sample]) -> None:
    double = [sample for sample in all_of_them if len(sample.affiliations) > 1]

    assert {sample.cooperative.country for sample in double} == {"IT"}
    assert {len({row.member.slug for row in sample.affiliations}) for sample in double} == {2}
    italian = sum(sample.cooperative.country == "IT" for sample in all_of_them)
    assert 0.1 < len(double) / italian < 0.14


# --- What they look like -----------------------------------------------------------------------


def test_every_city_lies_in_its_region(all_of_them: list[Sample]) -> None:
    known = {
        (country, *place) for country, there in areas().items() for a in there for place in a.places
    }

    for sample in all_of_them:
        cooperative = sample.cooperative
        assert (cooperative.country, cooperative.region, cooperative.city) in known


@pytest.mark.parametrize("area", [area for there in areas().values() for area in there])
def test_the_words_of_a_country_are_complete(area: Area) -> None:
    regions = {region for region, _city in area.places}

    assert regions <= region_names().keys()
    assert {region_country(region) for region in regions} == {area.country}
    assert {len(region) for region in regions} == ({3} if area.country == "GB" else {4})
    assert len(set(area.places)) == len(area.places)
    assert area.trades.keys() <= DIVISIONS.keys()
    assert area.forms.keys() == {"worker", "care", "integration", "self_employed"}
    assert area.endings.keys() == {form for forms in area.forms.values() for form in forms}
    assert len(set(area.names)) == len(area.names)


def test_every_name_has_a_word_of_its_sector(all_of_them: list[Sample]) -> None:
    for sample in all_of_them:
        cooperative = sample.cooperative
        words = [
            word
            for area in areas()[cooperative.country]
            for word in area.trades.get(cooperative.sector, [])
        ]
        # Polish and Bulgarian names may say the legal form instead of the trade.
        if cooperative.country not in {"PL", "BG"}:
            assert any(word in cooperative.name for word in words), cooperative.name


def test_names_hardly_repeat(all_of_them: list[Sample]) -> None:
    names = {(each.cooperative.country, each.cooperative.name) for each in all_of_them}

    assert len(names) > 39_500


def test_bulgarian_names_and_towns_are_in_cyrillic(all_of_them: list[Sample]) -> None:
    bulgarian = [each.cooperative for each in all_of_them if each.cooperative.country == "BG"]

    for cooperative in bulgarian:
        letters = [letter for letter in cooperative.name + cooperative.city if letter.isalpha()]
        assert all("CYRILLIC" in unicodedata.name(letter) for letter in letters), cooperative.name


def test_addresses_are_plain_latin(all_of_them: list[Sample]) -> None:
    for sample in all_of_them:
        slug = sample.cooperative.slug
        assert slug.isascii()
        assert 3 < len(slug) <= 60


def test_websites_are_in_the_domain_kept_for_examples(all_of_them: list[Sample]) -> None:
    websites = [each.cooperative.website for each in all_of_them if each.cooperative.website]

    assert {urlsplit(website).netloc.rpartition(".")[2] for website in websites} == {"example"}
    assert 0.5 < len(websites) / len(all_of_them) < 0.6


def test_figures_make_sense(all_of_them: list[Sample]) -> None:
    for sample in all_of_them:
        cooperative = sample.cooperative
        assert is_public_id(cooperative.public_id)
        assert cooperative.founded is None or 1955 <= cooperative.founded <= 2025
        assert (cooperative.worker_members or 0) <= (cooperative.workers or 0)
        assert cooperative.confirmed_at is None


def test_closed_ones_count_no_workers_and_nobody_represents_them(
    all_of_them: list[Sample],
) -> None:
    closed = [each for each in all_of_them if each.cooperative.status == "closed"]

    assert len(closed) == 200
    assert {sample.cooperative.workers for sample in closed} == {None}
    for sample in all_of_them:
        ended = {row.until is not None for row in sample.affiliations}
        assert ended == {sample.cooperative.status == "closed"}


def test_the_same_number_and_members_give_the_same_rows(unsaved: list[Member]) -> None:
    in_another_order = random.Random(5).sample(unsaved, len(unsaved))

    first = [columns_of(sample) for sample in generate(300, unsaved)]
    second = [columns_of(sample) for sample in generate(300, in_another_order)]

    assert first == second


def test_another_number_gives_others(unsaved: list[Member]) -> None:
    few = {sample.cooperative.public_id for sample in generate(100, unsaved)}
    more = {sample.cooperative.public_id for sample in generate(101, unsaved)}

    assert not few & more
