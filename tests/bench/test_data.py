"""The rows of the benchmark: the same every time, and fit for the tables."""

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path

from bench import sqlite
from bench.data import rows
from bench.loading import as_text
from cecop.public_ids import is_public_id
from cecop.vocabulary.regions import region_country, region_names
from cecop.vocabulary.sectors import DIVISIONS
from cecop.vocabulary.types import CooperativeType


def test_the_same_number_gives_the_same_rows() -> None:
    assert list(rows(300)) == list(rows(300))


def test_another_number_gives_other_rows() -> None:
    assert list(rows(300)) != list(islice(rows(301), 300))


def test_rows_fit_the_vocabularies() -> None:
    made = list(rows(500))

    assert [row.id for row in made] == list(range(1, 501))
    assert {row.sector for row in made} <= set(DIVISIONS)
    assert {row.region for row in made} <= set(region_names())
    assert [row for row in made if region_country(row.region) != row.country] == []
    assert {kind for row in made for kind in row.types} == set(CooperativeType.values)
    assert all(is_public_id(row.public_id) for row in made)
    assert len({row.public_id for row in made}) == 500


def test_types_overlap() -> None:
    assert any(len(row.types) > 1 for row in rows(100))


def test_sqlite_holds_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "directory.db"

    sqlite.build(path, 50)

    with closing(sqlite3.connect(path)) as connection:
        stored = connection.execute("SELECT public_id, type, workers FROM cooperatives").fetchall()
        found = connection.execute("SELECT count(*) FROM cooperatives_fts").fetchone()
    assert stored == [(row.public_id, row.types[0], row.workers) for row in rows(50)]
    assert found == (50,)


def test_values_are_written_as_copy_reads_them() -> None:
    values: list[object] = [None, "", "a\tb\\", ("worker", "social"), [], 7, False]

    written = [as_text(value) for value in values]

    assert written == [r"\N", "", r"a\tb\\", '{"worker","social"}', "{}", "7", "False"]
