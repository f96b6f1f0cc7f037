"""A search with facets: parameters of the address -> rows, counts, chips, orders and pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.core.paginator import Page
from django.db.models import OrderBy, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise, cached_property

from cecop import listing
from cecop.listing import Choice, Facet, Link

Labels = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Order:
    """One way of sorting a list; every order ends in the key."""

    label: str | Promise
    columns: tuple[str | OrderBy, ...]


class FacetFilter(django_filters.MultipleChoiceFilter):
    """A filter with several values, any of which may hold; the page counts each value.

    ``vocabulary`` gives value -> label; with ``in_order`` the values keep its order on the page,
    else the most frequent come first.
    """

    def __init__(
        self,
        *args: Any,
        vocabulary: Callable[[], Labels],
        note: str | Promise = "",
        in_order: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"distinct": False} | kwargs)
        self.vocabulary = vocabulary
        self.note = note
        self.in_order = in_order


class FacetedSearch(django_filters.FilterSet):
    """The base of the list pages. Unknown parameters and values are left out, never refused."""

    orders: ClassVar[dict[str, Order]]
    page_size: ClassVar[int] = 25

    def __init__(self, data: QueryDict, rows: QuerySet[Any], path: str) -> None:
        self.asked = data
        self.labels = {
            name: self.vocabulary(name)
            for name, filter_ in self.base_filters.items()
            if isinstance(filter_, FacetFilter)
        }
        known = listing.known_values(data, self.labels | {"sort": self.orders})
        self.address = listing.Address(path, known)
        super().__init__(known, rows)
        for name in self.labels:
            self.filters[name].extra["choices"] = [(value, value) for value in self.chosen(name)]
        self.form.is_valid()

    def vocabulary(self, name: str) -> Labels:
        """Value -> label of a facet."""
        labels: Labels = self.base_filters[name].vocabulary()
        return labels

    @classmethod
    def of(cls, request: HttpRequest, rows: QuerySet[Any]) -> "FacetedSearch":
        """The search that a request asks for."""
        return cls(request.GET, rows, request.path)

    @property
    def text(self) -> str:
        """The words searched for."""
        return self.address.parameters.get("q", "")

    def chosen(self, name: str) -> list[str]:
        """The values chosen of a facet."""
        return self.address.parameters.getlist(name)

    def narrowed(self, without: str = "") -> Any:
        """The rows that fit all filters, or all but one: a facet's own choice hides none of its
        other values."""
        rows = self.queryset.all()
        for name, filter_ in self.filters.items():
            if name != without:
                rows = filter_.filter(rows, self.form.cleaned_data.get(name))
        return rows

    @cached_property
    def rows(self) -> Any:
        """The rows found, in the order asked for."""
        name = self.address.parameters.get("sort", next(iter(self.orders)))
        return self.narrowed().order_by(*self.orders[name].columns)

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for."""
        return listing.page_of(self.rows, self.asked.get("page", ""), self.page_size)

    @property
    def total(self) -> int:
        """How many rows were found."""
        return self.page.paginator.count

    def numbers(self, name: str, rows: Any) -> dict[str, int]:
        """Value -> number of rows, for one facet; a facet that is no plain column says how."""
        return dict(rows.count_by(name))

    @cached_property
    def facets(self) -> list[Facet]:
        """Every facet with its counts."""
        return [self._facet(name, labels) for name, labels in self.labels.items()]

    def _facet(self, name: str, labels: Labels) -> Facet:
        filter_ = self.filters[name]
        counts = self.numbers(name, self.narrowed(without=name))
        chosen = self.chosen(name)
        choices = [
            Choice(value, str(label), counts.get(value, 0), value in chosen)
            for value, label in labels.items()
            if counts.get(value) or value in chosen
        ]
        if not filter_.in_order:
            choices.sort(key=lambda choice: (-choice.count, choice.label))
        return Facet(name, filter_.label, choices, filter_.note)

    @cached_property
    def chips(self) -> list[Link]:
        """What is chosen, each with the address that takes it away."""
        return [
            Link(choice.label, self.address.without(facet.name, choice.value))
            for facet in self.facets
            for choice in facet.choices
            if choice.is_chosen
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
        """The orders, the one in force marked."""
        usual = next(iter(self.orders))
        return [
            Link(
                str(order.label),
                self.address.with_values(sort=[] if name == usual else [name]),
                name == (self.sort or usual),
            )
            for name, order in self.orders.items()
        ]

    @property
    def page_links(self) -> list[Link | None]:
        """Links to the pages; None stands for a gap."""
        return listing.page_links(self.page, self.address)

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        page = self.page
        return listing.page_url(self.address, page.number - 1) if page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        page = self.page
        return listing.page_url(self.address, page.number + 1) if page.has_next() else ""
