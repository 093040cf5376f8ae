"""CityJSON 2.0 and CityJSONSeq: buildings of the INSPIRE models as city objects.

https://www.cityjson.org/specs/2.0.1/. A building's LoD 0 is its footprint, LoD 1 that
footprint raised by its height above ground, LoD 2 to 4 its surfaces in space: a ``Solid``
where they close, else a ``MultiSurface``. Attributes have the flat encodings' names, and
``measuredHeight`` and ``storeysAboveGround`` CityJSON's. A sequence has a building and its
parts a line (``CityJSONFeature``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import flat, jsontext
from commonplace.formats.base import Encoder, Piece, whole
from commonplace.formats.cityjson_boundaries import (
    Level,
    extruded_level,
    flat_level,
    surface_level,
)
from commonplace.formats.cityjson_objects import CityObjects, read_objects, write_objects
from commonplace.gml.pieces import Array, content, join
from commonplace.model.types import Kind
from commonplace.report import OutputFile
from commonplace.target import Dataset, Shape, TargetBatch, TargetCrs

VERSION: Final = "2.0"
TYPES: Final = ("Building", "BuildingPart")
SCHEMAS: Final = "bu-"
HEIGHT: Final = "heightAboveGround_value"
STOREYS: Final = "numberOfFloorsAboveGround"
_LEVEL: Final = re.compile(r"geometry3DLoD(?P<lod>[1-4])_")
_HEIGHT_DECIMALS: Final = 3

Floats = npt.NDArray[np.float64]


class CityJson:
    """One document a dataset; see the module."""

    name = "cityjson"
    suffix = ".city.json"
    media_type = "application/city+json"
    sequence = False

    def losses(self, shape: Shape) -> list[str]:
        if shape.name not in TYPES:
            return ["not written: CityJSON is written of buildings and their parts only"]
        lost = flat.losses(shape)
        if not any(_LEVEL.match("_".join(path)) for path in flat.geometry_paths(shape)):
            lost.append("the height of the ground is not known: buildings stand at height 0")
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return CityJsonEncoder(dataset, shape, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        counts = {
            name: sum(one.count for one in pieces if one.feature_type == name)
            for name in shapes
            if name in TYPES and dataset.schema.startswith(SCHEMAS)
        }
        if not any(counts.values()):
            return []
        path = folder / f"{dataset.name}{self.suffix}"
        with whole(path) as temporary:
            _write(dataset, pieces, temporary, sequence=self.sequence)
        return [
            OutputFile(
                path=path.name,
                format=self.name,
                media_type=self.media_type,
                feature_types=tuple(counts),
                counts=counts,
                crs=dataset.crs.code,
                model=dataset.schema,
            )
        ]


class CityJsonSeq(CityJson):
    """A building a line; see the module."""

    name = "cityjsonseq"
    suffix = ".city.jsonl"
    media_type = "application/city+json-seq"
    sequence = True


class CityJsonEncoder:
    """Writes city objects as columns, since their vertices' numbers are known at the end."""

    def __init__(self, dataset: Dataset, shape: Shape, path: Path) -> None:
        self._dataset = dataset
        self._path = path
        self._wanted = shape.name in TYPES and dataset.schema.startswith(SCHEMAS)
        self._made: list[pa.RecordBatch] = []

    def write(self, batch: TargetBatch) -> None:
        if self._wanted:
            self._made.append(objects(self._dataset, batch))

    def close(self) -> Mapping[str, object]:
        return write_objects(self._made, self._path)


def scale_of(crs: TargetCrs) -> Floats:
    """What one is in vertices: the precision of the CRS, a millimetre in height."""
    across = 10.0**-crs.decimals
    return np.array([across, across, 10.0**-_HEIGHT_DECIMALS])


def objects(dataset: Dataset, batch: TargetBatch) -> pa.RecordBatch:
    """The city objects of a batch as :class:`CityObjects` reads them."""
    made = flat.flatten(dataset, batch, _as_numbers)
    names = {one.name: one for one in made.columns}
    levels = _levels(dataset, batch, made, names)
    attributes = [
        one
        for one in made.columns
        if one.name != "parts" and (one.node is None or one.node.kind is not Kind.GEOMETRY)
    ]
    named = [(one.name, flat.column_text(one)) for one in attributes]
    named += [
        (new, flat.column_text(names[old]))
        for new, old in (("measuredHeight", HEIGHT), ("storeysAboveGround", STOREYS))
        if old in names
    ]
    text = jsontext.members(named, made.rows) if named else pa.array([""] * made.rows)
    children = names.get("parts")
    return CityObjects.columns(
        ids=made.ids,
        attributes=join(["{", pc.fill_null(text, ""), "}"], made.rows),
        children=None if children is None else flat.column_text(children),
        levels=levels,
    )


