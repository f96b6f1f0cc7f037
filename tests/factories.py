"""Small explicit makers of records for tests; what a test cares about, it says itself."""

import itertools
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from cooperatives.models import Affiliation, Cooperative
from members.models import SECRETARIAT, Member, Representative, User

_number = itertools.count(1)
CONFIRMED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def user(**fields: Any) -> User:
    """An account without a password."""
    fields.setdefault("email", f"person{next(_number)}@federation.example")
    return User.objects.create_user(**fields)


def staff_user(**fields: Any) -> User:
    """An account in the group Secretariat."""
    fields.setdefault("email", f"staff{next(_number)}@cecop.example")
    person = user(is_staff=True, **fields)
    person.groups.add(Group.objects.get(name=SECRETARIAT))
    return person


def member(**fields: Any) -> Member:
    """A published member with evidence."""
    number = next(_number)
    usual = {
        "name": f"Federation {number}",
        "slug": f"federation-{number}",
        "country": "IT",
        "types": ["worker"],
        "status": "published",
        "evidence": "seen",
        "evidence_note": "2021: named as a member",
    }
    return Member.objects.create(**usual | fields)


def cooperative(*members: Member, **fields: Any) -> Cooperative:
    """An active cooperative, represented by the members given."""
    number = next(_number)
    usual = {
        "name": f"Cooperative {number}",
        "slug": f"cooperative-{number}",
        "country": "IT",
        "types": ["worker"],
    }
    made = Cooperative.objects.create(**usual | fields)
    for each in members:
        Affiliation.objects.create(cooperative=made, member=each, number=f"N-{number}")
    return made


def representative(member: Member, role: str = "editor") -> User:
    """A new person who acts for the member."""
    person = user()
    Representative.objects.create(user=person, member=member, role=role)
    return person


def signed_in(person: User) -> Client:
    """A client in which the person is signed in."""
    client = Client()
    client.force_login(person)
    return client
