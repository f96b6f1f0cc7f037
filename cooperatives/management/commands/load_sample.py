"""``manage.py load_sample``: fictitious cooperatives, spread over the real members."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cooperatives.sample import writer


class Command(BaseCommand):
    """Loads the samples; the same number twice changes nothing."""

    help = "Load fictitious cooperatives, marked as samples, spread over the published members."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--cooperatives",
            type=int,
            default=2_000,
            metavar="N",
            help="how many (default: 2000; 40000 has CECOP's published totals)",
        )
        parser.add_argument(
            "--force", action="store_true", help="also where DEBUG is off, on a site people use"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, load, say what was done."""
        number = options["cooperatives"]
        if number < 1:
            raise CommandError("--cooperatives must be 1 or more.")
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "DEBUG is off, so this may be the public site: nothing is loaded without --force."
            )
        try:
            loaded = writer.load(number)
        except writer.SampleError as error:
            raise CommandError(str(error)) from error
        self._say(number, loaded)

    def _say(self, number: int, loaded: writer.Loaded) -> None:
        if loaded.cooperatives:
            self.stdout.write(
                f"Loaded {loaded.cooperatives:,} sample cooperatives "
                f"({loaded.affiliations:,} affiliations to {loaded.members} members)."
            )
        else:
            self.stdout.write(f"The {number:,} sample cooperatives are there; nothing changed.")
        if loaded.countries_left_out:
            countries = ", ".join(loaded.countries_left_out)
            self.stdout.write(f"No samples for members in {countries}: no words for names.")
