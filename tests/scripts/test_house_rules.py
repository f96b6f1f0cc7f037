"""The house rules find what breaks them, and leave alone what does not."""

import subprocess
from pathlib import Path

import pytest

from scripts.support import house_rules

# Put together here, so that the rule does not find them in this file.
WORK, TMP = "/" + "work/", "/" + "tmp/"


def write(root: Path, name: str, text: str) -> None:
    """A file of a project."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<script>go()</script>", "page.html:2: a script inside the page"),
        ("<SCRIPT type='module'>go()</SCRIPT>", "page.html:2: a script inside the page"),
        ("<style>p {}</style>", "page.html:2: a style inside the page"),
        (
            '<p class="{% if a > b %}x{% endif %}" style="top:0">',
            "page.html:2: the attribute style=",
        ),
        ('<a href="/"onclick="go()">', "page.html:2: the attribute onclick="),
        ("<body\n  onload = 'go()'>", "page.html:2: the attribute onload="),
    ],
)
def test_code_inside_a_page_is_found(tmp_path: Path, line: str, said: str) -> None:
    write(tmp_path, "page.html", f"<!doctype html>\n{line}\n")

    assert house_rules.broken(tmp_path, "inline code") == [said]


def test_what_only_looks_like_code_inside_a_page_is_left_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        "page.html",
        '<script src="{% static "a.js" %}" defer></script>\n'
        '<script type="application/json">{}</script>\n'
        '<p data-on="x" class="on">The style = plain.</p>\n{% include "x.html" with style="a" %}\n',
    )

    assert house_rules.broken(tmp_path, "inline code") == []


def test_files_that_are_too_long_are_found(tmp_path: Path) -> None:
    write(tmp_path, "long.py", "x = 1\n" * 301)
    write(tmp_path, "just.py", "x = 1\n" * 300)
    write(tmp_path, "long.html", "<p>\n" * 151)
    write(tmp_path, "app/migrations/0001_initial.py", "x = 1\n" * 999)

    assert house_rules.broken(tmp_path, "sizes") == [
        "long.html: 151 lines; at most 150",
        "long.py: 301 lines; at most 300",
    ]


def test_paths_of_one_machine_and_unfinished_merges_are_found(tmp_path: Path) -> None:
    write(tmp_path, "a.md", f"See {WORK}main/x.\nhttps://a.example{WORK}x is an address.\n")
    write(tmp_path, "b.py", f"<<<<<<< ours\n=======\nDIRECTORY = '{TMP}x'\n")

    assert house_rules.broken(tmp_path, "words") == [
        f"a.md:1: {WORK}",
        "b.py:1: <<<<<<<",
        "b.py:2: =======",
        f"b.py:3: {TMP}",
    ]


def test_pictures_are_not_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\xff" + WORK.encode())

    assert house_rules.broken(tmp_path, "words") == []


def test_run_bits_and_first_lines_must_agree(tmp_path: Path) -> None:
    write(tmp_path, "scripts/command", "#!/bin/sh\n")
    write(tmp_path, "scripts/data", "x\n")
    (tmp_path / "scripts/data").chmod(0o755)
    write(tmp_path, "scripts/right", "#!/bin/sh\n")
    (tmp_path / "scripts/right").chmod(0o755)

    assert house_rules.run_bits(tmp_path) == [
        "scripts/command: starts with #! and has no run bit (chmod +x)",
        "scripts/data: has a run bit and does not start with #! (chmod -x)",
    ]


def test_a_language_that_is_offered_must_be_complete(tmp_path: Path) -> None:
    write(
        tmp_path,
        "locale/fr/LC_MESSAGES/django.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "member"\nmsgstr "membre"\n\n'
        'msgid "type"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "listed"\nmsgstr "liste"\n',
    )

    assert house_rules.translations(tmp_path, ["fr", "it"]) == [
        "locale/fr/LC_MESSAGES/django.po:7: not translated: type",
        "locale/fr/LC_MESSAGES/django.po:10: not translated: listed",
        "locale/it/LC_MESSAGES/django.po: missing, though it is offered",
    ]


def test_what_git_ignores_is_not_looked_at(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    write(tmp_path, ".gitignore", "/var/\n")
    write(tmp_path, "var/x.py", "")
    write(tmp_path, "new.py", "")

    assert house_rules.files(tmp_path) == [Path(".gitignore"), Path("new.py")]


def test_without_git_what_tools_make_is_not_looked_at(tmp_path: Path) -> None:
    for name in (".venv/a.py", "var/b.py", ".mypy_cache/c.py", "x/__pycache__/d.pyc", "x/e.py"):
        write(tmp_path, name, "")

    assert house_rules.files(tmp_path) == [Path("x/e.py")]
