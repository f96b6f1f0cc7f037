"""``manage.py import_cooperatives``: what it prints, what it writes, how it ends."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cooperatives.models import Cooperative
from members.models import Member
from tests.cooperatives.lists import imported

GOOD = "number,name,country,type\n7,Forno,IT,Consumers\n8,Tetti,IT,Workers\n"
MIXED = "number,name,country,website\n7,Forno,IT,www.f.it\n8,Tetti,IT,javascript:alert(1)\n"


def run(path: Path, *options: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("import_cooperatives", str(path), "--member", "alpha", *options, stdout=out)
    return out.getvalue()


def end_of(path: Path, *options: str, out: io.StringIO | None = None) -> tuple[int, str]:
    """The exit code and the last words of a command that does not end well."""
    with pytest.raises(CommandError) as error:
        call_command("import_cooperatives", str(path), *options, stdout=out or io.StringIO())
    return error.value.returncode, str(error.value)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED, encoding="utf-8")
    return path


def test_it_imports_and_says_what_it_did(alpha: Member, good: Path) -> None:
    said = run(good)

    assert said.splitlines() == [
        "Read as utf-8, cells parted by comma: 2 rows.",
        "Columns:",
        "  number → number",
        "  name → name",
        "  country → country",
        "  type → types",
        "New: 2 · changed: 0 · unchanged: 0 · missing from the file: 0 · refused: 0",
        "Left empty, because the directory cannot tell what was meant:",
        "  type “Consumers”: known, but none of the directory's three types (1 row, line 2)",
        "Done.",
    ]
    assert Cooperative.objects.count() == 2


def test_a_dry_run_shows_each_cell_and_writes_nothing(alpha: Member, good: Path) -> None:
    imported(alpha, "number,name,country,workers\n7,Forno nuovo,IT,3\n9,Ponti,IT,\n")
    good.write_text("number,name,country,type,workers\n7,Forno,IT,Workers,-\n8,Tetti,IT,,\n")

    said = run(good, "--dry-run")

    assert "New: 1 · changed: 1 · unchanged: 0 · missing from the file: 1 · refused: 0" in said
    assert (
        "  line 2, 7, Forno nuovo\n"
        "    name: Forno nuovo → Forno\n"
        "    types: ∅ → worker\n"
        "    workers: 3 → ∅\n"
    ) in said
    assert "Missing from the file (nothing was done about them):\n  9: Ponti\n" in said
    assert said.endswith("Dry run: nothing was written.\n")
    assert set(Cooperative.objects.values_list("name", flat=True)) == {"Forno nuovo", "Ponti"}


def test_refused_rows_are_named_and_the_others_imported(alpha: Member, mixed: Path) -> None:
    out = io.StringIO()

    code, last_words = end_of(mixed, "--member", "alpha", out=out)

    assert (code, last_words) == (3, "Done. Refused rows: 1.")
    assert (
        "Refused:\n  line 3, column “website”: “javascript:alert(1)”. A web address begins with "
        "http:// or https://. Write instead: An address such as https://example.org.\n"
    ) in out.getvalue()
    assert Cooperative.objects.get().name == "Forno"


def test_a_dry_run_with_refused_rows_says_so(alpha: Member, mixed: Path) -> None:
    assert end_of(mixed, "--member", "alpha", "--dry-run") == (
        3,
        "Dry run: nothing was written. Refused rows: 1.",
    )
    assert Cooperative.objects.count() == 0


def test_a_map_file_corrects_the_guesses(alpha: Member, good: Path, tmp_path: Path) -> None:
    map_file = tmp_path / "map.json"
    map_file.write_text(json.dumps({"values": {"types": {"Consumers": "social"}}}))

    run(good, "--map", str(map_file))

    assert Cooperative.objects.get(name="Forno").types == ["social"]


def test_it_says_that_streets_are_not_stored_and_what_else_is_not_used(
    alpha: Member, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("number;name;Indirizzo;Fatturato\n7;Forno;Via Roma 1;100\n", encoding="utf-8")

    said = run(path)

    assert "  No column for the country: every new row is taken to be in IT.\n" in said
    assert "  Not stored, because a street may be a home: Indirizzo\n" in said
    assert "  Not used: Fatturato\n" in said
    assert Cooperative.objects.get().street == ""


def test_it_says_when_the_encoding_is_not_certain(alpha: Member, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("number;name\n7;Společnost Dřevo\n".encode("cp1250"))

    assert "  The encoding is not certain; it was read as cp1252." in run(path, "--dry-run")


def test_an_unknown_member_is_an_error_that_names_the_known_ones(
    alpha: Member, beta: Member, good: Path
) -> None:
    assert end_of(good, "--member", "gamma") == (
        1,
        "Nothing was imported. There is no member “gamma”. The members are: alpha, beta.",
    )


def test_a_file_that_is_no_list_is_an_error(alpha: Member, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.touch()

    assert end_of(path, "--member", "alpha") == (1, "Nothing was imported. The file is empty.")


def test_an_error_of_the_database_is_reported_and_nothing_is_written(
    alpha: Member, good: Path
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cooperatives_affiliation ADD CHECK (number <> '8')")

    code, last_words = end_of(good, "--member", "alpha")

    assert code == 1
    assert last_words.startswith("Nothing was imported. The database refused: new row for relation")
    assert Cooperative.objects.count() == 0


def test_long_reports_are_cut_where_they_only_count(alpha: Member, tmp_path: Path) -> None:
    rows = "".join(f"{n},Forno {n},IT\n" for n in range(25))
    imported(alpha, f"number,name,country\n{rows}")
    path = tmp_path / "list.csv"
    path.write_text("number,name,country\n0,Forno 0,IT\n")

    said = run(path)

    assert "missing from the file: 24" in said
    assert "  … and 4 more\n" in said
