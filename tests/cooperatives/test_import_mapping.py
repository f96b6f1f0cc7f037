"""Which column means what, by its header and by a map file."""

import json
from pathlib import Path
from typing import Any

import pytest

from cooperatives.imports.mapping import Overrides, make_mapping, read_overrides
from cooperatives.imports.plan import ListError
from cooperatives.models import Cooperative
from members.models import Member
from tests.cooperatives.lists import imported, plan, table


def columns(header: str, row: str = "", overrides: Overrides | None = None) -> dict[str, str]:
    """Field -> header of its column."""
    mapping = make_mapping(table(f"{header}\n{row}"), overrides)
    return {name: mapping.header(name) for name in mapping.columns}


@pytest.fixture
def map_file(tmp_path: Path) -> Any:
    """Writes a map file and answers its path."""

    def write(content: Any) -> Path:
        path = tmp_path / "map.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "header",
    [
        "Identifier,Name,Country ID,Locality,Postcode,Website,Legal Form",
        "CODICE;Denominazione;Paese;Città;CAP;Sito web;Forma giuridica",
        "identifiant;Raison sociale;Pays;Ville;Code postal;Site internet;Forme juridique",
        "Código;Nombre;País;Localidad;Código postal;Página web;Forma jurídica",
    ],
)
def test_headers_are_known_in_several_languages_and_any_case(header: str) -> None:
    assert list(columns(header)) == [
        "number",
        "name",
        "country",
        "city",
        "postcode",
        "website",
        "legal_form",
    ]


def test_an_empty_column_gives_way_to_one_that_is_filled() -> None:
    header = "id,Latitude,Longitude,Geo Container Latitude,Geo Container Longitude"

    assert columns(header, "7,,,51.5,-0.1") == {
        "number": "id",
        "latitude": "Geo Container Latitude",
        "longitude": "Geo Container Longitude",
    }


def test_a_code_of_the_old_revision_goes_before_a_sector_in_words() -> None:
    assert columns("id,Sector,SIC Code") == {"number": "id", "nace_rev_2": "SIC Code"}


def test_a_street_is_understood_and_left_out() -> None:
    mapping = make_mapping(table("id,name,Street Address,Turnover\n"))

    assert mapping.left_out == ["Street Address"]
    assert mapping.unused == ["Street Address", "Turnover"]


def test_a_list_without_numbers_is_refused_whole() -> None:
    with pytest.raises(ListError, match="no column for the member's own number"):
        columns("name,country")


def test_a_map_file_says_what_the_headers_do_not(alpha: Member, map_file: Any) -> None:
    overrides = read_overrides(
        map_file(
            {
                "columns": {"Tessera": "number", "Chi": "name", "Via": "street", "name": ""},
                "values": {"types": {"Guild": ["worker", "social"], "Consumers": "social"}},
            }
        )
    )

    imported(
        alpha,
        "tessera,Chi,name,Via,country,type\n"
        "7,Forno,x,Via Roma 1,IT,guild\n"
        "8,Tetti,y,,IT,consumers\n",
        overrides,
    )

    assert list(Cooperative.objects.order_by("id").values_list("name", "street", "types")) == [
        ("Forno", "Via Roma 1", ["worker", "social"]),
        ("Tetti", "", ["social"]),
    ]


def test_a_map_file_can_say_that_a_value_means_nothing(alpha: Member, map_file: Any) -> None:
    overrides = read_overrides(map_file({"values": {"types": {"Workers": ""}}}))

    found = plan(alpha, "number,name,country,type\n7,Forno,IT,Workers\n", overrides)

    assert found.new[0].values["types"] == []
    assert found.notes.groups == {}


def test_a_wrong_value_in_a_map_file_refuses_the_row(alpha: Member, map_file: Any) -> None:
    overrides = read_overrides(map_file({"values": {"country": {"Frace": "FRA"}}}))

    found = plan(alpha, "number,name,country\n7,Four,Frace\n", overrides)

    assert [problem.rule for problem in found.refused] == ["This is not a country."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is not JSON"),
        ([], "and nothing else"),
        ({"rows": {}}, "and nothing else"),
        ({"columns": []}, "and nothing else"),
        ({"columns": {"Name": "nome"}}, "names the field “nome”"),
        ({"columns": {"Name": ["name"]}}, "names the field"),
        ({"values": {"number": {"a": "b"}}}, "names the field “number”"),
        ({"values": {"types": ["worker"]}}, "no {cell: value} for “types”"),
    ],
)
def test_a_map_file_of_another_shape_is_refused(content: Any, reason: str, map_file: Any) -> None:
    with pytest.raises(ListError, match=reason):
        read_overrides(map_file(content))


def test_a_map_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="cannot be opened"):
        read_overrides(tmp_path / "map.json")


def test_a_map_file_for_another_list_is_refused() -> None:
    with pytest.raises(ListError, match="names the column “Tessera”"):
        columns("id,name", overrides=Overrides(columns={"Tessera": "number"}))


def test_two_columns_for_one_field_are_refused() -> None:
    overrides = Overrides(columns={"id": "number", "code": "number"})

    with pytest.raises(ListError, match="two columns for the field “number”"):
        columns("id,code,name", overrides=overrides)
