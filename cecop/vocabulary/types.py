"""The three types of cooperative; one cooperative may be of several, so types are never summed."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CooperativeType(TextChoices):
    WORKER = "worker", _("Worker")
    SOCIAL = "social", _("Social")
    SELF_EMPLOYED = "self_employed", _("Self-employed producers")


DESCRIPTIONS: dict[str, Promise] = {
    CooperativeType.WORKER: _(
        "Owned and governed by the people who work there: one member, one vote, shared risk."
    ),
    CooperativeType.SOCIAL: _(
        "Care, education and culture, and work for people whom the labour market leaves out."
    ),
    CooperativeType.SELF_EMPLOYED: _(
        "Drivers, journalists, masons, designers: they share what one alone cannot afford."
    ),
}

PLURALS: dict[str, Promise] = {
    CooperativeType.WORKER: _("Worker cooperatives"),
    CooperativeType.SOCIAL: _("Social cooperatives"),
    CooperativeType.SELF_EMPLOYED: _("Cooperatives of self-employed producers"),
}


def labelled(codes: list[str]) -> list[tuple[str, str]]:
    """``["social"]`` -> ``[("social", "Social")]``, in the order of the vocabulary."""
    return [(kind.value, str(kind.label)) for kind in CooperativeType if kind.value in codes]


def type_names() -> dict[str, Promise]:
    """Every type -> its label."""
    return dict(CooperativeType.choices)
