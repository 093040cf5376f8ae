"""GeoJSON by INSPIRE's encoding rule: one FeatureCollection a feature type.

RFC 7946, and ``INSPIRE-MIF/gp-geojson-encodings`` rule v0.1 (2019-03-29). Coordinates are
longitude, latitude; the rule takes ETRS89 for CRS84, so a target on ETRS89 is at most
projected back. Property names are those of :mod:`commonplace.formats.flat`.

``dataset.options["geojson.profile"]`` may be ``plain``: RFC 7946 and no more. Coordinates are
WGS 84; a feature has one geometry; collections have no members of their own; the addresses of
codes are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.bounds import Bounds, united
from commonplace.crs import Operation, choose
from commonplace.formats import flat, jsontext
from commonplace.formats.base import Encoder, Piece, one_file_a_type
from commonplace.formats.joined import write_list
from commonplace.gml.ordinates import ordinate_lists
from commonplace.gml.pieces import Array, content, join, join_or_null
from commonplace.report import OutputFile
from commonplace.target import Dataset, Geometries, Shape, TargetBatch, TargetCrs

OPTION: Final = "geojson.profile"
PLAIN: Final = "plain"
LARGEST_DECIMALS: Final = 8  # of degrees: as in the data set, whose geometries were made valid so
GEOGRAPHIC: Final = "EPSG:4258"
CRS84: Final = "OGC:CRS84"
ROWS_AT_ONCE: Final = 8_192

_NAMES: Final = {
    0: ("Point", 0),
    1: ("LineString", 1),
    2: ("LineString", 1),
    3: ("Polygon", 2),
    4: ("MultiPoint", 1),
    5: ("MultiLineString", 2),
    6: ("MultiPolygon", 3),
}
_COLLECTION: Final = 7
_TO_JSON: Final = bytes.maketrans(b"> ", b"[,")

Floats = npt.NDArray[np.float64]


class GeoJson:
    """The format; see the module."""

    name = "geojson"
    suffix = ".geojson"
    media_type = "application/geo+json"

    def losses(self, shape: Shape) -> list[str]:
        lost = flat.losses(shape)
        if flat.default_geometry(shape) is not None:
            lost.append(
                "coordinates are longitude and latitude with at most "
                f"{LARGEST_DECIMALS} decimals; where decimetres matter use GML or GeoPackage"
            )
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return GeoJsonEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        write = partial(_join_pieces, dataset)
        return one_file_a_type(self, dataset, shapes, pieces, folder, write, crs=CRS84, empty=True)


class GeoJsonEncoder:
    """Writes features, one a line, each with a comma behind."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        self._to_degrees = ToDegrees(dataset.crs, CRS84 if is_plain(dataset) else GEOGRAPHIC)
        self._file = path.open("wb")

    def write(self, batch: TargetBatch) -> None:
        for start in range(0, batch.rows, ROWS_AT_ONCE):
            rows = batch.columns.slice(start, ROWS_AT_ONCE)
            some = TargetBatch(batch.shape, rows, batch.geometries)
            self._file.write(content(features(self._dataset, some, self._to_degrees)))

    def close(self) -> Mapping[str, object]:
        self._file.close()
        bounds = self._to_degrees.bounds
        return {"bbox": list(bounds)} if bounds else {}


def is_plain(dataset: Dataset) -> bool:
    """Whether RFC 7946 alone is asked for."""
    return dataset.options.get(OPTION) == PLAIN


def features(dataset: Dataset, batch: TargetBatch, to_degrees: ToDegrees) -> Array:
    """One line of text a feature, with ``,`` and a newline behind."""

    def texts_of(handles: Array) -> Array:
        return geometry_texts(flat.pooled(batch.geometries, handles), to_degrees)

    if is_plain(dataset):
        made = flat.flatten(dataset, batch, addresses=False)
    else:
        made = flat.flatten(dataset, batch, texts_of)
    if made.geometry is None:
        geometry: Array | str = "null"
    else:
        geometry = pc.fill_null(texts_of(made.geometry), "null")
    named = [(one.name, flat.column_text(one)) for one in made.columns]
    return join(
        [
            '{"type":"Feature","id":',
            jsontext.quoted(made.ids),
            ',"geometry":',
            geometry,
            ',"properties":{',
            jsontext.members(named, made.rows) if named else "",
            "}},\n",
        ],
        made.rows,
    )


