"""The real list of Co-operatives UK, from the file to the search. Contains Co-operatives UK open
data (ODC-By 1.0), read from the shared folder and not kept here.
"""

import time
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from cooperatives.imports import applying, mapping, planning, reading
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member
from tests import factories
from tests.cooperatives.lists import outcome

ROWS = 7_272
# Eight names lost a letter before the list was published: “Film Caf� Co-op”.
REFUSED_LINES = [4670, 6431, 9467, 11851, 11857, 11974, 12249, 12294]


@pytest.fixture
def uk_list(shared_data: Path) -> Path:
    """The list of March 2023, as published."""
    return shared_data / "lists" / "coops-uk" / "standard_2023-03-02.csv"


@pytest.fixture
def cuk(db: None) -> Member:
    """Co-operatives UK."""
    return factories.member(name="Co-operatives UK", slug="co-operatives-uk", country="GB")


def test_the_plan_names_what_cannot_be_imported(uk_list: Path, cuk: Member) -> None:
    table = reading.read_list(uk_list)

    plan = planning.make_plan(cuk, table, mapping.make_mapping(table))

    assert plan.rows == ROWS
    assert plan.refused_lines == REFUSED_LINES
    assert {(each.column, each.rule) for each in plan.refused} == {
        ("Name", "A letter was lost here (�).")
    }
    assert Cooperative.objects.count() == 0


def test_the_plan_says_what_it_leaves_empty(uk_list: Path, cuk: Member) -> None:
    table = reading.read_list(uk_list)

    plan = planning.make_plan(cuk, table, mapping.make_mapping(table))

    codes = [value for column, value, _why in plan.notes.groups if column == "SIC Code"]
    assert sorted(codes) == ["45000", "63000", "63120", "70200"]
    assert not any(column == "Region" for column, _value, _why in plan.notes.groups)


def test_the_list_is_imported_and_a_second_time_changes_nothing(uk_list: Path, cuk: Member) -> None:
    table = reading.read_list(uk_list)
    columns = mapping.make_mapping(table)
    started = time.process_time()

    first = applying.apply_list(
        member=cuk, table=table, mapping=columns, file_name=uk_list.name, by=None
    )

    # The time of this process alone, which does not grow when the machine does other work.
    assert time.process_time() - started < 15
    assert outcome(first)["new"] == ROWS - len(REFUSED_LINES)
    assert Cooperative.objects.filter(country="GB").count() == ROWS - len(REFUSED_LINES)
    assert Affiliation.objects.filter(member=cuk).count() == ROWS - len(REFUSED_LINES)
    assert Identifier.objects.filter(scheme="register", country="GB").count() == 913
    assert_suma_is_found()
    assert_types_are_only_those_stated()
    assert_streets_are_left_out()
    for cooperative in Cooperative.objects.order_by("id")[::500]:
        cooperative.full_clean()

    events = apps.get_model("cooperatives", "CooperativeEvent")._default_manager
    before = events.count()
    second = applying.apply_list(
        member=cuk, table=table, mapping=columns, file_name=uk_list.name, by=None
    )

    assert outcome(second) == {
        "new": 0,
        "changed": 0,
        "unchanged": ROWS - len(REFUSED_LINES),
        "missing": 0,
        "refused": len(REFUSED_LINES),
    }
    assert events.count() == before


def assert_suma_is_found() -> None:
    [suma] = Cooperative.objects.matching("suma").filter(country="GB")
    assert (suma.name, suma.city, suma.region) == ("Suma Foods", "Elland", "TLE")
    assert (suma.types, suma.sector, suma.legal_form) == (["worker"], "46", "Society")
    assert suma.website == "http://www.suma.coop"


def assert_types_are_only_those_stated() -> None:
    """394 “Workers” and 255 “Self-employed”, less those refused; other owners give no type."""
    types = Counter(tuple(each) for each in Cooperative.objects.values_list("types", flat=True))
    assert types == {("worker",): 393, ("self_employed",): 254, (): 6_617}


def assert_streets_are_left_out() -> None:
    assert not Cooperative.objects.exclude(street="").exists()
