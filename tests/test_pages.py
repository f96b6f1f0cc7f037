"""The public pages as a visitor meets them."""

import pytest
from django.test import Client

from cooperatives.models import Affiliation, Cooperative
from members.models import DeclaredFigures, Headline, Member
from tests import factories
from tests.questions import asked_by

LISTS = ["/", "/members/", "/cooperatives/", "/countries/", "/countries/it/", "/members/alpha/"]
LISTS += ["/about/", "/history/"]


def fill(alpha: Member, numbers: range) -> None:
    """One row of everything that a page lists, for each number."""
    for number in numbers:
        other = factories.member(confirmed_at=factories.CONFIRMED, confirmed_by=factories.user())
        DeclaredFigures.objects.create(member=other, year=2020 + number, enterprises=number)
        DeclaredFigures.objects.create(member=alpha, year=2020 + number, enterprises=number)
        factories.cooperative(alpha, other, region="ITH5", sector="81", workers=10 + number)


@pytest.mark.parametrize("path", LISTS)
def test_it_asks_as_often_for_three_rows_as_for_one(
    visitor: Client, alpha: Member, path: str
) -> None:
    fill(alpha, range(1))
    one = asked_by(visitor, path)
    fill(alpha, range(1, 3))

    three = asked_by(visitor, path)

    assert three == one
    assert three <= 18


@pytest.mark.parametrize("path", [*LISTS, "/nowhere/", "/fr/", "/it/members/"])
def test_a_visitor_gets_no_cookie_and_nothing_varies_by_cookie(
    visitor: Client, alpha: Member, path: str
) -> None:
    response = visitor.get(path)

    assert (list(response.cookies), "Cookie" in response.headers.get("Vary", "")) == ([], False)


def test_members_are_found_by_country(visitor: Client, alpha: Member, beta: Member) -> None:
    listing = visitor.get("/members/?country=ES").context["listing"]

    assert [member.name for member in listing.page] == ["Federación Beta"]


def test_a_facet_does_not_hide_its_other_values(
    visitor: Client, alpha: Member, beta: Member
) -> None:
    listing = visitor.get("/members/?country=ES").context["listing"]

    country = next(facet for facet in listing.facets if facet.name == "country")
    assert [(c.value, c.count, c.is_chosen) for c in country.choices] == [
        ("IT", 1, False),
        ("ES", 1, True),
    ]


@pytest.mark.parametrize("text", ["beta", "FEDERACION", "federación  beta", "old name", "Sevilla"])
def test_members_are_found_whatever_the_accents_and_capitals(
    visitor: Client, alpha: Member, beta: Member, text: str
) -> None:
    beta.names.create(name="Öld-Name", kind="former")
    Member.objects.filter(pk=beta.pk).update(city="Sevilla")

    listing = visitor.get("/members/", {"q": text}).context["listing"]

    assert [member.slug for member in listing.page] == ["beta"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["Ábaco", "Čapek", "Delta"]),
        ("name", ["Ábaco", "Čapek", "Delta"]),
        ("country", ["Čapek", "Ábaco", "Delta"]),
        ("enterprises", ["Delta", "Ábaco", "Čapek"]),
        ("nonsense", ["Ábaco", "Čapek", "Delta"]),
    ],
)
def test_members_are_sorted(visitor: Client, db: None, sort: str, expected: list[str]) -> None:
    for name, country, enterprises in [
        ("Delta", "IT", 9),
        ("Čapek", "CZ", None),
        ("Ábaco", "ES", 5),
    ]:
        made = factories.member(name=name, country=country)
        DeclaredFigures.objects.create(member=made, year=2021, enterprises=enterprises)

    listing = visitor.get("/members/", {"sort": sort}).context["listing"]

    assert [member.name for member in listing.page] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=IT", ["Forno", "Panetteria"]),
        ("country=IT&country=ES", ["Forno", "Horno", "Panetteria"]),
        ("region=ITH5", ["Forno"]),
        ("type=social", ["Forno", "Horno"]),
        ("type=social&type=worker", ["Forno", "Horno", "Panetteria"]),
        ("sector=10", ["Forno"]),
        ("member=beta", ["Horno"]),
        ("member=alpha&member=beta", ["Forno", "Horno", "Panetteria"]),
        ("size=1-9", ["Forno"]),
        ("size=10-49&size=250", ["Horno", "Panetteria"]),
        ("status=closed", ["Chiusa"]),
        ("q=fornò", ["Forno"]),
        ("q=bologna+forno", ["Forno"]),
        ("q=forno+madrid", []),
        ("country=IT&type=social&q=fo", ["Forno"]),
        ("sort=workers", ["Panetteria", "Horno", "Forno"]),
    ],
)
def test_cooperatives_are_found_by(
    visitor: Client, alpha: Member, beta: Member, query: str, expected: list[str]
) -> None:
    factories.cooperative(
        alpha,
        name="Forno",
        region="ITH5",
        city="Bologna",
        types=["worker", "social"],
        sector="10",
        workers=9,
    )
    factories.cooperative(alpha, name="Panetteria", workers=250)
    factories.cooperative(beta, name="Horno", country="ES", types=["social"], workers=10)
    factories.cooperative(alpha, name="Chiusa", status="closed")

    listing = visitor.get(f"/cooperatives/?{query}").context["listing"]

    assert [cooperative.name for cooperative in listing.page] == expected
    assert listing.total == len(expected)


