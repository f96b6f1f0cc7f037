"""One row of a list -> checked values: cells are converted, then the form checks them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cecop.tables import Row
from cooperatives.forms import CooperativeForm
from cooperatives.forms.fields import Line
from cooperatives.identifiers import identifier_problem
from cooperatives.imports.converting import CONVERTERS, ERASE, Converted, says_nothing
from cooperatives.imports.mapping import IDENTIFIERS, NACE_REV_2, NUMBER, Mapping
from cooperatives.imports.plan import Problem, shortened
from cooperatives.imports.regions import plain
from cooperatives.models import Affiliation, Cooperative, Identifier

MAX_CELL = 100_000


@dataclass(frozen=True)
class Checked:
    """What a row says after checking: ``values`` only of the fields that it speaks of."""

    values: dict[str, Any]
    identifiers: dict[str, str]
    country: str
    notes: list[tuple[str, str, str]]  # column, value, why it was left out


class RowRefusedError(Exception):
    """The row cannot be imported."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


class RowChecker:
    """Checks the rows of one list under one mapping."""

    def __init__(self, mapping: Mapping, home_country: str) -> None:
        self.mapping = mapping
        self.home_country = home_country
        self.country_first = sorted(mapping.columns, key=lambda name: name != "country")
        self.notes: list[tuple[str, str, str]] = []
        # One form for all rows: making 60,000 of them would take longer than checking.
        self.form = CooperativeForm(data={})
        self.number = Line(max_length=Affiliation._meta.get_field("number").max_length)
        self.identifier = Line(max_length=Identifier._meta.get_field("value").max_length)

    def number_of(self, row: Row) -> str:
        """The member's own number in the row; raises RowRefusedError."""
        if row.problem:
            raise RowRefusedError(
                [Problem(row.line, "", shortened(" ".join(row.cells)), row.problem)]
            )
        raw = row.cells[self.mapping.columns[NUMBER]]
        if not raw.strip() or raw.strip() == ERASE:
            instead = _("The member's own number; without it the row is not known next time.")
            raise self._refused(row, NUMBER, _("There is no number."), instead)
        try:
            number: str = self.number.clean(raw)
        except ValidationError as error:
            raise self._refused(row, NUMBER, " ".join(error.messages)) from error
        return number

    def check(self, row: Row, existing: Cooperative | None) -> Checked:
        """The values of a row, checked together with what the directory holds already.

        Raises RowRefusedError with every problem of the row.
        """
        self._refuse_long_cells(row)
        self.notes = []
        given = dict(self._given(row, existing))
        data = self._stored(existing) | given
        self.form.data = data
        self.form.full_clean()
        problems = list(self._problems(row, given))
        if problems:
            raise RowRefusedError(problems)
        cleaned = self.form.cleaned_data
        spoken = given.keys() if existing else cleaned.keys()
        return Checked(
            values={name: cleaned[name] for name in spoken},
            identifiers=dict(self._identifiers(row, cleaned["country"])),
            country=cleaned["country"],
            notes=self.notes,
        )

    def _given(self, row: Row, existing: Cooperative | None) -> Iterator[tuple[str, Any]]:
        """(field, value) of the cells that say something; an erased field is empty."""
        country = existing.country if existing else ""
        if "country" not in self.mapping.columns and not existing:
            country = self.home_country
            yield "country", country
        for name in self.country_first:
            if name in IDENTIFIERS or name == NUMBER:
                continue
            converted = self._converted(row, name, country)
            if converted is not None:
                country = converted if name == "country" else country
                yield ("sector" if name == NACE_REV_2 else name), converted

    def _converted(self, row: Row, name: str, country: str) -> Any:
        """The value of a cell for the form; None when it says nothing."""
        raw = row.cells[self.mapping.columns[name]]
        if says_nothing(raw):
            return None
        if raw.strip() == ERASE:
            return ""
        own = self.mapping.values.get(name, {})
        if plain(raw) in own:
            return own[plain(raw)]
        converted = CONVERTERS[name](raw, country) if name in CONVERTERS else Converted(raw)
        if converted.note:
            self.notes.append((self.mapping.header(name), raw, converted.note))
        return converted.value

    def _identifiers(self, row: Row, country: str) -> Iterator[tuple[str, str]]:
        """(scheme, number) of the official numbers in the row; an erased one is empty."""
        for name, scheme in IDENTIFIERS.items():
            raw = row.cells[self.mapping.columns[name]] if name in self.mapping.columns else ""
            if says_nothing(raw):
                continue
            if raw.strip() == ERASE:
                yield scheme, ""
                continue
            try:
                value = self.identifier.clean(raw)
            except ValidationError as error:
                raise self._refused(row, name, " ".join(error.messages)) from error
            problem = identifier_problem(scheme, country, value)
            if problem:
                raise self._refused(row, name, str(problem))
            yield scheme, value

    def _problems(self, row: Row, given: dict[str, Any]) -> Iterator[Problem]:
        """What the form says, each at the cell that is to blame."""
        for name, messages in self.form.errors.items():
            column = name
            if name == "sector" and NACE_REV_2 in self.mapping.columns:
                column = NACE_REV_2
            place = self.mapping.columns.get(column)
            raw = row.cells[place] if place is not None else given.get(name, "")
            yield Problem(
                line=row.line,
                column=self.mapping.header(column),
                value=shortened(raw),
                rule=" ".join(str(message) for message in messages),
                instead=str(self.form.fields[name].help_text),
            )

    def _refuse_long_cells(self, row: Row) -> None:
        for name, place in self.mapping.columns.items():
            if len(row.cells[place]) > MAX_CELL:
                rule = _("A cell has more than 100,000 characters.")
                raise self._refused(row, name, rule)

    def _refused(self, row: Row, name: str, rule: str, instead: str = "") -> RowRefusedError:
        value = shortened(row.cells[self.mapping.columns[name]])
        return RowRefusedError([Problem(row.line, self.mapping.header(name), value, rule, instead)])

    def _stored(self, existing: Cooperative | None) -> dict[str, Any]:
        """What the directory holds, as the form takes it."""
        if existing is None:
            return {}
        return {name: getattr(existing, name) for name in self.form.fields}
