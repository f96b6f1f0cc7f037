"""Rows -> an Excel workbook (XLSX), sent piece by piece while it is made.

The parts of a workbook are files in a ZIP archive. Here they are written in the order in which
they are known, to a stream that is never read again, so that the memory needed stays the same
whatever the number of rows; see docs/decisions/0012.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from cecop.tables.escaping import escaped
from cecop.tables.writing import BATCH, Cell, batches, text_of

# Excel takes 1,048,576 rows in a sheet and no sheet over 2 GB; what is more goes to the next sheet.
SHEET_ROWS = 500_000
LONGEST_CELL = 32_767
_WIDTHS = (8, 48)  # the narrowest and the widest column, in characters
_FIRST_DAY = date(1899, 12, 30)  # day 0 of Excel, which counts right from March 1900 on
_FIRST_RIGHT_DAY = date(1900, 3, 1)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Characters that XML 1.0 has no way to write.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What Excel would read as the code of a character.
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x")

_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_BOLD, _DAY = ' s="1"', ' s="2"'


def xlsx_stream(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str
) -> Iterator[bytes]:
    """A workbook whose first row is frozen; numbers and days are such, text is never a formula."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as book:  # type: ignore[call-overload]
        book.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")}))
        book.writestr("xl/styles.xml", _STYLES)
        yield sink.taken()
        number, rest = 1, batches(rows)
        first = next(rest, [])
        while number == 1 or first:
            sheet = chain([first], islice(rest, SHEET_ROWS // BATCH - 1))
            with book.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                yield from _written(part, sink, header, sheet)
            number, first = number + 1, next(rest, [])
        for name, text in _frame(title, number - 1).items():
            book.writestr(name, text)
    yield sink.taken()


class _Sink:
    """What a ZIP archive is written to: it cannot be read or turned back, only taken away."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def _written(
    part: IO[bytes],
    sink: _Sink,
    header: Sequence[str],
    sheet: Iterator[list[Sequence[Cell]]],
) -> Iterator[bytes]:
    """Writes one sheet; yields what the archive has grown by."""
    first = next(sheet)
    columns = [column_name(place) for place in range(len(header))]
    part.write((_sheet_head(header, first) + _row(1, columns, header, _BOLD)).encode())
    number = 1
    for batch in chain([first], sheet):
        lines = []
        for row in batch:
            number += 1
            lines.append(_row(number, columns, row))
        part.write("".join(lines).encode())
        yield sink.taken()
    part.write(b"</sheetData></worksheet>")


def _sheet_head(header: Sequence[str], batch: list[Sequence[Cell]]) -> str:
    """All that stands before the rows; columns are as wide as the first rows ask for."""
    columns = []
    for place, name in enumerate(header):
        longest = max([len(name) + 2, *(len(text_of(row[place])) for row in batch[:100])])
        width = min(max(longest, _WIDTHS[0]), _WIDTHS[1])
        columns.append(
            f'<col min="{place + 1}" max="{place + 1}" width="{width}" customWidth="1"/>'
        )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{''.join(columns)}</cols><sheetData>"
    )


def _row(number: int, columns: list[str], cells: Sequence[Cell], style: str = "") -> str:
    """The XML of a row; unknown cells are left out."""
    written = [f'<row r="{number}">']
    for column, cell in zip(columns, cells, strict=True):
        if isinstance(cell, str):
            if cell:
                written.append(_text(column, number, cell, style))
        elif cell is not None:
            written.append(_cell(column, number, cell, style))
    written.append("</row>")
    return "".join(written)


def _text(column: str, number: int, text: str, style: str) -> str:
    """A cell of text that stays text, whatever it looks like."""
    return (
        f'<c r="{column}{number}"{style} t="inlineStr"><is>'
        f'<t xml:space="preserve">{_harmless(text)}</t></is></c>'
    )


def _harmless(text: str) -> str:
    """The text as XML and Excel read it back, without what neither can hold."""
    if not _SPECIAL.search(text):
        return escaped(text)[:LONGEST_CELL]
    kept = escaped(_ILLEGAL.sub("", text))[:LONGEST_CELL]
    return escape(_CODE.sub("_x005F_", kept), {"\r": "&#13;"})


def _cell(column: str, number: int, cell: Cell, style: str) -> str:
    """A cell that is no text: a truth, a number, a day, or a list as text."""
    where = f'<c r="{column}{number}"'
    if isinstance(cell, bool):
        return f'{where} t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float | Decimal):
        return f"{where}><v>{cell}</v></c>"
    if isinstance(cell, date) and not isinstance(cell, datetime) and cell >= _FIRST_RIGHT_DAY:
        return f"{where}{_DAY}><v>{(cell - _FIRST_DAY).days}</v></c>"
    text = text_of(cell)
    return _text(column, number, text, style) if text else ""


def column_name(place: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    name = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        name, place = chr(ord("A") + letter) + name, place - 1
    return name


def _frame(title: str, sheets: int) -> dict[str, str]:
    """Path -> text of the parts that name the sheets; they are known last."""
    numbers = range(1, sheets + 1)
    named = "".join(
        f'<sheet name={quoteattr(_sheet_name(title, n))} sheetId="{n}" r:id="rId{n}"/>'
        for n in numbers
    )
    overrides = "".join(
        f'<Override PartName="/{path}" ContentType="{_TYPE}.{kind}+xml"/>'
        for path, kind in [
            ("xl/workbook.xml", "sheet.main"),
            ("xl/styles.xml", "styles"),
            *((f"xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers),
        ]
    )
    relations = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
    return {
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<bookViews><workbookView/></bookViews><sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            relations | {f"rId{sheets + 1}": ("styles", "styles.xml")}
        ),
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
    }


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    """The XML that says which part is where."""
    each = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _sheet_name(title: str, number: int) -> str:
    """At most 31 characters, without those that Excel refuses; from the second on with a number."""
    name = re.sub(r"[\[\]:*?/\\'\x00-\x1f\ud800-\udfff\ufffe\uffff]", " ", title).strip()
    name = name or "Sheet"
    return name[:31] if number == 1 else f"{name[:24]} {number}"
