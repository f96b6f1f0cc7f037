"""Which records a query could mean, told from their words alone."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, reduce

from tests.search.records import Record
from tests.search.words import (
    bare,
    both_words,
    is_one_edit_away,
    joined_words,
    split_words,
    without_form,
)

Keys = frozenset[str]
NOBODY: Keys = frozenset()


class Index:
    """The records of one list page, by the words of their names and places."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = {record.key: record for record in records}
        self._named: dict[str, set[str]] = defaultdict(set)
        self._worded: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._holding: dict[str, set[str]] = defaultdict(set)
        self._fewest: dict[str, int] = {}
        for record in records:
            self._add(record)
        self._words = sorted(self._holding)
        self._shortened: dict[str, set[str]] = defaultdict(set)
        for word in self._words:
            for short in _shortened(word):
                self._shortened[short].add(word)
        self.near = cache(self._near)

    def _add(self, record: Record) -> None:
        for name in record.names:
            self._named[bare(name)].add(record.key)
            self._worded[_in_any_order(name)].add(record.key)
        self._fewest[record.key] = min(len(joined_words(name)) for name in record.names)
        for text in (*record.names, record.town, record.umbrella, record.number):
            for word in both_words(text):
                self._holding[word].add(record.key)

    def named(self, text: str) -> Keys:
        """Those that have the text for a name, whatever the spelling and the legal form."""
        return frozenset(self._named.get(bare(text), ()))

    def worded(self, text: str) -> Keys:
        """Those that have a name of just these words, in whatever order."""
        return frozenset(self._worded.get(_in_any_order(text), ()))

    def carrying(self, text: str, *, is_unfinished: bool = False) -> Keys:
        """Those that hold every word of the text; the last may be the start of a longer one."""

        def holding(words: tuple[str, ...]) -> Keys:
            sets = [self._of([word]) for word in words]
            if is_unfinished:
                sets[-1] = self._of(self._starting(words[-1]))
            return reduce(Keys.intersection, sets)

        return holding(split_words(text)) | holding(joined_words(text))

    def fitting(self, text: str) -> Keys:
        """Those for which every word of the text is the start of a word they hold or one edit away
        from one; a legal form need not be there."""
        return self._all_near(split_words(text)) | self._all_near(joined_words(text))

    def rivals(self, record: Record, text: str) -> Keys:
        """Other records that the text fits and that have a name of no more words than it."""
        most = len(joined_words(text))
        others = self.fitting(text) - self.named(record.name)
        return frozenset(key for key in others if self._fewest[key] <= most)

    def _all_near(self, words: tuple[str, ...]) -> Keys:
        return reduce(Keys.intersection, [self.near(word) for word in without_form(words)])

    def _near(self, word: str) -> Keys:
        similar = {each for short in _shortened(word) for each in self._shortened.get(short, ())}
        mistyped = [each for each in similar if is_one_edit_away(word, each)]
        return self._of([*self._starting(word), *mistyped])

    def _starting(self, start: str) -> list[str]:
        first = bisect_left(self._words, start)
        return self._words[first : bisect_left(self._words, start + "\U0010ffff")]

    def _of(self, words: Iterable[str]) -> Keys:
        return NOBODY.union(*(self._holding.get(word, ()) for word in words))


def _in_any_order(text: str) -> tuple[str, ...]:
    return tuple(sorted(without_form(joined_words(text))))


def _shortened(word: str) -> set[str]:
    """The word, and the word less each one of its letters: words one edit apart share one."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
