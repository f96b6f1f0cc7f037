"""The fictitious cooperatives: what they look like, loading them, removing them."""

import json
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings as project
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from cecop.public_ids import is_public_id
from cecop.vocabulary.regions import region_country, region_names
from cecop.vocabulary.sectors import DIVISIONS
from cooperatives.models import Affiliation, Cooperative, Identifier
from cooperatives.sample.generator import Sample, generate
from cooperatives.sample.names import make_slug
from cooperatives.sample.proportions import GROUPS, apportion, scaled
from cooperatives.sample.words import Area, areas
from members.models import Member
from tests import factories

Run = Callable[..., str]
MEMBER_COUNTRIES = [
    *("BE", "BG", "CZ", "DK", "ES", "FI", "FR", "GB", "IT", "PL", "PT", "RO", "SE", "SI", "SK")
]


def _published() -> list[dict[str, Any]]:
    path = project.BASE_DIR / "members" / "data" / "members.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    columns = ("slug", "name", "country", "types", "role")
    return [
        {column: entry[column] for column in columns}
        for entry in entries
        if entry["status"] == "published"
    ]


@pytest.fixture(scope="module")
def unsaved() -> list[Member]:
    """The published members, without a database."""
    return [Member(**columns) for columns in _published()]


@pytest.fixture(scope="module")
def all_of_them(unsaved: list[Member]) -> list[Sample]:
    """40,000 samples, without a database."""
    return list(generate(40_000, unsaved))


@pytest.fixture
def stored(db: None) -> list[Member]:
    """The published members, in the database."""
    return [factories.member(**columns) for columns in _published()]


@pytest.fixture
def run(settings: Settings) -> Run:
    """Runs a command where DEBUG is on; answers with what it said."""
    settings.DEBUG = True

    def command(name: str, **options: Any) -> str:
        said = StringIO()
        call_command(name, stdout=said, **options)
        return said.getvalue()

    return command


def _columns(sample: Sample) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    cooperative = sample.cooperative
    columns = {
        field.attname: getattr(cooperative, field.attname)
        for field in Cooperative._meta.local_concrete_fields
        if not (field.primary_key or field.generated or field.has_db_default())
    }
    return columns, [
        (row.member.slug, row.number, row.since, row.until) for row in sample.affiliations
    ]


def _by_member(samples: Sequence[Sample]) -> Counter[str]:
    return Counter(row.member.slug for sample in samples for row in sample.affiliations)


def _event_count() -> int:
    names = ("CooperativeEvent", "AffiliationEvent", "IdentifierEvent")
    return sum(apps.get_model("cooperatives", name).objects.count() for name in names)


# --- Proportions -------------------------------------------------------------------------------


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

    assert _by_member(samples).keys() == {
        member.slug for member in unsaved if member.role != "finance"
    }
    assert sorted({sample.cooperative.country for sample in samples}) == MEMBER_COUNTRIES


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
    assert make_slug("Пекарна „Щъркел“ – Велико Търново") == "pekarna-shtarkel-veliko-tarnovo"


def test_addresses_are_plain_latin(all_of_them: list[Sample]) -> None:
    assert make_slug("Spółdzielnia Pracy Łódź, L'Aquila") == "spoldzielnia-pracy-lodz-l-aquila"
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

    first = [_columns(sample) for sample in generate(300, unsaved)]
    second = [_columns(sample) for sample in generate(300, in_another_order)]

    assert first == second


def test_another_number_gives_others(unsaved: list[Member]) -> None:
    few = {sample.cooperative.public_id for sample in generate(100, unsaved)}
    more = {sample.cooperative.public_id for sample in generate(101, unsaved)}

    assert not few & more


# --- Loading -----------------------------------------------------------------------------------


