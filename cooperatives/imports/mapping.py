"""Which column of a list means which field: recognised by its header, or as a map file says."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cecop.tables import Table
from cooperatives.choices import Scheme
from cooperatives.forms import CooperativeForm
from cooperatives.imports.headers import NOT_STORED, SYNONYMS
from cooperatives.imports.plan import ListError
from cooperatives.imports.regions import plain

NUMBER = "number"
NACE_REV_2 = "nace_rev_2"
IDENTIFIERS = {"register": Scheme.REGISTER, "vat": Scheme.VAT, "lei": Scheme.LEI}
FIELDS = frozenset({*CooperativeForm.base_fields, *IDENTIFIERS, NUMBER, NACE_REV_2})


@dataclass(frozen=True)
class Overrides:
    """What a map file says: header -> field ("" for none), and field -> {cell: value}."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """Field -> position of its column, with the headers, and the values that a map file gives."""

    headers: list[str]
    columns: dict[str, int]
    values: dict[str, dict[str, Any]]

    def header(self, name: str) -> str:
        """The header of a field's column; the field itself where the list has none."""
        return self.headers[self.columns[name]] if name in self.columns else name

    @property
    def unused(self) -> list[str]:
        """Headers of the columns that are not imported."""
        used = set(self.columns.values())
        return [header for place, header in enumerate(self.headers) if header and place not in used]

    @property
    def left_out(self) -> list[str]:
        """Headers that were understood but are not stored unless a map file asks for it."""
        return [header for header in self.unused if plain(header) in NOT_STORED]


def read_overrides(path: Path) -> Overrides:
    """The map file: JSON with ``columns`` and ``values``; raises ListError."""
    try:
        if path.exists() and not path.is_file():
            raise ListError(_("The map file is no file."))
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ListError(
            _("The map file cannot be opened: %(reason)s.") % {"reason": error.strerror}
        ) from error
    except (ValueError, RecursionError) as error:
        raise ListError(_("The map file is not JSON: %(reason)s.") % {"reason": error}) from error
    return _checked(given)


def _checked(given: Any) -> Overrides:
    """The overrides in parsed JSON; raises ListError where the shape is another."""
    parts: dict[str, Any] = given if isinstance(given, dict) else {"": None}
    for part, content in parts.items():
        if part not in {"columns", "values"} or not isinstance(content, dict):
            raise ListError(_('A map file holds {"columns": {…}, "values": {…}} and nothing else.'))
    columns = {header: name or "" for header, name in parts.get("columns", {}).items()}
    for name in filter(None, columns.values()):
        _known(name, FIELDS)
    values = parts.get("values", {})
    for name, cells in values.items():
        _known(name, FIELDS - {NUMBER, *IDENTIFIERS})
        if not isinstance(cells, dict):
            raise ListError(_("The map file has no {cell: value} for “%(name)s”.") % {"name": name})
    return Overrides(columns, {name: _values(name, cells) for name, cells in values.items()})


def _known(name: Any, fields: frozenset[str]) -> None:
    if not isinstance(name, str) or name not in fields:
        raise ListError(
            _("The map file names the field “%(name)s”. The fields are: %(known)s.")
            % {"name": name, "known": ", ".join(sorted(fields))}
        )


def _values(name: str, cells: dict[str, Any]) -> dict[str, Any]:
    """Plain cell -> value for the form; None where the cell is to say nothing."""
    values: dict[str, Any] = {}
    for raw, value in cells.items():
        several = [value] if name == "types" and isinstance(value, str) else value
        values[plain(raw)] = several if value not in ("", None, []) else None
    return values


def make_mapping(table: Table, overrides: Overrides | None = None) -> Mapping:
    """The mapping of a table's columns; raises ListError when one cannot be made."""
    overrides = overrides or Overrides()
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for header, name in overrides.columns.items():
        place = _place(table, header)
        taken.add(place)
        if name in columns:
            raise ListError(
                _("The map file gives two columns for the field “%(name)s”.") % {"name": name}
            )
        if name:
            columns[name] = place
    _guess(table, columns, taken)
    if NUMBER not in columns:
        raise ListError(
            _(
                "The list has no column for the member's own number of each cooperative. Without "
                "it no row can be recognised next time. If there is one, name it in a map file: "
                '{"columns": {"Header": "number"}}. The columns are: %(headers)s.'
            )
            % {"headers": ", ".join(filter(None, table.headers))}
        )
    in_order = dict(sorted(columns.items(), key=lambda column: column[1]))
    return Mapping(table.headers, in_order, overrides.values)


def _place(table: Table, header: str) -> int:
    """Where a header of the map file stands, in any case and with or without accents."""
    for place, each in enumerate(table.headers):
        if each == header or plain(each) == plain(header):
            return place
    raise ListError(
        _("The map file names the column “%(header)s”. The columns are: %(headers)s.")
        % {"header": header, "headers": ", ".join(filter(None, table.headers))}
    )


def _guess(table: Table, columns: dict[str, int], taken: set[int]) -> None:
    """Adds the fields whose header is known and whose column nobody took yet.

    Of several columns that could be meant, the first synonym with any cell filled in is used:
    “Geo Container Latitude” counts where “Latitude” is empty.
    """
    places: dict[str, int] = {}
    for place, header in enumerate(table.headers):
        places.setdefault(plain(header), place)
    filled = {
        place
        for place in range(len(table.headers))
        if any(place < len(row.cells) and row.cells[place].strip() for row in table.rows)
    }
    for name, synonyms in SYNONYMS.items():
        if name in columns or (name == "sector" and NACE_REV_2 in columns):
            continue
        found = [places[each] for each in synonyms if each in places]
        free = [place for place in found if place not in taken]
        if free:
            columns[name] = next((place for place in free if place in filled), free[0])
            taken.add(columns[name])
