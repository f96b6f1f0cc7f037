"""``manage.py load_members``: creates what is missing, follows the files, never overwrites staff."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client

from cecop import public_ids
from members.management.commands.load_members import DIRECTORY
from members.models import (
    DeclaredFigures,
    Headline,
    Member,
    MemberName,
    MemberSource,
    MemberText,
    Milestone,
)

pytestmark = pytest.mark.django_db

DRAFTS = {
    "febecoop",
    "innova-eg",
    "koperattivi-malta",
    "konfekoop",
    "malta-co-operative-federation",
}
Change = Callable[[dict[str, Any]], None]


def load(directory: Path = DIRECTORY) -> str:
    out = StringIO()
    call_command("load_members", file=directory, stdout=out)
    return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the data files that a test may change."""
    return Path(shutil.copytree(DIRECTORY, tmp_path / "data"))


def change(directory: Path, file: str, key: str, edit: Change) -> None:
    """Edits the object whose slug or key is given, in one of the files."""
    path = directory / file
    items = json.loads(path.read_text(encoding="utf-8"))
    edit(next(item for item in items if key in (item.get("slug"), item.get("key"))))
    path.write_text(json.dumps(items), encoding="utf-8")


def row_versions() -> dict[str, list[Any]]:
    """Table -> the place and version of each row in it; any write at all changes them."""
    versions = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("members").get_models():
            table = model._meta.db_table
            cursor.execute(f'SELECT ctid::text, xmin::text FROM "{table}" ORDER BY 1')
            versions[table] = cursor.fetchall()
    return versions


# --- What is there -----------------------------------------------------------------------------


def test_it_publishes_25_members_in_15_countries() -> None:
    load()

    published = Member.objects.published()
    assert published.count() == 25
    assert published.count_by_country() == {
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


@pytest.mark.parametrize(("slug", "status"), [("coceta", 200), ("konfekoop", 404)])
def test_a_visitor_reads_published_members_only(visitor: Client, slug: str, status: int) -> None:
    load()

    assert visitor.get(f"/members/{slug}/").status_code == status


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
    assert (headline.label, headline.members, headline.countries) == ("2019–2021", 25, 15)
    assert (headline.enterprises, headline.workers) == (40_000, 1_300_000)
    assert headline.source_url == "https://www.cecop.coop/"


def test_types_are_never_said_to_add_up_to_the_total() -> None:
    load()

    headline = Headline.objects.get(label="2024–2025")
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


@pytest.mark.parametrize("slug", ["coceta", "legacoop-sociali"])
def test_a_misprinted_turnover_is_told_but_not_entered(slug: str) -> None:
    load()

    figures = DeclaredFigures.objects.get(member__slug=slug, source_url__contains="cecop.coop")
    assert figures.turnover_eur is None
    assert "cannot be right" in figures.warning


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("НС на ТПК", "nuwpc"),
        ("Natsionalen sayuz na trudovo-proizvoditelnite kooperatsii", "nuwpc"),
        ("SCMVD", "scmvd"),
        ("ANCPL", "legacoop-produzione-e-servizi"),
        ("ANCST", "legacoop-produzione-e-servizi"),
        ("ZLSP", "nauwc"),
        ("SZVD", "coop-produkt-slovensko"),
    ],
)
def test_other_names_lead_to_the_member(name: str, slug: str) -> None:
    load()

    assert MemberName.objects.get(name=name).member.slug == slug


def test_two_sources_that_disagree_are_both_kept() -> None:
    load()

    coceta = DeclaredFigures.objects.filter(member__slug="coceta").order_by("enterprises")
    assert [row.enterprises for row in coceta] == [17_000, 17_600]
    assert len({row.source_url for row in coceta}) == 2


def test_the_facts_are_those_of_the_collected_sources(shared_data: Path) -> None:
    load()

    collected = json.loads((shared_data / "members" / "members.json").read_text("utf-8"))
    assert {fact["slug"] for fact in collected} == set(Member.objects.values_list("slug", flat=True))
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


# --- Loading again -----------------------------------------------------------------------------


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
        "declared figures: 37 created, 0 updated, 0 unchanged",
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


def test_the_history_says_that_the_loader_did_it() -> None:
    load()

    event = Member.objects.get(slug="coceta").events.get()
    assert event.pgh_label == "insert"
    assert event.pgh_context.metadata["source"] == "load_members"


def test_what_staff_changed_stays() -> None:
    load()
    Member.objects.filter(slug="coceta").update(website="https://example.coop", city="Toledo")
    MemberText.objects.filter(member__slug="coceta").update(summary="Our own words.")
    Milestone.objects.filter(year=1979).update(title="Manchester!")

    told = load()

    coceta = Member.objects.get(slug="coceta")
    assert (coceta.website, coceta.city) == ("https://example.coop", "Toledo")
    assert coceta.texts.get().summary == "Our own words."
    assert Milestone.objects.get(year=1979).title == "Manchester!"
    assert told.split("them:\n")[1].splitlines() == [
        "  coceta: city",
        "  coceta: website",
        "  coceta, texts 1: summary",
        "  founding: title",
    ]


