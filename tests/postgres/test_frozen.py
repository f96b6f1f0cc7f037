"""A frozen server: a page gives up within three seconds, and all is well when it thaws."""

import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.utils import ConnectionHandler
from psycopg2 import OperationalError, extensions

from cecop import patience
from tests.postgres.sites import Site


@pytest.fixture
def impatient() -> Iterator[None]:
    """As in the web process."""
    extensions.set_wait_callback(patience.wait)
    yield
    extensions.set_wait_callback(None)


def connected(site: Site) -> Any:
    """A connection as a page has it, below the cursor that the test runner guards."""
    wrapper = ConnectionHandler({"default": site.settings})["default"]
    return wrapper.get_new_connection(wrapper.get_connection_params())


def asked(connection: Any, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("impatient")
def test_a_page_gives_up_on_a_frozen_server_and_finds_it_again(running: Site) -> None:
    kept = connected(running)
    worker, leader = asked(kept, "SELECT pg_backend_pid()"), running.leader()
    for process in (worker, leader):
        os.kill(process, signal.SIGSTOP)

    began = time.monotonic()
    with pytest.raises(OperationalError, match="did not answer"):
        asked(kept, "SELECT 1")
    with pytest.raises(OperationalError, match="timeout expired"):
        connected(running)
    took = time.monotonic() - began
    for process in (leader, worker):
        os.kill(process, signal.SIGCONT)

    # Health check and new connection of one request together, with some room for a busy machine.
    assert patience.QUERY_SECONDS <= took < 4
    assert asked(connected(running), "SELECT 1") == 1
    assert patience._Patience.seconds == patience.QUERY_SECONDS


@pytest.mark.usefixtures("impatient")
def test_answers_in_time_are_as_before(running: Site) -> None:
    connection = connected(running)

    assert asked(connection, "SELECT sum(n) FROM generate_series(1, 100000) AS n") == 5000050000
    assert asked(connection, "SELECT repeat('x', 3000000)") == "x" * 3_000_000
