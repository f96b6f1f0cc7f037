"""What is edited on the page of its member."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest

from cecop.secretariat.records import RecordInline
from members.models import Contact, DeclaredFigures, MemberName, MemberSource, MemberText


class NameInline(RecordInline):
    model = MemberName
    fields = (("name", "kind"), ("language", "note"))


class TextInline(RecordInline):
    model = MemberText
    fields = ("language", "summary", "description")
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})}
    }

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[MemberText]:
        return super().get_queryset(request).select_related("member").order_by("language")


class SourceInline(RecordInline):
    model = MemberSource
    fields = ("url", ("fields", "checked_on"), "note")


class ContactInline(RecordInline):
    model = Contact
    fields = (("name", "position"), ("email", "phone"), "consented_on")


class FiguresInline(RecordInline):
    model = DeclaredFigures
    fields = (
        ("year", "scope"),
        ("enterprises", "workers", "worker_members"),
        ("individual_members", "women_share", "turnover_eur"),
        ("worker_enterprises", "social_enterprises", "self_employed_enterprises"),
        ("source_url", "as_published"),
        "warning",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[DeclaredFigures]:
        newest = models.F("year").desc(nulls_last=True)
        return super().get_queryset(request).select_related("member").order_by(newest, "id")
