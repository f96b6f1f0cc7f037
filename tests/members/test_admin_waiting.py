"""What waits for the secretariat, and how the list of members is narrowed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.models import DeclaredFigures, Member, User
from tests import factories


def test_the_first_page_says_what_is_waiting_before_anything_else(staff: Client) -> None:
    draft = factories.member(acronym="DRAFT", status="draft", evidence="unconfirmed")
    factories.member(acronym="STALE")

    page = staff.get("/admin/").content.decode()

    assert f'<a href="/admin/members/member/{draft.pk}/change/">DRAFT</a>' in page
    assert page.index("To be confirmed by the secretariat") < page.index("<caption>Members")
    assert page.index("<caption>Members") < page.index("<caption>Cooperatives")
    assert page.index("<caption>Cooperatives") < page.index("<caption>People")


def test_what_is_waiting_is_counted(staff: Client, staff_user: User) -> None:
    now = timezone.now()
    factories.member(status="draft", evidence="unconfirmed")
    factories.member(confirmed_at=now - timedelta(days=400), confirmed_by=staff_user)
    fresh = factories.member(confirmed_at=now, confirmed_by=staff_user)
    DeclaredFigures.objects.create(member=fresh, year=2020)

    waiting = staff.get("/admin/").context["waiting"]

    assert {str(each.title): each.number for each in waiting} == {
        "To be confirmed by the secretariat": 1,
        "Published members not confirmed for a year": 1,
        "Published members without declared figures": 1,
        "No headline is chosen for the home page": 1,
        "Active cooperatives that no member represents": 0,
        "Sample cooperatives, to be removed before the site is real": 0,
    }


@pytest.mark.parametrize(
    "title", ["To be confirmed", "not confirmed for a year", "without declared"]
)
def test_what_is_waiting_leads_to_exactly_those_rows(
    staff: Client, staff_user: User, title: str
) -> None:
    done = {"confirmed_at": timezone.now(), "confirmed_by": staff_user}
    DeclaredFigures.objects.create(member=factories.member(**done), year=2020)
    factories.member(status="draft", evidence="unconfirmed")
    factories.member()
    entry = next(
        each for each in staff.get("/admin/").context["waiting"] if title in str(each.title)
    )

    response = staff.get(entry.url)

    assert response.context["cl"].queryset.count() == entry.number == 1


def test_a_draft_is_marked_in_the_list(staff: Client) -> None:
    factories.member(status="draft", evidence="unconfirmed")

    page = staff.get("/admin/members/member/").content.decode()

    assert '<span class="badge badge-draft">Draft, not public</span>' in page
    assert '<span class="badge badge-unconfirmed">To be confirmed by the secretariat</span>' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("evidence__exact=unconfirmed", ["draft"]),
        ("status__exact=published", ["alpha", "stale"]),
        ("confirmed=never", ["alpha", "draft"]),
        ("confirmed=due", ["alpha", "draft", "stale"]),
        ("confirmed=recent", []),
        ("country=BG", ["stale"]),
        ("type=social", ["draft"]),
        ("type=nothing", ["alpha", "draft", "stale"]),
        ("q=federazione", ["alpha"]),
        ("q=FÉDERAZIONE+alfa", ["alpha"]),
        ("figures=yes", ["stale"]),
    ],
)
def test_the_list_of_members_can_be_narrowed(
    staff: Client, alpha: Member, staff_user: User, query: str, found: list[str]
) -> None:
    factories.member(slug="draft", status="draft", evidence="unconfirmed", types=["social"])
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    stale = factories.member(
        slug="stale", country="BG", confirmed_at=long_ago, confirmed_by=staff_user
    )
    DeclaredFigures.objects.create(member=stale, year=2020)

    response = staff.get(f"/admin/members/member/?{query}")

    assert sorted(each.slug for each in response.context["cl"].result_list) == found
