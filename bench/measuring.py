"""One number of rows: every listing, cold and warm, on every server in turn."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from bench import addresses, agreement, load, postgres, servers, sqlite
from bench.addresses import Filters, Found, Pair
from bench.goals import COLD, COUNTRY, JSON, LARGE, PROFILE, TEXT, UNFILTERED, WARM, Line, Outcome
from bench.load import LoadError, Measured
from bench.places import say
from bench.processes import Running, fetch

# Our addresses for JSON, the first that is there; {} stands for the filters.
JSON_SHAPES = ("/api/v1/cooperatives/?{}", "/cooperatives/?format=json&page=1&{}")
# Addresses at the end of each list that are asked before the measuring, and not in it.
ASKED_BEFORE = 3
PAIRS_COMPARED, COLD_COMPARED = 24, 12
# Datasette answers about one request per second here; ten would be too few to tell.
LONGER = 3


@dataclass(frozen=True)
class Plan:
    """What the person at the terminal wants measured."""

    numbers: tuple[int, ...]
    seconds: int
    rounds: int
    servers: frozenset[str]
    modes: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out, so that the page may be written anew."""
        return self.servers >= {"ours", "datasette", "bare"} and set(self.modes) == {COLD, WARM}


@dataclass(frozen=True)
class Listing:
    """One kind of page: the cold list, and the one address of the warm turns."""

    name: str
    cold: list[Pair]
    warm: Pair


def measure(number: int, plan: Plan, outcome: Outcome) -> None:
    """Start the servers, compare their answers, load them in turn."""
    found = addresses.sampled(sqlite.path_of(number), number)
    with ExitStack() as stack:
        up = {
            name: stack.enter_context(start(number))
            for name, start in _starters().items()
            if name in plan.servers
        }
        ours = up.get("ours")
        shape = agreement.json_shape(ours.port, JSON_SHAPES) if ours else JSON_SHAPES[0]
        if not shape:
            say("There is no JSON of ours yet; it is left out.")
        listings = list(_listings(number, found, shape))
        if "ours" in up and "datasette" in up:
            outcome.problems += _compare(number, up, found, listings)
        for listing in listings:
            for mode in plan.modes:
                outcome.lines.append(_line(number, plan, up, listing, mode))
        if ours:
            outcome.memory[number] = ours.memory()
            if outcome.static_rate is None and "nginx" in plan.servers:
                outcome.static_rate = _static(ours, plan.seconds)


def _starters() -> dict[str, Callable[[int], servers.Server]]:
    return {"ours": servers.ours, "datasette": servers.datasette, "bare": servers.bare}


def _listings(number: int, found: list[Found], shape: str) -> Iterator[Listing]:
    drawn = addresses.listing_filters(found, 2 * addresses.LENGTH)
    pages, others = drawn[::2], drawn[1::2]
    texts = addresses.text_filters(found)
    italy, word = Filters(("IT",)), Filters(text=texts[0].text)
    everything = Filters().page()
    yield Listing(COUNTRY, [each.page() for each in pages], italy.page())
    yield Listing(UNFILTERED, addresses.unfiltered(number), everything)
    yield Listing(TEXT, [each.page() for each in texts], word.page())
    if shape:
        yield Listing(JSON, [each.json(shape) for each in others], italy.json(shape))
    profiles = addresses.profiles(found)
    yield Listing(PROFILE, profiles[1:], profiles[0])


def _compare(
    number: int, up: dict[str, Running], found: list[Found], listings: list[Listing]
) -> list[str]:
    ours, theirs = up["ours"].port, up["datasette"].port
    # The type is one column there and several here, so those numbers differ rightly.
    drawn = addresses.listing_filters(found)
    untyped = [each for each in drawn if "type" not in dict(each.values)]
    asked = addresses.country_and_sector(found, PAIRS_COMPARED) + untyped[-COLD_COMPARED:]
    wrong = agreement.differences(ours, theirs, asked)
    ends = [pair for listing in listings for pair in listing.cold[-ASKED_BEFORE:]]
    warm = [listing.warm for listing in listings]
    wrong += agreement.unanswered(ours, theirs, [*warm, *ends])
    for problem in wrong:
        say(f"  PROBLEM: {problem}")
    if len(wrong) > len(asked):
        raise LoadError("Most answers are wrong, so nothing is measured; see var/bench/ours.log.")
    return [f"{number:,} rows: {problem}" for problem in wrong]


def _line(number: int, plan: Plan, up: dict[str, Running], listing: Listing, mode: str) -> Line:
    measured: dict[str, list[Measured]] = {name: [] for name in up if _takes_part(name, mode)}
    for turn in range(plan.rounds):
        for name, parts in measured.items():
            asked = _asked(name, listing, mode)[turn :: plan.rounds] or _asked(name, listing, mode)
            seconds = plan.seconds
            if name == "datasette" and number >= LARGE:
                seconds *= LONGER
            parts.append(load.put(up[name].port, asked, seconds=seconds, repeat=mode == WARM))
            up[name].settle()
            postgres.settle(number)
    line = Line(
        number, listing.name, mode, {name: load.together(each) for name, each in measured.items()}
    )
    rates = ", ".join(f"{name} {line.rate(name):,.1f}/s" for name in measured)
    say(f"  {number:,} rows, {listing.name}, {mode}: {rates}")
    return line


def _takes_part(name: str, mode: str) -> bool:
    """The bare view has nothing that could be cold."""
    return name != "bare" or mode == WARM


def _asked(name: str, listing: Listing, mode: str) -> Sequence[str]:
    if name == "bare":
        return ["/"]
    pairs = [listing.warm] if mode == WARM else listing.cold[:-ASKED_BEFORE]
    return [pair.ours if name == "ours" else pair.datasette for pair in pairs]


def _static(ours: Running, seconds: int) -> float | None:
    """What nginx gives for a page of ours as a file."""
    server = servers.nginx(fetch(ours.port, "/cooperatives/?country=MT")[2])
    if server is None:
        return None
    try:
        with server as up:
            return load.put(up.port, ["/"], seconds=seconds, repeat=True).rate
    except LoadError as error:
        say(f"nginx is left out: {error}")
        return None
