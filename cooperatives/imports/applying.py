"""A list -> the directory: planned again under a lock and written whole, or not at all."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import transaction

from cecop import records
from cecop.slugs import make_slug
from cecop.tables import Table
from cooperatives.imports.mapping import Mapping
from cooperatives.imports.plan import Changed, New, Plan
from cooperatives.imports.planning import make_plan
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member, User

SOURCE = "import_cooperatives"
BATCH = 1_000
# bulk_update compares every row of a batch with every other one, so its batches are smaller.
UPDATE_BATCH = 250


def apply_list(
    *, member: Member, table: Table, mapping: Mapping, file_name: str, by: User | None
) -> Plan:
    """Imports the table for the member and returns what was done.

    ``by`` is the person who asked for it; None is the command line. Two imports for one member
    wait for each other.
    """
    context: dict[str, Any] = {"source": SOURCE, "file": file_name, "member": member.slug}
    if by is not None:
        context["user"] = by.pk
    with transaction.atomic(), pghistory.context(**context):
        locked = Member.objects.select_for_update().get(pk=member.pk)
        plan = make_plan(locked, table, mapping, lock=True)
        _create(locked, plan.new)
        _update(plan.changed)
        if plan.new:
            records.refresh_statistics(Cooperative, Affiliation, Identifier)
    return plan


def _create(member: Member, rows: Iterable[New]) -> None:
    rows = list(rows)
    cooperatives = Cooperative.objects.bulk_create(
        [
            Cooperative(slug=make_slug(row.values["name"], "cooperative"), **row.values)
            for row in rows
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(rows, cooperatives, strict=True))
    Affiliation.objects.bulk_create(
        [
            Affiliation(cooperative=cooperative, member=member, number=row.number)
            for row, cooperative in pairs
        ],
        batch_size=BATCH,
    )
    Identifier.objects.bulk_create(
        [
            Identifier(
                cooperative=cooperative, scheme=scheme, country=cooperative.country, value=value
            )
            for row, cooperative in pairs
            for scheme, value in row.identifiers.items()
        ],
        batch_size=BATCH,
    )


def _update(rows: Iterable[Changed]) -> None:
    rows = list(rows)
    fields: set[str] = set()
    touched: list[Cooperative] = []
    for row in rows:
        own = [each for each in row.changes if each.field in _STORED]
        for change in own:
            setattr(row.cooperative, change.field, change.new)
        fields.update(change.field for change in own)
        if own:
            touched.append(row.cooperative)
    if touched:
        Cooperative.objects.bulk_update(touched, sorted(fields), batch_size=UPDATE_BATCH)
    Identifier.objects.filter(pk__in=[each.pk for row in rows for each in row.removed]).delete()
    updated = [each for row in rows for each in row.updated]
    if updated:
        Identifier.objects.bulk_update(updated, ["value"], batch_size=UPDATE_BATCH)
    Identifier.objects.bulk_create([each for row in rows for each in row.added], batch_size=BATCH)


_STORED = frozenset(field.name for field in Cooperative._meta.concrete_fields)
