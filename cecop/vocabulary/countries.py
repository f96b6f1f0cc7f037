"""Countries by ISO 3166-1 code (GB, GR), named in the reader's language."""

from typing import Any

from django_countries import countries as iso_countries


def country_name(code: str) -> str:
    """The short name in the language in force; an unknown code answers itself."""
    return str(iso_countries.name(code)) or code


def country_names() -> dict[str, Any]:
    """Every ISO 3166-1 alpha-2 code -> its name, translated when shown."""
    return dict(iso_countries.countries)


def country_choices() -> list[tuple[str, str]]:
    """(code, name) sorted by name in the language in force; for forms and the admin."""
    return [(code, str(name)) for code, name in iso_countries]
