"""The labelled queries, made from the records by the rules; no search is asked.

A rule (``rules``) takes a name and types it in another way (``variants``). The records that are
right are a set: whoever typed this could mean any of them. One of these judgements tells it:

- *same name*: all that have the query for a name, when accents, case, marks, spaces and legal
  forms are not looked at. The record itself must be one of them; else the query is left out.
- *same rest*: as *same name*; where a single word is left, nobody else may hold it.
- *same words*: all that have a name of just these words, in whatever order.
- *only one*: all that have the record's name. The query is left out when it is somebody else's
  name, or when it has a rival: another record that it fits and that has a name of no more words
  than the query. It fits when every word is the start of a word of the record, or one edit away.
- *only start*: as *only one*, and no other record may hold what has been typed so far.
- *all that carry it*: all that hold every word; left out where they are more than three.

Left out, too, are a query longer than the hundred characters that the page reads, and one that
an earlier rule has made. Records are drawn as a shuffle with a fixed seed puts them, their
countries in turn, until the rule has its quota.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cecop.listing import LONGEST_TEXT
from tests.search.index import Index, Keys
from tests.search.records import Record
from tests.search.rules import RULES, Rule
from tests.search.words import split_words

# Countries with fewer records are drawn last: they would stand in every rule, always the same.
SMALL = 5


@dataclass(frozen=True)
class Query:
    """What somebody types, and the records any of which is the right answer."""

    text: str
    rule: str
    record: Record
    right: Keys


def queries(records: Sequence[Record], index: Index) -> list[Query]:
    """The labelled queries for one list page, whose records may come from several corpora."""
    made: dict[str, Query] = {}
    for rule in RULES:
        for corpus in dict.fromkeys(record.corpus for record in records):
            drawn = _drawn([each for each in records if each.corpus == corpus], rule)
            found = (query for record in drawn for query in _of_record(rule, record, index, made))
            for query in islice(found, rule.quota(corpus)):
                made[query.text] = query
    return list(made.values())


def _drawn(records: Sequence[Record], rule: Rule) -> list[Record]:
    """The records as the name of the rule shuffles them, countries in turn, small ones last."""
    shuffled = random.Random(rule.name).sample(records, len(records))
    sizes = Counter(record.country for record in records)
    turns: Counter[str] = Counter()
    places = []
    for record in shuffled:
        turns[record.country] += 1
        places.append((sizes[record.country] < SMALL, turns[record.country]))
    order = sorted(range(len(shuffled)), key=places.__getitem__)
    return [shuffled[place] for place in order]


def _of_record(rule: Rule, record: Record, index: Index, made: dict[str, Query]) -> Iterator[Query]:
    good = (
        Query(text, rule.name, record, right)
        for text in rule.texts(record)
        if text not in made and len(text) <= LONGEST_TEXT and split_words(text)
        if (right := rule.judgement(index, record, text))
    )
    return islice(good, None if rule.takes_all else 1)
