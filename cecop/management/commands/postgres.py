"""Looks after the embedded PostgreSQL: is it running, stop it, where are its files."""

from typing import Any
from urllib.parse import quote, urlencode

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.template.defaultfilters import filesizeformat

from cecop.postgres.base import DatabaseWrapper
from cecop.postgres.errors import PostgresError
from cecop.postgres.places import PORT
from cecop.postgres.server import USER, Server


class Command(BaseCommand):
    """The embedded server starts by itself; this is for looking, stopping and backing up."""

    help = "The embedded PostgreSQL: whether it runs, stopping it, where its files are."
    # It must work while the database is down or the site is half set up.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="Whether it runs; exit code 1 if not.")
        actions.add_parser("stop", help="Save everything and stop; the next use starts it.")
        path = actions.add_parser("path", help="The directory of the data.")
        other = path.add_mutually_exclusive_group()
        other.add_argument("--bin", action="store_true", help="The directory of its programs.")
        other.add_argument("--url", action="store_true", help="A DATABASE_URL, also for psql.")

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        if not isinstance(connection, DatabaseWrapper):
            raise CommandError(
                "The site uses the server that DATABASE_URL names; there is no embedded one here."
            )
        try:
            getattr(self, f"_{options['action']}")(connection, options)
        except PostgresError as error:
            raise CommandError(str(error)) from error

    def _path(self, connection: DatabaseWrapper, options: dict[str, Any]) -> None:
        server = connection.server
        if options["bin"]:
            self.stdout.write(str(server.programs().directory))
        elif options["url"]:
            self.stdout.write(_url(server, connection.settings_dict["NAME"]))
        else:
            self.stdout.write(str(server.places.data))

    def _status(self, connection: DatabaseWrapper, options: dict[str, Any]) -> None:
        places = connection.server.places
        pid = connection.server.pid()
        self.stdout.write(f"running: {f'yes (process {pid})' if pid else 'no'}")
        self.stdout.write(f"version: {places.major or 'none yet'}")
        self.stdout.write(f"data: {places.data}")
        self.stdout.write(f"socket: {places.run}")
        self.stdout.write(f"size: {filesizeformat(places.size())}")
        if not pid:
            raise SystemExit(1)

    def _stop(self, connection: DatabaseWrapper, options: dict[str, Any]) -> None:
        with connection.server.locked():
            stopped = connection.server.stop()
        self.stdout.write("Stopped." if stopped else "It was not running.")


def _url(server: Server, name: str) -> str:
    query = urlencode({"host": str(server.places.run), "port": PORT}, quote_via=quote)
    return f"postgresql://{USER}@/{name}?{query}"
