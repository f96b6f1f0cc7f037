"""The rules of the labelled set: record -> queries, which records are right, and how many."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.search import variants
from tests.search.index import NOBODY, Index, Keys
from tests.search.records import Record
from tests.search.words import split_words

CORPORA = ("members", "uk", "susy")
MOST_CARRIERS = 3
# Countries whose language is written in Cyrillic, or that of a neighbour who understands it.
CYRILLIC = {"BG", "HR", "SI"}
GERMAN = {"AT", "DE"}

Variant = Callable[[str], list[str]]
Texts = Callable[[Record], list[str]]
Judgement = Callable[[Index, Record, str], Keys]


@dataclass(frozen=True)
class Rule:
    """One way of asking, and how many queries it gives for each corpus."""

    name: str
    texts: Texts
    judgement: Judgement
    members: int = 0
    uk: int = 0
    susy: int = 0
    takes_all: bool = False  # all good texts of a record, not only the first one

    def quota(self, corpus: str) -> int:
        """The number of queries for a corpus."""
        return {"members": self.members, "uk": self.uk, "susy": self.susy}[corpus]


def same_name(index: Index, record: Record, text: str) -> Keys:
    """All that have the query for a name."""
    found = index.named(text)
    return found if record.key in found else NOBODY


def same_rest(index: Index, record: Record, text: str) -> Keys:
    """As ``same_name``; a single word may not be held by anybody else."""
    right = same_name(index, record, text)
    is_clear = len(split_words(text)) > 1 or index.carrying(text) <= right
    return right if is_clear else NOBODY


def same_words(index: Index, record: Record, text: str) -> Keys:
    """All that have a name of just these words."""
    found = index.worded(text)
    return found if record.key in found else NOBODY


def only_one(index: Index, record: Record, text: str) -> Keys:
    """All that have the record's name, if the query is no other name and has no rival."""
    right = index.named(record.name)
    return NOBODY if index.named(text) - right or index.rivals(record, text) else right


def only_start(index: Index, record: Record, text: str) -> Keys:
    """As ``only_one``, if nobody else holds what has been typed so far."""
    others = index.carrying(text, is_unfinished=True) - index.named(record.name)
    return NOBODY if others else only_one(index, record, text)


def all_that_carry_it(index: Index, record: Record, text: str) -> Keys:
    """All that hold every word of the query, if they are few."""
    found = index.carrying(text)
    return found if record.key in found and len(found) <= MOST_CARRIERS else NOBODY


def of_name(variant: Variant, *countries: str) -> Texts:
    """The variants of the name; with countries, of records there only."""
    return lambda record: (
        variant(record.name) if not countries or record.country in countries else []
    )


def of_all_names(variant: Variant) -> Texts:
    """The variants of the name and of the other names."""
    return lambda record: [text for name in record.names for text in variant(name)]


def other_names(*kinds: str) -> Texts:
    """The other names of some kinds, as they are."""
    return lambda record: record.of_kind(*kinds)


def acronyms_with_dots(record: Record) -> list[str]:
    """Acronyms of their own with dots put in; else the name in which one stands."""
    return [
        text
        for name in (*record.of_kind("acronym"), record.name)
        for text in variants.dots_put_in(name)
    ]


def name_and_town_in_latin(record: Record) -> list[str]:
    """The name, and in Latin letters the town that is written in others."""
    return [f"{record.name} {town}" for town in variants.in_latin(record.town.split(",")[0])]


RULES = [
    Rule("as it is", lambda record: [record.name], same_name, members=25, uk=20, susy=30),
    Rule("number", lambda record: [record.number], all_that_carry_it, uk=8, susy=3),
    Rule(
        "other name",
        other_names("english", "full", "short", "translation", "transliteration", "registered"),
        same_name,
        members=24,
        uk=8,
        takes_all=True,
    ),
    Rule("former name", other_names("former"), same_name, members=12, uk=15, takes_all=True),
    Rule("acronym", other_names("acronym"), same_name, members=18, takes_all=True),
    Rule(
        "acronym in brackets",
        of_name(variants.acronym_in_brackets),
        all_that_carry_it,
        uk=8,
        susy=3,
    ),
    Rule("dots put in", acronyms_with_dots, same_name, members=10, uk=6, susy=4),
    Rule("dots taken out", of_name(variants.dots_taken_out), same_name, uk=5, susy=6),
    Rule("no accents", of_all_names(variants.without_accents), same_name, members=12, susy=16),
    Rule("accents apart", of_name(variants.decomposed), same_name, members=5, susy=6),
    Rule("other case", of_name(variants.other_case), same_name, members=8, uk=8, susy=8),
    Rule("marks spaced", of_name(variants.punctuation_spaced), same_name, members=4, uk=10, susy=8),
    Rule(
        "marks removed", of_name(variants.punctuation_removed), same_name, members=2, uk=10, susy=8
    ),
    Rule("umlauts written out", of_name(variants.umlauts_written_out, *GERMAN), only_one, susy=8),
    Rule("form in front", of_name(variants.form_in_front), same_name, members=1, uk=8, susy=10),
    Rule("form dropped", of_name(variants.form_dropped), same_rest, members=1, uk=12, susy=10),
    Rule("form swapped", of_name(variants.form_swapped), same_name, members=1, uk=12, susy=12),
    Rule("form added", of_name(variants.form_added, "GB"), same_name, uk=10),
    Rule("other order", of_name(variants.other_order), same_words, members=10, uk=14, susy=14),
    Rule("start", of_all_names(variants.starts), only_start, members=12, uk=16, susy=16),
    Rule("slips", of_name(variants.mistyped), only_one, members=24, uk=35, susy=35),
    Rule(
        "two words and town",
        lambda record: variants.words_and_town(record.name, record.town),
        all_that_carry_it,
        members=8,
        uk=14,
        susy=14,
    ),
    Rule("in Latin letters", of_all_names(variants.in_latin), only_one, members=1, susy=15),
    Rule(
        "capitals without accents",
        of_all_names(variants.capitals_without_accents),
        same_name,
        members=1,
        susy=6,
    ),
    Rule("in Cyrillic", of_name(variants.in_cyrillic, *CYRILLIC), only_one, susy=6),
    Rule("town in Latin letters", name_and_town_in_latin, all_that_carry_it, susy=8),
]
