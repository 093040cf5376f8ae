"""JSON-FG 1.0 (OGC 21-045r1): one FeatureCollection a feature type.

What GeoJSON can't say stands in members of its own: ``place`` is the geometry in the
target CRS, in that CRS's axis order and precision; ``coordRefSys`` and ``featureType`` are
those of the collection. ``geometry`` is the same in longitude and latitude, for readers of
GeoJSON. ``time`` is the validity of the object in the real world (``validFrom``,
``validTo``); when its record began is no such time and stays a property.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import flat, jsontext
from commonplace.formats.base import Encoder, Piece, one_file_a_type
from commonplace.formats.geojson import (
    CRS84,
    ROWS_AT_ONCE,
    Floats,
    ToDegrees,
    geometry_texts,
)
from commonplace.formats.joined import write_list
from commonplace.gml.pieces import Array, content, join, join_or_null
from commonplace.report import OutputFile
from commonplace.target import Dataset, Shape, TargetBatch, TargetCrs

CONFORMS_TO: Final = (
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
)
BEGIN: Final = "validFrom"
END: Final = "validTo"


class JsonFg:
    """The format; see the module."""

    name = "jsonfg"
    suffix = ".jsonfg"
    media_type = "application/vnd.ogc.fg+json"

    def losses(self, shape: Shape) -> list[str]:
        lost = flat.losses(shape)
        default = flat.default_geometry(shape)
        lost += [
            f"{'_'.join(path)}: longitude and latitude only, a feature has one place"
            for path in flat.geometry_paths(shape)
            if path != default
        ]
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return JsonFgEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        write = partial(_write_file, dataset)
        return one_file_a_type(self, dataset, shapes, pieces, folder, write, empty=True)


class JsonFgEncoder:
    """Writes features, one a line, each with a comma behind."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        self._file = path.open("wb")

    def write(self, batch: TargetBatch) -> None:
        for start in range(0, batch.rows, ROWS_AT_ONCE):
            columns = batch.columns.slice(start, ROWS_AT_ONCE)
            some = TargetBatch(batch.shape, columns, batch.geometries)
            self._file.write(content(features(self._dataset, some)))

    def close(self) -> Mapping[str, object]:
        self._file.close()
        return {}


class InPlace(ToDegrees):
    """Coordinates in the target CRS itself, in its axis order and precision."""

    def __init__(self, crs: TargetCrs) -> None:
        super().__init__(crs)
        self._swap = crs.swap
        self.decimals = crs.decimals

    def __call__(self, coordinates: Floats) -> Floats:
        """(n, 2 or 3) coordinates x, y in the order that the authority gives."""
        order = [1, 0, 2] if self._swap else [0, 1, 2]
        return coordinates[:, order[: coordinates.shape[1]]]


def features(dataset: Dataset, batch: TargetBatch) -> Array:
    """One line of text a feature, with ``,`` and a newline behind."""
    to_degrees = ToDegrees(dataset.crs)

    def degrees(handles: Array) -> Array:
        return geometry_texts(flat.pooled(batch.geometries, handles), to_degrees)

    made = flat.flatten(dataset, batch, degrees)
    place: Array | str = "null"
    geometry: Array | str = "null"
    if made.geometry is not None:
        geometry = pc.fill_null(degrees(made.geometry), "null")
        if dataset.crs.code != CRS84:
            geometries = flat.pooled(batch.geometries, made.geometry)
            place = pc.fill_null(geometry_texts(geometries, InPlace(dataset.crs)), "null")
    named = [(one.name, flat.column_text(one)) for one in made.columns]
    return join(
        [
            '{"type":"Feature","id":',
            jsontext.quoted(made.ids),
            ',"time":',
            _times(made),
            ',"place":',
            place,
            ',"geometry":',
            geometry,
            ',"properties":{',
            jsontext.members(named, made.rows) if named else "",
            "}},\n",
        ],
        made.rows,
    )


def _times(made: flat.Flat) -> Array | str:
    """``time`` of each feature: an interval, open at the end that nothing is known of.

    Section 7.3 of the standard: both ends are dates or both are instants in UTC.
    """
    found = {one.name: flat.plain(one, made.rows) for one in made.columns}
    ends = [found[name] for name in (BEGIN, END) if name in found]
    kinds = {one.type for one in ends}
    if len(kinds) != 1 or not pa.types.is_temporal(kinds.pop()):
        return "null"
    nothing = pa.nulls(made.rows, pa.string())
    begin, end = (
        jsontext.values(found[name]) if name in found else nothing for name in (BEGIN, END)
    )
    interval = join_or_null(
        ['{"interval":[', pc.fill_null(begin, '".."'), ",", pc.fill_null(end, '".."'), "]}"],
        made.rows,
    )
    return pc.if_else(pc.or_(begin.is_valid(), end.is_valid()), interval, "null")


def _write_file(dataset: Dataset, feature_type: str, pieces: Sequence[Piece], path: Path) -> str:
    """Head, pieces and foot; the last feature loses its comma."""
    head: dict[str, object] = {
        "type": "FeatureCollection",
        "conformsTo": CONFORMS_TO,
        "featureType": feature_type,
        "coordRefSys": dataset.crs.uri,
    }
    for key in ("title", "licence", "attribution"):
        if text := getattr(dataset, key):
            head[key] = text
    opening = json.dumps(head, ensure_ascii=False)[:-1] + ',"features":[\n'
    return write_list(path, opening.encode(), pieces, b"\n]}\n")
