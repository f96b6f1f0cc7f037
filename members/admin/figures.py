"""Declared figures of all members, CECOP's headlines and the milestones of its history."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cecop.secretariat.forms import RecordForm
from cecop.secretariat.records import RecordAdmin
from members import actions
from members.models import DeclaredFigures, Headline, Member, Milestone


class DatedAdmin(RecordAdmin):
    """Rows of a year, which is no number with thousands."""

    @admin.display(description=_("year"), ordering="year")
    def shown_year(self, row: DeclaredFigures | Milestone) -> str:
        return str(row.year or _("not known"))


@admin.register(DeclaredFigures)
class DeclaredFiguresAdmin(DatedAdmin):
    deletable = True
    list_display = (
        "member",
        "shown_year",
        "scope",
        "enterprises",
        "workers",
        "worker_members",
        "turnover_eur",
        "warning",
    )
    list_filter = ("year",)
    list_select_related = ("member",)
    search_fields = ("member__name",)
    ordering = (F("year").desc(nulls_last=True), "member__sort_name", "id")
    autocomplete_fields = ("member",)
    fieldsets = (
        (None, {"fields": ("member", ("year", "scope"))}),
        (
            None,
            {
                "fields": (
                    ("enterprises", "workers", "worker_members"),
                    ("individual_members", "women_share", "turnover_eur"),
                    ("worker_enterprises", "social_enterprises", "self_employed_enterprises"),
                )
            },
        ),
        (None, {"fields": ("source_url", "as_published", "warning")}),
    )

    def search(self, rows: QuerySet[DeclaredFigures], text: str) -> QuerySet[DeclaredFigures]:
        return rows.filter(member__in=Member.objects.matching(text))


class HeadlineForm(RecordForm):
    """Choosing one headline for the home page takes the choice from the other."""

    settled_on_saving = ("is_current",)


@admin.register(Headline)
class HeadlineAdmin(RecordAdmin):
    form = HeadlineForm
    list_display = ("label", "members", "countries", "enterprises", "workers", "is_current")
    search_fields = ("label", "note")
    ordering = ("-starts_on", "id")
    fieldsets = (
        (None, {"fields": ("label", ("starts_on", "ends_on"), "is_current")}),
        (
            None,
            {
                "fields": (
                    ("members", "countries"),
                    ("enterprises", "workers", "turnover_eur"),
                    ("worker_enterprises", "social_enterprises", "self_employed_enterprises"),
                    "social_workers",
                )
            },
        ),
        (None, {"fields": ("source_url", "note")}),
    )

    def save_model(self, request: HttpRequest, obj: Headline, form: Any, change: bool) -> None:
        if obj.is_current:
            actions.show_on_home_page(headline=obj)
        else:
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


@admin.register(Milestone)
class MilestoneAdmin(DatedAdmin):
    list_display = ("shown_year", "title", "happened_on")
    list_display_links = ("shown_year", "title")
    search_fields = ("title", "text")
    ordering = ("-year", "id")
    fields = (("year", "happened_on"), "title", "text", "source_url")

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)
