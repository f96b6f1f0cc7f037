"""Form fields in plain words: boxes to tick, one name per line, the browser's own dates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class LinesField(forms.Field):
    """A list of texts, written one per line; empty lines and repetitions are left out."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(**options)
        self.max_length = max_length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = (line.strip() for line in (value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for number, line in enumerate(value, 1):
            if "\x00" in line:
                raise ValidationError(_("Line %d holds a character that cannot be kept.") % number)
            if len(line) > self.max_length:
                message = ngettext_lazy(
                    "Line %(line)d is longer than %(limit)d character.",
                    "Line %(line)d is longer than %(limit)d characters.",
                    "limit",
                )
                raise ValidationError(message % {"line": number, "limit": self.max_length})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class DayInput(forms.DateInput):
    """The browser's own choice of a day; it needs no script and speaks the reader's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def array_field(column: "ArrayField[Any, Any]") -> forms.Field:
    """Checkboxes where the values are a closed list, else one value per line."""
    common: dict[str, Any] = {
        "label": capfirst(column.verbose_name),
        "help_text": column.help_text,
        "required": not column.blank,
    }
    if column.base_field.choices:
        return forms.MultipleChoiceField(
            choices=column.base_field.choices, widget=forms.CheckboxSelectMultiple, **common
        )
    common["help_text"] = column.help_text or _("One per line.")
    return LinesField(
        max_length=column.base_field.max_length or 0,
        widget=forms.Textarea(attrs={"rows": 3}),
        **common,
    )


def grouped(pairs: Sequence[tuple[str, list[tuple[str, Any]]]]) -> list[tuple[str, Any]]:
    """Choices under headings, after an empty one: (heading, [(code, label)])."""
    return [("", "---------"), *pairs]


def is_day(column: "models.Field[Any, Any]") -> bool:
    """Whether the column holds a day without a time."""
    return isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField)
