"""Permanent, opaque identifiers: ten random characters and a check character.

Alphabet: Crockford's base 32 in lower case (no i, l, o, u). The check character is ISO 7064
MOD 33,32 and finds every single wrong character and nearly every swap of two neighbours.
"""

import random
import secrets

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 11
PATTERN = rf"^[{ALPHABET}]{{{LENGTH}}}$"


def new_public_id(randomness: random.Random | None = None) -> str:
    """A fresh identifier; a seeded ``randomness`` gives the same ones each time (for samples)."""
    choose = randomness.choice if randomness else secrets.choice
    body = "".join(choose(ALPHABET) for _position in range(LENGTH - 1))
    return body + mod_37_36.calc_check_digit(body, ALPHABET)


def is_public_id(value: str) -> bool:
    """Whether the value has the right length, alphabet and check character."""
    if len(value) != LENGTH:
        return False
    try:
        mod_37_36.validate(value, ALPHABET)
    except ValidationError:
        return False
    return True
