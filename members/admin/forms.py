"""Forms of people: the e-mail address is the login, and a password is never shown."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cecop.secretariat.forms import RecordForm
from members.models import User


class EmailOnce:
    """An address counts as the same whatever its capitals."""

    def clean_email(self: Any) -> str:
        email: str = User.objects.normalize_email(self.cleaned_data["email"])
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("Another person has this e-mail address."))
        return email


class PersonForm(EmailOnce, RecordForm):
    """An existing person."""

    class Meta:
        model = User
        fields = ("email", "name", "language", "is_active", "is_staff", "is_superuser", "groups")


class PersonAddForm(EmailOnce, BaseUserCreationForm):  # type: ignore[type-arg]
    """A new person, with a password to begin with."""

    class Meta:
        model = User
        fields = ("email", "name", "language", "is_staff")
        help_texts = {"is_staff": _("A colleague, who may sign in here and do what you may.")}
        field_classes: dict[str, type[forms.Field]] = {}


class PersonPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A new password for somebody else."""

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(user, *args, **options)
        self.fields.pop("usable_password", None)
