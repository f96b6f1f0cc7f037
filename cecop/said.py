"""Lists of labels, translated once in each language."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language

_said: dict[tuple[str, str], dict[str, str]] = {}


def said(name: str, vocabulary: Callable[[], Mapping[str, str | Promise]]) -> dict[str, str]:
    """Code -> label in the language in force; ``name`` tells one vocabulary from another."""
    key = (name, get_language() or "")
    if key not in _said:
        _said[key] = {code: str(label) for code, label in vocabulary().items()}
    return _said[key]


def forget() -> None:
    """Say everything anew, for who changed how texts are translated."""
    _said.clear()
