"""The labelled queries keep to their rules; nothing is searched here."""

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.search import labels, rules, variants, words
from tests.search.conftest import Labelled
from tests.search.index import Index
from tests.search.labels import Query
from tests.search.records import Record

LEAST_QUERIES = 300


def record(name: str) -> Record:
    """A record that needs nothing but its name."""
    return Record(key=name, corpus="uk", name=name, country="GB")


def right(judgement: rules.Judgement, text: str, *names: str) -> set[str]:
    """The right records among those of the names, the first of which gave the text."""
    known = [record(name) for name in names]
    return set(judgement(Index(known), known[0], text))


def counts(queries: Iterable[Query]) -> Counter[tuple[str, str]]:
    """(rule, corpus) -> number of queries."""
    return Counter((query.rule, query.record.corpus) for query in queries)


def quotas(*corpora: str) -> dict[tuple[str, str], int]:
    """(rule, corpus) -> number of queries that there should be."""
    wanted = {(rule.name, corpus): rule.quota(corpus) for rule in rules.RULES for corpus in corpora}
    return {pair: quota for pair, quota in wanted.items() if quota}


def test_every_rule_has_its_quota_of_members(about_members: Labelled) -> None:
    assert counts(about_members.queries) == quotas("members")


def test_every_rule_has_its_quota_and_the_set_is_large(
    about_members: Labelled, about_lists: Labelled
) -> None:
    assert counts(about_lists.queries) == quotas("uk", "susy")
    assert len(about_members.queries) + len(about_lists.queries) >= LEAST_QUERIES


def test_no_query_is_asked_twice_and_each_has_a_right_record(about_lists: Labelled) -> None:
    texts = [query.text for query in about_lists.queries]

    assert len(set(texts)) == len(texts)
    assert [query for query in about_lists.queries if not query.right] == []


def test_the_same_records_give_the_same_queries(about_members: Labelled) -> None:
    again = labels.queries(about_members.records, Index(about_members.records))

    assert again == about_members.queries


@pytest.mark.parametrize(
    ("judgement", "text", "names", "expected"),
    [
        (rules.same_name, "magniti", ["Magniti Ltd", "Magníti", "Magniti Trust"], [0, 1]),
        (rules.same_name, "Magniti Trust", ["Magniti Ltd", "Magniti Trust"], []),
        (rules.same_rest, "Langley", ["Langley CBS", "Other"], [0]),
        (rules.same_rest, "Langley", ["Langley CBS", "Langley Club"], []),
        (rules.same_words, "Foods Suma", ["Suma Foods", "Foods of Suma"], [0]),
        (rules.only_one, "Suma Fodos", ["Suma Foods", "Suma Foods Leeds"], [0]),
        (rules.only_one, "Suma Fods", ["Suma Foods", "Suma Fords"], []),
        (rules.only_start, "Suma Fo", ["Suma Foods", "Suma Bread"], [0]),
        (rules.only_start, "Suma Fo", ["Suma Foods", "Foster of Suma Farm"], []),
        (rules.all_that_carry_it, "BER", ["Council (BER)", "BER", "Berlin"], [0, 1]),
        (rules.all_that_carry_it, "Club", ["Club A", "Club B", "Club C", "Club D"], []),
    ],
)
def test_the_right_records_are_told(
    judgement: rules.Judgement, text: str, names: list[str], expected: list[int]
) -> None:
    assert right(judgement, text, *names) == {names[place] for place in expected}


@pytest.mark.parametrize(
    ("variant", "name", "texts"),
    [
        (variants.without_accents, "Łódź", ["Lodz"]),
        (variants.without_accents, "Lodz", []),
        (variants.umlauts_written_out, "Südwind", ["Suedwind"]),
        (variants.punctuation_spaced, "Men's Co-op", ["Men s Co op"]),
        (variants.punctuation_removed, "Men's Co-op", ["Mens Coop"]),
        (variants.dots_put_in, "Sunshine CIC", ["Sunshine C.I.C."]),
        (variants.dots_taken_out, "Pelton R.A.O.B. Club", ["Pelton RAOB Club"]),
        (variants.acronym_in_brackets, "Credit Unions (ABCUL)", ["ABCUL"]),
        (variants.form_in_front, "Magniti Ltd", ["Ltd Magniti"]),
        (variants.form_dropped, "LYRA, s.r.o.", ["LYRA"]),
        (variants.form_swapped, "Sunshine CIC", ["Sunshine Community Interest Company"]),
        (variants.other_order, "Suma Foods", []),
        (variants.starts, "Suma Foods", ["Suma Fo", "Suma Foo", "Suma Food"]),
        (variants.in_latin, "Συνεταιρισμός", ["Synetairismos"]),
        (variants.in_latin, "София", ["Sofia"]),
        (variants.in_cyrillic, "Modra nit d.o.o.", ["Модра Нит"]),
        (variants.in_cyrillic, "Quercus", []),
    ],
)
def test_a_name_is_typed_in_other_ways(variant: rules.Variant, name: str, texts: list[str]) -> None:
    assert variant(name) == texts


@pytest.mark.parametrize("name", ["Federsolidarietà Servizi", "Кооперация", "Συνεταιρισμός"])
def test_a_slip_leaves_the_first_letter_and_is_one_edit(name: str) -> None:
    [text] = variants.mistyped(name)

    for slipped, word in zip(text.split(), name.split(), strict=True):
        assert slipped[0] == word[0]
        assert slipped != word
        assert words.is_one_edit_away(slipped, word)


def test_two_words_and_the_town() -> None:
    texts = variants.words_and_town("The Leeds Bread Workshop", "Leeds, Yorkshire")

    assert texts == ["Bread Workshop Leeds"]


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("bread", "bread", True),
        ("bread", "bead", True),
        ("bread", "brread", True),
        ("bread", "brood", False),
        ("bread", "braed", True),
        ("bread", "breda", True),
        ("bread", "board", False),
        ("r000042", "r000043", False),
    ],
)
def test_one_edit_is_one_letter_or_two_neighbours(word: str, other: str, *, expected: bool) -> None:
    assert words.is_one_edit_away(word, other) is expected
    assert words.is_one_edit_away(other, word) is expected
