"""Load on one server with wrk, and what came of it."""

import json
import os
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.places import VAR

CONNECTIONS = 4
# One thread suffices for the load, and leaves the most of the machine to what is measured.
THREADS = 1
LONGEST_SECONDS = 120
SCRIPT = Path(__file__).with_name("requests.lua")
MARK = "bench: "


class LoadError(Exception):
    """wrk did not do its work; in words for the person at the terminal."""


@dataclass(frozen=True)
class Measured:
    """What one load, or several after one another, gave; latencies in milliseconds.

    ``errors`` are answers of 400 and above, ``lost`` requests without an answer.
    """

    requests: int
    seconds: float
    errors: int
    lost: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Good answers per second."""
        return (self.requests - self.errors) / self.seconds if self.seconds else 0.0

    @property
    def failed(self) -> int:
        """All that was no good answer."""
        return self.errors + self.lost


def together(parts: Sequence[Measured]) -> Measured:
    """Several loads as one: sums, the median of the medians, the worst of the tails."""
    return Measured(
        requests=sum(part.requests for part in parts),
        seconds=sum(part.seconds for part in parts),
        errors=sum(part.errors for part in parts),
        lost=sum(part.lost for part in parts),
        p50=statistics.median(part.p50 for part in parts),
        p99=max(part.p99 for part in parts),
    )


def parsed(output: str) -> Measured:
    """What our script made wrk write."""
    for line in output.splitlines():
        if line.startswith(MARK):
            return _bounded(Measured(**json.loads(line.removeprefix(MARK))))
    raise LoadError(f"wrk ended without a result:\n{output.strip()}")


def _bounded(measured: Measured) -> Measured:
    """Where no answer came at all, wrk knows no latency: it is the whole turn at least."""
    if measured.requests:
        return measured
    whole = measured.seconds * 1000
    return replace(measured, lost=max(measured.lost, CONNECTIONS), p50=whole, p99=whole)


def put(port: int, addresses: Sequence[str], *, seconds: int, repeat: bool = False) -> Measured:
    """Load the server at the port with these addresses, each once unless ``repeat``."""
    listed = VAR / "addresses.txt"
    listed.write_text("\n".join(addresses) + "\n")
    done = subprocess.run(  # noqa: S603 - a program that scripts/bench sees to
        [
            *("wrk", f"-c{CONNECTIONS}", f"-t{THREADS}", f"-d{seconds}s"),
            *(f"--timeout={LONGEST_SECONDS}s", f"--script={SCRIPT}", f"http://127.0.0.1:{port}"),
        ],
        env={
            **os.environ,
            "BENCH_ADDRESSES": str(listed),
            "BENCH_THREADS": str(THREADS),
            "BENCH_REPEAT": str(int(repeat)),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return parsed(done.stdout)
