"""Numbers of documents held bit by bit, so that they are summed and ranked for any set at once.

The bit-sliced index of O'Neil and Quass (SIGMOD 1997): for each binary digit the set of documents
whose number has it.
"""

from collections.abc import Sequence

from pyroaring import BitMap

DIGITS = 40


class Measure:
    """One number per document, or none."""

    def __init__(self) -> None:
        self.known = BitMap()
        self._digits = [BitMap() for _ in range(DIGITS)]

    def add(self, slots: Sequence[int], values: Sequence[int]) -> None:
        """Give documents that had no number one each; numbers are 0 to 2^40 - 1."""
        self.known.update(slots)
        longest = max(values, default=0).bit_length()
        for digit, members in enumerate(self._digits[:longest]):
            held = [s for s, value in zip(slots, values, strict=True) if value >> digit & 1]
            if held:
                members.update(held)

    def total(self, among: BitMap) -> int:
        """The sum of the numbers of some documents."""
        return sum(
            members.intersection_cardinality(among) << digit
            for digit, members in enumerate(self._digits)
            if members
        )

    def value(self, slot: int) -> int:
        """The number of a document that has one."""
        return sum(1 << d for d, members in enumerate(self._digits) if slot in members)

    def above(self, among: BitMap, place: int) -> tuple[BitMap, BitMap]:
        """With the documents that have a number ranked from the largest: those with a larger number
        than the one at this place (from 0), and those with exactly that number."""
        rest = among & self.known
        larger = BitMap()
        for members in reversed(self._digits):
            if not members:
                continue
            with_digit = rest & members
            if len(larger) + len(with_digit) > place:
                rest = with_digit
            else:
                larger |= with_digit
                rest -= with_digit
        return larger, rest
