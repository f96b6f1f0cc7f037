"""The people who sign in: secretariat staff and the representatives of members."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from cecop import records
from members.choices import RepresentativeRole

# The group of the secretariat's staff; a migration of the cooperatives app gives it its rights.
SECRETARIAT = "Secretariat"


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an address counts as the same whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved account; without a password nobody can sign in to it."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of an e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in; the e-mail address is the login."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=16, default="en", validators=[records.language_tag]
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: nobody signs in then.")
    )
    is_staff = models.BooleanField(
        _("secretariat staff"), default=False, help_text=_("May sign in to this administration.")
    )
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Another person has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Representative(records.Record):
    """A person who acts for a member: a manager may also invite others, an editor may not."""

    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), related_name="representatives"
    )
    member = models.ForeignKey(
        "members.Member",
        models.PROTECT,
        verbose_name=_("member"),
        related_name="representatives",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=RepresentativeRole, default=RepresentativeRole.EDITOR
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta(records.Record.Meta):
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "member"],
                condition=models.Q(ended_at__isnull=True),
                name="representative_once",
                violation_error_message=_("This person acts for this member already."),
            ),
            records.choice_check("representative_role", "role", RepresentativeRole),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.member}"
