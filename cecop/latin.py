"""Plain Latin letters whatever the script: for addresses on the site and for searching."""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path


@cache
def letters() -> dict[int, str]:
    """For ``str.translate``: small letters that have no plain one inside -> Latin letters."""
    path = Path(__file__).with_name("letters.toml")
    return str.maketrans(tomllib.loads(path.read_text(encoding="utf-8")))


def plain(text: str) -> str:
    """``"Łódź, СОФИЯ, Κοινωνικού"`` -> ``"lodz, sofiya, koinonikou"``: small, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(letters()))
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    # What was taken apart may hold capitals, as mathematical letters do.
    found = bare.casefold().translate(letters())
    # Two Greek letters that are one sound; in Finnish, Oy is something else.
    return found.replace("oy", "ou") if any("Ͱ" <= c <= "Ͽ" for c in text) else found
