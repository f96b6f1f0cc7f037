"""Which file may import which: DESIGN section 4, held by reading the imports."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cecop", "members", "cooperatives")

# Modules of cecop that stand under both apps and import nothing of them.
LEAVES = {
    *("vocabulary", "tables", "records", "public", "public_ids", "search", "listing", "faceted"),
    *(
        "exporting",
        "secretariat",
        "slugs",
        "latin",
        "finding",
        "kept",
        "gunicorn",
        "said",
        "links",
        "formats",
        "converters",
        "patience",
        "middleware",
        "settings",
        "wsgi",
        "postgres",
    ),
    *("templatetags", "management"),
}
# Modules of cecop that stand above both apps.
ROOFS = {"urls", "views", "overview", "context", "jinja", "suggestions"}

# Inside an app a module imports only from its own row or from rows before it.
ROWS = [
    {"choices", "identifiers", "migrations"},
    {"querysets"},
    {"models"},
    {"indexing", "numbers"},
    {"listed", "rows"},
    {"filters", "forms", "access", "emails", "loading", "sample"},
    {"actions", "imports", "exports", "tasks"},
    {"views", "portal", "api", "feeds", "admin", "management", "urls"},
]


def modules() -> list[Path]:
    """Every Python file of the three packages."""
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports when it runs (not those for type checking only)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in run_time_nodes(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.split(".")[0] in PACKAGES}


def run_time_nodes(node: ast.AST) -> list[ast.AST]:
    """The node and all below it, without the bodies of ``if TYPE_CHECKING``."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return []
    found = [node]
    for child in ast.iter_child_nodes(node):
        found += run_time_nodes(child)
    return found


def part(name: str) -> str:
    """``members.models.Member`` -> ``models``."""
    return [*name.split("."), ""][1]


def part_of(path: Path) -> tuple[str, str]:
    """A file -> (package, part): ``members/models/member.py`` -> ("members", "models")."""
    pieces = path.relative_to(ROOT).with_suffix("").parts
    return pieces[0], pieces[1]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_in_the_right_direction(path: Path) -> None:
    package, own = part_of(path)

    wrong = {name for name in imported(path) if not is_allowed(package, own, name)}

    assert wrong == set()


def is_allowed(package: str, own: str, name: str) -> bool:
    """Whether a part of a package may import a dotted name."""
    other = name.split(".")[0]
    if package == "cecop":
        return own in ROOFS or own == "management" or (other == "cecop" and part(name) in LEAVES)
    if other == "cecop":
        return part(name) in LEAVES
    if package == "members" and other == "cooperatives":
        return False
    return other != package or row(part(name)) <= row(own)


def row(name: str) -> int:
    """The row of a part; a part that stands in none is a mistake of this table."""
    for number, parts in enumerate(ROWS):
        if name in parts:
            return number
    return -1 if name in ("", "__init__", "apps") else len(ROWS)


def test_every_part_stands_in_the_table() -> None:
    known = set().union(*ROWS) | {"__init__", "apps", "data"}

    unknown = {part_of(p) for p in modules() if p.parent != ROOT and part_of(p)[0] != "cecop"}

    assert {own for _package, own in unknown} - known == set()


def test_every_module_of_the_project_is_a_leaf_or_a_roof() -> None:
    parts = {part_of(path)[1] for path in modules() if part_of(path)[0] == "cecop"}

    assert parts - LEAVES - ROOFS == {"__init__"}


def test_the_checker_sees_a_wrong_import(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from cooperatives.models import Cooperative\n", encoding="utf-8")

    allowed = {is_allowed("members", "models", name) for name in imported(wrong)}

    assert allowed == {False}


def test_no_app_asks_for_psycopg_3() -> None:
    """Django silently prefers it when it is there."""
    requirements = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")

    assert [line for line in requirements.splitlines() if line.startswith("psycopg=")] == []


def test_every_constraint_has_a_test_that_the_database_refuses() -> None:
    tests = [ROOT / "tests" / app / "test_constraints.py" for app in ("members", "cooperatives")]
    tested = "".join(path.read_text(encoding="utf-8") for path in tests)
    names = ("members", "cooperatives")
    models = [each for name in names for each in apps.get_app_config(name).get_models()]

    constraints = {rule.name for model in models for rule in model._meta.constraints}

    assert len(constraints) > 50
    assert {name for name in constraints if f'"{name}"' not in tested} == set()
