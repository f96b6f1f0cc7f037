"""The servers that are measured, each started as one would in production."""

import os
import runpy
import secrets
import shutil
import subprocess
import sys
import venv
from contextlib import AbstractContextManager
from pathlib import Path

from bench import postgres, sqlite
from bench.places import ROOT, VAR, say
from bench.processes import Running, free_port, running

WORKERS, THREADS = 2, 4
DATASETTE = "datasette==0.65.5"
DATASETTE_HOME = VAR / "datasette"
# Limits raised so that it answers at all at 1,000,000 rows; guesses of further facets off.
DATASETTE_SETTINGS = {
    "suggest_facets": "off",
    "facet_time_limit_ms": "60000",
    "sql_time_limit_ms": "60000",
    "default_page_size": "25",
}
# The site's settings of gunicorn, where there are any; which the bare view shares, as options.
GUNICORN = ROOT / "cecop" / "gunicorn.py"
SHARED = {
    "worker_class": "worker-class",
    "threads": "threads",
    "keepalive": "keep-alive",
    "worker_connections": "worker-connections",
}
Server = AbstractContextManager[Running]


def ours(number: int) -> Server:
    """This directory under gunicorn."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        check=True,
        cwd=ROOT,
        env={**os.environ, **production(number)},
    )
    config = ["--config=python:cecop.gunicorn"] if GUNICORN.is_file() else [f"--threads={THREADS}"]
    return _gunicorn("ours", "cecop.wsgi", config, production(number), ready="/readyz")


def bare(number: int) -> Server:
    """A view of Django that does ``SELECT 1``, under the same gunicorn."""
    environment = {
        "DATABASE_URL": postgres.url_of(number),
        "DJANGO_SETTINGS_MODULE": "bench.bare.settings",
    }
    application = "django.core.wsgi:get_wsgi_application()"
    return _gunicorn("bare", application, worker_options(), environment, ready="/")


def production(number: int) -> dict[str, str]:
    """The environment of the site as in production."""
    return {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "DATABASE_URL": postgres.url_of(number),
        "DJANGO_SETTINGS_MODULE": "cecop.settings",
    }


def worker_options() -> list[str]:
    """What the site's settings of gunicorn say about workers in general, as options."""
    if not GUNICORN.is_file():
        return [f"--threads={THREADS}"]
    settings = runpy.run_path(str(GUNICORN))
    return [f"--{option}={settings[name]}" for name, option in SHARED.items() if name in settings]


def datasette(number: int) -> Server:
    """Datasette over the same rows; it has one process and no setting for more."""
    port = free_port()
    settings = [word for pair in DATASETTE_SETTINGS.items() for word in ("--setting", *pair)]
    path = sqlite.path_of(number)
    words = [
        *(str(DATASETTE_HOME / "bin" / "datasette"), "serve", "--nolock", "--port", str(port)),
        *settings,
        *("--inspect-file", str(_inspected(path)), "-i", str(path)),
    ]
    return running("datasette", words, port, ready="/-/versions.json")


def nginx(page: str) -> Server | None:
    """A file with this text, served by nginx; None where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        return None
    home, port = VAR / "nginx", free_port()
    (home / "site").mkdir(parents=True, exist_ok=True)
    (home / "site" / "index.html").write_text(page)
    user = "user root;" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes {WORKERS}; pid {home}/pid; error_log {home}/errors;\n"
        "events {}\n"
        f"http {{ access_log off; default_type text/html; client_body_temp_path {home}/body;\n"
        f"server {{ listen 127.0.0.1:{port}; root {home}/site; }} }}\n"
    )
    words = [program, "-p", str(home), "-c", str(home / "nginx.conf")]
    return running("nginx", words, port, ready="/")


def ensure_datasette() -> None:
    """See to it that Datasette is in an environment of its own."""
    mark = DATASETTE_HOME / "made-from"
    if mark.is_file() and mark.read_text() == DATASETTE:
        return
    say(f"Making an environment for {DATASETTE} ...")
    venv.create(DATASETTE_HOME, clear=True, with_pip=True)
    pip = [str(DATASETTE_HOME / "bin" / "python"), "-m", "pip", "install", "-qq"]
    subprocess.run([*pip, "--no-input", "--only-binary=:all:", DATASETTE], check=True)  # noqa: S603
    mark.write_text(DATASETTE)


def _inspected(path: Path) -> Path:
    """The numbers of rows counted beforehand: Datasette need not count the whole table then."""
    found = path.with_name("inspected.json")
    if not found.is_file() or found.stat().st_mtime < path.stat().st_mtime:
        words = [str(DATASETTE_HOME / "bin" / "datasette"), "inspect", str(path)]
        subprocess.run([*words, "--inspect-file", str(found)], check=True)  # noqa: S603
    return found


def _gunicorn(
    name: str, application: str, options: list[str], environment: dict[str, str], *, ready: str
) -> Server:
    port = free_port()
    words = [
        *(sys.executable, "-m", "gunicorn", application, *options),
        *(f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}"),
    ]
    return running(name, words, port, ready=ready, environment=environment)
