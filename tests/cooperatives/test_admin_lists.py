"""The lists of cooperatives in the administration: quick, searchable, narrowed by filters."""

import pytest
from django.test import Client

from cooperatives.models import Affiliation, Identifier
from members.models import Member
from tests import factories
from tests.cooperatives.test_admin import LIST, LISTS, add_rows
from tests.questions import asked_by


def shown(client: Client, query: str) -> list[str]:
    """The names in the list."""
    response = client.get(f"{LIST}?{query}")
    return [each.name for each in response.context["cl"].result_list]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(staff: Client, name: str) -> None:
    counts = []
    for more in (1, 2):
        add_rows(more)
        counts.append(asked_by(staff, f"/admin/cooperatives/{name}/"))

    assert counts[0] == counts[1]
    assert counts[0] <= 10


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=caffe+roma", ["Caffè Nuovo"]),
        ("q=!!", ["Caffè Nuovo", "Old Mill", "Sample"]),
        ("country=GB", ["Old Mill"]),
        ("type=social", ["Caffè Nuovo"]),
        ("sector=I", ["Caffè Nuovo"]),
        ("sector=nothing", ["Caffè Nuovo", "Old Mill", "Sample"]),
        ("status__exact=closed", ["Old Mill"]),
        ("member=none", ["Old Mill", "Sample"]),
        ("member=nothing", ["Caffè Nuovo", "Old Mill", "Sample"]),
        ("is_sample__exact=1", ["Sample"]),
    ],
)
def test_the_list_can_be_narrowed(
    staff: Client, alpha: Member, query: str, found: list[str]
) -> None:
    factories.cooperative(
        alpha, name="Caffè Nuovo", city="Roma", types=["social", "worker"], sector="56"
    )
    factories.cooperative(name="Old Mill", country="GB", status="closed")
    factories.cooperative(name="Sample", is_sample=True)

    assert shown(staff, query) == found


def test_the_list_can_be_narrowed_to_the_cooperatives_of_a_member(
    staff: Client, alpha: Member, beta: Member
) -> None:
    both = factories.cooperative(alpha, beta, name="Both")
    factories.cooperative(beta, name="Beta's")
    former = factories.cooperative(alpha, name="Former")
    Affiliation.objects.filter(cooperative=former).update(until="2020-01-01")

    found = shown(staff, f"member={alpha.pk}")

    assert found == [both.name]


def test_the_list_of_members_counts_the_cooperatives_they_represent_today(
    staff: Client, alpha: Member
) -> None:
    factories.cooperative(alpha)
    factories.cooperative(alpha, status="closed")
    left = factories.cooperative(alpha)
    Affiliation.objects.filter(cooperative=left).update(until="2020-01-01")

    response = staff.get("/admin/members/member/")

    assert [each.listed for each in response.context["cl"].result_list] == [1]


def test_members_can_be_sorted_by_their_cooperatives(
    staff: Client, alpha: Member, beta: Member
) -> None:
    factories.cooperative(beta)
    column = len(staff.get("/admin/members/member/").context["cl"].list_display) - 1

    lists = [
        staff.get(f"/admin/members/member/?o={order}{column}").context["cl"].result_list
        for order in ("", "-")
    ]

    assert [[each.slug for each in rows] for rows in lists] == [
        ["alpha", "beta"],
        ["beta", "alpha"],
    ]


@pytest.mark.parametrize(
    ("name", "query"),
    [("affiliation", "q=mill"), ("identifier", "q=mill"), ("identifier", "q=R-1")],
)
def test_rows_of_a_cooperative_are_found_by_its_name_and_by_their_number(
    staff: Client, alpha: Member, name: str, query: str
) -> None:
    for each, title in enumerate(["Old Mill", "New Bakery"], 1):
        made = factories.cooperative(alpha, name=title)
        Identifier.objects.create(
            cooperative=made, scheme="register", country="IT", value=f"R-{each}"
        )

    response = staff.get(f"/admin/cooperatives/{name}/?{query}")

    rows = response.context["cl"].result_list
    assert [each.cooperative.name for each in rows] == ["Old Mill"]


@pytest.mark.parametrize("query", ["q=%00", "country=%00", "status__exact=%00", "member=%00"])
def test_a_character_that_cannot_be_kept_is_no_error(staff: Client, query: str) -> None:
    response = staff.get(f"{LIST}?{query}")

    assert response.status_code == 302


@pytest.mark.parametrize("term", ["mill", "mi%00ll", ""])
def test_typing_a_name_finds_the_cooperative_to_choose(staff: Client, term: str) -> None:
    mill = factories.cooperative(name="Old Mill")

    response = staff.get(
        f"/admin/autocomplete/?term={term}"
        "&app_label=cooperatives&model_name=affiliation&field_name=cooperative"
    )

    assert response.json()["results"] == [{"id": str(mill.pk), "text": "Old Mill"}]
