"""The administration in a browser: no breach of the policy, accessible, usable on a phone."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib import admin
from django.db import connection
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from cooperatives.models import Identifier
from members.models import (
    Contact,
    DeclaredFigures,
    Headline,
    MemberName,
    MemberSource,
    MemberText,
    Milestone,
)
from tests import factories
from tests.committed import empty

pytestmark = pytest.mark.django_db

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EMAIL = "staff@cecop.example"
PASSWORD = "forty-two blue buses"
SOURCE = "https://source.example/a-long-address-that-has-no-place-to-break/and-goes-on-and-on"
NAMED = """
() => [...document.querySelectorAll("select.admin-autocomplete:not([name*=__prefix__])")].every(
  (select) => select.nextElementSibling?.querySelector("[aria-labelledby*=-label]"))
"""
FOR_SUPERUSERS = {"group"}

Site = tuple[str, dict[str, str]]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A few rows of everything, made once: the address of the server, and each page by its name."""
    with django_db_blocker.unblock():
        assert str(connection.settings_dict["NAME"]).startswith("test_")
        fill()
        server = LiveServer("localhost")
        yield server.url, pages()
        server.stop()
        empty()


def fill() -> None:
    """Makes what the pages show; tests that empty the database may have removed the group."""
    import_module("cooperatives.migrations.0002_secretariat").make_group(apps, None)
    factories.staff_user(email=EMAIL, password=PASSWORD, name="Ada Example")
    member = factories.member(
        acronym="ALFA", name="Federazione Alfa", city="Roma", website="https://alfa.example/"
    )
    factories.member(acronym="DRAFT", status="draft", evidence="unconfirmed")
    MemberName.objects.create(member=member, name="Lega Alfa", kind="former")
    MemberText.objects.create(member=member, language="it", summary="Una federazione.")
    MemberSource.objects.create(member=member, url=SOURCE)
    Contact.objects.create(member=member, name="Ana Example", email="ana@alfa.example")
    DeclaredFigures.objects.create(member=member, year=2020, enterprises=5, source_url=SOURCE)
    Headline.objects.create(label="2021", starts_on=date(2021, 1, 1), source_url=SOURCE)
    Milestone.objects.create(year=1979, title="Manchester", source_url=SOURCE)
    factories.representative(member)
    for number in range(60):
        shop = factories.cooperative(
            member, name=f"La Quercia {number}", sector="87", city="Bologna", is_sample=number < 9
        )
    Identifier.objects.create(cooperative=shop, scheme="register", country="IT", value="R-1")


def pages() -> dict[str, str]:
    """Every list and every form of the administration: name -> path."""
    found = {
        "first page": "/admin/",
        "members of the site": "/admin/members/",
        "own password": "/admin/password_change/",
        "nothing found": "/admin/members/member/?q=nothing",
        "filtered": "/admin/cooperatives/cooperative/?country=IT&type=worker&p=2",
    }
    for model in admin.site._registry:
        name = model._meta.model_name
        if name in FOR_SUPERUSERS:
            continue
        address = f"/admin/{model._meta.app_label}/{name}/"
        key = model._default_manager.order_by("pk").values_list("pk", flat=True).last()
        found |= {
            f"{name}: list": address,
            f"{name}: new": f"{address}add/",
            f"{name}: change": f"{address}{key}/change/",
            f"{name}: history": f"{address}{key}/history/",
        }
    person = found["user: change"].replace("/change/", "/password/")
    identifier = found["identifier: change"].replace("/change/", "/delete/")
    member = found["representative: change"]
    return found | {"password": person, "remove": identifier, "acting": member}


def sign_in(page: Page, site: Site) -> None:
    """Through the sign-in page, as a person does."""
    page.goto(f"{site[0]}/admin/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Waiting for the secretariat")).to_be_visible()


def found_by_axe(page: Page) -> dict[str, Any]:
    """Rule -> the elements that break it, once the search boxes have their names."""
    page.wait_for_function(NAMED)
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return {
        each["id"]: [node["html"][:200] for node in each["nodes"]]
        for each in results.response["violations"]
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_breaks_the_policy_or_scrolls_sideways(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site)
    answers = {}

    for name, path in site[1].items():
        response = page.goto(site[0] + path)
        assert response is not None
        too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        answers[name] = (response.status, too_wide)

    assert answers == dict.fromkeys(site[1], (200, False))


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing(browser: Browser, site: Site, width: int, scheme: str) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    context = browser.new_context(bypass_csp=True, **options)
    page = context.new_page()
    page.goto(f"{site[0]}/admin/")
    found = {"sign-in": found_by_axe(page)}
    sign_in(page, site)

    for name, path in site[1].items():
        page.goto(site[0] + path)
        found[name] = found_by_axe(page)
    context.close()

    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("name", ["member: new", "cooperative: new", "user: new", "password"])
def test_a_refused_form_says_so_on_top_with_links_and_is_accessible(
    browser: Browser, site: Site, name: str
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    sign_in(page, site)
    page.goto(site[0] + site[1][name])

    page.locator(".submit-row input").first.click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    link = summary.get_by_role("link").first
    assert page.locator(str(link.get_attribute("href"))).count() == 1
    assert page.title().startswith("Error: ")
    assert found_by_axe(page) == {}
    context.close()


def test_a_member_is_chosen_by_typing_its_name(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.goto(site[0] + site[1]["cooperative: new"])

    page.get_by_role("link", name="Add another Affiliation").or_(
        page.get_by_role("button", name="Add another Affiliation")
    ).click()
    page.get_by_role("combobox", name="Member").click()
    page.get_by_role("searchbox", name="Member").fill("federazione")
    page.get_by_role("option", name="ALFA").click()

    expect(page.get_by_role("combobox", name="Member")).to_contain_text("ALFA")


def test_the_open_search_box_is_accessible(browser: Browser, site: Site) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    sign_in(page, site)
    page.goto(site[0] + site[1]["affiliation: new"])

    page.get_by_role("combobox", name="Cooperative").click()
    expect(page.get_by_role("option").first).to_be_visible()

    assert found_by_axe(page) == {}
    context.close()


def test_a_change_is_saved_and_stands_in_the_history(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.goto(site[0] + site[1]["member: list"])
    page.get_by_role("link", name="ALFA").click()
    page.get_by_role("textbox", name="City").fill("Milano")

    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="History").click()

    newest = page.locator(".history > li").first
    expect(newest).to_contain_text("Ada Example")
    expect(newest).to_contain_text("Administration")
    expect(newest.get_by_role("rowheader", name="City")).to_be_visible()
