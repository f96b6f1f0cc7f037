"""Regions: NUTS 2024 levels 1 and 2 (Regulation (EC) 1059/2003); ITL level 1 for the UK.

A code begins with its country, as NUTS writes it: EL for Greece, TL for the United Kingdom (ITL).
"""

import csv
from functools import cache
from pathlib import Path

PREFIXES = {"GR": "EL", "GB": "TL"}
_COUNTRIES = {prefix: country for country, prefix in PREFIXES.items()}


@cache
def region_names() -> dict[str, str]:
    """Code -> name in Latin script, levels 1 and 2, in the order of the codes."""
    path = Path(__file__).with_name("regions.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def region_name(code: str) -> str:
    """The region's name; an unknown or empty code answers itself."""
    return region_names().get(code, code)


def region_country(code: str) -> str:
    """The ISO country of a region: ``EL30`` -> ``GR``, ``TLC`` -> ``GB``."""
    return _COUNTRIES.get(code[:2], code[:2])


def region_prefix(country: str) -> str:
    """What the codes of a country's regions begin with: ``GR`` -> ``EL``."""
    return PREFIXES.get(country, country)


def region_choices() -> list[tuple[str, str]]:
    """(code, "Name (code)"), grouped by country through the order of the codes; for forms."""
    return [(code, f"{name} ({code})") for code, name in region_names().items()]
