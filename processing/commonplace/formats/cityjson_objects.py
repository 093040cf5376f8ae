"""City objects as columns on disk, and as text once their vertices have numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import jsontext
from commonplace.formats.base import Piece
from commonplace.formats.cityjson_boundaries import BOUNDARIES, SOLID, Level
from commonplace.formats.rows import read_rows
from commonplace.gml.pieces import Array, join, join_or_null, offsets_of, unlist

PART: Final = "BuildingPart"
LODS: Final = ("0", "1", "2", "3", "4")
ROWS_AT_ONCE: Final = 8_192
_SURFACES: Final = '[{"type":"GroundSurface"},{"type":"RoofSurface"},{"type":"WallSurface"}]'

Integers = npt.NDArray[np.int64]

SCHEMA: Final = pa.schema(
    [
        ("id", pa.string()),
        ("type", pa.string()),
        ("parent", pa.string()),
        ("attributes", pa.string()),
        ("children", pa.list_(pa.string())),
        ("vertices", pa.list_(pa.int64())),
        *((f"boundaries{lod}", BOUNDARIES) for lod in LODS),
        *((f"kind{lod}", pa.string()) for lod in LODS),
        *((f"semantic{lod}", pa.bool_()) for lod in LODS),
    ]
)


@dataclass(frozen=True, slots=True)
class CityObjects:
    """Rows of :data:`SCHEMA`: objects in order, each building with its parts behind it.

    ``feature`` numbers the building that each row belongs to, from 0, ascending;
    ``origin`` is what the transform's translation stands for in whole numbers.
    """

    rows: pa.Table
    feature: Integers
    origin: Integers

    @staticmethod
    def columns(
        ids: Array, attributes: Array, children: Array | None, levels: Mapping[str, Level]
    ) -> pa.RecordBatch:
        """Columns of a batch; ``children`` are JSON arrays of ids."""
        rows = len(ids)
        found: dict[str, Any] = {"id": ids, "attributes": attributes}
        if children is not None:
            bare = pc.replace_substring_regex(children, r'^\[?"|"\]?$', "")
            found["children"] = pc.split_pattern(bare, '","')
        found["vertices"], numbers = _joined(levels, rows)
        for lod, level in levels.items():
            found[f"boundaries{lod}"] = _renumbered(level, numbers[lod])
            found[f"kind{lod}"] = level.kinds
            found[f"semantic{lod}"] = level.semantics
        arrays = [
            found[one.name].cast(one.type) if one.name in found else pa.nulls(rows, one.type)
            for one in SCHEMA
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)

    @property
    def vertex_count(self) -> int:
        return int(self._counts().sum())

    def members(self, first_vertex: int) -> Array:
        """``"id":{…},`` and a newline an object, vertices numbered from ``first_vertex``."""
        counts = self._counts()
        starts = offsets_of(counts)[:-1] + first_vertex
        return join([self._objects(starts), ",\n"], len(self.feature))

    def features(self) -> Array:
        """A line a building: a ``CityJSONFeature`` with vertices of its own."""
        counts = self._counts()
        buildings = int(self.feature[-1]) + 1 if len(self.feature) else 0
        starts = offsets_of(counts)[:-1]
        heads = np.flatnonzero(np.diff(self.feature, prepend=-1))
        within = starts - starts[heads][self.feature]
        objects = jsontext.bracketed(self._objects(within), np.append(heads, len(self.feature)))
        inner = pc.utf8_slice_codeunits(objects, 1, -1)
        vertices = self._vertex_column()
        per_feature = np.bincount(self.feature, weights=counts, minlength=buildings)
        listed = pc.fill_null(
            jsontext.bracketed(vertices, offsets_of(per_feature.astype(np.int64))), "[]"
        )
        names = jsontext.quoted(_array(self.rows, "id").take(pa.array(heads)))
        return join(
            [
                '{"type":"CityJSONFeature","id":', names, ',"CityObjects":{', inner,
                '},"vertices":', listed, "}\n",
            ],
            buildings,
        )  # fmt: skip

    def vertex_texts(self) -> Array:
        """``[x,y,z],`` each, of all objects."""
        texts = self._vertex_column()
        return join([texts, ","], len(texts))

    def _counts(self) -> Integers:
        lengths = pc.list_value_length(_array(self.rows, "vertices"))
        counts: Integers = pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False) // 3
        return counts.astype(np.int64)

    def _vertex_column(self) -> Array:
        items, _ = unlist(_array(self.rows, "vertices"))
        points = items.to_numpy(zero_copy_only=False).reshape(-1, 3) - self.origin
        x, y, z = (pa.array(points[:, axis]).cast(pa.string()) for axis in range(3))
        return join(["[", x, ",", y, ",", z, "]"], len(points))

    def _objects(self, starts: Integers) -> Array:
        rows = len(self.feature)
        geometries = [text for lod in LODS if (text := self._geometry(lod, starts)) is not None]
        listed: Array | str = ""
        if geometries:
            together = jsontext.members([("", one) for one in geometries], rows)
            bare = pc.replace_substring(together, '"":', "")
            listed = join([',"geometry":[', pc.fill_null(bare, ""), "]"], rows)
        parent = jsontext.quoted(_array(self.rows, "parent"))
        parents = pc.fill_null(join_or_null([',"parents":[', parent, "]"], rows), "")
        children = jsontext.arrays(_array(self.rows, "children"))
        listed_children = pc.fill_null(join_or_null([',"children":', children], rows), "")
        return join(
            [
                jsontext.quoted(_array(self.rows, "id")),
                ':{"type":',
                jsontext.quoted(_array(self.rows, "type")),
                ',"attributes":',
                _array(self.rows, "attributes"),
                parents,
                listed_children,
                listed,
                "}",
            ],
            rows,
        )

    def _geometry(self, lod: str, starts: Integers) -> Array | None:
        column = _array(self.rows, f"boundaries{lod}")
        if column.null_count == len(column):
            return None
        surfaces, by_row = unlist(column)
        rings, by_surface = unlist(surfaces)
        indices, by_ring = unlist(rings)
        numbers = indices.to_numpy().astype(np.int64)
        lengths = np.diff(by_ring[by_surface[by_row]])
        text = pa.array(numbers + np.repeat(starts, lengths)).cast(pa.string())
        shells = jsontext.bracketed(
            jsontext.bracketed(jsontext.bracketed(text, by_ring), by_surface), by_row
        )
        kind = _array(self.rows, f"kind{lod}")
        solid = pc.fill_null(pc.equal(kind, SOLID), False)
        boundaries = pc.if_else(solid, join_or_null(["[", shells, "]"], len(kind)), shells)
        semantics = self._semantics(lod, np.diff(by_row))
        return join_or_null(
            ['{"type":"', kind, f'","lod":"{lod}","boundaries":', boundaries, semantics, "}"],
            len(kind),
        )

    def _semantics(self, lod: str, surfaces: Integers) -> Array | str:
        told = _array(self.rows, f"semantic{lod}")
        if not pc.any(told).as_py():
            return ""
        walls = pc.binary_repeat(",2", pa.array(np.maximum(surfaces - 2, 0)))
        text = join(
            [f',"semantics":{{"surfaces":{_SURFACES},"values":[[0,1', walls, "]]}"], len(told)
        )
        return pc.if_else(pc.fill_null(told, False), text, "")


def _joined(levels: Mapping[str, Level], rows: int) -> tuple[Any, dict[str, Integers]]:
    """All levels' distinct vertices, building by building, and the numbers they got there."""
    if not levels:
        return pa.nulls(rows, pa.list_(pa.int64())), {}
    owners = [np.repeat(np.arange(rows), one.counts) for one in levels.values()]
    keyed = np.column_stack(
        (np.concatenate(owners), np.concatenate([one.vertices for one in levels.values()]))
    )
    distinct, numbers = np.unique(keyed, axis=0, return_inverse=True)
    starts = offsets_of(np.bincount(distinct[:, 0], minlength=rows))
    numbers = numbers.reshape(-1) - starts[keyed[:, 0]]
    ends = np.cumsum([len(one) for one in owners])[:-1]
    vertices = pa.ListArray.from_arrays(
        pa.array(3 * starts, pa.int32()), pa.array(distinct[:, 1:].ravel(), pa.int64())
    )
    return vertices, dict(zip(levels, np.split(numbers, ends), strict=True))


