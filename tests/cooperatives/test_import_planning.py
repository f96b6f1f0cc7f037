"""What a plan says about each row: new, changed, unchanged, missing, refused."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperatives.imports.plan import Change, Missing, Problem
from cooperatives.models import Cooperative
from members.models import Member
from tests.cooperatives.lists import cooperative, imported, numbered, outcome, plan


def test_a_number_that_the_member_has_not_used_is_new(alpha: Member) -> None:
    found = plan(alpha, "number,name,country,town,workers\n7,Forno Sociale,Italy,Roma,12\n")

    [new] = found.new
    assert outcome(found) == {"new": 1, "changed": 0, "unchanged": 0, "missing": 0, "refused": 0}
    assert (new.line, new.number) == (2, "7")
    assert new.values["name"] == "Forno Sociale"
    assert new.values["country"] == "IT"
    assert new.values["city"] == "Roma"
    assert new.values["workers"] == 12
    assert new.values["types"] == []


def test_a_plan_writes_nothing(alpha: Member) -> None:
    plan(alpha, numbered(3))

    assert Cooperative.objects.count() == 0


def test_a_known_number_with_other_cells_is_changed_cell_by_cell(alpha: Member) -> None:
    forno = cooperative(alpha, "7", name="Forno", city="Roma", workers=10)

    found = plan(alpha, "number,name,country,town,workers\n7,Forno,IT,Bari,12\n")

    [changed] = found.changed
    assert changed.cooperative == forno
    assert changed.changes == [Change("city", "Roma", "Bari"), Change("workers", 10, 12)]


def test_a_known_number_with_the_same_cells_is_unchanged(alpha: Member) -> None:
    cooperative(alpha, "7", name="Forno", city="Roma", workers=1200)

    found = plan(alpha, "number,name,town,workers\n7, Forno ,Roma,1 200\n")

    assert outcome(found)["unchanged"] == 1


@pytest.mark.parametrize("stored", [["worker", "social"], ["social", "worker"]])
def test_types_have_no_order(alpha: Member, stored: list[str]) -> None:
    cooperative(alpha, "7", name="Forno", types=stored)

    found = plan(alpha, "number,name,type\n7,Forno,social; worker\n")

    assert outcome(found)["unchanged"] == 1


def test_an_empty_cell_never_erases(alpha: Member) -> None:
    cooperative(alpha, "7", name="Forno", city="Roma", workers=10, types=["worker"])

    found = plan(alpha, "number,name,town,workers,type\n7,,,n/a,\n")

    assert outcome(found)["unchanged"] == 1


def test_a_dash_erases(alpha: Member) -> None:
    cooperative(
        alpha,
        "7",
        name="Forno",
        city="Roma",
        workers=10,
        latitude=Decimal("41.9"),
        longitude=Decimal("12.5"),
        types=["worker"],
        website="http://f.it",
    )

    found = plan(alpha, "number,name,town,workers,lat,lon,type,website\n7,Forno,-,-,-,-,-,-\n")

    assert found.changed[0].changes == [
        Change("city", "Roma", ""),
        Change("workers", 10, None),
        Change("latitude", Decimal("41.9"), None),
        Change("longitude", Decimal("12.5"), None),
        Change("types", ["worker"], []),
        Change("website", "http://f.it", ""),
    ]


def test_a_dash_does_not_erase_what_every_cooperative_needs(alpha: Member) -> None:
    cooperative(alpha, "7", name="Forno")

    found = plan(alpha, "number,name\n7,-\n")

    assert found.refused == [Problem(2, "name", "-", "There is no name.", "The name, on one line.")]


def test_what_the_list_does_not_mention_is_missing(alpha: Member) -> None:
    cooperative(alpha, "7", name="Forno")
    cooperative(alpha, "8", name="Tetti")

    found = plan(alpha, "number,name\n8,Tetti\n")

    assert found.missing == [Missing("7", "Forno")]


def test_a_refused_row_does_not_make_its_cooperative_missing(alpha: Member) -> None:
    cooperative(alpha, "7", name="Forno")

    found = plan(alpha, "number,name,workers\n7,Forno,many\n")

    assert outcome(found) == {"new": 0, "changed": 0, "unchanged": 0, "missing": 0, "refused": 1}


def test_another_member_s_cooperatives_are_neither_found_nor_missing(
    alpha: Member, beta: Member
) -> None:
    cooperative(beta, "7", name="Horno")

    found = plan(alpha, "number,name,country\n7,Forno,IT\n")

    assert outcome(found) == {"new": 1, "changed": 0, "unchanged": 0, "missing": 0, "refused": 0}


def test_a_list_without_countries_is_in_the_member_s_country(beta: Member) -> None:
    [new] = plan(beta, "number,name\n7,Horno\n").new

    assert new.values["country"] == "ES"


def test_a_list_without_countries_moves_nothing(alpha: Member) -> None:
    cooperative(alpha, "7", name="Horno", country="ES")

    assert outcome(plan(alpha, "number,name\n7,Horno\n"))["unchanged"] == 1


def test_a_row_without_a_country_is_refused_where_the_list_has_countries(alpha: Member) -> None:
    found = plan(alpha, "number,name,country\n7,Forno,\n")

    assert [(problem.column, problem.rule) for problem in found.refused] == [
        ("country", "There is no country.")
    ]


def test_half_a_place_is_refused(alpha: Member) -> None:
    found = plan(alpha, "number,name,country,lat,lon\n7,Forno,IT,41.9,\n")

    assert [(problem.column, problem.rule) for problem in found.refused] == [
        ("lon", "Latitude and longitude go together.")
    ]


def test_what_cannot_be_told_is_noted_and_left_empty(alpha: Member) -> None:
    found = plan(
        alpha,
        "number,name,country,type,region,NACE\n"
        "7,Forno,IT,Consumers,Atlantide,45.11\n"
        "8,Tetti,IT,guild,Lazio,43.91\n",
    )

    assert [
        (new.values["types"], new.values["region"], new.values["sector"]) for new in found.new
    ] == [
        ([], "", ""),
        ([], "ITI4", "43"),
    ]
    assert found.notes.groups == {
        ("region", "Atlantide", "not a region that the directory knows"): [2],
        ("type", "Consumers", "known, but none of the directory's three types"): [2],
        ("NACE", "45.11", "this code of NACE Rev. 2 belongs to several sectors of Rev. 2.1"): [2],
        ("type", "guild", "not a type that the directory knows"): [3],
    }


def test_a_refused_row_leaves_no_notes(alpha: Member) -> None:
    found = plan(alpha, "number,name,country,type\n7,,IT,Consumers\n")

    assert found.notes.groups == {}


def test_planning_asks_as_often_for_a_hundred_rows_as_for_ten(alpha: Member) -> None:
    imported(alpha, numbered(100, REA="", town="Roma"))
    questions = []

    for count in (10, 100):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            plan(alpha, numbered(count, town="Bari"))
        questions.append(len(asked))

    assert questions[0] == questions[1]