def test_what_staff_changed_stays_when_the_file_changes_too_and_the_rest_follows(
    files: Path,
) -> None:
    load()
    Member.objects.filter(slug="coceta").update(city="Toledo")
    change(files, "members.json", "coceta", lambda item: item.update(city="Sevilla", phone="1"))
    change(files, "members.json", "coceta", lambda item: item["sources"][0]["fields"].append("phone"))

    told = load(files)

    coceta = Member.objects.get(slug="coceta")
    assert (coceta.city, coceta.phone) == ("Toledo", "1")
    assert "members: 0 created, 1 updated, 29 unchanged" in told
    assert "  coceta: city" in told


def test_a_value_that_staff_set_back_follows_the_file_again(files: Path) -> None:
    load()
    Member.objects.filter(slug="coceta").update(city="Toledo")
    load()
    Member.objects.filter(slug="coceta").update(city="Madrid")
    change(files, "members.json", "coceta", lambda item: item.update(city="Sevilla"))

    load(files)

    assert Member.objects.get(slug="coceta").city == "Sevilla"


def test_what_staff_deleted_is_not_made_again() -> None:
    load()
    MemberName.objects.filter(name="ZLSP").delete()
    Milestone.objects.filter(year=2024).delete()
    Headline.objects.filter(label="About 2004").delete()

    told = load()

    assert not MemberName.objects.filter(name="ZLSP").exists()
    assert not Milestone.objects.filter(year=2024).exists()
    assert not Headline.objects.filter(label="About 2004").exists()
    assert told.split("them:\n")[1].splitlines() == [
        "  nauwc, other_names 1: deleted",
        "  about-2004: deleted",
        "  assembly-2024: deleted",
    ]


def test_a_member_that_staff_deleted_is_not_made_again() -> None:
    load()
    innova = Member.objects.get(slug="innova-eg")
    for rows in (innova.names, innova.texts, innova.sources, innova.figures):
        rows.all().delete()
    innova.delete()

    told = load()

    assert Member.objects.count() == 29
    assert "  innova-eg: deleted" in told


def test_a_member_keeps_its_identity_when_staff_change_its_address() -> None:
    load()
    Member.objects.filter(slug="cfi").update(slug="cooperazione-finanza-impresa")

    load()

    assert Member.objects.count() == 30
    assert not Member.objects.filter(slug="cfi").exists()


def test_a_changed_file_is_followed(files: Path) -> None:
    load()

    def edit(item: dict[str, Any]) -> None:
        item["founded"] = 1987
        item["figures"][0]["workers"] = 211_000
        item["other_names"].append({"name": "COCETA 2", "kind": "short", "language": "es"})
        item["sources"] = [source for source in item["sources"] if "wins" not in source["url"]]
        item["sources"][0]["fields"].append("founded")
        item["sources"][0]["fields"].append("other_names")

    change(files, "members.json", "coceta", edit)
    change(files, "headlines.json", "2022", lambda item: item.update(enterprises=35_001))

    told = load(files)

    coceta = Member.objects.get(slug="coceta")
    assert coceta.founded == 1987
    assert coceta.figures.get(enterprises=17_000).workers == 211_000
    assert coceta.names.get().name == "COCETA 2"
    assert not coceta.sources.filter(url__contains="wins-project").exists()
    assert Headline.objects.get(label="November 2022").enterprises == 35_001
    assert "other names: 1 created" in told
    assert "1 removed" in told
    assert load(files).count("removed") == 0


def test_a_row_that_leaves_the_file_stays_when_staff_changed_it(files: Path) -> None:
    load()
    MemberName.objects.filter(name="UNWPC").update(note="From 2006.")
    change(files, "members.json", "nuwpc", lambda item: item["other_names"].pop())

    told = load(files)

    assert MemberName.objects.get(name="UNWPC").note == "From 2006."
    assert "Kept" not in told or "UNWPC" not in told


def test_a_name_that_staff_wrote_first_is_not_made_twice(files: Path) -> None:
    load()
    coceta = Member.objects.get(slug="coceta")
    MemberName.objects.create(member=coceta, name="La Coceta", kind="short", language="")
    change(
        files,
        "members.json",
        "coceta",
        lambda item: item["other_names"].append(
            {"name": "La Coceta", "kind": "former", "language": "es"}
        ),
    )
    change(
        files,
        "members.json",
        "coceta",
        lambda item: item["sources"][0]["fields"].append("other_names"),
    )

    told = load(files)

    name = coceta.names.get()
    assert (name.kind, name.language) == ("short", "es")
    assert "  coceta, other_names 1: kind" in told


