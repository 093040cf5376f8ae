"""Entities as a file: both forms of shapes, ids that stay, what a broker takes."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely

from commonplace.errors import OutputError
from commonplace.formats import FORMATS
from commonplace.formats.ngsild import IDS_OPTION, EntityEncoder
from commonplace.ngsi import context
from commonplace.ngsi.attributes import plain_value
from commonplace.ngsi.entities import Identity, read_id_map
from commonplace.ngsi.ids import is_entity_id
from commonplace.target import Dataset, TargetBatch, TargetCrs
from servers.broker import Broker
from servers.ngsi_write import checked
from support.batches import BUILDING, DATASET, ETRS89, UTM32, batch, building
from support.mapping import compiled, evaluate
from support.sdm import faults
from support.writing import write

NGSILD = FORMATS["ngsild"]
LIGHTS = Dataset("lights", "sdm/Streetlight", "LV.EXAMPLE", ETRS89)
LIGHT = """
target: {schema: sdm/Streetlight, namespace: LV.EXAMPLE}
Streetlight:
  id: =n
  name: =name
  location: =geometry
  status: ok
  powerState: =state
  lanternHeight: {value: =height, uom: m}
  dateServiceStarted: =started
  refStreetlightGroup: "=>StreetlightGroup(g)"
  refDevice: =device
  address: {streetAddress: =street, addressCountry: LV}
  owner: =name
"""
COLUMNS: dict[str, Any] = {
    "n": ["1", "2"],
    "name": ['a "quoted"\n\\ name', None],
    "state": ["on", None],
    "height": [4.5, None],
    "started": ["2020-01-02", None],
    "g": ["7", "7"],
    "device": ["urn:ngsi-ld:Device:1", None],
    "street": ["Brīvības iela 1", None],
}


def entities(dataset: Dataset, part: TargetBatch, folder: Path) -> list[dict[str, Any]]:
    encoder = EntityEncoder(dataset, folder / "piece")
    lines = encoder.entities(part).lines.to_pylist()
    encoder.close()
    return [json.loads(one.removesuffix(",\n")) for one in lines]


def lights(**changed: Sequence[object]) -> TargetBatch:
    text = LIGHT.replace('"=>StreetlightGroup(g)"', "=g")
    return evaluate(text, COLUMNS | changed).batch


def test_an_entity_of_a_smart_data_model(tmp_path: Path) -> None:
    first, second = entities(LIGHTS, lights(g=["urn:ngsi-ld:G:7", None]), tmp_path)
    assert first == {
        "id": "urn:ngsi-ld:Streetlight:LV.EXAMPLE:1",
        "type": "Streetlight",
        "name": {"type": "Property", "value": 'a "quoted"\n\\ name'},
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [0, 1]}},
        "status": {"type": "Property", "value": "ok"},
        "powerState": {"type": "Property", "value": "on"},
        "lanternHeight": {"type": "Property", "value": 4.5, "unitCode": "MTR"},
        "dateServiceStarted": {
            "type": "Property",
            "value": {"@type": "DateTime", "@value": "2020-01-02T00:00:00Z"},
        },
        "refStreetlightGroup": {"type": "Relationship", "object": "urn:ngsi-ld:G:7"},
        "refDevice": {"type": "Relationship", "object": ["urn:ngsi-ld:Device:1"]},
        "address": {
            "type": "Property",
            "value": {"streetAddress": "Brīvības iela 1", "addressCountry": "LV"},
        },
        "owner": {"type": "Property", "value": ['a "quoted"\n\\ name']},
        "@context": [
            "https://raw.githubusercontent.com/smart-data-models/dataModel.Streetlighting/master/context.jsonld",
            context.CORE,
        ],
    }
    assert second.keys() == {"id", "type", "location", "status", "@context"}


def test_a_null_in_any_column_loses_no_entity(tmp_path: Path) -> None:
    for column in COLUMNS:
        if column != "n":
            found = entities(LIGHTS, lights(**{column: [None, None]}), tmp_path)
            assert [one["id"][-1] for one in found] == ["1", "2"], column


def test_entities_fit_the_schema_of_their_model(shared: Path, tmp_path: Path) -> None:
    made = entities(LIGHTS, lights(g=["urn:ngsi-ld:G:7", None]), tmp_path)
    assert faults(shared, "Streetlight", made) == []
    made[0]["status"]["value"] = "broken"
    assert len(faults(shared, "Streetlight", made)) == 1


def test_all_terms_of_smart_data_models_mean_something(tmp_path: Path) -> None:
    (first, _) = entities(LIGHTS, lights(g=["urn:ngsi-ld:G:7", None]), tmp_path)
    known = context.resolve(first["@context"])
    assert known.unknown == ()
    names = [first["type"], *(first.keys() - {"id", "type", "@context"})]
    assert [one for one in names if not known.defines(one)] == []


def test_terms_that_mean_nothing_elsewhere_are_told() -> None:
    (shape,) = [compiled(LIGHT.replace('"=>StreetlightGroup(g)"', "=g")).types[0].shape]
    assert NGSILD.losses(shape) == []
    (told,) = NGSILD.losses(replace(shape, nodes=(*shape.nodes, BUILDING.nodes[-2])))
    assert "numberOfDwellings" in told
    assert any("IRIs" in one for one in NGSILD.losses(BUILDING))


def test_measured_numbers_are_observed_when_the_entity_is(tmp_path: Path) -> None:
    text = """
