"""Checking and cleaning what people state about one cooperative: on a page and in a row of a list.

The rules are those of the model and its constraints, without a question to the database. Messages
say what is wrong; the ``help_text`` of the field says what to write instead.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cecop.vocabulary.countries import country_choices
from cecop.vocabulary.regions import region_choices, region_country
from cecop.vocabulary.sectors import sector_choices
from cecop.vocabulary.types import CooperativeType
from cooperatives.choices import CooperativeStatus
from cooperatives.forms.fields import (
    Code,
    Codes,
    Coordinate,
    Count,
    Line,
    Names,
    Paragraphs,
    Website,
)
from cooperatives.models import Cooperative

_PEOPLE = _("A whole number such as 1200, or nothing.")


def _length(name: str) -> int | None:
    """The longest text that the model stores in a field."""
    length: int | None = getattr(Cooperative._meta.get_field(name), "max_length", None)
    return length


def _statuses() -> Sequence[tuple[str, Any]]:
    """All but merged: a merge names the other cooperative, which a form like this one does not."""
    return [each for each in CooperativeStatus.choices if each[0] != CooperativeStatus.MERGED]


class CooperativeForm(forms.Form):
    """What can be stated about one cooperative. It checks and cleans, and never saves."""

    name = Line(
        label=_("name"),
        max_length=_length("name"),
        error_messages={"required": _("There is no name.")},
        help_text=_("The name, on one line."),
    )
    other_names = Names(
        label=_("other names"),
        max_length=_length("name"),
        required=False,
        widget=forms.Textarea,
        help_text=_("One name per line."),
    )
    legal_form = Line(
        label=_("legal form"),
        max_length=_length("legal_form"),
        required=False,
        help_text=_("As in its country: SCOP, SCIC …"),
    )
    country = Code(
        label=_("country"),
        choices=country_choices,
        error_messages={
            "required": _("There is no country."),
            "invalid_choice": _("This is not a country."),
        },
        help_text=_("A code such as FR, or the name."),
    )
    region = Code(
        label=_("region"),
        choices=region_choices,
        required=False,
        help_text=_("A region of that country, as a NUTS code such as ITC4."),
    )
    city = Line(label=_("town"), max_length=_length("city"), required=False)
    postcode = Line(label=_("postcode"), max_length=_length("postcode"), required=False)
    street = Line(
        label=_("street"),
        max_length=_length("street"),
        required=False,
        help_text=_("Never public: it may be a home."),
    )
    latitude = Coordinate(
        label=_("latitude"), limit=90, help_text=_("Degrees such as 53.4881, with the longitude.")
    )
    longitude = Coordinate(
        label=_("longitude"), limit=180, help_text=_("Degrees such as -2.2374, with the latitude.")
    )
    types = Codes(
        label=_("types"),
        choices=lambda: CooperativeType.choices,
        required=False,
        help_text=_("worker, social or self_employed; several are possible."),
    )
    sector = Code(
        label=_("sector"),
        choices=sector_choices,
        required=False,
        help_text=_("A division of NACE Rev. 2.1 such as 81."),
    )
    workers = Count(label=_("workers"), required=False, max_value=2_147_483_647, help_text=_PEOPLE)
    worker_members = Count(
        label=_("worker members"), required=False, max_value=2_147_483_647, help_text=_PEOPLE
    )
    founded = Count(
        label=_("founded"), required=False, min_value=1800, help_text=_("A year such as 1985.")
    )
    website = Website(
        label=_("website"),
        max_length=_length("website"),
        required=False,
        help_text=_("An address such as https://example.org."),
    )
    email = forms.EmailField(
        label=_("e-mail address"),
        max_length=_length("email"),
        required=False,
        help_text=_("An address such as office@example.org."),
    )
    phone = Line(label=_("phone"), max_length=_length("phone"), required=False)
    description = Paragraphs(
        label=_("description"), max_length=_length("description"), required=False
    )
    status = Code(
        label=_("status"),
        choices=_statuses,
        required=False,
        help_text=_("active or closed."),
    )

    def clean_founded(self) -> int | None:
        founded: int | None = self.cleaned_data["founded"]
        if founded is not None and founded > timezone.localdate().year:
            raise ValidationError(_("This year is still to come."), code="future")
        return founded

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or CooperativeStatus.ACTIVE

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        region, country = given.get("region"), given.get("country")
        if region and country and region_country(region) != country:
            self.add_error("region", _("This region is in another country."))
        latitude, longitude = given.get("latitude"), given.get("longitude")
        if "latitude" in given and "longitude" in given:
            if (latitude is None) != (longitude is None):
                missing = "latitude" if latitude is None else "longitude"
                self.add_error(missing, _("Latitude and longitude go together."))
            elif latitude == 0 and longitude == 0:
                self.add_error("latitude", _("0, 0 is a point in the sea, not this place."))
        return given
