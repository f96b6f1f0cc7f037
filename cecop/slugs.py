"""The readable part of an address, in plain Latin letters whatever the script of the name."""

from django.utils.text import slugify

from cecop.latin import letters

LENGTH = 60


def make_slug(name: str, otherwise: str = "") -> str:
    """``"Łódź, L'Aquila"`` -> ``"lodz-l-aquila"``, at most 60 characters, also good as a part of
    a domain; ``otherwise`` when no letter of the name can be written so."""
    return slugify(name.lower().translate(letters()))[:LENGTH].strip("-") or otherwise
