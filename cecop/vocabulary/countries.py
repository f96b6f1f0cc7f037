"""Countries by ISO 3166-1 code (the United Kingdom is GB, Greece is GR), named in the reader's language."""

from django_countries import countries as iso_countries


def country_name(code: str) -> str:
    """The short name in the language in force; an unknown code answers itself."""
    return str(iso_countries.name(code)) or code


def country_codes() -> list[str]:
    """Every ISO 3166-1 alpha-2 code."""
    return [code for code, _name in iso_countries]


def country_choices() -> list[tuple[str, str]]:
    """(code, name) sorted by name in the language in force; for forms and the admin."""
    return [(code, str(name)) for code, name in iso_countries]
