"""Suggestions while typing, and the description of the search that browsers read."""

import re
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from cecop.suggestions import Suggestion, suggest
from members.models import Member
from tests import factories
from tests.questions import asked_by

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_members_and_cooperatives_are_suggested_each_with_its_page(
    visitor: Client, alpha: Member
) -> None:
    shop = factories.cooperative(alpha, name="Alfa Pane", city="Bologna", is_sample=True)

    found = suggest("alfa")

    assert found.members == [Suggestion("Federazione Alfa", "en", "", "IT", "/members/alpha/")]
    assert found.cooperatives == [
        Suggestion("Alfa Pane", "it", "Bologna", "IT", shop.get_absolute_url(), is_sample=True)
    ]
    page = visitor.get("/suggestions/", {"q": "alfa"}).content.decode()
    assert re.findall(r'href="([^"]+)"', page) == ["/members/alpha/", shop.get_absolute_url()]
    assert "2 suggestions" in page
    assert "Sample" in page


def test_the_english_name_stands_beside_the_other(alpha: Member) -> None:
    Member.objects.filter(pk=alpha.pk).update(name_en="Alpha Federation", language="it")

    found = suggest("alpha federation")

    assert [(each.name, each.language, each.detail) for each in found.members] == [
        ("Federazione Alfa", "it", "Alpha Federation")
    ]


@pytest.mark.parametrize("number", [1, 3, 7])
def test_there_are_at_most_five_of_each_and_as_many_questions(
    visitor: Client, alpha: Member, number: int
) -> None:
    for _ in range(number):
        factories.member(name="Gamma federation")
        factories.cooperative(alpha, name="Gamma shop")

    found = suggest("gamma")

    assert (len(found.members), len(found.cooperatives)) == (min(number, 5), min(number, 5))
    # The rows of both, and what the index reads anew because the test has not committed it.
    assert asked_by(visitor, "/suggestions/?q=gamma") == 8


def test_drafts_former_members_and_closed_cooperatives_are_not_suggested(alpha: Member) -> None:
    factories.member(name="Gamma draft", status="draft")
    factories.member(name="Gamma former", status="former")
    factories.cooperative(alpha, name="Gamma closed", status="closed")

    assert suggest("gamma").total == 0


@pytest.mark.parametrize("text", ["", " ", "a", " a ", "?!", "a\0"])
def test_a_single_letter_suggests_nothing(visitor: Client, alpha: Member, text: str) -> None:
    response = visitor.get("/suggestions/", {"q": text})

    assert (response.status_code, response.content.strip()) == (200, b"")


def test_it_says_when_nothing_is_found(visitor: Client, alpha: Member) -> None:
    response = visitor.get("/suggestions/", {"q": "<nobody>"})

    assert "No suggestions for “&lt;nobody&gt;”" in response.content.decode()


def test_search_engines_leave_the_suggestions_alone(visitor: Client, alpha: Member) -> None:
    response = visitor.get("/suggestions/", {"q": "alfa"})

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert (list(response.cookies), "Cookie" in response.headers.get("Vary", "")) == ([], False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "start"), [("/opensearch.xml", ""), ("/fr/opensearch.xml", "fr/")]
)
def test_browsers_learn_how_to_search_here(visitor: Client, path: str, start: str) -> None:
    response = visitor.get(path)

    document = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    addresses = [each.attrib["template"] for each in document.iter(f"{OPENSEARCH}Url")]
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert addresses == [
        f"http://testserver/{start}cooperatives/?q={{searchTerms}}",
        f"http://testserver{path}",
    ]
    assert len(document.findtext(f"{OPENSEARCH}ShortName", "")) in range(1, 17)
    image = document.findtext(f"{OPENSEARCH}Image", "")
    assert image == "http://testserver/static/img/favicon.svg"


def test_every_page_names_the_description(visitor: Client, alpha: Member) -> None:
    pages = [visitor.get(path).content.decode() for path in ["/", "/about/", "/members/alpha/"]]

    assert all('<link rel="search" href="/opensearch.xml"' in page for page in pages)


@pytest.mark.parametrize("path", ["/", "/members/", "/cooperatives/"])
def test_without_scripts_the_search_box_is_a_plain_field(
    visitor: Client, alpha: Member, path: str
) -> None:
    page = visitor.get(path).content.decode()

    assert page.count('type="search"') == 1
    assert "combobox" not in page


def test_a_request_by_htmx_gets_the_same_page(visitor: Client, alpha: Member) -> None:
    plain = visitor.get("/members/?country=IT")
    asked = visitor.get("/members/?country=IT", headers={"HX-Request": "true"})

    assert asked.content == plain.content
    assert "HX" not in plain.headers.get("Vary", "")


def test_htmx_is_there_to_be_served() -> None:
    assert finders.find("django_htmx/htmx-4.min.js")
