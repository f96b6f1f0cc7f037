"""Which member represents how many sample cooperatives, and of which types.

The shares are invented: large where members are large, never a statement about a real member.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cecop.vocabulary.types import CooperativeType
from cooperatives.sample.proportions import GROUPS, Group, apportion, group_sizes
from cooperatives.sample.words import areas
from members.choices import MemberRole
from members.models import Member

_ROLE_SHARES = {
    MemberRole.FEDERATION: 1.0,
    MemberRole.SUPPORT_NETWORK: 0.5,
    MemberRole.ENTERPRISE: 0.5,
    MemberRole.OTHER: 0.5,
    MemberRole.FINANCE: 0.0,
}
_ALSO_WITH_WORKER: dict[Group, float] = {
    (CooperativeType.WORKER, CooperativeType.SOCIAL): 0.15,
    (CooperativeType.SELF_EMPLOYED,): 0.05,
}


class Place(NamedTuple):
    """One cooperative to make: who represents it, and its types."""

    member: Member
    group: Group


def representing(members: Sequence[Member]) -> list[Member]:
    """Those that represent cooperatives in a country with words, in an order that never changes."""
    fit = [each for each in members if each.country in areas() and _ROLE_SHARES[_role(each)]]
    return sorted(fit, key=lambda each: (each.country, each.slug))


def fits(member: Member, group: Group) -> float:
    """How readily a member represents a group: 0 never, 1 as its main work."""
    types = set(member.types) or {CooperativeType.WORKER.value}
    if group[-1] in types:
        return 1.0
    # In some countries the worker federations have these too.
    return _ALSO_WITH_WORKER.get(group, 0.0) if CooperativeType.WORKER in types else 0.0


def spread(number: int, members: Sequence[Member]) -> list[Place]:
    """``number`` places, grouped by types and member; members as from ``representing()``."""
    in_country = Counter(member.country for member in members)
    places = []
    for group, size in group_sizes(number).items():
        candidates = [each for each in members if fits(each, group)] or list(members)
        weights = [
            _country_weight(each.country)
            / in_country[each.country]
            * _ROLE_SHARES[_role(each)]
            * (fits(each, group) or 1.0)
            for each in candidates
        ]
        parts = apportion(size, weights, at_least=1)
        for member, part in zip(candidates, parts, strict=True):
            places += [Place(member, group)] * part
    return places


def seconds(members: Sequence[Member]) -> dict[tuple[str, Group], list[Member]]:
    """(slug of a member, types) -> the others in its country that also represent such ones."""
    return {
        (member.slug, group): [
            other
            for other in members
            if other.country == member.country and other is not member and fits(other, group)
        ]
        for member in members
        for group in GROUPS
    }


def _role(member: Member) -> MemberRole:
    return MemberRole(member.role)


def _country_weight(country: str) -> int:
    return sum(area.weight for area in areas()[country])
