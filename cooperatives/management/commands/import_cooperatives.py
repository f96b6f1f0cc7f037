"""``manage.py import_cooperatives``: a member's list from a CSV file."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cecop.tables import Table
from cooperatives.imports import applying, mapping, planning, reading, report
from cooperatives.imports.mapping import Mapping
from cooperatives.imports.plan import ListError, Plan
from members.models import Member

SOME_REFUSED = 3


class Command(BaseCommand):
    """Imports all the rows that can be imported, in one go, and names the others."""

    help = (
        "Imports a member's list of cooperatives from a CSV file. Exit code 0: every row was "
        "imported (or would be); 1: nothing was done, the message says why; 3: done, but some "
        "rows were refused and are named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the list, as CSV")
        parser.add_argument(
            "--member",
            required=True,
            metavar="SLUG",
            help="whose list it is: the end of its page's address",
        )
        parser.add_argument("--dry-run", action="store_true", help="print the plan, write nothing")
        parser.add_argument(
            "--map", type=Path, metavar="FILE", help="JSON that corrects columns and values"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            member = self._member(options["member"])
            table = reading.read_list(options["file"])
            overrides = mapping.read_overrides(options["map"]) if options["map"] else None
            columns = mapping.make_mapping(table, overrides)
        except ListError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        self._print(report.reading_lines(table, columns, member.country))
        if options["dry_run"]:
            plan = planning.make_plan(member, table, columns)
        else:
            plan = self._apply(member, table, columns, options["file"].name)
        self._print(report.plan_lines(plan, every_change=options["dry_run"]))
        done = "Dry run: nothing was written." if options["dry_run"] else "Done."
        if plan.refused:
            count = len(plan.refused_lines)
            raise CommandError(f"{done} Refused rows: {count}.", returncode=SOME_REFUSED)
        self._print([done])

    def _apply(self, member: Member, table: Table, columns: Mapping, file_name: str) -> Plan:
        try:
            return applying.apply_list(
                member=member, table=table, mapping=columns, file_name=file_name, by=None
            )
        except DatabaseError as error:
            raise CommandError(f"Nothing was imported. The database refused: {error}") from error

    def _member(self, slug: str) -> Member:
        found: Member | None = Member.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Member.objects.order_by("slug").values_list("slug", flat=True))
            raise ListError(f"There is no member “{slug}”. The members are: {known}.")
        return found

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
