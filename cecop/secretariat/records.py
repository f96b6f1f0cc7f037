"""The base of every list and form: nothing is deleted, history in words, plain fields, no N+1."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cecop.listing import harmless_text
from cecop.secretariat import fields, history
from cecop.secretariat.confirming import confirm
from cecop.secretariat.forms import RecordForm, RecordFormSet, words_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    StackedInline = admin.StackedInline

HISTORY_PER_PAGE = 30
NAMED = 3
LONG_TEXT = 300  # characters; so much is written in a box of two lines
# How the stock filters of a list ask.
FILTER_LOOKUPS = {"exact", "isnull", "isempty"}


def badge(kind: str, label: Any) -> str:
    """A label whose colour and shape css/admin.css gives by its kind."""
    return format_html('<span class="badge badge-{}">{}</span>', kind, label)


class PlainFields:
    """Form fields without technical words: see ``cecop.secretariat.fields``."""

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> forms.Field | None:
        if isinstance(db_field, ArrayField):
            return fields.array_field(db_field)
        if fields.is_day(db_field):
            options["widget"] = fields.DayInput
        if isinstance(db_field, models.URLField):
            options["assume_scheme"] = "https"
        elif isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= LONG_TEXT:
            options["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        field: forms.Field | None = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **options
        )
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Other records are edited on their own pages, not in windows that pop up.
            field.widget = field.widget.widget
        return field


class RecordInline(PlainFields, StackedInline):
    """Rows that belong to a record, edited on its page."""

    extra = 0
    form = RecordForm
    formset = RecordFormSet


class RecordChangeList(ChangeList):
    """The list reads what its columns need, and nothing more often than once."""

    def get_queryset(self, *args: Any, **options: Any) -> models.QuerySet[Any]:
        plain = self.root_queryset
        self.root_queryset = self.model_admin.for_list(plain)  # type: ignore[attr-defined]
        found: models.QuerySet[Any] = super().get_queryset(*args, **options)
        self.root_queryset = plain
        return found


class PlainList(PlainFields):
    """A list named for what it shows, that counts no more than it must."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def changelist_view(
        self: Any, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if any("\x00" in value for _key, values in request.GET.lists() for value in values):
            return HttpResponseRedirect(request.path)
        context = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return super().changelist_view(request, context)  # type: ignore[misc,no-any-return]

    def changeform_view(
        self: Any,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What only the database noticed is told like any other mistake."""
        try:
            return super().changeform_view(  # type: ignore[misc,no-any-return]
                request, object_id, form_url, extra_context
            )
        except IntegrityError as error:
            self.message_user(request, words_of(error, self.model), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def lookup_allowed(self: Any, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the filters of the list themselves ask for: no patterns, no other columns."""
        names = {
            each[0] if isinstance(each, tuple) else getattr(each, "parameter_name", each)
            for each in self.list_filter
        }
        name, _separator, kind = lookup.rpartition("__")
        return lookup in names or (name in names and kind in FILTER_LOOKUPS)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new form begins empty, whatever the address says."""
        return {}


class RecordAdmin(PlainList, ModelAdmin):
    """A list and a form of the secretariat."""

    form = RecordForm
    deletable = False
    history_of: tuple[str, ...] = ()  # related names whose history is shown with the record's own

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What nobody fills in has no place on the form of a new record."""
        groups = super().get_fieldsets(request, obj)
        return groups if obj else _without(groups, self.get_readonly_fields(request, obj))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        record = context.get("original")
        changed = getattr(record, "updated_at", None)
        context["seen"] = changed.isoformat() if changed else ""
        return super().render_change_form(request, context, *args, **options)

    def for_list(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Hook: add to the list's rows what its columns show."""
        return rows

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return RecordChangeList

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletable and super().has_delete_permission(request, obj)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        return self.search(queryset, harmless_text(search_term)), False

    def search(self, rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        """Hook: the rows that a person means who types this."""
        return super().get_search_results(None, rows, text)[0]  # type: ignore[arg-type]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, when and through what; of records without events, the stock page."""
        if not hasattr(self.model, "events"):
            return super().history_view(request, object_id, extra_context)
        record = self.get_object(request, unquote(object_id))
        if record is None:
            self.message_user(request, _("There is no such record."), messages.WARNING)
            return redirect("admin:index")
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        paginator = Paginator(history.events_of(record, self.history_of), HISTORY_PER_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %s") % record,
            "entries": history.entries(page.object_list),
            "page": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)


def _without(groups: Any, names: Any) -> list[Any]:
    """Groups of fields without those names, and without rows and groups that are empty then."""
    kept = []
    for heading, options in groups:
        rows = [
            tuple(name for name in ([row] if isinstance(row, str) else row) if name not in names)
            for row in options["fields"]
        ]
        rows = [row for row in rows if row]
        if rows:
            kept.append((heading, {**options, "fields": tuple(rows)}))
    return kept


class ConfirmedAdmin(RecordAdmin):
    """A record that its federation confirms: a button on its page and an action on the list."""

    actions = ("confirm_chosen",)

    def confirmable(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Hook: the rows that somebody can have confirmed."""
        return rows

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The button saves the form like the others, and then notes that all of it is right."""
        if "_confirm" not in request.POST:
            return super().response_change(request, obj)
        self._confirm(request, self.get_queryset(request).filter(pk=obj.pk))
        return HttpResponseRedirect(request.path)

    @admin.action(description=gettext_lazy("Mark as confirmed today"), permissions=["change"])
    def confirm_chosen(self, request: HttpRequest, rows: models.QuerySet[Any]) -> None:
        self._confirm(request, rows)

    def _confirm(self, request: HttpRequest, rows: models.QuerySet[Any]) -> None:
        rows = self.confirmable(rows)
        names = ", ".join(str(row) for row in rows[:NAMED])
        number = confirm(rows, by=request.user)  # type: ignore[arg-type]
        if not number:
            self.message_user(request, _("Only what is public can be confirmed."), messages.ERROR)
            return
        text = ngettext(
            "Confirmed today: %(names)s.",
            "%(number)d are confirmed today, among them %(names)s.",
            number,
        )
        self.message_user(request, text % {"number": number, "names": names}, messages.SUCCESS)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if object_id is not None:
            rows = self.get_queryset(request).filter(pk=unquote(object_id))
            context["can_confirm"] = object_id.isdecimal() and self.confirmable(rows).exists()
        return super().changeform_view(request, object_id, form_url, context)
