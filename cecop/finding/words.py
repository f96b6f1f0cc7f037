"""A text as words that the search compares: plain Latin letters, without case and punctuation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path

from cecop.latin import plain

_PARTS = re.compile(r"[^\W_]+")
LONGEST_QUERY = 12  # words; what a person types has fewer


@cache
def legal_words() -> frozenset[str]:
    """Words of legal forms: a name is found with them, without them, and in another place."""
    return _listed("legal_words.txt") | frozenset(_phrases().values())


@cache
def joining_words() -> frozenset[str]:
    """Words such as "and"; a name is found with and without them."""
    return _listed("joining_words.txt")


def _listed(file: str) -> frozenset[str]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def parts(chunk: str) -> tuple[str, ...]:
    """The plain words of a chunk without spaces: ``"Co-operative"`` -> ``("co", "operative")``."""
    return tuple(word for part in _PARTS.findall(chunk) for word in _PARTS.findall(plain(part)))


# For texts of records only: what visitors type must not fill the memory.
_parts_of_record = lru_cache(maxsize=100_000)(parts)


def words(text: str) -> tuple[str, ...]:
    """The plain words of a text, in its order."""
    return tuple(word for chunk in text.split() for word in parts(chunk))


def indexed_words(text: str) -> set[str]:
    """The words under which a text is found: also joined where a sign or single letters part them.

    ``"S.T. Screen"`` -> ``{"s", "t", "st", "screen"}``.
    """
    found: set[str] = set()
    single = ""
    for chunk in text.split():
        own = _parts_of_record(chunk)
        found.update(own)
        if len(own) > 1:
            found.add("".join(own))
        # Letters that stand alone, as in "S T Screen".
        single = single + own[0] if len(own) == 1 and len(own[0]) == 1 else ""
        if len(single) > 1:
            found.add(single)
    return found


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    text = Path(__file__).with_name("legal_phrases.txt").read_text(encoding="utf-8")
    lines = [line.split(" = ") for line in text.splitlines() if not line.startswith("#")]
    return {tuple(phrase.split()): short for short, phrase in lines}


@cache
def _phrases_by_first() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, short in _phrases().items():
        found.setdefault(phrase[0], []).append((phrase, short))
    return found


def normal(ordered: Sequence[str]) -> list[str]:
    """Legal forms of several words as their abbreviation, letters that stand alone joined.

    ``("punkt", "d", "o", "o")`` -> ``["punkt", "doo"]``.
    """
    found: list[str] = []
    start = 0
    while start < len(ordered):
        length, word = 1, ordered[start]
        for phrase, short in _phrases_by_first().get(word, ()):
            if tuple(ordered[start : start + len(phrase)]) == phrase:
                length, word = len(phrase), short
        if len(word) == 1:
            word = "".join(takewhile(lambda letter: len(letter) == 1, ordered[start:]))
            length = len(word)
        found.append(word)
        start += length
    return found


def core(ordered: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell a name from others: without legal forms and joining words; all of them
    when nothing else is there."""
    whole = normal(ordered)
    telling = (w for w in whole if w not in legal_words() and w not in joining_words())
    return tuple(telling) or tuple(whole)


@lru_cache(maxsize=20_000)
def core_of_name(name: str) -> tuple[str, ...]:
    """The words that tell the name of a record from others."""
    return core(words(name))


@dataclass(frozen=True)
class Term:
    """One word that a person typed: any of its ways of writing will do, each a set of words."""

    ways: tuple[tuple[str, ...], ...]
    is_required: bool

    @property
    def joined(self) -> str:
        """The term as one word."""
        return "".join(self.ways[-1])


@dataclass(frozen=True)
class Query:
    """What a person typed, taken apart."""

    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """All the words, in order."""
        return words(self.text)

    @property
    def folded(self) -> str:
        """The text as whole names are compared."""
        return " ".join(self.words)

    @property
    def code(self) -> str:
        """The text as a number or acronym is compared: capitals and digits only."""
        return "".join(self.words).upper()

    @property
    def terms(self) -> list[Term]:
        """The words to look for; those of legal forms and single letters need not be there."""
        chunks = self._chunks()[:LONGEST_QUERY]
        required = [not _is_optional(own) for own in chunks]
        if not any(required):
            required = [True] * len(chunks)
        return [Term(_ways(own), needed) for own, needed in zip(chunks, required, strict=True)]

    def _chunks(self) -> list[tuple[str, ...]]:
        """What stands between spaces, in words; a legal form of several words is one."""
        chunks = [own for chunk in self.text.split() if (own := parts(chunk))]
        for start in range(len(chunks)):
            first = chunks[start][0] if start < len(chunks) else ""
            for phrase, short in _phrases_by_first().get(first, ()):
                end = start + len(phrase)
                if tuple(word for own in chunks[start:end] for word in own) == phrase:
                    chunks[start:end] = [(short,)]
        return chunks


def _ways(own: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return (own,) if len(own) == 1 else (("".join(own),), own)


def _is_optional(own: tuple[str, ...]) -> bool:
    """Whether a chunk is of a legal form ("S.Coop."), joins others, or is a letter by itself."""
    is_legal = [word in legal_words() or word in joining_words() for word in own]
    is_rest_letters = all(legal or len(w) == 1 for legal, w in zip(is_legal, own, strict=True))
    is_of_form = "".join(own) in legal_words() or (any(is_legal) and is_rest_letters)
    return is_of_form or (len(own) == 1 and len(own[0]) == 1)
