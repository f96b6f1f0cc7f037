"""What every page of the site knows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language

from cecop.finding.live import live
from cooperatives import indexing


@dataclass
class Site:
    """Facts about the site that a template may ask; nothing is read before it asks."""

    path: str

    @property
    def section(self) -> str:
        """The part of the site that the menu marks, and whether this is its first page:
        ``/fr/members/`` -> ``members``, ``/fr/members/legacoop/`` -> ``members/…``."""
        first, *below = self.path.removeprefix(f"/{get_language()}").strip("/").split("/")
        return f"{first}/…" if below else first

    @cached_property
    def has_samples(self) -> bool:
        """Whether any fictitious cooperative is shown."""
        with live.looking(indexing.KIND) as postings:
            samples = postings.carrying("sample", "yes")
            return bool(samples.intersection_cardinality(postings.alive))

    @property
    def is_translated(self) -> bool:
        """Whether the language in force has all its texts."""
        return get_language() in settings.COMPLETE_LANGUAGES


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"site": Site(request.path)}
