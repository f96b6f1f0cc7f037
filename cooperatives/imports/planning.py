"""A table and the directory -> a plan. It only reads, in a constant number of queries.

A row is recognised by the member's own number. Empty cells never erase, and what the list does not
mention is reported and left alone.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cecop.tables import Row, Table
from cooperatives.choices import CooperativeStatus
from cooperatives.imports.mapping import IDENTIFIERS, NUMBER, Mapping
from cooperatives.imports.plan import Change, Changed, Missing, New, Plan, Problem, shortened
from cooperatives.imports.rows import Checked, RowChecker, RowRefusedError
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member

Official = tuple[str, str, str]  # scheme, country, value


def make_plan(member: Member, table: Table, mapping: Mapping, *, lock: bool = False) -> Plan:
    """What importing the table for the member would do; writes nothing.

    With ``lock`` (inside a transaction) what it read cannot change until the transaction ends.
    """
    return _Planner(member, table, mapping, lock=lock).plan()


class _Planner:
    """The rows of one table against what the directory holds of one member."""

    def __init__(self, member: Member, table: Table, mapping: Mapping, *, lock: bool) -> None:
        self.table = table
        self.mapping = mapping
        self.result = Plan(rows=len(table.rows))
        self.checker = RowChecker(mapping, member.country)
        self.affiliations = _affiliations(member, lock=lock)
        self.identifiers = _identifiers_by_cooperative(self.affiliations.values())
        self.owners = _owners(table, mapping, self.checker.identifier.clean)
        self.first_lines: dict[str, int] = {}
        self.claimed: dict[Official, int] = {}

    def plan(self) -> Plan:
        for row in self.table.rows:
            try:
                self._plan_row(row)
            except RowRefusedError as error:
                self.result.refuse(error.problems)
        self.result.missing = [
            Missing(number, affiliation.cooperative.name)
            for number, affiliation in self.affiliations.items()
            if number not in self.first_lines
            and affiliation.until is None
            and not affiliation.cooperative.is_sample
        ]
        return self.result

    def _plan_row(self, row: Row) -> None:
        number = self.checker.number_of(row)
        first = self.first_lines.setdefault(number, row.line)
        if first != row.line:
            rule = _("Line %(line)s has this number already.") % {"line": first}
            raise self._refused(row, NUMBER, rule, _("A number of its own for each row."))
        affiliation = self.affiliations.get(number)
        existing = affiliation.cooperative if affiliation else None
        if affiliation:
            self._refuse_settled(row, affiliation)
        checked = self.checker.check(row, existing)
        self._claim(row, checked, existing)
        for note in checked.notes:
            self.result.notes.add(row.line, *note)
        if existing is None:
            official = {scheme: value for scheme, value in checked.identifiers.items() if value}
            self.result.new.append(New(row.line, number, checked.values, official))
            return
        changed = self._changed(row, number, existing, checked)
        if changed.changes:
            self.result.changed.append(changed)
        else:
            self.result.unchanged += 1

    def _refuse_settled(self, row: Row, affiliation: Affiliation) -> None:
        """Rows about what an import must not touch."""
        cooperative = affiliation.cooperative
        if cooperative.is_sample:
            rule = _("A sample cooperative has this number.")
            raise self._refused(row, NUMBER, rule, _("Remove the samples: manage.py clear_sample."))
        if cooperative.status == CooperativeStatus.MERGED:
            rule = _("This cooperative was merged into another one.")
            raise self._refused(row, NUMBER, rule, _("The number of the one it went into."))
        if affiliation.until is not None:
            rule = _("This affiliation ended on %(day)s.") % {"day": affiliation.until.isoformat()}
            raise self._refused(row, NUMBER, rule, _("A new number, or ask the secretariat."))

    def _claim(self, row: Row, checked: Checked, existing: Cooperative | None) -> None:
        """Each official number belongs to one cooperative, in the directory and in the list."""
        for name, scheme in IDENTIFIERS.items():
            official = (scheme, checked.country, checked.identifiers.get(scheme, ""))
            if not official[2]:
                continue
            owner = self.owners.get(official)
            if owner and (existing is None or owner.pk != existing.pk):
                rule = _("“%(name)s” (%(public_id)s) has this number in the directory.")
                rule %= {"name": owner.name, "public_id": owner.public_id}
                raise self._refused(row, name, rule, _("Its own number, or nothing."))
            first = self.claimed.setdefault(official, row.line)
            if first != row.line:
                rule = _("Line %(line)s has this number already.") % {"line": first}
                raise self._refused(row, name, rule, _("Its own number, or nothing."))

    def _changed(self, row: Row, number: str, existing: Cooperative, checked: Checked) -> Changed:
        changes = [
            Change(name, getattr(existing, name), value)
            for name, value in checked.values.items()
            if not _is_same(name, getattr(existing, name), value)
        ]
        result = Changed(row.line, number, existing, changes, added=[], updated=[], removed=[])
        for name, scheme in IDENTIFIERS.items():
            if scheme in checked.identifiers:
                self._change_identifier(result, name, checked)
        return result

    def _change_identifier(self, result: Changed, name: str, checked: Checked) -> None:
        """The one number of a scheme is replaced or removed; beside several, another is added."""
        scheme, country = IDENTIFIERS[name], checked.country
        value = checked.identifiers[scheme]
        held = [
            each
            for each in self.identifiers.get(result.cooperative.pk, [])
            if (each.scheme, each.country) == (scheme, country)
        ]
        if value in [each.value for each in held] or not (value or held):
            return
        old = ", ".join(each.value for each in held)
        result.changes.append(Change(name, old, value))
        if not value:
            result.removed.extend(held)
        elif len(held) == 1:
            held[0].value = value
            result.updated.append(held[0])
        else:
            cooperative = result.cooperative
            result.added.append(
                Identifier(cooperative=cooperative, scheme=scheme, country=country, value=value)
            )

    def _refused(self, row: Row, name: str, rule: str, instead: str) -> RowRefusedError:
        value = shortened(row.cells[self.mapping.columns[name]])
        return RowRefusedError([Problem(row.line, self.mapping.header(name), value, rule, instead)])


def _is_same(name: str, old: Any, new: Any) -> bool:
    """Whether two values of a field say the same; types have no order."""
    return set(old) == set(new) if name == "types" else bool(old == new)


def _affiliations(member: Member, *, lock: bool) -> dict[str, Affiliation]:
    """The member's affiliations by number, with their cooperatives."""
    found: QuerySet[Affiliation] = member.affiliations.exclude(number="")
    found = found.select_related("cooperative").order_by("number")
    if lock:
        found = found.select_for_update(of=("self", "cooperative"))
    return {affiliation.number: affiliation for affiliation in found}


def _identifiers_by_cooperative(
    affiliations: Iterable[Affiliation],
) -> dict[int, list[Identifier]]:
    """Cooperative -> its official numbers."""
    keys = [affiliation.cooperative_id for affiliation in affiliations]
    grouped: dict[int, list[Identifier]] = {}
    for identifier in Identifier.objects.filter(cooperative__in=keys).order_by("id"):
        grouped.setdefault(identifier.cooperative_id, []).append(identifier)
    return grouped


def _owners(
    table: Table, mapping: Mapping, clean: Callable[[str], str]
) -> dict[Official, Cooperative]:
    """Which cooperative of the directory has which of the official numbers in the list."""
    values = set()
    for place in {mapping.columns[name] for name in IDENTIFIERS if name in mapping.columns}:
        for row in table.rows:
            # What is no number at all is refused when its row is checked.
            with suppress(ValidationError):
                values.add("" if row.problem else clean(row.cells[place]))
    found = Identifier.objects.filter(value__in=values).select_related("cooperative")
    return {(each.scheme, each.country, each.value): each.cooperative for each in found}
