"""What is known about a member beside its own row: names, texts, sources and contact people."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cecop import records
from members.choices import NameKind
from members.models.member import Member
from members.querysets import ContactQuerySet


@records.with_history
class MemberName(records.Record):
    """Another name of a member, so that it is found: a former one, another script or language."""

    member = models.ForeignKey(
        Member, models.PROTECT, verbose_name=_("member"), related_name="names"
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=NameKind)
    language = models.CharField(
        _("language"), max_length=16, blank=True, validators=[records.language_tag]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(records.Record.Meta):
        triggers = records.triggers("member_id")
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="member_name_once"),
            records.choice_check("member_name_kind", "kind", NameKind),
        ]

    def __str__(self) -> str:
        return self.name


@records.with_history
class MemberText(records.Record):
    """What a member is, in one language."""

    member = models.ForeignKey(
        Member, models.PROTECT, verbose_name=_("member"), related_name="texts"
    )
    language = models.CharField(_("language"), max_length=16, validators=[records.language_tag])
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    description = models.TextField(_("description"), max_length=10_000, blank=True)

    class Meta(records.Record.Meta):
        triggers = records.triggers("member_id")
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            models.UniqueConstraint(fields=["member", "language"], name="member_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.language})"


@records.with_history
class MemberSource(records.Record):
    """A page that supports facts about a member."""

    member = models.ForeignKey(
        Member, models.PROTECT, verbose_name=_("member"), related_name="sources"
    )
    url = models.URLField(_("address"), max_length=500, validators=[records.http_url])
    fields = models.CharField(_("supports"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta(records.Record.Meta):
        triggers = records.triggers("member_id")
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(fields=["member", "url"], name="member_source_once"),
            records.url_check("member_source_url", "url"),
        ]

    def __str__(self) -> str:
        return self.url


@records.with_history
class Contact(records.Record):
    """A named person at a member; private unless that person's consent is recorded."""

    member = models.ForeignKey(
        Member, models.PROTECT, verbose_name=_("member"), related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    consented_on = models.DateField(
        _("agreed to be shown on"),
        null=True,
        blank=True,
        help_text=_("Without a date this person is never public."),
    )

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(records.Record.Meta):
        triggers = records.triggers("member_id")
        verbose_name = _("contact person")
        verbose_name_plural = _("contact people")

    def __str__(self) -> str:
        return self.name
