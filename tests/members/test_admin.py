"""The administration of members: its pages, what waits, publishing, confirming, plain fields."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from members.models import (
    Contact,
    DeclaredFigures,
    Headline,
    Member,
    MemberName,
    MemberSource,
    MemberText,
    Milestone,
    User,
)
from tests import factories
from tests.members.admin_forms import answers_of, form_of
from tests.questions import asked_by

SOURCE = "https://source.example/"
LISTS = ["member", "declaredfigures", "headline", "milestone", "user", "representative", "contact"]


def add_rows(number: int) -> Member:
    """A member with everything, as many times as asked for; answers the last member."""
    for each in range(number):
        member = factories.member(acronym=f"M{each}", website="https://member.example/")
        person = factories.representative(member)
        DeclaredFigures.objects.create(member=member, year=2020, source_url=SOURCE)
        Headline.objects.create(label=f"{member.pk}", starts_on=date(2020, 1, 1), source_url=SOURCE)
        Milestone.objects.create(year=2000, title=f"{member.pk}", source_url=SOURCE)
        Contact.objects.create(member=member, name=f"{person.pk}")
    return member


@pytest.mark.parametrize("name", LISTS)
def test_it_shows_staff_the_list_and_the_forms(staff: Client, name: str) -> None:
    add_rows(1)
    address = f"/admin/members/{name}/"

    assert answers_of(staff, address) == [200, 200, 200, 200]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(staff: Client, name: str) -> None:
    counts = []
    for more in (1, 2):
        add_rows(more)
        counts.append(asked_by(staff, f"/admin/members/{name}/"))

    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_a_member_with_three_of_everything_asks_as_many_questions_as_with_one(
    staff: Client, alpha: Member
) -> None:
    counts = []
    for rows in (range(1), range(1, 3)):
        for each in rows:
            MemberName.objects.create(member=alpha, name=f"{each}", kind="former")
            MemberText.objects.create(member=alpha, language=["en", "fr", "it"][each])
            MemberSource.objects.create(member=alpha, url=f"{SOURCE}{each}")
            DeclaredFigures.objects.create(member=alpha, year=2000 + each)
            Contact.objects.create(member=alpha, name=f"{each}")
        counts.append(asked_by(staff, f"/admin/members/member/{alpha.pk}/change/"))

    assert counts[0] == counts[1]


def test_publishing_without_evidence_is_refused_in_words_and_the_form_is_kept(
    staff: Client,
) -> None:
    draft = factories.member(status="draft", evidence="unconfirmed")
    address = f"/admin/members/member/{draft.pk}/change/"
    data = form_of(staff, address) | {"status": "published", "city": "Brussels"}

    response = staff.post(address, data)

    page = response.content.decode()
    draft.refresh_from_db()
    words = "Say how we know that this organisation is or was a member"
    assert (response.status_code, draft.status, draft.city) == (200, "draft", "")
    assert words in page
    assert "<title>Error: " in page
    assert 'value="Brussels"' in page


def test_publishing_with_evidence_works(staff: Client) -> None:
    draft = factories.member(status="draft", evidence="unconfirmed")
    address = f"/admin/members/member/{draft.pk}/change/"
    data = form_of(staff, address) | {"status": "published", "evidence": "confirmed"}

    response = staff.post(address, data)

    draft.refresh_from_db()
    assert (response.status_code, draft.status) == (302, "published")


def test_types_and_sectors_are_boxes_to_tick(staff: Client, alpha: Member) -> None:
    address = f"/admin/members/member/{alpha.pk}/change/"
    data = form_of(staff, address) | {"types": ["worker", "social"], "sectors": ["F"]}

    page = staff.get(address).content.decode()
    staff.post(address, data)

    alpha.refresh_from_db()
    assert (alpha.types, alpha.sectors) == (["worker", "social"], ["F"])
    assert page.count('type="checkbox" name="types"') == 3
    assert page.count('type="checkbox" name="sectors"') == 22


def test_the_button_saves_what_was_typed_and_notes_who_confirmed_it(
    staff: Client, staff_user: User, alpha: Member
) -> None:
    before = timezone.now()
    address = f"/admin/members/member/{alpha.pk}/change/"
    data = form_of(staff, address) | {"phone": "+39 06 1234", "_confirm": ""}

    response = staff.post(address, data)

    alpha.refresh_from_db()
    assert (response.headers["Location"], alpha.phone) == (address, "+39 06 1234")
    assert alpha.confirmed_by == staff_user
    assert alpha.confirmed_at is not None
    assert before <= alpha.confirmed_at <= timezone.now()


def test_what_is_refused_is_not_confirmed(staff: Client, alpha: Member) -> None:
    address = f"/admin/members/member/{alpha.pk}/change/"

    staff.post(address, form_of(staff, address) | {"website": "nonsense", "_confirm": ""})

    alpha.refresh_from_db()
    assert alpha.confirmed_at is None


def test_a_draft_cannot_be_confirmed(staff: Client) -> None:
    draft = factories.member(status="draft", evidence="unconfirmed")
    address = f"/admin/members/member/{draft.pk}/change/"

    page = staff.get(address).content.decode()
    response = staff.post(address, form_of(staff, address) | {"_confirm": ""}, follow=True)

    draft.refresh_from_db()
    assert ('name="_confirm"' in page, draft.confirmed_at) == (False, None)
    assert "Only what is public can be confirmed." in response.content.decode()


def test_the_second_of_two_people_is_told_before_anything_is_overwritten(
    staff: Client, alpha: Member
) -> None:
    address = f"/admin/members/member/{alpha.pk}/change/"
    opened = staff.get(address).context["seen"]
    data = form_of(staff, address) | {"_seen": opened}
    Member.objects.filter(pk=alpha.pk).update(city="Roma", updated_at=factories.CONFIRMED)

    told = staff.post(address, data | {"phone": "+39 06 1234"})
    alpha.refresh_from_db()
    again = {"_seen": told.context["seen"], "city": "Roma", "phone": "+39 06 1234"}
    staff.post(address, data | again)

    assert "Somebody else changed this since you opened it." in told.content.decode()
    assert 'value="+39 06 1234"' in told.content.decode()
    assert (alpha.city, alpha.phone) == ("Roma", "")
    alpha.refresh_from_db()
    assert (alpha.city, alpha.phone) == ("Roma", "+39 06 1234")


@pytest.mark.parametrize(
    "query",
    ["name__iregex=(a+)+$", "internal_note__contains=x", "country__regex=(", "q=" + "a " * 999],
)
@pytest.mark.parametrize("page", ["members/member", "members/user", "members/declaredfigures"])
def test_a_list_answers_only_what_its_filters_ask(staff: Client, page: str, query: str) -> None:
    response = staff.get(f"/admin/{page}/?{query}")

    assert response.status_code == (200 if query.startswith("q=") else 400)


@pytest.mark.parametrize(
    ("typed", "kept"), [("Alfa\u202e Lega\u200b", "Alfa Lega"), ("\u200b", "Federazione Alfa")]
)
def test_what_nobody_can_see_is_left_out_of_a_name(
    staff: Client, alpha: Member, typed: str, kept: str
) -> None:
    address = f"/admin/members/member/{alpha.pk}/change/"

    staff.post(address, form_of(staff, address) | {"name": typed})

    alpha.refresh_from_db()
    assert alpha.name == kept


def test_line_ends_of_browsers_are_no_change(staff: Client) -> None:
    member = factories.member(evidence_note="2021: named\n2019: named")
    address = f"/admin/members/member/{member.pk}/change/"

    staff.post(address, form_of(staff, address) | {"evidence_note": "2021: named\r\n2019: named"})

    assert member.events.count() == 1  # type: ignore[attr-defined]


def test_choosing_a_headline_takes_the_choice_from_the_other(staff: Client) -> None:
    fields = {"starts_on": "2021-01-01", "source_url": "https://www.cecop.coop/"}
    old = Headline.objects.create(label="2021", is_current=True, **fields)
    new = Headline.objects.create(label="2025", **fields)
    address = f"/admin/members/headline/{new.pk}/change/"

    staff.post(address, form_of(staff, address) | {"is_current": "on"})

    assert list(Headline.objects.filter(is_current=True)) == [new]
    assert Headline.objects.filter(pk=old.pk).exists()


def test_several_members_are_confirmed_at_once(
    staff: Client, staff_user: User, alpha: Member, beta: Member
) -> None:
    other = factories.member()

    staff.post(
        "/admin/members/member/",
        {"action": "confirm_chosen", "_selected_action": [alpha.pk, beta.pk]},
    )

    confirmed = Member.objects.filter(confirmed_by=staff_user).order_by("pk")
    assert list(confirmed) == [alpha, beta]
    assert Member.objects.get(pk=other.pk).confirmed_at is None


@pytest.mark.parametrize("name", ["member", "headline", "milestone", "user", "representative"])
def test_staff_cannot_delete(staff: Client, name: str) -> None:
    add_rows(1)
    address = f"/admin/members/{name}/"
    key = staff.get(address).context["cl"].queryset.first().pk

    response = staff.post(f"{address}{key}/delete/", {"post": "yes"})

    assert response.status_code == 403


def test_not_even_a_superuser_can_delete_a_member(superuser: Client, alpha: Member) -> None:
    one = superuser.post(f"/admin/members/member/{alpha.pk}/delete/", {"post": "yes"})
    superuser.post(
        "/admin/members/member/",
        {"action": "delete_selected", "_selected_action": [alpha.pk], "post": "yes"},
    )

    assert (one.status_code, Member.objects.filter(pk=alpha.pk).exists()) == (403, True)


@pytest.mark.parametrize(
    "words", ["slug", "json", "nuts", "nace", "foreign key", "public id", "loaded", "object"]
)
def test_no_technical_word_is_shown(staff: Client, words: str) -> None:
    member = add_rows(1)
    shown = ""
    for name in LISTS:
        for page in ("", "add/"):
            shown += _text(staff.get(f"/admin/members/{name}/{page}").content.decode())
    shown += _text(staff.get(f"/admin/members/member/{member.pk}/change/").content.decode())

    assert words not in shown.lower()


def _text(page: str) -> str:
    """What a person reads of a page."""
    body = page[page.index("<body") :]
    pieces = [
        piece.split(">", 1)[-1] for piece in body.split("<") if not piece.startswith("script")
    ]
    return " ".join(pieces)
