"""The embedded server starts by itself when it is first needed, once, and stays."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cecop.postgres import processes
from cecop.postgres.places import LONGEST_SOCKET, SOCKET
from tests.postgres.sites import Site, converse, wait_until

# Alone on two cores it takes 1.3 s; other tests may run at the same time.
FRESH_SECONDS = 20


@pytest.fixture(params=["system_15", "package_18"])
def programs(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_it_starts_at_the_first_query(make_site: Callable[..., Site], programs: Path) -> None:
    site = make_site(environment={"CECOP_POSTGRES_BIN": str(programs)})

    began = time.monotonic()
    answer = site.ask("SELECT current_database() || ' ' || current_user")
    took = time.monotonic() - began

    assert answer == "cecop cecop"
    assert site.server.places.major == site.ask("SHOW server_version").partition(".")[0]
    assert took < FRESH_SECONDS, f"{took:.1f} s"


@pytest.mark.parametrize("nothing", [("setup",), ("postgres", "path"), ("postgres", "status")])
def test_it_starts_nothing_unasked(site: Site, nothing: tuple[str, ...]) -> None:
    site.run(*nothing)

    assert not site.home.exists()


def test_setting_django_up_works_without_it(site: Site) -> None:
    result = site.run("setup")

    assert (result.returncode, result.stdout) == (0, "postgresql")


def test_the_driver_is_psycopg2(site: Site) -> None:
    result = site.run(
        "shell", "--no-imports", "-c",
        "from django.db import connection; print(connection.Database.__name__)",
    )  # fmt: skip

    assert result.stdout == "psycopg2"


def test_five_at_once_share_one_server(site: Site) -> None:
    clients = [site.start("ask", "SELECT pg_postmaster_start_time()") for _ in range(5)]

    answers = [client.communicate(timeout=60) for client in clients]

    assert [client.returncode for client in clients] == [0] * 5, answers
    assert len({out for out, _ in answers}) == 1
    assert site.server.places.log.read_text().count("starting PostgreSQL") == 1


def test_it_outlives_a_client_that_is_told_to_end(site: Site) -> None:
    with site.start("requests") as client:
        answer = converse(client, "SELECT 41 + 1")
        leader = site.leader()
        client.terminate()

    assert answer == "42"
    assert site.ask("SELECT 1") == "1"
    assert site.leader() == leader


@pytest.mark.parametrize("moment", ["lock", "data.new-*", "data/postmaster.pid"])
def test_a_client_that_ends_while_starting_it_does_no_harm(site: Site, moment: str) -> None:
    with site.start("ask", "SELECT 1") as client:
        wait_until(lambda: list(site.home.glob(moment)))
        client.terminate()

    answer = site.ask("SELECT 1")

    assert answer == "1"
    assert len(processes.servers(site.server.places.data)) > 1


def test_a_socket_path_that_is_too_long_is_shortened(make_site: Callable[..., Site]) -> None:
    site = make_site("/".join(["a-long-directory-name"] * 6))

    answers = site.ask("SELECT 1"), site.ask("SELECT 2")

    assert answers == ("1", "2")
    assert len(os.fsencode(site.home / "run" / SOCKET)) > LONGEST_SOCKET
    run = site.server.places.run
    assert len(os.fsencode(run / SOCKET)) <= LONGEST_SOCKET
    assert run.stat().st_mode & 0o777 == 0o700


def test_odd_characters_in_the_path_are_no_problem(make_site: Callable[..., Site]) -> None:
    site = make_site("Zoë's site, 100% & co")

    assert site.ask("SELECT 1") == "1"


def test_characters_that_a_shell_would_read_are_refused(make_site: Callable[..., Site]) -> None:
    site = make_site("my $avings")

    assert site.complaint().startswith(f"PostgreSQL cannot start in {site.home}/data with")


def test_variables_meant_for_other_servers_are_ignored(running: Site) -> None:
    variables = {"PGHOST": "192.0.2.1", "PGPORT": "1", "PGDATA": "/", "PGUSER": "zoe"}
    site = Site(running.home, environment=variables)
    site.kill_leader()

    assert site.ask("SELECT current_user") == "cecop"


@pytest.mark.parametrize(
    ("name", "value"), [("listen_addresses", ""), ("fsync", "on"), ("synchronous_commit", "on")]
)
def test_it_listens_on_no_network_and_saves_every_write(
    running: Site, name: str, value: str
) -> None:
    assert running.ask(f"SHOW {name}") == value


def test_there_is_room_for_a_hundred_clients(running: Site) -> None:
    assert int(running.ask("SHOW max_connections")) >= 100


def test_letters_beyond_ascii_are_letters(running: Site) -> None:
    answer = running.ask("SELECT lower('ÉCOLE') || ' ' || current_setting('server_encoding')")

    assert answer == "école UTF8"


def test_it_has_the_extensions_that_search_needs(running: Site) -> None:
    answer = running.ask(
        "SELECT string_agg(name, ' ' ORDER BY name) FROM pg_available_extensions "
        "WHERE name IN ('btree_gin', 'pg_trgm', 'unaccent')"
    )

    assert answer == "btree_gin pg_trgm unaccent"


def test_a_missing_database_is_created(running: Site) -> None:
    elsewhere = Site(running.home, environment={"CLIENT_NAME": "postgres"})
    elsewhere.run("ask", "DROP DATABASE cecop")
    assert elsewhere.ask("SELECT count(*) FROM pg_database WHERE datname = 'cecop'") == "0"

    assert running.ask("SELECT current_database()") == "cecop"


def test_a_test_database_is_left_to_the_test_runner(running: Site) -> None:
    result = Site(running.home, environment={"CLIENT_NAME": "test_cecop"}).run("ask", "SELECT 1")

    assert result.returncode == 1
    assert 'database "test_cecop" does not exist' in result.stderr
