"""The addresses that a list offers: to take a choice away, for another order, for other pages."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise, cached_property

from cecop import listing
from cecop.finding.selection import BY_NAME, BY_RANK
from cecop.listing import Found, Link


class ListLinks:
    """What a search (cecop.faceted) says of its own address."""

    orders: ClassVar[dict[str, str | Promise]]
    address: listing.Address
    labels: Mapping[str, Mapping[str, str]]
    found: Found

    @property
    def text(self) -> str:
        """The words searched for."""
        return self.address.parameters.get("q", "")

    @property
    def order(self) -> str:
        """The order in force: the one chosen, else by rank for a text and by name without."""
        return self.sort or (BY_RANK if self.text else BY_NAME)

    def chosen(self, name: str) -> list[str]:
        """The values chosen of a facet."""
        return self.address.parameters.getlist(name)

    @cached_property
    def chips(self) -> list[Link]:
        """What is chosen, each with the address that takes it away."""
        return [
            Link(labels[value], self.address.without(name, value))
            for name, labels in self.labels.items()
            for value in self.chosen(name)
        ]

    @property
    def chosen_count(self) -> int:
        """How many values are chosen in all facets."""
        return len(self.chips)

    @property
    def clear_url(self) -> str:
        """The address with nothing chosen and nothing searched."""
        return self.address.path

    @property
    def action_url(self) -> str:
        """Where the form of filters goes."""
        return self.address.path

    @property
    def sort(self) -> str:
        """The order chosen; empty for the usual one."""
        return self.address.parameters.get("sort", "")

    @property
    def sorts(self) -> list[Link]:
        """The orders, the one in force marked; by rank only where there is a text."""
        usual = BY_RANK if self.text else BY_NAME
        return [
            Link(
                str(label),
                self.address.with_values(sort=[] if name == usual else [name]),
                name == self.order,
            )
            for name, label in self.orders.items()
            if name != BY_RANK or self.text
        ]

    @property
    def page_links(self) -> list[Link | None]:
        """Links to the pages; None stands for a gap."""
        return listing.page_links(self.found.page, self.address)

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        page = self.found.page
        return listing.page_url(self.address, page.number - 1) if page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        page = self.found.page
        return listing.page_url(self.address, page.number + 1) if page.has_next() else ""
