"""The walk over a batch's nested columns that makes flat ones of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import jsontext
from commonplace.formats.flat.columns import Column, Flat, Related, column_text, feature_ids
from commonplace.formats.flat.lists import (
    first_items,
    first_of,
    has_several,
    scattered,
    worth_a_table,
)
from commonplace.formats.flat.shape import (
    KEPT_ATTRIBUTES,
    NAME,
    UNDETERMINED,
    collapsed,
    default_geometry,
    has_lists,
)
from commonplace.formats.flat.single import (
    Level,
    attributes,
    code_addresses,
    constant,
    constant_address,
    listed,
    where_present,
    with_presence,
)
from commonplace.formats.flat.values import encoded, plain_values, targets
from commonplace.gml.pieces import Array, both, join_or_null, parents_of, unlist, validity
from commonplace.model.types import Kind
from commonplace.target import LOCAL_ID, Dataset, Node, Shape, TargetBatch

GeometryText = Callable[[Array], Array]


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
    columns = _distinct(walk.columns(batch.shape, fields, Level(batch.rows)))
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

    def columns(self, shape: Shape, fields: Mapping[str, Array], level: Level) -> Iterator[Column]:
        for node in shape.nodes:
            if not node.void:
                yield from self._node(node, fields, level.under(node.name))

    def _node(self, node: Node, fields: Mapping[str, Array], at: Level) -> Iterator[Column]:
        for column in self._columns(node, fields, at):
            if column.node is not None:
                yield column
                continue
            aspect = column.name.removeprefix(at.name).removeprefix("_")
            yield replace(column, node=node, aspect=aspect)

    def _columns(self, node: Node, fields: Mapping[str, Array], at: Level) -> Iterator[Column]:
        values = fields.get(node.name)
        if self._relate and values is not None and at.path is not None:
            if node.kind is Kind.GEOMETRY:
                self._related_geometries(node, values, at)
            elif node.kind is Kind.OBJECT and node.repeated and self._tabled(at):
                self._related_objects(node, values, fields, at)
            if "nil" in node.siblings:
                self._row_reasons(node, values, fields[f"{node.name}@nil"], at)
        if node.constant is not None:
            yield constant(node, at)
            if self._addresses and node.kind is Kind.CODE:
                yield from constant_address(node, at)
        elif node.kind is Kind.GEOMETRY:
            yield from self._geometry(node, values, at)
        elif node.kind is Kind.OBJECT:
            yield from self._objects(node, values, at)
        elif node.kind is Kind.CODE:
            yield listed(at.name, values, encoded)
            if self._addresses and node.property.element.code_list:
                yield code_addresses(node, values, at)
        elif node.kind is Kind.REFERENCE:
            yield listed(at.name, values, targets)
        else:
            yield listed(at.name, values, lambda items: items)
        yield from attributes(node, fields, at)

    def _geometry(self, node: Node, values: Array, at: Level) -> Iterator[Column]:
        if at.path == self._default:
            self.geometry = first_items(values) if node.repeated else values
        elif self._geometry_text is not None:
            if node.repeated:
                items, offsets = unlist(values)
                texts = jsontext.bracketed(self._geometry_text(items), offsets)
            else:
                texts = self._geometry_text(values)
            yield Column(at.name, texts, json=True)

    def _objects(self, node: Node, values: Array | None, at: Level) -> Iterator[Column]:
        if not node.repeated or values is None:
            yield from self._one_object(node, values, at)
            return
        if len(node.objects) == 1 and node.objects[0].name == NAME:
            items, offsets = unlist(values)
            yield from self._names(node.objects[0], items, parents_of(offsets), at)
            return
        yield from self._one_object(node, first_items(values), replace(at, first=True))
        if not self._relate:
            yield from self._all_objects(node, values, at)

    def _tabled(self, at: Level) -> bool:
        """Whether a related table holds what a feature has several of."""
        return self._relate and at.path is not None and not at.first

    def _one_object(self, node: Node, values: Array | None, at: Level) -> Iterator[Column]:
        several = len(node.objects) > 1
        for child in node.objects:
            below = values
            if several and values is not None:
                below = pc.struct_field(values, child.name)
            present = None if below is None else validity(below)
            level = at.under(child.name, present) if several else with_presence(at, present)
            fields = _fields(below)
            if child.name == NAME:
                yield from self._names(child, below, np.arange(at.rows), level)
            elif inner := collapsed(child):
                yield from self._node(inner, fields, level)
            else:
                yield from self.columns(child, fields, level)

    def _all_objects(self, node: Node, values: Array, at: Level) -> Iterator[Column]:
        """All objects of rows that have more than one, as JSON arrays."""
        several = pa.array(has_several(values))
        items, offsets = unlist(values.filter(several))
        level = Level(len(items), path=None)
        found = {one.name: one for one in self._one_object(node, items, level)}
        if found:
            named = [(name, column_text(one)) for name, one in found.items()]
            objects = join_or_null(["{", jsontext.members(named, len(items)), "}"], len(items))
            texts = jsontext.bracketed(objects, offsets)
            yield Column(at.name, scattered(texts, several), json=True)

    def _row_reasons(self, node: Node, values: Array, reasons: Array, at: Level) -> None:
        """Why rows have no value, where they state it; of lists, why there is no first one."""
        if node.repeated:
            values, reasons = first_items(values), first_items(reasons)
        missing = both(values.is_null(), at.present)
        if node.nil is not None:
            reasons = reasons.fill_null(node.nil)
        stated = pc.if_else(missing, reasons, pa.scalar(None, reasons.type))
        if stated.null_count < len(stated):
            default = self._default
            name = default[0] if default and at.path == default else at.name
            self.reasons.append(Column(name, stated, node=node))

    def _related_geometries(self, node: Node, values: Array, at: Level) -> None:
        """Geometries other than the default one; of a repeated default one, all of several."""
        if not self._geometries:
            return
        if node.repeated:
            chosen = np.full(at.rows, True)
            if at.path == self._default:
                chosen = has_several(values)
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
        self, node: Node, values: Array, fields: Mapping[str, Array], at: Level
    ) -> None:
        """All objects of rows that have more than one, or lists inside, as rows of a table."""
        several = worth_a_table(node, values)
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
        level = Level(len(items), path=(node.name,))
        if len(node.objects) == 1 and node.objects[0].name == NAME:
            found = walk.columns(node.objects[0], _fields(items), level)
        else:
            found = walk._one_object(one, items, level)
        columns = [replace(one, name=one.name.lstrip("_") or node.name) for one in found]
        for name in node.siblings:
            if name in KEPT_ATTRIBUTES:
                beside, _ = unlist(fields[f"{node.name}@{name}"].filter(pa.array(several)))
                columns.append(Column(name, targets(beside) if name == "href" else beside))
        self.related.append(
            Related(
                at.name,
                np.flatnonzero(several)[parents_of(offsets)],
                _distinct(iter(columns)),
                walk.geometry,
                default[-1] if default else "",
                tuple(walk.related),
                has_lists(node),
            )
        )

    def _names(
        self, shape: Shape, items: Array | None, rows: npt.NDArray[np.int64], at: Level
    ) -> Iterator[Column]:
        """Geographical names: the first spelling, and the first in each language (MT005).

        ``rows`` are the rows that the items belong to.
        """
        fields = _fields(items)
        present = None if items is None else validity(items)
        inner = self.columns(shape, fields, Level(len(rows), present, path=None))
        spelling = next((one for one in inner if one.name == "spelling_text"), None)
        if spelling is None:
            return
        node = shape.node("language")
        if node is not None and "language" in fields:
            stated = fields["language"].fill_null(self._language)
        else:
            stated = (node.constant if node else None) or self._language
        if isinstance(spelling.values, pa.Scalar) and isinstance(stated, str):
            yield Column(at.name, where_present(spelling.values, at))
            if stated != UNDETERMINED:
                yield Column(f"{at.name}_{stated}", where_present(spelling.values, at))
            return
        texts = plain_values(spelling.values, len(rows))
        filled = texts.is_valid().to_numpy(zero_copy_only=False)
        first = first_of(texts, rows, filled, at.rows)
        yield Column(at.name, first)
        if isinstance(stated, str):
            if stated != UNDETERMINED:
                yield Column(f"{at.name}_{stated}", first)
            return
        for language in sorted(map(str, pc.unique(stated.filter(texts.is_valid())).to_pylist())):
            mask = filled & pc.equal(stated, language).to_numpy(zero_copy_only=False)
            values = first_of(texts, rows, mask, at.rows)
            yield Column(f"{at.name}_{language}", values, language=language)


def _fields(values: Array | None) -> Mapping[str, Array]:
    if values is None:
        return {}
    return {one.name: pc.struct_field(values, one.name) for one in values.type}
