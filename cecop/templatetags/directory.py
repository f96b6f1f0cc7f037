"""What the public templates need beyond Django's own tags and filters."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

register = template.Library()

LONGEST_ADDRESS = 56

NAV = (
    ("members:member_list", gettext_lazy("Members")),
    ("cooperatives:cooperative_list", gettext_lazy("Cooperatives")),
    ("country_list", gettext_lazy("Countries")),
    ("history", gettext_lazy("History")),
    ("about", gettext_lazy("About")),
)

# Countries where names of organisations are nearly always in one language. The others are left out:
# a wrong language is worse for a screen reader than none.
NAME_LANGUAGES = {
    "AT": "de",
    "BG": "bg",
    "CZ": "cs",
    "DE": "de",
    "DK": "da",
    "FR": "fr",
    "GB": "en",
    "GR": "el",
    "HR": "hr",
    "HU": "hu",
    "IE": "en",
    "IT": "it",
    "NL": "nl",
    "PL": "pl",
    "PT": "pt",
    "RO": "ro",
    "SE": "sv",
    "SI": "sl",
    "SK": "sk",
}

# What a source supports, as stored, in words.
SUPPORTED = {
    "acronym": gettext_lazy("acronym"),
    "address": gettext_lazy("address"),
    "city": gettext_lazy("town"),
    "country": gettext_lazy("country"),
    "description": gettext_lazy("description"),
    "email": gettext_lazy("e-mail address"),
    "evidence": gettext_lazy("membership"),
    "figures": gettext_lazy("figures"),
    "founded": gettext_lazy("founding year"),
    "joined_on": gettext_lazy("date of joining"),
    "kind": gettext_lazy("kind of membership"),
    "name": gettext_lazy("name"),
    "name_en": gettext_lazy("English name"),
    "other_names": gettext_lazy("other names"),
    "role": gettext_lazy("role"),
    "sectors": gettext_lazy("sectors"),
    "types": gettext_lazy("types"),
    "umbrella": gettext_lazy("confederation"),
    "website": gettext_lazy("website"),
}


class NavLink(NamedTuple):
    """One entry of the main menu; ``is_current`` also below it (a member's page is in Members)."""

    label: str
    url: str
    is_current: bool


def _nav_links(path: str) -> Iterator[NavLink]:
    for name, label in NAV:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        yield NavLink(str(label), url, path.startswith(url))


@register.simple_tag(takes_context=True)
def main_nav(context: dict[str, Any]) -> list[NavLink]:
    """The entries of the main menu, for the page of this request."""
    request = context.get("request")
    return list(_nav_links(request.path if request else ""))


@register.filter
def host(url: object) -> str:
    """The site a URL points to, without www: ``https://www.cecop.coop/works`` gives cecop.coop."""
    try:
        name = urlsplit(str(url or "")).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


@register.filter
def address(url: object) -> str:
    """A URL as people read it, so that two pages of one site differ: cecop.coop/members/coceta."""
    name = host(url)
    if not name:
        return ""
    path = unquote(urlsplit(str(url)).path).rstrip("/")
    return Truncator(name + path).chars(LONGEST_ADDRESS)


@register.filter
def supported(fields: object) -> str:
    """What a source supports, in words: ``name, joined on`` gives "name, date of joining"."""
    names = [name.strip() for name in str(fields or "").split(",")]
    return ", ".join(str(SUPPORTED.get(name.replace(" ", "_"), name)) for name in names if name)


@register.filter
def lines(text: object) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


@register.filter
def shade(count: object) -> int:
    """The step of the colour scale for a number of members: 0, 1, 2, or 3 for three and more."""
    return min(max(int(str(count or 0)), 0), 3)


@register.filter
def name_language(country: object) -> str:
    """The language names are written in in a country, or "" where there are several."""
    return NAME_LANGUAGES.get(str(country), "")


@register.filter
def known(value: object) -> SafeString:
    """The value as the reader writes it, or a visible "not known"; 0 is known."""
    if value is None or value == "":
        return format_html('<span class="unknown">{}</span>', _("not known"))
    return conditional_escape(str(localize(value)))


@register.filter
def plain(value: object) -> str:
    """A year or an identifier as it is, without a separator of thousands; "" for nothing."""
    return "" if value is None else str(value)


@register.filter
def day(value: date | None) -> str:
    """A date with the month in words, as the reader's language orders it; "" for none."""
    if not value:
        return ""
    # Translators: a date such as 3 May 2024, in the letters of Django's date formats.
    return date_format(value, pgettext("date format", "j F Y"))
