"""Metadata and provenance of a run: in the package, true, the same again, without secrets."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyogrio
import pytest
from lxml import etree
from pyproj import Transformer
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, PROV

from commonplace.jobreading import read_job
from commonplace.metadata.isoparts import NAMESPACES
from commonplace.package import read_manifest, verify
from commonplace.pipeline import run
from commonplace.report import Report
from support.houses import MAPPING, write_houses, write_job

ROWS = 30
FORM = """
metadata:
  abstract: Houses of a street.
  contact: {organisation: Town, email: geo@town.example}
  limitations: none
  lineage: Made up by a test.
"""
FORMS = ("xml", "ttl", "jsonld", "json")


def made(folder: Path, more: str = FORM, name: str = "package", rows: int = ROWS) -> Path:
    return ran(folder, more, name, rows)[0]


def ran(folder: Path, more: str, name: str, rows: int) -> tuple[Path, Report]:
    source = write_houses(folder / "houses.gpkg", rows)
    job = write_job(folder, source, more=more, formats="gml, gpkg, ngsild")
    report = run(read_job(job, {"output.folder": str(folder / name)}))
    return folder / name, report


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("houses"))


def test_they_are_listed_and_whole(package: Path) -> None:
    kinds = {one.path: one.media_type for one in read_manifest(package).documents}
    described = ("metadata/", "provenance")
    assert {path: kind for path, kind in kinds.items() if path.startswith(described)} == {
        "metadata/houses.xml": "application/xml",
        "metadata/houses.ttl": "text/turtle",
        "metadata/houses.jsonld": "application/ld+json",
        "metadata/houses.json": "application/json",
        "provenance.jsonld": "application/ld+json",
    }
    assert verify(package) == []
    readme = (package / "README.md").read_text(encoding="utf-8")
    assert all(f"metadata/houses.{form}" in readme for form in FORMS)
    assert "provenance.jsonld" in readme


def test_the_extent_is_that_of_the_data(package: Path) -> None:
    root = etree.parse(package / "metadata" / "houses.xml").getroot()
    edges = root.iterfind(".//gmd:EX_GeographicBoundingBox/*/gco:Decimal", NAMESPACES)
    west, east, south, north = (float(one.text or "nan") for one in edges)
    there = pyogrio.read_info(package / "data" / "houses.gpkg", layer="Building")["total_bounds"]
    to = Transformer.from_crs("EPSG:4258", "OGC:CRS84", always_xy=True)
    assert (west, south, east, north) == pytest.approx(to.transform_bounds(*there), abs=2e-6)
    assert west <= there[0] + 1e-9
    assert north >= there[3] - 1e-9


def test_checksums_and_sizes_are_those_of_the_files(package: Path) -> None:
    document = package / "metadata" / "houses.ttl"
    graph = Graph().parse(document, format="turtle", publicID=document.as_uri())
    for node in graph.subjects(RDF.type, DCAT.Distribution):
        address = graph.value(node, DCAT.downloadURL)
        file = Path(str(address).removeprefix("file://"))
        assert graph.value(node, DCAT.byteSize).toPython() == file.stat().st_size
        digest = sha256(file.read_bytes()).hexdigest()
        spdx = "http://spdx.org/rdf/terms#"
        checksum = graph.value(node, URIRef(f"{spdx}checksum"))
        assert str(graph.value(checksum, URIRef(f"{spdx}checksumValue"))) == digest
    assert len(list(graph.subjects(RDF.type, DCAT.Distribution))) >= 3


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own use of it
def test_every_file_leads_back_to_its_source(package: Path) -> None:
    document = package / "provenance.jsonld"
    graph = Graph().parse(document, format="json-ld", publicID=document.as_uri())
    files = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(files) == len(read_manifest(package).data)
    source = URIRef(f"{document.as_uri()}#source/houses")
    for one in files:
        assert source in set(graph.transitive_objects(one, PROV.wasDerivedFrom))
        assert Path(str(one).removeprefix("file://")).is_file()
        [activity] = graph.objects(one, PROV.wasGeneratedBy)
        assert (activity, RDF.type, PROV.Activity) in graph
    for activity in graph.subjects(RDF.type, PROV.Activity):
        assert list(graph.objects(activity, PROV.used))
        assert list(graph.objects(activity, PROV.wasAssociatedWith))


def test_provenance_names_hashes_operations_and_counts(package: Path) -> None:
    nodes = {
        one["@id"]: one
        for one in json.loads((package / "provenance.jsonld").read_text("utf-8"))["@graph"]
    }
    read = nodes["#source/houses"]["details"]["files"][0]
    source = package.parent / "houses.gpkg"
    assert read["sha256"] == sha256(source.read_bytes()).hexdigest()
    mapping = nodes["mappings/mapping.yaml"]
    assert mapping["sha256"] == sha256((package / mapping["@id"]).read_bytes()).hexdigest()
    assert nodes["job.yaml"]["sha256"] == sha256((package / "job.yaml").read_bytes()).hexdigest()
    moved = nodes["#reproject/houses%3Ahouses"]["operation"]
    assert (moved["source"], moved["target"]) == ("EPSG:25832", "EPSG:4258")
    assert nodes["#map/houses%3Ahouses"]["rows"]["mapped"] == ROWS
    assert nodes["#read/houses%3Ahouses"]["request"]["columns"]
    assert nodes["data/houses.gml"]["rows"] == {"Building": ROWS}
    for output in read_manifest(package).data:
        assert nodes[output.path]["sha256"] == output.sha256


def test_the_same_job_gives_the_same_bytes(package: Path, tmp_path: Path) -> None:
    again = made(tmp_path)
    names = [*(f"metadata/houses.{form}" for form in FORMS)]
    for name in names:
        text = (package / name).read_text("utf-8")
        # the GeoPackage of the source and so its hash differ; nothing else may
        assert (again / name).read_text("utf-8") == text


def test_a_form_left_out_is_told(tmp_path: Path) -> None:
    _, report = ran(tmp_path, "", "package", 3)
    lacking = {
        first.attribute
        for first, _, _ in report.findings.grouped()
        if first.code == "METADATA_MISSING"
    }
    assert lacking == {
        "abstract",
        "contact.organisation",
        "contact.email",
        "limitations",
        "lineage",
    }


def test_a_joined_source_is_one_of_the_sources(tmp_path: Path) -> None:
    write_houses(tmp_path / "houses.gpkg", 3)
    register = pa.table({"ref": ["H000000", "H000001"], "label": ["One", "Two"]})
    pyogrio.write_arrow(
        register, tmp_path / "register.gpkg", layer="register", driver="GPKG", crs=None
    )
    mapping = MAPPING.replace("name: =name", "name: =register.label")
    where = "from: {layers: [houses]}\njoin: {register: {on: {code: ref}}}\nBuilding:"
    (tmp_path / "mapping.yaml").write_text(mapping.replace("Building:", where))
    (tmp_path / "job.yaml").write_text(
        "{title: t, licence: CC0-1.0, attribution: a, as_of: 2026-01-01,"
        " sources: {houses: {path: houses.gpkg}, office: {path: register.gpkg}},"
        " datasets: [{name: houses, mapping: mapping.yaml, source: [houses, office]}],"
        " output: {folder: package, formats: [gml]}}"
    )
    report = run(read_job(tmp_path / "job.yaml"))
    assert [one["source"] for one in report.inputs] == ["houses", "office"]
    graph = json.loads((tmp_path / "package" / "provenance.jsonld").read_text("utf-8"))["@graph"]
    nodes = {one["@id"]: one for one in graph}
    digest = sha256((tmp_path / "register.gpkg").read_bytes()).hexdigest()
    assert nodes["#source/office"]["details"]["files"][0]["sha256"] == digest
    assert nodes["#layer/houses%3Ahouses"]["derivedFrom"] == ["#source/houses", "#source/office"]
    [joined] = nodes["#read/houses%3Ahouses"]["request"]["joined"]
    assert (joined["source"], joined["layer"]) == ("office", "register")
