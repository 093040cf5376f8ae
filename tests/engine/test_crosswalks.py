"""Crosswalks between INSPIRE and Smart Data Models, and real data to entities and back.

Entities are checked against the official schemas, published to the stand-in broker in its
strict mode, and read again through the NGSI-LD source.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from commonplace.batch import GEOMETRY, Query
from commonplace.convert import convert
from commonplace.errors import DocumentError
from commonplace.formats import FORMATS
from commonplace.http import Client
from commonplace.job import SourceSpec
from commonplace.jobreading import parse_job, parse_options
from commonplace.mapping.compile import check_mapping
from commonplace.mapping.document import read_mapping
from commonplace.model import load_model
from commonplace.ngsi.attributes import plain_value
from commonplace.pipeline import run
from commonplace.publish.broker import Broker
from commonplace.publish.files import published
from commonplace.publish.ngsild import Done, Wish, publish
from commonplace.report import Report
from commonplace.sources import open_source
from commonplace.target import Dataset, TargetCrs
from servers import broker as standin
from support.instances import Maker, batches
from support.sdm import faults
from support.writing import write

LIBRARY = Path("processing/commonplace/mapping/library/sdm")
GIVEN = {"namespace": "XX.EXAMPLE", "country": "XX", "site": "site"}
MODELS = (
    *("Building", "Road", "RoadSegment", "PointOfInterest", "Streetlight", "OffStreetParking"),
    *("ParkingSpot", "AirQualityObserved", "WaterQualityObserved", "GreenspaceRecord"),
    *("WasteContainer", "Device"),
)
JOB = """
title: t
licence: CC-BY-4.0
attribution: a
as_of: 2026-11-24
sources: {{data: {source}}}
datasets: [{{name: d, mapping: mapping.yaml, source: data}}]
crs: {{target: EPSG:4258}}
limits: {{workers: 1}}
output: {{folder: out, formats: {formats}, replace: true}}
"""


def documents(root: Path) -> list[Path]:
    """Crosswalks: between two models; those of source layers are tested in test_library."""
    return sorted((root / LIBRARY).glob("*-to-*.yaml"))


def parameters(path: Path) -> dict[str, str]:
    head = path.read_text(encoding="utf-8").partition("parameters:")[2].partition("\n")[0]
    return {name: value for name, value in GIVEN.items() if f"{name}: " in head}


def test_every_document_compiles(root: Path) -> None:
    found = {
        path.name: check_mapping(read_mapping(path, parameters(path)), load_model())
        for path in documents(root)
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_every_model_asked_for_is_a_target(root: Path) -> None:
    schemas = {read_mapping(path, parameters(path)).schema for path in documents(root)}
    assert {f"sdm/{one}" for one in MODELS} <= schemas


def job(folder: Path, mapping: str, source: str, formats: str = "[ngsild]") -> Report:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    text = JOB.format(source=source, formats=formats)
    return run(parse_job(text, folder))


def sent(url: str, package: Path) -> Done:
    with Client() as client:
        return publish(published(package), Broker(url, client), Wish())


def entities(folder: Path, kind: str) -> list[dict[str, Any]]:
    text = (folder / "out" / "data" / f"d_{kind}.ngsild.jsonld").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def assert_read_back_equal(url: str, kind: str, made: list[dict[str, Any]]) -> None:
    """Every attribute, through the NGSI-LD source."""
    source = open_source(SourceSpec(url=url, kind="ngsild"))
    batches = source.batches(source.layer(kind), Query())
    rows = {row["id"]: row for one in batches for row in one.to_pylist()}
    assert rows.keys() == {one["id"] for one in made}
    for one in made:
        row = rows[one["id"]]
        for name, value in one.items():
            if name in ("id", "type", "@context"):
                continue
            if name == "location":
                place = shapely.from_geojson(json.dumps(value["value"]))
                assert shapely.equals_exact(shapely.from_wkb(row[GEOMETRY]), place, 1e-9)
            else:
                assert _plain(row[name]) == _plain(plain_value(value)), name


def _plain(value: object) -> object:
    """Values as JSON has them: structured ones are JSON text in a layer, times are times."""
    if isinstance(value, str) and value[:1] in "[{":
        return json.loads(value)
    if hasattr(value, "isoformat"):
        return value.isoformat().replace("+00:00", "Z")
    return value


POI = """
target: {schema: sdm/PointOfInterest, namespace: AT.EXAMPLE.WIEN, language: deu}
ignore: {OBJECTID: renumbered, SE_ANNO_CAD_DATA: always empty, THUMBNAIL: an image of the page}
PointOfInterest:
  id: =id
  name: =NAME
  category: sights
  location: =geometry
  address: {streetAddress: =ADRESSE, addressLocality: Wien, addressCountry: AT}
  additionalInfoURL: =WEITERE_INF
