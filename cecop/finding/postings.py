"""Which documents carry which terms, in memory: sets of them are joined, cut and counted at once.

Documents are numbered in the order of their names when they are read; a set of numbers is a
compressed bitmap, so a page of any size comes out in order without sorting. A document that changes
gets a new number after all others and a place among them.
"""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from cecop.finding.measures import Measure

NOTHING = BitMap()
SORTED_ONE_BY_ONE = 200


@dataclass(frozen=True, slots=True)
class Document:
    """A record as the search knows it.

    ``name``: folded, for sorting; ``terms``: field -> the terms it is found under; ``numbers``:
    measure -> its number, if it has one.
    """

    key: int
    name: str
    terms: Mapping[str, Iterable[str]]
    numbers: Mapping[str, int | None] = field(default_factory=dict)


class Postings:
    """The documents of one kind of record."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Take documents in the order of their names and keys."""
        self._keys = array("q")
        self._names: list[str] = []
        self._terms: dict[str, dict[str, BitMap]] = defaultdict(dict)
        self._measures: dict[str, Measure] = defaultdict(Measure)
        self._sorted: dict[str, list[str]] = {}
        self._moved: dict[int, int] = {}
        self._later: list[tuple[int, str, int, int]] = []
        self._first_later = 0
        self._add(documents)
        self._first_later = len(self._keys)
        self._early = BitMap(range(self._first_later))
        self._by_key = array("I", sorted(range(len(self._keys)), key=self._keys.__getitem__))
        self.alive = BitMap(range(len(self._keys)))

    def replace(self, keys: Iterable[int], documents: Iterable[Document]) -> None:
        """Documents with these keys are no more; those given are new."""
        gone = {slot for key in keys if (slot := self.slot(key)) is not None}
        self.alive -= BitMap(gone)
        self._later = [place for place in self._later if place[3] not in gone]
        start = len(self._keys)
        self._add(documents)
        for slot in range(start, len(self._keys)):
            self._moved[self._keys[slot]] = slot
            insort(self._later, self._place(slot))
        self.alive.add_range(start, len(self._keys))

    @property
    def later(self) -> int:
        """How many documents came after the first reading; too many make pages slow."""
        return len(self._keys) - self._first_later

    def slot(self, key: int) -> int | None:
        """The number of the living document with this key."""
        slot = self._moved.get(key)
        if slot is None:
            index = bisect_left(self._by_key, key, key=self._keys.__getitem__)
            slot = self._by_key[index] if index < len(self._by_key) else None
        is_it = slot is not None and self._keys[slot] == key and slot in self.alive
        return slot if is_it else None

    def key(self, slot: int) -> int:
        """The key of a document."""
        return self._keys[slot]

    def name(self, slot: int) -> str:
        """The folded name of a document."""
        return self._names[slot]

    def carrying(self, field_: str, term: str) -> BitMap:
        """The documents that carry a term; dead ones may be among them."""
        return self._terms[field_].get(term, NOTHING)

    def terms(self, field_: str) -> Mapping[str, BitMap]:
        """Every term of a field with its documents; dead ones may be among them."""
        return self._terms[field_]

    def starting(self, field_: str, start: str) -> Sequence[str]:
        """The terms of a field that begin so, in the order of the alphabet."""
        known = self.alphabet(field_)
        first = bisect_left(known, start)
        return known[first : bisect_left(known, start + "\U0010ffff", first)]

    def alphabet(self, field_: str) -> list[str]:
        """The terms of a field in order."""
        known = self._sorted.get(field_)
        if known is None or len(known) != len(self._terms[field_]):
            known = self._sorted[field_] = sorted(self._terms[field_])
        return known

    def total(self, measure: str, among: BitMap) -> int:
        """The sum of a number over living documents."""
        return self._measures[measure].total(among)

    def named(self, name: str, *, is_start: bool = False) -> BitMap:
        """The living documents with exactly this folded name, or with one that begins so."""
        last = name + "\U0010ffff" if is_start else name
        first = bisect_left(self._names, name, 0, self._first_later)
        end = bisect_right(self._names, last, first, self._first_later)
        same = BitMap(range(first, end))
        same.update(slot for _before, other, _key, slot in self._later if name <= other <= last)
        return same & self.alive

    def by_name(self, among: BitMap, start: int, stop: int) -> list[int]:
        """A stretch of living documents in the order of their names, then keys."""
        early = among & self._early if self._later else among
        moved = [(place[0], place[3]) for place in self._later if place[3] in among]
        if not moved:
            return list(early[start:stop])
        # Where each later document stands in the whole, from how many early ones are before it.
        at = [(early.rank(p - 1) if p else 0) + i for i, (p, _slot) in enumerate(moved)]
        first = bisect_left(at, start)
        last = bisect_left(at, stop)
        total = len(early) + len(moved)
        wanted = iter(early[start - first : min(stop, total) - last])
        inserted = {at[i]: moved[i][1] for i in range(first, last)}
        return [
            inserted[i] if i in inserted else next(wanted) for i in range(start, min(stop, total))
        ]

    def by_number(self, measure: str, among: BitMap, start: int, stop: int) -> list[int]:
        """A stretch with the largest numbers first, equal ones by name; without a number last."""
        held = self._measures[measure]
        known = len(held.known & among)
        found = self._ranked(held, among, start, min(stop, known)) if start < known else []
        if stop > known:
            rest = among - held.known
            found += self.by_name(rest, max(start - known, 0), stop - known)
        return found

    def _ranked(self, held: Measure, among: BitMap, start: int, stop: int) -> list[int]:
        larger, _same = held.above(among, start)
        more, same = held.above(among, stop - 1)
        near = (more | same) - larger
        if len(near) <= SORTED_ONE_BY_ONE:
            ranked = sorted(near, key=lambda slot: (-held.value(slot), self._place(slot)))
            return ranked[start - len(larger) : stop - len(larger)]
        # Many with the same number: one number after the other, each by name.
        found: list[int] = []
        while start < stop:
            larger, same = held.above(among, start)
            first = start - len(larger)
            found += self.by_name(same, first, min(first + stop - start, len(same)))
            start = len(larger) + len(same)
        return found

    def _add(self, documents: Iterable[Document]) -> None:
        slots: dict[str, dict[str, array[int]]] = defaultdict(dict)
        numbers: dict[str, tuple[array[int], array[int]]] = {}
        for document in documents:
            slot = len(self._keys)
            self._keys.append(document.key)
            self._names.append(document.name)
            for field_, terms in document.terms.items():
                held = slots[field_]
                for term in terms:
                    if term in held:
                        held[term].append(slot)
                    else:
                        held[term] = array("I", (slot,))
            for measure, number in document.numbers.items():
                if number is not None:
                    of, values = numbers.setdefault(measure, (array("I"), array("q")))
                    of.append(slot)
                    values.append(number)
        self._keep(slots)
        for measure, (of, values) in numbers.items():
            self._measures[measure].add(of, values)

    def _keep(self, slots: Mapping[str, Mapping[str, "array[int]"]]) -> None:
        for field_, terms in slots.items():
            known = self._terms[field_]
            for term, held in terms.items():
                if term in known:
                    known[term].update(held)
                else:
                    known[term] = BitMap(held)

    def _place(self, slot: int) -> tuple[int, str, int, int]:
        """Where a document stands: before which early one, and how it compares to other later
        ones. An early one stands behind the later ones that come before it."""
        if slot < self._first_later:
            return (slot, "\U0010ffff", 0, slot)
        name, key = self._names[slot], self._keys[slot]
        early = bisect_left(
            range(self._first_later), (name, key), key=lambda s: (self._names[s], self._keys[s])
        )
        return (early, name, key, slot)
