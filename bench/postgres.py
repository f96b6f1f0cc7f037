"""A database for each number of rows, in the embedded server of the checkout."""

import os
import subprocess
import sys
import time
from contextlib import closing
from urllib.parse import quote, urlencode

import psycopg2

from bench import places
from bench.places import ROOT, say
from cecop.postgres.places import PORT
from cecop.postgres.server import USER, Server

IDLE_SECONDS = 30
ACTIVE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = %s AND state = 'active' AND backend_type = 'client backend'
"""
SERVER = Server(ROOT / "var" / "postgres")


def name_of(number: int) -> str:
    """The name of the database with so many rows."""
    return f"cecop_bench_{number}"


def url_of(number: int) -> str:
    """Its DATABASE_URL, through the socket."""
    query = urlencode({"host": str(SERVER.socket_directory()), "port": PORT}, quote_via=quote)
    return f"postgresql://{USER}@/{name_of(number)}?{query}"


def ensure(number: int, *, rebuild: bool) -> None:
    """See to it that the server runs and holds the rows, in the tables of today's migrations."""
    with SERVER.locked():
        SERVER.bring_up()
    name = name_of(number)
    if rebuild or not places.is_built(name) or not _exists(name):
        _build(number)
    else:
        _manage(number, "migrate", "--no-input")


def version() -> str:
    """The version of the server."""
    with closing(_connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def settle(number: int) -> None:
    """Wait until the database computes nothing more for pages that nobody waits for."""
    until = time.monotonic() + IDLE_SECONDS
    with closing(_connect("postgres")) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while time.monotonic() < until:
            cursor.execute(ACTIVE, [name_of(number)])
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.2)


def _build(number: int) -> None:
    name, began = name_of(number), time.monotonic()
    say(f"Building {name} ({number:,} rows) ...")
    places.unmark(name)
    _statements(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    _manage(number, "migrate", "--no-input")
    _manage(number, "load_members")
    _python(number, "-m", "bench.loading", str(number))
    places.mark_built(name)
    say(f"  built in {time.monotonic() - began:.0f} s")


def _manage(number: int, *words: str) -> None:
    _python(number, "manage.py", *words, "--verbosity=0")


def _python(number: int, *words: str) -> None:
    subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, *words],
        check=True,
        cwd=ROOT,
        env={
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": url_of(number),
            "DJANGO_SETTINGS_MODULE": "cecop.settings",
        },
    )


def _exists(name: str) -> bool:
    with closing(_connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return bool(cursor.fetchone())


def _statements(*statements: str) -> None:
    with closing(_connect("postgres")) as connection:
        # Databases are not made in a transaction.
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _connect(name: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(dbname=name, user=USER, host=str(SERVER.socket_directory()), port=PORT)
