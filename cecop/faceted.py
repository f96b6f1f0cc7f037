"""A search with facets: parameters of the address -> rows, counts, chips, orders and pages."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, ClassVar

import django_filters
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template import engines
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cecop import listing
from cecop.finding.live import live
from cecop.finding.postings import Postings
from cecop.finding.selection import BY_RANK, Selection
from cecop.finding.texts import Rank, TextSearch
from cecop.finding.words import Query
from cecop.links import ListLinks
from cecop.listing import Choice, Facet, Found
from cecop.records import ModelT
from cecop.said import said

Labels = Mapping[str, str]
MOST_FACETS = 1_000  # kept by each process; about 15 KB each
LONGEST_KEY = 300  # letters; longer addresses are nobody's everyday search
NOTES = {
    "number": _("found by its number"),
    "acronym": _("found by its acronym"),
    "other": _("found by another name"),
    "place": _("found by its place"),
    "member": _("found by the member that represents it"),
    "spelling": _("similar spelling"),
}


class FacetFilter(django_filters.MultipleChoiceFilter):
    """A filter with several values, any of which may hold; the page counts each value.

    ``vocabulary`` gives value -> label; with ``in_order`` the values keep its order on the page,
    else the most frequent come first.
    """

    def __init__(
        self,
        *args: Any,
        vocabulary: Callable[[], Mapping[str, str | Promise]],
        note: str | Promise = "",
        in_order: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"distinct": False} | kwargs)
        self.vocabulary = vocabulary
        self.note = note
        self.in_order = in_order


class FacetedSearch(ListLinks, django_filters.FilterSet):
    """The base of the list pages. Unknown parameters and values are left out, never refused.

    What is found is asked of the index in memory (cecop.finding); only the rows of a page come
    from the database.
    """

    index: ClassVar[str]
    usual: ClassVar[Mapping[str, Sequence[str]]] = {}
    measures: ClassVar[Sequence[str]] = ()
    page_size: ClassVar[int] = 25

    def __init__(self, data: QueryDict, rows: QuerySet[Any], path: str) -> None:
        self.asked = data
        # One state of the index for all that the page says.
        with live.looking(self.index) as postings:
            self.labels = {name: self.vocabulary(name) for name in self.facet_names()}
            known = listing.known_values(data, self.labels | {"sort": self.orders})
            if known.get("sort") == BY_RANK and "q" not in known:
                del known["sort"]
            self.address = listing.Address(path, known)
            # As FilterSet does it, but for its copies of the filters: those are made when asked.
            self.data, self.queryset, self.is_bound = known, rows, True
            self.request, self.form_prefix = None, None
            # Of the same state, so that nothing older gets into what a later one keeps.
            self.kept_facets: dict[str, SafeString] = live.kept("facets", dict)
            self.kept_rows: dict[int, SafeString] = live.kept(
                f"rows of {self.index} {get_language()}", dict
            )
            selection = self.selection(postings)
            self.found = self._look(selection)
            if self._facets_key not in self.kept_facets:
                self.all_counts = self._count(selection)

    @cached_property
    def filters(self) -> dict[str, django_filters.Filter]:
        """The filters of this search alone, for a form."""
        return deepcopy(self.base_filters)

    @classmethod
    def of(cls, request: HttpRequest, rows: QuerySet[Any]) -> "FacetedSearch":
        """The search that a request asks for."""
        return cls(request.GET, rows, request.path)

    @classmethod
    def facet_names(cls) -> list[str]:
        """The facets in the order of the page."""
        return [n for n, each in cls.base_filters.items() if isinstance(each, FacetFilter)]

    def vocabulary(self, name: str) -> Labels:
        """Value -> label of a facet, in the reader's language."""
        return said(f"{type(self).__name__}.{name}", self.base_filters[name].vocabulary)

    def selection(self, postings: Postings) -> Selection:
        """What the index finds; to be used only while looking at it."""
        chosen = {name: self.terms(name) or self.usual.get(name, ()) for name in self.labels}
        return Selection(postings, chosen, self.ranks(postings, self.text) if self.text else None)

    def terms(self, name: str) -> list[str]:
        """The terms of the index for what is chosen of a facet."""
        return self.chosen(name)

    @classmethod
    def ranks(cls, postings: Postings, text: str) -> list[Rank]:
        """What the words searched for find."""
        return TextSearch(postings, Query(text)).ranks()

    @classmethod
    def nearest(cls, text: str, number: int) -> list[int]:
        """The keys of so many records that the words find, the best first."""
        with live.looking(cls.index) as postings:
            selection = Selection(postings, cls.usual, cls.ranks(postings, text))
            return selection.keys(BY_RANK, 0, min(number, len(selection.found)))

    def keys(self) -> list[int]:
        """The keys of all that is found, in the order asked for."""
        with live.looking(self.index) as postings:
            return self.selection(postings).keys(self.order)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows found, as django-filter asks for them."""
        return queryset.filter(pk__in=self.keys())

    def _look(self, selection: Selection) -> Found:
        total = len(selection.found)
        page = listing.page_of(total, self.asked.get("page", ""), self.page_size)
        keys = selection.keys(self.order, page.start_index() - 1, page.end_index()) if total else []
        return Found(
            page=page,
            keys=keys,
            totals={measure: selection.total(measure) for measure in self.measures},
            reasons={key: selection.reason(key) for key in keys if self.text},
            details=self.details(keys, selection),
        )

    @cached_property
    def all_counts(self) -> dict[str, dict[str, int]]:
        """Facet -> value -> number of records; counted only when the facets were not kept."""
        with live.looking(self.index) as postings:
            return self._count(self.selection(postings))

    def _count(self, selection: Selection) -> dict[str, dict[str, int]]:
        return {name: self.counts(name, selection) for name in self.labels}

    def counts(self, name: str, selection: Selection) -> dict[str, int]:
        """Value -> number of records, for one facet."""
        return selection.counts(name)

    def details(self, keys: Sequence[int], selection: Selection) -> dict[int, dict[str, Any]]:
        """Key -> what a row is given beside its columns."""
        return {}

    def note(self, reason: str, row: Any) -> str:
        """Why the words found a row, in words; nothing where its name says it."""
        return str(NOTES.get(reason, ""))

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for, with its rows."""
        page = self.found.page
        page.object_list = self.fetched(self.found.keys)
        return page

    def fetched(self, keys: Sequence[int]) -> list[Any]:
        """Rows of the page, with what the index tells about them."""
        rows = in_order(self.queryset, keys)
        for row in rows:
            vars(row).update(self.found.details.get(row.pk, {}))
            if self.text:
                row.found_note = self.note(self.found.reasons[row.pk], row)
        return rows

    @property
    def total(self) -> int:
        """How many rows were found."""
        return self.found.page.paginator.count

    @cached_property
    def facets(self) -> list[Facet]:
        """Every facet with its counts."""
        return [self._facet(name, labels) for name, labels in self.labels.items()]

    @property
    def _facets_key(self) -> str:
        """What the facets depend on: all but the order and the page, and the language."""
        return f"{get_language()} {self.address.with_values(sort=[])}"

    @property
    def facets_html(self) -> SafeString:
        """The facets as they are shown, kept until something changes: all the pages of a list, in
        any order, have the same."""
        kept, key = self.kept_facets, self._facets_key
        shown = kept.get(key)
        if shown is None:
            template = engines["jinja2"].get_template("_facets.html")
            # It escapes by itself.
            shown = mark_safe(template.render({"listing": self}))  # noqa: S308
            if len(kept) >= MOST_FACETS:
                kept.clear()
            if len(key) <= LONGEST_KEY:
                kept[key] = shown
        return shown

    def _facet(self, name: str, labels: Labels) -> Facet:
        filter_ = self.base_filters[name]
        chosen = self.chosen(name)
        counted = self.all_counts[name]
        counts = counted | {value: counted.get(value, 0) for value in chosen}
        choices = [
            Choice(value, labels[value], number, value in chosen)
            for value, number in counts.items()
            if value in labels
        ]
        if filter_.in_order:
            places = {value: place for place, value in enumerate(labels)}
            choices.sort(key=lambda choice: places[choice.value])
        else:
            choices.sort(key=lambda choice: (-choice.count, choice.label))
        return Facet(name, filter_.label, choices, filter_.note)


def in_order(rows: QuerySet[ModelT], keys: Sequence[int]) -> list[ModelT]:
    """The rows with these keys, in the order of the keys; one may have gone meanwhile."""
    found = {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]
