"""Whatever happened to the server or to its files, the next request finds it running."""

import ctypes
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cecop.postgres import processes
from cecop.postgres.base import DatabaseWrapper
from cecop.postgres.places import SOCKET
from tests.postgres.sites import Site, converse, wait_until

PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture
def unreaped(running: Site) -> Iterator[Site]:
    """A server that becomes a zombie when it dies, as in a container without an init process."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    running.kill_leader()
    running.ask("SELECT 1")
    yield running
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def pretend_leader(site: Site, pid: int) -> None:
    """Let the files of a dead server name another process as its leader."""
    places = site.server.places
    run = places.run
    text = f"{pid}\n{places.data}\n{int(time.time())}\n5432\n{run}\n\n"
    for path in (places.data / "postmaster.pid", run / f"{SOCKET}.lock"):
        path.write_text(text)
        shutil.chown(path, places.data.stat().st_uid)


def test_the_next_request_starts_it_again(running: Site) -> None:
    with running.start("requests") as client:
        first = converse(client, "SELECT 1")
        killed = running.kill_leader()
        # A request that meets the death half-way is lost; the one after it is not.
        wait_until(lambda: not processes.servers(running.server.places.data))
        second = converse(client, "SELECT number FROM kept")

    assert (first, second) == ("1", "7")
    assert running.leader() != killed


def test_busy_orphans_of_a_killed_leader_are_ended(running: Site) -> None:
    data = running.server.places.data
    with running.start("ask", "SELECT count(*) FROM generate_series(1, 100000000000)") as client:
        wait_until(lambda: "SELECT" in commands(data))
        running.kill_leader()

        answer = running.ask("SELECT number FROM kept")

        assert answer == "7"
        client.communicate(timeout=60)
        assert client.returncode == 1


def commands(data: Path) -> str:
    """The command lines of the server's processes, which say what each is doing."""
    found = []
    for pid in processes.servers(data):
        try:
            found.append(Path(f"/proc/{pid}/cmdline").read_text())
        except OSError:
            continue
    return " ".join(found)


def test_a_stranger_with_the_number_of_the_leader_is_not_harmed(
    running: Site, stranger: subprocess.Popen[bytes]
) -> None:
    running.kill_leader()
    pretend_leader(running, stranger.pid)

    answer = running.ask("SELECT number FROM kept")

    assert answer == "7"
    assert stranger.poll() is None
    assert running.leader() != stranger.pid


def test_any_live_process_with_that_number_is_not_harmed(running: Site) -> None:
    running.kill_leader()
    pretend_leader(running, os.getpid())

    assert running.ask("SELECT number FROM kept") == "7"
    assert running.leader() != os.getpid()


def test_stopping_does_not_touch_a_stranger(
    running: Site, stranger: subprocess.Popen[bytes]
) -> None:
    running.kill_leader()
    pretend_leader(running, stranger.pid)

    result = running.run("postgres", "stop")

    assert (result.returncode, result.stdout) == (0, "It was not running.")
    assert stranger.poll() is None


def test_a_zombie_leader_counts_as_dead(unreaped: Site) -> None:
    zombie = unreaped.kill_leader()
    wait_until(lambda: state_of(zombie) == "Z")

    answer = unreaped.ask("SELECT number FROM kept")

    assert answer == "7"
    assert state_of(zombie) == "Z"
    os.waitpid(zombie, 0)


def test_a_zombie_counts_as_stopped(unreaped: Site) -> None:
    leader = unreaped.leader()

    result = unreaped.run("postgres", "stop")

    assert (result.returncode, result.stdout) == (0, "Stopped.")
    wait_until(lambda: state_of(leader) == "Z")
    assert state_of(leader) == "Z"
    os.waitpid(leader, 0)


@pytest.mark.parametrize("text", ["", "not a number\n", "999999999\n"])
def test_a_damaged_pid_file_is_no_obstacle(running: Site, text: str) -> None:
    running.kill_leader()
    (running.server.places.data / "postmaster.pid").write_text(text)

    assert running.ask("SELECT number FROM kept") == "7"


def test_a_lost_socket_directory_is_made_again(running: Site) -> None:
    shutil.rmtree(running.server.places.run)

    assert running.ask("SELECT number FROM kept") == "7"


def test_a_socket_directory_open_to_others_is_not_trusted(running: Site) -> None:
    run = running.server.places.run
    run.chmod(0o777)

    directory = running.server.socket_directory()
    answer = running.ask("SELECT number FROM kept")

    assert directory is None
    assert answer == "7"
    assert run.stat().st_mode & 0o777 == 0o700


def test_a_frozen_server_is_reported_soon_and_left_alone(running: Site) -> None:
    leader = running.leader()
    os.kill(leader, signal.SIGSTOP)

    began = time.monotonic()
    with pytest.raises(DatabaseWrapper.Database.OperationalError, match="timeout expired"):
        running.ask("SELECT 1")
    took = time.monotonic() - began
    os.kill(leader, signal.SIGCONT)

    # The two seconds of connect_timeout, and nothing tried after them.
    assert 2 <= took < 4
    assert running.ask("SELECT number FROM kept") == "7"
    assert running.leader() == leader


def test_a_copied_checkout_gets_a_server_of_its_own(running: Site, directory: Path) -> None:
    checkout = running.home.parents[1]
    shutil.copytree(checkout, directory / "copy", ignore=skip_sockets)
    copy = Site(directory / "copy" / "var" / "postgres")
    for path in copy.home.rglob("*"):
        shutil.chown(path, running.server.places.data.stat().st_uid)

    answer = copy.ask("UPDATE kept SET number = 8 RETURNING number")

    assert answer == "8"
    assert running.ask("SELECT number FROM kept") == "7"
    assert copy.leader() != running.leader()
    copy.server.stop()


def skip_sockets(directory: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(SOCKET)]


def test_data_that_no_server_made_are_left_alone(site: Site) -> None:
    data = site.home / "data"
    data.mkdir(parents=True)
    (data / "notes.txt").write_text("mine")
    if os.geteuid() == 0:
        shutil.chown(data, "nobody")

    complaint = site.complaint()

    assert complaint == f"{data} is not empty and holds no database of PostgreSQL. Move it away."
    assert (data / "notes.txt").read_text() == "mine"