def test_load_sample_stores_what_was_generated(stored: list[Member], run: Run) -> None:
    said = run("load_sample", cooperatives=400)

    loaded = [
        Sample(each, list(each.affiliations.select_related("member").order_by("number")))
        for each in Cooperative.objects.order_by("public_id")
    ]
    wanted = sorted(
        (_columns(each) for each in generate(400, stored)), key=lambda row: row[0]["public_id"]
    )
    assert [_columns(sample)[0] for sample in loaded] == [columns for columns, _rows in wanted]
    assert [sorted(_columns(each)[1]) for each in loaded] == [sorted(rows) for _one, rows in wanted]
    affiliations = Affiliation.objects.count()
    assert said == (
        f"Loaded 400 sample cooperatives ({affiliations} affiliations to 23 members).\n"
    )


def test_every_loaded_row_is_a_sample_with_a_history(stored: list[Member], run: Run) -> None:
    run("load_sample", cooperatives=400)

    events = apps.get_model("cooperatives", "CooperativeEvent").objects
    sources = set(events.values_list("pgh_label", "pgh_context__metadata__source"))
    assert Cooperative.objects.filter(is_sample=False).count() == 0
    assert events.count() == 400
    assert sources == {("insert", "load_sample")}


def test_load_sample_has_2000_when_not_told_otherwise(stored: list[Member], run: Run) -> None:
    run("load_sample")

    assert Cooperative.objects.count() == 2_000


def test_totals_count_a_double_affiliation_once(stored: list[Member], run: Run) -> None:
    run("load_sample", cooperatives=400)

    each = [Cooperative.objects.represented_by(member).listed() for member in stored]
    together = Cooperative.objects.represented_by(*stored).listed()
    assert together == {"cooperatives": 398, "workers": 13_000, "with_workers": 398}
    assert sum(listed["cooperatives"] for listed in each) > 398
    assert sum(listed["workers"] for listed in each) > 13_000
    assert Cooperative.objects.count_by_type() == {
        "worker": 350,
        "social": 120,
        "self_employed": 10,
    }


def test_loaded_rows_pass_the_checks_of_forms(stored: list[Member], run: Run) -> None:
    run("load_sample", cooperatives=60)

    for cooperative in Cooperative.objects.all():
        cooperative.full_clean()
    for affiliation in Affiliation.objects.all():
        affiliation.full_clean()


def test_loading_the_same_number_again_changes_nothing(stored: list[Member], run: Run) -> None:
    run("load_sample", cooperatives=60)
    before = list(Cooperative.objects.order_by("pk").values())
    events = _event_count()

    said = run("load_sample", cooperatives=60)

    assert list(Cooperative.objects.order_by("pk").values()) == before
    assert _event_count() == events
    assert said == "The 60 sample cooperatives are there; nothing changed.\n"


def test_loading_another_number_says_to_clear_first(stored: list[Member], run: Run) -> None:
    run("load_sample", cooperatives=60)

    with pytest.raises(CommandError, match=r"There are 60 other sample .* run clear_sample first"):
        run("load_sample", cooperatives=61)

    assert Cooperative.objects.count() == 60


@pytest.mark.django_db
def test_load_sample_needs_members(run: Run) -> None:
    with pytest.raises(CommandError, match="no published members: run load_members first"):
        run("load_sample")


@pytest.mark.django_db
def test_load_sample_needs_members_that_represent_cooperatives(run: Run) -> None:
    factories.member(role="finance")
    factories.member(country="IS")

    with pytest.raises(CommandError, match="None of the published members represents"):
        run("load_sample")


def test_drafts_get_none(stored: list[Member], run: Run) -> None:
    draft = factories.member(status="draft")

    run("load_sample", cooperatives=400)

    assert draft.affiliations.count() == 0


def test_a_single_member_represents_them_all(alpha: Member, run: Run) -> None:
    said = run("load_sample", cooperatives=40)

    assert alpha.affiliations.count() == 40
    assert Cooperative.objects.count_by_type() == {"worker": 35, "social": 12, "self_employed": 1}
    assert said == "Loaded 40 sample cooperatives (40 affiliations to 1 members).\n"


def test_it_names_the_countries_that_have_no_words(alpha: Member, run: Run) -> None:
    factories.member(country="IS")

    said = run("load_sample", cooperatives=40)

    assert said.endswith("No samples for members in IS: no words for names.\n")


def test_load_sample_is_refused_where_debug_is_off(stored: list[Member]) -> None:
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("load_sample")

    assert Cooperative.objects.count() == 0


