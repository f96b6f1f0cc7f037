"""Table files: a file -> rows of text, and rows -> a file, piece by piece.

A leaf: it knows nothing of members or cooperatives.
"""

from cecop.tables.escaping import escaped, unescaped
from cecop.tables.reading import MAX_BYTES, Row, Table, TableError, parse_csv, read_csv
from cecop.tables.workbook import xlsx_stream
from cecop.tables.writing import Cell, csv_lines, json_lines

__all__ = [
    "MAX_BYTES",
    "Cell",
    "Row",
    "Table",
    "TableError",
    "csv_lines",
    "escaped",
    "json_lines",
    "parse_csv",
    "read_csv",
    "unescaped",
    "xlsx_stream",
]
