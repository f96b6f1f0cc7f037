"""``scripts/bench``: builds the data, measures, prints the table, writes docs/benchmarks.md."""

import argparse
import sys

from bench import places, postgres, report, servers, sqlite
from bench.goals import COLD, WARM, Outcome
from bench.load import LoadError
from bench.measuring import Plan, measure
from bench.places import say

NUMBERS = (40_000, 1_000_000)
SERVERS = ("ours", "datasette", "bare", "nginx")


def parser() -> argparse.ArgumentParser:
    """What one may ask for."""
    made = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    made.add_argument(
        "--rows", type=int, action="append", help="how many rows; may be repeated (40000, 1000000)"
    )
    made.add_argument("--seconds", type=int, default=10, help="length of one turn (10)")
    made.add_argument("--rounds", type=int, default=1, help="turns of each server (1)")
    made.add_argument("--only", choices=SERVERS, action="append", help="measure this server alone")
    mode = made.add_mutually_exclusive_group()
    mode.add_argument("--cold", action="store_true", help="other filters each time, only")
    mode.add_argument("--warm", action="store_true", help="one address again and again, only")
    made.add_argument("--build", action="store_true", help="build the data and measure nothing")
    made.add_argument("--rebuild", action="store_true", help="build the data anew")
    made.add_argument("--no-page", action="store_true", help="leave docs/benchmarks.md as it is")
    return made


def plan_of(options: argparse.Namespace) -> Plan:
    """What is to be measured."""
    modes = (COLD,) if options.cold else (WARM,) if options.warm else (COLD, WARM)
    return Plan(
        numbers=tuple(sorted(set(options.rows or NUMBERS))),
        seconds=options.seconds,
        rounds=options.rounds,
        servers=frozenset(options.only or SERVERS),
        modes=modes,
    )


def main(arguments: list[str]) -> int:
    """Do it; 1 when an answer was wrong. Goals that are missed are told, and are no failure."""
    asked = parser()
    options = asked.parse_args(arguments)
    plan = plan_of(options)
    if min(*plan.numbers, plan.seconds, plan.rounds, 10**9) < 1:
        asked.error("rows, seconds and rounds are 1 or more")
    places.VAR.mkdir(parents=True, exist_ok=True)
    outcome = Outcome()
    try:
        if "datasette" in plan.servers:
            servers.ensure_datasette()
        for number in plan.numbers:
            sqlite.ensure(number, rebuild=options.rebuild)
            postgres.ensure(number, rebuild=options.rebuild)
        if options.build:
            return 0
        for number in plan.numbers:
            say(f"Measuring {number:,} rows ...")
            measure(number, plan, outcome)
    except LoadError as error:
        say(str(error))
        return 1
    say(f"\n{report.for_terminal(outcome)}")
    _write(plan, outcome, arguments, is_wanted=not options.no_page)
    return int(bool(outcome.problems))


def _write(plan: Plan, outcome: Outcome, arguments: list[str], *, is_wanted: bool) -> None:
    if not is_wanted or not plan.is_whole:
        say("\nThe page in docs/ is left as it is.")
        return
    places.REPORT.write_text(report.for_page(outcome, arguments), encoding="utf-8")
    say(f"\nWritten to {places.REPORT.relative_to(places.ROOT)}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
