"""Loading the members again: staff's changes stay, everything else follows the files."""

from pathlib import Path
from typing import Any

import pytest

from members.models import Headline, Member, MemberName, MemberText, Milestone
from tests.members import load_files
from tests.members.load_files import change, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Data files that a test may change."""
    return load_files.few_files(tmp_path)


def test_the_history_says_that_the_loader_did_it(files: Path) -> None:
    load(files)

    coceta: Any = Member.objects.get(slug="coceta")
    event = coceta.events.get()
    assert event.pgh_label == "insert"
    assert event.pgh_context.metadata["source"] == "load_members"


def test_what_staff_changed_stays(files: Path) -> None:
    load(files)
    Member.objects.filter(slug="coceta").update(website="https://example.coop", city="Toledo")
    MemberText.objects.filter(member__slug="coceta").update(summary="Our own words.")
    Milestone.objects.filter(year=1979).update(title="Manchester!")

    told = load(files)

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
    load(files)
    Member.objects.filter(slug="coceta").update(city="Toledo")
    change(files, "members.json", "coceta", lambda item: item.update(city="Sevilla", phone="1"))
    change(
        files, "members.json", "coceta", lambda item: item["sources"][0]["fields"].append("phone")
    )

    told = load(files)

    coceta = Member.objects.get(slug="coceta")
    assert (coceta.city, coceta.phone) == ("Toledo", "1")
    assert "members: 0 created, 1 updated, 4 unchanged" in told
    assert "  coceta: city" in told


def test_a_value_that_staff_set_back_follows_the_file_again(files: Path) -> None:
    load(files)
    Member.objects.filter(slug="coceta").update(city="Toledo")
    load(files)
    Member.objects.filter(slug="coceta").update(city="Madrid")
    change(files, "members.json", "coceta", lambda item: item.update(city="Sevilla"))

    load(files)

    assert Member.objects.get(slug="coceta").city == "Sevilla"


def test_what_staff_deleted_is_not_made_again(files: Path) -> None:
    load(files)
    MemberName.objects.filter(name="ZLSP").delete()
    Milestone.objects.filter(year=2024).delete()
    Headline.objects.filter(label="About 2004").delete()

    told = load(files)

    assert not MemberName.objects.filter(name="ZLSP").exists()
    assert not Milestone.objects.filter(year=2024).exists()
    assert not Headline.objects.filter(label="About 2004").exists()
    assert told.split("them:\n")[1].splitlines() == [
        "  nauwc, other_names 1: deleted",
        "  about-2004: deleted",
        "  assembly-2024: deleted",
    ]


def test_a_member_that_staff_deleted_is_not_made_again(files: Path) -> None:
    load(files)
    innova = Member.objects.get(slug="innova-eg")
    for rows in (innova.names, innova.texts, innova.sources, innova.figures):
        rows.all().delete()
    innova.delete()

    told = load(files)

    assert Member.objects.count() == 4
    assert "  innova-eg: deleted" in told


def test_a_member_keeps_its_identity_when_staff_change_its_address(files: Path) -> None:
    load(files)
    Member.objects.filter(slug="cfi").update(slug="cooperazione-finanza-impresa")

    load(files)

    assert Member.objects.count() == 5
    assert not Member.objects.filter(slug="cfi").exists()


def test_a_changed_file_is_followed(files: Path) -> None:
    load(files)

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
    load(files)
    MemberName.objects.filter(name="UNWPC").update(note="From 2006.")
    change(files, "members.json", "nuwpc", lambda item: item["other_names"].pop())

    told = load(files)

    assert MemberName.objects.get(name="UNWPC").note == "From 2006."
    assert "  nuwpc: UNWPC, which is no longer in the file" in told


def test_all_names_may_leave_the_file(files: Path) -> None:
    load(files)
    MemberName.objects.filter(name="UNWPC").delete()
    change(files, "members.json", "nuwpc", lambda item: item.update(other_names=[]))

    told = load(files)

    assert not MemberName.objects.filter(member__slug="nuwpc").exists()
    assert "other names: 0 created, 0 updated, 4 unchanged, 3 removed" in told
    assert "Kept" not in told


def test_a_name_that_staff_wrote_first_is_not_made_twice(files: Path) -> None:
    load(files)
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


def test_a_milestone_that_staff_wrote_first_is_not_made_twice(files: Path) -> None:
    Milestone.objects.create(
        year=1979, title="CECOP is founded in Manchester", source_url="https://example.coop/"
    )

    told = load(files)

    milestone = Milestone.objects.get(year=1979)
    assert milestone.source_url == "https://example.coop/"
    assert "National federations" in milestone.text
    assert "  founding: source_url" in told


def test_another_headline_chosen_by_staff_stays_on_the_home_page(files: Path) -> None:
    load(files)
    Headline.objects.filter(is_current=True).update(is_current=False)
    Headline.objects.filter(starts_on__year=2024).update(is_current=True)

    told = load(files)

    assert Headline.objects.get(is_current=True).starts_on.year == 2024
    assert "  2019-2021: is_current" in told


def test_the_home_page_follows_the_file_to_another_headline(files: Path) -> None:
    load(files)
    change(files, "headlines.json", "2019-2021", lambda item: item.update(is_current=False))
    change(files, "headlines.json", "about-2004", lambda item: item.update(is_current=True))

    load(files)

    assert Headline.objects.get(is_current=True).label == "About 2004"
