"""Every linter and every house rule, side by side; what is wrong is all told at the end."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scripts.support import house_rules, locking

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ["cecop", "members", "cooperatives", "tests", "scripts", "bench", "manage.py"]
# No database is needed to check; this one refuses at once, and never gets to see a table.
NO_DATABASE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
DEVELOPMENT = {"DEBUG": "1", **NO_DATABASE}
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_",
    "ALLOWED_HOSTS": "directory.example",
    **NO_DATABASE,
}


@dataclass(frozen=True)
class Result:
    """What one check said; nothing is wrong when it said nothing wrong."""

    name: str
    is_ok: bool
    said: str
    seconds: float


Check = Callable[[], tuple[bool, str]]


def command(*words: str, environment: dict[str, str] | None = None) -> Check:
    """A check that is a command of the environment: fine when it ends with 0."""
    return partial(_run, [sys.executable, *words], environment or DEVELOPMENT)


def _run(words: list[str], environment: dict[str, str]) -> tuple[bool, str]:
    done = subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout


def rule(find: Callable[[], list[str]]) -> Check:
    """A check that lists what breaks it: fine when the list is empty."""

    def check() -> tuple[bool, str]:
        found = find()
        return not found, "\n".join(found)

    return check


def templates() -> tuple[bool, str]:
    """The form of the templates."""
    program = str(Path(sys.executable).with_name("djade"))
    paths = [str(path) for path in house_rules.files(ROOT) if path.suffix == ".html"]
    present = [path for path in paths if (ROOT / path).is_file()]
    return _run([program, "--check", "--target-version", "5.2", *present], DEVELOPMENT)


def translations() -> list[str]:
    """The languages that the settings offer, but for the one that the texts are written in."""
    script = "from cecop import settings as s; print(*s.COMPLETE_LANGUAGES, s.LANGUAGE_CODE)"
    is_ok, said = _run([sys.executable, "-c", script], DEVELOPMENT)
    if not is_ok:
        return [said]
    *offered, written = said.split()
    return house_rules.translations(ROOT, [code for code in offered if code != written])


def requirements() -> list[str]:
    """The lock files against pyproject.toml."""
    return [
        f"{name} was not made from this pyproject.toml; run scripts/lock"
        for name in locking.outdated(ROOT)
    ]


# The slowest first, so that the others run beside it.
CHECKS: dict[str, Check] = {
    "mypy": command("-m", "mypy", *CODE),
    "ruff check": command("-m", "ruff", "check", "--quiet", "--output-format", "concise", "."),
    "ruff format": command("-m", "ruff", "format", "--check", "--quiet", "."),
    "migrations": command(
        *("-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run")
    ),
    "deployment": command(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"), environment=PRODUCTION
    ),
    "templates": templates,
    "requirements": rule(requirements),
    "translations": rule(translations),
    "run bits": rule(partial(house_rules.run_bits, ROOT)),
    **{name: rule(partial(house_rules.broken, ROOT, name)) for name in house_rules.RULES},
}


def run(name: str) -> Result:
    """Run one check and time it."""
    began = time.monotonic()
    is_ok, said = CHECKS[name]()
    return Result(name, is_ok, said.strip(), time.monotonic() - began)


def main(arguments: list[str]) -> int:
    """Run the checks named, or all; 1 when one of them failed."""
    parser = argparse.ArgumentParser(prog="scripts/check", description=__doc__)
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=", ".join(CHECKS))
    names = parser.parse_args(arguments).checks or list(CHECKS)
    if unknown := sorted(set(names) - set(CHECKS)):
        parser.error(f"there is no check {', '.join(unknown)}")
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        results = list(pool.map(run, names))
    for result in results:
        print(f"{'ok    ' if result.is_ok else 'FAILED'} {result.name} ({result.seconds:.1f} s)")
    failed = [result for result in results if not result.is_ok]
    for result in failed:
        print(f"\n--- {result.name} ---\n{result.said}")
    if failed:
        print(f"\nFailed: {', '.join(result.name for result in failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
