"""Suggestions on made-up layers of many languages: types, properties, codes, documents."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import shapely
from click.testing import CliRunner

from commonplace import face
from commonplace.batch import Field, Layer
from commonplace.cli import cli
from commonplace.mapping.document import parse_mapping
from commonplace.suggest import LayerSuggestion, suggest_layer, write_mapping
from commonplace.suggest.codes import Codes, match_values
from commonplace.suggest.lexicon import LANGUAGES, concepts, feature_types, known_schemas
from commonplace.suggest.names import language_of, likeness, words
from commonplace.suggest.targets import target

SHAPES = {
    "Point": shapely.Point(0, 0),
    "LineString": shapely.LineString([(0, 0), (9, 9)]),
    "Polygon": shapely.box(0, 0, 20, 10),
}


def layer(name: str, geometry: str | None, columns: dict[str, Any]) -> tuple[Layer, pa.Table]:
    rows = len(next(iter(columns.values())))
    table = pa.table(columns)
    if geometry is not None:
        wkb = [shapely.to_wkb(SHAPES[geometry])] * rows
        table = table.append_column("geometry", pa.array(wkb, pa.binary()))
    fields = tuple(Field(one, "string") for one in columns)
    return Layer(name=name, fields=fields, geometry_type=geometry, crs="EPSG:3035"), table


def suggested(
    name: str, geometry: str | None, columns: dict[str, Any], **more: Any
) -> LayerSuggestion:
    return suggest_layer(*layer(name, geometry, columns), **more)


def paths(one: LayerSuggestion) -> dict[str, str]:
    return {each.column: each.path for each in one.properties if each.path and each.score >= 0.5}


BUILDINGS: list[tuple[str, dict[str, Any]]] = [
    (
        "budynki",
        {
            "idbudynku": ["B-1", "B-2", "B-3"],
            "liczba_kondygnacji": [2, 5, 1],
            "rok_budowy": [1961, 1988, 2004],
            "funkcja": ["mieszkalny", "biurowy", "mieszkalny"],
        },
    ),
    (
        "rakennukset",
        {
            "tunnus": ["100", "101", "102"],
            "kerrosluku": [2, 5, 1],
            "rakennusvuosi": [1961, 1988, 2004],
            "kayttotarkoitus": ["asuinrakennus", "toimistorakennus", "asuinrakennus"],
        },
    ),
    (
        "edificios",
        {
            "identificador": ["a", "b", "c"],
            "num_plantas": [2, 5, 1],
            "ano_construccion": [1961, 1988, 2004],
            "uso": ["residencial", "oficinas", "residencial"],
        },
    ),
    (
        "Gebäude",
        {
            "Objekt_ID": ["a", "b", "c"],
            "Geschosszahl": [2, 5, 1],
            "Baujahr": [1961, 1988, 2004],
            "Nutzung": ["Wohnen", "Büro", "Wohnen"],
        },
    ),
    (
        "edifici",
        {
            "codice_identificativo": ["a", "b", "c"],
            "numero_piani": [2, 5, 1],
            "anno_costruzione": [1961, 1988, 2004],
            "destinazione_uso": ["residenziale", "uffici", "residenziale"],
        },
    ),
]


@pytest.mark.parametrize(("name", "columns"), BUILDINGS, ids=[one[0] for one in BUILDINGS])
def test_buildings_in_many_languages(name: str, columns: dict[str, Any]) -> None:
    one = suggested(name, "Polygon", columns)
    assert one.types[0].name == "bu-core2d:Building"
    identifier, floors, year, use = columns
    found = paths(one)
    assert found[identifier].startswith(("inspireId", "externalReference"))
    assert found[floors] == "numberOfFloorsAboveGround"
    assert found[year] == "dateOfConstruction.anyPoint"
    assert found[use] == "currentUse.currentUse"
    codes = {each.value: each.code for each in one.codes[use]}
    first, second, _ = columns[use]
    assert codes[first] == "residential"
    assert codes[second] == "office"


def test_addresses_without_a_telling_layer_name() -> None:
    columns = {
        "ulica": ["Długa", "Krótka", "Długa"],
        "nr_domu": ["1", "2a", "3"],
        "kod_pocztowy": ["00-950", "00-951", "00-950"],
        "miejscowosc": ["Łódź", "Łódź", "Zgierz"],
    }
    one = suggested("warstwa7", "Point", columns)
    assert one.types[0].name == "ad:Address"
    assert paths(one) == {
        "ulica": "ThoroughfareName.name",
        "nr_domu": "locator.designator.addressNumber",
        "kod_pocztowy": "PostalDescriptor.postCode",
        "miejscowosc": "AddressAreaName.name",
    }


def test_geometry_decides_between_road_and_road_area() -> None:
    columns = {"id": ["1", "2", "3"]}
    line = suggested("strade", "LineString", columns).types[0]
    area = suggested("strade", "Polygon", columns)
    assert line.name == "tn-ro:RoadLink"
    score = next(one.score for one in area.types if one.name == "tn-ro:RoadLink")
    assert score < line.score


def test_nothing_known_is_no_suggestion() -> None:
    one = suggested("x", "Point", {"qqq": ["a", "a", "b"], "zzz": [1.5, 2.5, 2.5]})
    assert one.types[0].score < 0.5
    assert paths(one) == {}
    assert set(one.unknown) == {"qqq", "zzz"}


def test_values_that_contradict_a_name_lower_the_score() -> None:
    numbers = suggested("buildings", "Polygon", {"floors": [1, 2, 3]})
    texts = suggested("buildings", "Polygon", {"floors": ["wood", "stone", "tiles"]})
    assert paths(numbers)["floors"] == "numberOfFloorsAboveGround"
    assert "floors" not in paths(texts)


def test_a_property_goes_to_the_column_that_fits_best() -> None:
    columns = {"height": [3.0, 4.5, 6.25], "haut": [3.1, 4.4, 6.2], "id": ["a", "b", "c"]}
    found = paths(suggested("buildings", "Polygon", columns))
    assert found["height"] == "heightAboveGround.value"
    assert "haut" not in found


def test_names_in_two_languages_are_a_list_with_languages() -> None:
    columns = {
        "NATCODE": ["091", "049", "092"],
        "NAMEFIN": ["Helsinki", "Espoo", "Vantaa"],
        "NAMESWE": ["Helsingfors", "Esbo", "Vanda"],
    }
    one = suggested("municipalities", "Polygon", columns)
    document = write_mapping(one, "x.gpkg")
    text = document.text
    assert "{spelling: =NAMEFIN, language: fin}" in text
    assert "{spelling: =NAMESWE, language: swe}" in text


def test_the_document_checks_and_says_its_doubts(tmp_path: Path) -> None:
    name, columns = BUILDINGS[3]
    columns = {**columns, "Höhe": [3.5, 9.0, 4.0], "Unbekanntes": ["q", "r", "r"]}
    written = write_mapping(suggested(name, "Polygon", columns), "stadt.gpkg")
    assert written.problems == ()
    mapping = parse_mapping(written.text)
    assert [one.feature_type for one in mapping.types] == ["Building"]
    assert "# todo: what is Unbekanntes?" in written.text
    for word in ("generalRoof", "footPrint", "namespace:"):
        (line,) = (one for one in written.text.splitlines() if word in one)
        assert "# todo" in line
    path = tmp_path / "mapping.yaml"
    path.write_text(written.text, encoding="utf-8")
    assert not face.check(path).errors


def test_a_column_that_repeats_is_no_identity() -> None:
    columns = {"id": ["8464", "8464", "7"], "name": ["a", "b", "c"]}
    text = write_mapping(suggested("parks", "Polygon", columns), "parks.shp").text
    assert "fingerprint(geometry)" in text
    assert "id has values twice" in text
    columns["id"] = ["1", "2", "3"]
    text = write_mapping(suggested("parks", "Polygon", columns), "parks.shp").text
    assert "fingerprint" not in text


def test_of_a_list_the_first_value_is_suggested() -> None:
    columns = {"id": ["1", "2"], "name": [["a", "b"], ["c"]]}
    text = write_mapping(suggested("places", "Point", columns), "places.gml").text
    assert "=name[1]" in text


def test_mixed_kinds_of_geometry_are_told() -> None:
    found, table = layer("fuel stations", "Point", {"id": ["1", "2"]})
    wkb = [shapely.to_wkb(SHAPES[one]) for one in ("Point", "Polygon")]
    table = table.set_column(1, "geometry", pa.array(wkb, pa.binary()))
    suggestion = suggest_layer(found, table, feature_type="tn-ro:RoadServiceArea")
    assert "several kinds" in write_mapping(suggestion, "fuel.geojson").text


def test_values_of_personal_columns_are_not_shown() -> None:
    columns = {"id": ["a", "b", "c"], "Eigentümer": ["Erika M.", "Max M.", "Jan J."]}
    one = suggested("Gebäude", "Polygon", columns)
    written = write_mapping(one, "stadt.gpkg").text
    assert set(one.personal) == {"Eigentümer"}
    assert "# todo: Eigentümer looks personal" in written
    assert "Erika" not in written


def test_the_same_layer_gives_the_same_document() -> None:
    name, columns = BUILDINGS[0]
    first, second = (write_mapping(suggested(name, "Polygon", columns), "x").text for _ in range(2))
    assert first == second


def test_the_type_that_is_asked_for_is_taken() -> None:
    columns = {"id": ["a", "b"], "lanternHeight": [3.5, 4.5]}
    one = suggested("lamps", "Point", columns, feature_type="sdm/Streetlight:Streetlight")
    assert one.target.schema == "sdm/Streetlight"
    assert paths(one)["lanternHeight"].startswith("lanternHeight")


def test_a_hundred_columns_within_two_seconds() -> None:
    columns = {
        f"kolumna_nazwa_{at:03}": [f"{at} {row}" for row in range(2000)] for at in range(100)
    }
    given = layer("budynki", "Polygon", columns)
    suggest_layer(*given)  # the lexicon and the model are read
    start = time.process_time()
    suggest_layer(*given)
    assert time.process_time() - start < 2


def test_codes_by_name_label_term_and_none() -> None:
    codes = Codes(
        "ConditionOfConstructionValue", (("functional", "functional"), ("ruin", "ruin")), True
    )
    found = match_values(["functional", "in Betrieb", "RUINE", "7", "unbekannt", "rot"], codes)
    assert [one.code for one in found] == ["functional", "functional", "ruin", None, "void", None]


@pytest.mark.parametrize(
    ("name", "term", "least"),
    [
        ("date_creat", "date creation", 0.7),
        ("NomVoie", "nom voie", 1.0),
        ("Hauptwohngebaeude", "wohngebaeude", 0.6),
        ("codice_istat_2021", "codice istat", 1.0),
        ("ANNO_COSTR", "anno costruzione", 0.7),
    ],
)
def test_likeness_of_names(name: str, term: str, least: float) -> None:
    assert likeness(words(name), words(term)) >= least
    assert likeness(words(name), words("qwertz")) == 0


def test_language_of_a_name() -> None:
    assert language_of("BD_NAME_IT") == ("BD_NAME", "ita")
    assert language_of("NAMESWE") == ("NAME", "swe")
    assert language_of("limit") == ("limit", None)


def test_the_lexicon_has_eight_languages_and_real_types() -> None:
    for entry in feature_types():
        target(entry.name)
        assert {one.language for one in entry.terms} == set(LANGUAGES), entry.name
    for concept in concepts().values():
        assert {one.language for one in concept.terms} == set(LANGUAGES), concept.name
    for schema in known_schemas():
        for name in (*schema.layers.values(), *schema.unless):
            target(name)


def test_the_command_writes_a_document(tmp_path: Path) -> None:
    csv = tmp_path / "edificios.csv"
    csv.write_text("identificador,num_plantas,uso\na,2,residencial\nb,3,oficinas\n")
    output = tmp_path / "mapping.yaml"
    result = CliRunner().invoke(
        cli, ["suggest", str(csv), "--type", "bu-core2d:Building", "--output", str(output)]
    )
    assert result.exit_code == 0, result.output
    assert "numberOfFloorsAboveGround: =num_plantas" in output.read_text(encoding="utf-8")


def test_the_command_refuses_an_unknown_type(tmp_path: Path) -> None:
    csv = tmp_path / "x.csv"
    csv.write_text("id\na\n")
    result = CliRunner().invoke(cli, ["suggest", str(csv), "--type", "bu-core2d:Bilding"])
    assert result.exit_code == 2
    assert "Building" in result.output
