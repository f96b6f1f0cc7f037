"""What a plan says about each row: new, changed, unchanged, missing, refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperatives.imports.plan import Change, Missing, Problem
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member
from tests import factories
from tests.cooperatives.lists import imported, numbered, outcome, plan


def cooperative(member: Member, number: str, **fields: object) -> Cooperative:
    """A cooperative under the member's own number."""
    made = factories.cooperative(**fields)
    Affiliation.objects.create(cooperative=made, member=member, number=number)
    return made


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


def test_a_refused_row_names_line_column_value_rule_and_remedy(alpha: Member) -> None:
    found = plan(alpha, "number,Denominazione,country,N. addetti\n7,Forno,IT,12 (FTE)\n")

    assert found.refused == [
        Problem(
            line=2,
            column="N. addetti",
            value="12 (FTE)",
            rule="This is not a whole number.",
            instead="A whole number such as 1200, or nothing.",
        )
    ]


def test_every_problem_of_a_row_is_named(alpha: Member) -> None:
    found = plan(alpha, "number,name,country,workers,website\n7,,Frace,x,ftp://f.it\n")

    assert [problem.column for problem in found.refused] == [
        "name",
        "country",
        "workers",
        "website",
    ]
    assert found.refused_lines == [2]


@pytest.mark.parametrize("cell", ["", " ", "-"])
def test_a_row_without_a_number_is_refused(alpha: Member, cell: str) -> None:
    found = plan(alpha, f"number,name,country\n{cell},Forno,IT\n")

    [problem] = found.refused
    assert (problem.line, problem.column, problem.rule) == (2, "number", "There is no number.")


def test_a_number_longer_than_the_directory_stores_is_refused(alpha: Member) -> None:
    found = plan(alpha, f"number,name,country\n{'7' * 61},Forno,IT\n")

    assert [problem.column for problem in found.refused] == ["number"]


def test_a_number_that_comes_twice_counts_once(alpha: Member) -> None:
    found = plan(alpha, "number,name,country\n7,Forno,IT\n8,Tetti,IT\n7,Altro,IT\n7,Ancora,IT\n")

    assert [new.values["name"] for new in found.new] == ["Forno", "Tetti"]
    assert [(problem.line, problem.rule) for problem in found.refused] == [
        (4, "Line 2 has this number already."),
        (5, "Line 2 has this number already."),
    ]


def test_a_register_number_that_comes_twice_is_refused_the_second_time(alpha: Member) -> None:
    found = plan(alpha, "number,name,country,REA\n7,Forno,IT,MI-1\n8,Tetti,IT,MI-1\n")

    assert [new.identifiers for new in found.new] == [{"register": "MI-1"}]
    assert [(problem.line, problem.column, problem.rule) for problem in found.refused] == [
        (3, "REA", "Line 2 has this number already.")
    ]


def test_a_register_number_of_another_cooperative_is_refused(alpha: Member, beta: Member) -> None:
    other = cooperative(beta, "1", name="Altro forno")
    Identifier.objects.create(cooperative=other, scheme="register", country="IT", value="MI-1")

    found = plan(alpha, "number,name,country,REA\n7,Forno,IT,MI-1\n")

    [problem] = found.refused
    assert problem.rule == f"“Altro forno” ({other.public_id}) has this number in the directory."


def test_the_same_register_number_in_another_country_is_another_number(
    alpha: Member, beta: Member
) -> None:
    other = cooperative(beta, "1", country="ES")
    Identifier.objects.create(cooperative=other, scheme="register", country="ES", value="MI-1")

    assert outcome(plan(alpha, "number,name,country,REA\n7,Forno,IT,MI-1\n"))["new"] == 1


def test_official_numbers_with_wrong_check_digits_are_refused(alpha: Member) -> None:
    found = plan(alpha, "number,name,country,LEI\n7,Forno,IT,529900T8BM49AURSDO56\n")

    assert [problem.rule for problem in found.refused] == [
        "The check digits of this LEI do not fit."
    ]


def test_an_official_number_longer_than_the_directory_stores_is_refused(alpha: Member) -> None:
    found = plan(alpha, f"number,name,country,REA\n7,Forno,IT,{'1' * 61}\n")

    assert [problem.column for problem in found.refused] == ["REA"]


def test_a_changed_register_number_is_a_change(alpha: Member) -> None:
    forno = cooperative(alpha, "7", name="Forno")
    Identifier.objects.create(cooperative=forno, scheme="register", country="IT", value="MI-1")

    found = plan(alpha, "number,name,REA\n7,Forno,MI-2\n")

    assert found.changed[0].changes == [Change("register", "MI-1", "MI-2")]


def test_the_same_register_number_is_no_change(alpha: Member) -> None:
    forno = cooperative(alpha, "7", name="Forno")
    Identifier.objects.create(cooperative=forno, scheme="register", country="IT", value="MI-1")

    assert outcome(plan(alpha, "number,name,REA\n7,Forno,MI-1\n"))["unchanged"] == 1


def test_an_ended_affiliation_is_not_revived(alpha: Member) -> None:
    forno = cooperative(alpha, "7", name="Forno")
    forno.affiliations.update(until=date(2024, 12, 31))

    found = plan(alpha, "number,name\n7,Forno\n")

    assert [problem.rule for problem in found.refused] == ["This affiliation ended on 2024-12-31."]
    assert found.missing == []


def test_a_merged_cooperative_is_not_changed(alpha: Member) -> None:
    forno = cooperative(alpha, "7", name="Forno")
    Cooperative.objects.filter(pk=forno.pk).update(
        status="merged", successor=cooperative(alpha, "8", name="Tetti")
    )

    found = plan(alpha, "number,name\n7,Forno nuovo\n")

    assert [problem.rule for problem in found.refused] == [
        "This cooperative was merged into another one."
    ]


def test_a_sample_is_neither_changed_nor_missing(alpha: Member) -> None:
    cooperative(alpha, "7", name="Sample", is_sample=True)
    cooperative(alpha, "8", name="Sample too", is_sample=True)

    found = plan(alpha, "number,name,country\n7,Forno,IT\n")

    assert [problem.rule for problem in found.refused] == ["A sample cooperative has this number."]
    assert found.missing == []


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
