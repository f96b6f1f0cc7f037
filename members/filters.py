"""The search for members: parameters of the address -> members, counts and pages."""

import django_filters
from django.utils.translation import gettext_lazy as _

from cecop.faceted import FacetedSearch, FacetFilter
from cecop.vocabulary.countries import country_names
from cecop.vocabulary.types import type_names
from members import indexing
from members.choices import MemberKind, MemberRole


class MemberSearch(FacetedSearch):
    """``?q= country type role kind sort page`` over ``Member.objects.for_listing()``."""

    index = indexing.KIND
    page_size = 100  # all of them, for years to come

    q = django_filters.CharFilter()
    country = FacetFilter(label=_("Country"), vocabulary=country_names)
    type = FacetFilter(label=_("Represents"), vocabulary=type_names)
    role = FacetFilter(label=_("Role"), vocabulary=lambda: dict(MemberRole.choices))
    kind = FacetFilter(label=_("Kind of membership"), vocabulary=lambda: dict(MemberKind.choices))

    orders = {
        "relevance": _("relevance"),
        "name": _("name"),
        "country": _("country"),
        "enterprises": _("enterprises"),
    }
