"""Cooperatives by the numbers they carry: those of their members and of official registers."""

from pyroaring import BitMap

from cecop.finding.postings import Postings
from cooperatives.models import Affiliation, Identifier

SHORTEST = 2
SHORTEST_START = 4


def numbered(postings: Postings, code: str) -> BitMap:
    """The documents of the cooperatives with this number, whatever signs part its digits; from
    four characters on also those with a number that begins so. Ended affiliations count too."""
    if len(code) < SHORTEST or not any(c.isdigit() for c in code):
        return BitMap()
    keys = {
        *Affiliation.objects.numbered(code, shortest_start=SHORTEST_START),
        *Identifier.objects.numbered(code, shortest_start=SHORTEST_START),
    }
    return BitMap(slot for key in keys if (slot := postings.slot(key)) is not None)


def represented(postings: Postings, members: list[int]) -> BitMap:
    """The documents of the cooperatives that any of these members represents today."""
    carrying = [postings.carrying("member", str(member)) for member in members]
    return BitMap.union(BitMap(), *carrying)
