"""INSPIRE application schemas by WFS: real documents served page by page, nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pytest
import shapely

from commonplace.batch import GEOMETRY
from commonplace.errors import ColumnNotFound
from commonplace.http import Client
from commonplace.job import SourceSpec
from commonplace.sources.gml import GmlSource
from commonplace.sources.wfs import WfsSource
from servers.gmlpages import ROOT, GmlPages
from support.sources import codes, read

IMPORTING = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:import namespace="http://inspire.ec.europa.eu/schemas/cp/4.0" schemaLocation="cp.xsd"/>
</xs:schema>"""
DOCUMENTS = {
    "parcels": (
        "es_catastro_40146/A.ES.SDGC.CP.40146.cadastralparcel.gml",
        "cp:CadastralParcel",
        "urn:ogc:def:crs:EPSG::25829",
    ),
    "buildings": (
        "es_catastro_40146/A.ES.SDGC.BU.40146.building.gml",
        "bu-ext2d:Building",
        "http://www.opengis.net/def/crs/EPSG/0/25829",
    ),
    "names": (
        "nl_inspire_pairs/gn-example-geodan.xml",
        "gn:NamedPlace",
        "urn:ogc:def:crs:EPSG::4258",
    ),
}


def served(shared: Path, name: str) -> GmlPages:
    path, kind, crs = DOCUMENTS[name]
    return GmlPages(shared / "data" / path, kind, crs, IMPORTING)


def connected(service: GmlPages, **spec: Any) -> WfsSource:
    client = Client(transport=httpx.MockTransport(service))
    return WfsSource(SourceSpec(url=ROOT, **spec), client=client)


def values(table: pa.Table) -> dict[str, list[Any]]:
    return {
        name: table[name].to_pylist()
        for name in table.column_names
        if name != GEOMETRY and any(one is not None for one in table[name].to_pylist())
    }


@pytest.mark.parametrize("size", [7, 100, 5000])
@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_pages_hold_what_the_document_holds(shared: Path, name: str, size: int) -> None:
    service = served(shared, name)
    if size == 7 and len(service.members) > 500:
        size = 50
    opened = connected(service, page_size=size)
    layer = opened.layer(DOCUMENTS[name][1].partition(":")[2])
    assert layer.count == len(service.members)
    whole = GmlSource(SourceSpec(path=service.path))
    expected = read(whole, whole.layer(layer.name))
    found = read(opened, layer)
    assert found.num_rows == expected.num_rows == len(service.members)
    mine, theirs = values(found), values(expected)
    assert [one.rpartition(".")[2] for one in mine.pop("gml_id")] == [
        one.rpartition(".")[2] for one in theirs.pop("gml_id")
    ]
    assert mine.keys() == theirs.keys()
    for column, rows in theirs.items():
        assert mine[column] == rows, column
    shapes, drawn = (shapely.from_wkb(one[GEOMETRY].to_pylist()) for one in (found, expected))
    if name == "names":  # a document that writes longitude first under a URN
        assert "AXIS_ORDER_WRONG" in codes(opened)
        drawn = shapely.transform(drawn, lambda xy: xy[:, ::-1])
    assert shapely.equals_exact(shapes, drawn, normalize=False).all()
    assert layer.crs == whole.layers()[0].crs
    assert not codes(opened) & {"FEATURES_REPEATED", "TYPE_INFERRED"}


def test_nested_columns_are_chosen_and_compared(shared: Path) -> None:
    opened = connected(served(shared, "parcels"), page_size=500)
    layer = opened.layer("CadastralParcel")
    assert "inspireId_localId" in layer.field_names
    row = read(opened, layer, columns=["inspireId_localId", "areaValue"], limit=1)
    identifier = row["inspireId_localId"][0].as_py()
    found = read(opened, layer, where=(("inspireId_localId", identifier),))
    assert found["inspireId_localId"].to_pylist() == [identifier]


def test_column_that_the_first_features_lack(shared: Path) -> None:
    """Nested properties can't all be known beforehand: null, not an error."""
    opened = connected(served(shared, "parcels"), page_size=500)
    layer = opened.layer("CadastralParcel")
    assert read(opened, layer, columns=["inspireId_versionId"], limit=2)[
        "inspireId_versionId"
    ].to_pylist() == [None, None]
    with pytest.raises(ColumnNotFound):
        read(opened, layer, columns=["nonsense"])
