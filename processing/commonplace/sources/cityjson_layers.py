"""City models as layers: one a type of object, with footprints, and one more a LoD in space.

``Building`` has a footprint a row, in the horizontal CRS; ``Building.lod2`` the surfaces of
that LoD, with heights, in the model's own CRS. All have the attributes, the ids of parents
and children, and the heights. The file is read once to survey it and once a layer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import BATCH_ROWS, GEOMETRY, Evidence, Field, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import CrsUnknown
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.cityjson_objects import Chunk, CityModel, CityObject, Head, with_parts
from commonplace.sources.cityjson_shapes import (
    FROM_LOD0,
    Geometries,
    bounds,
    footprints,
    height_ranges,
    in_space,
    lod_order,
)
from commonplace.sources.crsname import parsed, same_crs, transform_bounds
from commonplace.sources.geojson import column
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.rows import (
    chosen_columns,
    conform,
    filtered,
    known_where,
    limited,
    unified,
    unique_names,
)

MEASURED: Final = ("measuredHeight", "height")  # of buildings and of trees
_OWN: Final = pa.schema(
    [
        ("id", pa.string()),
        ("parents", pa.list_(pa.string())),
        ("children", pa.list_(pa.string())),
        ("lods", pa.list_(pa.string())),
        ("z_min", pa.float64()),
        ("z_max", pa.float64()),
        ("height", pa.float64()),
    ]
)
_ORIGIN: Final = "footprint_from"


@dataclass(slots=True)
class _Type:
    """What a survey found of one type of object."""

    name: str
    count: int = 0
    lods: dict[str, int] = field(default_factory=dict)
    schemas: list[pa.Schema] = field(default_factory=list)
    extent: Bounds | None = None

    @property
    def schema(self) -> pa.Schema:
        return unified(self.schemas)[0]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A layer; ``lod`` is None for footprints. ``attributes`` are the model's own names."""

    layer: Layer
    type: str
    lod: str | None
    schema: pa.Schema
    attributes: tuple[str, ...]


