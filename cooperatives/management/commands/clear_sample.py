"""``manage.py clear_sample``: removes every fictitious cooperative and nothing else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cooperatives.sample import writer


class Command(BaseCommand):
    """Removes the samples with their affiliations, identifiers and history rows.

    The history goes too: it tells of fictions, and nobody will look for it.
    """

    help = "Remove every sample cooperative, with its affiliations, identifiers and history."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Remove, say how many."""
        try:
            cleared = writer.clear()
        except writer.SampleError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Removed {cleared.cooperatives:,} sample cooperatives, "
            f"{cleared.affiliations:,} affiliations, {cleared.identifiers:,} identifiers "
            f"and {cleared.history_rows:,} rows of their history."
        )
