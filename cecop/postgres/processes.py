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
    lines = (data / "postmaster.pid").read_text().splitlines()
    return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"


def servers(data: Path) -> list[int]:
    """Every live process of PostgreSQL in this data directory, leader or not."""
    pids = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _is_server_of(data, pid)]


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


def _is_server_of(data: Path, pid: int) -> bool:
    try:
        name, _, rest = (PROC / str(pid) / "stat").read_text().rpartition(")")
        is_dead = rest.split()[0] in "ZX"
        return (
            not is_dead and name.endswith("(postgres") and (PROC / str(pid) / "cwd").samefile(data)
        )
    except (OSError, IndexError):
        # It is gone, or it is somebody else's: either way not a server of ours.
        return False


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
