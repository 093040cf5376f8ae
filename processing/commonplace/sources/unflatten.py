"""From flat columns back to the nested shape they were made of.

The inverse of the model transformation rules (MT001–MT010) that the flat encodings
follow: ``inspireId_localId`` is the ``localId`` of the object in ``inspireId``. The model
says what there can be; which columns there are says what there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.reading.inference import Structure, inferred
from commonplace.gml.reading.positions import is_gml
from commonplace.gml.reading.shapes import Placed, Seen, fitted, joined, relisted, structs
from commonplace.gml.reading.troubles import Troubles
from commonplace.gml.reading.values import arrow_type, scattered, typed, without_escapes
from commonplace.model import Model
from commonplace.model.types import Kind, Property, QName, local_name
from commonplace.sources.flatcolumns import (
    Array,
    Columns,
    Related,
    Rows,
    anywhere,
    belongs,
    left_over,
    name_rows,
)
from commonplace.sources.flatvalues import (
    cast_or_none,
    column_of,
    gathered_lists,
    is_json,
    json_list,
    like,
    lists_of_one,
    parsed_lists,
    scalar,
    texts,
    texts_of,
)
from commonplace.target import TYPE, Node, Shape

NAME: Final = "GeographicalName"
_COLLAPSED: Final = {
    "TimeInstant": ("timePosition",),
    "CI_Date": ("date",),
    "Date": ("Date", "DateTime"),
}
_ASPECTS: Final = ("uom", "indeterminatePosition")
_NO_TEXT: Final = pa.scalar(None, pa.string())


@dataclass(frozen=True, slots=True)
class Unflattener:
    """Rebuilds objects of one schema. ``types`` are the feature types of the dataset.

    ``feature`` is the feature type whose rows these are; ``troubles`` gets what is odd.
    """

    model: Model
    schema: str
    types: frozenset[str]
    feature: str = ""
    troubles: Troubles = field(default_factory=Troubles)

    def seen(self, element: QName, rows: Rows, *, feature: bool = False) -> tuple[Seen, Columns]:
        """The shape that flat rows have, and their nested columns."""
        placed: list[Placed] = []
        columns: dict[str, Array] = {}
        geometry = rows.handles is not None
        taken: set[str] = set()
        known = list(enumerate(self.model.properties(element, self.schema)))
        # of two of one name the schema's own wins over gml:name and gml:description
        for order, prop in sorted(known, key=lambda one: is_gml(one[1].element.name)):
            if prop.name in taken or not self._occurs(prop, rows, free_geometry=geometry):
                continue
            taken.add(prop.name)
            shown = self._as_text(prop, rows)
            if shown.kind is Kind.GEOMETRY and rows.drawn == "*":
                geometry = False
            node, made = self._property(shown, rows)
            placed.append(replace(node, order=order))
            columns |= made
        if feature:
            for node, made in left_over(element, taken, rows):
                placed.append(node)
                columns |= made
        identified = feature or (
            self.model.has_element(element)
            and self.model.type(self.model.element(element).type).identified
        )
        shape = Shape(element, (), identified=identified, feature=feature)
        return Seen(shape, tuple(sorted(placed, key=lambda one: one.order))), columns

    def _as_text(self, prop: Property, rows: Rows) -> Property:
        """A property of objects whose column is plain text: one of values."""
        own = rows.columns.get(prop.name)
        if prop.kind is not Kind.OBJECT or own is None or not pa.types.is_string(own.type):
            return prop
        names = {local_name(one) for one in prop.objects}
        if own.null_count == len(own) or is_json(own) or names & {NAME, *_COLLAPSED}:
            return prop
        return inferred(prop.element.name, Structure(Kind.VALUE))

    def _occurs(self, prop: Property, rows: Rows, *, free_geometry: bool) -> bool:
        name = prop.name
        if prop.kind is Kind.GEOMETRY and free_geometry and rows.drawn in (name, "*"):
            return True
        start = f"{name}_"
        every = (*rows.columns, *rows.related)
        return (
            name in every
            or any(one.startswith(start) for one in every)
            or (free_geometry and rows.drawn == name)
        )

    def _property(self, prop: Property, rows: Rows) -> tuple[Placed, dict[str, Array]]:
        name = prop.name
        inside = rows.below(name)
        objects: tuple[Seen, ...] = ()
        if prop.kind is Kind.OBJECT:
            objects, values = self._objects(prop, rows, inside)
        elif prop.kind is Kind.GEOMETRY:
            values = self._handles(prop, rows)
        else:
            values = self._values(prop, rows, inside)
        if prop.repeated and not pa.types.is_list(values.type):
            values = lists_of_one(values)
        made = {name: values}
        siblings: list[str] = []
        if prop.kind is Kind.VALUE:
            for aspect in _ASPECTS:
                if aspect in inside.columns:
                    siblings.append(aspect)
                    made[f"{name}@{aspect}"] = like(values, texts(inside.columns[aspect]))
        if prop.kind is Kind.OBJECT and (hrefs := inside.columns.get("href")) is not None:
            siblings.append("href")
            made[f"{name}@href"] = like(values, self._targets(texts(hrefs)))
        reasons = self._reasons(name, rows, inside)
        if reasons is not None and not pa.types.is_list(values.type):
            siblings.append("nil")
            made[f"{name}@nil"] = pc.if_else(values.is_null(), reasons, _NO_TEXT)
        repeated = pa.types.is_list(values.type)
        node = Node(prop, repeated, siblings=tuple(siblings))
        return Placed(0, node, objects=objects), made

    def _reasons(self, name: str, rows: Rows, inside: Rows) -> Array | None:
        if name in rows.reasons:
            return rows.reasons[name]
        return next(iter(inside.reasons.values()), None) if inside.reasons else None

    # -- values ------------------------------------------------------------------------

    def _values(self, prop: Property, rows: Rows, inside: Rows) -> Array:
        kind = arrow_type(prop.value_type) if prop.kind is Kind.VALUE else pa.string()
        column = rows.columns.get(prop.name)
        if column is None:
            column = pa.nulls(rows.count, pa.string())
        listed = prop.repeated or prop.kind in (Kind.CODE, Kind.REFERENCE)
        if pa.types.is_list(column.type):
            values: Array = relisted(column, self._typed(prop, column.flatten(), kind))
        elif listed and pa.types.is_string(column.type) and is_json(column):
            lists = parsed_lists(column)
            values = relisted(lists, self._typed(prop, lists.flatten(), kind))
        else:
            values = self._typed(prop, column, kind)
        if prop.kind is Kind.REFERENCE:
            return self._targets(values)
        return values

    def _typed(self, prop: Property, column: Array, kind: pa.DataType) -> Array:
        """Values of the property's type; those that are none are findings."""
        if column.type == kind:
            return column
        if not pa.types.is_string(column.type):
            if kind != pa.string() and (cast := cast_or_none(column, kind)) is not None:
                return cast
            column = texts_of(column)
        values, wrong = typed(column, prop.value_type)
        if wrong is not None:
            example = str(wrong[0].as_py())
            self.troubles.add("VALUE_NOT_OF_TYPE", self.feature, prop.name, len(wrong), example)
        return values

    def _targets(self, values: Array) -> Array:
        """Ids of features of the same dataset as references to them."""
        if pa.types.is_list(values.type):
            return relisted(values, self._targets(values.flatten()))
        types = pc.utf8_slice_codeunits(values, 0, None)
        first = pc.replace_substring_regex(types, r"\..*$", "")
        ours = pc.and_(
            pc.is_in(first, pa.array(sorted(self.types), pa.string())),
            pc.match_substring(values, "."),
        )
        named = pc.binary_join_element_wise("#", without_escapes(values), "")
        return pc.if_else(pc.fill_null(ours, False), named, values)

    def _handles(self, prop: Property, rows: Rows) -> Array:
        if prop.name in rows.related:
            found = rows.related[prop.name]
            if prop.repeated or found.handles is None:
                return gathered_lists(rows.count, found.parents, found.handles)
            first, at = np.unique(found.parents, return_index=True)
            return scattered(found.handles.take(pa.array(at)), first, rows.count)
        if rows.handles is not None and rows.drawn in (prop.name, "*"):
            return rows.handles
        return pa.nulls(rows.count, pa.int32())

    # -- objects -----------------------------------------------------------------------

    def _objects(self, prop: Property, rows: Rows, inside: Rows) -> tuple[tuple[Seen, ...], Array]:
        own = rows.columns.get(prop.name)
        single, values = self._single(prop, own, inside)
        if not prop.repeated:
            return single, values
        further = rows.related.get(prop.name) or self._from_json(own, rows.count)
        if further is None:
            return single, lists_of_one(values)
        more = Rows(
            len(further.parents),
            further.columns,
            "*" if further.handles is not None else "",
            further.handles,
            further.related,
        )
        several, items = self._single(prop, None, more)
        return _merged(prop, rows.count, (single, values), (several, items), further.parents)

    def _from_json(self, own: Array | None, count: int) -> Related | None:
        """All objects of rows that have several, as the flat encodings write them."""
        if own is None or not pa.types.is_string(own.type) or not is_json(own):
            return None
        parents: list[int] = []
        items: list[dict[str, Any]] = []
        for row, text in enumerate(own.to_pylist()):
            for one in json_list(text) or ():
                if isinstance(one, dict):
                    parents.append(row)
                    items.append({key: scalar(value) for key, value in one.items()})
        names = dict.fromkeys(key for one in items for key in one)
        columns = {name: column_of([one.get(name) for one in items]) for name in names}
        return Related(np.array(parents, dtype=np.int64), columns) if parents else None

    def _single(
        self, prop: Property, own: Array | None, inside: Rows
    ) -> tuple[tuple[Seen, ...], Array]:
        """One object a row: its shapes, and structs that are null where nothing is."""
        branches = list(self._branches(prop, own, inside))
        seen, fields = [], {}
        for element, rows in branches:
            shape, columns = self.seen(element, rows)
            there = anywhere(rows)
            seen.append(shape)
            fields[local_name(element)] = structs(columns, there, inside.count)
        if not seen:
            return (), pa.nulls(inside.count, pa.struct([]))
        if len(seen) == 1:
            return tuple(seen), next(iter(fields.values()))
        types = pa.nulls(inside.count, pa.string())
        for name, values in fields.items():
            types = pc.if_else(values.is_valid(), pa.scalar(name), types)
        return tuple(seen), structs({TYPE: types, **fields}, types.is_valid(), inside.count)

    def _branches(
        self, prop: Property, own: Array | None, inside: Rows
    ) -> Iterator[tuple[QName, Rows]]:
        """The object elements that columns speak of, each with its rows."""
        text = own is not None and not (pa.types.is_string(own.type) and is_json(own))
        named = [one for one in prop.objects if local_name(one) == NAME]
        if named and text and own is not None:
            yield named[0], name_rows(own, inside)
            return
        several = [
            one
            for one in prop.objects
            if any(belongs(key, local_name(one)) for key in inside.columns)
            and local_name(one)[0].isupper()
            and len(prop.objects) > 1
        ]
        for one in several:
            branch = inside.below(local_name(one))
            spelled = inside.columns.get(local_name(one))
            if local_name(one) == NAME and spelled is not None:
                yield one, name_rows(spelled, branch)
            else:
                yield one, branch
        if several:
            return
        for one in prop.objects:
            for inner in _COLLAPSED.get(local_name(one), ()):
                if text and own is not None and self._has(one, inner):
                    yield one, Rows(inside.count, {inner: own})
                    return
        best = max(prop.objects, key=lambda one: self._matches(one, inside), default=None)
        if best is not None and self._matches(best, inside):
            yield best, inside

    def _has(self, element: QName, name: str) -> bool:
        return any(one.name == name for one in self.model.properties(element, self.schema))

    def _matches(self, element: QName, rows: Rows) -> int:
        """How many columns an object's properties account for."""
        names = [one.name for one in self.model.properties(element, self.schema)]
        found = sum(any(belongs(key, name) for name in names) for key in rows.columns)
        kinds = [one.kind for one in self.model.properties(element, self.schema)]
        return 2 * found + (rows.handles is not None and Kind.GEOMETRY in kinds)


def _merged(
    prop: Property,
    count: int,
    one: tuple[tuple[Seen, ...], Array],
    other: tuple[tuple[Seen, ...], Array],
    parents: npt.NDArray[np.int64],
) -> tuple[tuple[Seen, ...], Array]:
    """Lists: of rows that have related ones those, of others their single object."""
    shape = Shape("", ())
    parts = [
        Seen(shape, (Placed(0, Node(prop, repeated=False), objects=seen),))
        for seen, _ in (one, other)
    ]
    whole = joined(*parts)
    arrays = [
        fitted({prop.name: values}, part, whole, len(values))[prop.name]
        for part, (_, values) in zip(parts, (one, other), strict=True)
    ]
    counts = np.bincount(parents, minlength=count)
    first = np.flatnonzero((counts == 0) & arrays[0].is_valid().to_numpy(zero_copy_only=False))
    rows = np.concatenate([first, parents])
    order = np.argsort(rows, kind="stable")
    index = np.concatenate([first, count + np.arange(len(parents))])[order]
    items = pa.concat_arrays(arrays).take(pa.array(index))
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))])
    made = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), items)
    return whole.nodes[0].objects, made
