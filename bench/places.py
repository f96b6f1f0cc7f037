"""Where the benchmark keeps what it builds, and what everything built depends on."""

import ast
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
REPORT = ROOT / "docs" / "benchmarks.md"
# Changing one of these makes other rows.
SOURCES = ("bench/data.py", "bench/loading.py", "bench/sqlite.py")


def say(text: str = "") -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def fingerprint() -> str:
    """Changes when the rows, or how they are stored, change; comments and spaces do not count."""
    words = sorted((ROOT / "cooperatives" / "sample" / "countries").glob("*.toml"))
    code = [ast.dump(ast.parse((ROOT / name).read_text(encoding="utf-8"))) for name in SOURCES]
    said = "".join([*code, *(path.read_text(encoding="utf-8") for path in words)])
    return hashlib.sha256(said.encode()).hexdigest()


def is_built(name: str) -> bool:
    """Whether the thing of that name was built whole, and from what is here now."""
    mark = VAR / f"{name}.built"
    return mark.is_file() and mark.read_text() == fingerprint()


def mark_built(name: str) -> None:
    """Say that the thing of that name is whole."""
    (VAR / f"{name}.built").write_text(fingerprint())


def unmark(name: str) -> None:
    """Say that the thing of that name is not whole, or going to be built anew."""
    (VAR / f"{name}.built").unlink(missing_ok=True)
