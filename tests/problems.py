"""What the rules of a model say against a row."""

from django.core.exceptions import ValidationError
from django.db.models import Model


def problems_of(row: Model) -> dict[str, list[str]]:
    """Field -> messages; empty when the row is valid."""
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}
