"""Permanent identifiers find typing mistakes."""

import random

from hypothesis import given
from hypothesis import strategies as st

from cecop.public_ids import ALPHABET, LENGTH, is_public_id, new_public_id

seeds = st.integers(0, 2**32).map(lambda seed: new_public_id(random.Random(seed)))


@given(seeds)
def test_it_makes_what_it_accepts(value: str) -> None:
    assert (len(value), set(value) <= set(ALPHABET), is_public_id(value)) == (LENGTH, True, True)


@given(seeds, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(value: str, place: int, other: str) -> None:
    mistyped = value[:place] + other + value[place + 1 :]

    assert is_public_id(mistyped) is (mistyped == value)


@given(st.text(max_size=20))
def test_anything_else_is_refused_without_an_error(value: str) -> None:
    assert is_public_id(value) in (True, False)


def test_a_seed_gives_the_same_identifiers_again() -> None:
    assert new_public_id(random.Random(7)) == new_public_id(random.Random(7))


def test_two_are_not_alike() -> None:
    assert len({new_public_id() for _number in range(1000)}) == 1000
