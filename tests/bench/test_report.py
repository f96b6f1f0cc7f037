"""What wrk said, what it means for the goals, and how it is shown."""

from dataclasses import replace

import pytest

from bench import agreement, load, report
from bench.goals import COLD, COUNTRY, WARM, Line, Outcome, goals, growth
from bench.load import LoadError, Measured

GOOD = Measured(requests=1000, seconds=10.0, errors=0, lost=0, p50=2.0, p99=9.0)
WRK = """Running 10s test @ http://127.0.0.1:1
  1 threads and 4 connections
Requests/sec:    100.00
bench: {"requests": 1000, "seconds": 10.0000, "errors": 0, "lost": 0, "p50": 2.000, "p99": 9.000}
"""


def line(rows: int, mode: str, ours: Measured, **others: Measured) -> Line:
    """A line of the faceted listing by country."""
    return Line(rows, COUNTRY, mode, {"ours": ours, **others})


def slower(times: float) -> Measured:
    """As good, but slower."""
    return replace(GOOD, seconds=10.0 * times, p50=2.0 * times)


def held(outcome: Outcome) -> dict[str, bool | None]:
    """First word of each goal -> whether it holds."""
    return {goal.name.split()[0]: goal.is_held for goal in goals(outcome)}


def test_the_result_is_found_in_what_wrk_writes() -> None:
    assert load.parsed(WRK) == GOOD


def test_a_turn_without_an_answer_bounds_the_latency() -> None:
    silent = WRK.replace('"requests": 1000', '"requests": 0').replace("2.000", "0.000")

    assert load.parsed(silent) == Measured(0, 10.0, 0, load.CONNECTIONS, 10_000.0, 10_000.0)


def test_output_without_a_result_is_an_error() -> None:
    with pytest.raises(LoadError, match="unable to connect"):
        load.parsed("unable to connect to 127.0.0.1:1")


def test_the_rate_counts_good_answers_only() -> None:
    assert replace(GOOD, errors=400).rate == 60.0


def test_turns_are_taken_together() -> None:
    assert load.together([GOOD, slower(3), slower(2)]) == Measured(3000, 60.0, 0, 0, 4.0, 9.0)


def test_goals_that_hold() -> None:
    lines = [
        line(40_000, COLD, GOOD, datasette=slower(10)),
        line(1_000_000, COLD, slower(1.5), datasette=slower(75)),
        line(40_000, WARM, GOOD, bare=GOOD),
    ]
    memory = {40_000: [(400.0, 90.0), (20.0, 10.0)]}

    assert set(held(Outcome(lines, memory)).values()) == {True}


def test_goals_that_are_missed() -> None:
    lines = [
        line(40_000, COLD, GOOD, datasette=slower(9)),
        line(1_000_000, COLD, slower(1.6), datasette=slower(75)),
        line(40_000, WARM, replace(slower(2), lost=1), bare=GOOD),
    ]

    assert set(held(Outcome(lines, {40_000: [(401.0, 9.0)]})).values()) == {False}


def test_what_was_not_measured_neither_holds_nor_is_missed() -> None:
    assert set(held(Outcome([line(40_000, COLD, GOOD)])).values()) == {True, None}


def test_growth_is_of_the_cold_median() -> None:
    lines = [line(1_000_000, COLD, slower(3)), line(40_000, COLD, GOOD)]

    assert growth(lines, COUNTRY) == 3.0


def test_the_table_is_the_same_in_the_terminal_and_in_markdown() -> None:
    cells = report.table([line(40_000, WARM, GOOD, datasette=slower(20), bare=slower(0.5))])

    assert cells[1] == [
        *("40,000", COUNTRY, WARM, "100", "2.0", "9.0", "0"),
        *("5.0", "40.0", "9.0", "0", "20.0", "200", "50%"),
    ]
    assert report.as_markdown(cells).splitlines()[2] == f"| {' | '.join(cells[1])} |"
    assert report.as_text(cells).splitlines()[1].split() == " ".join(cells[1]).split()


def test_the_count_is_read_from_our_page() -> None:
    page = '<p class="count" role="status">12,345 cooperatives <span>with 9 workers</span></p>'

    assert agreement.count_in(page) == 12345
    assert agreement.count_in("<p>Unavailable</p>") is None
