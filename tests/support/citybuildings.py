"""Batches of INSPIRE buildings with heights, parts and surfaces in space, for CityJSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from commonplace.model.types import Kind
from commonplace.target import Shape, TargetBatch
from support.batches import GEOMETRY, IDENTIFIER, node, shape
from support.citymodels import BOX, FACES

HEIGHT = shape("HeightAboveGround", node("value", value_type="double", attributes=(("uom", "m"),)))
IN_SPACE = shape("BuildingGeometry3DLoD2", node("geometryMultiSurface", Kind.GEOMETRY))
PROPERTIES = (
    node("inspireId", Kind.OBJECT, objects=(IDENTIFIER,)),
    node("heightAboveGround", Kind.OBJECT, repeated=True, objects=(HEIGHT,)),
    node("numberOfFloorsAboveGround", value_type="integer"),
    node("geometry2D", Kind.OBJECT, repeated=True, objects=(GEOMETRY,)),
    node("geometry3DLoD2", Kind.OBJECT, objects=(IN_SPACE,)),
)
BUILDING = shape(
    "Building", *PROPERTIES, node("parts", Kind.REFERENCE, repeated=True), feature=True
)
PART = shape("BuildingPart", *PROPERTIES, feature=True)
TYPE = pa.struct(
    {
        "@ordinal": pa.int64(),
        "@id": pa.string(),
        "inspireId": pa.struct({"localId": pa.string()}),
        "heightAboveGround": pa.list_(pa.struct({"value": pa.float64()})),
        "numberOfFloorsAboveGround": pa.int64(),
        "geometry2D": pa.list_(pa.struct({"geometry": pa.int32()})),
        "geometry3DLoD2": pa.struct({"geometryMultiSurface": pa.int32()}),
        "parts": pa.list_(pa.string()),
    }
)


def row(
    number: int,
    *,
    height: float | None = None,
    parts: Sequence[int] = (),
    flat: int | None = None,
    solid: int | None = None,
) -> dict[str, Any]:
    """A building; ``flat`` and ``solid`` are handles of geometries."""
    return {
        "@ordinal": number,
        "@id": f"b{number}",
        "inspireId": {"localId": f"b{number}"},
        "heightAboveGround": [] if height is None else [{"value": height}],
        "numberOfFloorsAboveGround": 2,
        "geometry2D": [] if flat is None else [{"geometry": flat}],
        "geometry3DLoD2": None if solid is None else {"geometryMultiSurface": solid},
        "parts": [f"#BuildingPart.b{one}" for one in parts],
    }


def city_batch(
    of: Shape, rows: Sequence[dict[str, Any]], geometries: Sequence[object]
) -> TargetBatch:
    pool = np.empty(len(geometries), dtype=object)
    pool[:] = geometries
    columns = pa.RecordBatch.from_struct_array(pa.array(rows, TYPE))
    return TargetBatch(of, columns if of is BUILDING else columns.drop_columns(["parts"]), pool)


def box(x: float, *, open_top: bool = False, inside_out: bool = False) -> shapely.MultiPolygon:
    """A box of 10 by 8 by 6, normals outwards unless told otherwise."""
    faces = [faces for name, (*faces,) in FACES.items() if not (open_top and name == "RoofSurface")]
    rings = [face[0][::-1] if inside_out else face[0] for face in faces]
    return shapely.MultiPolygon(
        [[[(BOX[i][0] + x, BOX[i][1], BOX[i][2]) for i in ring], []] for ring in rings]
    )
