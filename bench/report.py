"""The table, in the terminal and in Markdown."""

import os
import platform
import shlex
import sqlite3
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import postgres
from bench.goals import GROWTH, Goal, Line, Outcome, goals, growth
from bench.load import Measured
from bench.places import ROOT
from bench.servers import DATASETTE

Table = list[list[str]]
NONE = "–"
HEAD = [
    *("rows", "listing", "", "ours /s", "p50 ms", "p99 ms", "failed"),
    *("Datasette /s", "p50 ms", "p99 ms", "failed", "x Datasette", "bare /s", "of bare"),
]
# These are read from the left, all others are numbers.
WORDS = (1, 2)


def table(lines: Sequence[Line]) -> Table:
    """Every line that was measured, under its heading."""
    return [HEAD, *(_cells(line) for line in lines)]


def growth_table(lines: Sequence[Line]) -> Table:
    """How the cold median grows with the rows."""
    names = dict.fromkeys(line.listing for line in lines)
    grown = {name: growth(lines, name) for name in names}
    return [
        ["", "listing", "most rows / fewest, cold p50"],
        *(["", name, f"{value:.2f}"] for name, value in grown.items() if value is not None),
    ]


def as_text(cells: Table) -> str:
    """For the terminal: columns of even width."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in WORDS else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def as_markdown(cells: Table) -> str:
    """For the page: the same cells."""
    rule = ["---" if place in WORDS else "--:" for place in range(len(cells[0]))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [cells[0], rule, *cells[1:]])


def goal_table(found: Sequence[Goal]) -> Table:
    """Every goal, what was measured, and whether it holds."""
    words = {True: "held", False: "MISSED", None: NONE}
    return [
        ["", "goal", "measured", ""],
        *(["", goal.name, goal.measured, words[goal.is_held]] for goal in found),
    ]


def notes(outcome: Outcome) -> list[str]:
    """What the table does not hold: memory, the static file, what went wrong."""
    said = [
        f"Memory of a worker at {rows:,} rows (resident / proportional): "
        + ", ".join(f"{own:.0f} / {shared:.0f} MB" for own, shared in sizes)
        for rows, sizes in outcome.memory.items()
    ]
    if outcome.static_rate is not None:
        said.append(f"A static file from nginx: {outcome.static_rate:,.0f}/s")
    return said + [f"PROBLEM: {problem}" for problem in outcome.problems]


def for_terminal(outcome: Outcome) -> str:
    """Everything, to be read at once."""
    parts = [as_text(table(outcome.lines)), *notes(outcome)]
    if len(grown := growth_table(outcome.lines)) > 1:
        parts.append(as_text(grown))
    return "\n\n".join([*parts, as_text(goal_table(goals(outcome)))])


def for_page(outcome: Outcome, words: Sequence[str]) -> str:
    """docs/benchmarks.md."""
    text = Path(__file__).with_name("about.md").read_text(encoding="utf-8")
    listed = "\n".join(f"- {note}" for note in [*machine(words), *notes(outcome)])
    parts = [
        text.strip(),
        f"## Measured on {datetime.now(UTC):%Y-%m-%d}",
        listed,
        as_markdown(table(outcome.lines)),
        f"## Growth (goal: at most {GROWTH})",
        as_markdown(growth_table(outcome.lines)),
        "## Goals",
        as_markdown(goal_table(goals(outcome))),
    ]
    return "\n\n".join(parts) + "\n"


def machine(words: Sequence[str]) -> list[str]:
    """Where, on what, and how it was measured."""
    cores, load = os.cpu_count(), os.getloadavg()[2]
    return [
        f"Machine: {_processor()}, {cores} cores, {_memory_gigabytes():.0f} GB; shared by servers, "
        f"database and load generator (load over the last 15 minutes: {load:.1f})",
        f"Command: `{shlex.join(['scripts/bench', *words])}`",
        f"Code: {_output('git', 'describe', '--always', '--dirty')}; "
        f"Python {platform.python_version()}, Django {version('Django')}, "
        f"gunicorn {version('gunicorn')}, PostgreSQL {postgres.version()}",
        f"Beside it: {DATASETTE.replace('==', ' ')}, SQLite {sqlite3.sqlite_version}, "
        f"{_output('wrk', '-v').partition(' [')[0]}",
    ]


def _cells(line: Line) -> list[str]:
    return [
        *(f"{line.rows:,}", line.listing, line.mode),
        *_measured(line.by_server.get("ours")),
        *_measured(line.by_server.get("datasette")),
        _number(line.ratio("datasette"), ".1f"),
        _number(line.rate("bare") or None, ",.0f"),
        _number(line.ratio("bare"), ".0%"),
    ]


def _measured(measured: Measured | None) -> list[str]:
    if measured is None:
        return [NONE] * 4
    rate = f"{measured.rate:,.0f}" if measured.rate >= 10 else f"{measured.rate:.1f}"
    return [rate, f"{measured.p50:,.1f}", f"{measured.p99:,.1f}", f"{measured.failed:,}"]


def _number(value: float | None, shape: str) -> str:
    return NONE if value is None else format(value, shape)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gigabytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _output(*words: str) -> str:
    """The first line that a command writes, wherever it writes it."""
    done = subprocess.run(  # noqa: S603 - commands that we name ourselves
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (done.stdout.strip() or NONE).splitlines()[0]
