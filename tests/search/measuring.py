"""Asks every labelled query at the front door, and says how well the answers fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from statistics import fmean

from django.test import Client

from tests.search.index import Index
from tests.search.labels import Query
from tests.search.rules import CORPORA, RULES

FIRST_PAGE = 25
NOT_FOUND = FIRST_PAGE + 1
WORST_SHOWN = 100


@dataclass(frozen=True)
class Outcome:
    """What came for a query: the rank of the first right record, and how many hits make sense."""

    query: Query
    rank: int  # NOT_FOUND where it is not on the first page
    first: str  # the name that came first
    hits: int
    relevant: int


@dataclass(frozen=True)
class Figures:
    """The quality of the answers to several queries."""

    number: int
    recall_at_1: float
    recall_at_5: float
    mean_rank: float
    precision: float  # of all hits on first pages, the share that fits the query


def ask(path: str, queries: Sequence[Query], index: Index, keys: dict[int, str]) -> list[Outcome]:
    """The outcome of each query on the list page at the path; ``keys`` is for its rows."""
    visitor = Client()

    def outcome(query: Query) -> Outcome:
        listing = visitor.get(path, {"q": query.text}).context["listing"]
        found = [keys[row.pk] for row in listing.page.object_list[:FIRST_PAGE]]
        ranks = (rank for rank, key in enumerate(found, start=1) if key in query.right)
        fitting = index.fitting(query.text) | query.right
        return Outcome(
            query=query,
            rank=next(ranks, NOT_FOUND),
            first=index.records[found[0]].name if found else "",
            hits=len(found),
            relevant=sum(key in fitting for key in found),
        )

    return [outcome(query) for query in queries]


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures over all outcomes given."""
    ranks = [outcome.rank for outcome in outcomes]
    hits = sum(outcome.hits for outcome in outcomes)
    return Figures(
        number=len(ranks),
        recall_at_1=fmean(rank == 1 for rank in ranks),
        recall_at_5=fmean(rank <= 5 for rank in ranks),
        mean_rank=fmean(ranks),
        precision=sum(outcome.relevant for outcome in outcomes) / hits if hits else nan,
    )


def report(outcomes: Sequence[Outcome]) -> str:
    """A table by corpus and by rule, then the queries that were answered worst."""
    groups: dict[str, list[Outcome]] = {
        name: [] for name in ("all", *CORPORA, *(rule.name for rule in RULES))
    }
    for outcome in outcomes:
        for name in ("all", outcome.query.record.corpus, outcome.query.rule):
            groups[name].append(outcome)
    table = [_row(name, group) for name, group in groups.items() if group]
    worst = sorted((each for each in outcomes if each.rank > 1), key=lambda each: -each.rank)
    return "\n".join(
        [
            f"{'':25}queries  Recall@1  Recall@5  mean rank  precision",
            *table,
            "",
            f"A right record does not come first for {len(worst)}; its rank for the worst of them:",
            *(_line(each) for each in worst[:WORST_SHOWN]),
        ]
    )


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    got = figures(outcomes)
    recall = f"{got.recall_at_1:10.3f}{got.recall_at_5:10.3f}"
    return f"{name:25}{got.number:7}{recall}{got.mean_rank:11.2f}{got.precision:11.3f}"


def _line(outcome: Outcome) -> str:
    query, rank = outcome.query, outcome.rank if outcome.rank < NOT_FOUND else "–"
    asked = f"{query.record.corpus}, {query.rule}: {query.text!r} for {query.record.name!r}"
    return f"  {rank:>2}  {asked}; first came {outcome.first!r}"
