"""One view that asks the database for nothing."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def ping(_request: HttpRequest) -> HttpResponse:
    """``SELECT 1``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return HttpResponse(str(cursor.fetchone()[0]), content_type="text/plain")


urlpatterns = [path("", ping)]
