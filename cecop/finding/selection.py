"""What a search finds among the documents: how many, in which order, the counts of facets."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from pyroaring import BitMap

from cecop.finding.postings import Postings
from cecop.finding.texts import Rank

BY_NAME, BY_RANK = "name", "relevance"


class Selection:
    """The living documents that a text finds (``ranks``; None: no text was given) and that carry,
    for each facet, one of the values chosen."""

    def __init__(
        self,
        postings: Postings,
        chosen: Mapping[str, Sequence[str]],
        ranks: Sequence[Rank] | None = None,
    ) -> None:
        self.postings = postings
        self.chosen = {name: values for name, values in chosen.items() if values}
        self.ranks = ranks

    @cached_property
    def found(self) -> BitMap:
        """The documents that fit the text and all facets."""
        return self.without("")

    def without(self, facet: str) -> BitMap:
        """Those that fit the text and all facets but this one: a choice hides none of the other
        values of its own facet."""
        among = self._by_text
        for name, values in self.chosen.items():
            if name != facet:
                carrying = [self.postings.carrying(name, value) for value in values]
                among = among & (carrying[0] if len(carrying) == 1 else BitMap.union(*carrying))
        return among

    def counts(self, facet: str, start: str = "") -> dict[str, int]:
        """Value -> number of documents, of the values that begin so and have any."""
        among = self.without(facet) if facet in self.chosen else self.found
        terms = self.postings.terms(facet)
        return {
            value: number
            for value, carrying in terms.items()
            if value.startswith(start) and (number := among.intersection_cardinality(carrying))
        }

    def total(self, measure: str) -> int:
        """The sum of a number over the documents found."""
        return self.postings.total(measure, self.found)

    def slots(self, order: str, start: int, stop: int) -> list[int]:
        """A stretch of the documents found. ``order``: by name, by rank, or the largest of a
        number first."""
        if order == BY_NAME or (order == BY_RANK and self.ranks is None):
            return self.postings.by_name(self.found, start, stop)
        if order == BY_RANK:
            return list(self._by_rank(start, stop))
        return self.postings.by_number(order, self.found, start, stop)

    def keys(self, order: str, start: int = 0, stop: int | None = None) -> list[int]:
        """The keys of a stretch of the documents found, or of all."""
        slots = self.slots(order, start, len(self.found) if stop is None else stop)
        return [self.postings.key(slot) for slot in slots]

    def reason(self, key: int) -> str:
        """Why the text found a document."""
        slot = self.postings.slot(key)
        if slot is None:
            return ""
        return next((rank.reason for rank in self.ranks or () if slot in rank.among), "")

    @cached_property
    def _by_text(self) -> BitMap:
        if self.ranks is None:
            return self.postings.alive
        return BitMap.union(BitMap(), *(rank.among for rank in self.ranks))

    def _by_rank(self, start: int, stop: int) -> Iterator[int]:
        parts = [(rank, rank.among & self.found) for rank in self.ranks or ()]
        ends = accumulate(len(among) for _rank, among in parts)
        for (rank, among), end in zip(parts, ends, strict=True):
            before = end - len(among)
            first, last = max(start - before, 0), min(stop - before, len(among))
            if first < last:
                yield from self._of_rank(rank, among, first, last)

    def _of_rank(self, rank: Rank, among: BitMap, first: int, last: int) -> list[int]:
        if not rank.order:
            return self.postings.by_name(among, first, last)
        ordered = [slot for slot in rank.order if slot in among]
        rest = among - BitMap(ordered)
        return [*ordered, *self.postings.by_name(rest, 0, len(rest))][first:last]
