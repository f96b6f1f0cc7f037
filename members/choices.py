"""The closed lists of the members app; the codes are stable, the labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MemberStatus(TextChoices):
    DRAFT = "draft", _("Draft, not public")
    PUBLISHED = "published", _("Published")
    FORMER = "former", _("Former member")


class MemberKind(TextChoices):
    FULL = "full", _("Full member")
    ASSOCIATE = "associate", _("Associate member")
    UNKNOWN = "unknown", _("Not known")


class MemberRole(TextChoices):
    FEDERATION = "federation", _("Federation")
    SUPPORT_NETWORK = "support_network", _("Support network")
    FINANCE = "finance", _("Finance")
    ENTERPRISE = "enterprise", _("Single cooperative")
    OTHER = "other", _("Other")


class Evidence(TextChoices):
    """How the directory knows that an organisation is a member."""

    CONFIRMED = "confirmed", _("Confirmed by the secretariat")
    SEEN = "seen", _("Stated in a source")
    INFERRED = "inferred", _("Inferred from sources")
    UNCONFIRMED = "unconfirmed", _("To be confirmed by the secretariat")


class NameKind(TextChoices):
    FULL = "full", _("Full name")
    FORMER = "former", _("Former name")
    ACRONYM = "acronym", _("Acronym")
    TRANSLITERATION = "transliteration", _("In another script")
    TRANSLATION = "translation", _("In another language")
    SHORT = "short", _("Short name")


class RepresentativeRole(TextChoices):
    MANAGER = "manager", _("Manager")
    EDITOR = "editor", _("Editor")
