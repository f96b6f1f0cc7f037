"""Cooperatives as rows of a table, as the lists and the profiles show them."""

from collections.abc import Iterable

from django.template import engines
from django.utils.safestring import SafeString, mark_safe

from cooperatives.models import Cooperative

MARK = "\x00"


def cooperative_rows(
    cooperatives: Iterable[Cooperative], hide_members: bool = False
) -> list[SafeString]:
    """One row of HTML for each, in the language in force."""
    template = engines["jinja2"].get_template("cooperatives/_rows.html")
    shown = template.render(
        {"cooperatives": cooperatives, "hide_members": hide_members, "mark": MARK}
    )
    # It escapes by itself.
    return [mark_safe(row) for row in shown.split(MARK)[:-1]]  # noqa: S308
