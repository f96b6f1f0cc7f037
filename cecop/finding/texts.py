"""The search for a text: documents in ranks, each with the reason why it was found.

The ranks, best first: exactly this name; this name but for legal forms and joining words; a number;
exactly its acronym or another name; a name that begins so; all words in the name; words of the
name that begin so; words of other names; everything together, with the place and what the caller
adds; and when all that is little, words that are close to those typed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from pyroaring import BitMap
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from cecop.finding.postings import Postings
from cecop.finding.words import Query, Term, core, core_of_name, words

# Fields of terms; "alias" and "acronym" hold whole names as one term, the others hold words.
NAME, OTHER, ALIAS, ACRONYM, PLACE = "name", "other", "alias", "acronym", "place"
WORD_FIELDS = (NAME, OTHER, PLACE)
MORE = ""  # what the caller adds

MOST_COMPARED = 50  # documents whose names are compared with the text one by one
MOST_CLOSE = 300
LITTLE = 3
MOST_WORDS = 3_000  # words that may begin as one typed does


@dataclass(frozen=True)
class Rank:
    """Documents found for the same reason. ``order`` puts them in another order than by name."""

    reason: str
    among: BitMap
    order: tuple[int, ...] = ()


class TextSearch:
    """One text against the documents; ``more`` adds the documents that a word leads to otherwise,
    ``numbered`` those that have a number."""

    def __init__(
        self,
        postings: Postings,
        query: Query,
        *,
        more: Callable[[str], BitMap] | None = None,
        numbered: Callable[[str], Iterable[int]] | None = None,
    ) -> None:
        self.postings = postings
        self.query = query
        self.more = more
        self.numbered = numbered
        self._found: dict[tuple[str, str, bool], BitMap] = {}
        self.required = [term for term in query.terms if term.is_required]

    def ranks(self) -> list[Rank]:
        """The ranks that hold anything; no document is in two of them."""
        if not self.required:
            return []
        found = self._apart(self._as_typed(), BitMap())
        if self._is_enough(found):
            return found
        seen = BitMap.union(BitMap(), *(rank.among for rank in found))
        return found + self._apart(self._close(), seen)

    def _apart(self, ranks: Iterable[Rank], seen: BitMap) -> list[Rank]:
        """The ranks without what is dead and what stands in one before."""
        found: list[Rank] = []
        for rank in ranks:
            new = (rank.among & self.postings.alive) - seen
            if new:
                seen = seen | new
                found.append(Rank(rank.reason, new, tuple(s for s in rank.order if s in new)))
        return found

    def named_by(self, *fields: str) -> BitMap:
        """The living documents that hold every required word in some of these fields."""
        return self._all_words(fields, is_start=True) & self.postings.alive

    @staticmethod
    def _is_enough(found: Sequence[Rank]) -> bool:
        """Whether a name or number was found, or several documents by anything else."""
        by_name = any(rank.reason not in ("place", "member") for rank in found)
        return by_name or sum(len(rank.among) for rank in found) >= LITTLE

    def _as_typed(self) -> Iterator[Rank]:
        whole = self._all_words((NAME,), is_start=False)
        yield Rank("exact", self.postings.named(self.query.folded))
        yield Rank("exact", self._same_core(whole))
        if self.numbered:
            yield Rank("number", BitMap(self.numbered(self.query.code)))
        yield Rank("acronym", self.postings.carrying(ACRONYM, self.query.code))
        yield Rank("other", self.postings.carrying(ALIAS, self.query.folded))
        yield Rank("name", self._begun())
        yield Rank("name", whole)
        yield Rank("name", self._all_words((NAME,), is_start=True))
        yield Rank("other", self._all_words((OTHER,), is_start=False))
        yield Rank("other", self._all_words((OTHER, NAME), is_start=True))
        yield Rank("place", self._all_words((PLACE, NAME, OTHER), is_start=True))
        yield Rank("member", self._all_words((*WORD_FIELDS, MORE), is_start=True))

    def _begun(self) -> BitMap:
        """The names that begin with several words as they were typed."""
        is_enough = len(self.query.words) > 1
        return self.postings.named(self.query.folded, is_start=True) if is_enough else BitMap()

    def _same_core(self, whole: BitMap) -> BitMap:
        """Those whose names differ from the text only by legal forms and joining words."""
        wanted = core(self.query.words)
        living = whole & self.postings.alive
        if len(living) > MOST_COMPARED:
            living &= self.postings.named(" ".join(wanted), is_start=True)
        compared = living[:MOST_COMPARED]
        return BitMap(s for s in compared if core_of_name(self.postings.name(s)) == wanted)

    def _all_words(self, fields: Sequence[str], *, is_start: bool) -> BitMap:
        """The documents that hold every required word in any of the fields."""
        return reduce(and_, (self._term(term, fields, is_start) for term in self.required))

    def _term(self, term: Term, fields: Sequence[str], is_start: bool) -> BitMap:
        return BitMap.union(*(self._way(way, fields, is_start) for way in term.ways))

    def _way(self, way: tuple[str, ...], fields: Sequence[str], is_start: bool) -> BitMap:
        return reduce(and_, (self._word(word, fields, is_start) for word in way))

    def _word(self, word: str, fields: Sequence[str], is_start: bool) -> BitMap:
        held = (self._in_field(word, field, is_start) for field in fields)
        return BitMap.union(BitMap(), *held)

    def _in_field(self, word: str, field: str, is_start: bool) -> BitMap:
        """The documents with a word, or with one that begins so; each is looked up once."""
        key = (word, field, is_start)
        if key not in self._found:
            self._found[key] = self._look_up(word, field, is_start)
        return self._found[key]

    def _look_up(self, word: str, field: str, is_start: bool) -> BitMap:
        if field == MORE:
            return self.more(word) if self.more else BitMap()
        if not is_start:
            return self.postings.carrying(field, word)
        known = self.postings.terms(field)
        starting = self.postings.starting(field, word)[:MOST_WORDS]
        return BitMap.union(BitMap(), *(known[each] for each in starting))

    def _close(self) -> Iterator[Rank]:
        """Names with words close to those typed or that hold them, the most alike first."""
        each = [self._close_to(term) for term in self.required]
        found = reduce(and_, each) & self.postings.alive
        if not found and len(each) > 2:
            without_one = [
                reduce(and_, each[:i] + each[i + 1 :]) & self.postings.alive
                for i in range(len(each))
            ]
            found = BitMap.union(*without_one)
        if found:
            yield Rank("spelling", found, self._most_alike(found))

    def _close_to(self, term: Term) -> BitMap:
        held = [self._term(term, WORD_FIELDS, is_start=True)]
        word = term.joined
        if len(word) > 2:
            most = 1 if len(word) < 8 else 2
            for field in WORD_FIELDS:
                known = self.postings.terms(field)
                near = process.extract(
                    word,
                    self.postings.alphabet(field),
                    scorer=OSA.distance,
                    score_cutoff=most,
                    limit=20,
                )
                held += [known[close] for close, _distance, _index in near]
                if len(word) > 3:
                    held += [known[each] for each in self.postings.alphabet(field) if word in each]
        return BitMap.union(*held)

    def _most_alike(self, found: BitMap) -> tuple[int, ...]:
        wanted = self.query.folded
        telling = " ".join(core(self.query.words))

        def likeness(slot: int) -> float:
            name = self.postings.name(slot)
            return max(
                fuzz.ratio(wanted, " ".join(words(name))),
                fuzz.token_sort_ratio(telling, " ".join(core_of_name(name))),
            )

        compared = found[:MOST_CLOSE]
        scores = {slot: likeness(slot) for slot in compared}
        return tuple(sorted(scores, key=lambda slot: (-scores[slot], slot)))
