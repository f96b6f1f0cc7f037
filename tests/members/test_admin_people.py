"""The administration of people: e-mail logins, passwords, and rights that only superusers give."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from members.models import SECRETARIAT, Member, Representative, User
from tests import factories
from tests.members.admin_forms import form_of

PASSWORD = "forty-two blue buses"


def address_of(person: User) -> str:
    return f"/admin/members/user/{person.pk}/change/"


def new_person(email: str) -> dict[str, str]:
    """The form of a new person, filled in."""
    return {"email": email, "language": "en", "password1": PASSWORD, "password2": PASSWORD}


def test_staff_add_a_person_who_can_sign_in(staff: Client) -> None:
    response = staff.post("/admin/members/user/add/", new_person("ana@federation.example"))

    person = User.objects.get(email="ana@federation.example")
    assert response.status_code == 302
    assert person.check_password(PASSWORD)
    assert (person.is_staff, person.is_superuser) == (False, False)


def test_staff_add_a_colleague_who_may_do_the_same_and_no_more(staff: Client) -> None:
    more = {"is_staff": "on", "is_superuser": "on", "groups": "1"}

    staff.post("/admin/members/user/add/", new_person("bea@cecop.example") | more)

    colleague = User.objects.get(email="bea@cecop.example")
    groups = list(colleague.groups.values_list("name", flat=True))
    assert (colleague.is_staff, colleague.is_superuser, groups) == (True, False, [SECRETARIAT])
    assert factories.signed_in(colleague).get("/admin/").status_code == 200


def test_an_address_counts_once_whatever_its_capitals(staff: Client) -> None:
    factories.user(email="ana@federation.example")

    response = staff.post("/admin/members/user/add/", new_person("ANA@federation.example"))

    assert "Another person has this e-mail address." in response.content.decode()


def test_a_weak_password_is_refused(staff: Client) -> None:
    data = new_person("ana@federation.example") | {"password1": "short", "password2": "short"}

    response = staff.post("/admin/members/user/add/", data)

    assert response.status_code == 200
    assert not User.objects.filter(email="ana@federation.example").exists()


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "groups", "user_permissions"])
def test_staff_do_not_see_rights(staff: Client, field: str) -> None:
    person = factories.user()

    page = staff.get(address_of(person)).content.decode()

    assert f'name="{field}"' not in page


def test_staff_cannot_give_rights_by_sending_more_than_the_form_has(staff: Client) -> None:
    person = factories.user()
    group = Group.objects.create(name="Everything")
    more = {"is_staff": "on", "is_superuser": "on", "groups": [group.pk]}

    staff.post(address_of(person), form_of(staff, address_of(person)) | more)

    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser, person.groups.count()) == (False, False, 0)


def test_a_superuser_gives_rights(superuser: Client) -> None:
    person = factories.user()
    group = Group.objects.get(name="Secretariat")
    more = {"is_staff": "on", "groups": [group.pk]}

    superuser.post(address_of(person), form_of(superuser, address_of(person)) | more)

    person.refresh_from_db()
    assert (person.is_staff, list(person.groups.all())) == (True, [group])


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"is_superuser": True, "is_staff": True}])
def test_staff_cannot_edit_people_with_rights(staff: Client, rights: dict[str, bool]) -> None:
    person = factories.user(email="other@cecop.example", **rights)

    answers = [
        staff.post(address_of(person), {"email": "mine@cecop.example", "language": "en"}),
        staff.post(
            f"/admin/members/user/{person.pk}/password/",
            {"password1": PASSWORD, "password2": PASSWORD, "set-password": "1"},
        ),
    ]

    person.refresh_from_db()
    assert [each.status_code for each in answers] == [403, 403]
    assert (person.email, person.has_usable_password()) == ("other@cecop.example", False)


def test_staff_cannot_edit_themselves_into_more(staff: Client, staff_user: User) -> None:
    more = {"email": staff_user.email, "language": "en", "is_superuser": "on"}

    response = staff.post(address_of(staff_user), more)

    staff_user.refresh_from_db()
    assert (response.status_code, staff_user.is_superuser) == (403, False)


def test_staff_set_a_new_password_for_a_person_of_a_member(staff: Client) -> None:
    person = factories.user()
    data = {"password1": PASSWORD, "password2": PASSWORD, "set-password": "1"}

    page = staff.get(f"/admin/members/user/{person.pk}/password/")
    response = staff.post(f"/admin/members/user/{person.pk}/password/", data)

    person.refresh_from_db()
    assert (page.status_code, response.status_code) == (200, 302)
    assert person.check_password(PASSWORD)


def test_passwords_that_differ_are_refused_in_words(staff: Client) -> None:
    person = factories.user()
    data = {"password1": PASSWORD, "password2": "another one", "set-password": "1"}

    response = staff.post(f"/admin/members/user/{person.pk}/password/", data)

    page = response.content.decode()
    assert "<title>Error: " in page
    assert "The two password fields didn’t match." in page


@pytest.mark.parametrize("viewer", ["staff", "superuser"])
def test_how_a_password_is_stored_is_never_shown(
    request: pytest.FixtureRequest, viewer: str
) -> None:
    client: Client = request.getfixturevalue(viewer)
    person = factories.user(password=PASSWORD)
    salt = person.password.split("$")[1]

    pages = [
        client.get(path).content.decode()
        for path in (address_of(person), "/admin/members/user/", "/admin/members/user/add/")
    ]

    assert [page.count(salt) for page in pages] == [0, 0, 0]
    assert [page.count("md5") for page in pages] == [0, 0, 0]


@pytest.mark.parametrize("page", ["", "add/", "1/change/", "1/history/"])
def test_groups_are_for_superusers(staff: Client, superuser: Client, page: str) -> None:
    Group.objects.filter(name="Secretariat").update(id=1)

    answers = [each.get(f"/admin/auth/group/{page}").status_code for each in (staff, superuser)]

    assert answers == [403, 200]


def test_a_person_is_given_a_member_to_act_for(staff: Client, alpha: Member) -> None:
    person = factories.user()
    more = {
        "representatives-TOTAL_FORMS": 1,
        "representatives-0-user": person.pk,
        "representatives-0-member": alpha.pk,
        "representatives-0-role": "editor",
    }

    response = staff.post(address_of(person), form_of(staff, address_of(person)) | more)

    assert response.status_code == 302
    assert list(person.representatives.values_list("member", "role")) == [(alpha.pk, "editor")]


def test_acting_for_a_member_twice_is_refused_in_words(staff: Client, alpha: Member) -> None:
    person = factories.representative(alpha)
    data = {"user": person.pk, "member": alpha.pk, "role": "editor"}

    response = staff.post("/admin/members/representative/add/", data)

    assert "This person acts for this member already." in response.content.decode()


def test_representatives_end_instead_of_being_deleted(staff: Client, alpha: Member) -> None:
    factories.representative(alpha)
    row = Representative.objects.get()

    staff.post(
        "/admin/members/representative/",
        {"action": "end_chosen", "_selected_action": [row.pk]},
    )

    row.refresh_from_db()
    assert row.ended_at is not None


def test_the_group_has_exactly_the_rights_that_its_work_needs(db: None) -> None:
    rights = Group.objects.get(name="Secretariat").permissions.values_list("codename", flat=True)

    removable = {right.removeprefix("delete_") for right in rights if right.startswith("delete_")}
    assert removable == {
        *("membername", "membertext", "membersource", "contact", "declaredfigures", "identifier")
    }
    assert len(rights) == 13 * 3 + len(removable)


def test_the_sign_in_refuses_in_words_and_keeps_the_address(visitor: Client, db: None) -> None:
    data = {"username": "ana@federation.example", "password": "wrong"}

    response = visitor.post("/admin/login/", data)

    page = response.content.decode()
    assert "<title>Error: " in page
    assert 'value="ana@federation.example"' in page
