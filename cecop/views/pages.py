"""Home, about, history and the countries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cecop import overview
from cecop.kept import public_page
from cooperatives.models import Cooperative
from members.models import Headline, Member, Milestone

NEWEST = 5
SHOWN = 10


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The search box, the headline, the countries and the newest confirmations."""
    headline = Headline.objects.current()
    types_headline = Headline.objects.newest_with_types()
    return render(
        request,
        "home.html",
        {
            "headline": headline,
            "listed": overview.listed(),
            "countries": overview.countries(),
            "types": overview.type_rows(types_headline),
            "types_headline": types_headline,
            "confirmations": Member.objects.recently_confirmed()[:NEWEST],
        },
    )


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What the directory is, and how the published and the listed numbers relate."""
    return render(
        request,
        "about.html",
        {
            "headline": Headline.objects.current(),
            "headlines": Headline.objects.only_public_fields().newest_first(),
            "listed": overview.listed(),
        },
    )


@public_page
def history(request: HttpRequest) -> HttpResponse:
    """The dated events of CECOP's history."""
    milestones = Milestone.objects.only_public_fields().order_by("year", "happened_on", "id")
    return render(request, "history.html", {"milestones": milestones})


@public_page
def country_list(request: HttpRequest) -> HttpResponse:
    """Every country of the directory."""
    return render(request, "countries.html", {"countries": overview.countries()})


@public_page
def country_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The members and cooperatives of a country; its code is in small letters."""
    if code != code.lower():
        return redirect("country_detail", code.lower(), permanent=True)
    country = overview.country(code.upper())
    if country is None:
        raise Http404
    cooperatives = Cooperative.objects.active().filter(country=country.code)
    return render(
        request,
        "country.html",
        {
            "country": country,
            "members": Member.objects.for_listing().filter(country=country.code),
            "cooperatives": cooperatives.for_listing().with_members().by_name()[:SHOWN],
            "types": overview.type_rows(None, cooperatives),
        },
    )
