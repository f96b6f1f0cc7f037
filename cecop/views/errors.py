"""What a visitor sees when something failed on our side."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = "30"  # seconds


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database does not answer, else 500; neither page asks the database anything."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(
            render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER}
        )
    return HttpResponse(render_to_string("500.html"), status=500)
