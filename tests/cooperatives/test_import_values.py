"""What cells say: sectors of the old revision, regions, countries, types, years."""

from typing import Any

import pytest

from cecop.vocabulary.regions import region_names
from cecop.vocabulary.sectors import DIVISIONS
from cooperatives.imports import converting, nace
from cooperatives.imports.regions import region_code


@pytest.mark.parametrize(
    ("code", "division"),
    [
        ("47110", "47"),
        ("47.11", "47"),
        ("01", "01"),
        ("01000", "01"),
        ("10", "10"),
        ("62.01Z", "62"),
        ("C 10.71", "10"),
        ("UKSIC07-9499", "94"),
        ("41.20", "41"),
        ("41.10", "68"),
        ("45.20", "95"),
        ("45.2", "95"),
        ("45.31", "46"),
        ("45.32", "47"),
        ("63.91", "60"),
        ("63.99", "63"),
        ("63.11", "63"),
        ("70.21", "73"),
        ("70.22", "70"),
        ("82.99", "82"),
    ],
)
def test_a_code_of_nace_rev_2_has_a_division_of_rev_2_1(code: str, division: str) -> None:
    assert nace.division(code) == division


@pytest.mark.parametrize(
    "code",
    ["45", "45.1", "45.11", "45.19", "45.3", "45.40", "63", "63.1", "63.9", "63.12", "41", "70.2"],
)
def test_a_code_whose_parts_went_to_several_divisions_is_left_open(code: str) -> None:
    assert nace.division(code) == ""


@pytest.mark.parametrize("text", ["R", "Housing", "", "4", "34", "04.1"])
def test_what_is_no_code_has_no_division(text: str) -> None:
    assert nace.division(text) is None


def test_every_division_but_the_split_ones_keeps_its_number() -> None:
    kept = {code for code in DIVISIONS if nace.division(f"{code}.99") == code}

    assert set(DIVISIONS) - kept == set()


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("Devon", "GB", "TLK"),
        ("Bristol, City of", "GB", "TLK"),
        ("City of Edinburgh", "GB", "TLM"),
        ("Glasgow, City of", "GB", "TLM"),
        ("Herefordshire, County of", "GB", "TLG"),
        ("Rhondda, Cynon, Taf", "GB", "TLL"),
        ("St. Helens", "GB", "TLD"),
        ("Mid Ulster", "GB", "TLN"),
        ("London Borough of Hackney", "GB", "TLI"),
        ("Yorkshire & the Humber", "GB", "TLE"),
        ("UKC12", "GB", "TLC"),
        ("TLJ", "GB", "TLJ"),
        ("lombardia", "IT", "ITC4"),
        ("ITC4", "IT", "ITC4"),
        ("GR30", "GR", "EL30"),
        ("Devon", "IT", ""),
        ("ITC4", "FR", ""),
        ("Atlantis", "GB", ""),
        ("", "GB", ""),
        ("Devon", "", ""),
    ],
)
def test_a_region_is_known_by_code_or_name(text: str, country: str, code: str) -> None:
    assert region_code(text, country) == code


def test_every_area_of_the_united_kingdom_lies_in_a_region_of_the_directory() -> None:
    from_table = {region_code(name, "GB") for name in ("Durham", "Kent", "Fife", "Powys", "Down")}

    assert from_table == {"TLC", "TLJ", "TLM", "TLL", "TLN"}
    assert from_table <= set(region_names())


@pytest.mark.parametrize(
    ("converter", "raw", "value"),
    [
        ("country", "it", "IT"),
        ("country", "UK", "GB"),
        ("country", "EL", "GR"),
        ("country", "Italie", "IT"),
        ("country", "Frace", "Frace"),
        ("types", "Workers", ["worker"]),
        ("types", "Self-employed", ["self_employed"]),
        ("types", "worker / social", ["worker", "social"]),
        ("types", "Employee Trust", None),
        ("types", "Consumers", None),
        ("sector", "81", "81"),
        ("sector", "81.21", "81"),
        ("sector", "education", "85"),
        ("sector", "45", None),
        ("nace_rev_2", "81.21", "81"),
        ("nace_rev_2", "45.11", None),
        ("nace_rev_2", "Housing", None),
        ("founded", "11/8/1863", "1863"),
        ("founded", "2003-03-25", "2003"),
        ("founded", "ca. 1950", "ca. 1950"),
        ("status", "Live", "active"),
        ("status", "Dissolved", "closed"),
        ("status", "asleep", None),
    ],
)
def test_a_cell_is_converted_or_left_as_it_is(converter: str, raw: str, value: Any) -> None:
    assert converting.CONVERTERS[converter](raw, "IT").value == value


@pytest.mark.parametrize("raw", ["", "  ", "n/a", "N.A.", "NN", "tbc", "#N/A"])
def test_the_usual_ways_to_write_nothing_say_nothing(raw: str) -> None:
    assert converting.says_nothing(raw)


@pytest.mark.parametrize("raw", ["0", "-", "NA", "no"])
def test_other_short_cells_say_something(raw: str) -> None:
    assert not converting.says_nothing(raw)
