"""The environment of the few templates that are rendered very often: lists and their facets.

Jinja renders them five times as fast as Django's own engine (docs/decisions/0011); everything else
is written for Django's. Texts are marked as ``{{ _("…") }}``, which makemessages finds in both.
"""

from typing import Any

import jinja2
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.translation import gettext

from cecop.templatetags import directory


def environment(**options: Any) -> jinja2.Environment:
    """What the settings name as the environment of Jinja."""
    made = jinja2.Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - on
    made.globals |= {"_": gettext, "url": reverse}
    made.filters |= {
        "known": known,
        "number": number,
        "name_language": directory.name_language,
    }
    return made


def number(value: int) -> str:
    """A whole number as the reader writes it: 12,345."""
    return f"{value:,}".replace(",", get_format("THOUSAND_SEPARATOR", use_l10n=True))


def known(value: int | None) -> str:
    """A whole number, or a visible "not known"."""
    if value is None:
        return format_html('<span class="unknown">{}</span>', gettext("not known"))
    return number(value)
