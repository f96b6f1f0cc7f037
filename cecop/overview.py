"""The whole directory in numbers: what is listed, country by country and type by type."""

from dataclasses import dataclass

from django.utils.functional import Promise

from cecop.vocabulary import types
from cecop.vocabulary.countries import country_name
from cecop.vocabulary.types import CooperativeType
from cooperatives.models import Cooperative
from cooperatives.querysets import CooperativeQuerySet
from members.models import Headline, Member


@dataclass(frozen=True)
class Listed:
    """What the directory counts from its own rows."""

    members: int
    countries: int
    cooperatives: int
    workers: int


@dataclass(frozen=True)
class CountryRow:
    """A country with the number of its members and cooperatives."""

    code: str
    name: str
    members: int
    cooperatives: int


@dataclass(frozen=True)
class TypeRow:
    """A type of cooperative with what CECOP has published and what is listed."""

    code: str
    label: str | Promise
    description: str | Promise
    published: int | None
    listed: int


def listed() -> Listed:
    """Counts over published members and active cooperatives."""
    members = Member.objects.published().count_by("country")
    cooperatives = Cooperative.objects.active().listed()
    return Listed(
        members=sum(members.values()),
        countries=len(members),
        cooperatives=cooperatives["cooperatives"],
        workers=cooperatives["workers"],
    )


def countries() -> list[CountryRow]:
    """Every country with a published member or an active cooperative, by name."""
    members = Member.objects.published().count_by("country")
    cooperatives = Cooperative.objects.active().count_by("country")
    rows = [
        CountryRow(code, country_name(code), members.get(code, 0), cooperatives.get(code, 0))
        for code in members.keys() | cooperatives.keys()
    ]
    return sorted(rows, key=lambda row: row.name)


@dataclass(frozen=True)
class Country:
    """One country with what is listed there."""

    code: str
    name: str
    members: int
    cooperatives: int
    workers: int


def country(code: str) -> Country | None:
    """What is listed in a country; None when nothing is."""
    members = Member.objects.published().filter(country=code).count()
    numbers = Cooperative.objects.active().filter(country=code).listed()
    if not members and not numbers["cooperatives"]:
        return None
    return Country(code, country_name(code), members, numbers["cooperatives"], numbers["workers"])


def type_rows(
    headline: Headline | None, cooperatives: CooperativeQuerySet | None = None
) -> list[TypeRow]:
    """The three types: what the headline given published, and what is listed (of all active
    cooperatives, or of those given)."""
    rows = Cooperative.objects.active() if cooperatives is None else cooperatives
    numbers = rows.count_by_type()
    published = {
        CooperativeType.WORKER: headline.worker_enterprises if headline else None,
        CooperativeType.SOCIAL: headline.social_enterprises if headline else None,
        CooperativeType.SELF_EMPLOYED: headline.self_employed_enterprises if headline else None,
    }
    return [
        TypeRow(
            code.value,
            types.PLURALS[code],
            types.DESCRIPTIONS[code],
            published[code],
            numbers[code],
        )
        for code in CooperativeType
    ]
