"""The administration's first page: what is waiting, then members, cooperatives and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the secretariat: a sentence, how many, where to see them all."""

    title: str | Promise
    number: int
    url: str
    examples: tuple[tuple[str, str], ...] = ()  # (name, address) of the first few


# Which lists stand under which heading, in this order; what is not named here stands last.
SECTIONS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("members", _("Members"), ("Member", "DeclaredFigures", "Headline", "Milestone")),
    ("cooperatives", _("Cooperatives"), ("Cooperative", "Affiliation", "Identifier")),
    ("people", _("People"), ("User", "Representative", "Contact", "Group")),
)


class SecretariatSite(admin.AdminSite):
    """The stock admin, said in the secretariat's words."""

    site_header = _("CECOP directory – secretariat")
    site_title = _("Secretariat of the CECOP directory")
    enable_nav_sidebar = False  # the lists need the width
    index_title = _("What is waiting, and everything you can edit")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        waiting = list(self.waiting(request))
        return super().index(request, {"waiting": waiting, **(extra_context or {})})

    def waiting(self, request: HttpRequest) -> Iterator[Waiting]:
        """What each list reports as waiting, for a person who may change that list."""
        names = [name for _label, _name, keys in SECTIONS for name in keys]
        known = {model.__name__: each for model, each in self._registry.items()}
        for each in (known[name] for name in names if name in known):
            report = getattr(each, "waiting", None)
            if report and each.has_change_permission(request):
                yield from report(request)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        lists = {each["object_name"]: each for app in apps for each in app["models"]}
        sections = [
            _section(label, name, [lists.pop(key) for key in keys if key in lists])
            for label, name, keys in SECTIONS
        ]
        sections.append(_section("other", _("Other"), list(lists.values())))
        return [section for section in sections if section["models"]]


def _section(label: str, name: Promise, lists: list[dict[str, Any]]) -> dict[str, Any]:
    """One heading with its lists, in the shape that the stock templates read."""
    return {
        "name": name,
        "app_label": label,
        "app_url": "",
        "has_module_perms": True,
        "models": lists,
    }
