"""Deterministic rows in any number: the same number gives the same rows on every machine.

Words and places are those of the sample cooperatives; nothing else about the rows is real.
"""

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from cecop.public_ids import new_public_id
from cecop.slugs import make_slug
from cecop.vocabulary.sectors import DIVISIONS
from cooperatives.sample.proportions import GROUPS, Group, is_social
from cooperatives.sample.words import Area, areas

CARE = {"85", "86", "87", "88", "90", "93"}
# So many are in a sector that their name says something about; the others in any.
NAMED_SHARE = 0.7
WEBSITE_SHARE = 0.6
FIRST_YEAR, LAST_YEAR = 1946, 2024


class Row(NamedTuple):
    """One enterprise; ``id`` counts from 1 and is the key in both databases."""

    id: int
    public_id: str
    name: str
    slug: str
    legal_form: str
    country: str
    region: str
    city: str
    types: tuple[str, ...]
    sector: str
    workers: int
    worker_members: int
    founded: int
    website: str


@cache
def all_areas() -> list[Area]:
    """Every area, in an order that never changes."""
    return [area for there in areas().values() for area in there]


def rows(number: int) -> Iterator[Row]:
    """``number`` rows."""
    chance = random.Random(f"{number} rows")  # noqa: S311 - the same rows every time
    spread = list(accumulate(area.weight for area in all_areas()))
    groups, shares = list(GROUPS), list(accumulate(GROUPS.values()))
    for key in range(1, number + 1):
        area = chance.choices(all_areas(), cum_weights=spread)[0]
        group = chance.choices(groups, cum_weights=shares)[0]
        yield _row(chance, key, area, group)


def _row(chance: random.Random, key: int, area: Area, group: Group) -> Row:
    trade = chance.choice(_trades(area))
    sector = trade if chance.random() < NAMED_SHARE else chance.choice(_divisions())
    legal_form = chance.choice(_forms(area, group, sector))
    region, city = chance.choice(area.places)
    name = _name(chance, area, trade=trade, legal_form=legal_form, city=city)
    slug = make_slug(name)
    workers = int(chance.lognormvariate(2.6, 1.1)) + 1
    return Row(
        id=key,
        public_id=new_public_id(chance),
        name=name,
        slug=slug,
        legal_form=legal_form,
        country=area.country,
        region=region,
        city=city,
        types=tuple(kind.value for kind in group),
        sector=sector,
        workers=workers,
        worker_members=int(workers * chance.uniform(0.3, 1.0)) + 1,
        founded=chance.randint(FIRST_YEAR, LAST_YEAR),
        website=f"https://{slug}-{key}.example/" if chance.random() < WEBSITE_SHARE else "",
    )


def _name(chance: random.Random, area: Area, *, trade: str, legal_form: str, city: str) -> str:
    """A name of a trade, one or two words of its own, and often what its legal form is called."""
    own = " ".join(chance.sample(area.names, chance.choice((1, 2, 2))))
    name = chance.choice(area.shapes).format(
        trade=chance.choice(area.trades[trade]),
        name=own,
        ending=chance.choice(area.endings[legal_form]),
        city=city,
    )
    return " ".join(name.replace(" ,", ",").split())


@cache
def _trades(area: Area) -> list[str]:
    return list(area.trades)


@cache
def _divisions() -> list[str]:
    return list(DIVISIONS)


def _forms(area: Area, group: Group, sector: str) -> list[str]:
    kind = ("care" if sector in CARE else "integration") if is_social(group) else group[0].value
    return list(area.forms[kind])
