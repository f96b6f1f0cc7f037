"""A public postcode does not lead to a house."""

import pytest
from django.test import Client

from cecop.vocabulary.postcodes import postcode_area
from members.models import Member
from tests import factories


@pytest.mark.parametrize(
    ("country", "postcode", "area"),
    [
        ("GB", "HX5 9DB", "HX5"),
        ("GB", "M600AS", "M60"),
        ("GB", "SE1", "SE1"),
        ("GB", "", ""),
        ("IE", "D02 AF30", "D02"),
        ("NL", "1012 AB", "1012"),
        ("MT", "VLT 1117", "VLT"),
        ("IT", "40121", "40121"),
        ("PT", "3830-139", "3830-139"),
    ],
)
def test_only_the_area_of_a_fine_postcode_is_shown(country: str, postcode: str, area: str) -> None:
    assert postcode_area(country, postcode) == area


def test_a_profile_shows_the_area_only(visitor: Client, alpha: Member) -> None:
    shop = factories.cooperative(alpha, country="GB", city="Elland", postcode="HX5 9DB")

    page = visitor.get(shop.get_absolute_url()).content

    assert (b"HX5" in page, b"9DB" in page) == (True, False)
