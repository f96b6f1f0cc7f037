"""What the tests of exports share: an export as objects, as rows of text, as all of its text."""

import csv
import io
import json
from typing import Any

from django.test import Client
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no types

LISTS = ["/members/", "/cooperatives/"]
FORMATS = ["csv", "xlsx", "json"]


def data_of(client: Client, address: str) -> bytes:
    """The whole file at an address."""
    response = client.get(address)
    # A single page for programs is small, and sent at once.
    asked = response.wsgi_request.GET
    assert response.streaming is (asked["format"] != "json" or "page" not in asked)
    return response.getvalue()


def objects(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of an export as JSON Lines."""
    lines = data_of(client, f"{address}{'&' if '?' in address else '?'}format=json")
    return [json.loads(line) for line in lines.splitlines()]


def texts(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of an export as CSV."""
    lines = data_of(client, f"{address}{'&' if '?' in address else '?'}format=csv")
    return list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"), newline="")))


def workbook(data: bytes) -> Any:
    """An Excel workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(data))


def from_xlsx(data: bytes) -> list[list[Any]]:
    """The rows of the first sheet."""
    return [list(row) for row in workbook(data).worksheets[0].iter_rows(values_only=True)]


def unpacked(data: bytes) -> bytes:
    """All the text in a file; a workbook is an archive."""
    if not data.startswith(b"PK"):
        return data
    return "\n".join(str(cell) for row in from_xlsx(data) for cell in row).encode()
