"""``manage.py load_members``: the real members, each fact with its source."""

import json
import re
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.models import Func
from django.test import Client

from cecop import public_ids
from members.models import (
    DeclaredFigures,
    Headline,
    Member,
    MemberName,
    MemberSource,
    Milestone,
)
from tests.members.load_files import load

pytestmark = pytest.mark.django_db

DRAFTS = {
    "febecoop",
    "innova-eg",
    "koperattivi-malta",
    "konfekoop",
    "malta-co-operative-federation",
}


def row_versions() -> dict[str, list[Any]]:
    """Model -> the version and place of each of its rows; any write at all changes them."""
    version = Func(template="xmin::text || ctid::text", output_field=models.TextField())
    return {
        model._meta.label: list(
            model._default_manager.annotate(version=version)
            .order_by("pk")
            .values_list("pk", "version")
        )
        for model in apps.get_app_config("members").get_models()
    }


def test_it_publishes_25_members_in_15_countries() -> None:
    load()

    countries = Member.objects.published().values_list("country", flat=True)
    assert len(countries) == 25
    assert Counter(countries) == {
        "BE": 1,
        "BG": 1,
        "CZ": 1,
        "DK": 1,
        "ES": 1,
        "FI": 1,
        "FR": 2,
        "GB": 2,
        "IT": 7,
        "PL": 2,
        "PT": 2,
        "RO": 1,
        "SE": 1,
        "SI": 1,
        "SK": 1,
    }


def test_it_keeps_the_five_unconfirmed_ones_as_drafts() -> None:
    load()

    drafts = Member.objects.filter(status="draft")
    assert set(drafts.values_list("slug", flat=True)) == DRAFTS
    assert {member.evidence for member in drafts} == {"unconfirmed"}
    assert all("Not known:" in member.evidence_note for member in drafts)
    assert not Member.objects.public().filter(slug__in=DRAFTS).exists()


def test_a_visitor_reads_published_members_only(visitor: Client) -> None:
    load()

    assert visitor.get("/members/coceta/").status_code == 200
    assert {visitor.get(f"/members/{slug}/").status_code for slug in DRAFTS} == {404}


def test_every_published_member_says_how_we_know_and_when() -> None:
    load()

    for member in Member.objects.published():
        assert member.evidence in ("seen", "inferred"), member.slug
        assert re.search(r"\b(19|20)\d\d\b|[Uu]ndated", member.evidence_note), member.slug
    assert Member.objects.filter(evidence="inferred").count() == 3


def test_only_one_member_has_a_published_kind() -> None:
    load()

    assert list(Member.objects.exclude(kind="unknown").values_list("slug", "kind")) == [
        ("nuwpc", "full")
    ]


def test_every_member_has_a_text_and_sources_for_it() -> None:
    load()

    for member in Member.objects.prefetch_related("texts", "sources"):
        assert [text.language for text in member.texts.all()] == ["en"], member.slug
        assert member.texts.all()[0].summary, member.slug
        supported = ", ".join(source.fields for source in member.sources.all()).split(", ")
        assert {"name", "role"} <= set(supported), member.slug


def test_every_row_of_figures_has_a_source_and_what_was_printed() -> None:
    load()

    assert not DeclaredFigures.objects.filter(source_url="").exists()
    assert not DeclaredFigures.objects.filter(as_published="").exists()


def test_every_address_is_a_web_address() -> None:
    load()

    addresses = [
        *Member.objects.exclude(website="").values_list("website", flat=True),
        *MemberSource.objects.values_list("url", flat=True),
        *DeclaredFigures.objects.values_list("source_url", flat=True),
        *Headline.objects.values_list("source_url", flat=True),
        *Milestone.objects.values_list("source_url", flat=True),
    ]
    assert [url for url in addresses if not re.match(r"https?://[a-z0-9.-]+/?", url)] == []


def test_permanent_identifiers_are_valid_and_unique() -> None:
    load()

    identifiers = list(Member.objects.values_list("public_id", flat=True))
    assert [value for value in identifiers if not public_ids.is_public_id(value)] == []
    assert len(set(identifiers)) == 30


def test_the_headline_for_the_home_page_is_the_one_of_2019_to_2021() -> None:
    load()

    headline = Headline.objects.get(is_current=True)
    assert (headline.starts_on, headline.ends_on) == (date(2019, 6, 1), date(2021, 2, 28))
    assert (headline.members, headline.countries) == (25, 15)
    assert (headline.enterprises, headline.workers) == (40_000, 1_300_000)
    assert headline.source_url == "https://www.cecop.coop/"


