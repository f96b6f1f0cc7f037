"""Stores the sample cooperatives and removes them again; each in one transaction."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import pghistory
import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from cecop import records
from cooperatives.models import Affiliation, Cooperative, Identifier
from cooperatives.sample import bulk
from cooperatives.sample.generator import Sample, generate, sample_public_ids
from cooperatives.sample.spread import representing
from cooperatives.sample.words import areas
from members.models import Member

BATCH = 2_000


class SampleError(Exception):
    """Why nothing was done, in words for the person at the keyboard."""


class Loaded(NamedTuple):
    """What loading did; ``countries_left_out`` have members but no words for names."""

    cooperatives: int
    affiliations: int
    members: int
    countries_left_out: list[str]


class Cleared(NamedTuple):
    cooperatives: int
    affiliations: int
    identifiers: int
    history_rows: int


@transaction.atomic
def load(number: int) -> Loaded:
    """Store ``number`` samples; the same number again changes nothing.

    Raises SampleError when samples of another loading are there, or nobody to represent them.
    """
    published = list(Member.objects.published())
    members = representing(published)
    left_out = sorted({member.country for member in published} - areas().keys())
    if _already_there(number):
        return Loaded(0, 0, len(members), left_out)
    if not published:
        raise SampleError("There are no published members: run load_members first.")
    if not members:
        raise SampleError("None of the published members represents cooperatives that have words.")
    affiliations = 0
    with pghistory.context(source="load_sample"):
        for batch in _batches(generate(number, members)):
            bulk.insert_cooperatives([sample.cooperative for sample in batch])
            rows = [row for sample in batch for row in sample.affiliations]
            bulk.insert_affiliations(rows)
            affiliations += len(rows)
    records.refresh_statistics(Cooperative, Affiliation)
    return Loaded(number, affiliations, len(members), left_out)


@transaction.atomic
def clear() -> Cleared:
    """Remove every sample, with its affiliations, identifiers and history.

    Nothing real is deleted in this directory; samples are not real, and their history would fill
    the real one with fictions. Raises SampleError when a real cooperative went into a sample.
    """
    samples = Cooperative.objects.filter(is_sample=True)
    _refuse_when_needed(samples)
    history_rows = _clear_history(samples)
    with pgtrigger.ignore(
        "cooperatives.Cooperative:delete_delete",
        "cooperatives.Affiliation:delete_delete",
        "cooperatives.Identifier:delete_delete",
    ):
        identifiers, _per_model = Identifier.objects.filter(cooperative__in=samples).delete()
        affiliations, _per_model = Affiliation.objects.filter(cooperative__in=samples).delete()
        # Django would read every row first, and refuse samples merged into each other.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM cooperatives_cooperative WHERE is_sample")
            cooperatives = cursor.rowcount
    return Cleared(cooperatives, affiliations, identifiers, history_rows)


def _already_there(number: int) -> bool:
    """Whether exactly these samples are stored; raises SampleError when others are."""
    stored = set(Cooperative.objects.filter(is_sample=True).values_list("public_id", flat=True))
    if not stored:
        return False
    if stored == set(sample_public_ids(number)):
        return True
    raise SampleError(
        f"There are {len(stored):,} other sample cooperatives already: run clear_sample first."
    )


def _batches(samples: Iterator[Sample]) -> Iterator[list[Sample]]:
    while batch := list(islice(samples, BATCH)):
        yield batch


def _refuse_when_needed(samples: QuerySet[Cooperative]) -> None:
    held = Cooperative.objects.filter(is_sample=False, successor__in=samples).by_name()
    if names := list(held.values_list("name", flat=True)[:5]):
        raise SampleError(
            f"Real cooperatives are merged into samples: {', '.join(names)}. "
            "Give them another successor first; nothing was removed."
        )


def _clear_history(samples: QuerySet[Cooperative]) -> int:
    real_affiliations = Affiliation.objects.exclude(cooperative__in=samples)
    removed: Sequence[tuple[int, dict[str, int]]] = [
        _events("CooperativeEvent").filter(pgh_obj__in=samples).delete(),
        _events("IdentifierEvent").filter(cooperative__in=samples).delete(),
        # An affiliation that was moved to a real cooperative keeps its whole history.
        _events("AffiliationEvent")
        .filter(cooperative__in=samples)
        .exclude(pgh_obj__in=real_affiliations)
        .delete(),
    ]
    return sum(number for number, _per_model in removed)


def _events(name: str) -> QuerySet[Model]:
    events: QuerySet[Model] = apps.get_model("cooperatives", name)._default_manager.all()
    return events
