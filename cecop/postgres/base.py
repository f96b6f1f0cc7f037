"""The database backend of PostgreSQL, which starts the embedded server when it is needed."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from cecop.postgres.places import PORT
from cecop.postgres.server import USER, Server

FIRST_DATABASE = "postgres"
# What libpq says of a server that is there but frozen; starting another would not help.
FROZEN = "timeout expired"


class DatabaseClient(PostgresClient):
    """`manage.py dbshell`, with the programs that belong to the server."""

    connection: "DatabaseWrapper"

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        programs = self.connection.server.programs().directory
        # psql may be on no path at all. This process does nothing else afterwards.
        os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        settings = self.connection.settings_dict
        params = self.connection.get_connection_params()
        self.connection.settings_dict = {
            **settings,
            **{key.upper(): params[key] for key in ("host", "port", "user")},
        }
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects as usual; if nobody answers, starts the server and tries again."""

    client_class = DatabaseClient

    @property
    def server(self) -> Server:
        home = self.settings_dict.get("EMBEDDED_DIR")
        if not home:
            raise ImproperlyConfigured("DATABASES: cecop.postgres needs EMBEDDED_DIR, a directory.")
        return Server(Path(home).absolute())

    def get_connection_params(self) -> dict[str, Any]:
        directory = self.server.places.run
        return {
            "user": USER,
            "port": PORT,
            **super().get_connection_params(),
            # Never empty, or libpq would go to the server of the system.
            "host": str(directory),
        }

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        server = self.server
        if server.socket_directory():
            try:
                return super().get_new_connection(conn_params)
            except self.Database.OperationalError as error:
                if FROZEN in str(error):
                    raise
        with server.locked():
            server.bring_up()
            conn_params = {**conn_params, "host": str(server.socket_directory())}
            self._create_missing(conn_params)
        return super().get_new_connection(conn_params)

    def _create_missing(self, conn_params: dict[str, Any]) -> None:
        """Create the database of the settings; those of tests are made by the test runner."""
        name = conn_params["dbname"]
        if name == FIRST_DATABASE or name.startswith(TEST_DATABASE_PREFIX):
            return
        connection = self.Database.connect(**{**conn_params, "dbname": FIRST_DATABASE})
        try:
            # CREATE DATABASE cannot run in a transaction.
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE DATABASE {self.ops.quote_name(name)}")
        finally:
            connection.close()
