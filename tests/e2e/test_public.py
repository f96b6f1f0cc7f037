"""The public pages in a browser: usable by everybody, silent, and alone."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.committed import empty
from tests.e2e.filling import fill

# Without a test that asks for it, pytest-django makes no test database at all.
pytestmark = pytest.mark.django_db

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATHS = {
    "home": "/",
    "members": "/members/",
    "members in Italy": "/members/?country=IT&type=social&sort=enterprises",
    "no members": "/members/?q=nobody",
    "member": "/members/coceta/",
    "member with cooperatives": "/members/legacoop-sociali/",
    "former member": "/members/former/",
    "cooperatives": "/cooperatives/",
    "cooperatives, page 2": "/cooperatives/?page=2&sort=workers",
    "cooperatives, filtered": "/cooperatives/?country=IT&type=worker&size=1-9&status=active",
    "no cooperatives": "/cooperatives/?q=nothing",
    "cooperative": "{cooperative}",
    "merged cooperative": "{merged}",
    "countries": "/countries/",
    "country": "/countries/it/",
    "about": "/about/",
    "history": "/history/",
    "French": "/fr/members/",
    "unknown": "/nowhere/",
}


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[str], str]]:
    """The real members and some cooperatives, made once: the address of each page by its name."""
    with django_db_blocker.unblock():
        assert str(connection.settings_dict["NAME"]).startswith("test_")
        addresses = fill()
        server = LiveServer("localhost")
        yield lambda name: server.url + PATHS[name].format(**addresses)
        server.stop()
        empty()


def everywhere(browser: Browser, site: Callable[[str], str], **options: Any) -> dict[str, Any]:
    """What axe finds on every page in a context with the options: page -> violations."""
    context = browser.new_context(bypass_csp=True, **options)
    page = context.new_page()
    found: dict[str, Any] = {}
    for name in PATHS:
        page.goto(site(name))
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        found |= {
            f"{name}: {violation['id']}": [node["html"][:200] for node in violation["nodes"]]
            for violation in results.response["violations"]
        }
    context.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(
    browser: Browser, site: Callable[[str], str], width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}

    assert everywhere(browser, site, viewport=size, color_scheme=scheme) == {}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_scrolls_sideways(page: Page, site: Callable[[str], str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    too_wide = {}

    for name in PATHS:
        if name == "unknown":
            continue
        page.goto(site(name))
        measured = page.evaluate("document.documentElement.scrollWidth")
        if measured > width:
            too_wide[name] = measured

    assert too_wide == {}


def test_no_page_asks_another_host_or_leaves_a_cookie(
    page: Page, context: BrowserContext, site: Callable[[str], str]
) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))

    for name in PATHS:
        if name != "unknown":
            page.goto(site(name))

    assert hosts == {urlsplit(site("home")).netloc}
    assert context.cookies() == []


def test_targets_are_large_enough(page: Page, site: Callable[[str], str]) -> None:
    """24 px each way, except links inside a sentence (WCAG 2.5.8)."""
    page.set_viewport_size({"width": 360, "height": 900})
    small: dict[str, Any] = {}

    for name in ["home", "members", "cooperatives", "cooperative", "member"]:
        page.goto(site(name))
        small |= {
            f"{name}: {text}": size
            for text, size in page.evaluate(
                """() => [...document.querySelectorAll('a, button, summary, input, select')]
                .filter(e => e.offsetParent && getComputedStyle(e).display !== 'inline')
                .map(e => [e.outerHTML.slice(0, 120), e.closest('label') || e])
                .map(([t, e]) => [t, e.getBoundingClientRect()])
                .filter(([t, r]) => r.width && (r.height < 23.9 || r.width < 23.9))
                .map(([t, r]) => [t, [r.width, r.height]])"""
            )
        }

    assert small == {}


@pytest.mark.parametrize(
    "browser_options", [{}, {"java_script_enabled": False}], ids=["js", "no js"]
)
def test_a_visitor_finds_the_italian_members_and_their_cooperatives(
    page: Page, site: Callable[[str], str]
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site("members"))
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name="Italy").check()
    page.locator(".apply button").click()

    expect(page.get_by_role("status")).to_contain_text("7 members")
    page.get_by_role("link", name="Legacoopsociali").first.click()
    page.get_by_role("link", name="31 cooperatives").click()
    assert page.get_by_role("status").inner_text().startswith("31 cooperatives")
    page.get_by_role("link", name="La Quercia 0").click()
    assert page.locator("h1").inner_text() == "La Quercia 0, cooperativa sociale"
    page.go_back()
    assert page.get_by_role("status").inner_text().startswith("31 cooperatives")


def test_the_search_page_needs_few_requests(page: Page, site: Callable[[str], str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(site("cooperatives"))

    assert len(asked) <= 6


def test_the_style_sheet_is_small() -> None:
    style = finders.find("css/site.css")

    assert len(gzip.compress(Path(str(style)).read_bytes(), 9)) <= 12 * 1024


def test_samples_are_marked(page: Page, site: Callable[[str], str]) -> None:
    page.goto(site("cooperatives"))

    sample = page.locator("tbody tr", has_text="La Quercia 0,")
    real = page.locator("tbody tr", has_text="La Quercia 1,")

    assert ("Sample" in sample.inner_text(), "Sample" in real.inner_text()) == (True, False)
