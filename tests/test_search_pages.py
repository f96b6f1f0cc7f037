"""What a visitor finds by typing, why, and how a list is narrowed and ordered."""

import pytest
from django.http import QueryDict
from django.test import Client

from cecop.listing import Choice
from cooperatives.filters import CooperativeSearch
from cooperatives.models import Cooperative, Identifier
from members.models import Member
from tests import factories


@pytest.fixture
def shops(alpha: Member, beta: Member) -> None:
    """Cooperatives that are found in different ways."""
    forno = factories.cooperative(
        name="Forno Soc. Coop.", city="Bologna", workers=9, founded=1987, legal_form="SCS"
    )
    forno.affiliations.create(member=alpha, number="BO-00.17")
    factories.cooperative(alpha, name="Il Forno Nuovo", workers=12, founded=2001)
    screen = factories.cooperative(
        beta, name="S.T. Screen", country="ES", other_names=["Pantalla"], legal_form="S. Coop."
    )
    Identifier.objects.create(
        cooperative=screen, scheme="register", country="ES", value="F-12.345.678"
    )
    factories.cooperative(
        beta,
        name="Щъркел",
        country="BG",
        founded=1981,
        confirmed_at=factories.CONFIRMED,
        confirmed_by=factories.user(),
    )


def found(client: Client, query: str) -> list[tuple[str, str]]:
    """The names in the list, each with why it was found."""
    listing = client.get(f"/cooperatives/?{query}").context["listing"]
    return [(row.name, getattr(row, "found_note", "")) for row in listing.page.object_list]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=forno", [("Forno Soc. Coop.", ""), ("Il Forno Nuovo", "")]),
        ("q=cooperativa+forno", [("Forno Soc. Coop.", ""), ("Il Forno Nuovo", "")]),
        ("q=ST+Screen", [("S.T. Screen", "")]),
        ("q=pantalla", [("S.T. Screen", "also called Pantalla")]),
        ("q=bologna", [("Forno Soc. Coop.", "found by its place")]),
        ("q=bo+0017", [("Forno Soc. Coop.", "found by its number")]),
        ("q=F1234", [("S.T. Screen", "found by its number")]),
        ("q=shtarkel", [("Щъркел", "")]),
        ("q=щърк", [("Щъркел", "")]),
        ("q=scren", [("S.T. Screen", "similar spelling")]),
        ("q=ornerei", []),
        ("q=alfa+nuovo", [("Il Forno Nuovo", "found by the member that represents it")]),
    ],
)
def test_it_is_found_and_says_why(
    visitor: Client, shops: None, query: str, expected: list[tuple[str, str]]
) -> None:
    assert found(visitor, query) == expected


def test_the_reason_stands_on_the_page(visitor: Client, shops: None) -> None:
    assert b"also called Pantalla" in visitor.get("/cooperatives/?q=pantalla").content


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("form=SCS", ["Forno Soc. Coop."]),
        ("decade=1980", ["Forno Soc. Coop.", "Щъркел"]),
        ("confirmed=yes", ["Щъркел"]),
        ("sort=founded", ["Il Forno Nuovo", "Forno Soc. Coop.", "Щъркел", "S.T. Screen"]),
        ("sort=newest&country=IT", ["Il Forno Nuovo", "Forno Soc. Coop."]),
        ("sort=name&q=forno", ["Forno Soc. Coop.", "Il Forno Nuovo"]),
        ("sort=relevance", ["Forno Soc. Coop.", "Il Forno Nuovo", "S.T. Screen", "Щъркел"]),
    ],
)
def test_it_is_narrowed_and_ordered(
    visitor: Client, shops: None, query: str, expected: list[str]
) -> None:
    assert [name for name, _note in found(visitor, query)] == expected


def test_every_facet_counts_for_the_present_search(visitor: Client, shops: None) -> None:
    listing = visitor.get("/cooperatives/?decade=1980").context["listing"]

    counts = {
        facet.name: {choice.value: choice.count for choice in facet.choices}
        for facet in listing.facets
    }
    assert counts == {
        "country": {"IT": 1, "BG": 1},
        "type": {"worker": 2},
        "sector": {},
        "member": {"alpha": 1, "beta": 1},
        "size": {"1-9": 1},
        "form": {"SCS": 1},
        "decade": {"2000": 1, "1980": 2},
        "confirmed": {"yes": 1, "no": 1},
        "status": {"active": 2},
    }


def test_a_choice_that_fits_nothing_stays_to_be_taken_away(visitor: Client, shops: None) -> None:
    listing = visitor.get("/cooperatives/?country=MT&form=SCS").context["listing"]

    facets = {facet.name: facet.choices for facet in listing.facets}
    assert facets["country"] == [Choice("IT", "Italy", 1, False), Choice("MT", "Malta", 0, True)]
    assert [chip.label for chip in listing.chips] == ["Malta", "SCS"]


def test_orders_by_rank_are_offered_for_words_only(visitor: Client, shops: None) -> None:
    names = [
        [link.label for link in visitor.get(path).context["listing"].sorts]
        for path in ("/cooperatives/", "/cooperatives/?q=forno")
    ]

    assert names == [
        ["name", "workers", "founded", "newest"],
        ["relevance", "name", "workers", "founded", "newest"],
    ]


def test_acronyms_in_any_script_lead_to_members(visitor: Client, beta: Member) -> None:
    czech = factories.member(name="Svaz družstev", acronym="SČMVD", slug="svaz")
    czech.names.create(name="НС на ТПК", kind="acronym")  # noqa: RUF001 - Bulgarian
    notes = {}

    for words in ("scmvd", "S.C.M.V.D.", "ns na tpk"):
        rows = visitor.get("/members/", {"q": words}).context["listing"].page.object_list
        notes[words] = [(row.slug, row.found_note) for row in rows]

    assert list(notes.values()) == [[("svaz", "found by its acronym")]] * 3


def test_what_it_finds_can_be_asked_for_as_rows(shops: None) -> None:
    search = CooperativeSearch(QueryDict("q=forno"), Cooperative.objects.all(), "/")

    assert sorted(row.name for row in search.qs) == ["Forno Soc. Coop.", "Il Forno Nuovo"]


def test_the_number_of_a_draft_member_finds_nothing(visitor: Client, alpha: Member) -> None:
    draft = factories.member(status="draft", evidence="unconfirmed")
    shop = factories.cooperative(alpha)
    shop.affiliations.create(member=draft, number="SECRET-77123")

    assert [found(visitor, f"q={words}") for words in ("SECRET77123", "secret7")] == [[], []]


def test_a_form_that_is_gone_is_no_longer_known(visitor: Client, shops: None) -> None:
    Cooperative.objects.filter(legal_form="SCS").update(legal_form="")

    listing = visitor.get("/cooperatives/?form=SCS").context["listing"]

    assert (listing.total, listing.chips) == (4, [])
