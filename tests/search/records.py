"""What is searched, read from the files and not from the database: members and two open lists.

Contains Co-operatives UK open data (ODC-By 1.0) and the SUSY map (public domain), read from the
shared folder and not kept here.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.search.words import bare

LOST_LETTER = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Record:
    """A member or a cooperative: what somebody may type to find it."""

    key: str
    corpus: str
    name: str
    country: str
    town: str = ""
    others: tuple[tuple[str, str], ...] = ()  # (kind, name)
    number: str = ""
    umbrella: str = ""

    @property
    def names(self) -> list[str]:
        """Its name and its other names."""
        return [self.name, *(name for _kind, name in self.others)]

    def of_kind(self, *kinds: str) -> list[str]:
        """Its other names of some kinds."""
        return [name for kind, name in self.others if kind in kinds]


def members() -> list[Record]:
    """The members that the list page shows, by slug."""
    path = settings.BASE_DIR / "members" / "data" / "members.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    return [_member(entry) for entry in entries if entry["status"] == "published"]


def _member(entry: dict[str, Any]) -> Record:
    own = [("english", entry["name_en"]), ("acronym", entry["acronym"])]
    others = [(other["kind"], other["name"]) for other in entry["other_names"]]
    return Record(
        key=entry["slug"],
        corpus="members",
        name=entry["name"],
        country=entry["country"],
        town=entry["city"],
        others=tuple((kind, name) for kind, name in own + others if name),
        umbrella=entry["umbrella"],
    )


def cooperatives(shared_data: Path) -> list[Record]:
    """Both lists, by number."""
    return [*_british(shared_data / "lists" / "coops-uk"), *_susy(shared_data / "lists")]


def _rows(path: Path, *columns: str) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            [" ".join(row[column].split()) for column in columns] for row in csv.DictReader(file)
        ]


def _british(folder: Path) -> list[Record]:
    """The list of 2023; its other names are those that the list of 2017 gives the same number. As
    in an import, names that lost a letter are left out."""
    before = {
        number: [("former", trading_name), ("registered", registered_name)]
        for number, trading_name, registered_name in _rows(
            folder / "organisations_2017.csv",
            "CUK Organisation ID",
            "Trading Name",
            "Registered Name",
        )
    }
    return [
        Record(
            key=number,
            corpus="uk",
            name=name,
            country="GB",
            town=town,
            others=_different(name, before.get(number, [])),
            number=number,
        )
        for number, name, town in _rows(
            folder / "standard_2023-03-02.csv", "Identifier", "Name", "Locality"
        )
        if LOST_LETTER not in name
    ]


def _different(name: str, others: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The names that are not just another spelling of the name or of one before them."""
    known, kept = {bare(name), ""}, []
    for kind, other in others:
        if bare(other) not in known and LOST_LETTER not in other:
            known.add(bare(other))
            kept.append((kind, other))
    return tuple(kept)


def _susy(lists: Path) -> list[Record]:
    folder = lists / "susy-transformap"
    countries = dict(_rows(folder / "expected_country.csv", "source_id", "expected_iso2"))
    return [
        Record(
            key=number,
            corpus="susy",
            name=name,
            country=countries[number],
            town=town,
            number=number,
        )
        for number, name, town in _rows(
            folder / "susy_initiatives_no_contacts.csv", "source_id", "name", "city"
        )
    ]
