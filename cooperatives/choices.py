"""The closed lists of the cooperatives app; the codes are stable, the labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CooperativeStatus(TextChoices):
    ACTIVE = "active", _("Active")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged")


class Scheme(TextChoices):
    """The registers that give enterprises official numbers."""

    REGISTER = "register", _("National register")
    VAT = "vat", _("VAT number")
    LEI = "lei", _("LEI")
    COOP = "coop", _(".coop domain")
