"""Bands of size have no gap between them and a label each."""

import pytest

from cecop.vocabulary import sizes


@pytest.mark.parametrize(
    ("workers", "band"),
    [
        (None, ""),
        (0, ""),
        (1, "1-9"),
        (9, "1-9"),
        (10, "10-49"),
        (49, "10-49"),
        (50, "50-249"),
        (249, "50-249"),
        (250, "250"),
        (10**6, "250"),
    ],
)
def test_every_number_of_workers_has_its_band(workers: int | None, band: str) -> None:
    assert sizes.size_band(workers) == band


def test_every_band_has_a_label() -> None:
    assert list(sizes.size_names()) == list(sizes.BANDS)
