"""A site of its own, in a process of its own: a client of an embedded server for the tests.

First argument: the directory of the server. Then one of
  setup            only set Django up
  ask SQL          one query; prints the first value
  requests         one query a line from standard input, each as a request of its own
  anything else    a command of manage.py
"""

import os
import sys

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import close_old_connections, connection


def say(answer: object) -> None:
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()


def ask(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        say(cursor.fetchone()[0])


def main(home: str, action: str, *arguments: str) -> None:
    settings.configure(
        INSTALLED_APPS=["cecop"],
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": os.environ.get("CLIENT_ENGINE", "cecop.postgres"),
                "NAME": os.environ.get("CLIENT_NAME", "cecop"),
                "OPTIONS": {"connect_timeout": 2},
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "EMBEDDED_DIR": home,
            }
        },
    )
    django.setup()
    if action == "setup":
        say(connection.vendor)
    elif action == "ask":
        ask(*arguments)
    elif action == "requests":
        for line in sys.stdin:
            close_old_connections()
            ask(line)
    else:
        execute_from_command_line(["manage.py", action, *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
