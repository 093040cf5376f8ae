"""ATOM download services: feeds and files of a real file server on loopback."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pytest
from pyproj import Transformer

from commonplace.errors import LayerNotFound, MalformedAnswer, SourceError
from commonplace.job import SourceSpec
from commonplace.sources.atom import AtomSource
from servers.ranges import FileServer, serve_files
from support.sources import codes, read
from support.wfs_data import Town, write_town

COUNT = 60
_ROOT = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"'
    ' xmlns:inspire_dls="http://inspire.ec.europa.eu/schemas/inspire_dls/1.0">'
)
_CRS = "http://www.opengis.net/def/crs/EPSG/0/"


def dataset(code: str, title: str, link: str = "") -> str:
    return (
        f"<entry><id>https://a.example/{code}</id><title>{title}</title>"
        f"<inspire_dls:spatial_dataset_identifier_code>{code}"
        "</inspire_dls:spatial_dataset_identifier_code>"
        "<inspire_dls:spatial_dataset_identifier_namespace>LI"
        "</inspire_dls:spatial_dataset_identifier_namespace>"
        f"<rights>CC BY 4.0</rights>{link}"
        f'<category term="{_CRS}25832" label="UTM 32"/>'
        "<georss:polygon>48 11 48 12 49 12 49 11 48 11</georss:polygon></entry>"
    )


def offer(title: str, crs: int, *links: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<link rel="{relation}" href="{href}" type="{kind}" length="1"/>'
        for relation, href, kind in links
    )
    return (
        f"<entry><id>{title}</id><title>{title}</title>{rows}"
        f'<category term="{_CRS}{crs}" label="x"/></entry>'
    )


def feed(*entries: str, head: str = "") -> str:
    return f"{_ROOT}<title>Town</title><rights>CC0</rights>{head}{''.join(entries)}</feed>"


SEARCH = """<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:inspire_dls="http://inspire.ec.europa.eu/schemas/inspire_dls/1.0">
 <ShortName>Town</ShortName>
 <Url type="application/atom+xml" rel="describedby" template=
 "/find/{inspire_dls:spatial_dataset_identifier_code?}.xml?x={inspire_dls:crs?}&amp;q={searchTerms?}"/>
 <Query role="example" inspire_dls:spatial_dataset_identifier_code="T1"/></OpenSearchDescription>"""
ATOM = "application/atom+xml"
GPKG = "application/geopackage+sqlite3"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return write_town(tmp_path_factory.mktemp("town"), COUNT)


@pytest.fixture
def server(tmp_path: Path, town: Town) -> Iterator[FileServer]:
    files = tmp_path / "served"
    (files / "find").mkdir(parents=True)
    (files / "all.gpkg").write_bytes(town.path.read_bytes())
    houses = pyogrio.read_dataframe(town.path, layer="houses")
    pyogrio.write_dataframe(houses, files / "houses.gpkg", layer="houses")
    pyogrio.write_dataframe(houses.to_crs(4258), files / "houses4258.gpkg", layer="houses")
    for number, part in enumerate((houses[:25], houses[25:])):
        pyogrio.write_dataframe(part.to_crs(4326), files / f"part{number}.geojson")
    pyogrio.write_dataframe(houses, files / "bare.shp")
    with zipfile.ZipFile(files / "bare.zip", "w") as archive:
        for one in files.glob("bare.*"):
            if one.suffix in (".shp", ".shx", ".dbf"):
                archive.write(one, one.name)
    link = '<link rel="alternate" href="h1.xml" type="application/atom+xml;charset=utf-8"/>'
    described = (
        '<link rel="search" href="search.xml" type="application/opensearchdescription+xml"/>'
    )
    service = feed(dataset("H1", "Houses", link), dataset("T1", "Everything"), head=described)
    page = ("alternate", "about.html", "text/html")
    pages = {
        "service.xml": service,
        "search.xml": SEARCH,
        "h1.xml": feed(
            offer("shape", 25832, ("alternate", "bare.zip", "application/zip"), page),
            offer("geographic", 4258, ("alternate", "houses4258.gpkg", GPKG)),
            offer("utm", 25832, ("alternate", "houses.gpkg", GPKG)),
            offer(
                "parts",
                4326,
                ("section", "part0.geojson", "application/geo+json"),
                ("section", "part1.geojson", "application/geo+json"),
            ),
        ),
        "find/T1.xml": feed(offer("all", 25832, ("alternate", "../all.gpkg", GPKG))),
        "places.xml": feed(
            offer("40146 North", 25832, ("enclosure", "houses.gpkg", GPKG)),
            offer("40147 South", 25832, ("enclosure", "all.gpkg", GPKG)),
        ),
        "none.xml": feed(offer("view", 4326, page)),
        "empty.xml": feed(),
    }
    for name, text in pages.items():
        (files / name).write_text(text, encoding="utf-8")
    with serve_files(files) as running:
        yield running


def test_service_feed_lists_data_sets_and_fetches_no_file(server: FileServer) -> None:
    opened = AtomSource(SourceSpec(url=f"{server.url}/service.xml"))
    houses, everything = opened.layers()
    assert (houses.name, houses.title, houses.licence) == ("H1", "Houses", "CC BY 4.0")
    assert everything.name == "T1"
    assert houses.crs == "EPSG:25832"
    east, north = Transformer.from_crs(4326, 25832, always_xy=True).transform(11.5, 48.5)
    assert houses.extent is not None
    assert houses.extent[0] < east < houses.extent[2]
    assert houses.extent[1] < north < houses.extent[3]
    assert len(server.asked) == 2  # the feed, and its OpenSearch description
    assert opened.evidence().details["opensearch"] == {
        "title": "Town",
        "queries": [{"role": "example", "spatial_dataset_identifier_code": "T1"}],
    }


def test_data_set_is_read_from_its_file(server: FileServer, town: Town) -> None:
    opened = AtomSource(SourceSpec(url=f"{server.url}/service.xml"))
    layer = opened.layer("H1")
    assert (layer.name, layer.crs, layer.count) == (
        "H1",
        "EPSG:4258",
        COUNT,
    )  # the first GeoPackage
    assert sorted(read(opened, layer)["key"].to_pylist()) == town.keys("houses")


def test_feed_found_by_opensearch_and_layers_of_one_file(server: FileServer, town: Town) -> None:
    opened = AtomSource(SourceSpec(url=f"{server.url}/service.xml"))
    with pytest.raises(LayerNotFound) as caught:
        opened.layer("T1")
    assert "T1/trees" in str(caught.value)
    layer = opened.layer("T1/trees")
    assert sorted(read(opened, layer)["key"].to_pylist()) == town.keys("trees")


def test_data_set_feed_has_the_layers_of_its_file(server: FileServer, town: Town) -> None:
    opened = AtomSource(SourceSpec(url=f"{server.url}/find/T1.xml"))
    assert sorted(one.name for one in opened.layers()) == ["houses", "trees"]
    found = read(opened, opened.layer("trees"), where=(("key", "7"),))
    assert found["key"].to_pylist() == [7]
    assert opened.layer("houses").licence == "CC0"


@pytest.mark.parametrize(
    ("stated", "crs", "name"),
    [
        ({"crs": "EPSG:25832"}, "EPSG:25832", "houses.gpkg"),
        ({"crs": "EPSG:4258"}, "EPSG:4258", "houses4258.gpkg"),
        ({"crs": "EPSG:25832", "format": "zip"}, "EPSG:25832", "bare.zip"),
    ],
)
def test_file_is_chosen_by_crs_and_format(
    server: FileServer, stated: dict[str, str], crs: str, name: str
) -> None:
    opened = AtomSource(SourceSpec(url=f"{server.url}/h1.xml", **stated))
    (layer,) = opened.layers()
    assert (layer.crs, layer.count) == (crs, COUNT)
    (file,) = opened.evidence().details["files"]
    assert file["url"].endswith(name)


def test_crs_that_only_the_feed_says(server: FileServer) -> None:
    opened = AtomSource(SourceSpec(url=f"{server.url}/h1.xml", format="shapefile"))
    (layer,) = opened.layers()
    assert layer.crs == "EPSG:25832"
    assert "CRS_FROM_FEED" in codes(opened)


def test_sections_are_one_layer(server: FileServer, town: Town) -> None:
    opened = AtomSource(SourceSpec(url=f"{server.url}/h1.xml", format="geojson"))
    (layer,) = opened.layers()
    assert sorted(read(opened, layer)["key"].to_pylist()) == town.keys("houses")
    assert len(opened.evidence().details["files"]) == 2


def test_zipped_inspire_gml_keeps_nested_properties(server: FileServer, shared: Path) -> None:
    """Buildings as Spain's cadastre hands them out."""
    folder = shared / "data" / "es_catastro_40146"
    documents = sorted(folder.glob("A.ES.SDGC.BU*.gml")) + sorted(folder.glob("*BU.MD*.xml"))
    with zipfile.ZipFile(server.folder / "bu.zip", "w") as archive:
        for one in documents:
            archive.write(one, one.name)
    text = feed(offer("bu", 25830, ("enclosure", "bu.zip", "application/x-compressed")))
    (server.folder / "bu.xml").write_text(text, encoding="utf-8")
    opened = AtomSource(SourceSpec(url=f"{server.url}/bu.xml"))
    counts = {one.name: one.count for one in opened.layers()}
    assert counts == {"Building": 246, "BuildingPart": 496, "OtherConstruction": 1}
    layer = opened.layer("Building")
    assert layer.crs == "EPSG:25830"
    table = read(opened, layer, columns=["inspireId_localId", "currentUse"])
    assert table.num_rows == 246
    assert table["inspireId_localId"][0].as_py() == "000700100UL74F"


def test_entries_that_offer_the_same_are_data_sets(server: FileServer, town: Town) -> None:
    """As Spain's cadastre does: a feed a province, an entry a municipality."""
    opened = AtomSource(SourceSpec(url=f"{server.url}/places.xml"))
    assert [one.name for one in opened.layers()] == ["40146 North", "40147 South"]
    assert len(server.asked) == 1
    layer = opened.layer("40146 North")
    assert sorted(read(opened, layer)["key"].to_pylist()) == town.keys("houses")


def test_what_is_no_feed_or_has_no_data(server: FileServer) -> None:
    for name in ("search.xml", "empty.xml"):
        with pytest.raises(MalformedAnswer):
            AtomSource(SourceSpec(url=f"{server.url}/{name}")).layers()
    for spec in ({"url": f"{server.url}/none.xml"}, {"url": f"{server.url}/h1.xml", "format": "x"}):
        with pytest.raises(SourceError):
            AtomSource(SourceSpec(**spec)).layers()
