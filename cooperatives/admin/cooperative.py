"""The list and the form of cooperatives."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
)
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cecop.secretariat.confirming import ConfirmedFilter
from cecop.secretariat.filters import CountryFilter, TypeFilter
from cecop.secretariat.records import ConfirmedAdmin, RecordInline, badge
from cecop.secretariat.site import Waiting
from cecop.slugs import make_slug
from cooperatives.admin.filters import (
    MemberFilter,
    SectionFilter,
    regions_by_country,
    sectors_by_section,
)
from cooperatives.models import Affiliation, Cooperative, Identifier


class AffiliationInline(RecordInline):
    model = Affiliation
    fields = (("member", "number"), ("since", "until"))
    autocomplete_fields = ("member",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Affiliation]:
        rows = super().get_queryset(request).select_related("member", "cooperative")
        return rows.order_by("id")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An affiliation ends; it is not removed."""
        return False


class IdentifierInline(RecordInline):
    model = Identifier
    fields = (("scheme", "country", "value"),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Identifier]:
        return super().get_queryset(request).select_related("cooperative").order_by("id")


@admin.register(Cooperative)
class CooperativeAdmin(ConfirmedAdmin):
    list_display = (
        "name",
        "country",
        "city",
        "types_of",
        "sector_of",
        "workers",
        "members_of",
        "status_badge",
        "confirmed_at",
    )
    list_filter = (
        "status",
        CountryFilter,
        TypeFilter,
        SectionFilter,
        MemberFilter,
        ConfirmedFilter,
        "is_sample",
    )
    search_fields = ("search",)
    search_help_text = _("A name or a town, or parts of them; accents do not matter.")
    ordering = ("sort_name", "id")
    autocomplete_fields = ("successor",)
    inlines = (AffiliationInline, IdentifierInline)
    history_of = ("affiliations", "identifiers")
    readonly_fields = (
        "public_id",
        "is_sample",
        "confirmed_at",
        "confirmed_by",
        "created_at",
        "updated_at",
    )
    fieldsets = (
        (_("Name"), {"fields": ("name", "other_names", "legal_form", "description")}),
        (
            _("What it is"),
            {
                "fields": (
                    ("status", "successor"),
                    "types",
                    "sector",
                    ("workers", "worker_members", "founded"),
                )
            },
        ),
        (
            _("Where it is"),
            {
                "fields": (
                    ("country", "region"),
                    ("city", "postcode"),
                    "street",
                    ("latitude", "longitude"),
                )
            },
        ),
        (_("How to reach it"), {"fields": ("website", ("email", "phone"))}),
        (
            _("Only for the secretariat"),
            {
                "fields": (
                    "internal_note",
                    ("confirmed_at", "confirmed_by", "is_sample"),
                    ("public_id", "created_at", "updated_at"),
                )
            },
        ),
    )

    @admin.display(description=_("types"))
    def types_of(self, cooperative: Cooperative) -> str:
        return ", ".join(label for _code, label in cooperative.types_display)

    @admin.display(description=_("sector"), ordering="sector")
    def sector_of(self, cooperative: Cooperative) -> str:
        return cooperative.sector_name

    @admin.display(description=_("members"))
    def members_of(self, cooperative: Any) -> str:
        return ", ".join(each.member.short_name for each in cooperative.affiliations_of_today)

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, cooperative: Cooperative) -> str:
        shown = badge(cooperative.status, cooperative.get_status_display())
        sample = badge("sample", _("Sample")) if cooperative.is_sample else ""
        return format_html("{} {}", shown, sample)

    def for_list(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        today = Affiliation.objects.filter(until=None).select_related("member").order_by("id")
        return rows.prefetch_related(
            Prefetch("affiliations", today, to_attr="affiliations_of_today")
        )

    def search(self, rows: Any, text: str) -> Any:
        return rows.matching(text)

    def formfield_for_choice_field(self, db_field: Any, request: Any, **options: Any) -> Any:
        groups = {"region": regions_by_country, "sector": sectors_by_section}
        if db_field.name in groups:
            options["choices"] = groups[db_field.name]()
        return super().formfield_for_choice_field(db_field, request, **options)

    def save_model(self, request: Any, obj: Cooperative, form: Any, change: bool) -> None:
        """A new one gets its address on the site from its name."""
        obj.slug = obj.slug or make_slug(obj.name, otherwise="cooperative")
        super().save_model(request, obj, form, change)

    def view_on_site(self, cooperative: Cooperative) -> str:
        return cooperative.get_absolute_url()

    def waiting(self, request: HttpRequest) -> Iterator[Waiting]:
        """Active ones that no member represents, and samples."""
        address = reverse("admin:cooperatives_cooperative_changelist")
        today = Affiliation.objects.filter(cooperative=OuterRef("pk"), until=None)
        yield Waiting(
            title=_("Active cooperatives that no member represents"),
            number=Cooperative.objects.active().filter(~Exists(today)).count(),
            url=f"{address}?status__exact=active&member=none",
        )
        yield Waiting(
            title=_("Sample cooperatives, to be removed before the site is real"),
            number=Cooperative.objects.filter(is_sample=True).count(),
            url=f"{address}?is_sample__exact=1",
        )
