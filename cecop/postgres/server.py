"""Starts and stops the embedded server: one per checkout, private, outliving its clients."""

import fcntl
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cecop.postgres import accounts, binaries, processes
from cecop.postgres.errors import PostgresError
from cecop.postgres.places import PORT, SOCKET, UNQUOTABLE, Places

USER = "cecop"
LOCK_SECONDS = 120
READY_SECONDS = 60
PAUSE_SECONDS = 0.05
HALF_MADE = "data.new-"
LARGEST_LOG = 10_000_000
LOG_LINES = 15
ACCEPTS, SILENT = 0, 2

# Small, for one machine and a few people. Every write still reaches the disk (fsync stays on).
SETTINGS = {
    "listen_addresses": "''",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


@dataclass(frozen=True)
class Server:
    """The embedded server that keeps its files in `home`."""

    home: Path

    @property
    def places(self) -> Places:
        return Places(self.home)

    def socket_directory(self) -> Path | None:
        """Where a running server would listen; none before the first start."""
        return self.places.safe_run()

    def pid(self) -> int | None:
        """The process that leads the server; none when it does not run."""
        return processes.postmaster(self.places.data)

    def programs(self) -> binaries.Binaries:
        """The programs of PostgreSQL that fit the data."""
        return binaries.find(major=self.places.major, data=self.places.data)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other process from starting or stopping this server meanwhile."""
        if sys.platform != "linux":
            raise PostgresError(
                "The embedded PostgreSQL is made for Linux. Elsewhere set DATABASE_URL to a server."
            )
        self.places.make_home()
        try:
            lock = (self.home / "lock").open("a")
        except OSError as error:
            raise PostgresError(
                f"{self.home} cannot be used by this user ({error.strerror}). "
                "Work as its owner, or name another server with DATABASE_URL."
            ) from error
        with lock:
            _wait_for(lock.fileno(), self.home)
            yield

    def bring_up(self) -> None:
        """Start the server if it does not run; wait until it accepts. Hold the lock for this."""
        began = time.monotonic()
        programs = self.programs()
        while (answer := self._ask(programs)) != ACCEPTS:
            waited = time.monotonic() - began
            if waited > READY_SECONDS:
                raise PostgresError(
                    f"PostgreSQL in {self.places.data} is not ready after {READY_SECONDS} s. "
                    f"Its log is {self.places.log}."
                )
            if answer == SILENT:
                self._wake(programs)
            time.sleep(PAUSE_SECONDS)

    def stop(self, *, seconds: float = READY_SECONDS) -> bool:
        """Stop the server if it runs; whether it did. Hold the lock for this."""
        pid = self.pid()
        if pid is None:
            return False
        if not processes.stop(self.places.data, pid, seconds=seconds):
            raise PostgresError(
                f"PostgreSQL (process {pid}) does not stop. Its log is {self.places.log}."
            )
        return True

    def _ask(self, programs: binaries.Binaries) -> int:
        """What pg_isready says: it accepts, it refuses for the moment (1), or it is silent."""
        directory = self.socket_directory()
        if directory is None or not _listens(directory / SOCKET):
            return SILENT
        account = accounts.for_data(self.places.data)
        ready = self.places.readable(programs, account).program("pg_isready")
        return account.run(
            *(ready, "--host", directory, "--port", PORT, "--timeout", "2"),
        ).returncode

    def _wake(self, programs: binaries.Binaries) -> None:
        """Do something about a server that is silent."""
        pid = self.pid()
        directory = self.socket_directory()
        if pid is None:
            if not processes.is_being_started(self.places.data):
                self._start(programs)
        elif directory and _listens(directory / SOCKET):
            raise PostgresError(f"PostgreSQL (process {pid}) runs but does not answer.")
        elif processes.is_ready(self.places.data):
            # Its socket is lost, say with a temporary directory; only a new start makes another.
            self.stop()

    def _start(self, programs: binaries.Binaries) -> None:
        places = self.places
        account = accounts.for_data(places.data)
        places.make_root(account)
        for half_made in places.root.glob(f"{HALF_MADE}*"):
            shutil.rmtree(half_made, ignore_errors=True)
        programs = places.readable(programs, account)
        _check_names(places.data, programs.directory)
        if places.major is None:
            self._make_data(programs, account)
        processes.clear_orphans(places.data)
        run = places.make_run(account)
        # No process of ours is alive, so these name dead ones or strangers, to be left alone.
        for stale in (places.data / "postmaster.pid", run / SOCKET, run / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)
        _turn_log(places.log)
        settings = {**SETTINGS, "unix_socket_directories": _quoted(run)}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        result = account.run(
            *(programs.program("pg_ctl"), "start", "--wait", "--timeout", str(READY_SECONDS)),
            *("--pgdata", places.data, "--log", places.log, "--options", options),
        )
        if result.returncode:
            raise PostgresError(
                f"PostgreSQL {programs.version} does not start in {places.data}.\n"
                f"{result.stderr.strip()}\n{_tail(places.log)}"
            )

    def _make_data(self, programs: binaries.Binaries, account: accounts.Account) -> None:
        """Make the data directory: aside first, so that a half-made one never passes for whole."""
        data = self.places.data
        # Never the same name: an initdb whose client was killed may still be writing to the last.
        new = Path(tempfile.mkdtemp(prefix=HALF_MADE, dir=data.parent))
        os.chown(new, account.uid, account.gid)
        result = account.run(
            *(programs.program("initdb"), "--pgdata", new, "--username", USER),
            *("--auth-local", "trust", "--auth-host", "reject", "--encoding", "UTF8"),
            # Letters beyond ASCII are letters, as in production; sorting is by code point.
            *("--locale", "C.UTF-8", "--lc-messages", "C", "--no-instructions"),
        )
        if result.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise PostgresError(
                f"initdb of PostgreSQL {programs.version} failed in {new}.\n{result.stderr.strip()}"
            )
        try:
            new.rename(data)
        except OSError as error:
            raise PostgresError(
                f"{data} is not empty and holds no database of PostgreSQL. Move it away."
            ) from error


def _check_names(data: Path, programs: Path) -> None:
    if UNQUOTABLE.intersection(f"{data}{programs}"):
        raise PostgresError(
            f"PostgreSQL cannot start in {data} with the programs in {programs}: "
            f"one of the characters {' '.join(sorted(UNQUOTABLE)).strip()} is in a name. "
            "Rename the directory, or set DATABASE_URL."
        )


def _wait_for(descriptor: int, home: Path) -> None:
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise PostgresError(f"Another process has held {home / 'lock'} too long.") from None
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _listens(path: Path) -> bool:
    """Whether a live process stands behind the socket, even one that is slow or frozen."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)
        try:
            probe.connect(os.fsencode(path))
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True


def _quoted(directory: Path) -> str:
    """For a list of directories in PostgreSQL, and for the shell in which pg_ctl starts it."""
    listed = str(directory).replace('"', '""')
    return "'" + f'"{listed}"'.replace("'", "'\\''") + "'"


def _turn_log(log: Path) -> None:
    if log.exists() and log.lstat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))


def _tail(log: Path) -> str:
    if not log.is_file():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-LOG_LINES:])
