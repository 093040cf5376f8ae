"""Flat rows of one feature type, whatever the encoding, as the features they were made of.

Every flat encoding of the model (GeoPackage, GeoJSON, JSON-FG, FlatGeobuf, GeoParquet,
CSV) names its columns by the same rules; a reader of one only has to hand over
:class:`FlatRows`. See :mod:`.unflatten` for the way back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.gml.reading import Features, Meaning
from commonplace.gml.reading.names import FeatureType
from commonplace.gml.reading.positions import is_gml
from commonplace.gml.reading.values import without_escapes
from commonplace.model import Model
from commonplace.model.types import Kind, Property, QName, qname
from commonplace.sources.flatcolumns import Related, Rows, as_it_stands
from commonplace.sources.unflatten import Unflattener

FEATURE_ID: Final = "gml_id"
BATCH_ROWS: Final = 16_384
_WORD_ENDS: Final = re.compile(r"[_/. -]")
_DEEPEST: Final = 3

Array = Any
Shapes = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Attached:
    """What rows have several of, or further geometries: the row that each belongs to,
    ascending, columns, and a geometry each (None: no geometries). ``system`` is the number
    of the geometries' CRS; ``within`` is what these rows have several of in turn.
    """

    parents: Ints
    columns: Mapping[str, Array] = field(default_factory=dict)
    geometries: Shapes | None = None
    system: int = 0
    within: Mapping[str, Attached] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FlatRows:
    """Some rows of one feature type.

    ``ids`` may be null; ``columns`` hold neither ids nor geometries. ``drawn`` is the
    property that ``geometries`` are of, empty where the encoding doesn't say; ``systems``
    numbers their CRSs (None: all the first). ``attached`` and ``reasons`` (void reasons)
    are by the column that they go with; ``broken`` geometries could not be read.
    """

    ids: Array
    columns: Mapping[str, Array]
    geometries: Shapes | None = None
    drawn: str = ""
    systems: Ints | None = None
    attached: Mapping[str, Attached] = field(default_factory=dict)
    reasons: Mapping[str, Array] = field(default_factory=dict)
    broken: int = 0


@dataclass(frozen=True, slots=True)
class FlatLayer:
    """One feature type in a file, not read yet.

    ``names`` may be the feature type's, the surest first. ``systems`` are the names of the
    CRSs, empty where none is stated; ``schema`` the model's key where the file says it.
    ``rows`` is given whether the model has the type: what it hasn't stays as it stands.
    ``lonlat`` says that coordinates are longitude, latitude by the encoding's own rule, which
    takes ETRS89 and WGS 84 for the same (GeoJSON).
    """

    names: tuple[str, ...]
    systems: tuple[str, ...]
    rows: Callable[[bool], Iterator[FlatRows]]
    schema: str | None = None
    lonlat: bool = False


def names_in(text: str) -> tuple[str, ...]:
    """What may be a feature type in a file's name: ``town_Building`` says ``Building``."""
    words = _WORD_ENDS.split(text)
    return tuple(dict.fromkeys([text, *("_".join(words[at:]) for at in range(len(words)))]))


def feature_type(model: Model, names: Sequence[str], schema: str | None) -> FeatureType:
    """The feature type that one of the names is; of the newest schema that has it.

    ``schema`` is the model's key that the file, or somebody, states: types of schemas that
    it imports are meant too.
    """
    for name in names:
        candidates = [one for one in model.schemas() if name in one.feature_types]
        if schema is not None:
            own = model.schema(schema)
            reached = [one for one in candidates if one.namespace in {*own.imports, own.namespace}]
            mine = [own] if name in own.feature_types else []
            candidates = mine or reached or candidates
        if candidates:
            chosen = max(candidates, key=lambda one: one.version)
            element: QName = qname(chosen.namespace, name)
            return FeatureType(element, element, chosen.key, Meaning.KNOWN)
    return FeatureType(names[0], None, None, Meaning.INFERRED)


