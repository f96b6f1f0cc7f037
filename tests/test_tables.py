"""Reading table files: encodings, delimiters, and files that break the rules."""

# ruff: noqa: RUF001 - Greek and Bulgarian words are meant as they stand

from pathlib import Path

import pytest

from cecop import tables


def only_row(data: bytes) -> list[str]:
    """The cells of the one row in a file."""
    [row] = tables.parse_csv(data).rows
    return row.cells


@pytest.mark.parametrize(
    ("text", "encoding", "recognised"),
    [
        ("ville;nom\nOrléans;Société à l’économie", "utf-8", "utf-8"),
        ("ville;nom\nOrléans;Société à l’économie", "utf-8-sig", "utf-8-sig"),
        ("ville;nom\nOrléans;Société à l’économie", "cp1252", "cp1252"),
        ("ville\tnom\nOrléans\tSociété", "utf-16", "utf-16"),
        ("ville\tnom\nOrléans\tSociété", "utf-16-le", "utf-16-le"),
        ("ville\tnom\nOrléans\tSociété", "utf-16-be", "utf-16-be"),
        ("nazwa;miasto\nSpółdzielnia Pracy Świt;Łódź", "cp1250", "cp1250"),
        ("όνομα;πόλη\nΚοινωνικός Συνεταιρισμός;Αθήνα", "cp1253", "cp1253"),
        ("όνομα;πόλη\nΆλφα Κοινωνικός;Αθήνα", "iso8859_7", "iso8859_7"),
        ("име;град\nКооперация Единство;София", "cp1251", "cp1251"),
    ],
)
def test_it_recognises_the_encoding(text: str, encoding: str, recognised: str) -> None:
    table = tables.parse_csv(text.encode(encoding))

    header, row = text.splitlines()
    assert table.encoding == recognised
    assert table.headers == header.replace("\t", ";").split(";")
    assert table.rows[0].cells == row.replace("\t", ";").split(";")


def test_it_says_when_the_encoding_is_not_certain() -> None:
    table = tables.parse_csv("název;město\nDružstvo Dřevo;Brno".encode("cp1250"))

    assert len(table.doubts) == 1
    assert "Døevo" in table.doubts[0]


def test_it_has_no_doubts_about_utf_8() -> None:
    assert tables.parse_csv("a,b\nč,ř".encode()).doubts == []


def test_it_refuses_a_file_that_mixes_encodings_and_names_the_lines() -> None:
    data = "nom;ville\nSociété;Orléans\n".encode() + "Société;Orléans\n".encode("cp1252")

    with pytest.raises(tables.TableError, match="not in lines 3"):
        tables.parse_csv(data)


def test_it_refuses_bytes_that_its_mark_denies() -> None:
    with pytest.raises(tables.TableError, match="says that it is utf-8-sig, but it is not"):
        tables.parse_csv(b"\xef\xbb\xbfna\xffme")


def test_it_composes_letters_and_accents() -> None:
    assert only_row("name,town\nUnite\u0301,Orle\u0301ans".encode()) == ["Unité", "Orléans"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_it_recognises_the_delimiter(delimiter: str) -> None:
    data = f"name{delimiter}town\nBread{delimiter}Rome\n".encode()

    assert tables.parse_csv(data).delimiter == delimiter
    assert only_row(data) == ["Bread", "Rome"]


def test_it_prefers_the_delimiter_that_splits_every_row() -> None:
    data = b"name;town\nBread, Milk, Eggs;Rome\nRoofs;Bari\n"

    assert tables.parse_csv(data).delimiter == ";"


def test_it_believes_the_line_with_which_excel_names_the_delimiter() -> None:
    table = tables.parse_csv(b"sep=;\nname;town\nBread, Milk;Rome\n")

    assert table.headers == ["name", "town"]
    assert [(row.line, row.cells) for row in table.rows] == [(3, ["Bread, Milk", "Rome"])]


def test_it_reads_a_list_of_one_column() -> None:
    assert only_row(b"name\nBread\n") == ["Bread"]


def test_it_counts_lines_as_an_editor_does() -> None:
    table = tables.parse_csv(b'name,town\n"Two\nlines",Rome\n\nBread,Bari\n')

    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "Two\nlines"), (5, "Bread")]


def test_it_does_not_break_lines_where_files_do_not() -> None:
    assert only_row("name,town\nOne\u2028two\x0bthree,Rome".encode()) == [
        "One\u2028two\x0bthree",
        "Rome",
    ]


def test_it_fills_short_rows_and_drops_empty_surplus() -> None:
    table = tables.parse_csv(b"name,town,web\nBread\nRoofs,Bari,,,\n")

    assert [row.cells for row in table.rows] == [["Bread", "", ""], ["Roofs", "Bari", ""]]


def test_it_marks_a_row_with_more_cells_than_the_header() -> None:
    [row] = tables.parse_csv(b"name,town\nBread, Milk,Rome\n").rows

    assert row.problem == "This row has more cells than the first line has names of columns."


def test_a_delimiter_is_found_also_where_a_quote_is_never_closed() -> None:
    assert tables.parse_csv(b'name;town\n"Roofs;Bari\n').delimiter == ";"


def test_a_quote_that_is_never_closed_spoils_only_its_own_line() -> None:
    table = tables.parse_csv(b'name,town\nBread,Rome\n"Roofs,Bari\nMilk,"Asti"\n')

    assert [(row.line, row.cells, row.problem) for row in table.rows] == [
        (2, ["Bread", "Rome"], ""),
        (3, ['"Roofs,Bari', ""], "A quotation mark opens here and is never closed."),
        (4, ["Milk", "Asti"], ""),
    ]


def test_it_understands_quotes_that_other_programs_write_wrongly() -> None:
    assert only_row(b'name,town\n"Bread" Ltd,Rome\n') == ["Bread Ltd", "Rome"]


def test_a_cell_beyond_all_measure_spoils_only_its_own_line() -> None:
    table = tables.parse_csv(b"name,town\n" + b"x" * 200_000 + b",Rome\nBread,Bari\n")

    assert [(row.line, row.problem) for row in table.rows] == [
        (2, "A cell has more than 100,000 characters."),
        (3, ""),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b" \n,\n", "The file is empty."),
        (b"name\n\x98\x81\xd2", "The encoding of the file is not known."),
        (b"PK\x03\x04 and more", "This is a workbook, not a CSV file."),
        (b'"name,town\n', "The first line must hold the names of the columns."),
        (b"a," * 101, "More than 100 columns."),
        (b"a,b\n" + b'"x\n' * 3_000, "More than 1000 lines cannot be read as rows."),
    ],
)
def test_it_says_why_a_file_is_no_table(data: bytes, reason: str) -> None:
    with pytest.raises(tables.TableError, match=reason):
        tables.parse_csv(data)


def test_it_refuses_more_rows_than_a_list_can_have() -> None:
    with pytest.raises(tables.TableError, match="More than 60000 rows"):
        tables.parse_csv(b"name\n" + b"x\n" * 60_001)


def test_it_refuses_a_file_that_is_too_large_before_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as large:
        large.truncate(tables.MAX_BYTES + 1)

    with pytest.raises(tables.TableError, match="larger than 10 MB"):
        tables.read_csv(path)


def test_it_says_when_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(tables.TableError, match="cannot be opened: No such file"):
        tables.read_csv(tmp_path / "nowhere.csv")
