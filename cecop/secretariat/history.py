"""The history of a record and its parts, in words: who, when, through what, old and new."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from pghistory.models import Events, EventsQuerySet

NOTHING = "–"
UNTELLING = ("public_id", "slug")
KINDS: dict[str, Promise] = {
    "insert": _("added"),
    "update": _("changed"),
    "delete": _("removed"),
}
# What programs call themselves while they write -> what people read; others answer themselves.
SOURCES: dict[str, Promise] = {
    "load_members": _("Loading of the members"),
    "load_sample": _("Loading of the samples"),
    "clear_sample": _("Removal of the samples"),
    "import_cooperatives": _("Import of a list"),
}


@dataclass(frozen=True)
class Change:
    """A value that changed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One act on one record."""

    at: datetime
    by: str  # empty when nobody was signed in
    through: str
    subject: str
    kind: str  # insert, update or delete
    kind_label: str
    changes: list[Change]


def events_of(record: models.Model, related: Iterable[str] = ()) -> EventsQuerySet:
    """The events of the record and of the rows behind the related names, the newest first."""
    tables = [_event_model(type(record))]
    tables += [_event_model(record._meta.get_field(name).related_model) for name in related]
    events = Events.objects.across(*tables).references(record)
    # What was done in one act has one time; then the record itself stands first.
    ordered: EventsQuerySet = events.order_by("-pgh_created_at", "pgh_obj_model", "-pgh_id")
    return ordered


def entries(events: Iterable[Events]) -> list[Entry]:
    """The events in words; names of people and records are read once for all of them."""
    page = list(events)
    names = _names(page)
    return [_entry(event, names) for event in page]


def _event_model(model: Any) -> Any:
    """The table of events of a model with a history."""
    return model._meta.get_field("events").related_model


Names = dict[tuple[type[models.Model], str], str]


def _names(events: list[Events]) -> Names:
    """(model, key) -> name, for every person and record that the events speak of."""
    keys: dict[type[models.Model], set[str]] = defaultdict(set)
    for event in events:
        keys[get_user_model()].add(str((event.pgh_context or {}).get("user") or ""))
        for column, old, new in _differences(event):
            field = _field(event, column)
            if isinstance(field, models.ForeignKey):
                keys[field.related_model].update({str(old or ""), str(new or "")})
    return {
        (model, str(row.pk)): str(row)
        for model, wanted in keys.items()
        for row in model._default_manager.filter(pk__in=wanted - {""})
    }


def _entry(event: Events, names: Names) -> Entry:
    context = event.pgh_context or {}
    changes = [
        Change(
            label=_label(event, column),
            old=_words(_field(event, column), old, names),
            new=_words(_field(event, column), new, names),
        )
        for column, old, new in _differences(event)
    ]
    return Entry(
        at=timezone.localtime(event.pgh_created_at),
        by=names.get((get_user_model(), str(context.get("user"))), ""),
        through=_through(context),
        subject=_subject(event),
        kind=event.pgh_label,
        kind_label=str(KINDS.get(event.pgh_label, event.pgh_label)),
        changes=changes,
    )


def _through(context: dict[str, Any]) -> str:
    """Where the change was made."""
    source = context.get("source")
    if source:
        return str(SOURCES.get(source, source))
    url = context.get("url") or ""
    if "/admin/" in url:
        return str(_("Administration"))
    return url or str(_("Directly in the database"))


def _model(event: Events) -> type[models.Model]:
    return apps.get_model(event.pgh_obj_model)


def _field(event: Events, column: str) -> "models.Field[Any, Any] | None":
    """The model's field of a column; None for one that the model no longer has."""
    fields = {field.column: field for field in _model(event)._meta.concrete_fields}
    return fields.get(column)


def _label(event: Events, column: str) -> str:
    field = _field(event, column)
    return str(capfirst(field.verbose_name)) if field else column.replace("_", " ")


def _subject(event: Events) -> str:
    """What kind of record, and its name or first own value, which tells it from its siblings."""
    options = _model(event)._meta
    own = [
        field
        for field in options.concrete_fields
        if not (field.primary_key or field.is_relation or field.name in UNTELLING)
        and not _is_empty(event.pgh_data.get(field.column))
    ]
    own.sort(key=lambda field: field.name != "name")
    kind = str(capfirst(options.verbose_name))
    return f"{kind}: {_words(own[0], event.pgh_data[own[0].column], {})}" if own else kind


def _differences(event: Events) -> list[tuple[str, Any, Any]]:
    """(column, old, new) in the order of the fields; every value of an added or removed row."""
    if event.pgh_label == "update":
        found = [(column, old, new) for column, (old, new) in (event.pgh_diff or {}).items()]
    else:
        known = [
            (column, value) for column, value in event.pgh_data.items() if not _is_empty(value)
        ]
        known = [pair for pair in known if pair[0] != "id"]
        gone = event.pgh_label == "delete"
        found = [
            (column, value if gone else None, None if gone else value) for column, value in known
        ]
    order = {field.column: place for place, field in enumerate(_model(event)._meta.fields)}
    return sorted(found, key=lambda each: order.get(each[0], len(order)))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _words(field: "models.Field[Any, Any] | None", value: Any, names: Names) -> str:
    """A stored value as people read it on the form."""
    if _is_empty(value):
        return NOTHING
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, ArrayField):
        return ", ".join(_words(field.base_field, each, names) for each in value)
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, str(value)), str(value))
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _number_or_time(field, value)


def _number_or_time(field: "models.Field[Any, Any] | None", value: Any) -> str:
    """Numbers and times as the language in force writes them; a year has no thousands."""
    read: date | datetime | None = None
    if isinstance(field, models.DateTimeField):
        read = parse_datetime(value)
        return formats.date_format(timezone.localtime(read), "DATETIME_FORMAT") if read else value
    if isinstance(field, models.DateField):
        read = parse_date(value)
        return formats.date_format(read) if read else str(value)
    if isinstance(value, int | float) and not isinstance(field, models.PositiveSmallIntegerField):
        return str(formats.number_format(value, force_grouping=True))
    return str(value)
