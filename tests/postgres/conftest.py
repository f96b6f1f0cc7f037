"""Real servers in temporary directories, each stopped and removed after its test."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cecop.postgres import binaries, processes
from cecop.postgres.server import Server

CLIENT = Path(__file__).with_name("client.py")
CHECKOUT = CLIENT.parents[2]
SECONDS = 60
NOBODY = "nobody"


@dataclass
class Site:
    """A site with an embedded server in `home`, used only through processes of its own."""

    home: Path
    user: str | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def server(self) -> Server:
        return Server(self.home)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a client and do not wait for it."""
        caller = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        return subprocess.Popen(
            [sys.executable, CLIENT, self.home, *arguments],
            env={**caller, "PYTHONPATH": str(CHECKOUT), **self.environment},
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
        """The answer to a query, from a new client; it must work."""
        result = self.run("ask", query)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def complaint(self) -> str:
        """What a new client says, last, when it cannot connect."""
        result = self.run("ask", "SELECT 1")
        assert result.returncode == 1, result.stdout
        return result.stderr.partition("PostgresError: ")[2]

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


def wait_until(is_so: Callable[[], object]) -> None:
    until = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def directory() -> Iterator[Path]:
    """A directory that others may pass through, unlike those of pytest."""
    made = Path(tempfile.mkdtemp(prefix="t-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def make_site(directory: Path) -> Iterator[Callable[..., Site]]:
    """Make a site below the temporary directory; its server goes with the test."""
    sites: list[Site] = []

    def make(below: str = "checkout", **options: object) -> Site:
        site = Site(directory / below / "var" / "postgres", **options)  # type: ignore[arg-type]
        sites.append(site)
        return site

    yield make
    for site in sites:
        places = site.server.places
        processes.clear_orphans(places.data)
        for elsewhere in (places.run, places.root):
            if not elsewhere.is_relative_to(directory):
                shutil.rmtree(elsewhere)


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


@pytest.fixture
def stranger(directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A live process that is named postgres like ours and has nothing to do with us."""
    program = directory / "postgres"
    shutil.copy("/bin/sleep", program)
    with subprocess.Popen([program, "600"], cwd=directory) as process:
        yield process
        process.kill()


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can act as two users")


@pytest.fixture
def nobody(as_root: None) -> str:
    """An ordinary user who can read this checkout and its environment."""
    probe = subprocess.run(
        [sys.executable, "-c", f"open({str(CLIENT)!r}); import django"],
        user=NOBODY,
        cwd="/",
        check=False,
        capture_output=True,
    )
    if probe.returncode:
        pytest.skip("the checkout or its environment is closed to other users")
    return NOBODY


@pytest.fixture
def system_15() -> Path:
    programs = binaries.SYSTEM / "15" / "bin"
    if not (programs / "initdb").exists():
        pytest.skip("PostgreSQL 15 of the system is not installed")
    return programs


@pytest.fixture
def package_18() -> Path:
    for programs in binaries.candidates():
        if programs.parent.parent.name == binaries.PACKAGE:
            return programs
    pytest.skip("the package with PostgreSQL 18 is not installed")
