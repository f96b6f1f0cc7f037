"""What a list writes in its column for the region -> a code of cecop.vocabulary.regions.

For the United Kingdom ``uk_regions.csv`` says in which region (ITL level 1) counties, unitary
authorities, boroughs and council areas lie; elsewhere the names of the regions themselves count.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from cecop.vocabulary.regions import PREFIXES, region_country, region_names

_AROUND = re.compile(
    r"^(?:(?:royal )?(?:city|county|borough|london borough) of )|^(?:county|co) "
    r"|(?: (?:city|county) of| city| county| council)$"
)


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Without accents, case, punctuation: ``"Rhondda, Cynon, Taf"`` -> ``"rhondda cynon taf"``."""
    letters = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    kept = "".join(
        letter if letter.isalnum() else " "
        for letter in letters
        if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


def region_code(text: str, country: str) -> str:
    """The code for a name or code of a region in the country; empty when it is not known."""
    if not text.strip() or not country:
        return ""
    code = _as_code(text.strip().upper(), country)
    if code:
        return code
    names, name = _names(country), plain(text)
    return names.get(name) or names.get(_AROUND.sub("", name), "")


def _as_code(text: str, country: str) -> str:
    """A code as it stands; for the United Kingdom also the older UK… and deeper levels."""
    if country == "GB" and re.fullmatch(r"(?:UK|TL)[A-Z][0-9A-Z]{0,2}", text):
        text = "TL" + text[2]
    if country == "GR" and text.startswith("GR"):
        text = "EL" + text[2:]
    return text if text in region_names() and region_country(text) == country else ""


@cache
def _names(country: str) -> dict[str, str]:
    """Plain name -> code. A name that two levels share means the wider one; level 1 comes first."""
    names: dict[str, str] = {}
    if country == "GB":
        with Path(__file__).with_name("uk_regions.csv").open(encoding="utf-8", newline="") as lines:
            names = {plain(row["name"]): row["code"] for row in csv.DictReader(lines)}
    prefix = PREFIXES.get(country, country)
    for code, name in region_names().items():
        if code.startswith(prefix):
            for each in (name, *name.split("/")):
                names.setdefault(plain(each), code)
    return names
