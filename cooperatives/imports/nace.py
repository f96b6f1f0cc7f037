"""NACE Rev. 2 (2008–2024) -> divisions of NACE Rev. 2.1; docs/decisions/0003 says why.

National codes that extend NACE Rev. 2 by a digit or a letter (SIC 2007, NAF rév. 2, ATECO 2007,
WZ 2008, CNAE 2009) are read by their first four digits.
"""

import re

from cecop.vocabulary.sectors import DIVISIONS

# Classes of Rev. 2 that left their division, without trailing zeros. Empty: they went to several.
_MOVED = {
    "411": "68",  # development of building projects -> real estate
    "4511": "",  # sale of cars: wholesale 46, retail 47
    "4519": "",  # sale of other motor vehicles: 46 or 47
    "452": "95",  # repair of motor vehicles
    "4531": "46",  # wholesale of motor vehicle parts
    "4532": "47",  # retail sale of motor vehicle parts
    "454": "",  # motorcycles: 46, 47 or 95
    "6312": "",  # web portals: content distribution 60, search 63
    "6391": "60",  # news agencies
    "7021": "73",  # public relations
}
_CODE = re.compile(r"(?:UKSIC07-|[A-U])?\s*(\d\d)[.\s]?(\d?)[.\s]?(\d?)[.\s/]?\d{0,2}[A-Z]?")


def division(code: str) -> str | None:
    """The division of Rev. 2.1 for a code of Rev. 2: empty when the code leaves it open, None when
    the text is no code of Rev. 2.

    A group or division is converted only when everything in it went to one division.
    """
    found = _CODE.fullmatch(code.strip().upper())
    own = found[1] if found else ""
    if found is None or own not in {*DIVISIONS, "45"}:
        return None
    digits = own + (found[2] + found[3]).rstrip("0")
    if digits in _MOVED:
        return _MOVED[digits]
    return "" if any(moved.startswith(digits) for moved in _MOVED) else own
