"""Cooperatives as rows of a file: every public field, names beside codes, who stands for them."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse

from cecop import public
from cecop.exporting import Export, Row
from cecop.faceted import FacetedSearch
from cecop.vocabulary.countries import country_name, country_names
from cecop.vocabulary.postcodes import postcode_area
from cecop.vocabulary.regions import region_names
from cecop.vocabulary.sectors import sector_names
from cooperatives.models import Affiliation, Cooperative, Identifier

FIELDS = public.FIELDS["cooperatives.Cooperative"]

# Public field -> its column where the name differs. No import knows such a column: what is shown
# only in part, or is reckoned from something else, must not come back as a fact.
COLUMNS = {"postcode": "postcode_area", "successor": "successor_public_id"}
STORED = [COLUMNS.get(field, field) for field in FIELDS]

# Codes that have a column with their name beside them.
NAMED = ("country", "region", "sector")
ADDED = (
    *(f"{field}_name" for field in NAMED),
    "profile_url",
    *("members", "member_names", "member_numbers", "member_since"),
    "identifiers",
    # The member's own number, where the list is of one member: by it an import knows the rows.
    "number",
)

# A join would read the whole table once more for each thousand rows.
_SUCCESSOR = Subquery(Cooperative.objects.filter(pk=OuterRef("successor")).values("public_id"))
_ASKED = [_SUCCESSOR if field == "successor" else field for field in FIELDS]
_PUBLIC_ID, _SLUG, _COUNTRY, _REGION, _POSTCODE, _SECTOR = (
    FIELDS.index(name) for name in ("public_id", "slug", "country", "region", "postcode", "sector")
)

Members = tuple[list[str], list[str], list[str], list[str]]
_NOTHING: list[str] = []
_NOBODY: Members = (_NOTHING, _NOTHING, _NOTHING, _NOTHING)


def export(request: HttpRequest, listing: FacetedSearch) -> Export:
    """The export of the cooperatives found."""
    address = request.build_absolute_uri(reverse("cooperatives:cooperative_list"))
    chosen = listing.chosen("member")
    member = chosen[0] if len(chosen) == 1 else ""
    header = ["number", *_header()] if member else list(_header())
    return Export("cooperatives", header, _Reader(header, address, member))


def _header() -> Iterator[str]:
    """The names of the columns, a name beside its code."""
    for column in STORED:
        yield column
        if column in NAMED:
            yield f"{column}_name"
    yield from ADDED[len(NAMED) : -1]


class _Reader:
    """Reads rows by their keys: three questions, however many keys.

    It makes no instances of the models: for 40,000 rows they would take longer than all the rest.
    """

    def __init__(self, header: Sequence[str], address: str, member: str) -> None:
        cells = [*STORED, *ADDED]
        self.in_order = itemgetter(*(cells.index(name) for name in header))
        self.address = address
        self.member = member
        # In the language of the request: another may be in force when the rows are sent.
        self.countries = {code: country_name(code) for code in country_names()}
        self.regions = region_names()
        self.sectors = {code: str(label) for code, label in sector_names().items()}

    def __call__(self, keys: list[int]) -> dict[int, Row]:
        """Key -> cells of the row."""
        found = Cooperative.objects.for_listing().filter(pk__in=keys).values_list(*_ASKED, "pk")
        affiliations, identifiers = _affiliations(keys), _identifiers(keys)
        rows: dict[int, Row] = {}
        for *values, key in found:
            values += self._reckoned(values)
            slugs, names, numbers, since = affiliations.get(key, _NOBODY)
            number = numbers[slugs.index(self.member)] if self.member in slugs else ""
            values += (slugs, names, numbers, since, identifiers.get(key, _NOTHING), number)
            rows[key] = self.in_order(values)
        return rows

    def _reckoned(self, values: list[Any]) -> list[str]:
        """The names of codes and the address of the profile; cuts the postcode to its area."""
        country = values[_COUNTRY]
        values[_POSTCODE] = postcode_area(country, values[_POSTCODE])
        return [
            self.countries.get(country, country),
            self.regions.get(values[_REGION], values[_REGION]),
            self.sectors.get(values[_SECTOR], values[_SECTOR]),
            f"{self.address}{values[_PUBLIC_ID]}/{values[_SLUG]}/",
        ]


def _affiliations(keys: list[int]) -> dict[int, Members]:
    """Cooperative -> slugs, names, numbers, days since when, of who represents it today."""
    tied: dict[int, Members] = {}
    found = Affiliation.objects.of_today().filter(cooperative__in=keys)
    columns = ("cooperative", "member__slug", "member__name", "number", "since")
    for key, *cells, since in found.values_list(*columns):
        members = tied.setdefault(key, ([], [], [], []))
        for column, cell in zip(members, (*cells, since.isoformat() if since else ""), strict=True):
            column.append(cell)
    return tied


def _identifiers(keys: list[int]) -> dict[int, list[str]]:
    """Cooperative -> its official numbers, each as ``scheme:country:number``."""
    tied: dict[int, list[str]] = {}
    found = Identifier.objects.filter(cooperative__in=keys).order_by("scheme", "country", "value")
    for key, *parts in found.values_list("cooperative", "scheme", "country", "value"):
        tied.setdefault(key, []).append(":".join(parts))
    return tied