target: {schema: sdm/AirQualityObserved}
AirQualityObserved:
  id: =n
  location: =geometry
  dateObserved: =at
  no2: {value: =no2, uom: ug/m3}
  name: =n
"""
    columns = {"n": ["a", "b"], "at": ["2026-01-02T03:04:05Z", None], "no2": [1.5, 2.0]}
    part = evaluate(text, columns, on_error="void").batch
    dataset = Dataset("air", "sdm/AirQualityObserved", "", ETRS89)
    found = entities(dataset, part, tmp_path)
    assert found[0]["no2"] == {
        "type": "Property",
        "value": 1.5,
        "unitCode": "GQ",
        "observedAt": "2026-01-02T03:04:05Z",
    }
    assert "observedAt" not in found[0]["name"]
    assert found[0]["id"] == "urn:ngsi-ld:AirQualityObserved:a"


def test_an_id_that_is_a_urn_stays(tmp_path: Path) -> None:
    given = ["urn:ngsi-ld:Streetlight:x:1", "b c"]
    found = entities(LIGHTS, lights(n=given), tmp_path)
    assert [one["id"] for one in found] == [
        "urn:ngsi-ld:Streetlight:x:1",
        "urn:ngsi-ld:Streetlight:LV.EXAMPLE:b_x20_c",
    ]


def test_the_id_map_comes_before_an_id_that_is_a_urn(tmp_path: Path) -> None:
    urn = "urn:ngsi-ld:Streetlight:x:1"
    write(NGSILD, tmp_path, [lights(n=[urn, "2"])], LIGHTS)
    path = tmp_path / "lights_id-map.csv"
    found = read_id_map(path)
    assert Identity("LV.EXAMPLE").after(found).earlier.num_rows == 0
    path.write_text(path.read_text("utf-8").replace(f",{urn},,", ",urn:x:old,,"), "utf-8")
    dataset = replace(LIGHTS, options={IDS_OPTION: str(path)})
    again = entities(dataset, lights(n=[urn, "2"]), tmp_path)
    assert [one["id"] for one in again] == ["urn:x:old", "urn:ngsi-ld:Streetlight:LV.EXAMPLE:2"]


def test_a_reference_is_the_id_of_the_entity_referred_to(tmp_path: Path) -> None:
    (found,) = entities(DATASET, batch([building(0, parts=["#BuildingPart.ä 1"])]), tmp_path)
    made = Identity("DE.EXAMPLE.BU").entities(pa.array(["BuildingPart._xE4__x20_1"]))[0].as_py()
    assert found["parts"] == {"type": "Relationship", "object": [made]}


def test_a_feature_of_inspire_is_an_entity_with_a_context_of_its_own(tmp_path: Path) -> None:
    (found,) = entities(DATASET, batch([building(0)]), tmp_path)
    own, core = found["@context"]
    assert core == context.CORE
    assert own["Building"] == "http://inspire.ec.europa.eu/featureconcept/Building"
    assert own["elevation"].endswith("/bu-core2d/4.0#elevation")
    attributes = found.keys() - {"id", "type", "@context", "location"}
    assert attributes <= own.keys()
    assert found["id"] == "urn:ngsi-ld:Building:DE.EXAMPLE.BU:b0"
    assert found["location"]["value"]["type"] == "Polygon"
    assert found["elevation"] == {"type": "Property", "value": 12.5, "unitCode": "MTR"}
    language = {"type": "LanguageProperty", "languageMap": {"deu": "Haus 0"}}
    assert found["Building_name" if "name" in context.core().terms else "name"] == language
    assert found["beginLifespanVersion"]["value"] == {
        "@type": "DateTime",
        "@value": "2020-01-02T03:04:05Z",
    }
    assert found["currentUse_currentUse"]["value"] == "residential"
    assert found["alias"]["value"] == ["a", "b"]
    resolved = context.resolve(found["@context"])
    assert resolved.redefined == ()


def test_a_published_context_is_named_instead(tmp_path: Path) -> None:
    url = "https://city.example/bu.jsonld"
    dataset = replace(DATASET, options={"ngsild.context": url})
    (found,) = entities(dataset, batch([building(0)]), tmp_path)
    assert found["@context"] == [url, context.CORE]


def test_coordinates_are_longitude_and_latitude(tmp_path: Path) -> None:
    dataset = replace(DATASET, crs=UTM32)
    (found,) = entities(
        dataset, batch([building(0)], [shapely.Point(356_000, 5_645_000)]), tmp_path
    )
    assert found["location"]["value"]["coordinates"] == pytest.approx([6.945, 50.94], abs=0.01)


def test_a_strict_broker_takes_the_entities(tmp_path: Path) -> None:
    broker = Broker()
    made = entities(LIGHTS, lights(name=["a", "b"], g=["urn:ngsi-ld:G:7", None]), tmp_path)
    for one in [*made, *entities(DATASET, batch([building(0), building(1)]), tmp_path)]:
        checked(one, broker)


def test_files(tmp_path: Path) -> None:
    outputs = write(NGSILD, tmp_path, [batch([building(0)]), batch([building(1)])])
    assert [(one.path, one.format, dict(one.counts)) for one in outputs] == [
        ("buildings_Building.ngsild.jsonld", "ngsild", {"Building": 2}),
        ("buildings_id-map.csv", "ngsild-id-map", {}),
        ("buildings_context.jsonld", "ngsild-context", {}),
    ]
    found = json.loads((tmp_path / outputs[0].path).read_text(encoding="utf-8"))
    assert [one["id"] for one in found] == [
        f"urn:ngsi-ld:Building:DE.EXAMPLE.BU:b{n}" for n in (0, 1)
    ]
    terms = json.loads((tmp_path / outputs[2].path).read_text(encoding="utf-8"))["@context"]
    assert terms == found[0]["@context"][0]
    with (tmp_path / outputs[1].path).open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file))[1] == {
            "feature_type": "Building",
            "feature": "Building.b1",
            "local_id": "b1",
            "entity": "urn:ngsi-ld:Building:DE.EXAMPLE.BU:b1",
            "thing": "",
            "state": "present",
        }


def test_no_entities_are_an_empty_array(tmp_path: Path) -> None:
    (shape,) = [compiled(LIGHT.replace('"=>StreetlightGroup(g)"', "=g")).types[0].shape]
    outputs = NGSILD.finish(LIGHTS, {"Streetlight": shape}, [], tmp_path)
    assert json.loads((tmp_path / outputs[0].path).read_text(encoding="utf-8")) == []


def test_ids_are_kept_over_runs_and_the_vanished_are_named(tmp_path: Path) -> None:
    first = tmp_path / "first"
    write(NGSILD, first, [batch([building(0), building(1)])])
    earlier = first / "buildings_id-map.csv"
    text = earlier.read_text(encoding="utf-8")
    text = text.replace("urn:ngsi-ld:Building:DE.EXAMPLE.BU:b1,,", "urn:x:old,thing 7,")
    earlier.write_text(text, encoding="utf-8")
    dataset = replace(DATASET, options={IDS_OPTION: str(earlier)})
    again = tmp_path / "again"
    write(NGSILD, again, [batch([building(1), building(2)])], dataset)
    found = json.loads((again / "buildings_Building.ngsild.jsonld").read_text(encoding="utf-8"))
    assert [one["id"] for one in found] == ["urn:x:old", "urn:ngsi-ld:Building:DE.EXAMPLE.BU:b2"]
    rows = read_id_map(again / "buildings_id-map.csv").to_pylist()
    assert [(one["feature"], one["thing"], one["state"]) for one in rows] == [
        ("Building.b1", "thing 7", "present"),
        ("Building.b2", "", "present"),
        ("Building.b0", "", "gone"),
    ]


def test_an_id_map_that_says_nothing_new_costs_nothing(tmp_path: Path) -> None:
    write(NGSILD, tmp_path, [batch([building(0), building(1)])])
    found = read_id_map(tmp_path / "buildings_id-map.csv")
    assert Identity("DE.EXAMPLE.BU").after(found).earlier.num_rows == 0
    other = Identity("DE.OTHER").after(found)
    assert other.entities(pa.array(["Building.b1", "Building.b2"])).to_pylist() == [
        "urn:ngsi-ld:Building:DE.EXAMPLE.BU:b1",
        "urn:ngsi-ld:Building:DE.OTHER:b2",
    ]


def test_an_id_map_that_changed_is_read_again(tmp_path: Path) -> None:
    write(NGSILD, tmp_path, [batch([building(0)])])
    path = tmp_path / "buildings_id-map.csv"
    dataset = replace(DATASET, options={IDS_OPTION: str(path)})
    first = entities(dataset, batch([building(0)]), tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("urn:ngsi-ld:Building:DE.EXAMPLE.BU:b0", "urn:x:1"), "utf-8")
    second = entities(dataset, batch([building(0)]), tmp_path)
    assert [first[0]["id"][-2:], second[0]["id"]] == ["b0", "urn:x:1"]


def test_a_damaged_id_map_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.csv"
    path.write_text("feature,entity\na,b\n", encoding="utf-8")
    dataset = replace(DATASET, options={IDS_OPTION: str(path)})
    with pytest.raises(OutputError, match="id-map"):
        EntityEncoder(dataset, tmp_path / "piece")


def test_ids_split_at_the_first_dot() -> None:
    features = pa.array(["Building.a.b", "Building.", "Part.1", None])
    assert Identity().entities(features).to_pylist() == [
        "urn:ngsi-ld:Building:a.b",
        "urn:ngsi-ld:Building:",
        "urn:ngsi-ld:Part:1",
        None,
    ]


def test_a_namespace_of_any_text_makes_uris() -> None:
    (made,) = Identity("Stadt Köln; Amt 1").entities(pa.array(["Building.1"])).to_pylist()
    assert made == "urn:ngsi-ld:Building:Stadt%20K%C3%B6ln%3B%20Amt%201:1"
    assert is_entity_id(made)


def test_pieces_do_not_depend_on_their_neighbours(tmp_path: Path) -> None:
    rows = [building(n, name=None if n % 3 else building(n)["name"]) for n in range(9)]
    whole = entities(DATASET, batch(rows), tmp_path)
    single = [
        entity
        for n, one in enumerate(rows)
        for entity in entities(DATASET, _alone(one, n), tmp_path)
    ]
    assert whole == single


def _alone(row: dict[str, Any], number: int) -> TargetBatch:
    whole = batch([building(n) for n in range(number)] + [row])
    return TargetBatch(whole.shape, whole.columns.slice(number, 1), whole.geometries)


def test_several_languages_are_one_map(tmp_path: Path) -> None:
    names = [
        {"language": "deu", "spelling": {"text": "Bozen"}},
        {"language": "ita", "spelling": {"text": "Bolzano"}},
    ]
    (found,) = entities(DATASET, batch([building(0, name=names)]), tmp_path)
    (value,) = [one for name, one in found.items() if name.endswith("name")]
    assert value["languageMap"] == {"deu": "Bozen", "ita": "Bolzano"}


def test_typed_times_read_back(tmp_path: Path) -> None:
    began = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    (found,) = entities(DATASET, batch([building(0, beginLifespanVersion=began)]), tmp_path)
    assert plain_value(found["beginLifespanVersion"]) == "2020-01-02T03:04:05Z"


def test_heights_stay(tmp_path: Path) -> None:
    crs = TargetCrs("EPSG:4258", ETRS89.uri, True, 7, True, 3)
    dataset = replace(DATASET, crs=crs)
    (found,) = entities(dataset, batch([building(0)], [shapely.Point(7, 50, 12.5)]), tmp_path)
    assert found["location"]["value"]["coordinates"] == [7, 50, 12.5]
    assert np.isfinite(found["location"]["value"]["coordinates"]).all()
