"""Where the embedded server keeps its files, reachable by the account it runs under.

`home` is the directory that the settings name (var/postgres). It holds `lock`, `data` and `run`
(the socket). Some may be elsewhere; then a link says where, so that every process agrees:
- `place` → where data and programs are, when the server's account cannot reach `home`;
- `run` → a short directory, when the path of the socket would not do.
"""

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cecop.postgres.accounts import Account
from cecop.postgres.binaries import Binaries
from cecop.postgres.errors import PostgresError

PORT = "5432"
SOCKET = f".s.PGSQL.{PORT}"
# The kernel's limit for the path of a socket, less the zero byte at its end.
LONGEST_SOCKET = 107
# For root, when the server's account cannot reach the checkout: a place that outlives a restart of
# the machine, and one for sockets. Only root writes to either, so nobody can lay a trap there.
SHARED = Path("/var/lib")
SHARED_RUN = "/run"
# pg_ctl hands paths to a shell between double quotes.
UNQUOTABLE = frozenset('"$`\\\n')
DEVELOPMENT_FILES = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")


@dataclass(frozen=True)
class Places:
    """The directories of one embedded server."""

    home: Path

    @property
    def root(self) -> Path:
        link = self.home / "place"
        try:
            return Path(os.readlink(link)) if link.is_symlink() else self.home
        except PermissionError as error:
            raise _not_ours(self.home) from error

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def major(self) -> str | None:
        """The major version of PostgreSQL that made the data."""
        try:
            return (self.data / "PG_VERSION").read_text().strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as error:
            raise _not_ours(self.data) from error

    @property
    def run(self) -> Path:
        run = self.root / "run"
        return Path(os.readlink(run)) if run.is_symlink() else run

    def safe_run(self) -> Path | None:
        """The directory of the socket, if there is one and it is as private as we made it."""
        try:
            found = self.run.lstat()
            owners = {os.geteuid(), self.data.stat().st_uid}
        except OSError:
            return None
        is_private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
        return self.run if is_private and found.st_uid in owners else None

    def size(self) -> int:
        """How many bytes the data take; files may come and go while they are counted."""
        total = 0
        for path in self.data.rglob("*"):
            with suppress(FileNotFoundError):
                total += path.lstat().st_size
        return total

    def make_home(self) -> None:
        """Make `home` with the rights it needs; directories that exist stay as they are."""
        if self.home.is_dir():
            return
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            self.home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        except OSError as error:
            raise PostgresError(
                f"The directory {self.home} for the database cannot be made ({error.strerror}). "
                "Work as the owner of the checkout, or name a server with DATABASE_URL."
            ) from error

    def make_root(self, account: Account) -> None:
        """See to it that the server's account can reach the place of the data."""
        if not account.can_enter(Path("/")):
            raise PostgresError(
                f"Here root may not act as {account.name}, who has to run the server. "
                "Work as an ordinary user, or set DATABASE_URL."
            )
        if not self.root.is_dir():
            raise PostgresError(
                f"{self.home / 'place'} says that the data are in {self.root}, which is gone. "
                "Bring it back, or remove that link: the next start makes a new, empty database."
            )
        if account.can_enter(self.root):
            return
        if self.major:
            raise PostgresError(
                f"The user {account.name}, who runs the server, can no longer reach {self.data}. "
                "Give back the right to pass through the directories above it, or move the data."
            )
        (self.home / "place").symlink_to(_make_shared(account))

    def make_run(self, account: Account) -> Path:
        """The directory of the socket, made anew if it is missing, unsafe or too long."""
        safe = self.safe_run()
        if safe:
            return safe
        link = self.root / "run"
        if link.is_symlink():
            link.unlink()
        # To libpq a comma parts one host from the next.
        if len(os.fsencode(link / SOCKET)) > LONGEST_SOCKET or "," in str(link):
            # The name is random: nobody can lay a trap there beforehand.
            link.symlink_to(_make_short(account))
        else:
            link.mkdir(exist_ok=True)
        os.chown(self.run, account.uid, account.gid)
        self.run.chmod(0o700)
        return self.run

    def readable(self, binaries: Binaries, account: Account) -> Binaries:
        """The programs, from a copy if the server's account cannot run them where they are."""
        if account.run(binaries.program("postgres"), "--version").returncode == 0:
            return binaries
        source = binaries.directory.parent
        copy = self.root / f"programs-{binaries.version}"
        directory = copy / source.parent.name / source.name / binaries.directory.name
        if not directory.is_dir():
            _copy_programs(source, copy)
        if account.run(directory / "postgres", "--version").returncode:
            raise PostgresError(
                f"The user {account.name} can run neither the programs in {binaries.directory} "
                f"nor their copy in {directory}. Install the PostgreSQL of your system instead."
            )
        return Binaries(directory, binaries.version)


def _not_ours(directory: Path) -> PostgresError:
    return PostgresError(
        f"{directory} belongs to another user. Work as that user, "
        "or name another server with DATABASE_URL."
    )


def _copy_programs(source: Path, copy: Path) -> None:
    """Copy a tree of programs, and the libraries that a Python package keeps beside it."""
    new = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    package = source.parent
    shutil.copytree(source, new / package.name / source.name, ignore=DEVELOPMENT_FILES)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, new / libraries.name)
    for path in (new, *new.rglob("*")):
        is_program = path.is_dir() or path.parent.name == "bin"
        path.chmod(0o755 if is_program else 0o644)
    new.rename(copy)


def _make_shared(account: Account) -> Path:
    if not os.access(SHARED, os.W_OK) or not account.can_enter(SHARED):
        raise PostgresError(
            f"The user {account.name}, who has to run the server, cannot reach the checkout, and "
            f"there is no place for its data in {SHARED}. Move the checkout to a directory that "
            "others may pass through, or set DATABASE_URL."
        )
    made = Path(tempfile.mkdtemp(prefix="cecop-postgres-", dir=SHARED))
    made.chmod(0o711)
    return made


def _make_short(account: Account) -> Path:
    own = os.environ.get("XDG_RUNTIME_DIR") if account.is_me else SHARED_RUN
    for base in (own, tempfile.gettempdir()):
        if not base or not os.access(base, os.W_OK) or not account.can_enter(Path(base)):
            continue
        if len(os.fsencode(Path(base, "cecop-12345678", SOCKET))) <= LONGEST_SOCKET:
            return Path(tempfile.mkdtemp(prefix="cecop-", dir=base))
    raise PostgresError(
        f"The path of the checkout is too long for a socket, and so is {tempfile.gettempdir()}. "
        "Set TMPDIR to a short one."
    )
