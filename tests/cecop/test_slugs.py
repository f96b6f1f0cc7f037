"""Addresses can be read whatever the script of the name."""

import pytest

from cecop.slugs import make_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Società à l’Économie", "societa-a-leconomie"),
        ("Spółdzielnia Pracy Łódź, L'Aquila", "spoldzielnia-pracy-lodz-l-aquila"),
        ("Пекарна „Щъркел“ – Велико Търново", "pekarna-shtarkel-veliko-tarnovo"),
        ("Единство", "edinstvo"),
        ("=1+1", "11"),
        ("!!!", "cooperative"),
        ("株式会社", "cooperative"),
        (f"{'a' * 59} b", "a" * 59),
    ],
)
def test_an_address_is_made_from_a_name(name: str, slug: str) -> None:
    assert make_slug(name, "cooperative") == slug