def _renumbered(level: Level, numbers: Integers) -> Any:
    """Boundaries by the new numbers of the level's vertices."""
    surfaces, by_row = unlist(level.boundaries)
    rings, by_surface = unlist(surfaces)
    indices, by_ring = unlist(rings)
    first = np.repeat(offsets_of(level.counts)[:-1], np.diff(by_ring[by_surface[by_row]]))
    nested: Any = pa.array(numbers[indices.to_numpy() + first], pa.int32())
    for offsets in (by_ring, by_surface):
        nested = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), nested)
    return pa.ListArray.from_arrays(
        pa.array(by_row, pa.int32()), nested, mask=level.boundaries.is_null()
    )


def write_objects(batches: Sequence[pa.RecordBatch], path: Path) -> Mapping[str, object]:
    """Write a piece; its ``details`` are the box of its vertices in whole numbers."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, SCHEMA) as writer:
        for batch in batches:
            writer.write(batch)
    points = [
        unlist(one.column("vertices"))[0].to_numpy(zero_copy_only=False).reshape(-1, 3)
        for one in batches
    ]
    points = [one for one in points if len(one)]
    if not points:
        return {}
    together = np.concatenate(points)
    return {"box": [*together.min(axis=0).tolist(), *together.max(axis=0).tolist()]}


def read_objects(pieces: Sequence[Piece], origin: Sequence[int]) -> Iterator[CityObjects]:
    """Buildings, each with its parts; then parts that no building has, as buildings."""
    at = np.array(origin, dtype=np.int64)
    parts = pa.concat_tables(
        [SCHEMA.empty_table(), *(read_rows(one) for one in pieces if one.feature_type == PART)]
    ).combine_chunks()
    used = np.zeros(parts.num_rows, dtype=np.bool_)
    for piece in pieces:
        if piece.feature_type == PART:
            continue
        for batch in read_rows(piece).to_batches(max_chunksize=ROWS_AT_ONCE):
            yield _with_parts(pa.Table.from_batches([batch]), parts, used, at)
    alone = parts.filter(pa.array(~used))
    for start in range(0, alone.num_rows, ROWS_AT_ONCE):
        some = alone.slice(start, ROWS_AT_ONCE).combine_chunks()
        yield CityObjects(_typed(some, "Building", None), np.arange(some.num_rows), at)


def _with_parts(
    buildings: pa.Table, parts: pa.Table, used: npt.NDArray[np.bool_], origin: Integers
) -> CityObjects:
    children, by_row = unlist(_array(buildings, "children"))
    found = pc.index_in(children, _array(parts, "id"))
    there = found.is_valid()
    taken = parts.take(found.drop_null())
    used[found.drop_null().to_numpy()] = True
    owner = np.repeat(np.arange(buildings.num_rows), np.diff(by_row))
    owner = owner[there.to_numpy(zero_copy_only=False)]
    counts = np.bincount(owner, minlength=buildings.num_rows)
    kept = pa.ListArray.from_arrays(
        pa.array(offsets_of(counts), pa.int32()), children.filter(there)
    )
    at = buildings.schema.get_field_index("children")
    own = _typed(buildings.set_column(at, "children", kept), "Building", None)
    parents = _array(own, "id").take(pa.array(owner))
    rows = pa.concat_tables([own, _typed(taken, PART, parents)]).combine_chunks()
    feature = np.concatenate((np.arange(own.num_rows), owner))
    order = np.argsort(feature, kind="stable")
    return CityObjects(rows.take(pa.array(order)), feature[order], origin)


def _typed(rows: pa.Table, kind: str, parents: Any) -> pa.Table:
    names = pa.array([kind] * rows.num_rows, pa.string())
    rows = rows.set_column(rows.schema.get_field_index("type"), "type", names)
    if parents is None:
        parents = pa.nulls(rows.num_rows, pa.string())
    return rows.set_column(rows.schema.get_field_index("parent"), "parent", parents)


def _array(rows: pa.Table, name: str) -> Any:
    column = rows.column(name)
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
