"""What goes wrong with the embedded server, said so that a person can act on it."""

from django.db import OperationalError


class PostgresError(OperationalError):
    """The embedded server cannot be found, started or reached.

    It is a database error like any other, so that pages answer "come back later" and commands stop.
    """