def _as_numbers(handles: Array) -> Array:
    """Instead of a geometry's text: its number in the pool."""
    return handles.cast(pa.string())


def _levels(
    dataset: Dataset, batch: TargetBatch, made: flat.Flat, names: Mapping[str, flat.Column]
) -> dict[str, Level]:
    scale = scale_of(dataset.crs)
    default = "_".join(flat.default_geometry(batch.shape) or ())
    handles = {
        one.name: _numbers(flat.column_text(one))
        for one in names.values()
        if one.node is not None and one.node.kind is Kind.GEOMETRY
    }
    if made.geometry is not None:
        handles = {default: made.geometry, **handles}
    levels: dict[str, Level] = {}
    for name, column in handles.items():
        geometries = flat.pooled(batch.geometries, column)
        level = _LEVEL.match(name)
        if level is not None:
            levels.setdefault(level["lod"], surface_level(geometries, scale))
        elif "0" not in levels:
            levels["0"] = flat_level(geometries, scale)
            heights = _heights(names.get(HEIGHT), made.rows)
            if heights is not None and "1" not in levels:
                levels["1"] = extruded_level(geometries, heights, scale)
    return levels


def _numbers(texts: Array) -> Array:
    """Handles from their texts; of arrays of them the first."""
    first = pc.replace_substring_regex(texts, r"^\[?(\d+).*$", r"\1")
    return first.cast(pa.int32())


def _heights(column: flat.Column | None, rows: int) -> Floats | None:
    """Heights in metres, NaN where there is none."""
    if column is None:
        return None
    values = flat.plain(column, rows)
    if pa.types.is_string(values.type):
        values = pc.if_else(pc.match_substring_regex(values, r"^-?\d+(\.\d+)?$"), values, None)
    heights: Floats = values.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return heights


def _write(dataset: Dataset, pieces: Sequence[Piece], path: Path, *, sequence: bool) -> None:
    pieces = [one for one in pieces if one.feature_type in TYPES and one.count]
    lowest, highest = _bounds(pieces)
    scale = scale_of(dataset.crs)
    head = _head(dataset, lowest, highest, scale)
    found = read_objects(pieces, lowest)
    with path.open("wb") as file:
        if sequence:
            _write_lines(file, head, found)
        else:
            _write_document(file, head, found)


def _write_lines(file: IO[bytes], head: dict[str, object], found: Iterator[CityObjects]) -> None:
    file.write(_json({**head, "CityObjects": {}, "vertices": []}) + b"\n")
    for group in found:
        file.write(content(group.features()))


def _write_document(file: IO[bytes], head: dict[str, object], found: Iterator[CityObjects]) -> None:
    """Objects as they come; their vertices wait in a file of their own beside it."""
    waiting = Path(f"{file.name}.vertices")
    try:
        with waiting.open("w+b") as vertices:
            file.write(_json(head)[:-1] + b',"CityObjects":{\n')
            count = 0
            for group in found:
                if count:
                    file.write(b",\n")
                    vertices.write(b",")
                file.write(content(group.members(count))[:-2])
                vertices.write(content(group.vertex_texts())[:-1])
                count += group.vertex_count
            file.write(b'\n},"vertices":[\n')
            vertices.seek(0)
            for block in iter(partial(vertices.read, 1 << 20), b""):
                file.write(block)
            file.write(b"\n]}\n")
    finally:
        waiting.unlink(missing_ok=True)


def _bounds(pieces: Sequence[Piece]) -> tuple[list[int], list[int]]:
    boxes = np.array([one.details["box"] for one in pieces if one.details.get("box")])
    if not len(boxes):
        return [0, 0, 0], [0, 0, 0]
    return boxes[:, :3].min(axis=0).tolist(), boxes[:, 3:].max(axis=0).tolist()


def _head(
    dataset: Dataset, lowest: list[int], highest: list[int], scale: Floats
) -> dict[str, object]:
    decimals = [round(-float(np.log10(one))) for one in scale]

    def real(corner: list[int]) -> list[float]:
        return [
            round(one * 10.0**-places, places) for one, places in zip(corner, decimals, strict=True)
        ]

    metadata: dict[str, object] = {
        "title": dataset.title or dataset.name,
        "referenceDate": dataset.as_of[:10],
        "referenceSystem": dataset.crs.uri.replace("http://", "https://", 1),
        "geographicalExtent": real(lowest) + real(highest),
    }
    for key in ("licence", "attribution"):
        if text := getattr(dataset, key):
            metadata[key] = text
    return {
        "type": "CityJSON",
        "version": VERSION,
        "transform": {"scale": [10.0**-one for one in decimals], "translate": real(lowest)},
        "metadata": metadata,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
