"""Processes that the benchmark starts: waiting for them, their memory, their end."""

import contextlib
import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.load import LoadError
from bench.places import ROOT, VAR

READY_SECONDS = 180
IDLE_SECONDS = 90
STOP_SECONDS = 20
MEGABYTE = 1024


@dataclass(frozen=True)
class Running:
    """A server that answers on a port of this machine."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"

    def family(self) -> list[int]:
        """The process and its children."""
        return [self.process.pid, *children(self.process.pid)]

    def settle(self) -> None:
        """Wait until it does nothing more: what wrk has given up may still be computed."""
        until, before = time.monotonic() + IDLE_SECONDS, -1
        while (used := sum(map(ticks, self.family()))) != before and time.monotonic() < until:
            before = used
            time.sleep(0.3)

    def memory(self) -> list[tuple[float, float]]:
        """(resident, proportional) megabytes of each child; the proportional one parts what is
        shared."""
        return [memory(pid) for pid in children(self.process.pid)]


@contextlib.contextmanager
def running(
    name: str,
    words: list[str],
    port: int,
    *,
    ready: str,
    environment: Mapping[str, str] | None = None,
    directory: Path = ROOT,
) -> Iterator[Running]:
    """The server while the block runs, from the moment that it answers at ``ready``."""
    log = VAR / f"{name}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(  # noqa: S603 - programs that we name ourselves
            words,
            cwd=directory,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(process, port, ready, log)
        yield Running(name, port, process)
    finally:
        _stop(process)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(port: int, address: str, seconds: int = 120) -> tuple[int, str, str]:
    """(status, content type, text) of an address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    with contextlib.closing(connection):
        connection.request("GET", address)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", errors="replace")
        return answer.status, answer.headers.get_content_type(), text


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def ticks(pid: int) -> int:
    """How much processor time a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def memory(pid: int) -> tuple[float, float]:
    """(resident, proportional) megabytes of a process."""
    sizes = {"Rss": 0.0, "Pss": 0.0}
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _colon, value = line.partition(":")
            if name in sizes:
                sizes[name] = int(value.split()[0]) / MEGABYTE
    return sizes["Rss"], sizes["Pss"]


def _wait_for(process: "subprocess.Popen[bytes]", port: int, ready: str, log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if fetch(port, ready)[0] == http.HTTPStatus.OK:
                return
        time.sleep(0.2)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise LoadError(f"{log.stem} does not answer at {ready}.\n{tail}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
