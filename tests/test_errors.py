"""Error pages: in the site's design, without asking the database, and honest about the cause."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.views import defaults

from cecop.views import errors, health


def database_gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection unexpectedly")


def connection_gone(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("connection already closed")


def mistake(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


database_gone.login_required = False  # type: ignore[attr-defined]
connection_gone.login_required = False  # type: ignore[attr-defined]
mistake.login_required = False  # type: ignore[attr-defined]

handler500 = "cecop.views.errors.server_error"
urlpatterns = [
    path("database/", database_gone),
    path("connection/", connection_gone),
    path("mistake/", mistake),
    path("livez", health.livez),
]


@pytest.mark.urls("tests.test_errors")
@pytest.mark.parametrize(
    ("address", "status", "retry"),
    [("/database/", 503, "30"), ("/connection/", 503, "30"), ("/mistake/", 500, None)],
)
def test_a_fault_of_ours_is_told_apart_from_a_database_that_is_away(
    address: str, status: int, retry: str | None
) -> None:
    response = Client(raise_request_exception=False).get(address)

    assert (response.status_code, response.headers.get("Retry-After")) == (status, retry)
    assert b"CECOP" in response.content


@pytest.mark.parametrize("view", [defaults.bad_request, defaults.permission_denied])
def test_refusals_are_in_the_design_of_the_site(rf: RequestFactory, view: object) -> None:
    response = view(rf.get("/"), Exception())  # type: ignore[operator]

    assert b"site.css" in response.content


def test_no_error_page_asks_the_database(db: None, visitor: Client, rf: RequestFactory) -> None:
    with CaptureQueriesContext(connection) as queries:
        pages = [visitor.get("/nowhere/"), errors.server_error(rf.get("/"))]

    assert ([page.status_code for page in pages], len(queries)) == ([404, 500], 0)


def test_the_process_lives_without_a_database(visitor: Client) -> None:
    assert (visitor.get("/livez").status_code, visitor.get("/livez").content) == (200, b"ok")


def test_a_post_without_its_token_is_refused_in_words(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})

    assert response.status_code == 403
    assert b"site.css" in response.content
