"""Text folded for searching and sorting: without accents, case and punctuation.

The SQL functions are made by the first migrations of ``members``.
"""

from django.db.models import Expression, Func, TextField, Value


class Fold(Func):
    """``Fold("name")``: the folded text of a column or expression."""

    function = "cecop_fold"
    arity = 1
    output_field = TextField()


class Words(Func):
    """``Words("other_names")``: an array of texts as one text."""

    function = "cecop_words"
    arity = 1
    output_field = TextField()


class Code(Func):
    """``Code("number")``: capitals and digits only, as numbers are compared."""

    function = "cecop_code"
    arity = 1
    output_field = TextField()


def folded(text: str) -> Expression:
    """The folded form of a text that a person typed."""
    return Fold(Value(text))
