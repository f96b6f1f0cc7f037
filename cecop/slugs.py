"""The readable part of an address, in plain Latin letters whatever the script of the name."""

import tomllib
from functools import cache
from pathlib import Path

from django.utils.text import slugify

LENGTH = 60


@cache
def _latin_letters() -> dict[int, str]:
    """For ``str.translate``: small letters that have no plain one inside -> Latin letters."""
    path = Path(__file__).with_name("latin.toml")
    return str.maketrans(tomllib.loads(path.read_text(encoding="utf-8")))


def make_slug(name: str, otherwise: str = "") -> str:
    """``"Łódź, L'Aquila"`` -> ``"lodz-l-aquila"``, at most 60 characters, also good as a part of
    a domain; ``otherwise`` when no letter of the name can be written so."""
    return slugify(name.lower().translate(_latin_letters()))[:LENGTH].strip("-") or otherwise
