"""The site refuses to start unsafe, and tells browsers what pages may do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from members.models import Member

ROOT = Path(__file__).resolve().parent.parent.parent
SAFE = {
    "DEBUG": "0",
    "SECRET_KEY": "x7" * 40,
    "ALLOWED_HOSTS": "members.example",
    "DATABASE_URL": "postgres://cecop@db.example/cecop",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Loads the settings in a process of its own."""
    program = "import django; django.setup(); from django.conf import settings as s;"
    program += "print(s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)"
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "cecop.settings"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_when_everything_is_set() -> None:
    started = start(**SAFE)

    assert (started.stdout, started.stderr) == ("__Host-session 63072000 True\n", "")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL"),
    ],
)
def test_it_refuses_to_start_unsafe(changes: dict[str, str], named: str) -> None:
    started = start(**SAFE | changes)

    assert started.returncode != 0
    assert f"ImproperlyConfigured: {named}" in started.stderr


def test_psycopg2_is_the_driver_in_use(db: None) -> None:
    assert connection.Database.__name__ == "psycopg2"  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/", "/members/alpha/", "/admin/login/", "/nowhere/"])
def test_every_page_carries_the_strict_policy(visitor: Client, alpha: Member, path: str) -> None:
    headers = visitor.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "frame-ancestors 'none'" in policy) == (True, True)
    assert [word for word in ("unsafe", "http:", "https:", "*", "data:") if word in policy] == []
    assert {
        name: headers[name]
        for name in [
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
        ]
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
