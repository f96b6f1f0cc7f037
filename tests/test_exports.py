"""The lists as files: exactly what the page shows, every public column, nothing else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cecop import exporting, tables
from cooperatives.models import Cooperative, Identifier
from members.models import DeclaredFigures, Member
from tests import factories
from tests.exported import FORMATS, LISTS, data_of, from_xlsx, objects, texts
from tests.questions import number_asked


@pytest.fixture
def shops(alpha: Member, beta: Member) -> dict[str, Cooperative]:
    """Four cooperatives, of which one is closed."""
    bread = factories.cooperative(
        alpha,
        beta,
        name="Forno",
        other_names=["Il Forno", "Panificio"],
        region="ITH5",
        city="Bologna",
        types=["worker", "social"],
        sector="10",
        workers=9,
    )
    return {
        "Forno": bread,
        "Panetteria": factories.cooperative(alpha, name="Panetteria", workers=250),
        "Horno": factories.cooperative(
            beta, name="Horno", country="ES", types=["social"], workers=10
        ),
        "Chiusa": factories.cooperative(alpha, name="Chiusa", status="closed"),
    }


@pytest.mark.parametrize(
    "query",
    [
        "",
        "country=IT",
        "type=social&sort=workers",
        "member=alpha",
        "member=alpha&member=beta&sort=newest",
        "status=closed",
        "q=forno+bologna",
        "country=XX&size=10-49",
        "q=nothing",
    ],
)
@pytest.mark.usefixtures("shops")
def test_it_holds_what_the_page_shows_in_the_same_order(visitor: Client, query: str) -> None:
    page = visitor.get(f"/cooperatives/?{query}").context["listing"].page

    rows = objects(visitor, f"/cooperatives/?{query}")

    assert [row["name"] for row in rows] == [cooperative.name for cooperative in page]


@pytest.mark.parametrize("query", ["", "country=ES", "sort=country", "q=alfa", "type=social"])
def test_members_stand_as_on_their_page(
    visitor: Client, alpha: Member, beta: Member, query: str
) -> None:
    page = visitor.get(f"/members/?{query}").context["listing"].page

    rows = objects(visitor, f"/members/?{query}")

    assert [row["slug"] for row in rows] == [member.slug for member in page]


def test_there_is_no_limit_and_a_page_is_a_page_for_programs(
    visitor: Client, alpha: Member
) -> None:
    for number in range(30):
        factories.cooperative(alpha, name=f"Coop {number:02}")

    counts = {
        query: len(objects(visitor, f"/cooperatives/?{query}"))
        for query in ["", "page=1", "page=2", "page=99", "page=x"]
    }

    assert counts == {"": 30, "page=1": 25, "page=2": 5, "page=99": 25, "page=x": 25}
    assert len(texts(visitor, "/cooperatives/?page=2")) == 30


@pytest.mark.usefixtures("shops")
@pytest.mark.parametrize("path", LISTS)
def test_all_formats_say_the_same(visitor: Client, path: str) -> None:
    in_json = [
        {name: tables.escaped(as_text(cell)) for name, cell in row.items()}
        for row in objects(visitor, path)
    ]
    header, *cells = from_xlsx(data_of(visitor, f"{path}?format=xlsx"))

    in_xlsx = [dict(zip(header, map(as_text, row), strict=True)) for row in cells]

    assert texts(visitor, path) == in_json
    assert in_xlsx == in_json


def as_text(cell: Any) -> str:
    """A cell of JSON or of a workbook as CSV writes it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return ";".join(cell) if isinstance(cell, list) else str("" if cell is None else cell)


EVIL = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\uff1d1+1", "'=1", '"a", b', "<b>&amp;</b>"]


def test_hostile_names_are_neutral_and_come_back_as_they_were(
    visitor: Client, alpha: Member
) -> None:
    for name in EVIL:
        factories.cooperative(alpha, name=name)

    in_csv = {row["name"] for row in texts(visitor, "/cooperatives/")}
    in_json = {row["name"] for row in objects(visitor, "/cooperatives/")}

    assert in_json == set(EVIL)
    assert {tables.unescaped(name) for name in in_csv} == set(EVIL)
    assert [name for name in in_csv if name[0] in "=+-@\uff1d"] == []


