"""What must never leave: private fields, drafts, people. Data is made that could leak."""

from datetime import date

import pytest
from django.db import models
from django.test import Client

from cecop import public
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import (
    Contact,
    DeclaredFigures,
    Headline,
    Member,
    MemberName,
    MemberSource,
    MemberText,
    Milestone,
    User,
)
from tests import factories

CANARY = "canary"
PAGES = ["/", "/members/", "/members/alpha/", "/cooperatives/", "/countries/", "/countries/it/"]
PAGES += ["/about/", "/history/", "/fr/members/alpha/"]
MODELS = [
    Affiliation,
    Contact,
    Cooperative,
    DeclaredFigures,
    Headline,
    Identifier,
    Member,
    MemberName,
    MemberSource,
    MemberText,
    Milestone,
]

# Every private field stands here by name, so that a new field must be put on one side by hand.
PRIVATE = {
    "members.Member": {"confirmed_by", "internal_note", "loaded", "sort_name"},
    "members.Contact": {"consented_on"},
    "members.Headline": {"loaded"},
    "members.Milestone": {"loaded"},
    "cooperatives.Cooperative": {
        "street",
        "latitude",
        "longitude",
        "confirmed_by",
        "internal_note",
        "search",
        "sort_name",
    },
}
TECHNICAL = {"id", "created_at", "updated_at"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_public_or_private_by_decision(model: type[models.Model]) -> None:
    label = model._meta.label
    fields = {field.name for field in model._meta.concrete_fields}

    decided = set(public.FIELDS[label]) | PRIVATE.get(label, set())

    assert fields - TECHNICAL == decided - TECHNICAL


def test_no_public_page_shows_a_private_field(visitor: Client, alpha: Member) -> None:
    person = User.objects.create_user(f"{CANARY}-user@cecop.example", name=f"{CANARY} person")
    Member.objects.filter(pk=alpha.pk).update(
        internal_note=f"{CANARY} note",
        loaded={CANARY: CANARY},
        confirmed_by=person,
        confirmed_at=factories.CONFIRMED,
    )
    Contact.objects.create(member=alpha, name=f"{CANARY} name", email=f"{CANARY}@alpha.example")
    factories.representative(alpha)
    shop = factories.cooperative(
        alpha,
        name="Shop",
        street=f"{CANARY} street",
        internal_note=f"{CANARY} note",
        latitude="41.987654",
        longitude="12.987654",
        confirmed_by=person,
        confirmed_at=factories.CONFIRMED,
    )

    pages = [visitor.get(path) for path in [*PAGES, shop.get_absolute_url()]]

    assert [page.status_code for page in pages] == [200] * len(pages)
    seen = b"".join(page.content for page in pages)
    assert [word for word in [CANARY.encode(), b"987654", b"person@"] if word in seen] == []


def test_the_canary_would_be_seen(visitor: Client, alpha: Member) -> None:
    shop = factories.cooperative(alpha, description=f"{CANARY} description")

    page = visitor.get(shop.get_absolute_url())

    assert CANARY.encode() in page.content


def test_a_contact_is_shown_once_consent_is_recorded(visitor: Client, alpha: Member) -> None:
    contact = Contact.objects.create(member=alpha, name="Ada Lovelace", email="ada@alpha.example")
    before = b"Ada Lovelace" in visitor.get("/members/alpha/").content
    contact.consented_on = date(2026, 5, 1)
    contact.save()

    after = b"Ada Lovelace" in visitor.get("/members/alpha/").content

    assert (before, after) == (False, True)


@pytest.mark.parametrize(("day", "status"), [("2999-01-01", "published"), ("2020-01-01", "former")])
def test_a_contact_is_not_shown_before_the_day_nor_for_a_former_member(
    visitor: Client, alpha: Member, day: str, status: str
) -> None:
    Contact.objects.create(member=alpha, name="Ada Lovelace", consented_on=day)
    Member.objects.filter(pk=alpha.pk).update(status=status)

    page = visitor.get("/members/alpha/")

    assert (page.status_code, b"Ada Lovelace" in page.content) == (200, False)


def test_a_draft_is_nowhere(visitor: Client, alpha: Member) -> None:
    draft = factories.member(
        name=f"Draft {CANARY}", slug="draft", status="draft", evidence="unconfirmed"
    )
    shop = factories.cooperative(alpha, draft, name="Shop")

    pages = [visitor.get(path) for path in [*PAGES, shop.get_absolute_url()]]

    assert visitor.get("/members/draft/").status_code == 404
    assert [CANARY.encode() in page.content for page in pages] == [False] * len(pages)
    assert visitor.get("/cooperatives/?member=draft").context["listing"].chosen("member") == []


def test_a_former_member_keeps_its_page_and_leaves_the_list(visitor: Client, alpha: Member) -> None:
    factories.member(name="Old federation", slug="old", status="former")

    listed = visitor.get("/members/").content
    profile = visitor.get("/members/old/")

    assert (b"Old federation" in listed, profile.status_code) == (False, 200)
    assert b"Former member" in profile.content


def test_the_history_of_a_record_is_on_no_public_page(visitor: Client, alpha: Member) -> None:
    alpha.name = "Renamed"
    alpha.save()

    pages = [visitor.get(path) for path in PAGES]

    assert [b"Federazione Alfa" in page.content for page in pages] == [False] * len(pages)
