"""Postcodes as the public may see them: in some countries the whole code is one street or house."""

# Country -> how many characters of the code name an area; the rest names a few houses.
_FINE = {"IE": 3, "MT": 3, "NL": 4}
_UNIT = 3  # the last characters of a British code, about fifteen addresses


def postcode_area(country: str, postcode: str) -> str:
    """The part of a postcode that names an area: ``("GB", "HX5 9DB")`` -> ``"HX5"``."""
    code = postcode.strip()
    if country == "GB":
        joined = code.replace(" ", "")
        return joined[:-_UNIT] if len(joined) > _UNIT + 1 else joined
    return code[: _FINE[country]].strip() if country in _FINE else code
