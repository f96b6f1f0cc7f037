"""The Python environment that every command makes for itself."""

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scripts.conftest import make_wheel

Run = Callable[..., tuple[int, str]]


def free_port() -> str:
    """A port that nobody uses at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return str(unused.getsockname()[1])


PORT = free_port()
SERVED = f"manage.py ['serve', '127.0.0.1:{PORT}']\n"


@pytest.fixture
def fake_python(tmp_path: Path) -> Callable[[str], str]:
    """Make a program that stands in for Python."""

    def make(script: str) -> str:
        program = tmp_path / "python-of-this-machine"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return str(program)

    return make


def test_it_makes_the_environment_once(checkout: Path, run: Run) -> None:
    first = run("scripts/server", "--port", PORT)
    second = run("scripts/server", "--port", PORT)

    made = f"Making the Python environment in {checkout}/.venv (needed once) ...\n"
    assert [first, second] == [(0, made + SERVED), (0, SERVED)]


def test_it_is_made_where_the_variable_says(checkout: Path, tmp_path: Path, run: Run) -> None:
    run("scripts/server", "--port", PORT, CECOP_VENV="elsewhere")

    assert (tmp_path / "elsewhere" / "bin" / "python").exists()
    assert not (checkout / ".venv").exists()


def test_it_is_made_anew_when_the_lock_file_changed(
    checkout: Path, tmp_path: Path, run: Run
) -> None:
    run("scripts/server", "--port", PORT)
    lock_file = checkout / "requirements-dev.txt"
    lock_file.write_text(lock_file.read_text() + make_wheel(tmp_path / "wheels", "another"))

    code, said = run("scripts/server", "--port", PORT)

    assert (code, said.count("Making")) == (0, 1)
    assert list(checkout.glob(".venv/lib/*/site-packages/another.py")) != []


def test_a_half_made_one_is_made_anew(checkout: Path, run: Run) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/bin/false")

    assert run("scripts/server", "--port", PORT)[0] == 0


def test_one_that_moved_is_made_anew(checkout: Path, run: Run) -> None:
    run("scripts/server", "--port", PORT)
    checkout.rename(checkout.with_name("moved"))
    checkout.symlink_to("moved")

    code, said = run("scripts/server", "--port", PORT)

    assert (code, said.count("Making")) == (0, 1)


def test_a_package_that_is_not_the_locked_one_is_refused(checkout: Path, run: Run) -> None:
    (checkout / "requirements-dev.txt").write_text(f"something==1.0 --hash=sha256:{'0' * 64}\n")

    code, said = run("scripts/server", "--port", PORT)

    assert code == 1
    assert "DO NOT MATCH THE HASHES" in said
    assert said.endswith("Run the same command again: it starts afresh.\n")


def test_a_release_newer_than_the_locked_one_is_no_obstacle(
    checkout: Path, tmp_path: Path, run: Run
) -> None:
    wheels = tmp_path / "wheels"
    user = make_wheel(wheels, "user", needs="used[extra]>=1.0")
    used = make_wheel(wheels, "used")
    make_wheel(wheels, "used", "1.1")
    lock_file = checkout / "requirements-dev.txt"
    lock_file.write_text(lock_file.read_text() + user + used)

    code, said = run("scripts/server", "--port", PORT)

    assert (code, said.endswith(SERVED)) == (0, True)


def test_two_at_once_make_it_only_once(
    checkout: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    processes = [start("scripts/server", "--port", PORT) for _ in range(3)]

    said = [process.communicate(timeout=120)[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0]
    assert "".join(said).count("Making") == 1


def test_it_says_what_to_install_without_python(run: Run) -> None:
    assert run("scripts/server", "--port", PORT, PYTHON="no-such-python") == (
        1,
        "Python 3.11 or newer is needed. Install it (Debian: apt install python3 python3-venv).\n",
    )


def test_it_says_so_when_python_is_too_old(run: Run, fake_python: Callable[[str], str]) -> None:
    old = fake_python('[ "$1" = -V ] && echo Python 3.9.2 || exit 1')

    code, said = run("scripts/check", PYTHON=old)

    assert code == 1
    assert said.startswith(f"Python 3.11 or newer is needed; {old} is Python 3.9.2.")


def test_it_says_what_to_install_without_venv(run: Run, fake_python: Callable[[str], str]) -> None:
    bare = fake_python('case "$2" in *ensurepip*) exit 1 ;; esac')

    assert run("scripts/test", PYTHON=bare) == (
        1,
        "Python's venv module is needed. Install it (Debian: apt install python3-venv).\n",
    )


@pytest.mark.parametrize("port", ["", "0", "65536", "123456", "eighty", "-1"])
def test_the_server_refuses_what_is_no_port(run: Run, port: str) -> None:
    assert run("scripts/server", "--port", port) == (
        1,
        f'The port must be a number from 1 to 65535, not "{port}".\n',
    )


def test_the_server_says_so_when_the_port_is_in_use(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        code, said = run("scripts/server", f"--port={port}")

    assert (code, said.split(".")[0]) == (1, f"Port {port} is in use")


def test_the_server_refuses_unknown_options(run: Run) -> None:
    code, said = run("scripts/server", "--prot", "8000")

    assert (code, said.splitlines()[0]) == (
        2,
        "Usage: scripts/server [--port 8000] [--host 127.0.0.1] [--no-sample]",
    )
