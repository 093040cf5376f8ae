"""One chunk of a document read and put on disk: work that any process can do alone."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import Transformer

from commonplace.errors import MalformedAnswer
from commonplace.gml.pieces import Array
from commonplace.gml.reading.features import FeatureReader, Features
from commonplace.gml.reading.geometries import Shapes
from commonplace.gml.reading.names import FeatureType, Vocabulary
from commonplace.gml.reading.positions import Floats, positions_of, reference
from commonplace.gml.reading.regular import Malformed, TooDeep
from commonplace.gml.reading.scan import Chunk
from commonplace.gml.reading.shapes import Seen, fitted
from commonplace.gml.reading.tokens import elements_of
from commonplace.gml.reading.troubles import Troubles
from commonplace.model import load_model
from commonplace.spool import read_table, write_table
from commonplace.target import LOCAL_ID, ORDINAL, TargetBatch

_WKB, _CRS = "wkb", "crs"


@dataclass(frozen=True, slots=True)
class PartTask:
    """A chunk to read. ``crs`` is for geometries that state none; ``schema`` is preferred
    where the document's own is not in the model; ``declared`` are the built-in types that
    a schema of the document's own gives to properties, by local name.
    """

    path: Path
    chunk: Chunk
    folder: Path
    crs: str | None = None
    schema: str | None = None
    declared: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"chunk {self.chunk.number} of {self.path.name}"


@dataclass(frozen=True, slots=True)
class PartType:
    """The features of one type in a chunk, on disk: ``rows`` of them.

    ``crs`` counts geometries by ``srsName`` (empty: none stated); ``heights`` those with
    z. For ``foreign_ids`` and ``refers`` see :class:`~.features.Features`.
    """

    type: FeatureType
    seen: Seen
    rows: int
    features: Path
    geometries: Path
    crs: Mapping[str, int]
    heights: int
    has_ids: bool
    foreign_ids: bool
    refers: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What a chunk held. ``unbalanced``: it isn't whole elements, or not well-formed."""

    number: int
    count: int = 0
    types: tuple[PartType, ...] = ()
    troubles: Troubles = field(default_factory=Troubles)
    unbalanced: bool = False


def read_part(task: PartTask) -> Part:
    """Read a chunk and write its features to ``task.folder``.

    Raises
    ------
    MalformedAnswer
        Elements are nested without end.
    """
    with task.path.open("rb") as file:
        file.seek(task.chunk.start)
        text = file.read(task.chunk.end - task.chunk.start)
    try:
        elements = elements_of(text, task.chunk.namespaces)
    except Malformed:
        return Part(task.chunk.number, unbalanced=True)
    except TooDeep as error:
        raise MalformedAnswer(
            f"{task.path.name}, behind byte {task.chunk.start}: {error}",
            hint="no GML looks like that",
        ) from error
    positions = positions_of(elements, task.crs)
    names = [one.name for one in positions.references]
    reader = FeatureReader(elements, positions, _vocabulary(task.schema), task.declared)
    types = tuple(
        store(task.folder, f"{task.chunk.number:06d}-{number:02d}", one, names)
        for number, one in enumerate(reader.features(at_top=task.chunk.features))
    )
    count = sum(one.rows for one in types)
    return Part(task.chunk.number, count, types, reader.troubles)


@functools.lru_cache(maxsize=4)
def _vocabulary(schema: str | None) -> Vocabulary:
    return Vocabulary(load_model(), schema)


def store(folder: Path, stem: str, one: Features, names: list[str]) -> PartType:
    """Write features to files that begin with ``stem``; ``names`` are the CRSs'."""
    features, geometries = (folder / f"{stem}.{end}" for end in ("features", "geometries"))
    columns = {ORDINAL: pa.array(one.order, pa.int64()), LOCAL_ID: one.ids, **one.columns}
    write_table(pa.RecordBatch.from_arrays(list(columns.values()), list(columns)), features)
    wkb = pa.array(shapely.to_wkb(one.geometries, flavor="iso"), pa.binary())
    crs = pa.array(names, pa.string()).take(pa.array(one.crs, mask=one.crs < 0))
    write_table(pa.RecordBatch.from_arrays([wkb, crs], [_WKB, _CRS]), geometries)
    counted = pc.value_counts(crs.fill_null("")).to_pylist()
    return PartType(
        type=one.type,
        seen=one.seen,
        rows=len(one.ids),
        features=features,
        geometries=geometries,
        crs={one["values"]: one["counts"] for one in counted},
        heights=int(shapely.has_z(one.geometries).sum()),
        has_ids=one.ids.null_count == 0,
        foreign_ids=one.foreign_ids,
        refers=one.refers,
    )


def load_part(
    part: PartType,
    whole: Seen,
    first_ordinal: int,
    crs: str | None,
    resolve: Callable[[Array], Array] | None = None,
) -> TargetBatch:
    """The features of a part, shaped like those of the whole document.

    Parameters
    ----------
    first_ordinal
        How many features stand before the part.
    crs
        Geometries of another CRS are transformed to this one.
    resolve
        Turns references inside the document into those that batches have.
    """
    table = read_table(part.features).combine_chunks()
    stored = {name: _one_chunk(table.column(name)) for name in table.column_names}
    ordinals = pc.add(stored.pop(ORDINAL), first_ordinal)
    ids = _numbered(stored.pop(LOCAL_ID), ordinals)
    columns = fitted(stored, part.seen, whole, part.rows, resolve)
    arrays = {ORDINAL: ordinals, LOCAL_ID: ids, **columns}
    batch = pa.RecordBatch.from_arrays(list(arrays.values()), list(arrays))
    return TargetBatch(whole.final(), batch, _geometries(part, crs))


def _one_chunk(column: pa.ChunkedArray) -> Array:
    chunks = column.chunks
    return chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks)


def _numbered(ids: Array, ordinals: Array) -> Array:
    """Ids; ``feature-<number>`` where there are none."""
    if ids.null_count == 0:
        return ids
    number = pc.add(ordinals, 1).cast(pa.string())
    return pc.coalesce(ids, pc.binary_join_element_wise("feature", number, "-"))


def _geometries(part: PartType, crs: str | None) -> Shapes:
    table = read_table(part.geometries)
    made: Shapes = shapely.from_wkb(table.column(_WKB).to_numpy())
    for name in part.crs:
        code = reference(name).code if name else None
        if code is not None and crs is not None and code != crs:
            mine = pc.equal(table.column(_CRS), name).to_numpy()
            made[mine] = _transformed(made[mine], code, crs)
    return made


def _transformed(geometries: Shapes, source: str, target: str) -> Shapes:
    """Geometries in another CRS; None where a point of one lies nowhere in it."""
    transformer = Transformer.from_crs(source, target, always_xy=True)

    def move(points: Floats) -> Floats:
        return np.column_stack(transformer.transform(*points.T))

    for high in (False, True):
        mine = shapely.has_z(geometries) == high
        geometries[mine] = shapely.transform(geometries[mine], move, include_z=high)
    lost = ~np.isfinite(shapely.bounds(geometries)).all(axis=1) & ~shapely.is_empty(geometries)
    geometries[lost] = None
    return geometries
