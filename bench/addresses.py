"""What is asked of both sides: seeded lists of addresses, none of which comes twice.

Filters are drawn from rows that are in the data, so that what is common in the data is asked for
often. The lists are shuffled: their beginning is no easier than their end.
"""

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from cecop.vocabulary.sizes import BANDS

LENGTH = 20_000
PAGE_SIZE = 25
SORTS = ("name", "workers", "newest")
FACETS = [("_facet", "country"), ("_facet", "type"), ("_facet", "sector")]
TABLE = "/directory/cooperatives"
WORD = re.compile(r"[^\W\d_]{4,}")
FOUND = (
    "id",
    "public_id",
    "slug",
    "name",
    "city",
    "country",
    "region",
    "type",
    "sector",
    "workers",
)

Found = dict[str, str]


class Pair(NamedTuple):
    """The same question to both."""

    ours: str
    datasette: str


@dataclass(frozen=True)
class Filters:
    """One combination of filters, in neither side's words."""

    countries: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = field(default=())
    size: str = ""
    text: str = ""

    def ours(self) -> list[tuple[str, str]]:
        """As the parameters of our pages."""
        asked = [("q", self.text)] if self.text else []
        asked += [("country", code) for code in self.countries]
        asked += self.values
        return asked + ([("size", self.size)] if self.size else [])

    def datasette(self) -> list[tuple[str, str]]:
        """As the parameters of Datasette's pages."""
        asked = [("_search", self.text)] if self.text else []
        if len(self.countries) == 1:
            asked.append(("country", self.countries[0]))
        elif self.countries:
            asked.append(("country__in", ",".join(self.countries)))
        asked += self.values
        if self.size:
            least, most = BANDS[self.size]
            asked.append(("workers__gte", str(least)))
            asked += [("workers__lte", str(most))] if most else []
        return asked

    def page(self) -> Pair:
        """The page with rows and facets."""
        return Pair(
            f"/cooperatives/?{urlencode(self.ours())}",
            f"{TABLE}?{urlencode(self.datasette() + FACETS)}",
        )

    def json(self, shape: str) -> Pair:
        """The rows as JSON, without facets; ``shape`` is our address with a place for filters."""
        return Pair(
            shape.format(urlencode(self.ours())),
            f"{TABLE}.json?{urlencode([*self.datasette(), ('_nofacet', '1')])}",
        )


def sampled(path: Path, number: int, length: int = LENGTH) -> list[Found]:
    """Rows drawn from all over the data, in random order."""
    chance = _chance(f"rows of {number}")
    keys = chance.sample(range(1, number + 1), min(length, number))
    ask = f"SELECT {', '.join(FOUND)} FROM cooperatives WHERE id = ?"  # noqa: S608 - our own names
    with closing(sqlite3.connect(path)) as connection:
        answers = (connection.execute(ask, [key]).fetchone() for key in keys)
        return [dict(zip(FOUND, map(str, answer), strict=True)) for answer in answers]


def listing_filters(rows: list[Found], length: int = LENGTH) -> list[Filters]:
    """Combinations that hold one to four countries, and often a type, sector, size or region."""
    chance = _chance("listing")
    return _distinct(chance, lambda: _listing(chance, rows), length)


def text_filters(rows: list[Found], length: int = LENGTH) -> list[Filters]:
    """One word of a name or town with a filter, or two words of one name."""
    chance = _chance("text")
    return _distinct(chance, lambda: _text(chance, rows), length)


def unfiltered(number: int) -> list[Pair]:
    """Every page of the whole list in each order; Datasette goes on from as many different keys.

    Datasette keeps the order of the key, the cheapest it has.
    """
    last = -(-number // PAGE_SIZE)
    pairs = [
        Pair(
            f"/cooperatives/?{urlencode({'sort': sort, 'page': page})}",
            f"{TABLE}?{urlencode([*FACETS, ('_next', (page - 1) * PAGE_SIZE + place)])}",
        )
        for page in range(1, last + 1)
        for place, sort in enumerate(SORTS)
    ]
    _chance("unfiltered").shuffle(pairs)
    return pairs[:LENGTH]


def profiles(rows: list[Found]) -> list[Pair]:
    """The profile of each row."""
    return [
        Pair(f"/cooperatives/{row['public_id']}/{row['slug']}/", f"{TABLE}/{row['id']}")
        for row in rows
    ]


def country_and_sector(rows: list[Found], length: int) -> list[Filters]:
    """Different pairs of a country and a sector, the first that come."""
    pairs = dict.fromkeys((row["country"], row["sector"]) for row in rows)
    return [Filters((country,), (("sector", sector),)) for country, sector in list(pairs)[:length]]


def _chance(name: str) -> random.Random:
    return random.Random(f"addresses: {name}")  # noqa: S311 - the same list every time


def _distinct(chance: random.Random, draw: Callable[[], Filters], length: int) -> list[Filters]:
    """So many different ones, or as many as come up; shuffled, as the common ones come first."""
    found: dict[Filters, None] = {}
    for _attempt in range(length * 10):
        found[draw()] = None
        if len(found) == length:
            break
    drawn = list(found)
    chance.shuffle(drawn)
    return drawn


def _listing(chance: random.Random, rows: list[Found]) -> Filters:
    row, kind = chance.choice(rows), chance.random()
    countries, values = [row["country"]], _perhaps(chance, row, "type")
    if kind < 0.4:
        values += [("sector", row["sector"])]
    elif kind < 0.8:
        others = (chance.choice(rows)["country"] for _one in range(chance.randint(1, 3)))
        countries += others
    else:
        values += _perhaps(chance, row, "region")
    size = _band(int(row["workers"])) if chance.random() < 0.5 else ""
    return Filters(tuple(sorted(set(countries))), tuple(values), size)


def _text(chance: random.Random, rows: list[Found]) -> Filters:
    row, kind = chance.choice(rows), chance.random()
    words = sorted(set(WORD.findall(row["name"])))
    if kind < 0.4 and len(words) > 1:
        return Filters(text=" ".join(chance.sample(words, 2)))
    word = chance.choice([*words, *WORD.findall(row["city"])] or ["cooperativa"])
    countries = (row["country"],) if kind < 0.8 else ()
    return Filters(countries, tuple(_perhaps(chance, row, "type")), text=word)


def _perhaps(chance: random.Random, row: Found, name: str) -> list[tuple[str, str]]:
    return [(name, row[name])] if chance.random() < 0.5 and row[name] else []


def _band(workers: int) -> str:
    fitting: Iterator[str] = (
        band for band, (least, most) in BANDS.items() if least <= workers <= (most or workers)
    )
    return next(fitting)
