"""A plan in words for people: counts first, then what needs an eye."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cecop.tables import Table
from cooperatives.forms import CooperativeForm
from cooperatives.imports.mapping import Mapping
from cooperatives.imports.plan import Change, Changed, Plan, Problem, shortened

LISTED = 20
DELIMITERS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("bar"),
}


def reading_lines(table: Table, mapping: Mapping, home_country: str) -> Iterator[str]:
    """How the file was understood."""
    yield _("Read as %(encoding)s, cells parted by %(delimiter)s: %(rows)s rows.") % {
        "encoding": table.encoding,
        "delimiter": DELIMITERS.get(table.delimiter, table.delimiter),
        "rows": len(table.rows),
    }
    yield from (f"  {doubt}" for doubt in table.doubts)
    yield _("Columns:")
    yield from (f"  {mapping.header(name)} → {name}" for name in mapping.columns)
    if "country" not in mapping.columns:
        yield _("  No column for the country: every new row is taken to be in %(country)s.") % {
            "country": home_country
        }
    left_out = mapping.left_out
    other = [header for header in mapping.unused if header not in left_out]
    if left_out:
        yield _("  Not stored, because a street may be a home: %(headers)s") % {
            "headers": ", ".join(left_out)
        }
    if other:
        yield _("  Not used: %(headers)s") % {"headers": ", ".join(other)}


def plan_lines(plan: Plan, *, every_change: bool) -> Iterator[str]:
    """What the plan says; with ``every_change`` also each cell that changes."""
    yield _(
        "New: %(new)s · changed: %(changed)s · unchanged: %(unchanged)s · "
        "missing from the file: %(missing)s · refused: %(refused)s"
    ) % {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "missing": len(plan.missing),
        "refused": len(plan.refused_lines),
    }
    if every_change and plan.changed:
        yield _("Changed:")
        for row in plan.changed:
            yield from _changed_lines(row)
    if plan.missing:
        yield _("Missing from the file (nothing was done about them):")
        yield from _capped([f"  {each.number}: {shortened(each.name)}" for each in plan.missing])
    if plan.refused:
        yield _("Refused:")
        yield from (_problem_line(problem) for problem in plan.refused)
    yield from _note_lines(plan)


def _changed_lines(row: Changed) -> Iterator[str]:
    yield _("  line %(line)s, %(number)s, %(name)s") % {
        "line": row.line,
        "number": row.number,
        "name": shortened(row.cooperative.name),
    }
    yield from (f"    {_change_text(change)}" for change in row.changes)


def _change_text(change: Change) -> str:
    field = CooperativeForm.base_fields.get(change.field)
    label = field.label if field else change.field
    return f"{label}: {_cell_text(change.old)} → {_cell_text(change.new)}"


def _cell_text(value: Any) -> str:
    if value is None or value in ("", []):
        return "∅"
    return shortened(", ".join(value) if isinstance(value, list) else value)


def _problem_line(problem: Problem) -> str:
    place = _("line %(line)s") % {"line": problem.line}
    if problem.column:
        place = _("%(place)s, column “%(column)s”") % {"place": place, "column": problem.column}
    shown = f": “{problem.value}”" if problem.value else ""
    instead = _(" Write instead: %(text)s") % {"text": problem.instead} if problem.instead else ""
    return f"  {place}{shown}. {problem.rule}{instead}"


def _note_lines(plan: Plan) -> Iterator[str]:
    groups = plan.notes.groups
    if not groups:
        return
    yield _("Left empty, because the directory cannot tell what was meant:")
    ordered = sorted(groups.items(), key=lambda group: (group[0][0], -len(group[1]), group[0][1]))
    yield from _capped([_note_text(note, lines) for note, lines in ordered], limit=3 * LISTED)


def _note_text(note: tuple[str, str, str], lines: list[int]) -> str:
    column, value, why = note
    first = ", ".join(str(line) for line in lines[:3]) + (" …" if lines[3:] else "")
    count = ngettext("%(count)s row", "%(count)s rows", len(lines)) % {"count": len(lines)}
    where = _("line %(lines)s") % {"lines": first}
    return f"  {column} “{value}”: {why} ({count}, {where})"


def _capped(lines: list[str], *, limit: int = LISTED) -> Iterator[str]:
    """The first lines, and how many more there are."""
    yield from lines[:limit]
    if lines[limit:]:
        yield _("  … and %(count)s more") % {"count": len(lines) - limit}
