"""PostgreSQL's types as Arrow has them, and the SQL of what is asked of a relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.batch import GEOMETRY
from commonplace.bounds import Bounds
from commonplace.database.session import parameter, quoted
from commonplace.sources.postgis_catalogue import Column, Relation
from commonplace.sources.rows import as_number

SRID: Final = "@srid"
_PLAIN: Final = {
    "int2": "int16",
    "int4": "int32",
    "int8": "int64",
    "float4": "float",
    "float8": "double",
    "bool": "bool",
    "text": "string",
    "varchar": "string",
    "date": "date32[day]",
    "timestamp": "timestamp[us]",
    "timestamptz": "timestamp[us, tz=UTC]",
    "bytea": "binary",
}
_LISTED: Final = {"int2", "int4", "int8", "float4", "float8", "bool", "text", "varchar"}
_EXACT_DIGITS: Final = 15  # decimal digits that a double keeps
_LONG_DIGITS: Final = 18  # that an int8 keeps
_INT8: Final = 1 << 63
_NUMBERS: Final = ("int16", "int32", "int64", "float", "double")
_TRUE: Final = {"true": True, "1": True, "false": False, "0": False}

# The driver wraps ±infinity around; PostgreSQL's real times begin in 4713 BC.
_FIRST_DAY: Final = -3_000_000
_FIRST_MICROSECOND: Final = -300_000_000_000_000_000
_SHAPES: Final = (
    "Unknown",
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
    "CircularString",
    "CompoundCurve",
    "CurvePolygon",
    "MultiCurve",
    "MultiSurface",
    "PolyhedralSurface",
    "Triangle",
    "TIN",
)


@dataclass(frozen=True, slots=True)
class Spatial:
    """What a geometry column's modifier says (PostGIS, ``gserialized_typmod``).

    ``srid`` is 0 and ``type`` *Unknown* where it says nothing; ``one_srid`` when the
    modifier holds all rows to it.
    """

    column: str
    geography: bool
    srid: int
    type: str
    one_srid: bool


def spatial_of(column: Column) -> Spatial:
    """The modifier of a geometry or geography column, decoded."""
    geography = column.type == "geography"
    if column.typmod < 0:
        return Spatial(column.name, geography, 4326 if geography else 0, "Unknown", geography)
    srid = ((column.typmod & 0x0FFFFF00) - (column.typmod & 0x10000000)) >> 8
    name = _SHAPES[(column.typmod & 0xFC) >> 2]
    shape = name + (" Z" if column.typmod & 2 and name != "Unknown" else "")
    return Spatial(column.name, geography, srid, shape, srid != 0)


def digits_of(column: Column) -> tuple[int, int] | None:
    """Precision and scale of a numeric column, where it is declared."""
    if column.type != "numeric" or column.typmod < 4:
        return None
    return (column.typmod - 4) >> 16, (column.typmod - 4) & 0x7FF


def loses_digits(column: Column) -> bool:
    """Whether a column's numbers may have more digits than what they are read as."""
    digits = digits_of(column)
    return column.type == "numeric" and (
        digits is None or (digits[0] > _EXACT_DIGITS and arrow_type(column) != "int64")
    )


def arrow_type(column: Column) -> str:
    """The name of the Arrow type that a column is read as."""
    if column.element is not None:
        inner = _PLAIN[column.element] if column.element in _LISTED else "string"
        return f"list<item: {inner}>"
    if column.type == "numeric":
        digits = digits_of(column)
        return "int64" if digits and digits[1] == 0 and digits[0] <= _LONG_DIGITS else "double"
    return _PLAIN.get(column.type, "string")


def expression(column: Column) -> str:
    """The SQL that gives a column as :func:`arrow_type`."""
    name = quoted(column.name)
    if column.element is not None:
        return name if column.element in _LISTED else f"{name}::pg_catalog.text[]"
    if column.type in _PLAIN:
        return name
    if column.type == "numeric":
        if arrow_type(column) == "int64":
            return f"nullif({name}, 'NaN')::pg_catalog.int8"
        return f"{name}::pg_catalog.float8"
    return f"{name}::pg_catalog.text"


