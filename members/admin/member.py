"""The list and the form of members; drafts that wait for the secretariat stand out."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cecop.secretariat.confirming import ConfirmedFilter, due
from cecop.secretariat.filters import CountryFilter, TypeFilter
from cecop.secretariat.records import ConfirmedAdmin, badge
from cecop.secretariat.site import Waiting
from members.admin import inlines
from members.choices import Evidence, MemberStatus
from members.models import DeclaredFigures, Headline, Member

EXAMPLES = 8


class FiguresFilter(admin.SimpleListFilter):
    """Members with and without declared figures."""

    title = _("declared figures")
    parameter_name = "figures"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("None yet")), ("yes", _("At least one year"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:
        has_figures = Exists(DeclaredFigures.objects.filter(member=OuterRef("pk")))
        conditions = {"yes": Q(has_figures), "no": ~Q(has_figures)}
        chosen = conditions.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(Member)
class MemberAdmin(ConfirmedAdmin):
    list_display: tuple[str, ...] = (
        "names",
        "country",
        "status_badge",
        "evidence_badge",
        "kind",
        "role",
        "confirmed_at",
    )
    list_filter = (
        "status",
        "evidence",
        ConfirmedFilter,
        CountryFilter,
        TypeFilter,
        "kind",
        "role",
        FiguresFilter,
    )
    search_fields = ("name",)
    search_help_text = _("A name in any language, an acronym or a town; accents do not matter.")
    ordering = ("sort_name", "id")
    prepopulated_fields = {"slug": ("acronym", "name")}
    readonly_fields = ("public_id", "confirmed_at", "confirmed_by", "created_at", "updated_at")
    radio_fields = {"status": admin.VERTICAL, "evidence": admin.VERTICAL}
    history_of = ("names", "texts", "sources", "contacts", "figures")
    inlines = (
        inlines.NameInline,
        inlines.TextInline,
        inlines.FiguresInline,
        inlines.SourceInline,
        inlines.ContactInline,
    )
    fieldsets = (
        (
            _("Name"),
            {"fields": ("name", ("language", "name_en"), ("acronym", "slug"))},
        ),
        (
            _("Membership"),
            {
                "fields": (
                    "status",
                    "evidence",
                    "evidence_note",
                    ("kind", "role"),
                    ("role_note", "umbrella"),
                    ("joined_on", "left_on"),
                    "joined_note",
                )
            },
        ),
        (
            _("What it represents"),
            {"fields": ("types", "types_note", "sectors", ("founded", "founded_note"))},
        ),
        (
            _("How to reach it"),
            {
                "fields": (
                    ("country", "city"),
                    ("street", "postcode"),
                    "website",
                    ("email", "phone"),
                )
            },
        ),
        (
            _("Only for the secretariat"),
            {
                "fields": (
                    "internal_note",
                    ("confirmed_at", "confirmed_by"),
                    ("public_id", "created_at", "updated_at"),
                )
            },
        ),
    )

    @admin.display(description=_("member"), ordering="sort_name")
    def names(self, member: Member) -> str:
        """The acronym and the name under it, or the name alone."""
        if not member.acronym:
            return member.name
        return format_html("{} <small>{}</small>", member.acronym, member.name)

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, member: Member) -> str:
        return badge(member.status, member.get_status_display())

    @admin.display(description=_("how we know"), ordering="evidence")
    def evidence_badge(self, member: Member) -> str:
        return badge(member.evidence, member.get_evidence_display())

    def search(self, rows: Any, text: str) -> Any:
        return rows.matching(text)

    def confirmable(self, rows: QuerySet[Member]) -> QuerySet[Member]:
        """A draft is not public, so nobody can have confirmed what the public reads."""
        return rows.exclude(status=MemberStatus.DRAFT)

    def view_on_site(self, member: Member) -> str | None:
        """The public page; a draft has none."""
        return None if member.status == MemberStatus.DRAFT else member.get_absolute_url()

    def waiting(self, request: HttpRequest) -> Iterator[Waiting]:
        """Drafts to be confirmed, members not confirmed for a year, members without figures."""
        address = reverse("admin:members_member_changelist")
        drafts = Member.objects.filter(
            status=MemberStatus.DRAFT, evidence=Evidence.UNCONFIRMED
        ).order_by("sort_name", "id")
        names = [
            (str(each), reverse("admin:members_member_change", args=[each.pk]))
            for each in drafts.only("name", "acronym")
        ]
        yield Waiting(
            title=_("To be confirmed by the secretariat"),
            number=len(names),
            url=f"{address}?status__exact=draft&evidence__exact=unconfirmed",
            examples=tuple(names[:EXAMPLES]),
        )
        without = ~Exists(DeclaredFigures.objects.filter(member=OuterRef("pk")))
        numbers = Member.objects.published().aggregate(
            due=Count("pk", filter=due()), without_figures=Count("pk", filter=without)
        )
        yield Waiting(
            title=_("Published members not confirmed for a year"),
            number=numbers["due"],
            url=f"{address}?status__exact=published&confirmed=due",
        )
        yield Waiting(
            title=_("Published members without declared figures"),
            number=numbers["without_figures"],
            url=f"{address}?status__exact=published&figures=no",
        )
        if not Headline.objects.filter(is_current=True).exists():
            yield Waiting(
                title=gettext("No headline is chosen for the home page"),
                number=1,
                url=reverse("admin:members_headline_changelist"),
            )
