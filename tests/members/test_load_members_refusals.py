"""Wrong data files: the command names file, row, column, value and rule, and writes nothing."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from members.models import Headline, Member, Milestone
from tests import factories
from tests.members import load_files
from tests.members.load_files import Change, change, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Data files that a test may change."""
    return load_files.few_files(tmp_path)


def set_to(**values: Any) -> Change:
    return lambda item: item.update(values)


def set_figures(number: int, **values: Any) -> Change:
    return lambda item: item["figures"][number].update(values)


WRONG = [
    (
        set_to(country="Spain"),
        "coceta: country is \"Spain\": Value 'Spain' is not a valid choice.",
    ),
    (
        set_to(website="ftp://coceta.coop"),
        'coceta: website is "ftp://coceta.coop": Enter a valid URL.',
    ),
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


def test_two_milestones_of_one_year_and_title_are_named(files: Path) -> None:
    same = set_to(year=1979, title="Manchester")
    change(files, "milestones.json", "founding", same)
    change(files, "milestones.json", "secretariat", same)

    with pytest.raises(CommandError) as refusal:
        load(files)

    assert 'secretariat: year and title is "1979, Manchester": ' in str(refusal.value)
    assert Milestone.objects.count() == 0


def test_an_address_on_the_site_that_another_member_has_is_named(files: Path) -> None:
    factories.member(slug="coceta")

    with pytest.raises(CommandError) as refusal:
        load(files)

    assert 'members.json: coceta: slug is "coceta": ' in str(refusal.value)
    assert Member.objects.count() == 1
