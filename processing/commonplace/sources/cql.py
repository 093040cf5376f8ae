"""CQL2 (OGC 21-065r2) evaluated over record batches: what a server can't do, done here.

pygeofilter parses text and JSON; the tree becomes Arrow and shapely calls over whole columns.
Nulls are as in SQL: a comparison with null is neither true nor false.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import lark
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pygeofilter import ast, values

from commonplace.batch import GEOMETRY
from commonplace.documents import suggestion
from commonplace.errors import ColumnNotFound, SourceError

# Strings as CQL2 and as pygeofilter write them; one letter alone is no name to pygeofilter.
_WORDS: Final = re.compile(r"'(?:[^'\\]|''|\\.)*'|\"[^\"]*\"|\b[A-Za-z]\b(?!\s*\()")
_QUOTE: Final = "\ue000"  # for a doubled quote, which pygeofilter's grammar doesn't have
_INSTANT: Final = pa.timestamp("us", "UTC")
_COMPARED: Final[dict[type, Callable[..., Any]]] = {
    ast.Equal: pc.equal,
    ast.NotEqual: pc.not_equal,
    ast.LessThan: pc.less,
    ast.LessEqual: pc.less_equal,
    ast.GreaterThan: pc.greater,
    ast.GreaterEqual: pc.greater_equal,
    ast.TimeAfter: pc.greater,
    ast.TimeBefore: pc.less,
    ast.TimeEquals: pc.equal,
}
_CALCULATED: Final[dict[type, Callable[..., Any]]] = {
    ast.Add: pc.add,
    ast.Sub: pc.subtract,
    ast.Mul: pc.multiply,
    ast.Div: pc.divide,
}
_PLACED: Final[dict[type, Callable[..., Any]]] = {
    ast.GeometryIntersects: shapely.intersects,
    ast.GeometryDisjoint: shapely.disjoint,
    ast.GeometryContains: shapely.contains,
    ast.GeometryWithin: shapely.within,
    ast.GeometryTouches: shapely.touches,
    ast.GeometryCrosses: shapely.crosses,
    ast.GeometryOverlaps: shapely.overlaps,
    ast.GeometryEquals: shapely.equals,
}
ToLayer = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as it was written, and its tree. ``language`` is ``cql2-text`` or ``-json``."""

    text: str
    language: str
    tree: Any

    def names(self) -> tuple[str, ...]:
        """The properties that it uses, the geometry too."""
        return tuple(dict.fromkeys(_names(self.tree)))

    def mask(self, batch: pa.RecordBatch, to_layer: ToLayer) -> Any:
        """Which rows pass, as a boolean array.

        Parameters
        ----------
        to_layer
            Moves a shapely geometry from longitude, latitude to the batch's CRS.

        Raises
        ------
        SourceError
            The filter uses what can't be evaluated, or compares what has no order.
        """
        try:
            found = _Evaluation(batch, to_layer).value(self.tree)
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
            raise SourceError(
                f"the filter compares values of different types: {error}", hint=self.text
            ) from error
        if not isinstance(found, (pa.Array, pa.ChunkedArray)):
            raise SourceError("the filter is no condition", hint=self.text)
        return pc.fill_null(found, False)

    def check(self, layer: str, known: tuple[str, ...]) -> None:
        """Refuse names that the layer doesn't have.

        Raises
        ------
        ColumnNotFound
        """
        places = set(_places(self.tree))
        for name in self.names():
            if name not in known and name not in places:
                hint = suggestion(name, known)
                raise ColumnNotFound(f"layer {layer!r} has no column {name!r}", hint=hint)


