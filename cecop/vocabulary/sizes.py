"""Bands of size by number of workers: those of European business statistics."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Band -> (fewest workers, most workers).
BANDS: dict[str, tuple[int, int | None]] = {
    "1-9": (1, 9),
    "10-49": (10, 49),
    "50-249": (50, 249),
    "250": (250, None),
}
LABELS: dict[str, Promise] = {
    "1-9": _("1–9 workers"),
    "10-49": _("10–49 workers"),
    "50-249": _("50–249 workers"),
    "250": _("250 workers and more"),
}


def size_names() -> dict[str, Promise]:
    """Every band -> its label."""
    return LABELS


def size_band(workers: int | None) -> str:
    """The band of a number of workers; empty when it is not known or nobody works there."""
    fitting = (
        band
        for band, (fewest, most) in BANDS.items()
        if workers and fewest <= workers and (most is None or workers <= most)
    )
    return next(fitting, "")
