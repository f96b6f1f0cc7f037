"""What the tests of imports share: a list as text, its plan, its import."""

from typing import Any

from cecop import tables
from cooperatives.imports import applying, mapping, planning
from cooperatives.imports.mapping import Overrides
from cooperatives.imports.plan import Plan
from cooperatives.models import Affiliation, Cooperative
from members.models import Member
from tests import factories


def table(text: str) -> tables.Table:
    """The table in a list written as text."""
    return tables.parse_csv(text.encode())


def plan(member: Member, text: str, overrides: Overrides | None = None) -> Plan:
    """What importing the list would do."""
    rows = table(text)
    return planning.make_plan(member, rows, mapping.make_mapping(rows, overrides))


def imported(member: Member, text: str, overrides: Overrides | None = None) -> Plan:
    """Imports the list and returns what was done."""
    rows = table(text)
    return applying.apply_list(
        member=member,
        table=rows,
        mapping=mapping.make_mapping(rows, overrides),
        file_name="list.csv",
        by=None,
    )


def numbered(count: int, **cells: str) -> str:
    """A list of that many rows, ``A1``, ``A2`` …, with the same further cells in each."""
    header = ",".join(["number", "name", "country", *cells])
    rows = [f"A{n},Cooperative {n},IT,{','.join(cells.values())}" for n in range(1, count + 1)]
    return "\n".join([header, *rows])


def outcome(plan: Plan) -> dict[str, Any]:
    """How many rows of a plan are what."""
    return {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "missing": len(plan.missing),
        "refused": len(plan.refused_lines),
    }


def cooperative(member: Member, number: str, **fields: object) -> Cooperative:
    """A cooperative under the member's own number."""
    made = factories.cooperative(**fields)
    Affiliation.objects.create(cooperative=made, member=member, number=number)
    return made
