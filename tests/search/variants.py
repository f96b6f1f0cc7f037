"""A name as people write it: each function takes a text and returns other ways of typing it.

They are deterministic: where one of several ways is taken, a checksum of the text decides.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from itertools import pairwise

from tests.search.words import FORMS, LETTERS, both_words, plain, without_marks

UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
PLAIN_LATIN = LETTERS["latin"] | {c.upper(): v.title() for c, v in LETTERS["latin"].items()}
# Letters that have the same Cyrillic one in every Slavic language.
SLAVIC = LETTERS["in_cyrillic"]
LONG_WORD = re.compile(r"[^\W\d_]{5,}")
# Letters parted by dots, as in R.A.O.B. and e.V.
DOTTED = re.compile(r"(?<![\w.])(?:\w{1,4}\.){2,}(?:\w{1,4}(?!\w))?")
ACRONYM = re.compile(r"(?<![\w.'’-])[A-Z]{3,5}(?![\w.'’-])")
IN_BRACKETS = re.compile(r"\(([A-Z]{3,6})\)")


def choice(text: str, ways: int) -> int:
    """A number below ``ways``, always the same for the same text."""
    return zlib.crc32(text.encode()) % ways


def changed(text: str, *others: str) -> list[str]:
    """Those of the others that are not the text itself."""
    return [each for each in others if each and each != text]


def in_letters(text: str, letters: dict[str, str]) -> str:
    """The text with letters exchanged."""
    return "".join(letters.get(c, c) for c in text)


def without_accents(text: str) -> list[str]:
    """As typed on a keyboard that has none: Łódź -> Lodz."""
    return changed(text, in_letters(without_marks(text), PLAIN_LATIN))


def decomposed(text: str) -> list[str]:
    """Letter and accent as two characters, as some systems write file names."""
    return changed(text, unicodedata.normalize("NFD", text))


def umlauts_written_out(text: str) -> list[str]:
    """Südwind -> Suedwind."""
    return changed(text, in_letters(text, UMLAUTS))


def other_case(text: str) -> list[str]:
    """All in capitals, or all in small letters."""
    return changed(text, text.upper() if choice(text, 2) else text.lower())


def punctuation_spaced(text: str) -> list[str]:
    """Every mark is a space: men's club -> men s club."""
    return changed(text, " ".join(re.sub(r"[\W_]", " ", text).split()))


def punctuation_removed(text: str) -> list[str]:
    """No marks at all: men's club -> mens club."""
    return changed(text, " ".join(re.sub(r"[^\w\s]|_", "", text).split()))


def dots_put_in(text: str) -> list[str]:
    """The first acronym gets dots: CIC -> C.I.C."""
    return changed(text, ACRONYM.sub(lambda found: f"{'.'.join(found[0])}.", text, count=1))


def dots_taken_out(text: str) -> list[str]:
    """Acronyms lose their dots: R.A.O.B. -> RAOB."""
    return changed(text, DOTTED.sub(lambda found: found[0].replace(".", ""), text))


def acronym_in_brackets(text: str) -> list[str]:
    """Only what stands in brackets behind the name: (ABCUL) -> ABCUL."""
    return IN_BRACKETS.findall(text)[:1]


def _tidy(text: str) -> str:
    """Without the spaces and commas that stood around a word that was taken out."""
    return " ".join(re.sub(r"\(\s*\)|\s+(?=[),])", "", text).split()).strip(" ,-–")


def _form_in(text: str) -> tuple[str, str, Sequence[str]] | None:
    """The legal form as written, the name without it, and the other ways of writing it."""
    for form in FORMS:
        for way in sorted(form, key=len, reverse=True):
            found = re.search(rf"(?<![\w.]){re.escape(way)}(?!\w)", text, re.IGNORECASE)
            rest = _tidy(text[: found.start()] + text[found.end() :]) if found else ""
            if found and rest:
                others = [each for each in form if plain(each) != plain(found[0])]
                return found[0], rest, others
    return None


def form_in_front(text: str) -> list[str]:
    """Magniti Ltd -> Ltd Magniti."""
    found = _form_in(text)
    return changed(text, f"{found[0]} {found[1]}") if found else []


def form_dropped(text: str) -> list[str]:
    """Magniti Ltd -> Magniti."""
    found = _form_in(text)
    return changed(text, found[1]) if found else []


def form_swapped(text: str) -> list[str]:
    """Magniti Ltd -> Magniti Limited."""
    found = _form_in(text)
    if not found:
        return []
    written, _rest, others = found
    return changed(text, text.replace(written, others[choice(text, len(others))]))


def form_added(text: str) -> list[str]:
    """Suma Foods -> Suma Foods Limited, as in the register."""
    return [] if _form_in(text) else [f"{text} {('Limited', 'Ltd')[choice(text, 2)]}"]


def other_order(text: str) -> list[str]:
    """The last word comes first, or the first word last; from three words on."""
    words = [word.strip("()[]\"'.,;:–-") for word in text.split()]
    words = [word for word in words if word]
    if len(words) < 3:
        return []
    turned = [words[-1], *words[:-1]] if choice(text, 2) else [*words[1:], words[0]]
    return changed(" ".join(words), " ".join(turned))


def starts(text: str) -> list[str]:
    """What has been typed so far: every start of six letters and more that ends inside a word."""
    return [
        text[:end]
        for end in range(6, len(text))
        if text[end - 1].isalnum() and text[end].isalnum() and text[end - 2].isalnum()
    ]


def mistyped(text: str) -> list[str]:
    """One slip in every word of five letters and more, never in its first letter."""
    return changed(text, LONG_WORD.sub(lambda found: _slip(found[0]), text))


def _slip(word: str) -> str:
    place = 1 + choice(word, len(word) - 2)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    other = next((c for c in word[::-1] if c.lower() != letter.lower()), letter)
    ways = [
        before + after[0] + letter + after[1:],
        before + after,
        before + letter + letter + after,
        before + (other.upper() if letter.isupper() else other.lower()) + after,
    ]
    first = choice(word[::-1], len(ways))
    return next(way for way in ways[first:] + ways[:first] if way != word)


def words_and_town(text: str, town: str) -> list[str]:
    """The two longest words of the name, and the town up to its first comma."""
    place = town.split(",")[0].strip()
    words = [
        word for word in re.findall(r"[^\W_]{3,}", text) if plain(word) not in both_words(place)
    ]
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)[:2]
    if not place or len(longest) < 2:
        return []
    return [" ".join([*sorted(longest, key=words.index), place])]


def is_foreign(text: str) -> bool:
    """Whether it has Greek or Cyrillic letters."""
    return any(unicodedata.name(c, "").startswith(("GREEK", "CYRILLIC")) for c in text)


def in_latin(text: str) -> list[str]:
    """Greek and Cyrillic in Latin letters, by the rules of passports and road signs."""
    return [plain(text).title()] if is_foreign(text) else []


def capitals_without_accents(text: str) -> list[str]:
    """Greek and Cyrillic as written on signs."""
    return changed(text, without_marks(text).upper()) if is_foreign(text) else []


def in_cyrillic(text: str) -> list[str]:
    """A Slavic name in Cyrillic, where all Slavic languages would write it with these letters."""
    found = _form_in(text)
    small = (found[1] if found else text).lower()
    letters = {c for c in small if c.isalpha()}
    has_double = any(c == d for c, d in pairwise(small))
    if has_double or not letters <= SLAVIC.keys():
        return []
    return [in_letters(small, SLAVIC).title()]
