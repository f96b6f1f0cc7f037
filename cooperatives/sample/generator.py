"""Makes the sample cooperatives, without touching the database.

The same number and the same members give the same rows, every column of them, on every machine.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cecop.public_ids import new_public_id
from cecop.slugs import make_slug
from cecop.vocabulary.types import CooperativeType
from cooperatives.choices import CooperativeStatus
from cooperatives.models import Affiliation, Cooperative
from cooperatives.sample import names
from cooperatives.sample.proportions import Group, is_social, scaled, workers_wanted
from cooperatives.sample.spread import Place, representing, seconds, spread
from cooperatives.sample.words import Area, areas
from members.models import Member

# The samples show this year, so that they do not change with the calendar.
YEAR = 2025
# One in so many is closed and counts no workers.
CLOSED_ONE_IN = 200
_WEBSITE_SHARE = 0.55
# Width of the (logarithmic) normal distribution of sizes: many small, few large.
_SIZE_SIGMA = {True: 0.95, False: 1.15}
_MEMBER_SHARES: dict[Group, tuple[float, float]] = {
    (CooperativeType.WORKER,): (0.55, 1.0),
    (CooperativeType.WORKER, CooperativeType.SOCIAL): (0.4, 0.9),
    (CooperativeType.SOCIAL,): (0.15, 0.6),
    (CooperativeType.SELF_EMPLOYED,): (0.9, 1.0),
}


class Sample(NamedTuple):
    """A cooperative and who represents it, not saved yet."""

    cooperative: Cooperative
    affiliations: list[Affiliation]


def sample_public_ids(number: int) -> Iterator[str]:
    """The identifiers of ``number`` samples; another number gives others."""
    chance = random.Random(f"identifiers of {number} samples")
    return (new_public_id(chance) for _place in range(number))


def generate(number: int, members: Sequence[Member]) -> Iterator[Sample]:
    """``number`` samples in CECOP's published proportions, spread over the members.

    Needs at least one member that ``representing()`` accepts.
    """
    chance = random.Random(f"{number} samples")
    ours = representing(members)
    places = spread(number, ours)
    chance.shuffle(places)
    sizes = _workers(chance, places)
    maker = _Maker(chance, ours)
    ids = sample_public_ids(number)
    for place, public_id, workers in zip(places, ids, sizes, strict=True):
        yield maker.make(place, public_id, workers)


def _workers(chance: random.Random, places: Sequence[Place]) -> list[int | None]:
    """Workers of each place; None for the closed ones. The sums are the published ones."""
    workers: list[int | None] = [None] * len(places)
    for social in (True, False):
        ours = [
            index
            for index, place in enumerate(places)
            if is_social(place.group) is social and (index + 1) % CLOSED_ONE_IN
        ]
        drawn = [chance.lognormvariate(0, _SIZE_SIGMA[social]) for _index in ours]
        total = workers_wanted(len(places), social=social)
        for index, size in zip(ours, scaled(drawn, total), strict=True):
            workers[index] = size
    return workers


class _Maker:
    """Makes one sample after the other; remembers names and numbers that are taken."""

    def __init__(self, chance: random.Random, members: Sequence[Member]) -> None:
        self.chance = chance
        self.seconds = seconds(members)
        self.numbers = dict.fromkeys((member.slug for member in members), 0)
        self.taken: set[tuple[str, str]] = set()

    def make(self, place: Place, public_id: str, workers: int | None) -> Sample:
        """The sample for a place; without workers it is a closed one."""
        chance, (member, group) = self.chance, place
        area = self._area(member.country)
        region, city = chance.choice(area.places)
        sector = names.pick_sector(chance, area, group)
        legal_form = names.pick_legal_form(chance, area, group, sector)
        name = self._name(area, legal_form, sector, city)
        slug = make_slug(name)
        founded = int(chance.triangular(names.earliest_year(group, sector), YEAR, 2010))
        cooperative = Cooperative(
            public_id=public_id,
            name=name,
            slug=slug,
            legal_form=legal_form,
            country=member.country,
            region=region,
            city=city,
            types=[kind.value for kind in group],
            sector=sector,
            workers=workers,
            worker_members=self._worker_members(group, workers),
            founded=founded if chance.random() < 0.97 else None,
            website=f"https://{slug}.example/" if chance.random() < _WEBSITE_SHARE else "",
            status=CooperativeStatus.CLOSED if workers is None else CooperativeStatus.ACTIVE,
            is_sample=True,
        )
        affiliations = [
            self._affiliation(cooperative, each, founded)
            for each in self._represented_by(area, place)
        ]
        return Sample(cooperative, affiliations)

    def _area(self, country: str) -> Area:
        there = areas()[country]
        return self.chance.choices(there, [area.weight for area in there])[0]

    def _name(self, area: Area, legal_form: str, sector: str, city: str) -> str:
        """A name that no other sample of the country has, as far as its words go."""
        name = ""
        for _attempt in range(20):
            name = names.make_name(
                self.chance, area, legal_form=legal_form, sector=sector, city=city
            )
            if (area.country, name) not in self.taken:
                break
        self.taken.add((area.country, name))
        return name

    def _worker_members(self, group: Group, workers: int | None) -> int | None:
        if workers is None or self.chance.random() < 0.1:
            return None
        return max(1, round(workers * self.chance.uniform(*_MEMBER_SHARES[group])))

    def _represented_by(self, area: Area, place: Place) -> list[Member]:
        """The member, and now and then a second one of its country."""
        others = self.seconds[place.member.slug, place.group]
        if others and self.chance.random() < area.double:
            return [place.member, self.chance.choice(others)]
        return [place.member]

    def _affiliation(self, cooperative: Cooperative, member: Member, founded: int) -> Affiliation:
        self.numbers[member.slug] += 1
        since = self._day(self.chance.randint(min(founded, YEAR - 1), YEAR - 1))
        closed = cooperative.status == CooperativeStatus.CLOSED
        return Affiliation(
            cooperative=cooperative,
            member=member,
            # No real list has such numbers, so an import never takes a sample for a real one.
            number=f"SAMPLE-{self.numbers[member.slug]:05d}",
            since=since if self.chance.random() < 0.8 else None,
            until=self._day(YEAR) if closed else None,
        )

    def _day(self, year: int) -> date:
        return date(year, self.chance.randint(1, 12), self.chance.randint(1, 28))
