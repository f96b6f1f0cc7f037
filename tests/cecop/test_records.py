"""Times and history are kept by the database, also for bulk writes and plain SQL."""

from datetime import timedelta

import pghistory
from django.db import connection
from django.utils import timezone

from cooperatives.models import Cooperative
from members.models import Member, MemberName
from tests import factories


def labels(record: Cooperative | Member) -> list[str]:
    """What happened to a record, oldest first."""
    return list(record.events.order_by("pgh_id").values_list("pgh_label", flat=True))  # type: ignore[union-attr]


def test_the_time_of_creation_is_never_rewritten(alpha: Member) -> None:
    shop = factories.cooperative(alpha)
    shop.refresh_from_db()
    created = shop.created_at

    shop.created_at = timezone.now() - timedelta(days=999)
    shop.city = "Bologna"
    shop.save()

    shop.refresh_from_db()
    assert shop.created_at == created


def test_saving_without_a_change_leaves_no_trace(alpha: Member) -> None:
    shop = factories.cooperative(alpha)
    shop.refresh_from_db()
    before = shop.updated_at

    shop.save()

    shop.refresh_from_db()
    assert (shop.updated_at, labels(shop)) == (before, ["insert"])


def test_a_change_moves_the_time_of_the_last_change(db: None) -> None:
    long_ago = timezone.now() - timedelta(days=999)
    shop = factories.cooperative(updated_at=long_ago)

    Cooperative.objects.update(city="Bologna")

    shop.refresh_from_db()
    assert timezone.now() - shop.updated_at < timedelta(minutes=1)


def test_every_way_of_writing_leaves_a_trace(alpha: Member) -> None:
    shop = factories.cooperative(alpha)
    shop.city = "Bologna"
    shop.save()
    Cooperative.objects.filter(pk=shop.pk).update(city="Modena")
    shop.city = "Parma"
    Cooperative.objects.bulk_update([shop], ["city"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cooperatives_cooperative SET city = 'Ferrara'")

    cities = list(shop.events.order_by("pgh_id").values_list("city", flat=True))  # type: ignore[attr-defined]

    assert cities == ["", "Bologna", "Modena", "Parma", "Ferrara"]


def test_a_bulk_insert_leaves_a_trace(db: None) -> None:
    Cooperative.objects.bulk_create(
        [Cooperative(name=f"C{number}", slug="c", country="IT") for number in range(3)]
    )

    assert [labels(shop) for shop in Cooperative.objects.all()] == [["insert"]] * 3


def test_a_deleted_row_stays_in_the_history(alpha: Member) -> None:
    name = MemberName.objects.create(member=alpha, name="Old", kind="former")
    key = name.pk
    name.delete()

    events = MemberName.events.rel.related_model.objects.filter(pgh_obj_id=key)  # type: ignore[attr-defined]

    assert [event.pgh_label for event in events.order_by("pgh_id")] == ["insert", "delete"]


def test_the_history_says_through_what_and_by_whom(alpha: Member) -> None:
    person = factories.user()

    with pghistory.context(user=person.pk, source="test"):
        Member.objects.filter(pk=alpha.pk).update(city="Roma")

    event = alpha.events.order_by("pgh_id").last()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata == {"user": person.pk, "source": "test"}


def test_names_are_folded_for_searching_and_sorting(db: None) -> None:
    made = factories.cooperative(
        name="«Żółć» – Società  Cooperativa", other_names=["Кооперация Ново"], city="Łódź"
    )

    made.refresh_from_db()

    assert made.sort_name == "zolc societa cooperativa"
    assert made.search == "zolc societa cooperativa кооперация ново lodz"
