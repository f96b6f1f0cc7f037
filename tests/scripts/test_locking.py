"""The lock files tell from which pyproject.toml they were made."""

from pathlib import Path

import pytest

from scripts.support import locking

PROJECT = """[project]
name = "a"
version = "{version}"
requires-python = ">=3.11"
dependencies = [{dependencies}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose lock files fit."""
    describe(tmp_path)
    for name in locking.FILES:
        text = f"{locking.MARK} {locking.digest(tmp_path)}\nDjango==5.2.19\n"
        (tmp_path / name).write_text(text)
    return tmp_path


def describe(root: Path, *, version: str = "1", dependencies: str = '"Django==5.2.19"') -> None:
    """Write pyproject.toml."""
    text = PROJECT.format(version=version, dependencies=dependencies)
    (root / "pyproject.toml").write_text(text)


def test_lock_files_that_fit_are_current(project: Path) -> None:
    assert locking.outdated(project) == []


def test_another_dependency_makes_both_outdated(project: Path) -> None:
    describe(project, dependencies='"Django==5.2.19", "polib==1.2.0"')

    assert locking.outdated(project) == ["requirements.txt", "requirements-dev.txt"]


def test_another_version_of_the_project_itself_does_not(project: Path) -> None:
    describe(project, version="2")

    assert locking.outdated(project) == []


def test_a_missing_lock_file_is_outdated(project: Path) -> None:
    (project / "requirements.txt").unlink()

    assert locking.outdated(project) == ["requirements.txt"]


def test_the_lock_files_of_this_project_fit() -> None:
    assert locking.outdated(locking.ROOT) == []
