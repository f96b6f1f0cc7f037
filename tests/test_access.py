"""One table: every route, every kind of person, GET and POST."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from cecop.middleware import ClosedByDefaultMiddleware
from cooperatives.models import Cooperative
from members.models import Member, User
from tests import factories

PEOPLE = ("visitor", "editor", "manager", "outsider", "staff", "superuser")

# What an answer means: 200 shown, 302 to the sign-in, 403 refused, 404 unknown, 405 not by POST.
PUBLIC = {"GET": dict.fromkeys(PEOPLE, 200), "POST": dict.fromkeys(PEOPLE, 405)}
MOVED = {"GET": dict.fromkeys(PEOPLE, 301), "POST": dict.fromkeys(PEOPLE, 405)}

ROUTES: dict[str, tuple[str, dict[str, dict[str, int]]]] = {
    "livez": ("/livez", PUBLIC),
    "readyz": ("/readyz", PUBLIC),
    "home": ("/", PUBLIC),
    "members:member_list": ("/members/", PUBLIC),
    "member_detail": ("/members/alpha/", PUBLIC),
    "cooperatives:cooperative_list": ("/cooperatives/", PUBLIC),
    "cooperatives:cooperative_short": ("/cooperatives/{cooperative}/", MOVED),
    "cooperatives:cooperative_detail": ("/cooperatives/{cooperative}/shop/", PUBLIC),
    "country_list": ("/countries/", PUBLIC),
    "country_detail": ("/countries/it/", PUBLIC),
    "about": ("/about/", PUBLIC),
    "history": ("/history/", PUBLIC),
    "suggestions": ("/suggestions/", PUBLIC),
    "opensearch": ("/opensearch.xml", PUBLIC),
}


def routes(
    patterns: list[URLPattern | URLResolver], space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route with its name and namespaces; the admin has tests of its own below."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern
        elif pattern.namespace != "admin":
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern.url_patterns, space + inner)


def all_routes() -> dict[str, URLPattern]:
    """Name -> pattern."""
    return dict(routes(get_resolver().url_patterns))


def test_every_route_stands_in_the_table() -> None:
    assert sorted(all_routes()) == sorted(ROUTES)


@pytest.fixture
def shop(alpha: Member) -> Cooperative:
    return factories.cooperative(alpha, name="Shop", slug="shop")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("route", sorted(ROUTES))
def test_it_answers_each_person_as_the_table_says(
    request: pytest.FixtureRequest, shop: Cooperative, route: str, person: str, method: str
) -> None:
    client: Client = request.getfixturevalue(person)
    address, answers = ROUTES[route]

    response = client.generic(method, address.format(cooperative=shop.public_id))

    assert response.status_code == answers[method][person]


MODELS = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.mark.parametrize("person", ["visitor", "editor", "manager", "outsider"])
@pytest.mark.parametrize("label", MODELS)
def test_the_admin_sends_everybody_but_staff_to_the_sign_in(
    request: pytest.FixtureRequest, label: str, person: str
) -> None:
    client: Client = request.getfixturevalue(person)

    answers = {
        page: client.get(f"/admin/{label.replace('.', '/')}/{page}").status_code
        for page in ["", "add/", "1/change/", "1/history/", "1/delete/"]
    }

    assert answers == dict.fromkeys(answers, 302)


@pytest.mark.parametrize("path", ["/admin/", "/admin/jsi18n/", "/admin/password_change/"])
@pytest.mark.parametrize("person", ["visitor", "editor", "manager", "outsider"])
def test_the_pages_of_the_admin_itself_send_everybody_but_staff_to_the_sign_in(
    request: pytest.FixtureRequest, path: str, person: str
) -> None:
    client: Client = request.getfixturevalue(person)

    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/admin/login/?next={path}",
    )


def test_someone_whose_account_is_closed_is_out_at_once(staff_user: User) -> None:
    client = factories.signed_in(staff_user)
    before = client.get("/admin/").status_code
    User.objects.filter(pk=staff_user.pk).update(is_active=False)

    after = client.get("/admin/").status_code

    assert (before, after) == (200, 302)


def test_only_the_public_routes_are_open_without_sign_in() -> None:
    open_routes = {
        name
        for name, pattern in all_routes().items()
        if not getattr(pattern.callback, "login_required", True)
    }

    assert open_routes == {name for name, (_, table) in ROUTES.items() if table in (PUBLIC, MOVED)}


def test_a_view_that_says_nothing_asks_for_sign_in(rf: RequestFactory) -> None:
    request = rf.get("/new/")
    request.user = AnonymousUser()

    response = ClosedByDefaultMiddleware(lambda _: HttpResponse()).process_view(
        request, lambda _: HttpResponse(), (), {}
    )

    assert response is not None
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/login/?next=/new/")
