"""A site with an embedded server, used through processes of its own as people would use it."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import django
import pytest
from django.db.utils import ConnectionHandler

from cecop.postgres.errors import PostgresError
from cecop.postgres.server import Server

CLIENT = Path(__file__).with_name("client.py")
CHECKOUT = CLIENT.parents[2]
PYTHONPATH = os.pathsep.join([str(CHECKOUT), str(Path(django.__file__).parents[1])])
SECONDS = 60
NOBODY = "nobody"


class Ordinary(TypedDict):
    """Who acts in place of root: a user, and a Python that this user can run."""

    user: str
    python: str


@dataclass
class Site:
    """A site with an embedded server in `home`, used only through processes of its own."""

    home: Path
    user: str | None = None
    python: str = sys.executable
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def server(self) -> Server:
        return Server(self.home)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a client and do not wait for it."""
        caller = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        return subprocess.Popen(
            [self.python, CLIENT, self.home, *arguments],
            env={**caller, "PYTHONPATH": PYTHONPATH, **self.environment},
            cwd="/",
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a client to its end."""
        with self.start(*arguments) as client:
            out, err = client.communicate(timeout=SECONDS)
        return subprocess.CompletedProcess(arguments, client.returncode, out.strip(), err.strip())

    def ask(self, query: str) -> str:
        """The answer to a query over a new connection; it must work."""
        if self.user or self.environment:
            result = self.run("ask", query)
            assert result.returncode == 0, result.stderr
            return result.stdout
        wrapper = ConnectionHandler({"default": self.settings})["default"]
        # Below Django's own cursor, which the test runner keeps from the database.
        connection = wrapper.get_new_connection(wrapper.get_connection_params())
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return str(cursor.fetchone()[0])
        finally:
            connection.close()

    def complaint(self) -> str:
        """What a new client says when it cannot connect."""
        if self.user or self.environment:
            result = self.run("ask", "SELECT 1")
            assert result.returncode == 1, result.stdout
            return result.stderr.partition("PostgresError: ")[2]
        with pytest.raises(PostgresError) as caught:
            self.ask("SELECT 1")
        return str(caught.value)

    @property
    def settings(self) -> dict[str, object]:
        """One entry of DATABASES."""
        return {
            "ENGINE": "cecop.postgres",
            "NAME": "cecop",
            "OPTIONS": {"connect_timeout": 2},
            "EMBEDDED_DIR": self.home,
        }

    def leader(self) -> int:
        """The process that leads the server, which must run."""
        pid = self.server.pid()
        assert pid is not None
        return pid

    def kill_leader(self, number: signal.Signals = signal.SIGKILL) -> int:
        pid = self.leader()
        os.kill(pid, number)
        wait_until(lambda: self.server.pid() != pid)
        return pid


def converse(client: subprocess.Popen[str], query: str) -> str:
    """Give a client one more request, and return its answer."""
    assert client.stdin
    assert client.stdout
    client.stdin.write(f"{query}\n")
    client.stdin.flush()
    return client.stdout.readline().strip()


def wait_until(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)
