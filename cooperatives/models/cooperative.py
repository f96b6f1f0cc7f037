"""An enterprise that a member represents."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cecop import records
from cecop.search import Fold, Words
from cecop.vocabulary.countries import country_choices, country_name
from cecop.vocabulary.postcodes import postcode_area
from cecop.vocabulary.regions import PREFIXES, region_choices, region_name
from cecop.vocabulary.sectors import DIVISIONS, sector_choices, sector_name
from cecop.vocabulary.types import CooperativeType, labelled
from cooperatives.choices import CooperativeStatus
from cooperatives.querysets import CooperativeQuerySet

if TYPE_CHECKING:
    from cooperatives.models.links import Affiliation


def _region_prefix() -> models.Case:
    """The first two letters of a region's code, from the country (GR is EL, GB is TL)."""
    other = [models.When(country=code, then=Value(prefix)) for code, prefix in PREFIXES.items()]
    return models.Case(*other, default=F("country"), output_field=models.CharField())


@records.with_history
class Cooperative(records.Record):
    """An enterprise; one record even when several members represent it."""

    public_id = records.public_id_field()
    name = models.CharField(_("name"), max_length=250)
    slug = models.SlugField(_("address on the site"), max_length=80, db_index=False)
    other_names = ArrayField(
        models.CharField(max_length=250), verbose_name=_("other names"), default=list, blank=True
    )
    legal_form = models.CharField(
        _("legal form"), max_length=100, blank=True, help_text=_("As in its country: SCOP, SCIC …")
    )
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    region = models.CharField(_("region"), max_length=5, blank=True, choices=region_choices)
    city = models.CharField(_("town"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    street = models.CharField(
        _("street"), max_length=250, blank=True, help_text=_("Never public: it may be a home.")
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    types = ArrayField(
        models.CharField(max_length=20, choices=CooperativeType),
        verbose_name=_("types"),
        default=list,
        blank=True,
    )
    sector = models.CharField(_("sector"), max_length=2, blank=True, choices=sector_choices)
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)
    worker_members = models.PositiveIntegerField(_("worker members"), null=True, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    website = models.URLField(
        _("website"), max_length=500, blank=True, validators=[records.http_url]
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=CooperativeStatus, default=CooperativeStatus.ACTIVE
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        related_name="predecessors",
        null=True,
        blank=True,
    )
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Fictitious, for trying the site out.")
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
    search = models.GeneratedField(
        expression=Fold(
            Concat(
                "name",
                Value(" "),
                Words("other_names"),
                Value(" "),
                "city",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    sort_name = models.GeneratedField(
        expression=Fold("name"), output_field=models.TextField(db_collation="C"), db_persist=True
    )

    objects: ClassVar[CooperativeQuerySet] = CooperativeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(records.Record.Meta):
        verbose_name = _("cooperative")
        verbose_name_plural = _("cooperatives")
        constraints = [
            records.public_id_check("cooperative_public_id"),
            records.country_check("cooperative_country"),
            records.url_check("cooperative_website", "website"),
            records.subset_check("cooperative_types", "types", CooperativeType.values),
            records.choice_check("cooperative_status", "status", CooperativeStatus),
            records.year_check("cooperative_founded", "founded"),
            records.both_or_neither("cooperative_confirmed", "confirmed_at", "confirmed_by"),
            records.both_or_neither("cooperative_place", "latitude", "longitude"),
            models.CheckConstraint(condition=~Q(name=""), name="cooperative_name_not_empty"),
            models.CheckConstraint(
                condition=Q(sector="") | Q(sector__in=list(DIVISIONS)), name="cooperative_sector"
            ),
            models.CheckConstraint(
                condition=Q(region="") | Q(region__startswith=_region_prefix()),
                name="cooperative_region_in_country",
                violation_error_message=_("This region is in another country."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="cooperative_place_on_earth",
                violation_error_message=_("This place is not on Earth."),
            ),
            models.CheckConstraint(
                condition=Q(status="merged", successor__isnull=False)
                | (~Q(status="merged") & Q(successor__isnull=True)),
                name="cooperative_merged_has_successor",
                violation_error_message=_(
                    "A merged cooperative names the one it went into, and only a merged one does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="cooperative_not_its_own_successor",
                violation_error_message=_("A cooperative cannot be merged into itself."),
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("search"), "gin_trgm_ops"), name="cooperative_search"),
            GinIndex(fields=["types"], name="cooperative_types"),
            models.Index(fields=["sort_name", "id"], name="cooperative_sort_name"),
            models.Index(fields=["country", "sort_name", "id"], name="cooperative_country"),
            models.Index(fields=["region"], name="cooperative_region"),
            models.Index(fields=["sector"], name="cooperative_sector"),
            models.Index(fields=["workers"], name="cooperative_workers"),
            models.Index(fields=["id"], condition=Q(is_sample=True), name="cooperative_samples"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cooperatives:cooperative_detail", args=[self.public_id, self.slug])

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def region_name(self) -> str:
        return region_name(self.region)

    @property
    def postcode_area(self) -> str:
        """The postcode as the public may see it; a whole British one leads to a few houses."""
        return postcode_area(self.country, self.postcode)

    @property
    def sector_name(self) -> str:
        return sector_name(self.sector)

    @cached_property
    def member_names(self) -> list[str]:
        """The members that represent it today, in short; only on rows from ``with_members()``,
        which fetched them (lists that know them otherwise set them)."""
        affiliations: list[Affiliation] = self.__dict__["open_affiliations"]
        return [affiliation.member.short_name for affiliation in affiliations]

    @property
    def types_display(self) -> list[tuple[str, str]]:
        """(code, label) of each of its types."""
        return labelled(self.types)
