"""Decides, value by value, what the loader may write: never over a value that staff changed."""

from dataclasses import dataclass, field

from members.loading.tables import Values


@dataclass
class Merge:
    """What to write, what to remember as loaded, and which columns stay as staff left them."""

    changes: Values = field(default_factory=dict)
    remembered: Values = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def merge(stored: Values, remembered: Values, wanted: Values) -> Merge:
    """Each column by its value in the database, as it was loaded last, and in the file now.

    A value that still is what was loaded follows the file. Any other value was changed by staff:
    it stays, and what was loaded stays remembered, so that it stays the next time too.
    """
    result = Merge(remembered=dict(remembered))
    for column, value in wanted.items():
        if stored[column] == value:
            result.remembered[column] = value
        elif stored[column] == remembered[column]:
            result.changes[column] = value
            result.remembered[column] = value
        else:
            result.kept.append(column)
    return result
