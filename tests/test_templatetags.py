"""The tags and filters of the public templates."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from cecop.templatetags import directory


def rendered(text: str, **context: object) -> str:
    return Template("{% load directory %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", []),
        ("/members/", ["Members"]),
        ("/members/coceta/", ["Members"]),
        ("/cooperatives/", ["Cooperatives"]),
        ("/countries/it/", ["Countries"]),
        ("/elsewhere/", []),
    ],
)
def test_main_nav_marks_the_part_of_the_site_one_is_in(path: str, current: list[str]) -> None:
    request = RequestFactory().get(path)

    links = directory.main_nav({"request": request})

    assert [link.label for link in links if link.is_current] == current


def test_main_nav_keeps_the_language_of_the_page() -> None:
    request = RequestFactory().get("/fr/members/")

    with translation.override("fr"):
        links = directory.main_nav({"request": request})

    assert [link.url for link in links if link.is_current] == ["/fr/members/"]


def test_main_nav_needs_no_request() -> None:
    links = directory.main_nav({})

    assert [link.is_current for link in links] == [False] * 5


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.cecop.coop/works/x", "cecop.coop"),
        ("http://ucc2.socioeco.org", "ucc2.socioeco.org"),
        ("https://[broken", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_host_names_the_site_of_a_url(url: str | None, host: str) -> None:
    assert directory.host(url) == host


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.cecop.coop/members/coceta/", "cecop.coop/members/coceta"),
        ("https://vita.it/?p=208241", "vita.it"),
        ("https://x.org/caf%C3%A9", "x.org/café"),
        ("https://x.org/" + "a" * 100, "x.org/" + "a" * 49 + "…"),
        ("https://[broken", ""),
        (None, ""),
    ],
)
def test_address_shows_a_url_as_people_read_it(url: str | None, address: str) -> None:
    assert directory.address(url) == address


def test_supported_says_in_words_what_a_source_is_for() -> None:
    assert directory.supported("name, joined on,tax number") == "name, date of joining, tax number"


def test_supported_of_nothing_is_empty() -> None:
    assert directory.supported("") == ""


def test_lines_leaves_out_empty_lines() -> None:
    assert directory.lines("2015: a seat on the board\n\n  2021: left \n") == [
        "2015: a seat on the board",
        "2021: left",
    ]


def test_lines_of_nothing_are_none() -> None:
    assert directory.lines(None) == []


@pytest.mark.parametrize(("count", "step"), [(None, 0), (0, 0), (1, 1), (2, 2), (3, 3), (7, 3)])
def test_shade_has_four_steps(count: int | None, step: int) -> None:
    assert directory.shade(count) == step


@pytest.mark.parametrize(("country", "language"), [("IT", "it"), ("CZ", "cs"), ("BE", "")])
def test_name_language_is_given_only_where_there_is_one(country: str, language: str) -> None:
    assert directory.name_language(country) == language


@pytest.mark.parametrize("value", [None, ""])
def test_known_says_when_something_is_not_known(value: str | None) -> None:
    assert directory.known(value) == '<span class="unknown">not known</span>'


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (40000, "40,000"), ("Praha", "Praha"), ("<b>", "&lt;b&gt;")]
)
def test_known_shows_a_value_as_the_reader_writes_it(value: object, shown: str) -> None:
    assert directory.known(value) == shown


def test_a_year_has_no_separator() -> None:
    assert rendered("{{ year|plain|known }}", year=1979) == "1979"


def test_a_missing_year_is_not_known() -> None:
    assert rendered("{{ year|plain|known }}", year=None) == (
        '<span class="unknown">not known</span>'
    )


def test_day_puts_the_month_in_words() -> None:
    assert directory.day(date(2024, 5, 3)) == "3 May 2024"


def test_day_of_nothing_is_empty() -> None:
    assert directory.day(None) == ""
