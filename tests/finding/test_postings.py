"""The sets of documents give the same answers as plain lists of them."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from cecop.finding.measures import Measure
from cecop.finding.postings import Document, Postings
from cecop.finding.selection import Selection

COLOURS = ["red", "green", "blue"]


@dataclass
class Plain:
    """Documents as plain Python."""

    documents: dict[int, Document] = field(default_factory=dict)

    def by_name(self, colours: list[str]) -> list[int]:
        """The keys of those with any of the colours, by name and key."""
        found = [
            d
            for d in self.documents.values()
            if not colours or set(colours) & set(d.terms["colour"])
        ]
        return [d.key for d in sorted(found, key=lambda d: (d.name, d.key))]

    def by_size(self, colours: list[str]) -> list[int]:
        """The same, the largest first, those without a size last."""
        keys = self.by_name(colours)
        sizes = {key: self.documents[key].numbers["size"] for key in keys}
        known = sorted((k for k in keys if sizes[k] is not None), key=lambda k: -(sizes[k] or 0))
        return known + [k for k in keys if sizes[k] is None]


documents = st.builds(
    Document,
    key=st.integers(1, 30),
    name=st.sampled_from(["a", "b", "ba", "c", "é", "я"]),
    terms=st.fixed_dictionaries({"colour": st.lists(st.sampled_from(COLOURS), unique=True)}),
    numbers=st.fixed_dictionaries(
        {"size": st.none() | st.integers(0, 2**40 - 1) | st.integers(0, 3)}
    ),
)
batches = st.lists(documents, max_size=12, unique_by=lambda d: d.key)
changes = st.tuples(st.sets(st.integers(1, 30), max_size=6), batches)


@given(batches, st.lists(changes, max_size=5), st.lists(st.sampled_from(COLOURS), unique=True))
def test_it_answers_as_plain_lists_do_after_any_changes(
    first: list[Document], later: list[tuple[set[int], list[Document]]], colours: list[str]
) -> None:
    plain = Plain({d.key: d for d in first})
    postings = Postings(sorted(first, key=lambda d: (d.name, d.key)))
    for gone, new in later:
        keys = gone | {d.key for d in new}
        plain.documents = {k: d for k, d in plain.documents.items() if k not in keys}
        plain.documents |= {d.key: d for d in new}
        postings.replace(keys, sorted(new, key=lambda d: (d.name, d.key)))
    chosen = Selection(postings, {"colour": colours})
    everything = Selection(postings, {})

    expected = plain.by_name(colours)
    assert chosen.keys("name") == expected
    assert chosen.keys("size") == plain.by_size(colours)
    for start in range(len(expected) + 1):
        assert chosen.keys("name", start, start + 3) == expected[start : start + 3]
        assert chosen.keys("size", start, start + 3) == plain.by_size(colours)[start : start + 3]
    assert everything.counts("colour") == {
        colour: len(found) for colour in COLOURS if (found := plain.by_name([colour]))
    }
    assert chosen.total("size") == sum(plain.documents[k].numbers["size"] or 0 for k in expected)
    assert [postings.slot(k) is not None for k in range(32)] == [
        k in plain.documents for k in range(32)
    ]
    for name in ("a", "b", "é", "zz"):
        same = [d.key for d in plain.documents.values() if d.name == name]
        assert sorted(postings.key(slot) for slot in postings.named(name)) == sorted(same)


def test_a_choice_hides_no_other_value_of_its_facet() -> None:
    postings = Postings(
        [
            Document(1, "a", {"colour": ["red"], "form": ["round"]}),
            Document(2, "b", {"colour": ["blue"], "form": ["flat"]}),
        ]
    )
    chosen = Selection(postings, {"colour": ["red"]})

    assert (chosen.counts("colour"), chosen.counts("form")) == ({"red": 1, "blue": 1}, {"round": 1})


@given(
    st.dictionaries(st.integers(0, 99), st.integers(0, 2**20), min_size=1),
    st.dictionaries(st.integers(100, 200), st.integers(0, 2**20)),
    st.data(),
)
def test_the_largest_numbers_are_the_largest(
    among: dict[int, int], others: dict[int, int], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(among) - 1))
    measure = Measure()
    measure.add([*among, *others], [*among.values(), *others.values()])

    larger, same = measure.above(BitMap(range(100)), place)

    at = sorted(among.values(), reverse=True)[place]
    assert set(larger) == {slot for slot, number in among.items() if number > at}
    assert set(same) == {slot for slot, number in among.items() if number == at}
