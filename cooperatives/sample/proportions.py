"""CECOP's published totals, and how any number of samples keeps their proportions."""

from collections.abc import Sequence

from cecop.vocabulary.types import CooperativeType

# As published: the types overlap, so they add up to more than the enterprises.
ENTERPRISES = 40_000
WORKER = 35_000
SOCIAL = 12_000
SELF_EMPLOYED = 1_000
WORKERS = 1_300_000
WORKERS_IN_SOCIAL = 270_000

# Nothing says which types overlap; worker and social ones are the only pair common enough.
WORKER_AND_SOCIAL = WORKER + SOCIAL + SELF_EMPLOYED - ENTERPRISES

Group = tuple[CooperativeType, ...]
GROUPS: dict[Group, int] = {
    (CooperativeType.WORKER,): WORKER - WORKER_AND_SOCIAL,
    (CooperativeType.WORKER, CooperativeType.SOCIAL): WORKER_AND_SOCIAL,
    (CooperativeType.SOCIAL,): SOCIAL - WORKER_AND_SOCIAL,
    (CooperativeType.SELF_EMPLOYED,): SELF_EMPLOYED,
}


def is_social(group: Group) -> bool:
    return CooperativeType.SOCIAL in group


def group_sizes(number: int) -> dict[Group, int]:
    """How many of ``number`` cooperatives are of each combination of types."""
    return dict(zip(GROUPS, apportion(number, list(GROUPS.values())), strict=True))


def workers_wanted(number: int, *, social: bool) -> int:
    """The workers of all the social, or all the other, ones of ``number`` cooperatives."""
    published = WORKERS_IN_SOCIAL if social else WORKERS - WORKERS_IN_SOCIAL
    return round(published * number / ENTERPRISES)


def apportion(total: int, weights: Sequence[float], *, at_least: int = 0) -> list[int]:
    """Whole numbers that add up to ``total``, in proportion to the weights (largest remainders).

    Each gets ``at_least`` so many, unless the total is too small for that.
    """
    least = at_least if total >= at_least * len(weights) else 0
    rest = total - least * len(weights)
    exact = [rest * weight / sum(weights) for weight in weights]
    parts = [least + int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: int(exact[place]) - exact[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def scaled(sizes: Sequence[float], total: int) -> list[int]:
    """Sizes as whole numbers of at least 1 that add up to ``total``.

    The largest give or take what rounding leaves over. With fewer than one each, all are 1.
    """
    if not sizes:
        return []
    scale = total / sum(sizes)
    whole = [max(1, int(size * scale)) for size in sizes]
    largest_first = sorted(range(len(sizes)), key=lambda place: -sizes[place])
    left = total - sum(whole)
    for place in largest_first:
        step = left if left < 0 else min(left, 1)
        new = max(1, whole[place] + step)
        left -= new - whole[place]
        whole[place] = new
    return whole
