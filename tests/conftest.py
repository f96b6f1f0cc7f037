"""What all tests share: the cast, the facts beside the checkout, and two federations."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker

from members.models import Member, User
from tests import factories
from tests.committed import empty, is_of_tests

SHARED_DATA = Path(
    os.environ.get("CECOP_SHARED_DATA")
    or Path(__file__).resolve().parent.parent.parent / "shared" / "data"
)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real lists and reference sets; tests that need it are skipped without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder of shared data is not beside this checkout")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def english() -> None:
    """A page in another language, asked for by a test before, leaves its language behind."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def database_of_tests(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of the tests; pytest-django makes none when no test of a run has its mark."""
    with django_db_blocker.unblock():
        made = None
        if not is_of_tests():
            made = setup_databases(verbosity=0, interactive=False, aliases={DEFAULT_DB_ALIAS: True})
    yield
    if made:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture
def committed(database_of_tests: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """No transaction around the test: what it writes is seen by others, and removed at its end."""
    with django_db_blocker.unblock():
        yield
        empty()


@pytest.fixture
def alpha(db: None) -> Member:
    """A published federation in Italy."""
    return factories.member(name="Federazione Alfa", slug="alpha", country="IT")


@pytest.fixture
def beta(db: None) -> Member:
    """A published federation in Spain."""
    return factories.member(name="Federación Beta", slug="beta", country="ES")


@pytest.fixture
def visitor() -> Client:
    """Somebody who is not signed in."""
    return Client()


@pytest.fixture
def editor(alpha: Member) -> Client:
    """An editor of Alpha, signed in."""
    return factories.signed_in(factories.representative(alpha, "editor"))


@pytest.fixture
def manager(alpha: Member) -> Client:
    """A manager of Alpha, signed in."""
    return factories.signed_in(factories.representative(alpha, "manager"))


@pytest.fixture
def outsider(beta: Member) -> Client:
    """An editor of Beta, signed in."""
    return factories.signed_in(factories.representative(beta, "editor"))


@pytest.fixture
def staff_user(db: None) -> User:
    """A person of the secretariat."""
    return factories.staff_user()


@pytest.fixture
def staff(staff_user: User) -> Client:
    """A person of the secretariat, signed in."""
    return factories.signed_in(staff_user)


@pytest.fixture
def superuser(db: None) -> Client:
    """Somebody who may do everything, signed in."""
    return factories.signed_in(User.objects.create_superuser("root@cecop.example"))
