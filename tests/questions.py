"""How often a page asks the database; a list must ask as often for three rows as for one."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def number_asked(look: Callable[[], Any]) -> int:
    """The questions of one look, without those that a process asks only the first time (the kinds
    of content, for example, which it then remembers)."""
    look()
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)


def asked_by(client: Client, address: str) -> int:
    """The questions of the page at an address."""
    return number_asked(lambda: client.get(address))
