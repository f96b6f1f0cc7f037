"""Real servers in temporary directories, each stopped and removed after its test."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cecop.postgres import binaries, processes
from tests.postgres.sites import CLIENT, NOBODY, PYTHONPATH, Ordinary, Site

MEMORY = Path("/dev/shm")  # noqa: S108 - only names below it are used, and those are random
ROOM = 500_000_000


def has_room(memory: Path) -> bool:
    """Whether servers can be kept in memory, which spares the disk a hundred new databases."""
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM:
        return False
    return not os.statvfs(memory).f_flag & os.ST_NOEXEC


@contextmanager
def open_directory() -> Iterator[Path]:
    """A directory that others may pass through, unlike those of pytest."""
    made = Path(tempfile.mkdtemp(prefix="t-", dir=MEMORY if has_room(MEMORY) else None))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made)


def remove(site: Site) -> None:
    """End the server of a site, and remove what it keeps outside its directory."""
    places = site.server.places
    site.server.stop()
    processes.clear_orphans(places.data)
    for elsewhere in (places.run, places.root):
        if not elsewhere.is_relative_to(site.home):
            shutil.rmtree(elsewhere, ignore_errors=True)


@pytest.fixture
def directory() -> Iterator[Path]:
    with open_directory() as made:
        yield made


@pytest.fixture
def make_site(directory: Path) -> Iterator[Callable[..., Site]]:
    """Make a site that has not started yet; its server goes with the test."""
    sites: list[Site] = []

    def make(below: str = "checkout", **options: object) -> Site:
        site = Site(directory / below / "var" / "postgres", **options)  # type: ignore[arg-type]
        sites.append(site)
        return site

    yield make
    for site in sites:
        remove(site)


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """A site that has not started yet."""
    return make_site()


@pytest.fixture(scope="module")
def shared_site() -> Iterator[Site]:
    with open_directory() as made:
        site = Site(made / "checkout" / "var" / "postgres")
        yield site
        remove(site)


@pytest.fixture
def running(shared_site: Site) -> Site:
    """A server that runs and holds something worth keeping; the next test may find it killed."""
    shared_site.ask("CREATE TABLE IF NOT EXISTS kept AS SELECT 7 AS number; SELECT 1")
    return shared_site


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
def nobody(as_root: None) -> Ordinary:
    """An ordinary user, and a Python that this user can run."""
    version = ".".join(str(part) for part in sys.version_info[:2])
    for python in (sys.executable, f"/usr/bin/python{version}"):
        script = '"$0" -c "import django, psycopg2" && cat "$1"'
        probe = ["/bin/sh", "-c", script, python, str(CLIENT)]
        environment = {"PYTHONPATH": PYTHONPATH}
        if not subprocess.run(
            probe, user=NOBODY, cwd="/", env=environment, check=False, capture_output=True
        ).returncode:
            return {"user": NOBODY, "python": python}
    pytest.skip("the checkout or its environment is closed to other users")


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
