"""Writing table files: what is written is read back as it was meant, and nothing is a formula."""

# ruff: noqa: RUF001 - full-width signs are meant as they stand

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecop import tables
from cecop.tables import workbook
from cecop.tables.writing import BATCH
from tests import exported
from tests.exported import from_xlsx

DANGEROUS = "=+-@\t\r\n＝＋－＠"
# Text with many of the signs that matter, and text with any others.
NASTY = st.text(st.sampled_from("=+-@＝＋－＠\t\r\n\"',;|ab1 _x<&"), max_size=12)
TEXT = NASTY | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KINDS: list[tuple[tables.Cell, str, Any, Any]] = [
    # what is written, in CSV, in JSON, in XLSX
    ("Forno", "Forno", "Forno", "Forno"),
    ("00123", "00123", "00123", "00123"),
    ("", "", "", None),
    (None, "", None, None),
    (0, "0", 0, 0),
    (-12, "-12", -12, -12),
    (Decimal("-2.237400"), "-2.237400", -2.2374, -2.2374),
    (47.5, "47.5", 47.5, 47.5),
    (True, "true", True, True),
    (False, "false", False, False),
    (["worker", "social"], "worker;social", ["worker", "social"], "worker;social"),
    ([], "", [], None),
    (date(2026, 3, 1), "2026-03-01", "2026-03-01", datetime(2026, 3, 1)),  # noqa: DTZ001
    (date(1850, 3, 1), "1850-03-01", "1850-03-01", "1850-03-01"),
    (
        datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        *("2026-03-01T09:30:00+00:00",) * 3,
    ),
    ("a, \"b\"; 'c'\nd", "a, \"b\"; 'c'\nd", "a, \"b\"; 'c'\nd", "a, \"b\"; 'c'\nd"),
    (" <&> é € 𝄞 ", " <&> é € 𝄞 ", " <&> é € 𝄞 ", " <&> é € 𝄞 "),
    ("=1+1", "'=1+1", "=1+1", "'=1+1"),
    ("+39 02 1234", "'+39 02 1234", "+39 02 1234", "'+39 02 1234"),
    (["-a", "+b"], "'-a;'+b", ["-a", "+b"], "'-a;'+b"),
]


def from_csv(data: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("cell", "in_csv", "in_json", "in_xlsx"), KINDS)
def test_every_kind_of_cell_is_read_back(
    cell: tables.Cell, in_csv: str, in_json: Any, in_xlsx: Any
) -> None:
    header, row = ["first", "cell"], ["x", cell]

    lines = b"".join(tables.csv_lines(header, [row]))
    objects = b"".join(tables.json_lines(header, [row]))
    book = b"".join(tables.xlsx_stream(header, [row], "List"))

    assert from_csv(lines) == [header, ["x", in_csv]]
    assert json.loads(objects) == {"first": "x", "cell": in_json}
    assert from_xlsx(book) == [header, ["x", in_xlsx]]


def test_cells_of_several_kinds_may_stand_in_one_column() -> None:
    rows = [[cell] for cell, *_others in KINDS]

    data = b"".join(tables.csv_lines(["cell"], rows))

    assert from_csv(data)[1:] == [[in_csv] if in_csv else [""] for _, in_csv, *_ in KINDS]


@given(TEXT)
def test_escaping_is_undone_exactly(text: str) -> None:
    assert tables.unescaped(tables.escaped(text)) == text


@given(TEXT)
def test_no_escaped_text_is_a_formula_wherever_it_is_cut(text: str) -> None:
    escaped = tables.escaped(text)

    assert escaped[:1] not in set(DANGEROUS)
    assert not re.search("(?:^|[,;|\t\r\n])[\"']?[=+@＝＋－＠-]", escaped.replace("'", "x"))


@pytest.mark.parametrize(
    "text", ["", "Forno", "a-b", "l'Aquila", "'tis", "x=1", "a, -b", "-1x"[1:]]
)
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert (tables.escaped(text), tables.unescaped(text)) == (text, text)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_csv_is_read_back_and_holds_no_formula(rows: list[list[str]]) -> None:
    read = from_csv(b"".join(tables.csv_lines(["=a", "b"], rows)))

    assert [[tables.unescaped(cell) for cell in row] for row in read] == [["=a", "b"], *rows]
    assert [cell for row in read for cell in row if cell[:1] in set(DANGEROUS)] == []


@given(st.lists(st.tuples(st.just("x"), TEXT), min_size=1, max_size=5))
def test_the_importer_reads_csv_as_it_was(rows: list[tuple[str, str]]) -> None:
    data = b"".join(tables.csv_lines(["first", "second"], rows))

    read = tables.parse_csv(data)

    assert read.headers == ["first", "second"]
    assert [row.cells for row in read.rows] == [
        ["x", unicodedata.normalize("NFC", text)] for _, text in rows
    ]


