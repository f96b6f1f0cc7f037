"""How long a page waits for the database: a frozen server must not hold the site.

``connect_timeout`` bounds new connections only; on a kept one libpq would wait for ever. psycopg2
lets a function of ours do the waiting. Only the web process waits so: commands may take longer.
"""

import select
import time

import psycopg2
from django.db import connections
from psycopg2 import extensions

QUERY_SECONDS = 2.4
# While the server is silent, further tries are short, so that health check and new connection
# together stay within three seconds.
SILENT_SECONDS = 0.3
STATEMENT_TIMEOUT = "-c statement_timeout=2300"  # milliseconds, on the server's side


class _Patience:
    """How long the next wait may take: little after the server was silent."""

    seconds = QUERY_SECONDS


def wait(connection: extensions.connection) -> None:
    """Waits until the connection is ready; raises OperationalError when that takes too long."""
    until = time.monotonic() + _Patience.seconds
    while (state := connection.poll()) != extensions.POLL_OK:
        left = max(until - time.monotonic(), 0)
        descriptor = connection.fileno()
        reading = [descriptor] if state == extensions.POLL_READ else []
        writing = [descriptor] if state == extensions.POLL_WRITE else []
        if not any(select.select(reading, writing, [], left)):
            _Patience.seconds = SILENT_SECONDS
            raise psycopg2.OperationalError("timeout expired: the database did not answer")
    _Patience.seconds = QUERY_SECONDS


def be_impatient() -> None:
    """From now on this process waits only as long as a visitor would."""
    extensions.set_wait_callback(wait)
    options = connections.settings["default"]["OPTIONS"]
    options["options"] = f"{options.get('options', '')} {STATEMENT_TIMEOUT}".strip()
