"""Every word that people see is marked for translation: with brackets around each translated
string, nothing on a page may stand outside of them but data, numbers and proper names."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from cecop import said
from cooperatives.models import Cooperative
from members.models import DeclaredFigures, Headline, Milestone
from tests import factories

PAGES = ["/", "/members/", "/members/?q=DATA", "/members/alpha/", "/cooperatives/"]
PAGES += ["/cooperatives/?country=IT&q=DATA", "{shop}", "/countries/", "/countries/it/"]
PAGES += ["/about/", "/history/", "/nowhere/"]
SEEN_ATTRIBUTES = {"alt", "aria-label", "content", "data-label", "placeholder", "title"}
# What is the same in every language.
NAMES = {"CECOP", "IT", "Alpha", "alpha", "example", "Data", "DATA", "Shop"}
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")


class Texts(HTMLParser):
    """Collects what a person reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and values.get("name") != "description":
            return
        self.found += [value or "" for name, value in attrs if name in SEEN_ATTRIBUTES]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def unmarked(html: str) -> set[str]:
    """The words of a page that no translation covers."""
    texts = Texts()
    texts.feed(html)
    rest = "\n".join(texts.found)
    while BRACKETED.search(rest):
        rest = BRACKETED.sub(" ", rest)
    return set(re.findall(r"[^\W\d_]{2,}", rest)) - NAMES


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every translated string comes out in brackets."""
    real = translation._trans  # type: ignore[attr-defined]
    marked = {
        "gettext": lambda message: f"⟦{message}⟧",
        "pgettext": lambda context, message: f"⟦{message}⟧",
        "ngettext": lambda one, many, number: f"⟦{one if number == 1 else many}⟧",
        "npgettext": lambda context, one, many, number: f"⟦{one if number == 1 else many}⟧",
    }
    for name, function in marked.items():
        monkeypatch.setattr(real, name, function)
    # What was said without brackets before, and what is said with them now, is kept otherwise.
    said.forget()
    cache.clear()
    yield
    said.forget()
    cache.clear()


@pytest.fixture
def shop(db: None) -> Cooperative:
    """One of everything, whose own texts are all the word DATA."""
    alpha = factories.member(
        name="Alpha",
        slug="alpha",
        name_en="DATA",
        role_note="DATA",
        evidence_note="2021: DATA",
        founded=1990,
        founded_note="DATA",
    )
    alpha.sources.create(url="https://alpha.example/", fields="name", note="DATA")
    alpha.names.create(name="DATA", kind="former")
    alpha.texts.create(language="en", summary="DATA", description="DATA")
    DeclaredFigures.objects.create(member=alpha, year=2021, enterprises=5, scope="DATA")
    cited = {"source_url": "https://alpha.example/"}
    Headline.objects.create(label="2021", starts_on="2021-01-01", is_current=True, **cited)
    Milestone.objects.create(year=1979, title="DATA", text="DATA", **cited)
    return factories.cooperative(
        alpha, name="Shop", sector="81", legal_form="DATA", workers=12, is_sample=True
    )


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("bracketed")
def test_every_word_on_a_page_can_be_translated(
    visitor: Client, shop: Cooperative, path: str
) -> None:
    page = visitor.get(path.format(shop=shop.get_absolute_url())).content.decode()

    assert unmarked(page) == set()


def test_an_unmarked_word_would_be_seen() -> None:
    assert unmarked("<p title='hello'>⟦one ⟦two⟧⟧ world 12</p>") == {"hello", "world"}
