"""Browser tests: Debian's chromium, no console errors, with and without JavaScript."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.committed import empty
from tests.e2e.filling import fill

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The sync API of Playwright runs an event loop; Django would refuse the test database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every browser test; they are skipped where there is no chromium."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if not os.path.exists(CHROMIUM):
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for the session."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        # While Playwright's event loop runs, Django keeps connections apart from those before.
        connections.close_all()
        running.close()


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a site with the real members and some cooperatives, made once a module."""
    with django_db_blocker.unblock():
        fill()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        empty()


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """Options of the browser context; a test module or a parameter overrides them."""
    return {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def context(browser: Browser, browser_options: dict[str, Any]) -> Iterator[BrowserContext]:
    """A fresh context: no cookies, no cache."""
    fresh = browser.new_context(**browser_options)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; the test fails when the console showed an error (a CSP violation is one)."""
    problems: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"{message.text} ({message.location.get('url')})")

    fresh = context.new_page()
    fresh.on("console", listen)
    fresh.on("pageerror", lambda error: problems.append(str(error)))
    yield fresh
    assert problems == []
