"""The words and places of each country, read from ``countries/*.toml``.

A file is one country, or one language area of it (``BE-fr``): its share of all samples, the words
that names are made of, and towns under their NUTS 2 region. ``trades`` are words under the NACE
division that they belong to, ``endings`` under the legal form that they abbreviate, so that a name
agrees with the rest of its row.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("countries")


@dataclass(frozen=True, eq=False)
class Area:
    """A country or one language area of it."""

    country: str
    weight: int
    shapes: Sequence[str]
    names: Sequence[str]
    forms: Mapping[str, Sequence[str]]
    endings: Mapping[str, Sequence[str]]
    trades: Mapping[str, Sequence[str]]
    places: Sequence[tuple[str, str]]
    double: float = 0.0
    """The share of its cooperatives that two members represent."""


@cache
def areas() -> dict[str, list[Area]]:
    """ISO country -> its areas, in the order of the files' names."""
    found: dict[str, list[Area]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        country = path.stem[:2]
        found.setdefault(country, []).append(_read(country, path))
    return found


def _read(country: str, path: Path) -> Area:
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    towns = words.pop("places")
    places = [(region, city) for region, cities in towns.items() for city in cities]
    return Area(country=country, places=places, **words)
