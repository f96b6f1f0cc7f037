"""Data that are really committed, for tests that look from other connections and processes."""

from urllib.parse import quote, urlencode

from django.apps import apps
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX


def is_of_tests() -> bool:
    """Whether the connection leads to the database of the tests, and not to anybody's own."""
    return str(connection.settings_dict["NAME"]).startswith(TEST_DATABASE_PREFIX)


def empty() -> None:
    """Takes away all that a module made; tables of events hang on nothing that would take them."""
    assert is_of_tests()
    tables = [
        model._meta.db_table
        for label in ("members", "cooperatives")
        for model in apps.get_app_config(label).get_models()
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}, django_session, pghistory_context CASCADE")


def database_url() -> str:
    """The database of the tests, as another process names it."""
    given = connection.get_connection_params()
    password = f":{quote(given['password'])}" if given.get("password") else ""
    where = urlencode({"host": given["host"], "port": given.get("port") or 5432}, quote_via=quote)
    name = connection.settings_dict["NAME"]
    return f"postgresql://{quote(given.get('user') or '')}{password}@/{name}?{where}"