def features_of(rows: FlatRows, kind: FeatureType, unflattener: Unflattener) -> Features:
    """The features that flat rows were made of."""
    count = len(rows.ids)
    pools: list[Shapes] = []
    systems: list[Ints] = []
    handles = None
    if rows.geometries is not None:
        handles = _pooled(rows.geometries, rows.systems, 0, pools, systems)
    related: dict[str, Related] = {}
    for name, one in rows.attached.items():
        own = None
        if one.geometries is not None:
            numbers = np.full(len(one.geometries), one.system, dtype=np.int64)
            own = _pooled(one.geometries, numbers, sum(map(len, pools)), pools, systems)
        related[name] = Related(one.parents, one.columns, own, _inner(one))
    drawn = ""
    if handles is not None:
        drawn = rows.drawn or _drawn(unflattener, kind, rows) or "geometry"
    flat = Rows(count, rows.columns, drawn, handles, related, rows.reasons)
    if kind.element is None:
        seen, nested = as_it_stands(kind.name, flat)
    else:
        seen, nested = unflattener.seen(kind.element, flat, feature=True)
    none: Shapes = np.empty(0, dtype=object)
    return Features(
        type=kind,
        seen=seen,
        columns=dict(nested),
        ids=_local_ids(rows.ids, kind.name),
        order=np.arange(count, dtype=np.int64),
        geometries=np.concatenate([none, *pools]),
        crs=np.concatenate([np.empty(0, dtype=np.int64), *systems]),
        foreign_ids=False,
        refers=False,
    )


def _inner(one: Attached) -> dict[str, Related]:
    """Lists inside attached rows; they have no geometries."""
    return {
        name: Related(inner.parents, inner.columns, related=_inner(inner))
        for name, inner in one.within.items()
    }


def _pooled(
    geometries: Shapes,
    numbers: Ints | None,
    first: int,
    pools: list[Shapes],
    systems: list[Ints],
) -> Array:
    """Put geometries into the pool; their places there, null where there is none."""
    there = ~shapely.is_missing(geometries)
    pools.append(geometries[there])
    chosen = np.zeros(len(geometries), dtype=np.int64) if numbers is None else numbers
    systems.append(chosen[there])
    places = np.cumsum(there) - 1 + first
    return pa.array(places, pa.int32(), mask=~there)


def _drawn(unflattener: Unflattener, kind: FeatureType, rows: FlatRows) -> str:
    """The property that the only geometry of a feature is of: ``geometry`` if there is such,
    else one that columns speak of, else the first in schema order.
    """
    if kind.element is None:
        return ""
    known = unflattener.model.properties(kind.element, kind.schema or "")
    named = [one for one in known if one.kind is Kind.GEOMETRY and one.name == "geometry"]
    if named:
        return named[0].name
    own = [one for one in known if not is_gml(one.element.name)]
    holding = [one for one in own if _holds_geometry(unflattener, one, _DEEPEST)]
    free = [one for one in holding if one.name not in rows.attached]
    spoken = [one for one in free if any(key.startswith(f"{one.name}_") for key in rows.columns)]
    return next((one.name for one in (*spoken, *free)), "")


def _holds_geometry(unflattener: Unflattener, prop: Property, depth: int) -> bool:
    if prop.kind is not Kind.OBJECT or not depth:
        return prop.kind is Kind.GEOMETRY
    return any(
        _holds_geometry(unflattener, inner, depth - 1)
        for one in prop.objects
        for inner in unflattener.model.properties(one, unflattener.schema)
    )


def _local_ids(ids: Array, feature_type: str) -> Array:
    """Ids without the feature type before them."""
    ours = pc.starts_with(ids, f"{feature_type}.")
    plain = without_escapes(pc.utf8_slice_codeunits(ids, len(feature_type) + 1))
    return pc.if_else(ours, plain, ids)


def from_wkb(column: Array) -> tuple[Shapes, int]:
    """WKB as geometries, and how many were none: those are missing.

    Only values that are there are looked at: GDAL leaves anything where there is none.
    """
    found: Shapes = np.full(len(column), None, dtype=object)
    there = column.is_valid().to_numpy(zero_copy_only=False)
    wkb = column.drop_null().to_numpy(zero_copy_only=False)
    made = shapely.from_wkb(wkb, on_invalid="ignore")
    found[there] = made
    return found, int(shapely.is_missing(made).sum())


def texts_of_ids(column: Array | None, count: int) -> Array:
    """Ids as texts, whatever an encoding has them as."""
    if column is None:
        return pa.nulls(count, pa.string())
    return column if pa.types.is_string(column.type) else column.cast(pa.string())
