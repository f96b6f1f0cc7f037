"""No page is older than the last commit: with several processes, every way of writing, and after
a process was killed."""

import http.client
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from members.models import Member
from tests import factories
from tests.committed import database_url

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 500
SECONDS = 60
# One that pages see through the index, one through rows of their own, in bulk and alone.
WRITES = [
    "UPDATE members_member SET name = '{0}' WHERE slug = 'alpha'",
    "UPDATE members_member SET name = '{0}'",
    "DELETE FROM members_membertext; INSERT INTO members_membertext (member_id, language, summary,"
    " description) SELECT id, 'en', '{0}', '' FROM members_member",
    "INSERT INTO cooperatives_cooperative (public_id, name, slug, other_names, legal_form, country,"
    " region, city, postcode, street, types, sector, website, email, phone, description, status,"
    " is_sample, internal_note) SELECT lpad('{1}', 11, '0'), '{0}', 'x', '{{}}', '', 'IT', '', '',"
    " '', '', '{{worker}}', '', '', '', '', '', 'active', false, ''",
]


@dataclass
class Workers:
    """gunicorn with two workers, as in production."""

    process: "subprocess.Popen[bytes]"
    port: int

    def get(self, path: str) -> str:
        """A page over a connection of its own, so that any worker may answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read().decode()
            assert response.status == 200, body
            return body
        finally:
            connection.close()

    def children(self) -> list[int]:
        """The processes of the workers."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]

    def kill_one(self) -> None:
        """Kill a worker and wait until there is another."""
        killed = self.children()[0]
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + SECONDS
        while killed in (now := self.children()) or len(now) < 2:
            assert time.monotonic() < until
            time.sleep(0.02)


@pytest.fixture
def workers(committed: None, tmp_path: Path) -> Iterator[Workers]:
    """They serve the database of the tests, in which Alpha is a member."""
    factories.member(slug="alpha", name="Begin")
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": database_url(),
        "BIND": f"127.0.0.1:{port}",
        "THREADS": "2",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:cecop.gunicorn", "cecop.wsgi"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    started = Workers(process, port)
    until = time.monotonic() + SECONDS
    while True:
        try:
            started.get("/readyz")
            break
        except OSError:
            assert time.monotonic() < until, (tmp_path / "log").read_text()
            time.sleep(0.05)
    yield started
    process.terminate()
    process.wait(SECONDS)


@pytest.fixture
def writer(committed: None) -> Iterator[Any]:
    """Somebody else who writes plain SQL, each statement a commit."""
    connection = psycopg2.connect(database_url())
    connection.autocommit = True
    yield connection.cursor()
    connection.close()


def seen_at(number: int) -> str:
    return "/cooperatives/?sort=newest" if number % len(WRITES) == 3 else "/members/alpha/"


@pytest.fixture
def readers(workers: Workers) -> Iterator[list[str]]:
    """Two people who read all the time; what they could not read."""
    stop = threading.Event()
    failures: list[str] = []
    paths = itertools.cycle(["/members/alpha/", "/members/", "/cooperatives/?sort=newest", "/"])

    def read() -> None:
        while not stop.wait(0.02):
            try:
                workers.get(next(paths))
            except (AssertionError, OSError, http.client.HTTPException) as error:
                failures.append(repr(error))

    threads = [threading.Thread(target=read) for _each in range(2)]
    for thread in threads:
        thread.start()
    yield failures
    stop.set()
    for thread in threads:
        thread.join()


def test_nothing_older_than_the_last_commit_is_ever_served(
    workers: Workers, writer: Any, readers: list[str]
) -> None:
    for number in range(ROUNDS):
        name = f"Round {number} of {ROUNDS}"
        writer.execute(WRITES[number % len(WRITES)].format(name, number))
        # Twice, so that most often both workers answer, and one of them from what it kept.
        for _each in range(2):
            assert name in workers.get(seen_at(number))
        if number % 250 == 249:
            workers.kill_one()

    # Only those whose worker was killed under them.
    assert len(readers) <= 4
    assert Member.objects.get().name == f"Round {ROUNDS - 3} of {ROUNDS}"