class ToDegrees:
    """Turns coordinates of a target CRS to degrees, and keeps their bounds."""

    def __init__(self, crs: TargetCrs, degrees: str = GEOGRAPHIC) -> None:
        self._crs = crs
        self._degrees = degrees
        self.decimals = min(crs.decimals, LARGEST_DECIMALS) if crs.geographic else LARGEST_DECIMALS
        self.bounds: Bounds | None = None

    def __call__(self, coordinates: Floats) -> Floats:
        """(n, 2 or 3) coordinates x, y to longitude, latitude; heights as they stand."""
        if self._crs.code != self._degrees:
            degrees = _operation(self._crs.code, self._degrees).transform(coordinates[:, :2])
            coordinates = np.column_stack([degrees, *coordinates.T[2:]])
        (west, south), (east, north) = (
            np.round(edge(coordinates[:, :2], axis=0), self.decimals).tolist()
            for edge in (np.min, np.max)
        )
        self.bounds = united(self.bounds, (west, south, east, north))
        return coordinates


@cache
def _operation(source: str, target: str) -> Operation:
    return choose(source, target, layer="GeoJSON", allow_ballpark=True)


def geometry_texts(geometries: Geometries, to_degrees: ToDegrees) -> Array:
    """Geometries as GeoJSON (RFC 7946, section 3.1); null for missing and empty ones."""
    kinds = shapely.get_type_id(geometries).astype(np.int64) * 2 + shapely.has_z(geometries)
    kinds[shapely.is_empty(geometries)] = -1
    kinds[shapely.is_missing(geometries)] = -1
    found = np.unique(kinds)
    if len(found) == 1:
        return _texts_of_kind(int(found[0]), geometries, to_degrees)
    groups = [np.flatnonzero(kinds == kind) for kind in found]
    texts = [
        _texts_of_kind(int(kind), geometries[rows], to_degrees)
        for kind, rows in zip(found, groups, strict=True)
    ]
    order = np.argsort(np.concatenate(groups), kind="stable") if groups else np.empty(0, np.int64)
    return pa.concat_arrays(texts).take(pa.array(order)) if texts else pa.array([], pa.string())


def _texts_of_kind(kind: int, geometries: Geometries, to_degrees: ToDegrees) -> Array:
    """Texts of geometries of one type, all with or all without height."""
    if kind < 0:
        return pa.nulls(len(geometries), pa.string())
    if kind // 2 == _COLLECTION:
        counts = shapely.get_num_geometries(geometries)
        parts = geometry_texts(shapely.get_parts(geometries), to_degrees)
        offsets = np.concatenate([[0], np.cumsum(counts)])
        listed = pc.fill_null(jsontext.bracketed(parts, offsets), "[]")
        return join(['{"type":"GeometryCollection","geometries":', listed, "}"], len(listed))
    name, depth = _NAMES[kind // 2]
    _, coordinates, offsets = shapely.to_ragged_array(geometries, include_z=bool(kind % 2))
    text = _positions(to_degrees(coordinates), to_degrees.decimals)
    head = f'{{"type":"{name}","coordinates":'
    if depth == 0:
        return join([head, text, "]}"], len(text))
    for level in range(depth):
        inner = level == 0
        lists = pa.ListArray.from_arrays(pa.array(offsets[level], pa.int32()), text)
        text = pc.binary_join(lists, "],") if inner else pc.binary_join(lists, ",")
        last = level == depth - 1
        closing = ("]]" if inner else "]") + ("}" if last else "")
        text = join_or_null([(head if last else "") + "[", text, closing], len(text))
    return text


def _positions(coordinates: Floats, decimals: int) -> Array:
    """``[7.1,50.2``: positions short of their closing bracket."""
    bounds = np.arange(len(coordinates) + 1, dtype=np.int64)
    texts = ordinate_lists(coordinates, bounds, decimals)
    _, offsets, data = texts.buffers()
    translated = memoryview(data).tobytes().translate(_TO_JSON)
    return pa.StringArray.from_buffers(len(texts), offsets, pa.py_buffer(translated))


def _join_pieces(dataset: Dataset, feature_type: str, pieces: Sequence[Piece], path: Path) -> str:
    """Head, pieces and foot; the last feature loses its comma."""
    head: dict[str, object] = {"type": "FeatureCollection"}
    if not is_plain(dataset):
        about = {key: getattr(dataset, key) for key in ("title", "licence", "attribution")}
        head |= {"name": feature_type} | {key: text for key, text in about.items() if text}
    boxes = [one.details["bbox"] for one in pieces if "bbox" in one.details]
    if boxes:
        box = np.array(boxes)
        head["bbox"] = [*box[:, :2].min(axis=0).tolist(), *box[:, 2:].max(axis=0).tolist()]
    opening = json.dumps(head, ensure_ascii=False)[:-1] + ',"features":[\n'
    return write_list(path, opening.encode(), pieces, b"\n]}\n")