def parse_filter(text: str) -> Filter:
    """Parse CQL2: JSON if it begins with a brace, else text.

    Raises
    ------
    SourceError
        With the place of what isn't understood.
    """
    # Not before there is a filter: the grammar takes a tenth of a second to build.
    from pygeofilter.parsers import cql2_json, cql2_text

    as_json = text.lstrip().startswith("{")
    try:
        if as_json:
            return Filter(text, "cql2-json", cql2_json.parse(json.loads(text)))
        return Filter(text, "cql2-text", cql2_text.parse(_WORDS.sub(_readable, text)))
    except lark.exceptions.LarkError as error:
        place = getattr(error, "column", None)
        where = f" at character {place}" if isinstance(place, int) and place > 0 else ""
        raise SourceError(f"the filter is no CQL2{where}: {text}", hint=_HINT) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"the filter is no CQL2: {text} ({error})", hint=_HINT) from error


_HINT: Final = "as in: floors > 3 AND kind IN ('oak', 'elm') AND name LIKE 'A%'"


def both(one: Filter | None, other: Filter) -> Filter:
    """Both filters at once, in text."""
    if one is None:
        return other
    if one.language != other.language:
        return Filter(one.text, "", ast.And(one.tree, other.tree))
    text = f"({one.text}) AND ({other.text})"
    return Filter(text, one.language, ast.And(one.tree, other.tree))


def _readable(match: re.Match[str]) -> str:
    word = match[0]
    if word[0] == "'":
        return "'" + word[1:-1].replace("''", _QUOTE) + "'"
    return word if word[0] == '"' else f'"{word}"'


def _parts(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Node):
        yield from node.get_sub_nodes() or ()
    elif isinstance(node, (list, tuple)):
        yield from node


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield node.name
    for one in _parts(node):
        yield from _names(one)


def _places(node: Any) -> Iterator[str]:
    """Names that stand for the geometry: those that are compared by place."""
    if type(node) in _PLACED:
        yield from _names(node)
    for one in _parts(node):
        yield from _places(one)


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """Values of nodes over one batch: Arrow arrays, Python scalars, shapely geometries."""

    batch: pa.RecordBatch
    to_layer: ToLayer

    def value(self, node: Any) -> Any:
        kind = type(node)
        if kind in _COMPARED:
            return self._compared(_COMPARED[kind], self.value(node.lhs), self.value(node.rhs))
        if kind in _CALCULATED:
            return _CALCULATED[kind](self.value(node.lhs), self.value(node.rhs))
        if kind in _PLACED:
            return self._placed(_PLACED[kind], node)
        handler = _HANDLERS.get(kind)
        if handler is not None:
            return handler(self, node)
        if isinstance(node, str):
            return node.replace(_QUOTE, "'")
        if isinstance(node, (int, float, bool, datetime, date)) or node is None:
            return node
        raise SourceError(f"{kind.__name__} can't be evaluated here", hint="state a simpler filter")

    def attribute(self, node: Any) -> Any:
        if node.name not in self.batch.schema.names:
            return pa.nulls(self.batch.num_rows, pa.null())
        return self.batch.column(node.name)

    def _compared(self, compare: Callable[..., Any], left: Any, right: Any) -> Any:
        arrays = [one for one in (left, right) if isinstance(one, pa.Array)]
        if any(pa.types.is_null(one.type) for one in arrays):
            return pa.nulls(self.batch.num_rows, pa.bool_())
        if any(isinstance(one, (datetime, date)) for one in (left, right)):
            left, right = _instant(left), _instant(right)
        return compare(left, right)

    def both(self, node: Any) -> Any:
        return pc.and_kleene(self.value(node.lhs), self.value(node.rhs))

    def either(self, node: Any) -> Any:
        return pc.or_kleene(self.value(node.lhs), self.value(node.rhs))

    def inverted(self, node: Any) -> Any:
        return pc.invert(self.value(node.sub_node))

    def between(self, node: Any) -> Any:
        value = self.value(node.lhs)
        low = self._compared(pc.greater_equal, value, self.value(node.low))
        high = self._compared(pc.less_equal, value, self.value(node.high))
        return _negated(pc.and_kleene(low, high), node)

    def like(self, node: Any) -> Any:
        value = self.value(node.lhs)
        if pa.types.is_null(value.type):
            return pa.nulls(self.batch.num_rows, pa.bool_())
        text = pc.cast(value, pa.string())
        return _negated(
            pc.match_like(text, node.pattern.replace(_QUOTE, "'"), ignore_case=bool(node.nocase)),
            node,
        )

    def null(self, node: Any) -> Any:
        return _negated(pc.is_null(self.value(node.lhs)), node)

    def among(self, node: Any) -> Any:
        value = self.value(node.lhs)
        found = pa.nulls(self.batch.num_rows, pa.bool_())
        for one in node.sub_nodes:
            equal = self._compared(pc.equal, value, self.value(one))
            found = equal if found.null_count == len(found) else pc.or_kleene(found, equal)
        return _negated(found, node)

    def function(self, node: Any) -> Any:
        if node.name.lower() in ("lower", "casei"):
            value = self.value(node.arguments[0])
            return value.lower() if isinstance(value, str) else pc.utf8_lower(value)
        if node.name.lower() == "bbox":
            return shapely.box(*node.arguments)
        raise SourceError(f"the function {node.name!r} can't be evaluated here")

    def during(self, node: Any) -> Any:
        value, span = self.value(node.lhs), node.rhs
        after = self._compared(pc.greater_equal, value, span.start)
        return pc.and_kleene(after, self._compared(pc.less_equal, value, span.end))

    def _placed(self, compare: Callable[..., Any], node: Any) -> Any:
        sides = [self._shape(one) for one in (node.lhs, node.rhs)]
        return pa.array(compare(*sides))

    def _shape(self, node: Any) -> Any:
        if isinstance(node, ast.Attribute):
            if GEOMETRY not in self.batch.schema.names:
                raise SourceError("the layer has no geometry to filter by")
            column = self.batch.column(GEOMETRY).to_numpy(zero_copy_only=False)
            return shapely.from_wkb(column, on_invalid="ignore")
        if isinstance(node, values.Geometry):
            return self.to_layer(shapely.from_geojson(json.dumps(node.geometry)))
        if isinstance(node, values.Envelope):
            return self.to_layer(shapely.box(node.x1, node.y1, node.x2, node.y2))
        return self.to_layer(self.value(node))


