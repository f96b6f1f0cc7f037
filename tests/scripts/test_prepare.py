"""A local copy of the site becomes ready to be served, and stays as it is the next time."""

import io
import re

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from cecop.management.commands import prepare
from cooperatives.models import Cooperative
from members.models import Member, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def developing(settings: Settings) -> None:
    """As scripts/server starts the site."""
    settings.DEBUG = True


def say(*, no_sample: bool = False) -> str:
    """Run the command; what it said."""
    said = io.StringIO()
    call_command("prepare", no_sample=no_sample, address="127.0.0.1:8123", stdout=said)
    return said.getvalue()


def numbers() -> tuple[int, int, int]:
    """How many members that are published, cooperatives and people there are."""
    published = Member.objects.filter(status="published")
    return published.count(), Cooperative.objects.count(), User.objects.count()


def test_the_first_time_it_loads_everything_and_the_second_time_nothing(developing: None) -> None:
    say()
    first = numbers()
    said = say()

    assert (first, numbers()) == ((25, 2_000, 1), (25, 2_000, 1))
    assert "Loading" not in said


def test_samples_can_be_left_out(developing: None) -> None:
    say(no_sample=True)

    assert numbers() == (25, 0, 1)


def test_samples_left_out_stay_out(developing: None) -> None:
    say(no_sample=True)
    say()

    assert Cooperative.objects.count() == 0


def test_no_samples_are_added_to_a_real_list(developing: None) -> None:
    factories.cooperative()

    say()

    assert Cooperative.objects.filter(is_sample=True).count() == 0


def test_the_password_is_shown_once_and_signs_in(developing: None, visitor: Client) -> None:
    first, second = say(no_sample=True), say(no_sample=True)

    found = re.search(r"^Sign in as (\S+) with the password (\S{16})$", first, re.MULTILINE)
    assert found is not None
    assert visitor.login(username=found[1], password=found[2])
    assert visitor.get("/admin/").status_code == 200
    assert found[2] not in second
    assert "http://127.0.0.1:8123/" in second


def test_without_debug_it_makes_no_account_and_no_samples() -> None:
    said = say()

    assert numbers() == (25, 0, 0)
    assert "password" not in said


def test_the_local_account_has_the_rights_of_the_secretariat_and_no_more(developing: None) -> None:
    say(no_sample=True)

    account = User.objects.get(email=prepare.EMAIL)
    assert (account.is_staff, account.is_superuser) == (True, False)
    assert [group.name for group in account.groups.all()] == ["Secretariat"]
