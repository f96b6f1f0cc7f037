"""What the tests of ``load_members`` share: running it, and data files that a test may change."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from members.management.commands.load_members import DIRECTORY

FEW = {"cfi", "coceta", "innova-eg", "nauwc", "nuwpc"}
Change = Callable[[dict[str, Any]], object]


def load(directory: Path = DIRECTORY) -> str:
    """Runs the command; returns what it says."""
    out = StringIO()
    call_command("load_members", file=directory, stdout=out)
    return out.getvalue()


def few_files(tmp_path: Path) -> Path:
    """A copy of the data files with five of the members."""
    directory = Path(shutil.copytree(DIRECTORY, tmp_path / "data"))
    path = directory / "members.json"
    members = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([item for item in members if item["slug"] in FEW]), encoding="utf-8")
    return directory


def change(directory: Path, file: str, key: str, edit: Change) -> None:
    """Edits the object whose slug or key is given, in one of the files."""
    path = directory / file
    items = json.loads(path.read_text(encoding="utf-8"))
    edit(next(item for item in items if key in (item.get("slug"), item.get("key"))))
    path.write_text(json.dumps(items), encoding="utf-8")
