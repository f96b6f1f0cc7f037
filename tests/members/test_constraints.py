"""What the database refuses about members, however the row gets there."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from members.models import (
    Contact,
    DeclaredFigures,
    Headline,
    Member,
    MemberName,
    MemberSource,
    MemberText,
    Milestone,
    Representative,
    User,
)
from tests import factories

CITED = {"source_url": "https://www.cecop.coop/"}
HEADLINE = CITED | {"label": "2021", "starts_on": date(2021, 1, 1)}
MILESTONE = CITED | {"year": 1979, "title": "Manchester"}

WRONG_MEMBER: dict[str, dict[str, Any]] = {
    "member_public_id": {"public_id": "ILOU"},
    "member_country": {"country": "it"},
    "member_website": {"website": "javascript:alert(1)"},
    "member_types": {"types": ["worker", "consumer"]},
    "member_sectors": {"sectors": ["Z"]},
    "member_status": {"status": "deleted"},
    "member_kind": {"kind": "partner"},
    "member_role": {"role": "club"},
    "member_evidence": {"evidence": "rumour"},
    "member_founded": {"founded": 1066},
    "member_confirmed": {"confirmed_at": factories.CONFIRMED},
    "member_public_has_evidence": {"evidence_note": ""},
    "member_left_after_joined": {"joined_on": date(2020, 1, 1), "left_on": date(2019, 1, 1)},
    "members_member_slug_key": {"slug": "alpha"},
}


def refusing(model: type[Any], **fields: Any) -> str:
    """The name of the constraint that refuses the row."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.create(**fields)
    name = refused.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return str(name)


@pytest.mark.parametrize("constraint", sorted(WRONG_MEMBER))
def test_the_database_refuses_a_member(alpha: Member, constraint: str) -> None:
    usual = {"name": "M", "slug": "m", "country": "IT", "status": "published"}
    usual |= {"evidence": "seen", "evidence_note": "2021: named as a member"}

    assert refusing(Member, **usual | WRONG_MEMBER[constraint]) == constraint


@pytest.mark.parametrize("status", ["published", "former"])
def test_nothing_is_public_without_evidence(db: None, status: str) -> None:
    fields = {"name": "M", "slug": "m", "country": "IT", "status": status}

    unsaid = refusing(Member, **fields, evidence="unconfirmed", evidence_note="2021: a rumour")

    assert unsaid == "member_public_has_evidence"


def test_a_permanent_identifier_is_given_once(alpha: Member) -> None:
    constraint = refusing(Member, public_id=alpha.public_id, name="M", slug="m", country="IT")

    assert constraint == "members_member_public_id_key"


@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("declared_figures_year", DeclaredFigures, {"year": 3000}),
        ("declared_figures_source", DeclaredFigures, {"source_url": "file:///etc/passwd"}),
        ("declared_figures_women_share", DeclaredFigures, {"women_share": 101}),
        ("declared_figures_worker_members", DeclaredFigures, {"workers": 5, "worker_members": 6}),
        (
            "declared_figures_turnover",
            DeclaredFigures,
            {"enterprises": 17_000, "turnover_eur": 1_300_000},
        ),
        ("members_declaredfigures_workers_check", DeclaredFigures, {"workers": -1}),
        ("member_name_kind", MemberName, {"name": "N", "kind": "nick"}),
        ("member_source_url", MemberSource, {"url": "ftp://example.org/"}),
    ],
)
def test_the_database_refuses_what_belongs_to_a_member(
    alpha: Member, constraint: str, model: type[Any], fields: dict[str, Any]
) -> None:
    assert refusing(model, member=alpha, **fields) == constraint


@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("declared_figures_once", DeclaredFigures, {"year": None}),
        ("member_name_once", MemberName, {"name": "N", "kind": "former"}),
        ("member_text_once", MemberText, {"language": "en"}),
        ("member_source_once", MemberSource, {"url": "https://example.org/"}),
    ],
)
def test_the_database_refuses_the_second_of_a_kind(
    alpha: Member, constraint: str, model: type[Any], fields: dict[str, Any]
) -> None:
    model.objects.create(member=alpha, **fields)

    assert refusing(model, member=alpha, **fields) == constraint


@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("headline_source", Headline, HEADLINE | {"source_url": "cecop"}),
        ("headline_ends_after_start", Headline, HEADLINE | {"ends_on": date(2020, 1, 1)}),
        ("milestone_year", Milestone, MILESTONE | {"year": 1700}),
        ("milestone_source", Milestone, MILESTONE | {"source_url": ""} | {"source_url": "x"}),
        ("milestone_day_in_year", Milestone, MILESTONE | {"happened_on": date(1980, 1, 1)}),
    ],
)
def test_the_database_refuses_a_statement(
    db: None, constraint: str, model: type[Any], fields: dict[str, Any]
) -> None:
    assert refusing(model, **fields) == constraint


def test_only_one_headline_is_on_the_home_page(db: None) -> None:
    Headline.objects.create(**HEADLINE, is_current=True)

    second = HEADLINE | {"label": "2024", "is_current": True}

    assert refusing(Headline, **second) == "headline_current"


@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [("headline_once", Headline, HEADLINE), ("milestone_once", Milestone, MILESTONE)],
)
def test_a_statement_is_kept_once(
    db: None, constraint: str, model: type[Any], fields: dict[str, Any]
) -> None:
    model.objects.create(**fields)

    assert refusing(model, **fields) == constraint


def test_a_person_acts_once_for_a_member_at_a_time(alpha: Member) -> None:
    person = factories.representative(alpha, "editor")

    again = refusing(Representative, user=person, member=alpha, role="manager")
    Representative.objects.update(ended_at=factories.CONFIRMED)
    Representative.objects.create(user=person, member=alpha, role="manager")

    assert again == "representative_once"
    assert Representative.objects.count() == 2


def test_a_representative_is_a_manager_or_an_editor(alpha: Member) -> None:
    person = factories.user()

    constraint = refusing(Representative, user=person, member=alpha, role="owner")

    assert constraint == "representative_role"


def test_an_address_counts_as_the_same_whatever_its_capitals(db: None) -> None:
    User.objects.create_user("ada@alpha.example")

    assert refusing(User, email="ADA@alpha.example") == "user_email_once"


@pytest.mark.parametrize("child", [Contact, DeclaredFigures])
def test_a_member_with_anything_to_its_name_cannot_be_deleted_by_sql(
    alpha: Member, child: type[Any]
) -> None:
    child.objects.create(member=alpha)

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM members_member")