class CityModelSource:
    """Layers of one city model. See :class:`commonplace.batch.Source`."""

    def __init__(
        self, model: CityModel, kind: str, spec: SourceSpec, observer: Observer | None
    ) -> None:
        self._model = model
        self._kind = kind
        self._crs = identify(spec.crs) if spec.crs else None
        self._observer = observer or Silent()
        self._notebook = Notebook()
        self._head: Head | None = None
        self._entries: dict[str, _Entry] = {}

    def layers(self) -> list[Layer]:
        return [one.layer for one in self._opened().values()]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._model.path.name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        entry = self._opened()[layer.name]
        columns = chosen_columns(layer.name, layer.field_names, query.columns)
        where = known_where(layer.name, layer.field_names, query.where)
        box = query.bbox
        if box is not None and query.bbox_crs is not None and layer.crs is not None:
            box = transform_bounds(box, query.bbox_crs, layer.crs)
        found = (
            filtered(batch, where, box).select([*columns, GEOMETRY]) for batch in self._read(entry)
        )
        return limited(found, query.limit, self._observer)

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def evidence(self) -> Evidence:
        self._opened()
        path = self._model.path
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        head = self._head or Head(None, "")
        details: dict[str, object] = {
            "drivers": [head.driver],
            "files": [{"name": path.name, "bytes": path.stat().st_size, "sha256": digest}],
            "stated_crs": self._crs,
            **head.details,
        }
        return Evidence(self._kind, path.name, details)

    def _opened(self) -> dict[str, _Entry]:
        if self._head is None:
            head = self._model.head(self._notebook)
            crs = self._chosen_crs(head)
            self._entries = {
                entry.layer.name: entry
                for one in self._survey().values()
                for entry in _entries(one, crs)
            }
            self._head = head
        return self._entries

    def _chosen_crs(self, head: Head) -> str | None:
        found = None
        if head.crs is not None:
            try:
                found = identify(head.crs)
            except CrsUnknown as error:
                self._notebook.note("CRS_UNKNOWN", Severity.WARNING, str(error), value=head.crs)
        if self._crs is None:
            return found
        if found is not None and not same_crs(found, self._crs):
            self._notebook.note(
                "CRS_STATED_DIFFERS",
                Severity.WARNING,
                f"the file says {found[:60]}, the job {self._crs}: the job's is taken",
                value=found[:60],
                fix="take crs out of the job's source if the file is right",
            )
        return self._crs

    def _survey(self) -> dict[str, _Type]:
        types: dict[str, _Type] = {}
        for chunk in self._model.chunks(self._notebook):
            relatives = chunk.relatives()
            for name, objects in _by_type(chunk).items():
                one = types.setdefault(name, _Type(name))
                one.count += len(objects)
                one.schemas.append(_attributes(objects).schema)
                one.schemas[:] = [one.schema]
                for each in objects:
                    for boundary in each.boundaries:
                        one.lods[boundary.lod] = one.lods.get(boundary.lod, 0) + 1
                families = with_parts(objects, relatives)
                box = bounds(families, chunk.vertices)
                if box is not None:
                    one.extent = _hull(one.extent, box.tolist())
        return types

    def _read(self, entry: _Entry) -> Iterator[pa.RecordBatch]:
        for chunk in self._model.chunks(Notebook()):
            relatives = chunk.relatives()
            objects = _by_type(chunk).get(entry.type, [])
            if entry.lod is not None:
                objects = [one for one in objects if _at(one, entry.lod) is not None]
            for start in range(0, len(objects), BATCH_ROWS):
                yield self._batch(entry, objects[start : start + BATCH_ROWS], relatives, chunk)

    def _batch(
        self,
        entry: _Entry,
        objects: Sequence[CityObject],
        relatives: dict[str, CityObject],
        chunk: Chunk,
    ) -> pa.RecordBatch:
        families = with_parts(objects, relatives)
        columns = _own_columns(objects, families, chunk)
        if entry.lod is None:
            made = footprints(families, chunk.vertices)
            shapes, origins = _with_lines_and_points(made.shapes, made.origins, families, chunk)
            columns[_ORIGIN] = pa.array(origins, pa.string())
        else:
            at = [_at(one, entry.lod) for one in objects]
            shapes, broken = in_space(at, [one.base for one in objects], chunk.vertices)
            self._note_broken(entry, broken)
        attributes = _attributes(objects)
        for name, new in zip(entry.attributes, _new_names(entry), strict=True):
            if name in attributes.schema.names:
                columns[new] = attributes.column(name)
        columns[GEOMETRY] = pa.array(shapely.to_wkb(shapes), pa.binary())
        return conform(pa.RecordBatch.from_pydict(columns), entry.schema)

    def _note_broken(self, entry: _Entry, count: int) -> None:
        if count:
            self._notebook.note(
                "SURFACE_BROKEN",
                Severity.WARNING,
                "surfaces with less than three vertices, or vertices that aren't there, left out",
                layer=entry.layer.name,
                count=count,
            )


def _by_type(chunk: Chunk) -> dict[str, list[CityObject]]:
    found: dict[str, list[CityObject]] = {}
    for one in chunk.objects:
        found.setdefault(one.type, []).append(one)
    return found


def _at(one: CityObject, lod: str) -> Any:
    return next((each for each in one.boundaries if each.lod == lod), None)


def _entries(one: _Type, crs: str | None) -> Iterator[_Entry]:
    """The footprints, then one layer a LoD, coarse to fine."""
    attributes = tuple(one.schema.names)
    own = _OWN.append(pa.field(_ORIGIN, pa.string()))
    base = Layer(name=one.name, extent=one.extent, count=one.count, encoding="UTF-8")
    level = replace(base, geometry_type="Unknown", crs=horizontal(crs))
    yield _entry(level, one, None, own, attributes)
    for lod in sorted(one.lods, key=lod_order):
        space = replace(
            base,
            name=f"{one.name}.lod{lod}",
            geometry_type="MultiPolygon Z",
            crs=crs,
            count=one.lods[lod],
        )
        yield _entry(space, one, lod, _OWN, attributes)


