"""Which rows a plan refuses, and how each refusal is worded."""

from datetime import date

import pytest

from cooperatives.imports.plan import Change, Problem
from cooperatives.models import Cooperative, Identifier
from members.models import Member
from tests.cooperatives.lists import cooperative, outcome, plan


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
