"""What the database refuses about cooperatives, however the row gets there."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperatives.identifiers import identifier_problem
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member
from tests import factories
from tests.members.test_constraints import refusing

WRONG: dict[str, dict[str, Any]] = {
    "cooperative_public_id": {"public_id": "0123456789"},
    "cooperative_country": {"country": "I1"},
    "cooperative_website": {"website": "www.example.org"},
    "cooperative_types": {"types": ["housing"]},
    "cooperative_status": {"status": "gone"},
    "cooperative_founded": {"founded": 99},
    "cooperative_confirmed": {"confirmed_at": factories.CONFIRMED},
    "cooperative_place": {"latitude": "45.0"},
    "cooperative_place_on_earth": {"latitude": "91", "longitude": "0"},
    "cooperative_name_not_empty": {"name": ""},
    "cooperative_sector": {"sector": "45"},
    "cooperative_region_in_country": {"region": "ES30"},
    "cooperative_merged_has_successor": {"status": "merged"},
    "cooperatives_cooperative_workers_check": {"workers": -1},
}


@pytest.mark.parametrize("constraint", sorted(WRONG))
def test_the_database_refuses_a_cooperative(db: None, constraint: str) -> None:
    usual = {"name": "C", "slug": "c", "country": "IT"}

    assert refusing(Cooperative, **usual | WRONG[constraint]) == constraint


@pytest.mark.parametrize(("country", "region"), [("GR", "EL30"), ("GB", "TLK"), ("IT", "ITH5")])
def test_a_region_belongs_to_its_country(db: None, country: str, region: str) -> None:
    made = factories.cooperative(country=country, region=region)

    assert made.region == region


def test_only_a_merged_cooperative_has_a_successor(db: None) -> None:
    other = factories.cooperative()

    constraint = refusing(Cooperative, name="C", slug="c", country="IT", successor=other)

    assert constraint == "cooperative_merged_has_successor"


def test_a_cooperative_is_not_its_own_successor(db: None) -> None:
    shop = factories.cooperative()

    with pytest.raises(IntegrityError, match="cooperative_not_its_own_successor"):
        Cooperative.objects.filter(pk=shop.pk).update(status="merged", successor=shop)


def test_a_member_represents_a_cooperative_once_at_a_time(alpha: Member) -> None:
    shop = factories.cooperative(alpha)

    again = refusing(Affiliation, cooperative=shop, member=alpha)
    Affiliation.objects.update(until=date(2020, 1, 1))
    Affiliation.objects.create(cooperative=shop, member=alpha)

    assert again == "affiliation_open_once"


def test_a_number_of_a_member_is_given_once(alpha: Member, beta: Member) -> None:
    shop, other = factories.cooperative(), factories.cooperative()
    Affiliation.objects.create(cooperative=shop, member=alpha, number="7")
    Affiliation.objects.create(cooperative=shop, member=beta, number="7")

    again = refusing(Affiliation, cooperative=other, member=alpha, number="7")

    assert again == "affiliation_number_once"


def test_an_affiliation_ends_after_it_begins(alpha: Member) -> None:
    shop = factories.cooperative()

    constraint = refusing(
        Affiliation,
        cooperative=shop,
        member=alpha,
        since=date(2020, 1, 1),
        until=date(2019, 1, 1),
    )

    assert constraint == "affiliation_until_after_since"


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("identifier_scheme", {"scheme": "tax", "country": "IT", "value": "1"}),
        ("identifier_country", {"scheme": "vat", "country": "It", "value": "1"}),
        ("identifier_value_not_empty", {"scheme": "vat", "country": "IT", "value": ""}),
    ],
)
def test_the_database_refuses_an_identifier(
    db: None, constraint: str, fields: dict[str, Any]
) -> None:
    shop = factories.cooperative()

    assert refusing(Identifier, cooperative=shop, **fields) == constraint


def test_an_official_number_belongs_to_one_cooperative(db: None) -> None:
    fields = {"scheme": "register", "country": "GB", "value": "04711097"}
    Identifier.objects.create(cooperative=factories.cooperative(), **fields)

    constraint = refusing(Identifier, cooperative=factories.cooperative(), **fields)

    assert constraint == "identifier_once"


@pytest.mark.parametrize(
    ("scheme", "country", "value", "is_right"),
    [
        ("vat", "IT", "00743110157", True),
        ("vat", "IT", "00743110158", False),
        ("vat", "GR", "094259216", True),
        ("vat", "GR", "094259217", False),
        ("vat", "US", "1", True),
        ("lei", "GB", "213800KUD8LAJWSQ9D15", True),
        ("lei", "GB", "213800KUD8LXJWSQ9D15", False),
        ("coop", "FR", "example.coop", True),
        ("coop", "FR", "example.com", False),
        ("register", "GB", "anything", True),
    ],
)
def test_check_digits_are_verified_without_asking_anybody(
    scheme: str, country: str, value: str, is_right: bool
) -> None:
    assert (identifier_problem(scheme, country, value) is None) is is_right


def test_a_wrong_number_is_refused_with_words(db: None) -> None:
    number = Identifier(
        cooperative=factories.cooperative(), scheme="lei", country="GB", value="NOPE"
    )

    with pytest.raises(ValidationError) as refused:
        number.full_clean()

    assert refused.value.message_dict == {"value": ["The check digits of this LEI do not fit."]}


def test_nothing_is_half_written(alpha: Member) -> None:
    rows = [
        Cooperative(name="Kept?", slug="c", country="IT"),
        Cooperative(name="Wrong", slug="c", country="IT", region="ES30"),
    ]

    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperative.objects.bulk_create(rows, batch_size=1)

    assert Cooperative.objects.count() == 0
