"""From nested target batches to flat columns, as GeoJSON and GeoPackage need them.

The names follow INSPIRE's model transformation rules (``model-transformation-rules``
MT001–MT010, ``gp-geojson-encodings`` rule v0.1 of 2019-03-29), with ``_`` as separator:

===== ==========================================================================
MT001 a data type's properties are joined along the path (``inspireId_localId``)
MT002 repeated values become an array
MT003 one branch a type where several are possible (``locator_AddressLocator_…``)
MT005 a name is its spelling, one column a language (``name``, ``name_deu``)
MT008 a code is its local value, ``…_href`` its address
MT009 a period is ``…_beginPosition`` and ``…_endPosition``
===== ==========================================================================

MT001 keeps only the first of several objects. So nothing is lost, all of them are kept
besides, as an array under the property's own name (or in a related table, where the
encoding has these), where a feature has more than one.
Void values and their reasons are left out (rule 13, rule 16).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import jsontext
from commonplace.gml.names import ncname, ncnames
from commonplace.gml.pieces import Array, both, join_or_null, parents_of, unlist, validity
from commonplace.model.types import Kind
from commonplace.target import LOCAL_ID, Dataset, Geometries, Node, Shape, TargetBatch

ID: Final = "id"
KEPT_ATTRIBUTES: Final = ("uom", "href", "indeterminatePosition")
COLLAPSED: Final[Mapping[str, tuple[str, ...]]] = {
    "TimeInstant": ("timePosition",),
    "CI_Date": ("date",),
    "Date": ("Date", "DateTime"),
}
NAME: Final = "GeographicalName"
UNDETERMINED: Final = "und"

GeometryText = Callable[[Array], Array]

_INTEGERS: Final = frozenset(
    "integer int long short byte nonNegativeInteger positiveInteger negativeInteger "
    "nonPositiveInteger unsignedInt unsignedLong unsignedShort unsignedByte".split()
)
_REALS: Final = frozenset(("double", "float", "decimal"))


@dataclass(frozen=True, slots=True)
class Column:
    """A flat column: plain or dictionary-encoded values, or one scalar for all rows.

    ``json`` says that the texts are JSON (arrays and objects). ``language`` is set where
    the column exists because a name in that language occurs in the rows. ``node`` is the
    property that the values are of; ``aspect`` is empty for the value itself, else what
    the column's name adds to it (``href``, ``uom``, a language).
    """

    name: str
    values: Any
    json: bool = False
    language: str | None = None
    node: Node | None = None
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of a table related to a batch: what one row of the batch has several of.

    ``name`` is the path of the property, ``parents`` the row of the batch each belongs to,
    ascending. ``geometry`` holds int32 handles, or is None where there is none. ``within``
    are lists inside these rows; ``numbered`` says that there may be such, in other batches too.
    """

    name: str
    parents: npt.NDArray[np.int64]
    columns: tuple[Column, ...] = ()
    geometry: Array | None = None
    geometry_name: str = ""
    within: tuple[Related, ...] = ()
    numbered: bool = False

    def numbers(self) -> npt.NDArray[np.int64]:
        """The number of each row among those of the same parent, from 1."""
        first = np.searchsorted(self.parents, self.parents)
        found: npt.NDArray[np.int64] = np.arange(len(self.parents)) - first + 1
        return found


@dataclass(frozen=True, slots=True)
class Flat:
    """A batch made flat. ``geometry`` holds int32 handles, or is None where there is none.

    ``related`` and ``reasons`` are found where asked for: rows of related tables, and void
    reasons that differ from row to row, under the name of the column they explain.
    """

    rows: int
    ids: Array
    columns: tuple[Column, ...]
    geometry: Array | None
    related: tuple[Related, ...] = ()
    reasons: tuple[Column, ...] = ()


def default_geometry(shape: Shape) -> tuple[str, ...] | None:
    """The path of the geometry that a feature is drawn with.

    A property called ``geometry`` of the feature itself, else the first in schema order.
    """
    paths = list(geometry_paths(shape))
    return ("geometry",) if ("geometry",) in paths else next(iter(paths), None)


