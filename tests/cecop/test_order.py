"""One order of names for all Europe: that of the CLDR root, which pyuca knows."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from pyuca import Collator

from cooperatives.models import Cooperative
from tests import factories

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = (ROOT / "tests/fixtures/names_of_europe.txt").read_text(encoding="utf-8").splitlines()


def places(names: list[str]) -> dict[str, tuple[int, ...]]:
    """The first level of each name: letters, without accents and case; signs are spaces."""
    collator = Collator()
    keys = {}
    for name in names:
        plain = " ".join(re.findall(r"[^\W_]+", name))
        whole = collator.sort_key(plain)
        keys[name] = whole[: whole.index(0)]
    return keys


@pytest.mark.django_db
def test_names_stand_in_the_order_of_the_cldr_root() -> None:
    real = json.loads((ROOT / "members" / "data" / "members.json").read_text(encoding="utf-8"))
    names = list(dict.fromkeys([*NAMES, *(member["name"] for member in real)]))
    for name in names:
        factories.cooperative(name=name)

    found = list(Cooperative.objects.by_name().values_list("name", flat=True))

    expected = places(names)
    wrong = [
        (first, second) for first, second in pairwise(found) if expected[first] > expected[second]
    ]
    assert wrong == []
