"""A member's own list, exported and imported again, changes nothing."""

import pytest
from django.test import Client

from cecop import tables
from cooperatives.imports import mapping, planning
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member
from tests import factories
from tests.cooperatives.lists import outcome

FULL = {
    "name": "=Forno, +39",
    "other_names": ["-Forno", "Il Forno"],
    "legal_form": "@ Cooperativa sociale",
    "country": "GB",
    "region": "TLC",
    "city": "+City",
    "postcode": "HX5 9DB",
    "street": "1 Home",
    "types": ["worker", "self_employed"],
    "sector": "01",
    "workers": 12,
    "worker_members": 0,
    "founded": 1985,
    "website": "https://forno.example/",
    "email": "info@forno.example",
    "phone": "+44 1422 000000",
    "description": "- bread\n- =cakes; -pies",
}


def exported(visitor: Client, query: str) -> tables.Table:
    """The table in an export."""
    response = visitor.get(f"/cooperatives/?format=csv&{query}")
    return tables.parse_csv(b"".join(response))


def test_nothing_changes(visitor: Client, alpha: Member, beta: Member) -> None:
    forno = factories.cooperative(alpha, beta, **FULL)
    empty = factories.cooperative(alpha, name="Empty", types=[])
    factories.cooperative(beta, name="Not ours")
    Affiliation.objects.filter(cooperative=empty).update(number="-00 7")
    Identifier.objects.create(cooperative=forno, scheme="register", country="GB", value="RS001")

    table = exported(visitor, "member=alpha")
    plan = planning.make_plan(alpha, table, mapping.make_mapping(table))

    nothing = {"new": 0, "changed": 0, "unchanged": 2, "missing": 0, "refused": 0}
    assert (outcome(plan), plan.changed) == (nothing, [])
    assert plan.notes.groups == {}


def test_a_list_of_several_members_has_no_numbers_of_one(visitor: Client, alpha: Member) -> None:
    factories.cooperative(alpha)

    headers = [exported(visitor, query).headers for query in ["", "member=alpha"]]

    assert ["number" in header for header in headers] == [False, True]


@pytest.mark.parametrize("name", ["profile_url", "postcode_area", "identifiers", "country_name"])
def test_an_import_takes_no_column_for_what_it_is_not(
    visitor: Client, alpha: Member, name: str
) -> None:
    factories.cooperative(alpha)
    table = exported(visitor, "member=alpha")

    assert name in mapping.make_mapping(table).unused
    assert Cooperative.objects.count() == 1
