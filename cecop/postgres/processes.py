"""Which processes of PostgreSQL are at work in a data directory.

A number in a file proves nothing: the process may be dead and not yet collected, or the number may
belong to another program by now. A server is ours if it is alive, is named postgres and stands in
our data directory, as every process of PostgreSQL does.
"""

import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")
STATUS_LINE = 7
PAUSE_SECONDS = 0.02


def postmaster(data: Path) -> int | None:
    """The process that leads the server of this data directory, if it is alive."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _is_server_of(data, pid) else None


def is_ready(data: Path) -> bool:
    """Whether the leader has written that it accepts connections."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"


def is_being_started(data: Path) -> bool:
    """Whether a pg_ctl is still at it, say of a client that was killed meanwhile."""
    return any(_is_starter_of(data, pid) for pid in _all())


def servers(data: Path) -> list[int]:
    """Every live process of PostgreSQL in this data directory, leader or not."""
    return [pid for pid in _all() if _is_server_of(data, pid)]


def stop(data: Path, pid: int, *, seconds: float) -> bool:
    """Ask the leader for a fast shutdown (ends connections, saves everything) and wait for it."""
    _send(pid, signal.SIGINT)
    return _wait_until_gone(data, [pid], seconds=seconds)


def clear_orphans(data: Path) -> None:
    """End what a dead leader left behind: it holds the memory that a new server needs.

    Nothing is lost: without a leader these can commit nothing that the log does not hold already.
    """
    for number in (signal.SIGQUIT, signal.SIGKILL):
        orphans = servers(data)
        for pid in orphans:
            _send(pid, number)
        if _wait_until_gone(data, orphans, seconds=5):
            return


def _all() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _is_server_of(data: Path, pid: int) -> bool:
    try:
        return _is_alive(pid, "postgres") and (PROC / str(pid) / "cwd").samefile(data)
    except OSError:
        # It is gone, or it is somebody else's: either way not a server of ours.
        return False


def _is_starter_of(data: Path, pid: int) -> bool:
    try:
        arguments = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
        return _is_alive(pid, "pg_ctl") and os.fsencode(data) in arguments
    except OSError:
        return False


def _is_alive(pid: int, name: str) -> bool:
    """Whether this process has that name and is no zombie. Raises OSError if there is none."""
    named, _, rest = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")
    return named.endswith(f"({name}") and rest.split()[0] not in "ZX"


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _wait_until_gone(data: Path, pids: list[int], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while any(_is_server_of(data, pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE_SECONDS)
    return True
