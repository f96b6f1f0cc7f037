"""What an import would do: the words in which planning, applying and reporting speak."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cooperatives.models import Cooperative, Identifier

SHOWN = 80


class ListError(Exception):
    """The list as a whole cannot be imported; the text says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: where, what stands there, the rule, and what to write instead."""

    line: int
    column: str
    value: str
    rule: str
    instead: str = ""


@dataclass(frozen=True)
class Change:
    """One cell: the field, what the directory holds, what the list says."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class New:
    """A row that the directory does not have yet."""

    line: int
    number: str
    values: dict[str, Any]
    identifiers: dict[str, str]


@dataclass(frozen=True)
class Changed:
    """A row that says something else than the directory, cell by cell."""

    line: int
    number: str
    cooperative: Cooperative
    changes: list[Change]
    added: list[Identifier]
    updated: list[Identifier]
    removed: list[Identifier]


@dataclass(frozen=True)
class Missing:
    """An open affiliation that the list does not mention; an import never touches it."""

    number: str
    name: str


@dataclass
class Notes:
    """What was read but not stored, grouped: (column, value, why) -> lines."""

    groups: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    def add(self, line: int, column: str, value: str, why: str) -> None:
        self.groups.setdefault((column, shortened(value), why), []).append(line)


@dataclass
class Plan:
    """Everything that an import of a list would do, row by row."""

    rows: int = 0
    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Missing] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    @property
    def refused_lines(self) -> list[int]:
        """The lines of the refused rows, each once."""
        return sorted({problem.line for problem in self.refused})

    def refuse(self, problems: Iterable[Problem]) -> None:
        self.refused.extend(problems)


def shortened(value: object) -> str:
    """A cell as it is shown in messages: on one line, what is invisible written out, not longer
    than a line of a screen.
    """
    text = " ".join(str(value).split())
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
