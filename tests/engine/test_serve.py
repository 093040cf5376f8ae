"""``commonplace serve``: a real pygeoapi gives what the package holds, feature by feature."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import numpy as np
import pyogrio
import pytest
import shapely
import yaml
from click.testing import CliRunner
from lxml import etree
from pyproj import Transformer

from commonplace.batch import Query
from commonplace.cli import cli
from commonplace.errors import OutputError, SourceError
from commonplace.job import SourceSpec
from commonplace.jobreading import read_job
from commonplace.pipeline import run
from commonplace.report import OutputFile
from commonplace.serving.boxes import box_of
from commonplace.serving.contents import contents_of, dataset_of
from commonplace.serving.running import listening, write_config
from commonplace.serving.store import build_store
from commonplace.sources import open_source
from servers.serving import serve_package
from support.packages import houses_package

JOBS = Path(__file__).parents[2] / "processing" / "jobs"
HOUSES = 60
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True)
class Served:
    package: Path
    url: str

    def get(self, path: str, **parameters: Any) -> Any:
        answer = httpx.get(f"{self.url}{path}", params={"f": "json", **parameters}, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def layers(self) -> dict[str, list[dict[str, Any]]]:
        """Features of the package's GeoJSON files, by collection."""
        return {
            path.stem.rpartition("_")[2].lower(): json.loads(path.read_bytes())["features"]
            for path in sorted((self.package / "data").glob("*.geojson"))
        }


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Generated houses in a projected CRS."""
    folder = tmp_path_factory.mktemp("houses")
    package = made(folder)
    with serve_package(package) as url:
        yield Served(package, url)


def made(folder: Path, formats: str = "gml, gpkg, geojson") -> Path:
    return houses_package(folder, HOUSES, formats=formats, crs="EPSG:25832")


LONG = ("nl-amsterdam-addresses", "fr-olemps-buildings", "it-pistoia-buildings")
REAL = (
    *("it-agrone-parcels", "fr-arpaillargues-plan"),
    *(pytest.param(one, marks=pytest.mark.long) for one in LONG),
)


@pytest.fixture(scope="module", params=REAL)
def real(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    package = tmp_path_factory.mktemp(request.param) / "package"
    run(read_job(JOBS / f"{request.param}.yaml", {"output.folder": str(package)}))
    with serve_package(package) as url:
        yield Served(package, url)


def test_every_feature_of_a_real_job_comes_back_by_its_id(real: Served) -> None:
    every_feature_comes_back(real)


def test_every_generated_feature_comes_back_by_its_id(houses: Served) -> None:
    every_feature_comes_back(houses)


def every_feature_comes_back(served: Served) -> None:
    layers = served.layers()
    listed = {one["id"] for one in served.get("/collections")["collections"]}
    assert listed == set(layers)
    with httpx.Client(base_url=served.url, timeout=60) as client:
        for layer, features in layers.items():
            assert features
            for one in features:
                path = f"/collections/{layer}/items/{quote(one['id'], safe='')}"
                found = client.get(path, params={"f": "json"}).json()
                assert {key: found[key] for key in one} == one
            missing = client.get(f"/collections/{layer}/items/nobody", params={"f": "json"})
            assert missing.status_code == 404


def test_pages_give_all_once(real: Served) -> None:
    for layer, features in real.layers().items():
        ids: list[str] = []
        while True:
            page = real.get(f"/collections/{layer}/items", limit=97, offset=len(ids))
            assert page["numberMatched"] == len(features)
            ids += [one["id"] for one in page["features"]]
            if len(ids) >= len(features):
                break
        assert ids == [one["id"] for one in features]


def test_our_own_source_reads_the_service(real: Served) -> None:
    source = open_source(SourceSpec(url=real.url))
    for layer, features in real.layers().items():
        batches = source.batches(source.layer(layer), Query())
        rows = [row for one in batches for row in one.to_pylist()]
        assert {row["id"] for row in rows} == {one["id"] for one in features}


def test_a_box_is_the_geometry_not_its_bounds(real: Served) -> None:
    inside = 0
    for layer, features in real.layers().items():
        shapes = [shapely.geometry.shape(one["geometry"]) for one in features if one["geometry"]]
        if not shapes:
            continue
        west, south, east, north = shapely.total_bounds(shapes)
        area = shapely.box(
            west + (east - west) / 3, south + (north - south) / 3, east, north - (north - south) / 4
        )
        expected = [
            one["id"]
            for one in features
            if one["geometry"] and shapely.intersects(area, shapely.geometry.shape(one["geometry"]))
        ]
        bbox = ",".join(map(repr, area.bounds))
        page = real.get(f"/collections/{layer}/items", bbox=bbox, limit=10_000)
        assert [one["id"] for one in page["features"]] == expected
        assert page["numberMatched"] == len(expected)
        inside += len(expected)
        few = real.get(f"/collections/{layer}/items", bbox=bbox, limit=2, offset=1)
        assert [one["id"] for one in few["features"]] == expected[1:3]
    assert inside


def test_another_crs_gives_the_coordinates_of_the_geopackage(houses: Served) -> None:
    exact = pyogrio.read_dataframe(houses.package / "data" / "houses.gpkg", layer="Building")
    page = houses.get("/collections/building/items", crs=f"{EPSG}25832", limit=1000)
    found = {one["id"]: shapely.geometry.shape(one["geometry"]) for one in page["features"]}
    for name, geometry in zip(exact["gml_id"], exact.geometry, strict=True):
        assert shapely.hausdorff_distance(found[name], geometry) < 0.003
    turned = houses.get("/collections/building/items", crs=f"{EPSG}4258", limit=1000)
    plain = houses.get("/collections/building/items", limit=1000)
    for one, other in zip(turned["features"], plain["features"], strict=True):
        latlon = shapely.get_coordinates(shapely.geometry.shape(one["geometry"]))
        lonlat = shapely.get_coordinates(shapely.geometry.shape(other["geometry"]))
        assert np.array_equal(latlon[:, ::-1], lonlat)


def test_a_box_in_another_crs_is_that_box_and_not_two_of_its_corners(houses: Served) -> None:
    exact = pyogrio.read_dataframe(houses.package / "data" / "houses.gpkg", layer="Building")
    west, south, east, _ = exact.total_bounds
    # A long flat box: taken by two corners it would miss what lies in the middle.
    area = shapely.box(west - 90_000, south + 1, east + 90_000, south + 2)
    expected = set(exact["gml_id"][shapely.intersects(area, exact.geometry.to_numpy())])
    page = houses.get(
        "/collections/building/items",
        **{"bbox": ",".join(map(repr, area.bounds)), "bbox-crs": f"{EPSG}25832", "limit": 1000},
    )
    assert {one["id"] for one in page["features"]} == expected
    assert expected


def test_properties_select_and_sort(houses: Served) -> None:
    items = "/collections/building/items"
    three = houses.get(items, numberOfDwellings="3", limit=1000)
    features = houses.layers()["building"]
    expected = [one["id"] for one in features if one["properties"]["numberOfDwellings"] == 3]
    assert [one["id"] for one in three["features"]] == expected
    last = houses.get(items, sortby="-inspireId_localId", limit=1)["features"]
    assert last[0]["properties"]["inspireId_localId"] == f"H{HOUSES - 1:06d}"
    narrow = houses.get(items, properties="inspireId_localId", skipGeometry="true", limit=1)
    assert list(narrow["features"][0]["properties"]) == ["inspireId_localId"]
    assert narrow["features"][0]["geometry"] is None


def test_what_it_can_not_do_is_refused_and_not_left_out(houses: Served) -> None:
    answer = httpx.get(f"{houses.url}/collections/building/items?f=json&filter=label='x'")
    assert answer.status_code == 400


def test_links_of_inspires_good_practice_lead_somewhere(houses: Served) -> None:
    """``gp-ogc-api-features`` 1.0, requirements pre-defined, bulk-download, multilinguality."""
    top = houses.get("/collections")
    links = links_of(top)
    assert links["describedby"][0]["type"] == "application/xml"
    record = etree.fromstring(httpx.get(links["describedby"][0]["href"]).content)
    assert etree.QName(record).localname == "MD_Metadata"
    assert len(links["license"]) == 1
    assert len(links["http://www.w3.org/ns/prov#has_provenance"]) == 1
    kinds = {one["type"] for one in links["enclosure"]}
    assert {"application/geopackage+sqlite3", "application/gml+xml; version=3.2"} <= kinds
    (building,) = top["collections"]
    own = links_of(building)
    (tag,) = own["tag"]
    assert tag["href"] == "http://inspire.ec.europa.eu/featureconcept/Building"
    assert {"stylesheet", "describedby", "license", "enclosure"} <= set(own)
    assert f"{EPSG}4258" in building["crs"]
    for one in (*links["enclosure"], *own["enclosure"]):
        head = httpx.head(one["href"])
        assert (head.status_code, int(head.headers["Content-Length"])) == (200, one["length"])
        assert one["hreflang"]
    ours = [one["href"] for each in (links, own) for some in each.values() for one in some]
    for href in ours:
        if urlsplit(href).netloc == urlsplit(houses.url).netloc:
            assert httpx.get(href, timeout=60).status_code == 200, href


def links_of(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in document["links"]:
        found.setdefault(one["rel"], []).append(one)
    return found


def test_only_files_of_the_manifest_are_given(houses: Served) -> None:
    (houses.package / "secret.txt").write_text("no", encoding="utf-8")
    for name in ("secret.txt", "../houses.gpkg", "%2e%2e/houses.gpkg", "data", ""):
        assert httpx.get(f"{houses.url}/package/{name}").status_code == 404
    assert httpx.get(f"{houses.url}/package/README.md").status_code == 200


def test_the_service_describes_itself_as_the_package_does(houses: Served) -> None:
    openapi = houses.get("/openapi")
    assert openapi["info"]["title"] == "Houses"
    assert openapi["info"]["license"]["name"] == "CC0-1.0"
    assert openapi["info"]["contact"]["name"] == "Town"


def test_mim7_finds_a_service_that_passes(real: Served) -> None:
    done = CliRunner().invoke(cli, ["mim7", real.url, "--rows", "0", "--json"])
    assert done.exit_code == 0, done.output
    rows = {one["id"]: one["verdict"] for one in json.loads(done.stdout)["requirements"]}
    passed = ("V5-R1", "V5-R2", "R1.1", "R2.1", "R3.1", "R5.1", "P1", "P3", "P8")
    assert {one: rows[one] for one in passed} == dict.fromkeys(passed, "pass")
    # Loopback has no TLS; ids and gaps of the model show against other evidence only.
    assert {one for one, verdict in rows.items() if verdict == "fail"} == {"P9"}


def test_mim7_follows_the_links_to_the_metadata(houses: Served) -> None:
    done = CliRunner().invoke(cli, ["mim7", houses.url, "--rows", "0", "--json"])
    told = json.loads(done.stdout)
    rows = {one["id"]: one for one in told["requirements"]}
    assert rows["P6"]["verdict"] == "pass"
    assert told["evidence"]["publisher"] == "Town"
    (record,) = told["evidence"]["records"]
    assert record == f"{houses.url}/package/metadata/houses.xml"
    (layer,) = told["evidence"]["layers"]
    assert layer["model"] == "http://inspire.ec.europa.eu/featureconcept/Building"


def test_a_configuration_for_another_server(tmp_path: Path) -> None:
    from pygeoapi.config import validate_config

    package = made(tmp_path)
    config = tmp_path / "conf" / "api.yml"
    command = ["serve", str(package), "--config", str(config), "--url", "https://x.example/api/"]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0, done.output
    document = yaml.safe_load(config.read_text(encoding="utf-8"))
    assert validate_config(document)
    assert document["server"]["url"] == "https://x.example/api"
    links = links_of(document["resources"]["building"])
    assert links["enclosure"][0]["href"].startswith("https://x.example/api/package/data/")
    files = {one.name for one in config.parent.iterdir()}
    assert files == {"api.yml", "api.openapi.yml", "api.sqlite"}
    again = config.with_name("again.yml")
    assert (
        write_config(contents_of(package), again, "http://x", host="h", port=1).features == HOUSES
    )


def test_a_package_without_geojson_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        contents_of(made(tmp_path, "gml"))
    assert "geojson" in (caught.value.hint or "")


def test_another_data_set_is_not_served(houses: Served) -> None:
    assert [one.id for one in contents_of(houses.package, "houses").layers] == ["building"]
    with pytest.raises(SourceError):
        contents_of(houses.package, "streets")
    with pytest.raises(SourceError):
        contents_of(houses.package / "data")


def test_two_features_of_one_id_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    package = made(tmp_path)
    (path,) = (package / "data").glob("*.geojson")
    path.write_text(path.read_text("utf-8").replace("H000001", "H000000"), encoding="utf-8")
    with pytest.raises(SourceError):
        build_store(contents_of(package).layers, tmp_path / "store.sqlite")
    assert not list(tmp_path.glob("*.sqlite*"))
    assert not list(tmp_path.glob(".*"))


def test_a_port_that_another_program_has() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OutputError), listening("127.0.0.1", taken.getsockname()[1]):
            pass


def test_links_need_an_address_that_clients_know(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    done = CliRunner().invoke(cli, ["serve", str(tmp_path / "package"), "--host", "0.0.0.0"])
    assert done.exit_code == 2
    assert "--url" in done.output


def test_boxes_across_the_antimeridian_and_with_heights() -> None:
    area = box_of([170, -10, -170, 10], None)
    assert shapely.intersects(area, shapely.Point(179, 0))
    assert shapely.intersects(area, shapely.Point(-179, 0))
    assert not shapely.intersects(area, shapely.Point(0, 0))
    assert box_of([1, 2, -5, 3, 4, 5], None).bounds == (1, 2, 3, 4)
    x, y = Transformer.from_crs(4326, 3035, always_xy=True).transform(10, 50)
    there = box_of([y - 1000, x - 1000, y + 1000, x + 1000], f"{EPSG}3035")
    assert shapely.contains(there, shapely.Point(10, 50))
    assert there.area < 0.001


@pytest.mark.parametrize(
    ("path", "kind", "types", "expected"),
    [
        ("data/my_Building.gml", "gml", ("Building",), "my_Building"),
        ("data/my_Building.geojson", "geojson", ("Building",), "my"),
        ("data/town.city.json", "cityjson", ("Building", "BuildingPart"), "town"),
    ],
)
def test_names_of_data_sets(path: str, kind: str, types: tuple[str, ...], expected: str) -> None:
    assert dataset_of(OutputFile(path, kind, "x", types)) == expected
