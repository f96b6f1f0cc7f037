"""The file of a list -> a table; the only step that touches the disk."""

from pathlib import Path

from cecop import tables
from cooperatives.imports.plan import ListError


def read_list(path: Path) -> tables.Table:
    """The table in the file; raises ListError when it holds none."""
    try:
        table = tables.read_csv(path)
    except tables.TableError as error:
        raise ListError(str(error)) from error
    return table
