"""``manage.py load_members``: the real members, headlines and milestones."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from members.loading import reading, writing
from members.loading.tables import DataFileError
from members.loading.writing import Report

DIRECTORY = settings.BASE_DIR / "members" / "data"


class Command(BaseCommand):
    """Loads the data files; a second time it changes nothing."""

    help = (
        "Loads the real members, headlines and milestones from the data files. Creates what is "
        "missing, follows the files where staff changed nothing, and never overwrites staff."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            metavar="DIR",
            type=Path,
            default=DIRECTORY,
            help="directory with members.json, headlines.json and milestones.json",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            report = writing.load(reading.read_directory(options["file"]))
        except DataFileError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if options["verbosity"]:
            self._tell(report)

    def _tell(self, report: Report) -> None:
        """One line for each kind of row, then what stays as staff left it."""
        counters = (report.created, report.updated, report.unchanged, report.removed)
        for noun in sorted({noun for counter in counters for noun in counter}):
            created, updated, unchanged, removed = (counter[noun] for counter in counters)
            gone = f", {removed} removed" if removed else ""
            self.stdout.write(
                f"{noun}: {created} created, {updated} updated, {unchanged} unchanged{gone}"
            )
        if report.kept:
            self.stdout.write("Kept because staff changed or deleted them:")
            for line in report.kept:
                self.stdout.write(f"  {line}")
