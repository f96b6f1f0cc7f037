"""What a person may mean who is still typing: the nearest members and cooperatives."""

from dataclasses import dataclass

from cecop.faceted import in_order
from cecop.templatetags.directory import name_language
from cecop.vocabulary.countries import country_name
from cooperatives.filters import CooperativeSearch
from cooperatives.models import Cooperative
from members.filters import MemberSearch
from members.models import Member

MOST = 5  # of each


@dataclass(frozen=True)
class Suggestion:
    """One entry with a page of its own; ``language`` is that of the name, "" where not known."""

    name: str
    language: str
    detail: str
    country: str
    url: str
    is_sample: bool = False

    @property
    def country_name(self) -> str:
        return country_name(self.country)


@dataclass(frozen=True)
class Suggestions:
    """What fits the letters typed so far, the best first."""

    members: list[Suggestion]
    cooperatives: list[Suggestion]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.members) + len(self.cooperatives)


def suggest(text: str) -> Suggestions:
    """The nearest members of today and active cooperatives, at most five of each."""
    members = MemberSearch.nearest(text, MOST)
    cooperatives = CooperativeSearch.nearest(text, MOST)
    return Suggestions(
        [_of_member(each) for each in in_order(Member.objects.published(), members)],
        [
            _of_cooperative(each)
            for each in in_order(Cooperative.objects.for_listing(), cooperatives)
        ],
    )


def _of_member(member: Member) -> Suggestion:
    detail = member.name_en if member.name_en != member.name else ""
    url = member.get_absolute_url()
    return Suggestion(member.name, member.language, detail, member.country, url)


def _of_cooperative(cooperative: Cooperative) -> Suggestion:
    return Suggestion(
        cooperative.name,
        name_language(cooperative.country),
        cooperative.city,
        cooperative.country,
        cooperative.get_absolute_url(),
        cooperative.is_sample,
    )
