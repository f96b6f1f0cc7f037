"""Hostile parameters on every public route: no answer of 500 or more, and nothing comes out raw."""

import pytest
from django.test import Client

from cooperatives.models import Cooperative
from members.models import Member
from tests import factories
from tests.test_access import MOVED, PUBLIC, ROUTES

HOSTILE = {
    "NUL": "a\0b",
    "lone surrogate": "a\ud800b",
    "huge number": "9" * 40,
    "100,000 characters": "x" * 100_000,
    "percent": "100%_\\'\"",
    "right to left": "a\u202eb\u200f",
    "script": "<script>alert(1)</script>",
    "template": "{{ 7 }}{% now 'Y' %}",
    "zero": "0",
    "negative": "-1",
    "far": "1000000000",
    "not ascii digits": "٣",
    "fraction": "1.5",
    "empty": "",
}
PARAMETERS = ["q", "country", "region", "type", "sector", "member", "size", "status", "role"]
PARAMETERS += ["kind", "page", "sort", "format", "unknown[]"]
PUBLIC_ROUTES = sorted(name for name, (_, table) in ROUTES.items() if table in (PUBLIC, MOVED))


@pytest.fixture
def shop(alpha: Member) -> Cooperative:
    return factories.cooperative(alpha, name="Shop", slug="shop")


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("route", PUBLIC_ROUTES)
def test_every_parameter_survives_hostile_values(
    visitor: Client, shop: Cooperative, route: str, value: str
) -> None:
    address = ROUTES[route][0].format(cooperative=shop.public_id)
    query = {name: [value, value] for name in PARAMETERS}

    response = visitor.get(address, query_params=encodable(query))

    assert response.status_code in (200, 301)
    assert b"<script>alert" not in response.content


def encodable(query: dict[str, list[str]]) -> dict[str, list[bytes]]:
    """As a client would send it that does not care for valid UTF-8."""
    return {
        name: [value.encode("utf-8", "surrogatepass") for value in values]
        for name, values in query.items()
    }


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize(
    "path", ["/members/{}/", "/cooperatives/{}/", "/cooperatives/{}/x/", "/countries/{}/", "/{}"]
)
def test_every_address_survives_hostile_parts(
    visitor: Client, alpha: Member, path: str, value: str
) -> None:
    response = visitor.generic("GET", path.format(quoted(value)))

    assert response.status_code < 500


def quoted(value: str) -> str:
    """Percent-encoded, the way an attacker's tool does it."""
    return "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass")[:2000])


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "9" * 40, "last", "1.5", "٣", ""])
@pytest.mark.parametrize("path", ["/members/", "/cooperatives/"])
def test_a_page_that_does_not_exist_answers_the_first(
    visitor: Client, shop: Cooperative, path: str, page: str
) -> None:
    response = visitor.get(path, {"page": page})

    assert response.status_code == 200
    assert response.context["listing"].page.number == 1


def test_unknown_values_are_left_out(visitor: Client, shop: Cooperative) -> None:
    response = visitor.get("/cooperatives/", {"country": ["XX", "IT"], "type": "none"})

    listing = response.context["listing"]
    assert (listing.chosen("country"), listing.chosen("type"), listing.total) == (["IT"], [], 1)


@pytest.mark.parametrize("kind", ["text/xml", "application/json", "multipart/form-data", "\x01"])
def test_a_wrong_content_type_is_no_fault_of_ours(visitor: Client, kind: str) -> None:
    response = visitor.post("/cooperatives/", b"{", content_type=kind)

    assert response.status_code == 405


def test_text_from_the_database_is_escaped(visitor: Client, alpha: Member) -> None:
    evil = "<script>alert(1)</script>"
    made = factories.cooperative(alpha, name=evil, description=evil, city=evil, legal_form=evil)

    pages = [visitor.get(path) for path in ["/cooperatives/", made.get_absolute_url()]]

    assert [page.content.count(evil.encode()) for page in pages] == [0, 0]
    assert all(b"&lt;script&gt;alert(1)" in page.content for page in pages)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/admin/", "/members/", "/nowhere/"])
def test_a_broken_cookie_is_no_cookie(db: None, path: str, method: str) -> None:
    client = Client(headers={"cookie": 'sessionid="abc\\000def"; csrftoken="\\001"'})

    response = client.generic(method, path)

    assert response.status_code < 500
