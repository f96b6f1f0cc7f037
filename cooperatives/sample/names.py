"""Names made of a country's words, and the sector and legal form that go with them."""

import random
from functools import cache

from cecop.vocabulary.types import CooperativeType
from cooperatives.sample.proportions import Group, is_social
from cooperatives.sample.words import Area

# NACE division -> how common it is among the cooperatives of each combination of types.
_SECTORS: dict[Group, dict[str, int]] = {
    (CooperativeType.WORKER,): {
        "10": 5, "11": 1, "13": 2, "14": 4, "16": 3, "18": 3, "23": 2, "25": 6, "28": 3, "31": 3,
        "33": 3, "38": 3, "41": 7, "43": 9, "47": 5, "49": 5, "52": 4, "56": 6, "58": 1, "59": 2,
        "62": 6, "70": 3, "71": 4, "73": 2, "74": 2, "81": 10, "85": 4, "90": 3, "95": 2, "96": 2,
    },
    (CooperativeType.WORKER, CooperativeType.SOCIAL): {
        "01": 2, "38": 2, "56": 3, "81": 6, "85": 4, "86": 2, "87": 5, "88": 8, "90": 1, "95": 1,
        "96": 1,
    },
    (CooperativeType.SOCIAL,): {"01": 1, "85": 4, "86": 2, "87": 6, "88": 8, "90": 1, "93": 1},
    (CooperativeType.SELF_EMPLOYED,): {
        "43": 3, "49": 6, "53": 2, "58": 4, "62": 2, "71": 2, "74": 4, "90": 3,
    },
}  # fmt: skip

# Care, education and culture; social cooperatives in other sectors bring people into work.
_CARE = {"85", "86", "87", "88", "90", "93"}
# Trades that are young themselves.
_YOUNG = {"38", "62", "73"}


def pick_sector(chance: random.Random, area: Area, group: Group) -> str:
    """A NACE division that such a cooperative may well be in."""
    divisions, weights = _sectors(area, group)
    return chance.choices(divisions, weights)[0]


@cache
def _sectors(area: Area, group: Group) -> tuple[list[str], list[int]]:
    known = {code: weight for code, weight in _SECTORS[group].items() if code in area.trades}
    return list(known), list(known.values())


def pick_legal_form(chance: random.Random, area: Area, group: Group, sector: str) -> str:
    """A legal form of the country; for social ones it follows from what they do."""
    if is_social(group):
        return chance.choice(area.forms["care" if sector in _CARE else "integration"])
    return chance.choice(area.forms[group[0].value])


def earliest_year(group: Group, sector: str) -> int:
    """No cooperative of this kind is older."""
    return 1980 if is_social(group) or sector in _YOUNG else 1955


def make_name(chance: random.Random, area: Area, *, legal_form: str, sector: str, city: str) -> str:
    """A fictitious name with a word of its trade."""
    name = chance.choice(area.shapes).format(
        trade=chance.choice(area.trades[sector]),
        name=chance.choice(area.names),
        ending=chance.choice(area.endings[legal_form]),
        city=city,
    )
    return " ".join(name.replace(" ,", ",").split())
