"""The history that the secretariat reads: who changed what, when, through what, old and new."""

from typing import Any

import pghistory
import pytest
from django.test import Client

from members.models import Contact, Member, MemberName, User
from tests import factories
from tests.members.admin_forms import form_of
from tests.questions import number_asked


def history(client: Client, member: Member, page: int = 1) -> list[Any]:
    """The entries that the page shows."""
    response = client.get(f"/admin/members/member/{member.pk}/history/?p={page}")
    entries: list[Any] = response.context["entries"]
    return entries


def test_it_says_who_changed_what_through_the_administration(
    staff: Client, staff_user: User, alpha: Member
) -> None:
    address = f"/admin/members/member/{alpha.pk}/change/"
    data = form_of(staff, address)
    data |= {"city": "Rome", "types": ["social"], "kind": "full", "joined_on": "2021-06-08"}

    staff.post(address, data)

    newest = history(staff, alpha)[0]
    assert (newest.subject, newest.kind) == ("Member: Federazione Alfa", "update")
    assert (newest.by, newest.through) == (str(staff_user), "Administration")
    assert [(each.label, each.old, each.new) for each in newest.changes] == [
        ("City", "–", "Rome"),
        ("Kind", "Not known", "Full member"),
        ("Types represented", "Worker", "Social"),
        ("Joined CECOP on", "–", "8 June 2021"),
    ]


def test_the_page_shows_old_and_new_and_who(staff: Client, staff_user: User, alpha: Member) -> None:
    with pghistory.context(user=staff_user.pk, url="/admin/"):
        Member.objects.filter(pk=alpha.pk).update(name="Federazione Omega")

    page = staff.get(f"/admin/members/member/{alpha.pk}/history/").content.decode()

    assert '<td class="old">Federazione Alfa</td>' in page
    assert '<td class="new">Federazione Omega</td>' in page
    assert staff_user.email in page


def test_a_name_that_was_removed_stays_in_the_history_of_its_member(
    staff: Client, alpha: Member
) -> None:
    MemberName.objects.create(member=alpha, name="Lega Alfa", kind="former").delete()

    entries = history(staff, alpha)

    assert [(each.subject, each.kind) for each in entries] == [
        ("Member: Federazione Alfa", "insert"),
        ("Other name: Lega Alfa", "delete"),
        ("Other name: Lega Alfa", "insert"),
    ]
    assert [(each.label, each.old, each.new) for each in entries[1].changes] == [
        ("Member", "Federazione Alfa", "–"),
        ("Name", "Lega Alfa", "–"),
        ("Kind", "Former name", "–"),
    ]


def test_staff_remove_a_name_on_the_page_of_its_member(staff: Client, alpha: Member) -> None:
    MemberName.objects.create(member=alpha, name="Lega Alfa", kind="former")
    address = f"/admin/members/member/{alpha.pk}/change/"
    data = form_of(staff, address) | {"names-0-DELETE": "on"}

    response = staff.post(address, data)

    assert response.status_code == 302
    assert list(alpha.names.all()) == []
    assert [each.kind for each in history(staff, alpha)] == ["insert", "delete", "insert"]


def test_the_history_of_another_member_is_not_shown(
    staff: Client, alpha: Member, beta: Member
) -> None:
    Contact.objects.create(member=beta, name="Ana")

    entries = history(staff, alpha)

    assert [each.subject for each in entries] == ["Member: Federazione Alfa"]


@pytest.mark.parametrize(
    ("context", "through"),
    [
        ({"source": "load_members"}, "Loading of the members"),
        ({"source": "a new program"}, "a new program"),
        ({"url": "/portal/"}, "/portal/"),
        ({}, "Directly in the database"),
    ],
)
def test_it_says_through_what_a_change_came(
    staff: Client, alpha: Member, context: dict[str, str], through: str
) -> None:
    with pghistory.context(**context):
        Member.objects.filter(pk=alpha.pk).update(city="Rome")

    newest = history(staff, alpha)[0]

    assert (newest.by, newest.through) == ("", through)


def test_a_confirmation_names_the_person_and_the_time(
    staff: Client, staff_user: User, alpha: Member
) -> None:
    address = f"/admin/members/member/{alpha.pk}/change/"
    staff.post(address, form_of(staff, address) | {"_confirm": ""})

    changes = {each.label: each for each in history(staff, alpha)[0].changes}

    assert changes["Confirmed by"].new == str(staff_user)
    assert changes["Confirmed"].new != "–"


def test_a_long_history_has_pages_and_always_asks_the_same_number_of_questions(
    staff: Client, alpha: Member
) -> None:
    counts = []
    for until in (3, 40):
        for number in range(until):
            Member.objects.filter(pk=alpha.pk).update(city=f"Town {until}-{number}")
        counts.append(number_asked(lambda: history(staff, alpha)))
    first = history(staff, alpha)

    assert counts[0] == counts[1]
    assert (len(first), len(history(staff, alpha, page=2))) == (30, 14)


@pytest.mark.parametrize("page", ["x", "0", "-1", "1000000000", "%00"])
def test_a_page_that_there_is_not_is_no_error(staff: Client, alpha: Member, page: str) -> None:
    response = staff.get(f"/admin/members/member/{alpha.pk}/history/?p={page}")

    assert response.status_code == 200


def test_the_history_of_a_member_that_is_not_there_leads_home(staff: Client) -> None:
    response = staff.get("/admin/members/member/1000000/history/")

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_staff_without_the_right_to_see_members_do_not_see_their_history(alpha: Member) -> None:
    client = factories.signed_in(factories.user(is_staff=True))

    response = client.get(f"/admin/members/member/{alpha.pk}/history/")

    assert response.status_code == 403
