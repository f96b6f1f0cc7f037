"""A checkout of its own for the commands, and packages that need no network."""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def make_wheel(directory: Path, name: str, version: str = "1.0", needs: str = "") -> str:
    """A package without contents; what a requirements file says of it."""
    path = directory / f"{name}-{version}-py3-none-any.whl"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files = {
        f"{name}.py": "",
        f"{name}-{version}.dist-info/METADATA": about + (f"Requires-Dist: {needs}\n" * bool(needs)),
        f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},sha256={_digest(text)},{len(text)}\n" for file, text in files.items())
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{name}-{version}.dist-info/RECORD": record}.items():
            archive.writestr(file, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def _digest(text: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The commands, in a directory whose name has a space, with one small package to install."""
    directory = tmp_path / "a checkout"
    shutil.copytree(ROOT / "scripts", directory / "scripts")
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wanted = make_wheel(wheels, "something")
    (directory / "requirements-dev.txt").write_text(wanted)
    # It stands in for the real one, and tells that it was started and with what.
    (directory / "manage.py").write_text(
        "import something, sys\nprint('manage.py', sys.argv[1:])\n"
    )
    return directory


@pytest.fixture
def start(checkout: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start a command of the checkout, from a directory that is not the checkout."""
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(checkout.parent),
        "PYTHON": str(Path(sys.base_prefix) / "bin" / "python3"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": (checkout.parent / "wheels").as_uri(),
        "PIP_CONFIG_FILE": "/dev/null",
    }

    def start(*words: str, **changed: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(checkout / words[0]), *words[1:]],
            cwd=checkout.parent,
            env=environment | changed,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return start


@pytest.fixture
def run(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., tuple[int, str]]:
    """Run a command of the checkout to its end; its exit code and what it said."""

    def run(*words: str, **changed: str) -> tuple[int, str]:
        process = start(*words, **changed)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    return run