def geometry_paths(shape: Shape) -> Iterator[tuple[str, ...]]:
    """The paths of all geometry properties that a shape fills."""
    for node in shape.nodes:
        if node.void:
            continue
        if node.kind is Kind.GEOMETRY:
            yield (node.name,)
        several = len(node.objects) > 1
        for child in node.objects:
            for path in geometry_paths(child):
                yield (node.name, child.name, *path) if several else (node.name, *path)


def losses(shape: Shape, *, column_reasons: bool = False, related: bool = False) -> list[str]:
    """What flat columns can't hold of a shape, and what is done about it.

    ``column_reasons`` says that void reasons are kept where a column has one value a row,
    ``related`` that there are tables of what a feature has several of.
    """
    lists: list[tuple[str, ...]] = []
    found: list[str] = []
    for path, node in nodes(shape):
        name = "_".join(path)
        beyond = node.repeated or any(path[: len(one)] == one for one in lists)
        if column_reasons and "nil" in node.siblings and beyond:
            found.append(f"{name}: of several values only the first's void reason is written")
        elif not column_reasons and ("nil" in node.siblings or node.nil or node.void):
            found.append(f"{name}: the reason why a value is missing is not written")
        if node.kind is not Kind.OBJECT or node.void:
            continue
        tabled = related and node.repeated
        place = f"table {shape.name}_{name}" if tabled else name
        if any(one.name == NAME for one in node.objects):
            whole = f"; {place} has all of it if there are several" if tabled else ""
            found.append(
                f"{name}: only the spelling and language of a name are written (MT005){whole}"
            )
        elif node.repeated:
            found.append(
                f"{name}: {name}_… hold the first object (MT001), {place} all if there are several"
            )
        if node.repeated:
            lists.append(path)
    return found


