"""A CSV file -> rows of text, each with the line it begins on.

Text comes out in NFC and complete: what cannot be decoded for certain is an error that says so,
never a replacement character. What our exports escaped comes out as it was.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path

from django.utils.translation import gettext as _

from cecop.tables.escaping import unescaped

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 60_000
MAX_COLUMNS = 100
MAX_BROKEN = 1_000
DELIMITERS = ",;\t|"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp1252", "cp1250", "cp1253", "iso8859_7", "cp1251")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ACCENTS = re.compile(r"[^\x00-\x7f]{3}")
_WORD = re.compile(r"[^\W\d_]+")
_ODD_SIGN = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘´·–—…\u00ad](?=[^\W\d_])|[¶¢¹³](?=[^\W\d_])")


class TableError(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row: the line of the file on which it begins (from 1), and its cells."""

    line: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """What a file holds."""

    headers: list[str]
    rows: list[Row]
    encoding: str
    delimiter: str
    doubts: list[str] = field(default_factory=list)


def read_csv(path: Path) -> Table:
    """The table in a CSV, TSV or text file, whatever its encoding and delimiter.

    Raises TableError when the file cannot be read as a table.
    """
    try:
        if path.exists() and not path.is_file():
            raise TableError(_("This is no file with a list."))
        if path.stat().st_size > MAX_BYTES:
            raise TableError(
                _("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1024 // 1024}
            )
        return parse_csv(path.read_bytes())
    except OSError as error:
        raise TableError(
            _("The file cannot be opened: %(reason)s.") % {"reason": error.strerror}
        ) from error


def parse_csv(data: bytes) -> Table:
    """The table in the bytes of a CSV file; raises TableError."""
    if data.startswith(_WORKBOOKS):
        raise TableError(_("This is a workbook, not a CSV file. Save it as CSV (UTF-8)."))
    text, encoding, doubts = decode(data)
    lines = list(io.StringIO(unicodedata.normalize("NFC", text), newline=""))
    announced = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None
    first = 2 if announced else 1
    delimiter = announced[1] if announced else _delimiter(lines)
    rows = _rows(lines, delimiter, first)
    header = next(rows, None)
    if header is None:
        raise TableError(_("The file is empty."))
    if header.problem:
        raise TableError(
            _("The first line must hold the names of the columns. %(problem)s")
            % {"problem": header.problem}
        )
    if len(header.cells) > MAX_COLUMNS:
        raise TableError(_("More than %(limit)s columns.") % {"limit": MAX_COLUMNS})
    return Table(
        headers=[" ".join(unescaped(cell).split()) for cell in header.cells],
        rows=_checked(rows, width=len(header.cells)),
        encoding=encoding,
        delimiter=delimiter,
        doubts=doubts,
    )


# --- Encoding ----------------------------------------------------------------------------------


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """(text, name of the encoding, doubts in words for people); raises TableError."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name), name, []
    utf16 = _unmarked_utf16(data)
    if utf16:
        return _strictly(data, utf16), utf16, []
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        _refuse_mixture(data)
        return _legacy(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableError(
            _("The file says that it is %(encoding)s, but it is not. Save it again.")
            % {"encoding": encoding}
        ) from error


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a byte order mark shows in zeros at every other byte."""
    sample = data[:4096]
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > pairs * 0.4 and sample[::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if pairs and sample[::2].count(0) > pairs * 0.4 and sample[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return ""


def _refuse_mixture(data: bytes) -> None:
    """Raises TableError when some lines are UTF-8 beyond ASCII and others are not UTF-8."""
    utf8, other = 0, []
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            utf8 += not line.decode("utf-8").isascii()
        except UnicodeDecodeError:
            other.append(number)
    if utf8:
        shown = ", ".join(str(number) for number in other[:20]) + (" …" if other[20:] else "")
        raise TableError(
            _("The file mixes encodings: it is UTF-8, but not in lines %(lines)s. Save it again.")
            % {"lines": shown}
        )


def _legacy(data: bytes) -> tuple[str, str, list[str]]:
    """The eight-bit encoding whose letters make the most plausible words."""
    readings = []
    for rank, name in enumerate(_LEGACY):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        readings.append((_plausibility(text), -rank, name, text))
    if not readings:
        raise TableError(_("The encoding of the file is not known. Save it as CSV (UTF-8)."))
    readings.sort(reverse=True)
    score, _rank, name, text = readings[0]
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    rivals = [other for other in readings[1:] if other[0] == score and other[3] != text]
    doubts = []
    if rivals:
        doubts.append(
            _("The encoding is not certain; it was read as %(name)s. Look at: %(words)s")
            % {"name": name, "words": ", ".join(list(dict.fromkeys(words))[:8])}
        )
    return text, name, doubts


def _plausibility(text: str) -> int:
    """Points for words with letters beyond ASCII that look like words, less for what does not."""
    points = -3 * len(_ODD_SIGN.findall(text))
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
        capital_inside = any(one.islower() and two.isupper() for one, two in pairwise(word))
        run_of_accents = scripts == {"LATIN"} and _ACCENTS.search(word)
        points += -5 if len(scripts) > 1 or capital_inside or run_of_accents else 1
    return points


# --- Rows --------------------------------------------------------------------------------------


def _delimiter(lines: list[str]) -> str:
    """The one that splits the first rows most evenly into several cells."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = [len(row.cells) for row in islice(_rows(lines, delimiter, 1), 20)]
        if not widths or widths[0] < 2:
            continue
        score = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(lines: list[str], delimiter: str, first: int) -> Iterator[Row]:
    """The rows that hold anything. A line that opens a quote and never closes it is one broken row,
    and reading goes on with the next line, so that one slip does not swallow the list.
    """
    start, broken = first - 1, 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        begin = start
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Row(begin + 1, cells)
                begin = start + reader.line_num
            return
        except csv.Error as error:
            yield _mended(lines[begin], begin + 1, delimiter, error)
            start, broken = begin + 1, broken + 1
        if broken > MAX_BROKEN:
            raise TableError(
                _("More than %(limit)s lines cannot be read as rows.") % {"limit": MAX_BROKEN}
            )


def _mended(line: str, number: int, delimiter: str, error: csv.Error) -> Row:
    """A row that breaks the rules of CSV but is clear all the same, or the broken row."""
    if "field larger" in str(error) and line.count('"') % 2 == 0:
        return Row(number, [], _("A cell has more than 100,000 characters."))
    if line.count('"') % 2 == 0:
        return Row(number, next(csv.reader([line], delimiter=delimiter)))
    return Row(number, [line.rstrip("\r\n")], _("A quotation mark opens here and is never closed."))


def _checked(rows: Iterator[Row], *, width: int) -> list[Row]:
    """Rows as wide as the header: missing cells are empty, surplus ones a problem."""
    checked: list[Row] = []
    for row in rows:
        if len(checked) >= MAX_ROWS:
            raise TableError(_("More than %(limit)s rows.") % {"limit": MAX_ROWS})
        cells = [unescaped(cell) for cell in row.cells] + [""] * (width - len(row.cells))
        problem = row.problem
        if not problem and any(cell.strip() for cell in cells[width:]):
            problem = _("This row has more cells than the first line has names of columns.")
        checked.append(Row(row.line, cells if problem else cells[:width], problem))
    return checked
