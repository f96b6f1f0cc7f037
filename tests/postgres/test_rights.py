"""The server never runs as root, and finds a place that its user can reach."""

import os
import pwd
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cecop.postgres import accounts
from cecop.postgres.errors import PostgresError
from tests.postgres.sites import NOBODY, Ordinary, Site


def owner_of(path: Path) -> str:
    return pwd.getpwuid(path.stat().st_uid).pw_name


def runs_as(site: Site) -> str:
    return owner_of(Path(f"/proc/{site.leader()}"))


def expected_user() -> str:
    """Oneself; for root the first of the stand-ins that this machine has."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    if os.geteuid() == 0:
        return next(name for name in accounts.STAND_INS if name in known)
    return pwd.getpwuid(os.geteuid()).pw_name


def test_the_server_runs_as_oneself_or_in_place_of_root(running: Site) -> None:
    assert runs_as(running) == expected_user()


def test_everything_of_the_server_is_private(running: Site) -> None:
    places = running.server.places

    assert [path.stat().st_mode & 0o777 for path in (places.data, places.run)] == [0o700, 0o700]


def test_a_checkout_under_a_closed_directory_works(
    make_site: Callable[..., Site], directory: Path
) -> None:
    site = make_site("closed/checkout")
    (directory / "closed").mkdir(mode=0o700)

    answer = site.ask("CREATE TABLE kept AS SELECT 7 AS number; SELECT number FROM kept")
    site.kill_leader()

    assert answer == site.ask("SELECT number FROM kept") == "7"
    assert (directory / "closed").stat().st_mode & 0o777 == 0o700
    # Only root's stand-in cannot reach it; anybody else's data stay in the checkout.
    assert (site.home / "place").is_symlink() == (os.geteuid() == 0)
    assert site.run("postgres", "path").stdout == str(site.server.places.data)


def test_programs_under_a_closed_directory_work(
    make_site: Callable[..., Site], directory: Path, package_18: Path
) -> None:
    closed = directory / "closed"
    closed.mkdir(mode=0o700)
    package = package_18.parents[1]
    for tree in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(tree, closed / tree.name)
    named = closed / package_18.relative_to(package.parent)
    # An environment made with a strict umask is closed in itself as well.
    named.parent.chmod(0o700)
    site = make_site(environment={"CECOP_POSTGRES_BIN": str(named)})

    answer = site.ask("SHOW server_version")

    assert answer.startswith("18.")
    copies = list(site.server.places.root.glob("programs-*"))
    assert len(copies) == (1 if os.geteuid() == 0 else 0)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_place_that_is_gone_is_said(site: Site) -> None:
    site.home.mkdir(parents=True)
    (site.home / "place").symlink_to("/no/such/place")

    complaint = site.complaint()

    assert complaint.startswith(f"{site.home}/place says that the data are in /no/such/place")


def test_an_ordinary_user_needs_no_other(
    make_site: Callable[..., Site], directory: Path, nobody: Ordinary
) -> None:
    site = make_site(**nobody)
    shutil.chown(directory, NOBODY)

    answer = site.ask("SELECT 1")

    assert answer == "1"
    assert runs_as(site) == NOBODY
    assert site.home.stat().st_mode & 0o777 == 0o700
    assert owner_of(site.server.places.data) == NOBODY


def test_root_can_use_the_server_of_an_ordinary_user(
    make_site: Callable[..., Site], directory: Path, nobody: Ordinary
) -> None:
    site = make_site(**nobody)
    shutil.chown(directory, NOBODY)
    site.ask("SELECT 1")
    site.kill_leader()

    answer = Site(site.home).ask("SELECT 2")

    assert answer == "2"
    assert runs_as(site) == NOBODY
    assert site.ask("SELECT 3") == "3"


def test_an_ordinary_user_is_told_that_root_owns_the_server(
    running: Site, nobody: Ordinary
) -> None:
    complaint = Site(running.home, **nobody).complaint()

    assert complaint == (
        f"{running.home} cannot be used by this user (Permission denied). "
        "Work as its owner, or name another server with DATABASE_URL."
    )


def test_a_directory_that_cannot_be_made_is_said(
    make_site: Callable[..., Site], nobody: Ordinary
) -> None:
    site = make_site(**nobody)

    assert site.complaint() == (
        f"The directory {site.home} for the database cannot be made (Permission denied). "
        "Work as the owner of the checkout, or name a server with DATABASE_URL."
    )


def test_data_that_belong_to_root_are_not_served(as_root: None, site: Site) -> None:
    (site.home / "data").mkdir(parents=True)

    assert site.complaint().startswith(f"The data directory {site.home}/data belongs to root")


def test_without_postgres_the_stand_in_is_nobody(
    as_root: None, monkeypatch: pytest.MonkeyPatch, directory: Path
) -> None:
    monkeypatch.setattr(accounts, "STAND_INS", ("no-such-user", NOBODY))

    assert accounts.for_data(directory / "data").name == NOBODY


def test_without_any_stand_in_root_is_told(
    as_root: None, monkeypatch: pytest.MonkeyPatch, directory: Path
) -> None:
    monkeypatch.setattr(accounts, "STAND_INS", ("no-such-user",))

    with pytest.raises(PostgresError, match="does not run as root"):
        accounts.for_data(directory / "data")
