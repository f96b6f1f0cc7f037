"""What the browser tests show: the real members and some cooperatives."""

from datetime import date
from io import StringIO

from django.core.management import call_command

from members.models import Contact, Member
from tests import factories


def fill() -> dict[str, str]:
    """Makes what the pages show; answers the addresses that are not known beforehand."""
    call_command("load_members", verbosity=0, stdout=StringIO())
    italian = Member.objects.get(slug="legacoop-sociali")
    for number in range(30):
        factories.cooperative(
            italian,
            name=f"La Quercia {number}, cooperativa sociale",
            types=["worker", "social"],
            region="ITH5",
            city="Bologna",
            sector="87",
            workers=number,
            is_sample=number % 2 == 0,
        )
    factories.member(name="Former federation", slug="former", status="former")
    Contact.objects.create(member=italian, name="Ada Example", consented_on=date(2026, 1, 2))
    shop = factories.cooperative(
        italian, name="Sträßchen " * 12, other_names=["Old name"], legal_form="Coop. sociale A"
    )
    merged = factories.cooperative(italian, name="Old one", status="merged", successor=shop)
    return {"cooperative": shop.get_absolute_url(), "merged": merged.get_absolute_url()}
