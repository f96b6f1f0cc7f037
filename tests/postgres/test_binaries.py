"""Which programs of PostgreSQL are used, and what is said when there are none that fit."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cecop.postgres import binaries
from cecop.postgres.errors import PostgresError
from tests.postgres.sites import Site


def make_programs(directory: Path, *, version: str) -> Path:
    """A directory of programs that do no more than say their version."""
    directory.mkdir(parents=True)
    for name in binaries.NEEDED:
        program = directory / name
        program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return directory


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without PostgreSQL."""
    monkeypatch.delenv(binaries.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path / "system")
    return tmp_path


def test_without_any_it_says_what_to_install(machine: Path) -> None:
    with pytest.raises(PostgresError) as caught:
        binaries.find(major=None, data=machine)

    message = str(caught.value)
    assert message.startswith("No PostgreSQL server was found on this machine.")
    for way in (
        "requirements-dev.txt",
        "apt install postgresql",
        binaries.VARIABLE,
        "DATABASE_URL",
    ):
        assert way in message


def test_the_newest_of_the_system_comes_first(machine: Path) -> None:
    for major in ("9", "15", "18"):
        make_programs(machine / "system" / major / "bin", version=f"{major}.1")

    found = binaries.find(major=None, data=machine)

    assert found == binaries.Binaries(machine / "system/18/bin", "18.1")


def test_those_that_made_the_data_come_before_newer_ones(machine: Path) -> None:
    for major in ("15", "18"):
        make_programs(machine / "system" / major / "bin", version=f"{major}.1")

    assert binaries.find(major="15", data=machine).version == "15.1"


def test_those_on_the_path_come_last(machine: Path) -> None:
    make_programs(machine / "path", version="17.2 (Debian 17.2-1)")

    assert binaries.find(major=None, data=machine).version == "17.2"


def test_a_directory_with_only_the_client_is_passed_over(machine: Path) -> None:
    client = make_programs(machine / "system" / "18" / "bin", version="18.1")
    (client / "initdb").unlink()
    make_programs(machine / "system" / "15" / "bin", version="15.1")

    assert binaries.find(major=None, data=machine).version == "15.1"


def test_programs_that_do_not_run_here_are_passed_over(machine: Path) -> None:
    broken = make_programs(machine / "system" / "18" / "bin", version="18.1")
    (broken / "postgres").write_bytes(b"\x7fELF for another kind of machine")
    make_programs(machine / "system" / "15" / "bin", version="15.1")

    assert binaries.find(major=None, data=machine).version == "15.1"


def test_the_package_comes_before_the_system(
    package_18: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(binaries.VARIABLE, raising=False)

    assert next(iter(binaries.candidates())) == package_18


def test_a_named_directory_without_programs_is_said(make_site: Callable[..., Site]) -> None:
    site = make_site(environment={"CECOP_POSTGRES_BIN": "/usr/share"})

    assert site.complaint().startswith(
        "CECOP_POSTGRES_BIN names /usr/share, which does not hold working programs of PostgreSQL"
    )


def test_data_of_another_major_version_are_not_touched(
    site: Site, system_15: Path, package_18: Path
) -> None:
    old = Site(site.home, environment={"CECOP_POSTGRES_BIN": str(system_15)})
    new = Site(site.home, environment={"CECOP_POSTGRES_BIN": str(package_18)})
    old.ask("SELECT 1")
    assert old.run("postgres", "stop").returncode == 0

    complaint = new.complaint()

    assert complaint.startswith(
        f"The data in {site.home}/data were made by PostgreSQL 15, "
        f"but the programs here are PostgreSQL 18 ({package_18}). "
        "Install PostgreSQL 15 or name its directory with CECOP_POSTGRES_BIN."
    )
    assert site.ask("SHOW server_version").startswith("15.")
