"""Filters of the lists that offer only what there is."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cecop.vocabulary.countries import country_name
from cecop.vocabulary.types import CooperativeType


class CountryFilter(admin.SimpleListFilter):
    """The countries that occur in the list."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, str]]:
        codes = model_admin.model.objects.order_by().values_list("country", flat=True).distinct()
        yield from sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> models.QuerySet[Any]:
        return queryset.filter(country=self.value()) if self.value() else queryset


class TypeFilter(admin.SimpleListFilter):
    """The types; a row of two types is found under both."""

    title = _("type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return CooperativeType.choices

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> models.QuerySet[Any]:
        known = self.value() in CooperativeType.values
        return queryset.filter(types__contains=[self.value()]) if known else queryset
