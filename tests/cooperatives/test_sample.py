"""Loading the fictitious cooperatives, and removing them again."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cooperatives.models import Affiliation, Cooperative, Identifier
from cooperatives.sample.generator import Sample, generate
from members.models import Member
from tests import factories
from tests.cooperatives.sample_rows import columns_of, published_members

Run = Callable[..., str]


@pytest.fixture
def stored(db: None) -> list[Member]:
    """The published members, in the database."""
    return [factories.member(**columns) for columns in published_members()]


@pytest.fixture
def run(settings: Settings) -> Run:
    """Runs a command where DEBUG is on; answers with what it said."""
    settings.DEBUG = True

    def command(name: str, **options: Any) -> str:
        said = StringIO()
        call_command(name, stdout=said, **options)
        return said.getvalue()

    return command


def _event_count() -> int:
    names = ("CooperativeEvent", "AffiliationEvent", "IdentifierEvent")
    return sum(apps.get_model("cooperatives", name).objects.count() for name in names)


# --- Loading -----------------------------------------------------------------------------------


def test_load_sample_stores_what_was_generated(stored: list[Member], run: Run) -> None:
    said = run("load_sample", cooperatives=400)

    loaded = [
        Sample(each, list(each.affiliations.select_related("member").order_by("number")))
        for each in Cooperative.objects.order_by("public_id")
    ]
    wanted = sorted(
        (columns_of(each) for each in generate(400, stored)), key=lambda row: row[0]["public_id"]
    )
    assert [columns_of(sample)[0] for sample in loaded] == [columns for columns, _rows in wanted]
    assert [sorted(columns_of(each)[1]) for each in loaded] == [
        sorted(rows) for _one, rows in wanted
    ]
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

    rows = [*Cooperative.objects.order_by("pk")[:20], *Affiliation.objects.order_by("pk")[:20]]
    for row in rows:
        row.full_clean()
    assert len(rows) == 40


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