def test_another_headline_chosen_by_staff_stays_on_the_home_page(files: Path) -> None:
    load()
    Headline.objects.filter(is_current=True).update(is_current=False)
    Headline.objects.filter(label="2024–2025").update(is_current=True)

    told = load()

    assert Headline.objects.get(is_current=True).label == "2024–2025"
    assert "  2019-2021: is_current" in told


def test_the_home_page_follows_the_file_to_another_headline(files: Path) -> None:
    load()
    change(files, "headlines.json", "2019-2021", lambda item: item.update(is_current=False))
    change(files, "headlines.json", "about-2004", lambda item: item.update(is_current=True))

    load(files)

    assert Headline.objects.get(is_current=True).label == "About 2004"


# --- Wrong files -------------------------------------------------------------------------------


def set_to(**values: Any) -> Change:
    return lambda item: item.update(values)


def set_figures(number: int, **values: Any) -> Change:
    return lambda item: item["figures"][number].update(values)


WRONG = [
    (
        set_to(country="Spain"),
        'coceta: country is "Spain": Value \'Spain\' is not a valid choice.',
    ),
    (set_to(website="ftp://coceta.coop"), 'coceta: website is "ftp://coceta.coop": Enter a valid URL.'),
    (set_to(founded="soon"), 'coceta: founded is "soon": “soon” value must be an integer.'),
    (set_to(founded=1492), 'coceta: founded is "1492": A year between 1800 and 2100.'),
    (set_to(public_id="0123456789a"), None),
    (set_to(evidence_note=""), 'coceta: evidence_note is "": say what is known and what is not.'),
    (
        set_to(evidence="unconfirmed"),
        'coceta: evidence is "unconfirmed": a published member needs evidence that it is a member.',
    ),
    (set_to(phone="+34 1"), 'coceta: phone is "+34 1": no source supports it.'),
    (set_to(kind="full"), 'coceta: kind is "full": no source supports it.'),
    (set_to(fax="1"), 'coceta: fax is "1": is not a name that is known here.'),
    (lambda item: item.pop("city"), "coceta: city: is missing."),
    (set_to(texts="none"), "coceta: texts: must be a list of objects."),
    (set_to(slug="cfi"), 'cfi: slug is "cfi": is there twice.'),
    (
        lambda item: item["sources"][0]["fields"].append("fame"),
        'coceta: sources is "fame": is not a known fact.',
    ),
    (
        lambda item: item["sources"].append(item["sources"][0]),
        "is there twice.",
    ),
    (
        set_figures(0, turnover_eur=1_300_000),
        "That is less than 1,000 euro for each enterprise: check the magnitude.",
    ),
    (
        set_figures(1, source_url="https://example.coop/"),
        'coceta, figures 2: source_url is "https://example.coop/": is not among the sources.',
    ),
]


@pytest.mark.parametrize(("edit", "message"), WRONG)
def test_a_wrong_member_is_named_and_nothing_is_written(
    files: Path, edit: Change, message: str | None
) -> None:
    change(files, "members.json", "coceta", edit)

    with pytest.raises(CommandError) as refusal:
        load(files)

    told = str(refusal.value)
    assert told.startswith("Nothing was loaded. members.json: ")
    assert (message or "is not a permanent identifier") in told
    assert Counter(model.objects.count() for model in (Member, Headline, Milestone)) == {0: 3}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "headlines.json: the file: headlines.json: is missing in "),
        ("[{", "headlines.json: the file: headlines.json: cannot be read as JSON: "),
        ("{}", "headlines.json: the file: headlines.json: must hold a list."),
        ("[1]", 'headlines.json: row 1: row is "1": must be an object with names and values.'),
    ],
)
def test_a_broken_file_is_named(files: Path, content: str | None, message: str) -> None:
    if content is None:
        (files / "headlines.json").unlink()
    else:
        (files / "headlines.json").write_text(content, encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        load(files)

    assert str(refusal.value).startswith(f"Nothing was loaded. {message}")
    assert Member.objects.count() == 0


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (set_to(is_current=True), 'is_current is "True": one headline at most is shown on'),
        (set_to(key="2024-2025"), 'key is "2024-2025": is there twice.'),
        (set_to(ends_on="2001-01-01"), "The end is before the beginning."),
        (set_to(starts_on="yesterday"), '2022: starts_on is "yesterday": “yesterday” value has an'),
    ],
)
def test_a_wrong_headline_is_named(files: Path, edit: Change, message: str) -> None:
    change(files, "headlines.json", "2022", edit)

    with pytest.raises(CommandError) as refusal:
        load(files)

    assert message in str(refusal.value)
    assert Member.objects.count() == 0