def nodes(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """All properties of a shape with their paths; a geographical name's own left out."""
    for node in shape.nodes:
        yield (*path, node.name), node
        several = len(node.objects) > 1
        for child in node.objects:
            below = (*path, node.name, child.name) if several else (*path, node.name)
            if child.name != NAME:
                yield from nodes(child, below)


def flatten(
    dataset: Dataset,
    batch: TargetBatch,
    geometry_text: GeometryText | None = None,
    *,
    related: bool = False,
    addresses: bool = True,
) -> Flat:
    """Make a batch flat.

    Parameters
    ----------
    dataset
        For the language of names that state none.
    batch
        One feature type's rows.
    geometry_text
        Turns handles into GeoJSON geometries. Where given, geometries other than the
        default one become columns; otherwise they are left out.
    related
        Find the rows of related tables too: objects and names where a feature has several,
        and geometries other than the default one; and the void reasons of single rows.
    addresses
        Give the address of each code beside it (MT008); without, the encoding says it once.
    """
    fields = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    walk = _Walk(
        dataset,
        geometry_text,
        default_geometry(batch.shape),
        related=related,
        addresses=addresses,
    )
    columns = _distinct(walk.columns(batch.shape, fields, _Level(batch.rows)))
    return Flat(
        rows=batch.rows,
        ids=feature_ids(batch.shape.name, fields[LOCAL_ID]),
        columns=columns,
        geometry=walk.geometry,
        related=tuple(walk.related),
        reasons=tuple(walk.reasons),
    )


def _distinct(columns: Iterator[Column]) -> tuple[Column, ...]:
    seen: dict[str, Column] = {}
    for column in columns:
        seen.setdefault(column.name, column)
    return tuple(seen.values())


def feature_ids(feature_type: str, local_ids: Array) -> Array:
    """The features' ids, the same as their ``gml:id`` in GML (rule 17)."""
    return join_or_null([f"{ncname(feature_type)}.", ncnames(local_ids)], len(local_ids))


@dataclass(frozen=True, slots=True)
class _Level:
    """Where the walk stands: how many rows, which are present, and the names above."""

    rows: int
    present: Array | None = None
    name: str = ""
    path: tuple[str, ...] | None = ()  # None inside "all of several": no default geometry there
    first: bool = False  # inside the first of several

    def under(self, name: str, present: Array | None = None) -> _Level:
        return _Level(
            self.rows,
            both(self.present, present),
            f"{self.name}_{name}" if self.name else name,
            None if self.path is None else (*self.path, name),
            self.first,
        )


class _Walk:
    """One walk over a batch; keeps the default geometry's handles when it meets them."""

    def __init__(
        self,
        dataset: Dataset,
        geometry_text: GeometryText | None,
        default: tuple[str, ...] | None,
        *,
        related: bool,
        addresses: bool,
        geometries: bool = True,
    ) -> None:
        self._dataset = dataset
        self._language = dataset.language
        self._geometry_text = geometry_text
        self._default = default
        self._relate = related
        self._addresses = addresses
        self._geometries = geometries
        self.geometry: Array | None = None
        self.related: list[Related] = []
        self.reasons: list[Column] = []

    def columns(self, shape: Shape, fields: Mapping[str, Array], level: _Level) -> Iterator[Column]:
        for node in shape.nodes:
            if not node.void:
                yield from self._node(node, fields, level.under(node.name))

    def _node(self, node: Node, fields: Mapping[str, Array], at: _Level) -> Iterator[Column]:
        for column in self._columns(node, fields, at):
            if column.node is not None:
                yield column
                continue
            aspect = column.name.removeprefix(at.name).removeprefix("_")
            yield replace(column, node=node, aspect=aspect)

    def _columns(self, node: Node, fields: Mapping[str, Array], at: _Level) -> Iterator[Column]:
        values = fields.get(node.name)
        if self._relate and values is not None and at.path is not None:
            if node.kind is Kind.GEOMETRY:
                self._related_geometries(node, values, at)
            elif node.kind is Kind.OBJECT and node.repeated and self._tabled(at):
                self._related_objects(node, values, fields, at)
            if "nil" in node.siblings:
                self._row_reasons(node, values, fields[f"{node.name}@nil"], at)
        if node.constant is not None:
            yield _constant(node, at)
            if self._addresses and node.kind is Kind.CODE:
                yield from _constant_address(node, at)
        elif node.kind is Kind.GEOMETRY:
            yield from self._geometry(node, values, at)
        elif node.kind is Kind.OBJECT:
            yield from self._objects(node, values, at)
        elif node.kind is Kind.CODE:
            yield _listed(at.name, values, _encoded)
            if self._addresses and node.property.element.code_list:
                yield _code_addresses(node, values, at)
        elif node.kind is Kind.REFERENCE:
            yield _listed(at.name, values, _targets)
        else:
            yield _listed(at.name, values, lambda items: items)
        yield from _attributes(node, fields, at)

    def _geometry(self, node: Node, values: Array, at: _Level) -> Iterator[Column]:
        if at.path == self._default:
            self.geometry = _first(values) if node.repeated else values
        elif self._geometry_text is not None:
            if node.repeated:
                items, offsets = unlist(values)
                texts = jsontext.bracketed(self._geometry_text(items), offsets)
            else:
                texts = self._geometry_text(values)
            yield Column(at.name, texts, json=True)

    def _objects(self, node: Node, values: Array | None, at: _Level) -> Iterator[Column]:
        if not node.repeated or values is None:
            yield from self._one_object(node, values, at)
            return
        if len(node.objects) == 1 and node.objects[0].name == NAME:
            items, offsets = unlist(values)
            yield from self._names(node.objects[0], items, parents_of(offsets), at)
            return
        yield from self._one_object(node, _first(values), replace(at, first=True))
        if not self._relate:
            yield from self._all_objects(node, values, at)

    def _tabled(self, at: _Level) -> bool:
        """Whether a related table holds what a feature has several of."""
        return self._relate and at.path is not None and not at.first

    def _one_object(self, node: Node, values: Array | None, at: _Level) -> Iterator[Column]:
        several = len(node.objects) > 1
        for child in node.objects:
            below = values
            if several and values is not None:
                below = pc.struct_field(values, child.name)
            present = None if below is None else validity(below)
            level = at.under(child.name, present) if several else _present(at, present)
            fields = _fields(below)
            if child.name == NAME:
                yield from self._names(child, below, np.arange(at.rows), level)
            elif inner := _collapsed(child):
                yield from self._node(inner, fields, level)
            else:
                yield from self.columns(child, fields, level)

    def _all_objects(self, node: Node, values: Array, at: _Level) -> Iterator[Column]:
        """All objects of rows that have more than one, as JSON arrays."""
        several = pa.array(_several(values))
        items, offsets = unlist(values.filter(several))
        level = _Level(len(items), path=None)
        found = {one.name: one for one in self._one_object(node, items, level)}
        if found:
            named = [(name, column_text(one)) for name, one in found.items()]
            objects = join_or_null(["{", jsontext.members(named, len(items)), "}"], len(items))
            texts = jsontext.bracketed(objects, offsets)
            yield Column(at.name, _scattered(texts, several), json=True)

    def _row_reasons(self, node: Node, values: Array, reasons: Array, at: _Level) -> None:
        """Why rows have no value, where they state it; of lists, why there is no first one."""
        if node.repeated:
            values, reasons = _first(values), _first(reasons)
        missing = both(values.is_null(), at.present)
        if node.nil is not None:
            reasons = reasons.fill_null(node.nil)
        stated = pc.if_else(missing, reasons, pa.scalar(None, reasons.type))
        if stated.null_count < len(stated):
            default = self._default
            name = default[0] if default and at.path == default else at.name
            self.reasons.append(Column(name, stated, node=node))

    def _related_geometries(self, node: Node, values: Array, at: _Level) -> None:
        """Geometries other than the default one; of a repeated default one, all of several."""
        if not self._geometries:
            return
        if node.repeated:
            chosen = np.full(at.rows, True)
            if at.path == self._default:
                chosen = _several(values)
            items, offsets = unlist(values.filter(pa.array(chosen)))
            parents = np.flatnonzero(chosen)[parents_of(offsets)]
        elif at.path == self._default:
            return
        else:
            items, parents = values, np.arange(at.rows, dtype=np.int64)
        there = items.is_valid().to_numpy(zero_copy_only=False)
        if there.any():
            handles = items.drop_null()
            self.related.append(Related(at.name, parents[there], (), handles, node.name))

    def _related_objects(
        self, node: Node, values: Array, fields: Mapping[str, Array], at: _Level
    ) -> None:
        """All objects of rows that have more than one, or lists inside, as rows of a table."""
        several = _worth_a_table(node, values)
        if not several.any():
            return
        items, offsets = unlist(values.filter(pa.array(several)))
        one = replace(node, repeated=False, siblings=())
        default = default_geometry(Shape(node.property.element.name, (one,)))
        walk = _Walk(
            self._dataset,
            None,
            default,
            related=True,
            addresses=self._addresses,
            geometries=False,
        )
        level = _Level(len(items), path=(node.name,))
        if len(node.objects) == 1 and node.objects[0].name == NAME:
            found = walk.columns(node.objects[0], _fields(items), level)
        else:
            found = walk._one_object(one, items, level)
        columns = [replace(one, name=one.name.lstrip("_") or node.name) for one in found]
        for name in node.siblings:
            if name in KEPT_ATTRIBUTES:
                beside, _ = unlist(fields[f"{node.name}@{name}"].filter(pa.array(several)))
                columns.append(Column(name, _targets(beside) if name == "href" else beside))
        self.related.append(
            Related(
                at.name,
                np.flatnonzero(several)[parents_of(offsets)],
                _distinct(iter(columns)),
                walk.geometry,
                default[-1] if default else "",
                tuple(walk.related),
                _has_lists(node),
            )
        )

    def _names(
        self, shape: Shape, items: Array | None, rows: npt.NDArray[np.int64], at: _Level
    ) -> Iterator[Column]:
        """Geographical names: the first spelling, and the first in each language (MT005).

        ``rows`` are the rows that the items belong to.
        """
        fields = _fields(items)
        present = None if items is None else validity(items)
        inner = self.columns(shape, fields, _Level(len(rows), present, path=None))
        spelling = next((one for one in inner if one.name == "spelling_text"), None)
        if spelling is None:
            return
        node = shape.node("language")
        if node is not None and "language" in fields:
            stated = fields["language"].fill_null(self._language)
        else:
            stated = (node.constant if node else None) or self._language
        if isinstance(spelling.values, pa.Scalar) and isinstance(stated, str):
            yield Column(at.name, _where_present(spelling.values, at))
            if stated != UNDETERMINED:
                yield Column(f"{at.name}_{stated}", _where_present(spelling.values, at))
            return
        texts = _plain(spelling.values, len(rows))
        filled = texts.is_valid().to_numpy(zero_copy_only=False)
        first = _first_of(texts, rows, filled, at.rows)
        yield Column(at.name, first)
        if isinstance(stated, str):
            if stated != UNDETERMINED:
                yield Column(f"{at.name}_{stated}", first)
            return
        for language in sorted(map(str, pc.unique(stated.filter(texts.is_valid())).to_pylist())):
            mask = filled & pc.equal(stated, language).to_numpy(zero_copy_only=False)
            values = _first_of(texts, rows, mask, at.rows)
            yield Column(f"{at.name}_{language}", values, language=language)


def _present(at: _Level, present: Array | None) -> _Level:
    return replace(at, present=both(at.present, present))


def _fields(values: Array | None) -> Mapping[str, Array]:
    if values is None:
        return {}
    return {one.name: pc.struct_field(values, one.name) for one in values.type}


def _collapsed(shape: Shape) -> Node | None:
    """The one property of an object that stands for it in flat form."""
    for name in COLLAPSED.get(shape.name, ()):
        node = shape.node(name)
        if node is not None and not node.void:
            return node
    return None


# Values


def typed(text: str, value_type: str | None) -> pa.Scalar:
    """A constant's text as a value of the type that an XSD built-in has in a batch."""
    if value_type == "boolean":
        return pa.scalar(text in ("true", "1"))
    if value_type in _INTEGERS:
        return pa.scalar(int(text), pa.int64())
    if value_type in _REALS:
        return pa.scalar(float(text))
    if value_type == "date":
        return pa.scalar(date.fromisoformat(text))
    if value_type == "dateTime":
        return pa.scalar(datetime.fromisoformat(text), pa.timestamp("us", tz="UTC"))
    return pa.scalar(text)


def _constant(node: Node, at: _Level) -> Column:
    text = node.constant or ""
    if node.kind is Kind.REFERENCE:
        text = ncname(text[1:]) if text.startswith("#") else text
    value = typed(text, node.property.value_type) if node.kind is Kind.VALUE else pa.scalar(text)
    return Column(at.name, _where_present(value, at))


def _constant_address(node: Node, at: _Level) -> Iterator[Column]:
    if address := code_address(node, node.constant or ""):
        yield Column(f"{at.name}_href", _where_present(pa.scalar(address), at))


def _attributes(node: Node, fields: Mapping[str, Array], at: _Level) -> Iterator[Column]:
    for name, text in node.attributes:
        if name in KEPT_ATTRIBUTES and name not in node.siblings:
            value = fields.get(node.name)
            present = None if value is None or node.repeated else validity(value)
            yield Column(
                f"{at.name}_{name}", _where_present(pa.scalar(text), _present(at, present))
            )
    for name in node.siblings:
        if name in KEPT_ATTRIBUTES:
            yield _listed(
                f"{at.name}_{name}",
                fields[f"{node.name}@{name}"],
                _targets if name == "href" else lambda items: items,
            )


def _where_present(value: pa.Scalar, at: _Level) -> Any:
    """A constant, null where the object around it is missing."""
    if at.present is None:
        return value
    indices = pc.if_else(at.present, pa.scalar(0, pa.int32()), pa.scalar(None, pa.int32()))
    return pa.DictionaryArray.from_arrays(indices, pa.array([value.as_py()], value.type))


def _listed(name: str, values: Array, change: Callable[[Array], Array]) -> Column:
    """A column of changed values; of lists, as JSON arrays (MT002)."""
    if not pa.types.is_list(values.type):
        return Column(name, change(values))
    items, offsets = unlist(values)
    return Column(name, jsontext.bracketed(jsontext.values(change(items)), offsets), json=True)


def _code_addresses(node: Node, values: Array, at: _Level) -> Column:
    return _listed(f"{at.name}_href", values, lambda items: _addresses(node, _encoded(items)))


def _encoded(values: Array) -> Array:
    return values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)


