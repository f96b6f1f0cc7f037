"""Text made comparable for the labels: a plain way of its own, so that the labels owe nothing to
the search that they measure.
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LETTERS: dict[str, dict[str, str]] = tomllib.loads(
    (HERE / "letters.toml").read_text(encoding="utf-8")
)
FORMS: list[list[str]] = tomllib.loads((HERE / "legal_forms.toml").read_text(encoding="utf-8"))[
    "forms"
]

SINGLE = str.maketrans(LETTERS["latin"] | LETTERS["greek"] | LETTERS["cyrillic"])
GROUPS = [
    (re.compile(pattern.replace("^", r"\b")), latin)
    for script in ("greek_groups", "cyrillic_groups")
    for pattern, latin in LETTERS[script].items()
]
INSIDE = re.compile(r"(?<=\w)[.'’‘`´-](?=\w)")
COOP = re.compile(r"\bco\W(?=op)")


def without_marks(text: str) -> str:
    """The text without accents; й is a letter and not an и with a mark."""
    kept = text.replace("й", "\0").replace("Й", "\1")
    apart = unicodedata.normalize("NFD", kept)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("\0", "й").replace("\1", "Й"))


def plain(text: str) -> str:
    """The text in small Latin letters without accents; co-op, co op and coop are one word."""
    small = without_marks(unicodedata.normalize("NFKC", text).casefold())
    for pattern, latin in GROUPS:
        small = pattern.sub(latin, small)
    return COOP.sub("co", small.translate(SINGLE))


@cache
def split_words(text: str) -> tuple[str, ...]:
    """The words of a text, parted at every mark: men's club -> men, s, club."""
    return tuple(re.findall(r"[^\W_]+", plain(text)))


@cache
def joined_words(text: str) -> tuple[str, ...]:
    """The words of a text, marks inside a word taken out: men's club -> mens, club."""
    return tuple(re.findall(r"[^\W_]+", INSIDE.sub("", plain(text))))


def both_words(text: str) -> set[str]:
    """Every word that the text can be said to hold."""
    return {*split_words(text), *joined_words(text)}


@cache
def _forms() -> dict[str, list[tuple[str, ...]]]:
    """First word -> the legal forms that begin with it, the longest one first."""
    ways = (spelling for form in FORMS for spelling in form)
    found = {words for way in ways for words in (split_words(way), joined_words(way))}
    by_start: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(found, key=lambda words: (-len(words), words)):
        by_start.setdefault(words[0], []).append(words)
    return by_start


def without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without those of a legal form; all of them where nothing else would be left."""
    kept: list[str] = []
    place = 0
    while place < len(words):
        forms = _forms().get(words[place], ())
        length = next((len(form) for form in forms if words[place:][: len(form)] == form), 0)
        kept += [] if length else [words[place]]
        place += length or 1
    return tuple(kept) or words


@cache
def bare(text: str) -> str:
    """What two spellings of one name have in common: letters and digits, no legal form."""
    return "".join(without_form(joined_words(text)))


def is_one_edit_away(word: str, other: str) -> bool:
    """One letter more, less, other, or two neighbours exchanged. Numbers are never mistyped."""
    if word == other:
        return True
    if any(c.isdigit() for c in word + other) or abs(len(word) - len(other)) > 1:
        return False
    start = _common(word, other)
    word, other = word[start:], other[start:]
    end = _common(word[::-1], other[::-1])
    word, other = word[: len(word) - end], other[: len(other) - end]
    return max(len(word), len(other)) == 1 or (len(word) == 2 and word == other[::-1])


def _common(word: str, other: str) -> int:
    """How many letters they begin with in common."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(word), len(other)))