@given(st.lists(st.tuples(st.just("x"), TEXT), min_size=1, max_size=5))
def test_a_workbook_is_read_back_and_holds_no_formula(rows: list[tuple[str, str]]) -> None:
    read = from_xlsx(b"".join(tables.xlsx_stream(["first", "second"], rows, "List")))[1:]

    texts = [str(cell or "") for _, cell in read]
    assert [tables.unescaped(text) for text in texts] == [
        re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text) for _, text in rows
    ]
    assert [text for text in texts if text[:1] in set(DANGEROUS)] == []


def test_what_xml_cannot_hold_is_left_out_before_the_rest_is_looked_at() -> None:
    [_, [cell]] = from_xlsx(b"".join(tables.xlsx_stream(["a"], [["\x00=1\ud800+1\x1f"]], "List")))

    assert cell == "'=1+1"


def test_excel_does_not_take_text_for_the_code_of_a_letter() -> None:
    data = b"".join(tables.xlsx_stream(["a"], [["_x0041_ and _x12"]], "List"))

    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b">_x005F_x0041_ and _x12<" in sheet


def test_letters_without_a_partner_do_not_stop_an_export() -> None:
    lines = b"".join(tables.csv_lines(["a"], [["\ud800x"]]))
    objects = b"".join(tables.json_lines(["a"], [["\ud800x"]]))

    assert (lines.splitlines()[1], json.loads(objects)) == (b"?x", {"a": "?x"})


def test_a_csv_file_is_what_excel_opens() -> None:
    data = b"".join(tables.csv_lines(["a", "b"], [["è", "x,y"]]))

    assert data == '\ufeffa,b\r\nè,"x,y"\r\n'.encode()


def test_a_workbook_has_a_frozen_bold_header_and_columns_wide_enough() -> None:
    rows: list[list[tables.Cell]] = [["x" * 30, 1], ["y" * 300, 2]]
    data = b"".join(tables.xlsx_stream(["name", "number"], rows, "What [is] listed: here/now?"))

    sheet = exported.workbook(data).worksheets[0]

    widths = [sheet.column_dimensions[column].width for column in "AB"]
    assert (sheet.title, sheet.freeze_panes) == ("What  is  listed  here now", "A2")
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold, widths) == (True, False, [48, 8])


def test_what_does_not_fit_into_a_sheet_goes_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", BATCH)
    rows = [[number] for number in range(2 * BATCH + 1)]

    book = exported.workbook(b"".join(tables.xlsx_stream(["n"], rows, "List")))

    read = [[row[0].value for row in sheet] for sheet in book]
    assert [(sheet.title, sheet.max_row) for sheet in book] == [
        ("List", BATCH + 1),
        ("List 2", BATCH + 1),
        ("List 3", 2),
    ]
    assert [cells[:2] for cells in read] == [["n", 0], ["n", BATCH], ["n", 2 * BATCH]]


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_letters(place: int, name: str) -> None:
    assert workbook.column_name(place) == name


def writers(rows: Iterator[Sequence[tables.Cell]]) -> dict[str, Iterator[bytes]]:
    """Each of the writers over the same rows."""
    return {
        "csv": tables.csv_lines(["n"], rows),
        "json": tables.json_lines(["n"], rows),
        "xlsx": tables.xlsx_stream(["n"], rows, "List"),
    }


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_no_rows_are_a_file_all_the_same(kind: str) -> None:
    data = b"".join(writers(iter([]))[kind])

    assert data == {"csv": b"\xef\xbb\xbfn\r\n", "json": b""}.get(kind, data)
    assert kind != "xlsx" or from_xlsx(data) == [["n"]]


@pytest.mark.parametrize(("kind", "taken"), [("csv", 0), ("json", BATCH), ("xlsx", 0)])
def test_the_first_piece_does_not_wait_for_later_rows(kind: str, taken: int) -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[tables.Cell]]:
        for number in range(3 * BATCH):
            asked.append(number)
            yield [number]

    first = next(writers(rows())[kind])

    assert (len(first) > 0, len(asked)) == (True, taken)


# In a process of its own, whose greatest memory is then that of the writer.
MEASURED = """
import resource, sys
from cecop import tables
def rows(number):
    for n in range(number):
        yield [f"{n:011}", f"Cooperative {n}", "+39 02", ["worker", "social"], n, *["x" * 20] * 20]
def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
header = [f"column {n}" for n in range(25)]
write = {"csv": tables.csv_lines, "json": tables.json_lines,
         "xlsx": lambda header, rows: tables.xlsx_stream(header, rows, "List")}[sys.argv[1]]
for piece in write(header, rows(2_000)): pass
before, size = most(), 0
for piece in write(header, rows(40_000)): size += len(piece)
print(size, most() - before)
"""


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_forty_thousand_rows_need_no_more_memory_than_two_thousand(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, kind], check=True, capture_output=True, text=True
    )

    size, kilobytes = map(int, done.stdout.split())
    assert size > 2_000_000
    assert kilobytes < 5_000