@pytest.mark.parametrize(
    ("kind", "content_type", "ending"),
    [
        ("csv", "text/csv; charset=utf-8", "csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ("json", "application/x-ndjson", "jsonl"),
    ],
)
@pytest.mark.parametrize("path", LISTS)
def test_it_is_a_file_with_a_name_that_search_engines_leave_alone(
    visitor: Client, alpha: Member, path: str, kind: str, content_type: str, ending: str
) -> None:
    response = visitor.get(path, {"format": kind, "q": '"; filename="x'})

    name = f"cecop-{path.strip('/')}-{timezone.localdate().isoformat()}.{ending}"
    assert response.status_code == 200
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert (list(response.cookies), "Cookie" in response.headers.get("Vary", "")) == ([], False)


@pytest.mark.parametrize("value", ["", "CSV", "xml", "csv,json", "html"])
@pytest.mark.parametrize("path", LISTS)
def test_a_format_that_nobody_knows_shows_the_page(
    visitor: Client, alpha: Member, path: str, value: str
) -> None:
    response = visitor.get(path, {"format": value})

    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "text/html; charset=utf-8",
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_a_question_for_the_head_only_reads_no_rows(
    visitor: Client, alpha: Member, kind: str
) -> None:
    factories.cooperative(alpha)

    with CaptureQueriesContext(connection) as asked:
        response = visitor.head("/cooperatives/", query_params={"format": kind})

    assert response.status_code == 200
    # The index may be read; what only an export shows is not.
    assert [query for query in asked if "postcode" in query["sql"]] == []


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("path", LISTS)
def test_it_asks_as_often_for_three_rows_as_for_one(
    visitor: Client, alpha: Member, path: str, kind: str
) -> None:
    def fill() -> None:
        other = factories.member()
        DeclaredFigures.objects.create(member=other, year=2020, enterprises=1)
        other.names.create(name="Other", kind="former")
        made = factories.cooperative(alpha, other)
        Identifier.objects.create(
            cooperative=made, scheme="register", country="IT", value=made.public_id
        )

    fill()
    one = number_asked(lambda: data_of(visitor, f"{path}?format={kind}"))
    fill()
    fill()

    three = number_asked(lambda: data_of(visitor, f"{path}?format={kind}"))

    assert three == one
    # Some are of the index, which reads anew what the test has not committed.
    assert three <= 14


def test_rows_are_fetched_only_when_they_are_sent(visitor: Client, alpha: Member) -> None:
    factories.cooperative(alpha)
    response = visitor.get("/cooperatives/?format=csv")
    pieces: Iterator[bytes] = iter(response)

    with CaptureQueriesContext(connection) as asked:
        header = next(pieces)
        before = len(asked)
        next(pieces)

    assert header.startswith(b"\xef\xbb\xbfpublic_id,slug,name,")
    assert (before, len(asked)) == (0, 3)


def test_keys_are_read_by_the_thousand_in_their_order_and_what_is_gone_is_left_out() -> None:
    chunks: list[int] = []

    def fetch(keys: list[int]) -> dict[int, list[tables.Cell]]:
        chunks.append(len(keys))
        return {key: [key] for key in sorted(keys) if key != 7}

    rows = exporting.in_order(range(2_500, 0, -1), fetch)

    first = next(rows)
    assert (first, chunks) == ([2_500], [1_000])
    assert [row[0] for row in rows] == [key for key in range(2_499, 0, -1) if key != 7]
    assert chunks == [1_000, 1_000, 500]


def test_a_row_that_changes_while_it_is_sent_is_there_once_and_a_closed_page_is_not(
    visitor: Client, alpha: Member, beta: Member
) -> None:
    cooperatives = visitor.get("/cooperatives/?format=json")
    members = visitor.get("/members/?format=json")
    shop = factories.cooperative(alpha, name="Came later")
    Member.objects.filter(pk=beta.pk).update(status="draft")
    Member.objects.filter(pk=alpha.pk).update(name="Zeta")

    sent = b"".join(members)

    assert [json.loads(line)["name"] for line in sent.splitlines()] == ["Zeta"]
    assert shop.name.encode() not in b"".join(cooperatives)


@pytest.mark.usefixtures("shops")
def test_the_page_links_to_the_files_with_its_filters(visitor: Client) -> None:
    page = visitor.get("/cooperatives/?country=IT&q=fo&page=1&unknown=x").content.decode()

    assert "Download this list, 1 row:" in page
    assert [
        f'href="/cooperatives/?country=IT&amp;q=fo&amp;format={kind}"' in page for kind in FORMATS
    ] == [True] * 3
    assert "Download this list" not in visitor.get("/cooperatives/?q=nothing").content.decode()
