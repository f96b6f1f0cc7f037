"""Official numbers of enterprises, checked offline with python-stdnum."""

import re

import stdnum.exceptions
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import get_cc_module, lei

from cooperatives.choices import Scheme

_COOP_DOMAIN = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63})*\.coop$")


def identifier_problem(scheme: str, country: str, value: str) -> Promise | None:
    """What is wrong with a number, in words for people; None when nothing is known to be wrong.

    Register numbers are not checked: hardly any national register has a check digit of its own.
    """
    if scheme == Scheme.LEI:
        return None if lei.is_valid(value) else _("The check digits of this LEI do not fit.")
    if scheme == Scheme.VAT:
        return _vat_problem(country, value)
    if scheme == Scheme.COOP and not _COOP_DOMAIN.match(value):
        return _("A .coop domain looks like example.coop.")
    return None


def _vat_problem(country: str, value: str) -> Promise | None:
    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return None
    try:
        module.validate(value)
    except stdnum.exceptions.ValidationError:
        return _("This is not a VAT number of that country: a digit may be wrong or missing.")
    return None
