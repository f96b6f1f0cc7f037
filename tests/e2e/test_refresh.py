"""Lists that refresh in place, in a browser: focus, history, failures, and without scripts."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import BrowserContext, Page, Route, expect

# Without a test that asks for it, pytest-django makes no test database at all.
pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize(
    "browser_options",
    [{}, {"java_script_enabled": False}],
    ids=["js", "no js"],
)


@BOTH
def test_filters_chips_orders_and_back(page: Page, filled: str) -> None:
    page.goto(f"{filled}/members/")
    status = page.get_by_role("status")
    choose(page, "Italy")
    expect(page).to_have_url(re.compile(r"country=IT"))
    expect(status).to_have_text("7 members")
    expect(page).to_have_title(re.compile(r"^Members \(1 filter\)"))
    choose(page, "France")
    expect(status).to_have_text("9 members")

    page.get_by_role("link", name="Remove the filter Italy").click()
    expect(status).to_have_text("2 members")
    expect(page.get_by_role("checkbox", name="Italy")).not_to_be_checked()
    page.get_by_role("link", name="enterprises").click()
    expect(page).to_have_url(re.compile(r"country=FR&sort=enterprises"))
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(f"{filled}/members/")

    page.go_back()
    expect(status).to_have_text("2 members")
    expect(page.get_by_role("checkbox", name="France")).to_be_checked()
    page.go_back()
    page.go_back()
    expect(status).to_have_text("9 members")
    expect(page.get_by_role("checkbox", name="Italy")).to_be_checked()
    page.go_forward()
    expect(status).to_have_text("2 members")
    expect(page.get_by_role("checkbox", name="Italy")).not_to_be_checked()


def choose(page: Page, name: str) -> None:
    """Ticks a box; where there are no scripts, the button applies it."""
    page.get_by_role("checkbox", name=name).check()
    apply = page.get_by_role("button", name="Apply", exact=True)
    if apply.is_visible():
        apply.click()


def mark(page: Page) -> None:
    """Remember the document, to see that it stays."""
    page.evaluate("window.isMarked = true")


def is_marked(page: Page) -> bool:
    """Whether it is still the document that was marked."""
    return page.evaluate("window.isMarked === true") is True


def test_a_list_refreshes_without_loading_a_page_and_keeps_the_focus(
    page: Page, filled: str
) -> None:
    page.goto(f"{filled}/members/")
    mark(page)
    page.get_by_role("checkbox", name="Italy").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("7 members")
    expect(page.get_by_role("checkbox", name="Italy")).to_be_focused()

    page.locator("summary", has_text="more").first.click()
    last = page.locator("details.more").first.get_by_role("checkbox").last
    name = str(last.get_attribute("value"))
    last.check()
    expect(page).to_have_url(re.compile(f"country={name}"))
    expect(page.locator(f"input[value={name}]")).to_be_focused()

    page.get_by_role("link", name="enterprises").click()
    expect(page).to_have_url(re.compile("sort=enterprises"))
    expect(page.get_by_role("link", name="enterprises")).to_be_focused()
    page.get_by_role("link", name="Remove the filter Italy").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".chip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#results")).to_be_focused()
    assert page.locator(".finder").get_attribute("aria-busy") == "false"
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    assert is_marked(page)


@BOTH
def test_back_from_a_profile_finds_the_list_as_it_was(page: Page, filled: str) -> None:
    page.goto(f"{filled}/members/")
    everything = page.get_by_role("status").inner_text()
    choose(page, "Italy")
    expect(page.get_by_role("status")).to_have_text("7 members")
    page.get_by_role("link", name="Legacoopsociali").first.click()
    expect(page.locator("h1")).to_contain_text("Legacoopsociali")

    page.go_back()
    expect(page.get_by_role("status")).to_have_text("7 members")
    expect(page.get_by_role("checkbox", name="Italy")).to_be_checked()
    page.go_back()

    expect(page.get_by_role("status")).to_have_text(everything)
    expect(page.get_by_role("checkbox", name="Italy")).not_to_be_checked()


def test_twice_back_at_once_ends_where_the_list_began(page: Page, filled: str) -> None:
    page.goto(f"{filled}/members/")
    everything = page.get_by_role("status").inner_text()
    for name in ["Italy", "France"]:
        choose(page, name)
        expect(page.get_by_role("link", name=f"Remove the filter {name}")).to_be_visible()

    page.evaluate("history.back(); setTimeout(() => history.back(), 20)")

    expect(page).to_have_url(f"{filled}/members/")
    expect(page.get_by_role("status")).to_have_text(everything)


def test_the_next_page_begins_at_its_top(page: Page, filled: str) -> None:
    page.goto(f"{filled}/cooperatives/")
    mark(page)

    for number in ["2", "1"]:
        page.get_by_role("link", name=f"Page {number}").click()
        expect(page.locator(".pages [aria-current]")).to_have_text(f"Page {number}")
        expect(page.locator("#results")).to_be_focused()
        top = page.locator("#results").evaluate("e => e.getBoundingClientRect().top")
        assert 0 <= top < 200

    page.get_by_role("link", name="Next").click()
    expect(page).to_have_title(re.compile("page 2 of 2"))
    assert is_marked(page)


def test_three_boxes_one_after_the_other_all_count(page: Page, filled: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if len(held) < 2:
            held.append(route)
        else:
            route.continue_()

    page.route(re.compile(r"/members/\?"), hold)
    page.goto(f"{filled}/members/")
    for name in ["Italy", "France", "Poland"]:
        page.get_by_role("checkbox", name=name).check()
    expect(page.locator(".chip")).to_have_count(3)

    for route in held:
        route.continue_()
    page.wait_for_timeout(300)

    assert page.url == f"{filled}/members/?country=IT&country=FR&country=PL"
    expect(page.locator(".chip")).to_have_count(3)


def test_a_text_being_typed_survives_a_refresh(page: Page, filled: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/members/\?"), lambda route: held.append(route))
    page.goto(f"{filled}/members/")
    with page.expect_request(re.compile(r"/members/\?")):
        page.get_by_role("checkbox", name="Italy").check()

    page.locator("#q").focus()
    page.keyboard.type("leg")
    held[0].continue_()

    expect(page.get_by_role("status")).to_have_text("7 members")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("leg")


@pytest.mark.parametrize("failure", ["503", "no answer"])
def test_where_a_refresh_fails_the_page_is_loaded(
    context: BrowserContext, filled: str, failure: str
) -> None:
    page = context.new_page()  # the console may complain here
    page.goto(f"{filled}/members/")
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if failed:
            route.continue_()
        elif failure == "503":
            failed.append(failure)
            route.fulfill(status=503, body="<p>Busy</p>")
        else:
            failed.append(failure)
            route.abort()

    page.route(re.compile(r"/members/\?"), fail_once)
    mark(page)
    page.get_by_role("checkbox", name="Italy").check()

    expect(page.get_by_role("status")).to_have_text("7 members")
    assert page.url == f"{filled}/members/?country=IT"
    assert not is_marked(page)


@BOTH
def test_on_a_phone_the_filters_stay_open_until_the_results_are_asked_for(
    page: Page, filled: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{filled}/members/")
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name="Italy").check()
    page.get_by_role("checkbox", name="France").check()
    page.locator(".apply button").click()

    expect(page.get_by_role("status")).to_have_text("9 members")
    expect(page.get_by_role("checkbox", name="Italy")).to_be_hidden()
    expect(page.locator("summary", has_text="Filters")).to_have_text("Filters (2 chosen)")
    expect(page.get_by_role("link", name="Clear all")).to_be_in_viewport()


@pytest.mark.parametrize("browser_options", [{"has_touch": True, "is_mobile": True}])
def test_on_a_touch_screen_a_search_makes_room_for_the_results(page: Page, filled: str) -> None:
    page.goto(f"{filled}/cooperatives/")
    page.locator("#q").tap()
    page.keyboard.type("quercia")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("30 cooperatives")
    expect(page.locator("#results")).to_be_focused()


def test_the_scripts_of_a_list_are_small(page: Page, filled: str) -> None:
    """15 KB in brotli, as WhiteNoise stores and sends them."""
    page.goto(f"{filled}/cooperatives/")
    sources = [script.get_attribute("src") for script in page.locator("script").all()]

    files = [Path(str(finders.find(str(src).removeprefix("/static/")))) for src in sources]

    assert len(files) == 2
    assert sum(len(brotli.compress(file.read_bytes())) for file in files) <= 15_000