def test_types_overlap_and_totals_count_each_cooperative_once(
    visitor: Client, alpha: Member, beta: Member
) -> None:
    factories.cooperative(alpha, beta, types=["worker", "social"], workers=12)
    factories.cooperative(alpha, types=["worker"], workers=12)

    listing = visitor.get("/cooperatives/").context["listing"]

    types = next(facet for facet in listing.facets if facet.name == "type")
    assert {c.value: c.count for c in types.choices} == {"worker": 2, "social": 1}
    assert (listing.total, listing.workers) == (2, 24)
    both = visitor.get("/cooperatives/?member=alpha&member=beta").context["listing"]
    assert (both.total, both.workers) == (2, 24)


def test_the_chips_take_one_choice_away(visitor: Client, alpha: Member) -> None:
    factories.cooperative(alpha)

    listing = visitor.get("/cooperatives/?country=IT&type=worker&page=1").context["listing"]

    assert [(chip.label, chip.url) for chip in listing.chips] == [
        ("Italy", "/cooperatives/?type=worker"),
        ("Worker", "/cooperatives/?country=IT"),
    ]


def test_pages_are_real_links(visitor: Client, alpha: Member) -> None:
    for number in range(26):
        factories.cooperative(alpha, name=f"Coop {number:02}")

    response = visitor.get("/cooperatives/?country=IT&page=2")

    listing = response.context["listing"]
    assert [c.name for c in listing.page] == ["Coop 25"]
    assert listing.previous_url == "/cooperatives/?country=IT"
    assert b'href="/cooperatives/?country=IT"' in response.content


def test_a_profile_has_one_address(visitor: Client, alpha: Member) -> None:
    shop = factories.cooperative(alpha, name="Shop", slug="shop")

    answers = [
        visitor.get(f"/cooperatives/{shop.public_id}/{rest}") for rest in ["", "old-name/", "shop/"]
    ]

    assert [(a.status_code, a.headers.get("Location")) for a in answers] == [
        (301, shop.get_absolute_url()),
        (301, shop.get_absolute_url()),
        (200, None),
    ]


def test_an_identifier_with_a_wrong_digit_is_unknown(visitor: Client, alpha: Member) -> None:
    shop = factories.cooperative(alpha)
    wrong = ("1" if shop.public_id[0] == "0" else "0") + shop.public_id[1:]

    assert visitor.get(f"/cooperatives/{wrong}/x/").status_code == 404


def test_declared_and_listed_stand_side_by_side(visitor: Client, alpha: Member) -> None:
    DeclaredFigures.objects.create(
        member=alpha, year=2021, enterprises=6087, source_url="https://alpha.example/"
    )
    factories.cooperative(alpha, workers=7)

    response = visitor.get("/members/alpha/")

    assert response.context["listed"] == {"cooperatives": 1, "workers": 7, "with_workers": 1}
    assert b"6,087" in response.content


def test_an_ended_affiliation_no_longer_counts(visitor: Client, alpha: Member) -> None:
    shop = factories.cooperative(alpha)
    Affiliation.objects.filter(cooperative=shop).update(until="2025-12-31")

    listed = visitor.get("/members/alpha/").context["listed"]

    assert listed["cooperatives"] == 0


def test_the_home_page_shows_the_headline_with_its_date_and_source(
    visitor: Client, alpha: Member
) -> None:
    Headline.objects.create(
        label="2019–2021",
        starts_on="2019-06-01",
        members=25,
        countries=15,
        enterprises=40_000,
        workers=1_300_000,
        source_url="https://www.cecop.coop/",
        is_current=True,
    )

    page = visitor.get("/").content.decode()

    assert [word in page for word in ["2019–2021", "40,000", "https://www.cecop.coop/"]] == [
        True
    ] * 3


def test_the_sample_banner_stands_only_while_samples_exist(visitor: Client, alpha: Member) -> None:
    before = visitor.get("/").context["site"].has_samples
    sample = factories.cooperative(alpha, is_sample=True)

    after = visitor.get("/")
    profile = visitor.get(sample.get_absolute_url())

    assert (before, after.context["site"].has_samples) == (False, True)
    assert b'<meta name="robots" content="noindex' in profile.content


def test_the_country_in_capitals_leads_to_its_page(visitor: Client, alpha: Member) -> None:
    response = visitor.get("/countries/IT/")

    assert (response.status_code, response.headers["Location"]) == (301, "/countries/it/")


@pytest.mark.parametrize("path", ["/countries/de/", "/countries/zz/", "/countries/italy/"])
def test_a_country_without_anything_is_unknown(visitor: Client, alpha: Member, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_other_languages_have_a_prefix_and_their_own_numbers(
    visitor: Client, alpha: Member
) -> None:
    factories.cooperative(alpha, workers=12_345)

    pages = [visitor.get(path).content.decode() for path in ["/cooperatives/", "/fr/cooperatives/"]]

    assert [("12,345" in page, "12\xa0345" in page) for page in pages] == [
        (True, False),
        (False, True),
    ]
    assert ["Italie" in page for page in pages] == [False, True]


def test_a_merged_cooperative_points_to_its_successor(visitor: Client, alpha: Member) -> None:
    new = factories.cooperative(alpha, name="New shop")
    old = factories.cooperative(alpha, name="Old shop", status="merged", successor=new)

    page = visitor.get(old.get_absolute_url()).content.decode()

    assert new.get_absolute_url() in page


def test_the_number_of_cooperatives_on_a_page_is_bounded(visitor: Client, alpha: Member) -> None:
    for _number in range(30):
        factories.cooperative(alpha)

    assert len(visitor.get("/cooperatives/").context["listing"].page) == 25
    assert Cooperative.objects.count() == 30
