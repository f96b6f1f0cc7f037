"""The administration of cooperatives: quick lists, plain fields, rules said in words, nothing deleted."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member, User
from tests import factories
from tests.members.test_admin import form_of

LISTS = ["cooperative", "affiliation", "identifier"]
LIST = "/admin/cooperatives/cooperative/"


def add_rows(number: int) -> Cooperative:
    """A cooperative with two members and an identifier, as many times as asked for."""
    for each in range(number):
        made = factories.cooperative(factories.member(), factories.member())
        Identifier.objects.create(
            cooperative=made, scheme="register", country="IT", value=f"{made.pk}-{each}"
        )
    return made


def shown(client: Client, query: str) -> list[str]:
    """The names in the list."""
    response = client.get(f"{LIST}?{query}")
    return [each.name for each in response.context["cl"].result_list]


@pytest.mark.parametrize("name", LISTS)
def test_it_shows_staff_the_list_and_the_forms(staff: Client, name: str) -> None:
    add_rows(1)
    address = f"/admin/cooperatives/{name}/"
    key = staff.get(address).context["cl"].queryset.first().pk

    answers = [
        staff.get(path).status_code
        for path in (address, f"{address}add/", f"{address}{key}/change/", f"{address}{key}/history/")
    ]

    assert answers == [200, 200, 200, 200]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(staff: Client, name: str) -> None:
    counts = []
    for more in (1, 2):
        add_rows(more)
        with CaptureQueriesContext(connection) as asked:
            staff.get(f"/admin/cooperatives/{name}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 10


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=cafe+roma", ["Caffè Nuovo"]),
        ("q=!!", ["Caffè Nuovo", "Old Mill", "Sample"]),
        ("country=GB", ["Old Mill"]),
        ("type=social", ["Caffè Nuovo"]),
        ("sector=I", ["Caffè Nuovo"]),
        ("sector=nothing", ["Caffè Nuovo", "Old Mill", "Sample"]),
        ("status__exact=closed", ["Old Mill"]),
        ("member=none", ["Old Mill", "Sample"]),
        ("member=nothing", ["Caffè Nuovo", "Old Mill", "Sample"]),
        ("is_sample__exact=1", ["Sample"]),
        ("p=1000000000", []),
    ],
)
def test_the_list_can_be_narrowed(
    staff: Client, alpha: Member, query: str, found: list[str]
) -> None:
    factories.cooperative(
        alpha, name="Caffè Nuovo", city="Roma", types=["social", "worker"], sector="56"
    )
    factories.cooperative(name="Old Mill", country="GB", status="closed")
    factories.cooperative(name="Sample", is_sample=True)

    if query.startswith("p="):
        assert staff.get(f"{LIST}?{query}").status_code == 302
    else:
        assert shown(staff, query) == found


def test_the_list_can_be_narrowed_to_the_cooperatives_of_a_member(
    staff: Client, alpha: Member, beta: Member
) -> None:
    both = factories.cooperative(alpha, beta, name="Both")
    factories.cooperative(beta, name="Beta's")
    former = factories.cooperative(alpha, name="Former")
    Affiliation.objects.filter(cooperative=former).update(until="2020-01-01")

    found = shown(staff, f"member={alpha.pk}")

    assert found == [both.name]


def test_the_list_of_members_counts_the_cooperatives_they_represent_today(
    staff: Client, alpha: Member
) -> None:
    factories.cooperative(alpha)
    factories.cooperative(alpha, status="closed")
    left = factories.cooperative(alpha)
    Affiliation.objects.filter(cooperative=left).update(until="2020-01-01")

    response = staff.get("/admin/members/member/")

    assert [each.listed for each in response.context["cl"].result_list] == [1]


def test_members_can_be_sorted_by_their_cooperatives(
    staff: Client, alpha: Member, beta: Member
) -> None:
    factories.cooperative(beta)
    column = 8

    response = staff.get(f"/admin/members/member/?o=-{column}")

    assert [each.slug for each in response.context["cl"].result_list] == ["beta", "alpha"]


@pytest.mark.parametrize(
    ("name", "query"), [("affiliation", "q=mill"), ("identifier", "q=mill"), ("identifier", "q=R-1")]
)
def test_rows_of_a_cooperative_are_found_by_its_name_and_by_their_number(
    staff: Client, alpha: Member, name: str, query: str
) -> None:
    for each, title in enumerate(["Old Mill", "New Bakery"], 1):
        made = factories.cooperative(alpha, name=title)
        Identifier.objects.create(
            cooperative=made, scheme="register", country="IT", value=f"R-{each}"
        )

    response = staff.get(f"/admin/cooperatives/{name}/?{query}")

    rows = response.context["cl"].result_list
    assert [each.cooperative.name for each in rows] == ["Old Mill"]


@pytest.mark.parametrize("query", ["q=%00", "country=%00", "status__exact=%00", "member=%00"])
def test_a_character_that_cannot_be_kept_is_no_error(staff: Client, query: str) -> None:
    response = staff.get(f"{LIST}?{query}")

    assert response.status_code == 302


@pytest.mark.parametrize("term", ["mill", "mi%00ll", ""])
def test_typing_a_name_finds_the_cooperative_to_choose(staff: Client, term: str) -> None:
    mill = factories.cooperative(name="Old Mill")

    response = staff.get(
        f"/admin/autocomplete/?term={term}"
        "&app_label=cooperatives&model_name=affiliation&field_name=cooperative"
    )

    assert response.json()["results"] == [{"id": str(mill.pk), "text": "Old Mill"}]


def test_a_new_cooperative_gets_its_address_from_its_name(staff: Client) -> None:
    data = form_of(staff, f"{LIST}add/")
    data |= {"name": "Forno Rosso", "country": "IT", "other_names": "Forno\r\n\r\nRosso\r\nForno"}

    response = staff.post(f"{LIST}add/", data)

    made = Cooperative.objects.get()
    assert response.status_code == 302
    assert (made.slug, made.other_names) == ("forno-rosso", ["Forno", "Rosso"])


def test_a_name_that_latin_letters_cannot_write_gets_an_address_too(staff: Client) -> None:
    staff.post(f"{LIST}add/", form_of(staff, f"{LIST}add/") | {"name": "Труд", "country": "BG"})

    assert Cooperative.objects.get().slug == "cooperative"


def test_a_changed_name_keeps_the_address(staff: Client) -> None:
    shop = factories.cooperative(slug="shop")
    address = f"{LIST}{shop.pk}/change/"

    staff.post(address, form_of(staff, address) | {"name": "Another"})

    shop.refresh_from_db()
    assert (shop.name, shop.slug) == ("Another", "shop")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"other_names": "x" * 251}, "Line 1 is longer than 250 characters."),
        ({"country": "IT", "region": "FR10"}, "This region is in another country."),
        ({"status": "merged"}, "A merged cooperative names the one it went into"),
        ({"latitude": "45"}, "both or neither"),
        ({"latitude": "95", "longitude": "9"}, "This place is not on Earth."),
        ({"founded": "1500"}, "A year between 1800 and 2100."),
        ({"website": "ftp://x.example/"}, "Enter a valid URL."),
    ],
)
def test_what_breaks_a_rule_is_refused_in_words(
    staff: Client, wrong: dict[str, str], words: str
) -> None:
    shop = factories.cooperative(name="Shop")
    address = f"{LIST}{shop.pk}/change/"

    response = staff.post(address, form_of(staff, address) | {"city": "Turin"} | wrong)

    page = response.content.decode()
    shop.refresh_from_db()
    assert (response.status_code, shop.city) == (200, "")
    assert words in page
    assert "Constraint “" not in page
    assert 'value="Turin"' in page


def affiliations(*members: Member) -> dict[str, Any]:
    """The part of the form that adds an affiliation to each member."""
    data: dict[str, Any] = {"affiliations-TOTAL_FORMS": len(members)}
    for number, member in enumerate(members):
        data[f"affiliations-{number}-member"] = member.pk
        data[f"affiliations-{number}-number"] = f"new-{number}"
    return data


def test_two_affiliations_to_one_member_on_one_page_are_refused_in_words(
    staff: Client, alpha: Member
) -> None:
    shop = factories.cooperative()
    address = f"{LIST}{shop.pk}/change/"

    response = staff.post(address, form_of(staff, address) | affiliations(alpha, alpha))

    assert "This member represents the cooperative already." in response.content.decode()
    assert Affiliation.objects.count() == 0


def test_affiliations_to_two_members_are_added(staff: Client, alpha: Member, beta: Member) -> None:
    shop = factories.cooperative()
    address = f"{LIST}{shop.pk}/change/"

    staff.post(address, form_of(staff, address) | affiliations(alpha, beta))

    assert list(shop.affiliations.order_by("pk").values_list("member", flat=True)) == [
        alpha.pk,
        beta.pk,
    ]


def test_the_history_shows_the_affiliations_and_names_instead_of_keys(
    staff: Client, staff_user: User, alpha: Member
) -> None:
    shop = factories.cooperative(name="Shop")
    address = f"{LIST}{shop.pk}/change/"
    staff.post(address, form_of(staff, address) | affiliations(alpha))

    response = staff.get(f"{LIST}{shop.pk}/history/")

    entry = next(each for each in response.context["entries"] if "Affiliation" in each.subject)
    assert (entry.kind, entry.by) == ("insert", str(staff_user))
    assert [(each.label, each.new) for each in entry.changes] == [
        ("Cooperative", "Shop"),
        ("Member", "Federazione Alfa"),
        ("Number", "new-0"),
    ]


@pytest.mark.parametrize("name", ["cooperative", "affiliation"])
@pytest.mark.parametrize("person", ["staff", "superuser"])
def test_nobody_can_delete(request: pytest.FixtureRequest, person: str, name: str) -> None:
    client: Client = request.getfixturevalue(person)
    add_rows(1)
    address = f"/admin/cooperatives/{name}/"
    key = client.get(address).context["cl"].queryset.first().pk

    response = client.post(f"{address}{key}/delete/", {"post": "yes"})

    assert (response.status_code, Cooperative.objects.count()) == (403, 1)


def test_staff_can_remove_a_wrong_identifier(staff: Client) -> None:
    add_rows(1)
    identifier = Identifier.objects.get()

    page = staff.get(f"/admin/cooperatives/identifier/{identifier.pk}/delete/")
    staff.post(f"/admin/cooperatives/identifier/{identifier.pk}/delete/", {"post": "yes"})

    assert page.status_code == 200
    assert Identifier.objects.count() == 0


def test_several_cooperatives_are_confirmed_at_once(staff: Client, staff_user: User) -> None:
    made = [factories.cooperative().pk for _ in range(3)]

    staff.post(LIST, {"action": "confirm_chosen", "_selected_action": made[:2]})

    confirmed = Cooperative.objects.filter(confirmed_by=staff_user).order_by("pk")
    assert [each.pk for each in confirmed] == made[:2]


@pytest.mark.django_db(transaction=True)
def test_the_migration_of_the_group_can_be_taken_back_and_made_again() -> None:
    for target, there in [("0001_initial", False), ("0002_secretariat", True)]:
        MigrationExecutor(connection).migrate([("cooperatives", target)])

        assert Group.objects.filter(name="Secretariat").exists() is there
