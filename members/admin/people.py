"""The people who sign in, the members they act for, and the contact people of members."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cecop.secretariat.records import PlainList, RecordAdmin, RecordInline
from members.admin.forms import PersonAddForm, PersonForm, PersonPasswordForm
from members.models import SECRETARIAT, Contact, Member, Representative, User

RIGHTS = ("is_staff", "is_superuser", "groups")


class RepresentativeInline(RecordInline):
    model = Representative
    fields = (("member", "role", "ended_at"),)
    readonly_fields = ("ended_at",)
    autocomplete_fields = ("member",)
    verbose_name_plural = _("members this person acts for")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Representative]:
        return super().get_queryset(request).select_related("member", "user").order_by("id")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(PlainList, UserAdmin):  # type: ignore[type-arg]
    """Staff add colleagues with their own rights; other rights are for superusers only."""

    form = PersonForm
    add_form = PersonAddForm
    change_password_form = PersonPasswordForm
    change_user_password_template = "admin/person_password.html"  # noqa: S105 - a file
    inlines = (RepresentativeInline,)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    search_help_text = _("An e-mail address or a name.")
    ordering = ("email", "id")
    filter_horizontal = ()
    readonly_fields = ("last_login", "created_at")
    add_fieldsets = (
        (None, {"fields": ("email", "name", "language", "is_staff")}),
        (_("Password"), {"fields": ("password1", "password2")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        person = (None, {"fields": ("email", "name", "language", "is_active")})
        rights = (_("Rights"), {"fields": RIGHTS})
        times = (_("Dates"), {"fields": ("last_login", "created_at")})
        return (person, rights, times) if request.user.is_superuser else (person, times)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new colleague gets the rights of the secretariat, and no more."""
        super().save_related(request, form, formsets, change)
        if not change and form.instance.is_staff:
            form.instance.groups.add(Group.objects.get(name=SECRETARIAT))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"password_url": "../password/", **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Staff edit the people of the members; who has rights is edited by superusers."""
        allowed = super().has_change_permission(request, obj)
        protected = isinstance(obj, User) and (obj.is_staff or obj.is_superuser)
        return allowed and (request.user.is_superuser or not protected)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Representative)
class RepresentativeAdmin(RecordAdmin):
    list_display = ("user", "member", "role", "created_at", "ended_at")
    list_filter = ("role", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("user", "member")
    search_fields = ("user__email", "user__name", "member__name", "member__acronym")
    ordering = ("-id",)
    autocomplete_fields = ("user", "member")
    fields = ("user", "member", "role", "ended_at")
    readonly_fields = ("ended_at",)
    actions = ("end_chosen",)

    @admin.action(description=_("End: they no longer act for the member"), permissions=["change"])
    def end_chosen(self, request: HttpRequest, rows: QuerySet[Representative]) -> None:
        number = rows.filter(ended_at=None).update(ended_at=timezone.now())
        text = ngettext(
            "%(number)d person no longer acts for a member.",
            "%(number)d people no longer act for a member.",
            number,
        )
        self.message_user(request, text % {"number": number}, messages.SUCCESS)


@admin.register(Contact)
class ContactAdmin(RecordAdmin):
    deletable = True
    list_display = ("name", "position", "member", "email", "consented_on")
    list_filter = (("consented_on", admin.EmptyFieldListFilter),)
    list_select_related = ("member",)
    search_fields = ("name", "position", "email")
    ordering = ("name", "id")
    autocomplete_fields = ("member",)
    fields = ("member", ("name", "position"), ("email", "phone"), "consented_on")

    def search(self, rows: QuerySet[Contact], text: str) -> QuerySet[Contact]:
        return super().search(rows, text) | rows.filter(member__in=Member.objects.matching(text))


class RightsAdmin(PlainList, GroupAdmin):
    """Groups of rights; only superusers see them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


admin.site.unregister(Group)
admin.site.register(Group, RightsAdmin)
