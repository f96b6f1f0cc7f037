"""Writes the rows of the data files; what staff changed or deleted stays as they left it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from cecop.records import KEPT_BY_DATABASE
from members.loading import tables
from members.loading.merging import merge
from members.loading.tables import DataFileError, Row, Table, Values
from members.models import Headline


@dataclass
class Report:
    """How many rows of each kind were created, updated, removed or left, and what staff keep."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


def load(rows: Iterable[Row]) -> Report:
    """Writes all rows or none; raises DataFileError where the database refuses one."""
    report = Report()
    with transaction.atomic(), pghistory.context(source="load_members"):
        for row in rows:
            _load_row(row, report)
    return report


def _load_row(row: Row, report: Report) -> None:
    """Writes a member, headline or milestone, and then what belongs to it."""
    stored = _find(row)
    if stored is None and _was_deleted(row):
        report.kept.append(f"{row.place.row}: deleted")
        return
    before = dict(stored.loaded) if stored else {}
    row = _giving_way(row, stored, report)
    instance, values = _write(row, stored, before.get("values", {}), report)
    after = {"key": row.key, "values": values}
    if row.table is tables.MEMBERS:
        after["children"] = _load_children(row, instance, before.get("children", {}), report)
    if after != before:
        instance.loaded = after
        instance.save(update_fields=["loaded"])


def _giving_way(row: Row, stored: Any, report: Report) -> Row:
    """The row without its place on the home page where staff gave that to another headline."""
    if row.table is not tables.HEADLINES or not row.values["is_current"]:
        return row
    others = Headline.objects.filter(is_current=True)
    if stored:
        others = others.exclude(pk=stored.pk)
    if not others.exists():
        return row
    report.kept.append(f"{row.place.row}: is_current")
    return replace(row, values=row.values | {"is_current": False})


def _load_children(row: Row, parent: Any, before: Values, report: Report) -> Values:
    """Writes what belongs to a member; returns what to remember of it, by table and key."""
    after: Values = {}
    for table in tables.OF_A_MEMBER.values():
        children = [child for child in row.children if child.table is table]
        after[table.noun] = _load_table(table, children, parent, before.get(table.noun, {}), report)
    return after


def _load_table(
    table: Table, rows: list[Row], parent: Any, before: Values, report: Report
) -> Values:
    """One kind of row of one member: follows the file where staff touched nothing."""
    stored = {item.pk: item for item in table.model._default_manager.filter(member=parent)}
    after: Values = {}
    for row in rows:
        known = before.get(row.key)
        item = stored.get(known["id"]) if known else _same(row, stored.values())
        if known and item is None:
            after[row.key] = known
            report.kept.append(f"{row.place.row}: deleted")
            continue
        instance, values = _write(
            row, item, known["values"] if known else {}, report, member=parent
        )
        after[row.key] = {"id": instance.pk, "values": values}
    for key in before.keys() - after.keys():
        _remove(table, stored.get(before[key]["id"]), before[key]["values"], report)
    return after


def _write(
    row: Row, stored: Any, remembered: Values, report: Report, **links: Any
) -> tuple[Any, Values]:
    """Creates the row, or brings a stored one up to date; returns it and what to remember."""
    model = row.table.model
    wanted = _typed(model, row.values)
    if stored is None:
        instance = model(**links, **wanted)
        _save(instance, row)
        report.created[row.table.noun] += 1
        return instance, row.values
    empty = {column: _field(model, column).get_default() for column in wanted}
    known = empty | _typed(model, remembered)
    result = merge({column: getattr(stored, column) for column in wanted}, known, wanted)
    for column in result.kept:
        report.kept.append(f"{row.place.row}: {column}")
    if not result.changes:
        report.unchanged[row.table.noun] += 1
    else:
        for column, value in result.changes.items():
            setattr(stored, column, value)
        _save(stored, row, [*result.changes])
        report.updated[row.table.noun] += 1
    agreed = {
        column: row.values[column]
        for column in wanted
        if result.remembered[column] == wanted[column]
    }
    return stored, remembered | agreed


def _save(instance: models.Model, row: Row, columns: list[str] | None = None) -> None:
    """Saves the row; where the database refuses it, the error names the place in the file."""
    try:
        with transaction.atomic():
            instance.save(update_fields=columns)
    except IntegrityError as error:
        raise _refusal(instance, row, error) from error


def _refusal(instance: models.Model, row: Row, error: IntegrityError) -> DataFileError:
    """What the database refused, in the words of the rule: which columns, and what they hold."""
    try:
        instance.validate_unique()
    except ValidationError as broken:
        name, messages = next(iter(broken.message_dict.items()))
        return DataFileError(row.place, name, row.values.get(name), messages[0])
    for constraint in instance._meta.constraints:
        try:
            constraint.validate(type(instance), instance)
        except ValidationError as broken:
            names = _columns_of(constraint)
            shown = ", ".join(str(row.values.get(name, "")) for name in names)
            return DataFileError(row.place, " and ".join(names), shown, broken.messages[0])
    return DataFileError(row.place, "row", None, str(error))


def _columns_of(constraint: Any) -> list[str]:
    """The columns that a constraint speaks about."""
    if isinstance(constraint, models.UniqueConstraint):
        return list(constraint.fields)
    return sorted(constraint.condition.referenced_base_fields)


def _typed(model: type[models.Model], values: Values) -> Values:
    """The values as the model has them: dates for texts of dates, and so on."""
    return {name: _field(model, name).to_python(value) for name, value in values.items()}


def _field(model: type[models.Model], name: str) -> Any:
    """The column or link of a model by its name."""
    return model._meta.get_field(name)


def _same(row: Row, stored: Iterable[Any]) -> Any:
    """The stored row with the same identity, for instance one that staff wrote first."""
    identity = _typed(row.table.model, {name: row.values[name] for name in row.table.identity})
    for item in stored:
        if all(getattr(item, name) == value for name, value in identity.items()):
            return item
    return None


def _remove(table: Table, stored: Any, remembered: Values, report: Report) -> None:
    """Deletes a row that left the file, unless staff changed it or deleted it already."""
    if stored is None:
        return
    if _is_touched(stored, _typed(table.model, remembered)):
        report.kept.append(f"{stored.member.slug}: {stored}, which is no longer in the file")
        return
    stored.delete()
    report.removed[table.noun] += 1


def _is_touched(stored: Any, known: Values) -> bool:
    """Whether any column differs from what was loaded, or was filled where nothing was loaded."""
    return any(
        getattr(stored, field.name) != known.get(field.name, field.get_default())
        for field in stored._meta.concrete_fields
        if not (field.primary_key or field.is_relation or field.name in KEPT_BY_DATABASE)
    )


def _find(row: Row) -> Any:
    """The stored row that was loaded under this key, else the same one if staff wrote it first."""
    manager = row.table.model._default_manager
    identity = {name: row.values[name] for name in row.table.identity}
    by_staff = manager.filter(loaded={}, **identity)
    return manager.filter(loaded__key=row.key).first() or by_staff.first()


def _was_deleted(row: Row) -> bool:
    """Whether the history says that a row with this identity was there and is gone."""
    events = _field(row.table.model, "events").related_model._default_manager
    identity = {name: row.values[name] for name in row.table.identity}
    deleted = events.filter(pgh_label="delete").values("pgh_obj_id")
    return bool(events.filter(pgh_obj_id__in=deleted, **identity).exists())
