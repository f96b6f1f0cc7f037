"""What the benchmark must show, and whether it does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.load import Measured

COUNTRY, UNFILTERED, TEXT = "by country, facets", "unfiltered, facets", "text, facets"
JSON, PROFILE = "JSON, no facets", "profile"
FACETED = (COUNTRY, UNFILTERED, TEXT)
COLD, WARM = "cold", "warm"
LARGE = 1_000_000
TIMES_DATASETTE, TIMES_DATASETTE_LARGE = 10, 50
SHARE_OF_BARE = 0.7
GROWTH = 1.5
MEGABYTES = 400


@dataclass(frozen=True)
class Line:
    """One listing, cold or warm, in one number of rows: what each server gave."""

    rows: int
    listing: str
    mode: str
    by_server: dict[str, Measured]

    def rate(self, server: str) -> float:
        """Good answers per second; 0 when it was not measured."""
        measured = self.by_server.get(server)
        return measured.rate if measured else 0.0

    def ratio(self, server: str) -> float | None:
        """Our rate over that of another; None when one was not measured."""
        other = self.rate(server)
        return self.rate("ours") / other if other and "ours" in self.by_server else None


@dataclass(frozen=True)
class Goal:
    """A goal, the worst that was measured, and whether it holds; None when nothing was measured."""

    name: str
    measured: str
    is_held: bool | None


@dataclass
class Outcome:
    """Everything that a run of the benchmark found out."""

    lines: list[Line] = field(default_factory=list)
    # Rows -> (resident, proportional) megabytes of each worker of ours.
    memory: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    static_rate: float | None = None


def growth(lines: Sequence[Line], listing: str) -> float | None:
    """The cold median at the largest number of rows over that at the smallest."""
    cold = [line for line in lines if (line.listing, line.mode) == (listing, COLD)]
    medians = {line.rows: line.by_server["ours"].p50 for line in cold if "ours" in line.by_server}
    if len(medians) < 2 or not medians[min(medians)]:
        return None
    return medians[max(medians)] / medians[min(medians)]


def goals(outcome: Outcome) -> list[Goal]:
    """All the goals."""
    lines = outcome.lines
    listings = dict.fromkeys(line.listing for line in lines)
    pages = [line.ratio("bare") for line in lines if line.mode == WARM]
    grown = [growth(lines, listing) for listing in listings]
    resident = [size for sizes in outcome.memory.values() for size, _shared in sizes]
    failed = [line.by_server["ours"].failed for line in lines if "ours" in line.by_server]
    return [
        *_against_datasette(lines),
        _at_least(
            f"warm: at least {SHARE_OF_BARE:.0%} of the bare Django view", pages, SHARE_OF_BARE
        ),
        _at_most(f"most rows take at most {GROWTH} x the time of fewest (cold)", grown, GROWTH),
        _at_most(f"at most {MEGABYTES} MB resident in a worker", resident, MEGABYTES, " MB"),
        _at_most("every request of ours is answered well", failed, 0, " failed"),
    ]


def _against_datasette(lines: Sequence[Line]) -> list[Goal]:
    found = []
    for line in lines:
        if line.mode == COLD and line.listing in FACETED:
            wanted = TIMES_DATASETTE_LARGE if line.rows >= LARGE else TIMES_DATASETTE
            name = f"cold, {line.rows:,} rows, {line.listing}: at least {wanted} x Datasette"
            found.append(_at_least(name, [line.ratio("datasette")], wanted))
    return found


def _at_least(name: str, values: Iterable[float | None], wanted: float) -> Goal:
    known = [value for value in values if value is not None]
    if not known:
        return Goal(name, "not measured", None)
    return Goal(name, f"{min(known):.2f} x", min(known) >= wanted)


def _at_most(name: str, values: Iterable[float | None], wanted: float, unit: str = " x") -> Goal:
    known = [value for value in values if value is not None]
    if not known:
        return Goal(name, "not measured", None)
    return Goal(name, f"{max(known):.4g}{unit}", max(known) <= wanted)
