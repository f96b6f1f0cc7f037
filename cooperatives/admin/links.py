"""Affiliations and identifiers of all cooperatives."""

from typing import Any

from django.contrib import admin
from django.db.models import (
    Q,
    QuerySet,
)
from django.utils.translation import gettext_lazy as _

from cecop.secretariat.filters import CountryFilter
from cecop.secretariat.records import RecordAdmin
from cooperatives.models import Affiliation, Cooperative, Identifier


class OfCooperativeAdmin(RecordAdmin):
    """Rows of a cooperative, found by its name."""

    ordering = ("-id",)
    search_help_text = _("The name or town of a cooperative, or the exact number.")
    exact = ""

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        named = Cooperative.objects.matching(text).values("pk")
        return rows.filter(Q(cooperative__in=named) | Q(**{self.exact: text.strip()}))


@admin.register(Affiliation)
class AffiliationAdmin(OfCooperativeAdmin):
    list_display = ("cooperative", "member", "number", "since", "until")
    list_filter = (("member", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("cooperative", "member")
    search_fields = ("number",)
    exact = "number"
    autocomplete_fields = ("cooperative", "member")
    fields = ("cooperative", ("member", "number"), ("since", "until"))


@admin.register(Identifier)
class IdentifierAdmin(OfCooperativeAdmin):
    deletable = True
    list_display = ("value", "scheme", "country", "cooperative")
    list_filter = ("scheme", CountryFilter)
    list_select_related = ("cooperative",)
    search_fields = ("value",)
    exact = "value"
    autocomplete_fields = ("cooperative",)
    fields = ("cooperative", ("scheme", "country", "value"))
