"""Figures: what members declare, what CECOP has published, and the dates of its history."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cecop import records
from members.models.member import Member
from members.querysets import DeclaredFiguresQuerySet, HeadlineQuerySet


def _count(label: Any, **options: Any) -> "models.PositiveIntegerField[int | None, int | None]":
    """A whole number that may be unknown."""
    return models.PositiveIntegerField(label, null=True, blank=True, **options)


@records.with_history
class DeclaredFigures(records.Record):
    """What a member states about itself for a year, with the source."""

    member = models.ForeignKey(
        Member, models.PROTECT, verbose_name=_("member"), related_name="figures"
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("Leave empty when the source gives no year.")
    )
    scope = models.CharField(
        _("what is counted"), max_length=200, blank=True, help_text=_("For example: members only.")
    )
    enterprises = _count(_("enterprises"))
    workers = _count(_("workers"))
    worker_members = _count(_("worker members"))
    individual_members = _count(_("individual members"))
    women_share = models.DecimalField(
        _("share of women (%)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    turnover_eur = models.PositiveBigIntegerField(_("turnover (euro)"), null=True, blank=True)
    worker_enterprises = _count(_("worker cooperatives"))
    social_enterprises = _count(_("social cooperatives"))
    self_employed_enterprises = _count(_("cooperatives of self-employed producers"))
    as_published = models.CharField(_("as printed in the source"), max_length=300, blank=True)
    source_url = models.URLField(_("source"), max_length=500, validators=[records.http_url])
    warning = models.CharField(
        _("warning"), max_length=300, blank=True, help_text=_("What a reader should know. Public.")
    )

    objects: ClassVar[DeclaredFiguresQuerySet] = DeclaredFiguresQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(records.Record.Meta):
        triggers = records.triggers("member_id")
        verbose_name = _("declared figures")
        verbose_name_plural = _("declared figures")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year", "scope", "source_url"],
                nulls_distinct=False,
                name="declared_figures_once",
            ),
            records.year_check("declared_figures_year", "year"),
            records.url_check("declared_figures_source", "source_url"),
            models.CheckConstraint(
                condition=models.Q(women_share__isnull=True)
                | models.Q(women_share__range=(0, 100)),
                name="declared_figures_women_share",
                violation_error_message=_("A share lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=models.Q(worker_members__isnull=True)
                | models.Q(workers__isnull=True)
                | models.Q(worker_members__lte=models.F("workers")),
                name="declared_figures_worker_members",
                violation_error_message=_("There are more worker members than workers."),
            ),
            models.CheckConstraint(
                condition=models.Q(turnover_eur__isnull=True)
                | models.Q(enterprises__isnull=True)
                | models.Q(turnover_eur__gte=models.F("enterprises") * 1000),
                name="declared_figures_turnover",
                violation_error_message=_(
                    "That is less than 1,000 euro for each enterprise: check the magnitude."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.year or _('year not known')}"


@records.with_history
class Headline(records.Record):
    """CECOP's own published totals at a date; types overlap, so they do not add up to the total."""

    label = models.CharField(_("when"), max_length=40, help_text=_("As shown: 2019–2021."))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    members = _count(_("members"))
    countries = _count(_("countries"))
    enterprises = _count(_("enterprises"))
    workers = _count(_("workers"))
    worker_enterprises = _count(_("worker cooperatives"))
    social_enterprises = _count(_("social cooperatives"))
    social_workers = _count(_("workers in social cooperatives"))
    self_employed_enterprises = _count(_("cooperatives of self-employed producers"))
    turnover_eur = models.PositiveBigIntegerField(_("turnover (euro)"), null=True, blank=True)
    source_url = models.URLField(_("source"), max_length=500, validators=[records.http_url])
    note = models.CharField(_("note"), max_length=600, blank=True)
    is_current = models.BooleanField(
        _("shown on the home page"),
        default=False,
        help_text=_("It takes the place of the one that is shown now."),
    )
    loaded = models.JSONField(default=dict, blank=True, editable=False)

    objects: ClassVar[HeadlineQuerySet] = HeadlineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(records.Record.Meta):
        verbose_name = _("headline (published total)")
        verbose_name_plural = _("headlines (published totals)")
        constraints = [
            models.UniqueConstraint(fields=["label", "source_url"], name="headline_once"),
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="headline_current",
                violation_error_message=_(
                    "Another headline is shown on the home page. Untick it there first."
                ),
            ),
            records.url_check("headline_source", "source_url"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="headline_ends_after_start",
                violation_error_message=_("The end is before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


@records.with_history
class Milestone(records.Record):
    """A dated event in CECOP's history, with its source."""

    year = models.PositiveSmallIntegerField(_("year"))
    happened_on = models.DateField(_("day, if known"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, max_length=2000)
    source_url = models.URLField(_("source"), max_length=500, validators=[records.http_url])
    loaded = models.JSONField(default=dict, blank=True, editable=False)

    class Meta(records.Record.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="milestone_once"),
            records.year_check("milestone_year", "year"),
            records.url_check("milestone_source", "source_url"),
            models.CheckConstraint(
                condition=models.Q(happened_on__isnull=True)
                | models.Q(happened_on__year=models.F("year")),
                name="milestone_day_in_year",
                violation_error_message=_("The day is not in that year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} – {self.title}"
