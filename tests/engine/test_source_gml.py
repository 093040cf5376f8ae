"""GML application schemas as flat layers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from commonplace.batch import Query
from commonplace.errors import ColumnNotFound, LayerNotFound
from commonplace.job import SourceSpec
from commonplace.jobreading import parse_job
from commonplace.pipeline import run
from commonplace.sources import recognise
from commonplace.sources.gml import GmlSource, is_gml
from support import sources


@pytest.fixture(scope="module")
def addresses(shared: Path) -> GmlSource:
    path = shared / "data" / "ets_inspire_gml" / "016-ad-passed.xml"
    assert is_gml(path)
    return GmlSource(SourceSpec(path=path))


def test_layers(addresses: GmlSource) -> None:
    found = {one.name: one for one in addresses.layers()}
    assert {name: one.count for name, one in found.items()} == {
        "Address": 15,
        "ThoroughfareName": 5,
        "PostalDescriptor": 2,
        "AdminUnitName": 2,
        "AddressAreaName": 1,
        "AddressRepresentation": 2,
    }
    assert found["Address"].crs == "EPSG:25830"
    assert found["AdminUnitName"].crs is None
    types = {one.name: one.type for one in found["Address"].fields}
    assert types["inspireId_localId"] == "string"
    assert types["validFrom"] == "timestamp[us, tz=UTC]"
    assert types["position_default"] == "list<item: bool>"  # one address has two
    assert types["locator_level"] == "string"


def test_rows(addresses: GmlSource) -> None:
    layer = addresses.layer("Address")
    table = sources.read(addresses, layer)
    assert table.num_rows == 15
    first = table.slice(0, 1).to_pylist()[0]
    assert first["gml_id"] == "ES.SDGC.AD.04.001.1.1.9910210WG1191S"
    assert first["position_specification"] == ["entrance", "thoroughfareAccess"]
    assert first["parcel_nil"] == "Unknown"
    assert first["parentAddress"].startswith("#Address.")
    assert shapely.from_wkb(first["geometry"]).geom_type == "Point"


def test_queries(addresses: GmlSource) -> None:
    layer = addresses.layer("Address")
    table = sources.read(addresses, layer, columns=["status"], where=(("status", "proposed"),))
    assert table.column_names == ["status", "geometry"]
    assert set(table.column("status").to_pylist()) == {"proposed"}
    assert sources.read(addresses, layer, limit=2).num_rows == 2
    assert sources.read(addresses, layer, bbox=(0, 0, 1, 1)).num_rows == 0
    with pytest.raises(ColumnNotFound):
        list(addresses.batches(layer, Query(columns=["nothing"])))
    with pytest.raises(LayerNotFound):
        addresses.layer("Building")


def test_what_is_gml(tmp_path: Path, shared: Path) -> None:
    (tmp_path / "a.xml").write_text("<a/>")
    (tmp_path / "b.gml").write_text("no")
    assert not is_gml(tmp_path / "a.xml")
    assert not is_gml(tmp_path / "b.gml")
    assert not is_gml(tmp_path)
    assert is_gml(shared / "data/es_catastro_40146/A.ES.SDGC.BU.40146.building.gml")


def test_recognised_by_its_namespaces(shared: Path, tmp_path: Path) -> None:
    data = shared / "data"
    inspire = [
        data / "es_catastro_40146" / "A.ES.SDGC.BU.40146.building.gml",
        data / "ets_inspire_gml" / "016-ad-passed.xml",
        data / "nl_inspire_pairs" / "kad-hy-water-lines.gml",
    ]
    others = [
        data / "nl_inspire_pairs" / "top10-mix.gml",
        data / "es_catastro_40146" / "A.ES.SDGC.BU.MD.40146.xml",
        shared / "inspire" / "samples" / "Dataset_metadata_2.0_example.xml",
    ]
    broken = tmp_path / "broken.gml"
    broken.write_text("<a")
    assert {recognise(SourceSpec(path=one)) for one in inspire} == {"gml"}
    assert {recognise(SourceSpec(path=one)) for one in [*others, broken]} == {"file"}


def test_geometry_type_and_extent(shared: Path) -> None:
    path = shared / "data" / "es_catastro_40146" / "A.ES.SDGC.BU.40146.building.gml"
    layer = GmlSource(SourceSpec(path=path)).layer()
    assert (layer.geometry_type, layer.crs, layer.count) == ("MultiPolygon", "EPSG:25830", 246)
    assert layer.extent == pytest.approx((375704, 4542965, 376969, 4546617), abs=1)


MAPPING = """
target: {schema: bu-core2d/4.0, namespace: ES.SDGC.BU, language: spa}
from: {layers: [Building]}
Building:
  inspireId: =inspireId_localId
  beginLifespanVersion: =beginLifespanVersion
  conditionOfConstruction: =conditionOfConstruction
  numberOfDwellings: =numberOfDwellings
  externalReference:
    informationSystem: =externalReference_informationSystem
    informationSystemName: Catastro
    reference: =externalReference_reference
  geometry2D:
    geometry: =geometry
    referenceGeometry: true
    horizontalGeometryReference: footPrint
"""
JOB = """
title: Buildings of 40146
licence: CC-BY-4.0
attribution: Catastro
sources: {{town: {{path: {path}}}}}
datasets: [{{mapping: mapping.yaml, source: town}}]
crs: {{target: EPSG:25830}}
output: {{folder: out, formats: [gml]}}
"""


def test_old_version_harmonised_to_the_new_one(
    shared: Path, tmp_path: Path, validate_gml: Callable[[Path], list[str]]
) -> None:
    path = shared / "data" / "es_catastro_40146" / "A.ES.SDGC.BU.40146.building.gml"
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    report = run(parse_job(JOB.format(path=path), tmp_path))
    assert [one.read for one in report.layers.values()] == [246]
    assert [one.counts for one in report.outputs] == [{"Building": 246}]
    assert report.inputs[0]["kind"] == "gml"
    written = tmp_path / "out" / report.outputs[0].path
    assert validate_gml(written) == []