def _entry(
    layer: Layer, one: _Type, lod: str | None, own: pa.Schema, attributes: tuple[str, ...]
) -> _Entry:
    names = unique_names([*own.names, *attributes])
    types = [*own.types, *one.schema.types]
    fields = tuple(Field(name, str(kind)) for name, kind in zip(names, types, strict=True))
    schema = pa.schema([*zip(names, types, strict=True), (GEOMETRY, pa.binary())])
    return _Entry(replace(layer, fields=fields), one.name, lod, schema, attributes)


def _new_names(entry: _Entry) -> list[str]:
    return [str(one) for one in entry.schema.names[-1 - len(entry.attributes) : -1]]


def horizontal(crs: str | None) -> str | None:
    """The CRS of a footprint: a model's own, without heights."""
    if crs is None:
        return None
    whole = parsed(crs)
    if len(whole.axis_info) < 3:
        return crs
    flat = whole.sub_crs_list[0] if whole.is_compound else whole.to_2d()
    authority = flat.to_authority(min_confidence=100)
    return identify(":".join(authority) if authority else flat.to_wkt())


def _attributes(objects: Sequence[CityObject]) -> pa.RecordBatch:
    names = list(dict.fromkeys(name for one in objects for name in one.attributes))
    made = {name: column([one.attributes.get(name) for one in objects])[0] for name in names}
    return pa.RecordBatch.from_pydict(made)


def _own_columns(
    objects: Sequence[CityObject], families: Sequence[Sequence[CityObject]], chunk: Chunk
) -> dict[str, Any]:
    ranges = height_ranges(families, chunk.vertices)
    solid = np.array(
        [
            any(
                boundary.surfaces and lod_order(boundary.lod) >= 1
                for one in family
                for boundary in one.boundaries
            )
            for family in families
        ],
        dtype=np.bool_,
    )
    heights = np.where(solid, np.round(ranges[:, 1] - ranges[:, 0], 6), np.nan)
    for row, one in enumerate(objects):
        measured = [one.attributes.get(name) for name in MEASURED]
        stated = [float(one) for one in measured if isinstance(one, (int, float))]
        if stated:
            heights[row] = stated[0]
    return {
        "id": pa.array([one.id for one in objects], pa.string()),
        "parents": pa.array([one.parents for one in objects], pa.list_(pa.string())),
        "children": pa.array([one.children for one in objects], pa.list_(pa.string())),
        "lods": pa.array(
            [sorted({each.lod for each in one.boundaries}, key=lod_order) for one in objects],
            pa.list_(pa.string()),
        ),
        "z_min": pa.array(ranges[:, 0], from_pandas=True),
        "z_max": pa.array(ranges[:, 1], from_pandas=True),
        "height": pa.array(heights, from_pandas=True),
    }


def _with_lines_and_points(
    shapes: Geometries,
    origins: list[str | None],
    families: Sequence[Sequence[CityObject]],
    chunk: Chunk,
) -> tuple[Geometries, list[str | None]]:
    """Objects without any surface lie where their lines or points are."""
    for row in np.flatnonzero(shapely.is_missing(shapes)).tolist():
        for one in families[row]:
            linear = next((each for each in one.boundaries if each.lines or each.points), None)
            if linear is not None:
                made, _ = in_space([linear], [one.base], chunk.vertices)
                shapes[row] = shapely.force_2d(made[0])
                origins[row] = FROM_LOD0 if lod_order(linear.lod) < 1 else f"lod{linear.lod}"
                break
    return shapes, origins


def _hull(one: Bounds | None, other: Sequence[float]) -> Bounds:
    west, south, east, north = other
    if one is None:
        return west, south, east, north
    return min(one[0], west), min(one[1], south), max(one[2], east), max(one[3], north)
