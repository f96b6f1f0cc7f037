"""Hostile cells: refused with a reason, or kept as the harmless text that they are."""

from dataclasses import replace
from pathlib import Path

import pytest

from cecop import tables
from cooperatives.imports import applying, mapping
from cooperatives.models import Cooperative
from members.models import Member
from tests.cooperatives.lists import imported, plan

FIXTURE = Path(__file__).parent.parent / "fixtures" / "hostile.csv"


@pytest.fixture
def hostile() -> tables.Table:
    """The fixture, each row with a number of its own."""
    table = tables.read_csv(FIXTURE)
    rows = [replace(row, cells=[f"H{row.line}", *row.cells]) for row in table.rows]
    return replace(table, headers=["number", *table.headers], rows=rows)


def test_every_hostile_row_is_refused_with_its_reason_or_kept_as_text(
    alpha: Member, hostile: tables.Table
) -> None:
    done = applying.apply_list(
        member=alpha,
        table=hostile,
        mapping=mapping.make_mapping(hostile),
        file_name="hostile.csv",
        by=None,
    )

    assert {problem.line: (problem.column, problem.rule) for problem in done.refused} == {
        8: ("website", "A web address begins with http:// or https://."),
        13: ("name", "There is an invisible mark here that turns the direction of the text."),
        15: ("name", "Ensure this value has at most 250 characters (it has 12000)."),
        16: ("name", "There is a control character here that no text holds."),
        18: ("website", "A web address begins with http:// or https://."),
        19: ("website", "A web address holds no user name or password."),
        20: ("website", "This is not a web address."),
        21: ("workers", "Ensure this value is less than or equal to 2147483647."),
        22: ("name", "There is no name."),
        24: ("", "A quotation mark opens here and is never closed."),
    }
    assert set(Cooperative.objects.values_list("name", flat=True)) == {
        "=cmd|' /C calc'!A0",
        "+SUM(1;2)",
        "-2+3",
        "@SUM(A1)",
        "=1+1",
        "<script>alert(1)</script> Coop",
        "Two lines coop",
        "{{ 7*7 }} {% debug %}",
        "ZeroWidth Coop",
        "\u0421oop Cyrillic-\u0421",
        "Robert'); DROP TABLE cooperatives;--",
        "Last row has an open quote",
    }


def test_a_cell_of_a_hundred_thousand_characters_is_refused(alpha: Member) -> None:
    found = plan(alpha, f"number,name,country,description\n7,Forno,IT,{'x' * 100_001}\n")

    [problem] = found.refused
    assert problem.rule == "A cell has more than 100,000 characters."
    assert len(problem.value) == 81


@pytest.mark.parametrize("header", ["number", "town", "legal form", "description", "phone", "REA"])
@pytest.mark.parametrize("bad", ["\x00", "\x1b[31m", "\u202e", "\ufffd"])
def test_no_field_takes_what_no_text_holds(alpha: Member, header: str, bad: str) -> None:
    number = "7" if header != "number" else f"7{bad}"
    other = f",{header}" if header != "number" else ""
    cell = f",x{bad}" if other else ""

    found = plan(alpha, f"number,name,country{other}\n{number},Forno,IT{cell}\n")

    assert [problem.column for problem in found.refused] == [header]


def test_messages_show_hostile_cells_harmlessly(alpha: Member) -> None:
    [problem] = plan(alpha, "number,name,country\n7,a\x1b[2Jb,IT\n").refused

    assert problem.value == r"a\x1b[2Jb"


@pytest.mark.parametrize("name", ["=1+1", "+39 coop", "-coop", "@coop", "\uff1d1+1"])
def test_formulas_stay_what_they_are_and_change_nothing_the_second_time(
    alpha: Member, name: str
) -> None:
    imported(alpha, f"number,name,country\n7,{name},IT\n")
    again = imported(alpha, f"number,name,country\n7,{name},IT\n")

    assert Cooperative.objects.get().name == name
    assert again.unchanged == 1