@dataclass(slots=True)
class Statement:
    """A SELECT under construction, its parameters bound by number."""

    relation: Relation
    postgis: str | None
    parameters: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    def bind(self, text: str) -> str:
        """Bind a text; returns the SQL that stands for it."""
        self.parameters.append(text)
        return parameter(len(self.parameters) - 1)

    def where(self, column: Column, text: str) -> bool:
        """Add property = value as :func:`commonplace.sources.rows.equals` means it.

        Returns whether the server compares: not so for times, whose text has many forms.
        """
        kind = arrow_type(column)
        if kind.startswith("timestamp"):
            return False
        self.conditions.append(self._equal(column, kind, text))
        return True

    def _equal(self, column: Column, kind: str, text: str) -> str:
        if kind.startswith("list") or kind == "binary" or "\0" in text:
            return "false"
        if kind == "bool":
            wanted = _TRUE.get(text.lower())
            return "false" if wanted is None else f"{quoted(column.name)} = {str(wanted).lower()}"
        if kind in _NUMBERS:
            return self._equal_number(column, text)
        shown = (
            expression(column) if kind == "string" else f"{quoted(column.name)}::pg_catalog.text"
        )
        return f"{shown} = {self.bind(text)}"

    def _equal_number(self, column: Column, text: str) -> str:
        number = as_number(text)
        name = quoted(column.name)
        if number is None:
            return "false"
        if column.type == "numeric":
            return f"{name} = {self.bind(repr(number))}::pg_catalog.numeric"
        if isinstance(number, int) and -_INT8 <= number < _INT8:
            return f"{name} = {self.bind(str(number))}::pg_catalog.int8"
        return f"{name} = {self.bind(repr(float(number)))}::pg_catalog.float8"

    def meets(self, spatial: Spatial, srid: int, bounds: Bounds) -> None:
        """Add that the geometry meets a rectangle in its own CRS; an index helps."""
        corners = ", ".join(f"{self.bind(repr(float(one)))}::pg_catalog.float8" for one in bounds)
        envelope = f"{self.postgis}.ST_MakeEnvelope({corners}, {srid})"
        shape = self._shape(spatial)
        self.conditions.append(f"{shape} OPERATOR({self.postgis}.&&) {envelope}")
        self.conditions.append(f"{self.postgis}.ST_Intersects({shape}, {envelope})")

    def _shape(self, spatial: Spatial) -> str:
        name = quoted(spatial.column)
        return f"{name}::{self.postgis}.geometry" if spatial.geography else name

    def sql(
        self,
        columns: Sequence[tuple[str, Column]],
        spatial: Spatial | None,
        *,
        checked: bool,
        limit: int | None,
    ) -> str:
        """The SELECT of columns under new names, the geometry as ISO WKB.

        ``checked`` adds each geometry's SRID as :data:`SRID`.
        """
        chosen = [f"{expression(column)} AS {quoted(name)}" for name, column in columns]
        if spatial is not None:
            shape = self._shape(spatial)
            chosen.append(f"{self.postgis}.ST_AsBinary({shape}) AS {quoted(GEOMETRY)}")
            if checked:
                chosen.append(f"{self.postgis}.ST_SRID({shape}) AS {quoted(SRID)}")
        text = f"SELECT {', '.join(chosen) or 'NULL'} FROM {self.relation.sql}"
        if self.conditions:
            text += f" WHERE {' AND '.join(self.conditions)}"
        keys = [quoted(one.name) for one in self.relation.columns if one.is_key and one.may_read]
        if keys:  # a fifth slower, and the same rows always make the same package
            text += f" ORDER BY {', '.join(keys)}"
        return text if limit is None else f"{text} LIMIT {limit}"


def arranged(batch: pa.RecordBatch) -> tuple[pa.RecordBatch, dict[str, int]]:
    """A batch in plain types, and how many infinite times of which columns became null."""
    columns: list[pa.Array] = []
    infinite: dict[str, int] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        finite, count = _finite(_bare(column))
        columns.append(finite)
        if count:
            infinite[name] = count
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names), infinite


def _bare(column: pa.Array) -> pa.Array:
    """A column without the driver's extension types and notes."""
    if isinstance(column.type, pa.BaseExtensionType):
        return column.storage
    if pa.types.is_list(column.type):
        return column.cast(pa.list_(column.type.value_type))
    return column


def _finite(column: pa.Array) -> tuple[pa.Array, int]:
    if pa.types.is_date32(column.type):
        numbers, first = column.view(pa.int32()), _FIRST_DAY
    elif pa.types.is_timestamp(column.type):
        numbers, first = column.view(pa.int64()), _FIRST_MICROSECOND
    else:
        return column, 0
    beyond = pc.less(numbers, first)
    count = pc.sum(beyond).as_py() or 0
    if not count:
        return column, 0
    return pc.if_else(beyond, pa.scalar(None, column.type), column), int(count)
