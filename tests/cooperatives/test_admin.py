"""The administration of cooperatives: plain fields, rules said in words, nothing deleted."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from cecop.secretariat.forms import words_of
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member, User
from tests import factories
from tests.members.admin_forms import answers_of, form_of

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


@pytest.mark.parametrize("name", LISTS)
def test_it_shows_staff_the_list_and_the_forms(staff: Client, name: str) -> None:
    add_rows(1)
    address = f"/admin/cooperatives/{name}/"

    assert answers_of(staff, address) == [200, 200, 200, 200]


def test_a_new_cooperative_gets_its_address_from_its_name(staff: Client) -> None:
    data = form_of(staff, f"{LIST}add/")
    data |= {"name": "Forno Rosso", "country": "IT", "other_names": "Forno\r\n\r\nRosso\r\nForno"}

    response = staff.post(f"{LIST}add/", data)

    made = Cooperative.objects.get()
    assert response.status_code == 302
    assert (made.slug, made.other_names) == ("forno-rosso", ["Forno", "Rosso"])


@pytest.mark.parametrize(("name", "slug"), [("Труд", "trud"), ("协作", "cooperative")])
def test_a_name_in_another_script_gets_an_address_too(staff: Client, name: str, slug: str) -> None:
    staff.post(f"{LIST}add/", form_of(staff, f"{LIST}add/") | {"name": name, "country": "BG"})

    assert Cooperative.objects.get().slug == slug


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
        ({"latitude": "45"}, "One of the two is filled in and the other is not."),
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


def test_the_migration_of_the_group_can_be_taken_back_and_made_again(db: None) -> None:
    for target, there in [("0001_initial", False), ("0002_secretariat", True)]:
        MigrationExecutor(connection).migrate([("cooperatives", target)])

        assert Group.objects.filter(name="Secretariat").exists() is there


def test_when_two_people_save_at_once_the_second_reads_the_rule_that_stopped_it(
    alpha: Member,
) -> None:
    shop = factories.cooperative(alpha)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Affiliation.objects.create(cooperative=shop, member=alpha)

    words = "This member represents the cooperative already."
    assert words_of(caught.value, Affiliation) == words
    assert words_of(caught.value, Cooperative).startswith("Somebody else saved something")
