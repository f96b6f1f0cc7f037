"""What a filterable list shows beside its rows: facets, chips, orders and page links."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import ngettext

SHOWN_CHOICES = 8
LONGEST_TEXT = 100


@dataclass(frozen=True)
class Choice:
    """One value of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way of filtering, with the number of rows for each value."""

    name: str
    label: str | Promise
    choices: list[Choice]
    note: str | Promise = ""

    @property
    def in_order(self) -> list[Choice]:
        """Those shown at once, then the rest."""
        return self.first + self.rest

    @property
    def first(self) -> list[Choice]:
        """The values shown at once: the most frequent ones and all that are chosen."""
        return [c for i, c in enumerate(self.choices) if i < SHOWN_CHOICES or c.is_chosen]

    @property
    def rest(self) -> list[Choice]:
        """The values behind "more"."""
        return [c for c in self.choices[SHOWN_CHOICES:] if not c.is_chosen]

    @property
    def more_label(self) -> str:
        """What stands before the rest."""
        number = len(self.rest)
        return ngettext("%(counter)s more", "%(counter)s more", number) % {"counter": number}


@dataclass(frozen=True)
class Link:
    """A link of the list: a chip, an order or a page."""

    label: str
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Found:
    """What a page shows of a search: the keys of its rows, what the index tells about each, and
    sums over all that is found."""

    page: Page[Any]
    keys: list[int]
    totals: dict[str, int]
    reasons: dict[int, str]
    details: dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Address:
    """The address of the list: its path and the parameters in force."""

    path: str
    parameters: QueryDict

    def with_values(self, **changes: list[str]) -> str:
        """The address with some parameters changed; an empty list removes one. Page 1 again."""
        kept = {name: values for name, values in self.parameters.lists() if name != "page"}
        query = urlencode({n: v for n, v in (kept | changes).items() if v}, doseq=True)
        return f"{self.path}?{query}" if query else self.path

    def without(self, name: str, value: str) -> str:
        """The address with one value of a parameter taken away."""
        return self.with_values(**{name: [v for v in self.parameters.getlist(name) if v != value]})


def page_of(total: int, number: str, size: int) -> Page[Any]:
    """The page asked for, still without rows; anything that is not one of the pages answers the
    first."""
    paginator = Paginator(range(total), size)
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 1
    return paginator.page(wanted if 1 <= wanted <= paginator.num_pages else 1)


def page_links(page: Page[Any], address: Address) -> list[Link | None]:
    """First, last, current and its neighbours; None stands for a gap; nothing for a single page."""
    if page.paginator.num_pages == 1:
        return []
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [
        Link(str(n), page_url(address, n), n == page.number) if isinstance(n, int) else None
        for n in numbers
    ]


def page_url(address: Address, number: int) -> str:
    """The address of a page of the list; the first one carries no number."""
    return address.with_values(page=[str(number)] if number > 1 else [])


def known_values(data: QueryDict, choices: Mapping[str, Container[str]]) -> QueryDict:
    """The parameters with unknown ones and unknown values left out, and the text made harmless."""
    clean = QueryDict(mutable=True)
    for name, allowed in choices.items():
        clean.setlist(name, list(dict.fromkeys(v for v in data.getlist(name) if v in allowed)))
    text = harmless_text(data.get("q", ""))
    if text:
        clean["q"] = text
    return clean


def harmless_text(text: str) -> str:
    """At most 100 characters, on one line, without control characters, lone surrogates or marks
    that turn the writing direction."""
    kept = "".join(c if c.isprintable() else " " for c in text[: LONGEST_TEXT * 10])
    return " ".join(kept.split())[:LONGEST_TEXT].strip()
