"""A layer's suggestions: its feature type, what its columns fill, and what its values mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY, Layer
from commonplace.privacy.signs import signs_of_names, signs_of_values
from commonplace.suggest import weights
from commonplace.suggest.codes import CodeSuggestion, codes_of, match_values
from commonplace.suggest.columns import Column, read_columns
from commonplace.suggest.kinds import (
    Shape,
    TypeSuggestion,
    schemas_of,
    shape_kind,
    suggest_types,
)
from commonplace.suggest.lexicon import KnownSchema
from commonplace.suggest.names import compact
from commonplace.suggest.properties import PropertySuggestion, name_columns, suggest_properties
from commonplace.suggest.targets import Target, leaf, target

#: Rows that are looked at.
SAMPLE: Final = 5_000
_FALLBACK: Final = TypeSuggestion("gn:NamedPlace", 0.05, ("nothing tells what the layer holds",))
_MOST_VALUES: Final = 200
_GEOMETRIES: Final = 500
_IN_DEGREES: Final = (None, "EPSG:4326", "EPSG:4258", "OGC:CRS84")
_KINDS: Final = {
    **dict.fromkeys((1, 4), "point"),
    **dict.fromkeys((2, 5, 8, 9, 11, 13), "line"),
    **dict.fromkeys((3, 6, 10, 12, 14), "polygon"),
}
_STRAIGHT_POLYGONS: Final = (3, 6)


@dataclass(frozen=True, slots=True)
class LayerSuggestion:
    """What is suggested of one layer.

    Parameters
    ----------
    types
        Feature types, the likeliest first; the others follow from the first.
    properties
        One a column at most; an empty path says to leave the column out.
    codes
        What the values of a column mean, where its property has a code list.
    personal
        Columns that look personal, and why; their values are shown nowhere.
    unknown
        Columns of which nothing is known.
    """

    layer: Layer
    target: Target
    types: tuple[TypeSuggestion, ...]
    columns: tuple[Column, ...]
    properties: tuple[PropertySuggestion, ...]
    codes: dict[str, list[CodeSuggestion]]
    schemas: tuple[KnownSchema, ...]
    shape: Shape
    personal: dict[str, str] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[str, ...]:
        known = {one.column for one in self.properties if one.score >= weights.WORTH_NAMING}
        return tuple(one.name for one in self.columns if one.name not in known)


def suggest_layer(
    layer: Layer, sample: pa.Table, *, file: str = "", feature_type: str | None = None
) -> LayerSuggestion:
    """Suggest a mapping for a layer.

    Parameters
    ----------
    sample
        Some of its rows, :data:`SAMPLE` or fewer; geometry as WKB.
    file
        The name of the file, which may say what the layer's doesn't.
    feature_type
        ``prefix:Type`` or ``prefix/version:Type``, where it is known.

    Raises
    ------
    UnknownName
        The feature type is not in the model.
    """
    columns = read_columns(sample, leave_out=(GEOMETRY,))
    named = name_columns(columns)
    shape = _shape(layer, sample)
    if feature_type is not None:
        types = [TypeSuggestion(feature_type, 1.0, ("it was asked for",))]
    else:
        types = suggest_types(layer.name, file, columns, named, shape) or [_FALLBACK]
    found = target(types[0].name)
    schemas = tuple(one for one, _ in schemas_of(layer.name, columns))
    properties = suggest_properties(found, columns, named, schemas)
    return LayerSuggestion(
        layer=layer,
        target=found,
        types=tuple(types),
        columns=columns,
        properties=tuple(properties),
        codes=dict(_codes(found, columns, properties)),
        schemas=schemas,
        shape=shape,
        personal=_personal(sample),
    )


def _codes(
    found: Target, columns: Sequence[Column], properties: Sequence[PropertySuggestion]
) -> list[tuple[str, list[CodeSuggestion]]]:
    values = {one.name: one.values for one in columns if "nested" not in one.signs}
    suggested: list[tuple[str, list[CodeSuggestion]]] = []
    for one in properties:
        codes = codes_of(leaf(found, one.path)[1]) if one.path else None
        if codes is None or not codes.codes or one.column not in values:
            continue
        known = one.schema.codes.get(compact(one.column)) if one.schema else None
        name = one.schema.name if one.schema else ""
        suggested.append(
            (one.column, match_values(values[one.column][:_MOST_VALUES], codes, known, name))
        )
    return suggested


def _personal(sample: pa.Table) -> dict[str, str]:
    names = [one for one in sample.column_names if one != GEOMETRY]
    found = {one.column: one.why for one in signs_of_names(names)}
    for batch in sample.select(names).combine_chunks().to_batches()[:1]:
        found |= {one.column: one.why for one in signs_of_values(batch)}
    return found


def _shape(layer: Layer, sample: pa.Table) -> Shape:
    if GEOMETRY not in sample.column_names or sample.num_rows == 0:
        return Shape(shape_kind(layer.geometry_type))
    wkb = sample.column(GEOMETRY).slice(0, _GEOMETRIES).drop_null().to_pylist()
    kinds = {_KINDS.get(_type_number(one), "any") for one in wkb if one}
    kind = kinds.pop() if len(kinds) == 1 else "any"
    if kind != "polygon" or layer.crs in _IN_DEGREES:
        return Shape(kind)
    straight = [one for one in wkb if _type_number(one) in _STRAIGHT_POLYGONS]
    areas = shapely.area(shapely.from_wkb(straight, on_invalid="ignore"))
    return Shape(kind, float(np.median(areas)) if len(areas) else None)


def _type_number(wkb: bytes) -> int:
    """The geometry's type in WKB (ISO 13249-3), without the digits for Z and M."""
    number = int.from_bytes(wkb[1:5], "little" if wkb[0] else "big")
    return (number & 0x1FFFFFFF) % 1000