def _negated(mask: Any, node: Any) -> Any:
    return pc.invert(mask) if node.not_ else mask


def _instant(value: Any) -> Any:
    """Times as instants; what states no zone is UTC."""
    if isinstance(value, pa.Array):
        if pa.types.is_string(value.type):
            zoned = pc.match_substring_regex(value, r"(Z|[+-]\d\d:?\d\d)$")
            zone = pc.if_else(pc.fill_null(zoned, True), "", "Z")
            timed = pc.match_substring_regex(value, r"\d[T ]\d")
            hour = pc.if_else(pc.fill_null(timed, True), "", "T00:00:00")
            value = pc.binary_join_element_wise(value, hour, zone, "")
        elif pa.types.is_timestamp(value.type) and value.type.tz is None:
            return pc.assume_timezone(pc.cast(value, pa.timestamp("us")), "UTC")
        return pc.cast(value, _INSTANT)
    if isinstance(value, datetime):
        return pa.scalar(value.isoformat() + ("" if value.tzinfo else "Z")).cast(_INSTANT)
    if isinstance(value, date):
        return pa.scalar(f"{value.isoformat()}T00:00:00Z").cast(_INSTANT)
    return pa.scalar(str(value)).cast(_INSTANT)


_HANDLERS: Final[dict[type, Callable[[_Evaluation, Any], Any]]] = {
    ast.Attribute: _Evaluation.attribute,
    ast.And: _Evaluation.both,
    ast.Or: _Evaluation.either,
    ast.Not: _Evaluation.inverted,
    ast.Between: _Evaluation.between,
    ast.Like: _Evaluation.like,
    ast.IsNull: _Evaluation.null,
    ast.In: _Evaluation.among,
    ast.Function: _Evaluation.function,
    ast.TimeDuring: _Evaluation.during,
}
