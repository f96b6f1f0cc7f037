"""The environment of the few templates that are rendered very often: lists and their facets.

Jinja renders them five times as fast as Django's own engine (docs/decisions/0011); everything else
is written for Django's. Texts are marked as ``{{ _("…") }}``, which makemessages finds in both.
What depends on the language is asked once a page, before the rows, not in each of them.
"""

from collections.abc import Callable
from typing import Any

import jinja2
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import gettext

from cecop.said import said
from cecop.templatetags.directory import NAME_LANGUAGES
from cecop.vocabulary.sectors import sector_names
from cecop.vocabulary.types import type_names
from cooperatives.rows import cooperative_rows


def environment(**options: Any) -> jinja2.Environment:
    """What the settings name as the environment of Jinja."""
    made = jinja2.Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - on
    made.globals |= {
        "_": gettext,
        "url": reverse,
        "cooperative_rows": cooperative_rows,
        "name_languages": NAME_LANGUAGES,
        "number_format": number_format,
        "sector_labels": sector_labels,
        "type_labels": type_labels,
    }
    return made


def number_format() -> Callable[[int], str]:
    """What writes whole numbers as the reader does: 12,345."""
    separator = str(get_format("THOUSAND_SEPARATOR", use_l10n=True))
    return lambda value: f"{value:,}".replace(",", separator)


def sector_labels() -> dict[str, str]:
    """Division -> label in the reader's language."""
    return said("sectors", sector_names)


def type_labels() -> dict[str, str]:
    """Type -> label in the reader's language."""
    return said("types", type_names)
