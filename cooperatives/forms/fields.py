"""Kinds of form fields: text that can be stored anywhere, codes, counts, degrees, web addresses.

None asks the database, so that 60,000 rows of a list can be checked in seconds.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cecop import records

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ADDRESS_WITHOUT_SCHEME = re.compile(r"(?:www\.)?(?:[\w-]+\.)+[^\W\d_]{2,}(?:[:/?#].*)?", re.I)
_INTEGER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+|\d+")


Choices = Callable[[], Sequence[tuple[str, Any]]]


def text_problem(text: str) -> "_StrPromise | None":
    """Why a text can be stored nowhere: characters that no name or address holds."""
    for letter in text:
        kind = unicodedata.category(letter)
        if letter == "\ufffd" or kind == "Cs":
            return _("A letter was lost here (�).")
        if letter in _DIRECTIONS:
            return _("There is an invisible mark here that turns the direction of the text.")
        if kind == "Cc" and letter not in "\t\n\r\x0b\x0c\x85":
            return _("There is a control character here that no text holds.")
    return None


class Line(forms.CharField):
    """Text on one line: white space is one space, invisible characters go."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", str(value or ""))
        problem = None if text.isascii() and text.isprintable() else text_problem(text)
        if problem:
            raise ValidationError(problem, code="characters")
        return " ".join(text.translate(_INVISIBLE).split())


class Paragraphs(forms.CharField):
    """Text on several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", str(value or ""))
        problem = text_problem(text)
        if problem:
            raise ValidationError(problem, code="characters")
        lines = text.translate(_INVISIBLE).splitlines()
        return "\n".join(" ".join(line.split()) for line in lines).strip()


class Names(Line):
    """Several names, one per line or parted by semicolons; each as long as a name may be."""

    def to_python(self, value: Any) -> Any:
        parts = value if isinstance(value, list) else re.split(r"[\n;]", str(value or ""))
        names = (super(Names, self).to_python(part) for part in parts)
        return list(dict.fromkeys(name for name in names if name))

    def run_validators(self, value: Any) -> None:
        for name in value:
            super().run_validators(name)


class Code(forms.ChoiceField):
    """One code of a vocabulary."""

    default_error_messages = {"invalid_choice": _("This is not in the vocabulary.")}

    def __init__(self, *, choices: Choices, **options: Any) -> None:
        super().__init__(choices=choices, **options)
        self.codes = frozenset(code for code, _label in choices())

    def valid_value(self, value: Any) -> bool:
        # Without the labels, whose translation would take longer than all the rest.
        return value in self.codes


class Codes(forms.MultipleChoiceField):
    """Several codes of a vocabulary, in its order, each once."""

    default_error_messages = {"invalid_choice": _("This is not in the vocabulary.")}

    def __init__(self, *, choices: Choices, **options: Any) -> None:
        super().__init__(choices=choices, **options)
        self.codes = [code for code, _label in choices()]

    def clean(self, value: Any) -> list[str]:
        given = super().clean(value)
        return [code for code in self.codes if code in given]


class Count(forms.IntegerField):
    """A number of people; thousands may be parted by spaces, never by dots or commas."""

    widget = forms.NumberInput

    def to_python(self, value: Any) -> int | None:
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
            raise ValidationError(_("The point or comma may part thousands or decimals."))
        if not _INTEGER.fullmatch(text):
            raise ValidationError(_("This is not a whole number."))
        return int(re.sub(r"\D", "", text)[:20])


class Coordinate(forms.Field):
    """Degrees, kept to six decimals (about ten centimetres); a decimal comma is understood."""

    widget = forms.NumberInput(attrs={"step": "any"})

    def __init__(self, *, limit: int, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.limit = limit

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        try:
            degrees = Decimal(text if "." in text else text.replace(",", "."))
            if not degrees.is_finite() or abs(degrees) > self.limit:
                raise ValidationError(_("This is not a place on the earth."))
            return degrees.quantize(Decimal("0.000001"), ROUND_HALF_EVEN)
        except ArithmeticError:
            raise ValidationError(_("These are not degrees.")) from None


class Website(Line):
    """A web address; what begins with www gets http://, which every site answers."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        if "@" in text and "://" not in text:
            raise ValidationError(_("This is an e-mail address, not a web address."))
        if re.search(r"[\s,;]https?:", text):
            raise ValidationError(_("There is more than one address here."))
        if "://" not in text and _ADDRESS_WITHOUT_SCHEME.fullmatch(text):
            text = f"http://{text}"
        return self._tidy(text)

    def _tidy(self, text: str) -> str:
        """Scheme and host in small letters."""
        if not re.match(r"https?://", text, re.I):
            raise ValidationError(_("A web address begins with http:// or https://."))
        try:
            parts = urlsplit(text)
            records.http_url(text)
        except (ValueError, ValidationError):
            raise ValidationError(_("This is not a web address.")) from None
        if "@" in parts.netloc:
            raise ValidationError(_("A web address holds no user name or password."))
        return urlunsplit(parts._replace(netloc=parts.netloc.lower()))
