"""Hand-made shapes and batches: buildings with everything an encoder must cope with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from commonplace.model.types import Element, Kind, Property, qname
from commonplace.target import Dataset, Node, Shape, TargetBatch, TargetCrs

NS = "http://inspire.ec.europa.eu/schemas/bu-core2d/4.0"
CODES = "http://inspire.ec.europa.eu/codelist/CurrentUseValue"

ETRS89 = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
UTM32 = TargetCrs("EPSG:25832", "http://www.opengis.net/def/crs/EPSG/0/25832", False, 3, False)
DATASET = Dataset(
    name="buildings",
    schema="bu-core2d/4.0",
    namespace="DE.EXAMPLE.BU",
    crs=ETRS89,
    language="deu",
    title="Häuser",
    licence="CC-BY-4.0",
    attribution="© Stadt",
    as_of="2026-01-02T03:04:05Z",
)


def node(
    name: str, kind: Kind = Kind.VALUE, value_type: str | None = None, **keywords: Any
) -> Node:
    code_list = keywords.pop("code_list", CODES if kind is Kind.CODE else None)
    element = Element(qname(NS, name), qname(NS, "T"), maximum=None, code_list=code_list)
    return Node(Property(element, kind, value_type=value_type), **keywords)


def shape(name: str, *nodes: Node, feature: bool = False) -> Shape:
    return Shape(qname(NS, name), nodes, feature=feature)


IDENTIFIER = shape("Identifier", node("localId"), node("namespace", constant="DE.EXAMPLE.BU"))
USE = shape(
    "CurrentUse",
    node("currentUse", Kind.CODE),
    node("percentage", value_type="integer", nil="Unknown", siblings=("nil",)),
)
GEOMETRY = shape(
    "BuildingGeometry2D",
    node("geometry", Kind.GEOMETRY),
    node("referenceGeometry", value_type="boolean", constant="true"),
)
NAME = shape(
    "GeographicalName",
    node("language"),
    node("spelling", Kind.OBJECT, objects=(shape("SpellingOfName", node("text")),)),
)
EVENT = shape("DateOfEvent", node("anyPoint", value_type="dateTime"))
BUILDING = shape(
    "Building",
    node("inspireId", Kind.OBJECT, objects=(IDENTIFIER,)),
    node("beginLifespanVersion", value_type="dateTime"),
    node("conditionOfConstruction", Kind.CODE, void=True, nil="Unpopulated"),
    node("dateOfConstruction", Kind.OBJECT, objects=(EVENT,)),
    node("elevation", value_type="double", attributes=(("uom", "m"),)),
    node("name", Kind.OBJECT, repeated=True, objects=(NAME,)),
    node("currentUse", Kind.OBJECT, repeated=True, objects=(USE,)),
    node("alias", repeated=True),
    node("parts", Kind.REFERENCE, repeated=True),
    node("numberOfDwellings", value_type="integer", constant="3"),
    node("geometry2D", Kind.OBJECT, repeated=True, objects=(GEOMETRY,)),
    feature=True,
)
TYPE = pa.struct(
    {
        "@ordinal": pa.int64(),
        "@id": pa.string(),
        "inspireId": pa.struct({"localId": pa.string()}),
        "beginLifespanVersion": pa.timestamp("us", tz="UTC"),
        "dateOfConstruction": pa.struct({"anyPoint": pa.timestamp("us", tz="UTC")}),
        "elevation": pa.float64(),
        "name": pa.list_(
            pa.struct({"language": pa.string(), "spelling": pa.struct({"text": pa.string()})})
        ),
        "currentUse": pa.list_(
            pa.struct(
                {"currentUse": pa.string(), "percentage": pa.int64(), "percentage@nil": pa.string()}
            )
        ),
        "alias": pa.list_(pa.string()),
        "parts": pa.list_(pa.string()),
        "geometry2D": pa.list_(pa.struct({"geometry": pa.int32()})),
    }
)
SQUARE = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [[(0.2, 0.2), (0.2, 0.4), (0.4, 0.2)]])


def building(number: int, **fields: Any) -> dict[str, Any]:
    """One row; ``fields`` replace what it has."""
    row: dict[str, Any] = {
        "@ordinal": number,
        "@id": f"b{number}",
        "inspireId": {"localId": f"b{number}"},
        "beginLifespanVersion": datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
        "dateOfConstruction": {"anyPoint": datetime(1999, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)},
        "elevation": 12.5,
        "name": [{"language": "deu", "spelling": {"text": f"Haus {number}"}}],
        "currentUse": [{"currentUse": "residential", "percentage": 100, "percentage@nil": None}],
        "alias": ["a", "b"],
        "parts": ["#BuildingPart.1"],
        "geometry2D": [{"geometry": number}],
    }
    return row | fields


def batch(
    rows: Sequence[dict[str, Any]], geometries: Sequence[object] | None = None
) -> TargetBatch:
    """Rows over a pool that has one geometry a row number unless stated."""
    columns = pa.RecordBatch.from_struct_array(pa.array(rows, TYPE))
    if geometries is None:
        numbers = range(1 + max((row["@ordinal"] for row in rows), default=0))
        geometries = [
            shapely.transform(SQUARE, lambda xy, n=n: xy / 1000 + [7, 50 + n / 1000])
            for n in numbers
        ]
    pool = np.empty(len(geometries), dtype=object)
    pool[:] = geometries
    return TargetBatch(BUILDING, columns, pool)