def test_types_are_never_said_to_add_up_to_the_total() -> None:
    load()

    headline = Headline.objects.get(starts_on__year=2024)
    types = (
        headline.worker_enterprises,
        headline.social_enterprises,
        headline.self_employed_enterprises,
    )
    assert types == (35_000, 12_000, 1_000)
    assert headline.social_workers == 270_000
    assert "must not be added up" in headline.note


def test_the_history_begins_in_paris_and_manchester() -> None:
    load()

    years = list(Milestone.objects.order_by("year").values_list("year", flat=True))
    assert years[:5] == [1883, 1884, 1979, 1982, 1989]
    assert "Manchester" in Milestone.objects.get(year=1979).title


def test_a_misprinted_turnover_is_told_but_not_entered() -> None:
    load()

    for slug in ("coceta", "legacoop-sociali"):
        figures = DeclaredFigures.objects.get(member__slug=slug, source_url__contains="cecop.coop")
        assert figures.turnover_eur is None
        assert "cannot be right" in figures.warning


def test_other_names_lead_to_the_member() -> None:
    load()

    found = {name.name: name.member.slug for name in MemberName.objects.select_related("member")}
    expected = {
        "\u041d\u0421 \u043d\u0430 \u0422\u041f\u041a": "nuwpc",
        "Natsionalen sayuz na trudovo-proizvoditelnite kooperatsii": "nuwpc",
        "SCMVD": "scmvd",
        "ANCPL": "legacoop-produzione-e-servizi",
        "ANCST": "legacoop-produzione-e-servizi",
        "ZLSP": "nauwc",
        "SZVD": "coop-produkt-slovensko",
    }
    assert {name: found[name] for name in expected} == expected


def test_two_sources_that_disagree_are_both_kept() -> None:
    load()

    coceta = DeclaredFigures.objects.filter(member__slug="coceta").order_by("enterprises")
    assert [row.enterprises for row in coceta] == [17_000, 17_600]
    assert len({row.source_url for row in coceta}) == 2


def test_the_facts_are_those_of_the_collected_sources(shared_data: Path) -> None:
    load()

    collected = json.loads((shared_data / "members" / "members.json").read_text("utf-8"))
    assert {fact["slug"] for fact in collected} == set(
        Member.objects.values_list("slug", flat=True)
    )
    for fact in collected:
        member = Member.objects.get(slug=fact["slug"])
        assert member.country == fact["country"], member.slug
        assert member.founded == fact["founded"], member.slug
        assert member.website == fact["website"], member.slug
        assert set(member.types) <= set(fact["types"]), member.slug
        assert member.city in (fact["city"], ""), member.slug
        evidence = fact["membership"]["confidence"].replace("unknown", "unconfirmed")
        assert member.evidence == evidence, member.slug


def test_no_figure_is_invented(shared_data: Path) -> None:
    load()

    collected = json.loads((shared_data / "members" / "members.json").read_text("utf-8"))
    known = {
        (fact["slug"], row["source"], row["year"]): row
        for fact in collected
        for row in fact["figures"]
    }
    names = ["enterprises", "workers", "worker_members", "turnover_eur"]
    numbers = models.Q(pk__in=[])
    for name in [*names, "individual_members"]:
        numbers |= models.Q(**{f"{name}__isnull": False})
    for row in DeclaredFigures.objects.filter(numbers).select_related("member"):
        source = known[row.member.slug, row.source_url, row.year]
        for name in names:
            assert getattr(row, name) in (source[name], None), (row, name)
        assert row.individual_members in (source["members"], None, 41), row


def test_loading_twice_changes_nothing() -> None:
    load()
    before = row_versions()

    told = load()

    assert row_versions() == before
    assert set(re.findall(r"(\d+) (created|updated)", told)) == {("0", "created"), ("0", "updated")}
    assert "Kept" not in told


def test_it_says_what_it_did() -> None:
    told = load()

    assert told.splitlines() == [
        "declared figures: 38 created, 0 updated, 0 unchanged",
        "headlines: 7 created, 0 updated, 0 unchanged",
        "members: 30 created, 0 updated, 0 unchanged",
        "milestones: 13 created, 0 updated, 0 unchanged",
        f"other names: {MemberName.objects.count()} created, 0 updated, 0 unchanged",
        f"sources: {MemberSource.objects.count()} created, 0 updated, 0 unchanged",
        "texts: 30 created, 0 updated, 0 unchanged",
    ]


def test_it_says_nothing_when_asked_to_be_quiet() -> None:
    out = StringIO()

    call_command("load_members", stdout=out, verbosity=0)

    assert out.getvalue() == ""
    assert Member.objects.count() == 30
