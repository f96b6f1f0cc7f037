"""What ties a cooperative to others: its affiliations to members and its official identifiers."""

from typing import ClassVar

from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cecop import records
from cecop.search import Code
from cecop.vocabulary.countries import country_choices
from cooperatives.choices import Scheme
from cooperatives.identifiers import identifier_problem
from cooperatives.models.cooperative import Cooperative
from cooperatives.querysets import AffiliationQuerySet, IdentifierQuerySet
from members.models import Member


@records.with_history
class Affiliation(records.Record):
    """A member represents a cooperative, under the member's own number for it."""

    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        verbose_name=_("cooperative"),
        related_name="affiliations",
    )
    member = models.ForeignKey(
        Member, models.PROTECT, verbose_name=_("member"), related_name="affiliations"
    )
    number = models.CharField(
        _("number"), max_length=60, blank=True, help_text=_("The member's own number for it.")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[AffiliationQuerySet] = AffiliationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(records.Record.Meta):
        triggers = records.triggers("cooperative_id")
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "member"],
                condition=Q(until__isnull=True),
                name="affiliation_open_once",
                violation_error_message=_("This member represents the cooperative already."),
            ),
            models.UniqueConstraint(
                fields=["member", "number"],
                condition=~Q(number=""),
                name="affiliation_number_once",
                violation_error_message=_("The member has given this number to another one."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="affiliation_until_after_since",
                violation_error_message=_("The end is before the beginning."),
            ),
        ]
        indexes = [
            models.Index(OpClass(Code("number"), "text_pattern_ops"), name="affiliation_code"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative} – {self.member}"


@records.with_history
class Identifier(records.Record):
    """An official number of a cooperative; check digits are verified without asking anybody."""

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, verbose_name=_("cooperative"), related_name="identifiers"
    )
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme)
    country = models.CharField(_("country of the register"), max_length=2, choices=country_choices)
    value = models.CharField(_("value"), max_length=60)

    objects: ClassVar[IdentifierQuerySet] = IdentifierQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(records.Record.Meta):
        triggers = records.triggers("cooperative_id")
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "country", "value"],
                name="identifier_once",
                violation_error_message=_("Another cooperative has this number."),
            ),
            records.choice_check("identifier_scheme", "scheme", Scheme),
            records.country_check("identifier_country"),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_value_not_empty"),
        ]
        indexes = [
            models.Index(OpClass(Code("value"), "text_pattern_ops"), name="identifier_code"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self) -> None:
        problem = identifier_problem(self.scheme, self.country, self.value)
        if problem:
            raise ValidationError({"value": problem})
