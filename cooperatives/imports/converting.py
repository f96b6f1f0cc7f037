"""What a cell says -> the value that the form checks; what cannot be told is noted, not guessed."""

import re
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cecop.vocabulary.countries import country_choices
from cecop.vocabulary.sectors import DIVISIONS
from cecop.vocabulary.types import CooperativeType
from cooperatives.choices import CooperativeStatus
from cooperatives.imports import nace
from cooperatives.imports.regions import plain, region_code

ERASE = "-"
_NOTHING = frozenset({"n/a", "n.a.", "#n/a", "nn", "n.n.", "tbc", "tba", "null", "none", "?"})
_DATE = re.compile(r"(?P<iso>\d{4})-\d\d?-\d\d?(?:[ T].*)?|\d\d?[./-]\d\d?[./-](?P<last>\d{4})")

_TYPES: dict[str, str | None] = {
    "worker": CooperativeType.WORKER,
    "workers": CooperativeType.WORKER,
    "worker cooperative": CooperativeType.WORKER,
    "worker co operative": CooperativeType.WORKER,
    "cooperativa di lavoro": CooperativeType.WORKER,
    "cooperativa di produzione e lavoro": CooperativeType.WORKER,
    "cooperativa de trabajo": CooperativeType.WORKER,
    "cooperativa de trabajo asociado": CooperativeType.WORKER,
    "scop": CooperativeType.WORKER,
    "social": CooperativeType.SOCIAL,
    "social cooperative": CooperativeType.SOCIAL,
    "social co operative": CooperativeType.SOCIAL,
    "cooperativa sociale": CooperativeType.SOCIAL,
    "self employed": CooperativeType.SELF_EMPLOYED,
    "self employed producers": CooperativeType.SELF_EMPLOYED,
    "cooperative of self employed": CooperativeType.SELF_EMPLOYED,
    "cooperativa di lavoratori autonomi": CooperativeType.SELF_EMPLOYED,
    # Known, and none of the three types: who owns these is not the people who work there. In an
    # employee trust, trustees hold the shares for the staff; one member, one vote is not given.
    "consumers": None,
    "community of interest": None,
    "tenants": None,
    "enterprises": None,
    "multi stakeholder": None,
    "employee trust": None,
    "co operatives": None,
}
_STATUS = {
    "active": CooperativeStatus.ACTIVE,
    "live": CooperativeStatus.ACTIVE,
    "closed": CooperativeStatus.CLOSED,
    "dead": CooperativeStatus.CLOSED,
    "dissolved": CooperativeStatus.CLOSED,
}


class Converted(NamedTuple):
    """``value`` for the form (None: the cell says nothing), and why something was left out."""

    value: Any = None
    note: str = ""


def says_nothing(raw: str) -> bool:
    """Whether a cell is empty or holds one of the usual ways to write nothing."""
    text = raw.strip()
    return not text or text.casefold() in _NOTHING


def country(raw: str, _country: str) -> Converted:
    """An ISO code, the codes UK and EL, or a name in a language of the site."""
    code = raw.strip().upper()
    code = {"UK": "GB", "EL": "GR"}.get(code, code)
    if code not in _codes():
        code = _country_names().get(plain(raw), raw)
    return Converted(code)


def region(raw: str, country_code: str) -> Converted:
    code = region_code(raw, country_code)
    return Converted(code) if code else Converted(note=_("not a region that the directory knows"))


def types(raw: str, _country: str) -> Converted:
    """One or several types; a part that is none of the three is left out and noted."""
    whole = plain(raw)
    parts = [whole] if whole in _TYPES else [plain(part) for part in re.split(r"[;,/+|]", raw)]
    known = [_TYPES[part] for part in parts if _TYPES.get(part)]
    if len(known) == len(parts):
        return Converted(known)
    if all(part in _TYPES for part in parts):
        return Converted(known or None, _("known, but none of the directory's three types"))
    return Converted(known or None, _("not a type that the directory knows"))


def sector(raw: str, _country: str) -> Converted:
    """A division of NACE Rev. 2.1 by its code, also with the digits after it, or by its label."""
    found = re.fullmatch(r"[A-V]?\s*(\d\d)(?:[.\d]{0,6}[A-Z]?)", raw.strip().upper())
    code = found[1] if found else _sector_labels().get(plain(raw), "")
    if code in DIVISIONS:
        return Converted(code)
    return Converted(note=_("not a sector of NACE Rev. 2.1"))


def nace_rev_2(raw: str, _country: str) -> Converted:
    code = nace.division(raw)
    if code is None:
        return Converted(note=_("not a code of NACE Rev. 2"))
    if not code:
        return Converted(note=_("this code of NACE Rev. 2 belongs to several sectors of Rev. 2.1"))
    return Converted(code)


def founded(raw: str, _country: str) -> Converted:
    """A year, or the year of a date."""
    date = _DATE.fullmatch(raw.strip())
    return Converted((date["iso"] or date["last"]) if date else raw)


def status(raw: str, _country: str) -> Converted:
    code = _STATUS.get(plain(raw))
    return Converted(code) if code else Converted(note=_("neither active nor closed"))


CONVERTERS = {
    "country": country,
    "region": region,
    "types": types,
    "sector": sector,
    "nace_rev_2": nace_rev_2,
    "founded": founded,
    "status": status,
}


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _name in country_choices())


@cache
def _country_names() -> dict[str, str]:
    """Plain name in each language of the site -> code."""
    names: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            names |= {plain(name): code for code, name in country_choices()}
    return names


@cache
def _sector_labels() -> dict[str, str]:
    """Plain label in each language of the site -> division."""
    labels: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            labels |= {plain(str(label)): code for code, (_section, label) in DIVISIONS.items()}
    return labels
