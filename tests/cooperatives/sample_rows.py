"""What the tests of the samples share: CECOP's published members, and rows to compare."""

import json
from typing import Any

from django.conf import settings

from cooperatives.models import Cooperative
from cooperatives.sample.generator import Sample


def published_members() -> list[dict[str, Any]]:
    """Columns of the members that ``load_members`` publishes."""
    path = settings.BASE_DIR / "members" / "data" / "members.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    columns = ("slug", "name", "country", "types", "role")
    return [
        {column: entry[column] for column in columns}
        for entry in entries
        if entry["status"] == "published"
    ]


def columns_of(sample: Sample) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """Every column of a sample that the generator fills, and of its affiliations."""
    cooperative = sample.cooperative
    columns = {
        field.attname: getattr(cooperative, field.attname)
        for field in Cooperative._meta.local_concrete_fields
        if not (field.primary_key or field.generated or field.has_db_default())
    }
    return columns, [
        (row.member.slug, row.number, row.since, row.until) for row in sample.affiliations
    ]