def _addresses(node: Node, codes: Array) -> Array:
    addresses = [code_address(node, one) for one in codes.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(codes.indices, pa.array(addresses, pa.string()))


def code_address(node: Node, code: str) -> str | None:
    """The URI of a code: its list's and the code, or what it is where it is a URI."""
    if ":" in code:
        return code
    code_list = node.property.element.code_list
    return f"{code_list}/{code}" if code_list else None


def _targets(values: Array) -> Array:
    """References: the id of an object of the same dataset, or the address as it stands."""
    values = values.cast(pa.string())
    local = pc.fill_null(pc.starts_with(values, "#"), False)
    if not pc.any(local).as_py():
        return values
    ids = ncnames(pc.utf8_slice_codeunits(values.filter(local), 1))
    return pc.replace_with_mask(values, local, ids)


def _first(lists: Array) -> Array:
    """The first item of each list, null where there is none."""
    items, offsets = unlist(lists)
    counts = np.diff(offsets)
    if len(items) == len(lists) and (counts == 1).all():
        return items
    return items.take(pa.array(offsets[:-1], mask=counts == 0))


def _several(lists: Array) -> npt.NDArray[np.bool_]:
    """Where a list has more than one item."""
    more = pc.fill_null(pc.greater(pc.list_value_length(lists), 1), False)
    found: npt.NDArray[np.bool_] = more.to_numpy(zero_copy_only=False)
    return found


def _has_lists(node: Node) -> bool:
    """Whether lists of objects may stand inside a property's objects."""
    below = [one for child in node.objects for one in child.nodes if one.kind is Kind.OBJECT]
    return any(one.repeated or _has_lists(one) for one in below)


def _worth_a_table(node: Node, values: Array) -> npt.NDArray[np.bool_]:
    """Where a list of objects has more than one, or one with such a list inside."""
    found = _several(values)
    if _has_lists(node):
        items, offsets = unlist(values)
        inside = np.concatenate([[0], np.cumsum(_with_lists(node, items))])
        found |= inside[offsets[1:]] > inside[offsets[:-1]]
    return found


def _with_lists(node: Node, items: Array) -> npt.NDArray[np.bool_]:
    """Which objects have a list worth a table inside."""
    found = np.zeros(len(items), dtype=bool)
    for child in node.objects:
        branch = items if len(node.objects) == 1 else pc.struct_field(items, child.name)
        for below in child.nodes:
            if below.kind is not Kind.OBJECT or below.name not in branch.type.names:
                continue
            values = pc.struct_field(branch, below.name)
            within = _worth_a_table if below.repeated else _with_lists
            found |= within(below, values)
    return found


def _scattered(values: Array, chosen: Array) -> Array:
    """Values back in the rows they were chosen from; null in the others."""
    mask = chosen.to_numpy(zero_copy_only=False)
    index = np.cumsum(mask) - 1
    return values.take(pa.array(index, mask=~mask))


def _first_of(
    values: Array, rows: npt.NDArray[np.int64], chosen: npt.NDArray[np.bool_], count: int
) -> Array:
    """For each of ``count`` rows the first chosen value that belongs to it, or null."""
    at = np.flatnonzero(chosen)[::-1]
    index = np.full(count, -1, dtype=np.int64)
    index[rows[at]] = at
    return values.take(pa.array(index, mask=index < 0))


def _plain(values: Any, rows: int) -> Array:
    if isinstance(values, pa.Scalar):
        return pa.repeat(values, rows)
    return values.dictionary_decode() if pa.types.is_dictionary(values.type) else values


def plain(column: Column, rows: int) -> Array:
    """A column as an array without dictionary."""
    return _plain(column.values, rows)


def column_text(column: Column) -> Any:
    """A column as JSON text: one string for all rows, or an array."""
    if isinstance(column.values, pa.Scalar):
        return jsontext.scalar(column.values)
    return column.values if column.json else jsontext.values(column.values)


def pooled(pool: Geometries, handles: Array) -> Geometries:
    """The geometries that handles point to; None where a handle is null."""
    index = pc.fill_null(handles, -1).to_numpy(zero_copy_only=False)
    found = np.full(len(index), None, dtype=object)
    found[index >= 0] = pool[index[index >= 0]]
    return found