"""
LIGHTS = """
target: {schema: sdm/Streetlight, namespace: NL.IMGeo}
from: {layers: [Paal]}
Streetlight:
  where: "\\"plus-type\\" = 'lichtmast' AND eindRegistratie IS NULL"
  id: =lokaalID
  location: =geometry
  status: ok
  dateServiceStarted: =creationDate
  owner: =bronhouder
"""
BUILDINGS = """
target: {schema: sdm/Building, namespace: IT.EXAMPLE, language: ita}
from: {layers: [Pistoia]}
Building:
  id: =IDAG
  category: civic
  location: =geometry
  address: {addressLocality: =Comune, addressCountry: IT}
"""


@pytest.fixture
def broker() -> standin.Broker:
    return standin.Broker()


def test_sights_of_vienna(shared: Path, tmp_path: Path, broker: standin.Broker) -> None:
    shutil.copy(shared / "data/at_wien_ogd/SEHENSWUERDIGOGD.json", tmp_path)
    report = job(tmp_path, POI, "{path: SEHENSWUERDIGOGD.json}")
    made = entities(tmp_path, "PointOfInterest")
    assert len(made) == 63
    assert report.types["d:PointOfInterest"].written == 63
    assert faults(shared, "PointOfInterest", made) == []
    with standin.serve(broker) as url:
        done = sent(url, tmp_path / "out")
        assert (done.created, done.failed) == (63, 0)
        assert_read_back_equal(url, "PointOfInterest", made)


def test_street_lights_of_otterlo(shared: Path, tmp_path: Path, broker: standin.Broker) -> None:
    shutil.unpack_archive(shared / "data/nl_otterlo_bgt/otterlo.zip", tmp_path)
    job(tmp_path, LIGHTS, "{path: bgt_paal.gml, kind: file}")
    made = entities(tmp_path, "Streetlight")
    known = pyogrio.read_dataframe(tmp_path / "bgt_paal.gml")
    wanted = known[(known["plus-type"] == "lichtmast") & known["eindRegistratie"].isna()]
    assert len(made) == len(wanted) > 100
    assert faults(shared, "Streetlight", made) == []
    assert all(abs(one["location"]["value"]["coordinates"][0] - 5.8) < 0.1 for one in made)
    with standin.serve(broker) as url:
        assert sent(url, tmp_path / "out").created == len(made)
        assert_read_back_equal(url, "Streetlight", made)


def test_buildings_of_pistoia(shared: Path, tmp_path: Path, broker: standin.Broker) -> None:
    shutil.copy(shared / "data/it_pistoia_edifici/Pistoia.zip", tmp_path)
    job(tmp_path, BUILDINGS, "{path: Pistoia.zip, limit: 1500}")
    made = entities(tmp_path, "Building")
    assert len(made) == 1500
    assert faults(shared, "Building", made[:300]) == []
    with standin.serve(broker) as url:
        done = sent(url, tmp_path / "out")
        assert (done.created, done.batches) == (1500, 2)
        assert_read_back_equal(url, "Building", made)


def test_buildings_of_olemps_to_entities_and_back(
    shared: Path,
    tmp_path: Path,
    broker: standin.Broker,
    validate_gml: Callable[[Path], list[str]],
) -> None:
    """INSPIRE GML of a real job → crosswalk → broker → crosswalk → INSPIRE GML."""
    for one in (shared / "data/fr_olemps_bdtopo").glob("BATIMENT.*"):
        shutil.copy(one, tmp_path)
    mapping = "extends: library:bu/fr-bdtopo-buildings\nparameters: {namespace: FR.EXAMPLE.BU}\n"
    source = "{path: ../BATIMENT.shp, encoding: UTF-8, limit: 600}"
    job(tmp_path / "inspire", mapping, source, "[gml]")
    extends = "extends: library:sdm/bu-core2d-to-building\n"
    given = "parameters: {country: FR, namespace: FR.EXAMPLE}\n"
    gml = "{path: ../inspire/out/data/d.gml}"
    job(tmp_path / "entities", extends + given, gml)
    made = entities(tmp_path / "entities", "Building")
    assert len(made) == 600
    assert faults(shared, "Building", made) == []
    categories = {one for entity in made for one in entity["category"]["value"]}
    assert {"residential", "civic", "shed"} <= categories
    with standin.serve(broker) as url:
        assert sent(url, tmp_path / "entities" / "out").created == 600
        assert_read_back_equal(url, "Building", made)
        back = (
            "extends: library:sdm/building-to-bu-core2d\nparameters: {namespace: FR.EXAMPLE.BU}\n"
        )
        job(tmp_path / "back", back, f"{{url: {url}, kind: ngsild}}", "[gml]")
    assert validate_gml(tmp_path / "back/out/data/d.gml") == []
    first, second = (_buildings(tmp_path / one / "out/data/d.gml") for one in ("inspire", "back"))
    assert first.keys() == second.keys()
    for name, row in first.items():
        again = second[name]
        assert again["numberOfFloorsAboveGround"] == row["numberOfFloorsAboveGround"]
        before, after = (shapely.from_wkb(one[GEOMETRY]) for one in (row, again))
        assert shapely.equals_exact(shapely.normalize(before), shapely.normalize(after), 1e-7)


def _buildings(path: Path) -> dict[str, dict[str, Any]]:
    source = open_source(SourceSpec(path=path))
    batches = source.batches(source.layer("Building"), Query())
    return {row["inspireId_localId"]: row for one in batches for row in one.to_pylist()}


def test_entities_keep_their_ids_when_the_package_is_replaced(
    shared: Path, tmp_path: Path, broker: standin.Broker
) -> None:
    """The id-map is read back; what vanished is deleted on request."""
    shutil.copy(shared / "data/at_wien_ogd/SEHENSWUERDIGOGD.json", tmp_path)
    source = "{path: SEHENSWUERDIGOGD.json}"
    job(tmp_path, POI, source)
    first = {one["id"] for one in entities(tmp_path, "PointOfInterest")}
    renamed = POI.replace("AT.EXAMPLE.WIEN", "AT.OTHER")
    where = "PointOfInterest:\n  where: \"id <> 'SEHENSWUERDIGOGD.368793'\"\n"
    with standin.serve(broker) as url:
        sent(url, tmp_path / "out")
        job(tmp_path, renamed.replace("PointOfInterest:\n", where, 1), source)
        second = {one["id"] for one in entities(tmp_path, "PointOfInterest")}
        (gone,) = first - second
        assert gone.endswith("368793")
        assert second < first
        with Client() as client:
            wish = Wish(delete_vanished=True)
            done = publish(published(tmp_path / "out"), Broker(url, client), wish)
        assert (done.created, done.updated, done.deleted) == (0, 62, 1)
        assert {one["id"] for one in broker.tenants[""]} == second


def test_gml_of_entity_types_is_refused(shared: Path, tmp_path: Path) -> None:
    shutil.copy(shared / "data/at_wien_ogd/SEHENSWUERDIGOGD.json", tmp_path)
    with pytest.raises(DocumentError, match="gml"):
        job(tmp_path, POI, "{path: SEHENSWUERDIGOGD.json}", "[ngsild, gml]")
    assert not (tmp_path / "out").exists()


def test_other_encodings_of_entity_types(shared: Path, tmp_path: Path) -> None:
    shutil.copy(shared / "data/at_wien_ogd/SEHENSWUERDIGOGD.json", tmp_path)
    formats = "[ngsild, gpkg, geojson, jsonfg, flatgeobuf, geoparquet, csv]"
    report = job(tmp_path, POI, "{path: SEHENSWUERDIGOGD.json}", formats)
    held = [one for one in report.outputs if one.counts]
    assert len(held) == 7
    assert all(dict(one.counts) == {"PointOfInterest": 63} for one in held)


def test_road_links_of_the_netherlands(
    shared: Path, tmp_path: Path, broker: standin.Broker, validate_gml: Callable[[Path], list[str]]
) -> None:
    shutil.copy(shared / "data/nl_inspire_pairs/kad-tn-roadnet-curves.gml", tmp_path / "roads.gml")
    there = "extends: library:sdm/tn-ro-to-road-segment\nparameters: {namespace: NL.EXAMPLE}\n"
    job(tmp_path / "there", there, "{path: ../roads.gml}")
    made = entities(tmp_path / "there", "RoadSegment")
    assert len(made) == 5
    assert faults(shared, "RoadSegment", made) == []
    for one in made:
        line = one["location"]["value"]["coordinates"]
        assert one["startPoint"]["value"] == {"type": "Point", "coordinates": line[0]}
        assert one["endPoint"]["value"] == {"type": "Point", "coordinates": line[-1]}
        assert one["refRoad"]["object"].startswith("urn:ngsi-ld:Road:NL.EXAMPLE:NL.TOP10NL.")
    with standin.serve(broker) as url:
        assert sent(url, tmp_path / "there" / "out").created == 5
        back = "extends: library:sdm/road-segment-to-tn-ro\nparameters: {namespace: NL.EXAMPLE}\n"
        job(tmp_path / "back", back, f"{{url: {url}, kind: ngsild}}", "[gml]")
    assert validate_gml(tmp_path / "back/out/data/d.gml") == []


# Columns that the user joins to INSPIRE's, as the documents say.
JOINED = {
    *("observed", "no2", "pm10", "pm25", "o3", "so2", "co"),
    *("temperature", "ph", "conductivity", "oxygen", "nitrate", "functionalClass", "site"),
}
FROM_INSPIRE = [
    ("bu-core2d-to-building", "bu-core2d/4.0"),
    ("ef-to-air-quality-observed", "ef/4.0"),
    ("ef-to-device", "ef/4.0"),
    ("ef-to-water-quality-observed", "ef/4.0"),
    ("elu-to-greenspace-record", "elu/4.0"),
    ("tn-ro-to-off-street-parking", "tn-ro/5.0"),
    ("tn-ro-to-parking-spot", "tn-ro/5.0"),
    ("tn-ro-to-road", "tn-ro/5.0"),
    ("tn-ro-to-road-segment", "tn-ro/5.0"),
    ("us-emf-to-waste-container", "us-emf/4.0"),
    ("us-govserv-to-point-of-interest", "us-govserv/5.0"),
    ("us-net-common-to-streetlight", "us-net-common/5.0"),
]


def test_all_documents_from_inspire_are_checked(root: Path) -> None:
    schemas = {one.stem: read_mapping(one, parameters(one)).schema for one in documents(root)}
    made = {name for name, schema in schemas.items() if schema.startswith("sdm/")}
    assert made == {name for name, _ in FROM_INSPIRE}


@pytest.mark.parametrize(("name", "key"), FROM_INSPIRE)
def test_the_columns_read_are_those_of_inspire(
    root: Path, tmp_path: Path, name: str, key: str
) -> None:
    """Against the GML of full instances, as it is read here: names and types of columns."""
    path = root / LIBRARY / f"{name}.yaml"
    document = read_mapping(path, parameters(path))
    (kind,) = document.layers
    maker = Maker(load_model(), key)
    element = load_model().feature_type(key, kind).name
    parts = list(batches(maker, [maker.full(element, 0, 3)], itertools.count()))
    crs = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
    output, *_ = write(FORMATS["gml"], tmp_path, parts, Dataset("d", key, "X", crs))
    layer = open_source(SourceSpec(path=tmp_path / output.path)).layer(kind)
    found = check_mapping(document, load_model(), {"gml": [layer]})
    wrong = [one for one in found if one.code != "UNUSED_COLUMN"]
    unknown = [one for one in wrong if one.code == "UNKNOWN_COLUMN"]
    assert [str(one) for one in wrong if one not in unknown] == []
    named = {one.message.rpartition("has no ")[2].strip("'") for one in unknown}
    assert named <= JOINED


@pytest.mark.parametrize("encoding", ["gpkg", "geojson", "geoparquet"])
def test_entities_are_made_of_other_encodings_of_a_package(
    shared: Path, tmp_path: Path, encoding: str
) -> None:
    shutil.copy(shared / "data/at_wien_ogd/SEHENSWUERDIGOGD.json", tmp_path)
    job(tmp_path, POI, "{path: SEHENSWUERDIGOGD.json}", f"[ngsild, {encoding}]")
    target = tmp_path / "again.ngsild.jsonld"
    options = parse_options({"ngsild.ids": str(tmp_path / "out/data/d_id-map.csv")})
    convert(tmp_path / "out", target, source_encoding=encoding, workers=1, options=options)
    again = {one["id"]: one for one in json.loads(target.read_text(encoding="utf-8"))}
    made = entities(tmp_path, "PointOfInterest")
    assert len(again) == len(made)
    for one in made:
        other = again[one["id"]]
        if encoding == "geojson":  # its degrees are taken for ETRS89's
            one.pop("location"), other.pop("location")
        assert one == other
