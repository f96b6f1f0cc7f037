"""Public pages are kept while nothing changes, and asked for again with a tag."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from cecop import kept
from cecop.finding.live import live
from cooperatives.models import Cooperative
from members.models import Member
from tests import factories
from tests.questions import asked_by

PAGES = ["/", "/members/", "/cooperatives/?country=IT", "/countries/", "/countries/it/", "/about/"]
PAGES += ["/history/", "/members/alpha/", "/fr/members/"]


@pytest.fixture
def keeping(settings: Settings) -> Iterator[None]:
    """As in production."""
    settings.KEPT_PAGES_BYTES = 1_000_000
    kept.pages.clear()
    yield
    kept.pages.clear()


@pytest.fixture
def site(committed: None, keeping: None) -> Member:
    """A federation with a cooperative, committed."""
    alpha = factories.member(name="Federazione Alfa", slug="alpha")
    factories.cooperative(alpha, name="Forno")
    return alpha


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asked_for_again_with_its_tag_is_not_sent_again(
    site: Member, visitor: Client, path: str
) -> None:
    first = visitor.get(path)
    again = visitor.get(path, headers={"if-none-match": first.headers["ETag"]})
    other = visitor.get(path, headers={"if-none-match": '"other"'})

    assert [each.status_code for each in (first, again, other)] == [200, 304, 200]
    assert (again.content, other.content) == (b"", first.content)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Vary" not in first.headers
    assert not first.cookies


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_file_asked_for_again_with_its_tag_is_not_sent_again(
    site: Member, visitor: Client, kind: str
) -> None:
    path = f"/cooperatives/?format={kind}"
    first = visitor.get(path)
    tag = {"if-none-match": first.headers["ETag"]}
    again = visitor.get(path, headers=tag)
    Cooperative.objects.all().update(city="Roma")
    changed = visitor.get(path, headers=tag)

    # Anything that is committed elsewhere on the server gives another tag, which costs no more.
    assert again.status_code in (200, 304)
    assert (changed.status_code, b"Roma" in changed.getvalue()) == (200, kind != "xlsx")


def test_a_kept_page_costs_one_question(site: Member, visitor: Client) -> None:
    # And another one where anything at all was committed meanwhile, be it in another database.
    assert asked_by(visitor, "/cooperatives/") in (1, 2)


def test_a_kept_page_has_all_its_headers(site: Member, visitor: Client) -> None:
    first, second = visitor.get("/members/"), visitor.get("/members/")

    assert (second.headers, second.content) == (first.headers, first.content)


def test_a_change_is_seen_at_once(site: Member, visitor: Client) -> None:
    before = visitor.get("/members/alpha/")
    Member.objects.filter(pk=site.pk).update(name="Federazione Nuova")

    after = visitor.get("/members/alpha/", headers={"if-none-match": before.headers["ETag"]})

    assert (after.status_code, b"Federazione Nuova" in after.content) == (200, True)


def test_pages_of_other_hosts_and_questions_are_apart(site: Member, visitor: Client) -> None:
    visitor.get("/cooperatives/")

    assert b"Forno" not in visitor.get("/cooperatives/?country=ES").content
    assert visitor.get("/cooperatives/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/nowhere/", "/livez", "/admin/", "/countries/IT/"])
def test_what_is_no_public_page_is_not_kept(site: Member, visitor: Client, path: str) -> None:
    response = visitor.get(path)

    assert (len(kept.pages._pages), "ETag" in response.headers) == (0, False)


def test_a_post_is_never_answered_with_a_kept_page(site: Member, visitor: Client) -> None:
    visitor.get("/members/")

    assert visitor.post("/members/").status_code == 405


def test_no_more_memory_is_used_than_allowed(
    site: Member, visitor: Client, settings: Settings
) -> None:
    settings.KEPT_PAGES_BYTES = 60_000
    for number in range(1, 30):
        visitor.get(f"/cooperatives/?q={number}")

    sizes = [page.size for page in kept.pages._pages.values()]
    assert 0 < sum(sizes) == kept.pages._size <= 60_000


def test_without_a_database_a_kept_page_is_better_than_none(
    site: Member, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = visitor.get("/members/")
    Cooperative.objects.all().update(city="Roma")
    visitor.raise_request_exception = False

    def away() -> int:
        raise OperationalError("the database is away")

    monkeypatch.setattr(live, "catch_up", away)
    kept_page, other = visitor.get("/members/"), visitor.get("/members/?country=ES")

    assert (kept_page.status_code, kept_page.content) == (200, before.content)
    assert (other.status_code, other.headers["Retry-After"]) == (503, "30")


def test_what_is_known_to_be_old_does_not_come_back_without_a_database(
    site: Member, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.get("/members/alpha/")
    Member.objects.filter(pk=site.pk).update(phone="withdrawn")
    visitor.get("/members/")
    visitor.raise_request_exception = False

    def away() -> int:
        raise OperationalError("the database is away")

    monkeypatch.setattr(live, "catch_up", away)

    assert visitor.get("/members/alpha/").status_code == 503


def test_no_header_says_where_the_site_stands(site: Member, visitor: Client) -> None:
    visitor.get("/about/", SCRIPT_NAME="/evil")

    for _each in range(2):
        assert b"/evil" not in visitor.get("/about/").content
    assert b'href="/members/"' in visitor.get("/about/").content


def test_old_pages_leave_when_something_changed(site: Member, visitor: Client) -> None:
    for number in range(3):
        visitor.get(f"/members/?q={number}")
    Member.objects.filter(pk=site.pk).update(city="Roma")

    visitor.get("/members/")

    assert len(kept.pages._pages) == 1
