"""Suggestions while typing, in a browser: by keyboard, by mouse, in time and without scripts."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.e2e.test_public import TAGS

# Without a test that asks for it, pytest-django makes no test database at all.
pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize(
    "browser_options",
    [{}, {"java_script_enabled": False}],
    ids=["js", "no js"],
)
BOXES = ["/", "/members/", "/cooperatives/"]


def type_in(page: Page, text: str) -> None:
    """A person types into the search box."""
    page.locator("#q").focus()
    page.keyboard.type(text)


def active(page: Page) -> str | None:
    """The id of the suggestion that the arrow keys have reached."""
    return page.locator("#q").get_attribute("aria-activedescendant")


@pytest.mark.parametrize("path", BOXES)
def test_by_keyboard_a_suggestion_leads_to_its_page(page: Page, filled: str, path: str) -> None:
    page.goto(filled + path)
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")

    type_in(page, "legacoop")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#suggestions-said")).to_have_text(re.compile(r"^\d+ suggestions$"))
    listbox = page.get_by_role("listbox")
    assert listbox.get_attribute("id") == box.get_attribute("aria-controls")
    first = page.get_by_role("group", name="Members").get_by_role("option").first
    reached = [active(page)]
    for key in ["ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "ArrowLeft", "ArrowDown"]:
        page.keyboard.press(key)
        reached.append(active(page))

    ids = [each.get_attribute("id") for each in page.get_by_role("option").all()]
    assert reached == [None, ids[0], ids[-1], ids[0], ids[-1], ids[0], None, ids[0]]
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    expect(box).to_have_value("legacoop")
    address = str(first.get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(filled + address)


def test_members_and_cooperatives_are_grouped(page: Page, filled: str) -> None:
    page.goto(filled)

    type_in(page, "coop")

    groups = [page.get_by_role("group", name=name) for name in ["Members", "Cooperatives"]]
    expect(groups[0].get_by_role("option")).to_have_count(5)
    expect(groups[1].get_by_role("option")).to_have_count(5)


@BOTH
@pytest.mark.parametrize("path", ["/", "/cooperatives/"])
def test_enter_without_a_suggestion_searches(page: Page, filled: str, path: str) -> None:
    page.goto(filled + path)

    type_in(page, "quercia")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{filled}/cooperatives/?q=quercia")
    expect(page.get_by_role("status")).to_contain_text("30 cooperatives")
    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_click_opens_a_suggestion_and_back_returns(page: Page, filled: str) -> None:
    page.goto(filled)
    type_in(page, "quercia 7")

    page.get_by_role("option", name="La Quercia 7").click()

    expect(page.locator("h1")).to_have_text("La Quercia 7, cooperativa sociale")
    page.go_back()
    expect(page).to_have_url(f"{filled}/")
    expect(page.locator("#suggestions")).to_be_hidden()


def test_escape_and_tab_close_the_suggestions(page: Page, filled: str) -> None:
    page.goto(f"{filled}/members/")
    box, popup = page.get_by_role("combobox"), page.locator("#suggestions")
    type_in(page, "coop")
    expect(popup).to_be_visible()

    page.keyboard.press("Escape")
    expect(popup).to_be_hidden()
    expect(box).to_have_value("coop")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(popup).to_be_visible()
    page.keyboard.press("Tab")

    expect(popup).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    assert page.url == f"{filled}/members/"


def test_nothing_opens_before_a_person_types(page: Page, filled: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{filled}/cooperatives/?q=quercia")

    page.locator("#q").click()
    type_in(page, "")
    page.wait_for_timeout(400)

    expect(page.locator("#suggestions")).to_be_hidden()
    assert [url for url in asked if "suggestions" in url] == []


def test_a_single_letter_suggests_nothing_and_an_unknown_word_says_so(
    page: Page, filled: str
) -> None:
    page.goto(filled)
    type_in(page, "x")
    page.wait_for_timeout(400)
    expect(page.locator("#suggestions")).to_be_hidden()

    page.keyboard.type("yzzy")

    expect(page.locator("#suggestions")).to_have_text("No suggestions for “xyzzy”")
    expect(page.locator("#suggestions-said")).to_have_text("No suggestions for “xyzzy”")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")


def test_an_older_answer_never_overwrites_a_newer_one(page: Page, filled: str) -> None:
    held: list[Route] = []
    newer = "<p>Newer</p>"
    page.route(re.compile(r"/\?q=coop$"), lambda route: held.append(route))
    page.route(re.compile(r"/\?q=coope$"), lambda route: route.fulfill(body=newer))
    page.goto(filled)
    with page.expect_request(re.compile(r"/\?q=coop$")):
        type_in(page, "coop")
    page.keyboard.type("e")
    expect(page.locator("#suggestions")).to_have_text("Newer")

    with page.expect_response(re.compile(r"/\?q=coop$")):
        held[0].fulfill(body="<p>Older</p>")
    page.wait_for_timeout(200)

    expect(page.locator("#suggestions")).to_have_text("Newer")


def test_an_answer_after_escape_opens_nothing(page: Page, filled: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"suggestions/\?q=coop$"), lambda route: held.append(route))
    page.goto(filled)
    with page.expect_request(re.compile(r"q=coop$")):
        type_in(page, "coop")

    page.locator("#q").blur()
    with page.expect_response(re.compile(r"q=coop$")):
        held[0].continue_()
    page.wait_for_timeout(200)

    expect(page.locator("#suggestions")).to_be_hidden()


def test_failing_suggestions_leave_the_field_alone(context: BrowserContext, filled: str) -> None:
    page = context.new_page()
    page.route(re.compile("/suggestions/"), lambda route: route.fulfill(status=503, body="Busy"))
    page.goto(filled)

    with page.expect_response(re.compile("/suggestions/")):
        type_in(page, "coop")
    page.wait_for_timeout(100)

    expect(page.locator("#suggestions")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{filled}/cooperatives/?q=coop")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_while_suggestions_are_open(
    browser: Browser, filled: str, width: int, scheme: Any
) -> None:
    context = browser.new_context(
        bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    found: dict[str, Any] = {}
    for path in BOXES:
        page.goto(filled + path)
        for text in ["la", "xyzzy"]:
            page.locator("#q").fill("")
            type_in(page, text)
            said = "Members" if text == "la" else text
            expect(page.locator("#suggestions")).to_contain_text(said)
            page.keyboard.press("ArrowDown")
            results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
            found |= {
                f"{path} {text}: {violation['id']}": [node["html"] for node in violation["nodes"]]
                for violation in results.response["violations"]
            }
    context.close()

    assert found == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_suggestions_are_large_enough_and_fit(page: Page, filled: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{filled}/cooperatives/")
    type_in(page, "str")
    expect(page.locator("#suggestions")).to_be_visible()

    sizes = page.get_by_role("option").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"
    )

    assert sizes
    assert min(sizes) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= width
