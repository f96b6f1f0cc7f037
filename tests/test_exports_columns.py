"""The columns of the exports: every public field, what is tied to a row, and nothing private."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cecop import public
from cooperatives.models import Affiliation, Cooperative, Identifier
from members.models import DeclaredFigures, Member, User
from tests import factories
from tests.exported import FORMATS, LISTS, data_of, objects, unpacked

CANARY = "canary"

# Public field -> the column that holds it, where that is not the field of the row itself.
COLUMNS = {
    "cooperatives.Cooperative.postcode": "postcode_area",
    "cooperatives.Cooperative.successor": "successor_public_id",
    "cooperatives.Affiliation.member": "members",
    "cooperatives.Affiliation.number": "member_numbers",
    "cooperatives.Affiliation.since": "member_since",
    "cooperatives.Identifier.scheme": "identifiers",
    "cooperatives.Identifier.country": "identifiers",
    "cooperatives.Identifier.value": "identifiers",
    "members.MemberName.name": "other_names",
    "members.MemberText.language": "text_language",
    "members.MemberText.summary": "summary",
    "members.MemberText.description": "description",
    "members.MemberSource.url": "sources",
}
# These are left out on purpose.
LEFT_OUT = {
    "cooperatives.Affiliation.cooperative": "the row is about one",
    "cooperatives.Affiliation.until": "an export says who represents it today",
    "cooperatives.Identifier.cooperative": "the row is about one",
    "members.Member.logo": "no page shows logos yet",
    "members.MemberName.member": "the row is about one",
    "members.MemberName.kind": "the profile says it",
    "members.MemberName.language": "the profile says it",
    "members.MemberName.note": "the profile says it",
    "members.MemberText.member": "the row is about one",
    "members.MemberSource.member": "the row is about one",
    "members.MemberSource.fields": "the profile says it",
    "members.MemberSource.note": "the profile says it",
    "members.MemberSource.checked_on": "the profile says it",
    "members.DeclaredFigures.member": "the row is about one",
}
# People agreed to stand on a page, not in lists to take away; the others are rows of no list.
NO_PART = {"members.Contact", "members.Headline", "members.Milestone"}


def column(label: str, field: str) -> str:
    """The column in which a public field is exported."""
    if label == "members.DeclaredFigures":
        return f"declared_{field}"
    same = field if label in ("cooperatives.Cooperative", "members.Member") else ""
    return COLUMNS.get(f"{label}.{field}", same)


def test_every_public_field_is_exported_or_left_out_with_a_reason(
    visitor: Client, alpha: Member
) -> None:
    factories.cooperative(alpha)
    told = {path.strip("/"): set(objects(visitor, path)[0]) for path in LISTS}

    missing = {
        f"{label}.{field}"
        for label in set(public.FIELDS) - NO_PART
        for field in public.FIELDS[label]
        if column(label, field) not in told[label.split(".")[0]]
    }

    assert missing == set(LEFT_OUT)


def test_columns_stand_in_the_order_of_the_allow_list(visitor: Client, alpha: Member) -> None:
    factories.cooperative(alpha)

    headers = [list(objects(visitor, path)[0])[:5] for path in LISTS]

    assert headers == [
        ["public_id", "slug", "name", "language", "name_en"],
        ["public_id", "slug", "name", "other_names", "legal_form"],
    ]


def test_a_cooperative_is_told_with_all_that_is_public(visitor: Client, alpha: Member) -> None:
    new = factories.cooperative(name="New shop")
    shop = factories.cooperative(
        alpha,
        name="Old shop",
        slug="old-shop",
        country="GB",
        region="TLC",
        postcode="HX5 9DB",
        sector="81",
        status="merged",
        successor=new,
        is_sample=True,
    )
    Affiliation.objects.filter(cooperative=shop).update(number="=7", since="2020-02-03")
    Affiliation.objects.create(
        cooperative=shop, member=factories.member(name="Gone"), number="9", until="2021-01-01"
    )
    Identifier.objects.create(cooperative=shop, scheme="register", country="GB", value="RS001")

    [row] = objects(visitor, "/cooperatives/?status=merged")

    expected = {
        "public_id": shop.public_id,
        "country": "GB",
        "country_name": "United Kingdom",
        "region": "TLC",
        "region_name": "North East England",
        "postcode_area": "HX5",
        "sector": "81",
        "sector_name": "Services to buildings and landscape activities",
        "types": ["worker"],
        "workers": None,
        "website": None,
        "is_sample": True,
        "successor_public_id": new.public_id,
        "profile_url": f"http://testserver{shop.get_absolute_url()}",
        "members": ["alpha"],
        "member_names": ["Federazione Alfa"],
        "member_numbers": ["=7"],
        "member_since": ["2020-02-03"],
        "identifiers": ["register:GB:RS001"],
        "updated_at": Cooperative.objects.get(pk=shop.pk).updated_at.isoformat(),
    }
    assert {name: row[name] for name in expected} == expected


def test_a_member_is_told_with_its_newest_figures(visitor: Client, alpha: Member) -> None:
    for year, enterprises in [(2019, 5), (2021, 7)]:
        DeclaredFigures.objects.create(
            member=alpha,
            year=year,
            enterprises=enterprises,
            women_share="47.5",
            source_url=f"https://alpha.example/{year}",
        )
    alpha.names.create(name="Alfa vecchia", kind="former")
    alpha.sources.create(url="https://alpha.example/")
    alpha.texts.create(language="it", summary="Riassunto")
    alpha.texts.create(language="en", summary="Summary")
    Member.objects.filter(pk=alpha.pk).update(sectors=["C"], joined_on=date(1990, 1, 2))

    [row] = objects(visitor, "/members/")

    expected = {
        "slug": "alpha",
        "profile_url": f"http://testserver{alpha.get_absolute_url()}",
        "country_name": "Italy",
        "sectors": ["C"],
        "sector_names": ["Manufacturing"],
        "joined_on": "1990-01-02",
        "other_names": ["Alfa vecchia"],
        "sources": ["https://alpha.example/"],
        "text_language": "en",
        "summary": "Summary",
        "declared_year": 2021,
        "declared_enterprises": 7,
        "declared_women_share": 47.5,
        "declared_source_url": "https://alpha.example/2021",
    }
    assert {name: row[name] for name in expected} == expected
    assert objects(visitor, "/it/members/")[0]["summary"] == "Riassunto"


def test_a_member_without_figures_and_texts_has_empty_cells(visitor: Client, alpha: Member) -> None:
    [row] = objects(visitor, "/members/")

    empty = ["declared_year", "declared_source_url", "summary", "text_language", "founded"]
    assert {name: row[name] for name in empty} == dict.fromkeys(empty)


@pytest.mark.parametrize("kind", FORMATS)
def test_no_export_holds_a_private_value(visitor: Client, alpha: Member, kind: str) -> None:
    person = User.objects.create_user(f"{CANARY}-user@cecop.example", name=f"{CANARY} person")
    hidden = {"internal_note": CANARY, "confirmed_by": person, "confirmed_at": factories.CONFIRMED}
    Member.objects.filter(pk=alpha.pk).update(loaded={CANARY: CANARY}, **hidden)
    alpha.contacts.create(name=f"{CANARY} name", consented_on="2020-01-01")
    draft = factories.member(name=f"{CANARY} draft", status="draft", evidence="unconfirmed")
    factories.cooperative(
        alpha,
        draft,
        name="Shop",
        street=f"{CANARY} street",
        latitude="41.987654",
        longitude="12.987654",
        **hidden,
    )

    with CaptureQueriesContext(connection) as asked:
        data = [data_of(visitor, f"{path}?format={kind}") for path in LISTS]

    seen = b"".join(unpacked(each) for each in data)
    assert [word for word in (CANARY.encode(), b"987654", b"draft") if word in seen] == []
    private = ['"street"', "internal_note", "latitude", "confirmed_by", '"loaded"', "consented_on"]
    questions = " ".join(query["sql"] for query in asked).replace('members_member"."street"', "")
    assert [name for name in private if name in questions] == []


def test_the_canary_would_be_seen(visitor: Client, alpha: Member) -> None:
    factories.cooperative(alpha, description=CANARY)

    data = [unpacked(data_of(visitor, f"/cooperatives/?format={kind}")) for kind in FORMATS]

    assert [CANARY.encode() in each for each in data] == [True] * 3


def test_names_of_codes_are_in_the_language_of_the_page(visitor: Client, alpha: Member) -> None:
    factories.cooperative(alpha, slug="shop")
    french = visitor.get("/fr/cooperatives/?format=json")
    visitor.get("/cooperatives/")

    row = json.loads(b"".join(french))

    assert row["country_name"] == "Italie"
    assert row["profile_url"] == f"http://testserver/fr/cooperatives/{row['public_id']}/shop/"
