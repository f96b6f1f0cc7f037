"""What the form of a cooperative takes, cleans and refuses; it never asks the database."""

from decimal import Decimal
from typing import Any

import pytest

from cooperatives.forms import CooperativeForm
from cooperatives.models import Cooperative
from tests.problems import problems_of


def form(**fields: Any) -> CooperativeForm:
    """A checked form with a name, a country and the fields given."""
    checked = CooperativeForm(data={"name": "Forno", "country": "IT", **fields})
    checked.full_clean()
    return checked


@pytest.mark.parametrize(
    ("field", "given", "cleaned"),
    [
        ("name", "  Two\n lines\u00a0coop ", "Two lines coop"),
        ("name", "Unite\u0301", "Unité"),
        ("name", "Zero\u200bWidth\ufeff", "ZeroWidth"),
        ("other_names", "Forno A; Forno B\nForno A", ["Forno A", "Forno B"]),
        ("region", "ITC4", "ITC4"),
        ("types", ["social", "worker", "social"], ["worker", "social"]),
        ("workers", "1 234", 1234),
        ("workers", "0", 0),
        ("workers", "", None),
        ("founded", "1985", 1985),
        ("website", "www.example.org", "http://www.example.org"),
        ("website", "example.org/a", "http://example.org/a"),
        ("website", "HTTPS://Example.ORG/A", "https://example.org/A"),
        ("website", "https://münchen.example/?q=<b>", "https://münchen.example/?q=<b>"),
        ("description", "One.\r\n\r\nTwo  three.\n", "One.\n\nTwo three."),
        ("status", "", "active"),
        ("status", "closed", "closed"),
    ],
)
def test_it_cleans(field: str, given: Any, cleaned: Any) -> None:
    checked = form(**{field: given})

    assert checked.errors == {}
    assert checked.cleaned_data[field] == cleaned


@pytest.mark.parametrize(
    ("field", "given", "rule"),
    [
        ("name", "", "There is no name."),
        ("name", "x" * 251, "Ensure this value has at most 250 characters (it has 251)."),
        ("name", "a\x00b", "There is a control character here that no text holds."),
        ("name", "\ud800", "A letter was lost here (�)."),
        ("name", "Caf\ufffd", "A letter was lost here (�)."),
        ("description", "a\x07", "There is a control character here that no text holds."),
        ("other_names", "x" * 251, "Ensure this value has at most 250 characters (it has 251)."),
        ("country", "XX", "This is not a country."),
        ("region", "FR1", "This region is in another country."),
        ("region", "Lombardia", "This is not in the vocabulary."),
        ("types", ["guild"], "This is not in the vocabulary."),
        ("sector", "45", "This is not in the vocabulary."),
        ("status", "merged", "This is not in the vocabulary."),
        ("workers", "-3", "This is not a whole number."),
        ("workers", "20-49", "This is not a whole number."),
        ("workers", "1.234", "The point or comma may part thousands or decimals."),
        ("workers", "9" * 40, "Ensure this value is less than or equal to 2147483647."),
        ("founded", "0000", "Ensure this value is greater than or equal to 1800."),
        ("founded", "9999", "This year is still to come."),
        ("website", "update6", "A web address begins with http:// or https://."),
        ("website", "javascript:alert(1)", "A web address begins with http:// or https://."),
        ("website", "info@example.org", "This is an e-mail address, not a web address."),
        ("website", "http://a.org, http://b.org", "There is more than one address here."),
        ("website", "http://a b.org", "This is not a web address."),
        ("website", "https://[::1", "This is not a web address."),
        ("website", "https://user:pw@example.org", "A web address holds no user name or password."),
        ("email", "office", "Enter a valid email address."),
    ],
)
def test_it_refuses(field: str, given: Any, rule: str) -> None:
    assert form(**{field: given}).errors == {field: [rule]}


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        ("41.9028", "12,4964", (Decimal("41.902800"), Decimal("12.496400"))),
        ("5.314e1", "8.2", (Decimal("53.140000"), Decimal("8.200000"))),
        ("41.90280049999", "-0.1", (Decimal("41.902800"), Decimal("-0.100000"))),
        ("", "", (None, None)),
    ],
)
def test_it_takes_a_place(latitude: str, longitude: str, place: tuple[Any, Any]) -> None:
    checked = form(latitude=latitude, longitude=longitude)

    assert checked.errors == {}
    assert (checked.cleaned_data["latitude"], checked.cleaned_data["longitude"]) == place


@pytest.mark.parametrize(
    ("latitude", "longitude", "errors"),
    [
        ("41.9", "", {"longitude": ["Latitude and longitude go together."]}),
        ("", "12.5", {"latitude": ["Latitude and longitude go together."]}),
        ("0", "0", {"latitude": ["0, 0 is a point in the sea, not this place."]}),
        ("91", "0", {"latitude": ["This is not a place on the earth."]}),
        ("41.9", "NaN", {"longitude": ["This is not a place on the earth."]}),
        ("north", "12.5", {"latitude": ["These are not degrees."]}),
        ("1e999999999", "12.5", {"latitude": ["These are not degrees."]}),
    ],
)
def test_it_refuses_what_is_no_place(latitude: str, longitude: str, errors: dict[str, Any]) -> None:
    assert form(latitude=latitude, longitude=longitude).errors == errors


def test_what_it_takes_the_model_takes(db: None) -> None:
    checked = form(
        other_names="Forno B",
        legal_form="Società cooperativa",
        region="ITC4",
        city="Milano",
        postcode="20121",
        street="Via Roma 1",
        latitude="45.46",
        longitude="9.19",
        types=["worker"],
        sector="10",
        workers="12",
        worker_members="10",
        founded="1985",
        website="www.example.org",
        email="office@example.org",
        phone="+39 02 1",
        description="Bread.",
        status="closed",
    )

    made = Cooperative(slug="forno", **checked.cleaned_data)
    assert problems_of(made) == {}


def test_it_speaks_of_every_field_that_people_may_state() -> None:
    kept = {"id", "created_at", "updated_at", "public_id", "slug", "search", "sort_name"}
    kept |= {"successor", "is_sample", "confirmed_at", "confirmed_by", "internal_note"}

    stated = {field.name for field in Cooperative._meta.concrete_fields} - kept

    assert set(CooperativeForm.base_fields) == stated


def test_it_asks_the_database_nothing() -> None:
    # Without the fixture `db` a question would be an error.
    assert form(types=["worker"], region="ITC4").errors == {}
