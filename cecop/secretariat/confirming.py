"""Confirmed: "the federation said on this date that this is still right"; and when it is due."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

YEAR = timedelta(days=365)


@transaction.atomic
def confirm(rows: models.QuerySet[Any], *, by: models.Model) -> int:
    """Note that all the rows are right as of now; answers how many."""
    return rows.order_by().update(confirmed_at=timezone.now(), confirmed_by=by)


def due() -> Q:
    """Never confirmed, or longer than a year ago."""
    return Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=timezone.now() - YEAR)


class ConfirmedFilter(admin.SimpleListFilter):
    """Whether it was confirmed, and how long ago."""

    title = _("confirmed")
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, Any]]:
        yield "due", _("Not for a year")
        yield "never", _("Never")
        yield "recent", _("In the last twelve months")

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> models.QuerySet[Any]:
        conditions = {"due": due(), "never": Q(confirmed_at__isnull=True), "recent": ~due()}
        chosen = conditions.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)
