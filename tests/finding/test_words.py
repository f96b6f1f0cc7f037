"""Texts are compared without accents, case, punctuation and script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecop.finding.words import Query, core, indexed_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SČMVD", ("scmvd",)),
        ("Łódź – Straße", ("lodz", "strasse")),
        ("Co-operative Women's", ("co", "operative", "women", "s")),
        ("НС на ТПК", ("ns", "na", "tpk")),  # noqa: RUF001 - Bulgarian
        ("Пекарна „Щъркел“", ("pekarna", "shtarkel")),
        ("Κοινωνικού Συνεταιρισμός", ("koinonikou", "synetairismos")),
        ("\x00 \ud800 \u202e", ()),
        ("", ()),
    ],
)
def test_words_are_plain(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S.T. Screen", {"s", "t", "st", "screen"}),
        ("S T Screen", {"s", "t", "st", "screen"}),
        ("ST Screen", {"st", "screen"}),
        ("L'Aquila", {"l", "aquila", "laquila"}),
        ("workers.coop", {"workers", "coop", "workerscoop"}),
    ],
)
def test_words_are_found_joined_and_parted(text: str, expected: set[str]) -> None:
    assert indexed_words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Suma Ltd", "Limited Suma"),
        ("Forno Soc. Coop. Sociale", "Forno Società Cooperativa"),
        ("Smith & Sons", "Smith and Sons"),
    ],
)
def test_legal_forms_and_joining_words_do_not_tell_names_apart(one: str, other: str) -> None:
    assert core(words(one)) == core(words(other))


def test_a_name_that_is_only_legal_forms_keeps_them() -> None:
    assert core(words("The Cooperative Society")) == ("the", "cooperative", "society")
    assert [term.is_required for term in Query("Cooperative Society").terms] == [True, True]


def test_words_of_legal_forms_need_not_be_there() -> None:
    needed = {term.joined: term.is_required for term in Query("S.Coop. Forno Nuovo Ltd").terms}

    assert needed == {"scoop": False, "forno": True, "nuovo": True, "ltd": False}


@given(st.text())
def test_any_text_gives_plain_words(text: str) -> None:
    found = words(text)

    assert all(word.isalnum() and word == word.casefold() for word in found)
    assert set(found) <= indexed_words(text)
    assert words(" ".join(found)) == found