def test_force_loads_where_debug_is_off(stored: list[Member]) -> None:
    call_command("load_sample", cooperatives=40, force=True, stdout=StringIO())

    assert Cooperative.objects.count() == 40


@pytest.mark.parametrize("number", [0, -5])
def test_load_sample_wants_a_number_from_1(run: Run, number: int) -> None:
    with pytest.raises(CommandError, match="must be 1 or more"):
        run("load_sample", cooperatives=number)


# --- Removing ----------------------------------------------------------------------------------


def test_clear_sample_removes_all_samples_and_nothing_else(stored: list[Member], run: Run) -> None:
    real = factories.cooperative(stored[0], name="Real")
    Identifier.objects.create(cooperative=real, scheme="register", country="IT", value="1")
    events = _event_count()
    run("load_sample", cooperatives=60)
    sample = Cooperative.objects.filter(is_sample=True).first()
    assert sample is not None
    Identifier.objects.create(cooperative=sample, scheme="register", country="IT", value="2")
    affiliations = Affiliation.objects.count() - 1

    said = run("clear_sample")

    assert list(Cooperative.objects.all()) == [real]
    assert [row.cooperative for row in Affiliation.objects.all()] == [real]
    assert [row.value for row in Identifier.objects.all()] == ["1"]
    assert _event_count() == events
    assert said == (
        f"Removed 60 sample cooperatives, {affiliations} affiliations, 1 identifiers "
        f"and {60 + affiliations + 1} rows of their history.\n"
    )


@pytest.mark.django_db
def test_clear_sample_with_nothing_to_clear_says_so(run: Run) -> None:
    assert run("clear_sample") == (
        "Removed 0 sample cooperatives, 0 affiliations, 0 identifiers "
        "and 0 rows of their history.\n"
    )


def test_samples_come_back_as_they_were(stored: list[Member], run: Run) -> None:
    run("load_sample", cooperatives=60)
    before = set(Cooperative.objects.values_list("public_id", "name", "workers"))

    run("clear_sample")
    run("load_sample", cooperatives=60)

    assert set(Cooperative.objects.values_list("public_id", "name", "workers")) == before


def test_real_deletions_are_still_recorded_afterwards(alpha: Member, run: Run) -> None:
    run("load_sample", cooperatives=10)
    run("clear_sample")
    real = factories.cooperative()
    key = real.pk

    real.delete()

    events = apps.get_model("cooperatives", "CooperativeEvent").objects
    assert list(events.filter(pgh_obj_id=key).values_list("pgh_label", flat=True)) == [
        "insert",
        "delete",
    ]


def test_samples_merged_into_each_other_are_removed(alpha: Member, run: Run) -> None:
    run("load_sample", cooperatives=10)
    first, second = Cooperative.objects.order_by("pk")[:2]
    first.status, first.successor = "merged", second
    first.save()

    run("clear_sample")

    assert Cooperative.objects.count() == 0


def test_nothing_is_removed_while_a_real_one_went_into_a_sample(alpha: Member, run: Run) -> None:
    run("load_sample", cooperatives=10)
    sample = Cooperative.objects.order_by("pk").first()
    factories.cooperative(name="Real", status="merged", successor=sample)

    with pytest.raises(CommandError, match=r"merged into samples: Real. Give them another"):
        run("clear_sample")

    assert Cooperative.objects.count() == 11


def test_an_affiliation_that_was_moved_to_a_real_one_keeps_its_history(
    alpha: Member, run: Run
) -> None:
    run("load_sample", cooperatives=10)
    real = factories.cooperative()
    affiliation = Affiliation.objects.filter(cooperative__is_sample=True).earliest("pk")
    affiliation.cooperative = real
    affiliation.save()

    run("clear_sample")

    events = apps.get_model("cooperatives", "AffiliationEvent").objects
    labels = events.filter(pgh_obj_id=affiliation.pk).order_by("pk").values_list("pgh_label")
    assert [label for (label,) in labels] == ["insert", "update"]
    assert list(Affiliation.objects.all()) == [affiliation]
