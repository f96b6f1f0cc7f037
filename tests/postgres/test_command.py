"""`manage.py postgres`: is it running, stop it, where are its files."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import environ
import pytest

from cecop.postgres import processes
from tests.postgres.sites import Ordinary, Site, converse


def test_status_before_the_first_start(site: Site) -> None:
    result = site.run("postgres", "status")

    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "running: no",
        "version: none yet",
        f"data: {site.home}/data",
        f"socket: {site.home}/run",
        "size: 0\xa0bytes",
    ]


def test_status_of_a_running_server(running: Site) -> None:
    result = running.run("postgres", "status")

    is_running, version, data, socket, size = result.stdout.splitlines()
    assert result.returncode == 0
    assert is_running == f"running: yes (process {running.leader()})"
    assert version == f"version: {running.server.places.major}"
    assert data == f"data: {running.home}/data"
    assert socket == f"socket: {running.home}/run"
    assert size.endswith("\xa0MB")


def test_stop_waits_and_the_next_query_starts_it_again(running: Site) -> None:
    stopped = running.run("postgres", "stop")

    assert (stopped.returncode, stopped.stdout) == (0, "Stopped.")
    assert processes.servers(running.server.places.data) == []
    assert running.run("postgres", "status").returncode == 1
    assert running.ask("SELECT number FROM kept") == "7"


def test_stop_ends_clients_that_are_connected(running: Site) -> None:
    with running.start("requests") as client:
        converse(client, "SELECT 1")

        stopped = running.run("postgres", "stop")

        assert stopped.stdout == "Stopped."
        assert converse(client, "SELECT number FROM kept") == "7"


def test_stop_without_a_server_says_so(site: Site) -> None:
    result = site.run("postgres", "stop")

    assert (result.returncode, result.stdout) == (0, "It was not running.")


def test_path_names_data_and_programs(site: Site) -> None:
    assert site.run("postgres", "path").stdout == f"{site.home}/data"
    assert (Path(site.run("postgres", "path", "--bin").stdout) / "initdb").exists()


def test_the_url_works_elsewhere(make_site: Callable[..., Site]) -> None:
    site = make_site("a checkout & more")
    site.ask("SELECT 1")

    url = site.run("postgres", "path", "--url").stdout

    programs = site.run("postgres", "path", "--bin").stdout
    command = [f"{programs}/psql", url, "--tuples-only", "--command", "SELECT current_database()"]
    assert subprocess.check_output(command, text=True).strip() == "cecop"
    settings = environ.Env.db_url_config(url)
    assert settings["NAME"] == "cecop"
    assert settings["OPTIONS"]["host"] == str(site.server.places.run)


def test_the_shell_of_the_database_opens(running: Site) -> None:
    result = running.run("dbshell", "--", "--tuples-only", "--command", "SELECT current_database()")

    assert (result.returncode, result.stdout.strip()) == (0, "cecop"), result.stderr


@pytest.mark.parametrize("action", ["status", "stop", "path"])
def test_it_refuses_when_another_server_is_named(
    make_site: Callable[..., Site], action: str
) -> None:
    site = make_site(environment={"CLIENT_ENGINE": "django.db.backends.postgresql"})

    result = site.run("postgres", action)

    assert result.returncode == 1
    assert result.stderr == (
        "CommandError: The site uses the server that DATABASE_URL names; "
        "there is no embedded one here."
    )


def test_another_user_is_refused_in_words(running: Site, nobody: Ordinary) -> None:
    result = Site(running.home, **nobody).run("postgres", "status")

    assert result.returncode == 1
    assert result.stderr == (
        f"CommandError: {running.home}/data belongs to another user. Work as that user, "
        "or name another server with DATABASE_URL."
    )
