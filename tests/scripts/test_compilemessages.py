"""Translations are compiled without gettext's programs, and only when they changed."""

import gettext
import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def french(tmp_path: Path, settings: Settings) -> Path:
    """A file of French texts, one of them doubtful."""
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        HEAD + 'msgid "member"\nmsgstr "membre"\n\n#, fuzzy\nmsgid "type"\nmsgstr "sorte"\n'
    )
    return path


def say() -> str:
    """Run the command; what it said."""
    said = io.StringIO()
    call_command("compilemessages", stdout=said)
    return said.getvalue()


def test_texts_are_there_afterwards_without_the_doubtful_ones(french: Path) -> None:
    say()

    with french.with_suffix(".mo").open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    assert [texts.gettext("member"), texts.gettext("type")] == ["membre", "type"]


def test_only_what_changed_is_compiled(french: Path) -> None:
    first, second = say(), say()
    later = french.with_suffix(".mo").stat().st_mtime + 1
    os.utime(french, (later, later))
    third = say()

    compiled = f"Compiled {french}\n"
    assert [first, second, third] == [compiled, "", compiled]


def test_a_broken_file_is_named_and_leaves_the_old_one(french: Path) -> None:
    say()
    before = french.with_suffix(".mo").read_bytes()
    french.write_text("This is no translation.\n")
    later = french.with_suffix(".mo").stat().st_mtime + 1
    os.utime(french, (later, later))

    with pytest.raises(CommandError, match=f"^{french} cannot be compiled: "):
        say()

    assert french.with_suffix(".mo").read_bytes() == before
