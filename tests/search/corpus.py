"""Puts what is searched into the database; answers key of a row -> key of its record."""

from collections.abc import Sequence
from io import StringIO

from django.core.management import call_command

from cecop import records as stored
from cecop.slugs import make_slug
from cooperatives.models import Affiliation, Cooperative
from members.models import Member
from tests import factories
from tests.search.records import Record

BATCH = 1_000


def put_members() -> dict[int, str]:
    """The real members, as ``load_members`` loads them."""
    call_command("load_members", stdout=StringIO())
    return dict(Member.objects.published().values_list("pk", "slug"))


def put_cooperatives(records: Sequence[Record]) -> dict[int, str]:
    """Cooperatives with a name, other names, a place and the number that a member gave them."""
    givers = {
        "uk": factories.member(name="Co-operatives UK", slug="co-operatives-uk", country="GB"),
        "susy": factories.member(name="SUSY", slug="susy", country="BE"),
    }
    rows = Cooperative.objects.bulk_create(
        [
            Cooperative(
                name=record.name,
                slug=make_slug(record.name, "cooperative"),
                other_names=record.names[1:],
                country=record.country,
                city=record.town,
            )
            for record in records
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(rows, records, strict=True))
    Affiliation.objects.bulk_create(
        [
            Affiliation(cooperative=row, member=givers[record.corpus], number=record.number)
            for row, record in pairs
        ],
        batch_size=BATCH,
    )
    stored.refresh_statistics(Cooperative, Affiliation)
    return {row.pk: record.key for row, record in pairs}
