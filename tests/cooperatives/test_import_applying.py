"""Importing: all or nothing, with a history, and nothing when there is nothing to do."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from pghistory.models import Context

from cooperatives.imports import applying, mapping
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import Member, User
from tests.cooperatives.lists import imported, numbered, outcome, table
from tests.problems import problems_of

FULL = (
    "number,name,country,region,town,postcode,lat,lon,type,NACE,workers,founded,website,REA\n"
    '7,"Forno, Società",IT,Lazio,Roma,00100,"41,9028",12.4964,'
    "social,10.71,12,3/5/1985,www.f.it,RM1\n"
)


def history() -> int:
    """How many rows of history there are."""
    names = ("CooperativeEvent", "AffiliationEvent", "IdentifierEvent")
    models = [apps.get_model("cooperatives", name) for name in names]
    return sum(model._default_manager.count() for model in models)


def test_a_new_row_becomes_a_cooperative_with_affiliation_and_register_number(
    alpha: Member,
) -> None:
    imported(alpha, FULL)

    forno = Cooperative.objects.get()
    assert (forno.name, forno.slug, forno.country) == ("Forno, Società", "forno-societa", "IT")
    assert (forno.region, forno.city, forno.postcode) == ("ITI4", "Roma", "00100")
    assert (str(forno.latitude), str(forno.longitude)) == ("41.902800", "12.496400")
    assert (forno.types, forno.sector, forno.workers, forno.founded) == (["social"], "10", 12, 1985)
    assert (forno.website, forno.status, forno.is_sample) == ("http://www.f.it", "active", False)
    assert list(forno.affiliations.values_list("member", "number")) == [(alpha.pk, "7")]
    assert list(forno.identifiers.values_list("scheme", "country", "value")) == [
        ("register", "IT", "RM1")
    ]


def test_what_was_imported_is_valid_by_the_rules_of_the_models(alpha: Member) -> None:
    imported(alpha, FULL)

    rows = [Cooperative.objects.get(), Affiliation.objects.get(), Identifier.objects.get()]
    assert [problems_of(row) for row in rows] == [{}, {}, {}]


def test_a_changed_row_changes_only_its_cells(alpha: Member) -> None:
    imported(alpha, FULL)
    before = Cooperative.objects.get()

    imported(alpha, "number,town,workers,REA\n7,Bari,,RM2\n")

    after = Cooperative.objects.get()
    assert (after.city, after.workers, after.name) == ("Bari", 12, before.name)
    assert (after.public_id, after.slug) == (before.public_id, before.slug)
    assert after.identifiers.get().value == "RM2"


def test_a_dash_removes_a_register_number(alpha: Member) -> None:
    imported(alpha, FULL)

    imported(alpha, "number,REA\n7,-\n")

    assert Identifier.objects.count() == 0


def test_a_further_register_number_is_added_beside_several(alpha: Member) -> None:
    imported(alpha, FULL)
    forno = Cooperative.objects.get()
    Identifier.objects.create(cooperative=forno, scheme="register", country="IT", value="RM8")

    imported(alpha, "number,REA\n7,RM9\n")

    values = forno.identifiers.order_by("value").values_list("value", flat=True)
    assert list(values) == ["RM1", "RM8", "RM9"]


def test_the_same_list_twice_changes_nothing_and_leaves_no_history(alpha: Member) -> None:
    imported(alpha, FULL)
    before = history(), Context.objects.count(), Cooperative.objects.get().updated_at

    again = imported(alpha, FULL)

    assert outcome(again) == {"new": 0, "changed": 0, "unchanged": 1, "missing": 0, "refused": 0}
    assert (history(), Context.objects.count(), Cooperative.objects.get().updated_at) == before


def test_the_history_says_where_a_change_comes_from(alpha: Member, staff_user: User) -> None:
    rows = table(FULL)

    applying.apply_list(
        member=alpha,
        table=rows,
        mapping=mapping.make_mapping(rows),
        file_name="list.csv",
        by=staff_user,
    )

    events = apps.get_model("cooperatives", "CooperativeEvent")._default_manager
    assert events.values_list("pgh_context__metadata", flat=True).get() == {
        "source": "import_cooperatives",
        "file": "list.csv",
        "member": "alpha",
        "user": staff_user.pk,
    }


def test_missing_cooperatives_are_left_alone(alpha: Member) -> None:
    imported(alpha, numbered(3))

    imported(alpha, numbered(1))

    assert Affiliation.objects.filter(member=alpha, until=None).count() == 3
    assert Cooperative.objects.active().count() == 3


def test_refused_rows_do_not_keep_the_others_out(alpha: Member) -> None:
    done = imported(alpha, "number,name,country\n7,Forno,IT\n8,,IT\n9,Tetti,IT\n")

    assert outcome(done)["refused"] == 1
    assert sorted(Cooperative.objects.values_list("name", flat=True)) == ["Forno", "Tetti"]


def test_an_error_of_the_database_midway_leaves_nothing(alpha: Member) -> None:
    imported(alpha, numbered(1, town="Roma"))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'disk full'; END $$;"
            "CREATE TRIGGER refuse BEFORE UPDATE ON cooperatives_cooperative "
            "FOR EACH ROW EXECUTE FUNCTION refuse();"
        )

    # New rows are written first, then the changed one meets the error.
    with pytest.raises(DatabaseError, match="disk full"):
        imported(alpha, numbered(5, town="Bari"))

    assert list(Cooperative.objects.values_list("city", flat=True)) == ["Roma"]
    assert Affiliation.objects.count() == 1


def test_the_member_is_locked_before_anything_is_read(alpha: Member) -> None:
    with CaptureQueriesContext(connection) as asked:
        imported(alpha, numbered(2))

    statements = [each["sql"] for each in asked if not each["sql"].startswith("SAVEPOINT")]
    assert 'FROM "members_member"' in statements[0]
    assert statements[0].endswith("FOR UPDATE")


def test_importing_asks_as_often_for_a_hundred_rows_as_for_ten(alpha: Member, beta: Member) -> None:
    questions = []

    for member, count in ((alpha, 10), (beta, 100)):
        with CaptureQueriesContext(connection) as asked:
            imported(member, numbered(count, town="Roma"))
            imported(member, numbered(count, town="Bari"))
        questions.append(len(asked))

    assert questions[0] == questions[1]
