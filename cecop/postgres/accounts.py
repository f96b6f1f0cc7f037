"""The account of the operating system that the embedded server runs under."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cecop.postgres.errors import PostgresError

ROOT = 0
# PostgreSQL refuses to run as root; these stand in for it, the first that exists.
STAND_INS = ("postgres", "nobody")
COMMAND_SECONDS = 120


@dataclass(frozen=True)
class Account:
    """Who the server runs as."""

    uid: int
    gid: int
    name: str

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command as this account; a failure is in the result, not raised."""
        try:
            return subprocess.run(  # noqa: S603 - fixed programs, and never through a shell
                [str(part) for part in command],
                user=None if self.is_me else self.uid,
                group=None if self.is_me else self.gid,
                extra_groups=None if self.is_me else [],
                env=_environment(),
                # The account may not be allowed to read the directory that we stand in.
                cwd="/",
                umask=0o077,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                timeout=COMMAND_SECONDS,
                # Ctrl-C stops the command that is waiting, never a half-started server.
                start_new_session=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return subprocess.CompletedProcess(command, 1, "", str(error))

    def can_enter(self, directory: Path) -> bool:
        """Whether this account may pass through the directory and all those above it."""
        return self.is_me or self.run("/bin/sh", "-c", 'cd "$0"', directory).returncode == 0


def for_data(data: Path) -> Account:
    """The account that owns the data directory, or the one that shall own it."""
    if data.is_dir():
        owner = _by_uid(data.stat().st_uid)
        if owner.uid == ROOT or os.geteuid() not in (ROOT, owner.uid):
            raise PostgresError(
                f"The data directory {data} belongs to {owner.name}, "
                f"so {_by_uid(os.geteuid()).name} cannot run its server. Work as {owner.name}, "
                "or name another server with DATABASE_URL."
            )
        return owner
    return _by_uid(os.geteuid()) if os.geteuid() != ROOT else _stand_in()


def _stand_in() -> Account:
    for name in STAND_INS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name)
    raise PostgresError(
        "PostgreSQL does not run as root, and this machine has no user "
        f"{' or '.join(STAND_INS)}. Work as an ordinary user, or set DATABASE_URL."
    )


def _by_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        # Containers often run under a number that has no name.
        return Account(uid, os.getegid(), f"user {uid}")
    return Account(uid, entry.pw_gid, entry.pw_name)


def _environment() -> dict[str, str]:
    """A bare environment: PGDATA, PGPORT and the like of the caller must not leak in."""
    kept = {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **kept}
