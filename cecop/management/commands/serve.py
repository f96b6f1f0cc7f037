"""``manage.py serve``: prepares a local copy of the site and serves it, in one go."""

import os
from typing import Any

from django.contrib.staticfiles.management.commands import runserver
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.db import connections
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

# What shells answer for a command that Ctrl-C ended.
STOPPED_BY_HAND = 130


class Command(runserver.Command):
    """Django's server for developing; what watches the files prepares the site before."""

    help = "Prepares the site (see prepare) and serves it, anew whenever its code changes."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--no-sample", action="store_true", help="Load no samples.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare once; the process that is started again at each change only serves."""
        if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            try:
                self._prepare(options)
            except KeyboardInterrupt:
                raise SystemExit(STOPPED_BY_HAND) from None
        super().handle(*args, **options)

    def _prepare(self, options: dict[str, Any]) -> None:
        call_command(
            "prepare",
            address=options["addrport"] or "127.0.0.1:8000",
            no_sample=options["no_sample"],
            stdout=self.stdout,
        )
        connections.close_all()
