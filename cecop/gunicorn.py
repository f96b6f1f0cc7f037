"""How gunicorn serves the site: ``gunicorn -c python:cecop.gunicorn cecop.wsgi``."""

import gc
import logging
import os

from django.db import DatabaseError, InterfaceError, connections
from django.urls import get_resolver

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "2"))
# The index of the search is read once and shared by all workers.
preload_app = True
# No header of a request may say where in the host the site stands.
forwarder_headers = ""
# Behind a proxy on the same machine a connection costs little, and a kept one stays with its worker
# even while the other has nothing to do.
keepalive = 0
# It would stand in the home of whoever runs this, one for all sites.
control_socket_disable = True


def when_ready(server: object) -> None:
    """Read the index before the workers start, so that each begins with it."""
    # Only now are the apps loaded; the addresses load all that can be found.
    from cecop.finding.live import live  # noqa: PLC0415

    get_resolver().url_patterns  # noqa: B018
    try:
        live.catch_up()
    except (DatabaseError, InterfaceError) as error:
        logging.getLogger(__name__).warning("The index is read later: %s", error)
    finally:
        connections.close_all()
    gc.freeze()


def post_fork(server: object, worker: object) -> None:
    """Look less often for what nobody uses: a page makes much and keeps nothing."""
    gc.set_threshold(20_000, 20, 20)
