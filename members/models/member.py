"""Organisations that belong to CECOP."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cecop import records
from cecop.search import Fold
from cecop.vocabulary.countries import country_choices, country_name
from cecop.vocabulary.sectors import SECTIONS, section_choices, sector_name
from cecop.vocabulary.types import CooperativeType, labelled
from members.choices import Evidence, MemberKind, MemberRole, MemberStatus
from members.querysets import MemberQuerySet

if TYPE_CHECKING:
    from members.models.details import MemberText
    from members.models.figures import DeclaredFigures


@records.with_history
class Member(records.Record):
    """An organisation that belongs to CECOP: a federation, or one that promotes cooperatives."""

    public_id = records.public_id_field()
    slug = models.SlugField(
        _("address on the site"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the page's address. Links break when it changes."),
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("In the original language."))
    language = models.CharField(
        _("language of the name"),
        max_length=16,
        default="en",
        validators=[records.language_tag],
        help_text=_("As a code: fr, it, bg …"),
    )
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True, validators=[records.http_url])
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    kind = models.CharField(
        _("kind"), max_length=10, choices=MemberKind, default=MemberKind.UNKNOWN
    )
    role = models.CharField(
        _("role"), max_length=20, choices=MemberRole, default=MemberRole.FEDERATION
    )
    role_note = models.CharField(_("role in words"), max_length=200, blank=True)
    umbrella = models.CharField(
        _("belongs to"), max_length=200, blank=True, help_text=_("The confederation it is part of.")
    )
    types = ArrayField(
        models.CharField(max_length=20, choices=CooperativeType),
        verbose_name=_("types represented"),
        default=list,
        blank=True,
    )
    types_note = models.CharField(_("about the types"), max_length=300, blank=True)
    sectors = ArrayField(
        models.CharField(max_length=1, choices=section_choices),
        verbose_name=_("sectors"),
        default=list,
        blank=True,
    )
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    founded_note = models.CharField(_("about the founding"), max_length=300, blank=True)
    joined_on = models.DateField(_("joined CECOP on"), null=True, blank=True)
    joined_note = models.CharField(_("about joining"), max_length=300, blank=True)
    left_on = models.DateField(_("left CECOP on"), null=True, blank=True)
    logo = models.ImageField(_("logo"), upload_to="members/logos/", blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=MemberStatus, default=MemberStatus.DRAFT
    )
    evidence = models.CharField(
        _("how we know it is a member"),
        max_length=12,
        choices=Evidence,
        default=Evidence.UNCONFIRMED,
    )
    evidence_note = models.TextField(
        _("evidence"), blank=True, max_length=5000, help_text=_("One dated statement per line.")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "members.User",
        models.PROTECT,
        verbose_name=_("confirmed by"),
        related_name="+",
        null=True,
        blank=True,
    )
    internal_note = models.TextField(
        _("note of the secretariat"), blank=True, max_length=5000, help_text=_("Never public.")
    )
    loaded = models.JSONField(default=dict, blank=True, editable=False)
    sort_name = models.GeneratedField(
        expression=Fold("name"), output_field=models.TextField(db_collation="C"), db_persist=True
    )

    objects: ClassVar[MemberQuerySet] = MemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(records.Record.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            records.public_id_check("member_public_id"),
            records.country_check("member_country"),
            records.url_check("member_website", "website"),
            records.subset_check("member_types", "types", CooperativeType.values),
            records.subset_check("member_sectors", "sectors", list(SECTIONS)),
            records.choice_check("member_status", "status", MemberStatus),
            records.choice_check("member_kind", "kind", MemberKind),
            records.choice_check("member_role", "role", MemberRole),
            records.choice_check("member_evidence", "evidence", Evidence),
            records.year_check("member_founded", "founded"),
            records.both_or_neither("member_confirmed", "confirmed_at", "confirmed_by"),
            models.CheckConstraint(
                condition=models.Q(status="draft")
                | (~models.Q(evidence="unconfirmed") & ~models.Q(evidence_note="")),
                name="member_public_has_evidence",
                violation_error_message=_(
                    "Say how we know that this organisation is or was a member, and write the "
                    "evidence with its date, before you publish it."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True)
                | models.Q(joined_on__isnull=True)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="member_left_after_joined",
                violation_error_message=_("The day of leaving is before the day of joining."),
            ),
        ]
        indexes = [
            GinIndex(fields=["types"], name="member_types"),
            models.Index(fields=["sort_name", "id"], name="member_sort_name"),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("member_detail", args=[self.slug])

    @property
    def short_name(self) -> str:
        """The acronym where there is one, else the name."""
        return self.acronym or self.name

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def types_display(self) -> list[tuple[str, str]]:
        """(code, label) of each type it represents."""
        return labelled(self.types)

    @property
    def sectors_display(self) -> list[str]:
        return [sector_name(code) for code in self.sectors]

    def text_for(self, language: str | None) -> "MemberText | None":
        """The text in the reader's language, else in English, else any there is."""
        texts = sorted(self.texts.all(), key=lambda t: (t.language != language, t.language != "en"))
        return texts[0] if texts else None

    @cached_property
    def declared(self) -> "DeclaredFigures | None":
        """The newest declared figures; only on rows from ``for_listing()``, which fetched them."""
        newest: list[DeclaredFigures] = self.__dict__["figures_newest_first"]
        return newest[0] if newest else None
