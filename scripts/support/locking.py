"""Remakes the requirements files from pyproject.toml, or tells offline whether they fit it."""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# The resolver, in an environment of its own that is gone afterwards.
RESOLVER = "uv==0.13.9"
COMPILE = [
    *("pip", "compile", "pyproject.toml", "--generate-hashes", "--universal", "--quiet"),
    *("--python-version", "3.11", "--no-emit-index-url", "--no-strip-extras"),
    *("--custom-compile-command", "scripts/lock"),
]
MARK = "# pyproject.toml sha256:"
FILES: dict[str, list[str]] = {
    "requirements.txt": [],
    # Both files pin the same versions of what production needs.
    "requirements-dev.txt": ["--extra", "dev", "--constraint", "requirements.txt"],
}


def digest(root: Path) -> str:
    """The digest of what pyproject.toml says about dependencies, and of nothing else in it."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    parts = ("requires-python", "dependencies", "optional-dependencies")
    said = json.dumps({part: project.get(part) for part in parts}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def outdated(root: Path) -> list[str]:
    """The requirements files that were not made from this pyproject.toml."""
    wanted = f"{MARK} {digest(root)}"
    return [
        name
        for name in FILES
        if not (root / name).is_file() or wanted not in (root / name).read_text().splitlines()
    ]


def lock(root: Path, *, upgrade: bool) -> None:
    """Write both files anew."""
    with tempfile.TemporaryDirectory() as directory:
        venv.create(directory, with_pip=True)
        python = Path(directory) / "bin" / "python"
        _run(python, "-m", "pip", "install", "--quiet", RESOLVER)
        for name, options in FILES.items():
            options = [*options, "--output-file", name, *(["--upgrade"] if upgrade else [])]
            _run(python.with_name("uv"), *COMPILE, *options, root=root)
            _sign(root / name, digest(root))


def _sign(path: Path, said: str) -> None:
    lines = [line for line in path.read_text().splitlines() if not line.startswith(MARK)]
    path.write_text("\n".join([f"{MARK} {said}", *lines, ""]))


def _run(*command: str | Path, root: Path = ROOT) -> None:
    subprocess.run(command, check=True, cwd=root)


def main(arguments: list[str]) -> int:
    """Lock or compare; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="scripts/lock", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare, without network")
    parser.add_argument("--upgrade", action="store_true", help="take newer releases where allowed")
    options = parser.parse_args(arguments)
    if not options.check:
        lock(ROOT, upgrade=options.upgrade)
    wrong = outdated(ROOT)
    for name in wrong:
        print(f"{name} was not made from this pyproject.toml; run scripts/lock")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
