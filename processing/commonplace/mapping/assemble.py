"""Builds the columns of target batches out of computed values: column-wise, any depth.

Every value has a mask that says where it is. A list is built of its items' values by their
masks: each value's row number, sorted (stably, so items keep their order), gives the list's
offsets and the positions to take. Objects whose required content is missing vanish.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.mapping.coded import coded
from commonplace.mapping.frame import Frame, Place, Rows, fetch, spread
from commonplace.mapping.located import located
from commonplace.mapping.plan import Item, Leaf, Part, Struct, TypeMapping, arrow_type
from commonplace.mapping.values import joined_ids, nulled, valid, without_empty, without_forbidden
from commonplace.target import Node, Shape

Mask = npt.NDArray[np.bool_]


def assemble(mapping: TypeMapping, frame: Frame) -> tuple[list[pa.Array], list[str]]:
    """The columns of a feature type; rows without mandatory values are rejected."""
    builder = _Builder(frame)
    place = Place(frame.rows)
    arrays: list[pa.Array] = []
    names: list[str] = []
    parts = {part.name: part for part in mapping.parts}
    for node in mapping.shape.nodes:
        part = parts.get(node.name)
        if part is None:
            if not node.is_constant:  # another section of the type fills it
                arrays.append(pa.nulls(frame.rows, arrow_type(node)))
                names.append(node.name)
            continue
        array, filled = builder.part(part, node, place)
        if array is not None:
            arrays.append(array)
            names.append(node.name)
        if part.required:
            lost = np.flatnonzero(~filled & ~frame.troubles.rejected)
            frame.troubles.error(
                "MANDATORY_MISSING",
                f"{part.name!r} is mandatory and has no value",
                part.path,
                lost,
                fix="give a default in the mapping, or leave the rows out with where:",
                fatal=True,
            )
    return arrays, names


class _Builder:
    """Builds arrays over one frame."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    # -- properties ------------------------------------------------------------------------

    def part(self, part: Part, node: Node, place: Place) -> tuple[pa.Array | None, Mask]:
        """A property's column (None where it is constant), and where it has a value."""
        if node.is_constant:
            return None, np.ones(place.size, dtype=bool)
        if node.repeated:
            return self._list(part, node, place)
        array, filled = self._item(part.items[0], node, place)
        return array, filled

    def _list(self, part: Part, node: Node, place: Place) -> tuple[pa.Array, Mask]:
        pieces: list[pa.Array] = []
        owners: list[Rows] = []
        takes: list[Rows] = []
        base = 0
        for item in part.items:
            if item.many:
                at, exploded = self._explode(item, place)
            else:
                at, exploded = np.arange(place.size), place
            array, filled = self._item(item, node, exploded)
            positions = np.flatnonzero(filled)
            pieces.append(array)
            owners.append(at[positions])
            takes.append(positions + base)
            base += len(array)
        owner = np.concatenate(owners)
        take = np.concatenate(takes)
        if len(part.items) > 1:
            order = np.argsort(owner, kind="stable")
            owner, take = owner[order], take[order]
        counts = np.bincount(owner, minlength=place.size)
        offsets = np.zeros(place.size + 1, dtype=np.int32)
        np.cumsum(counts, out=offsets[1:])
        if len({piece.type for piece in pieces}) > 1:
            inner = arrow_type(node).value_type
            pieces = [piece.cast(inner) for piece in pieces]
        values = pieces[0] if len(pieces) == 1 else pa.concat_arrays(pieces)
        if len(take) != len(values) or len(part.items) > 1:
            values = values.take(pa.array(take))
        filled = counts > 0
        mask = None if filled.all() else pa.array(~filled)
        return pa.ListArray.from_arrays(pa.array(offsets), values, mask=mask), filled

    def _explode(self, item: Item, place: Place) -> tuple[Rows, Place]:
        """One place for each list item of a row: as many as its longest list has."""
        lengths = np.zeros(place.size, dtype=np.int64)
        single = True
        for number in _outputs(item.value):
            array = self._frame.outputs[number]
            if pa.types.is_list(array.type):
                single = False
                counts = pc.list_value_length(array).fill_null(0).to_numpy()
                lengths = np.maximum(lengths, counts)
        if single:
            lengths[:] = 1
        owner = np.repeat(np.arange(place.size), lengths)
        starts = np.cumsum(lengths) - lengths
        within = np.arange(len(owner)) - np.repeat(starts, lengths)
        return owner, Place(len(owner), owner, within)

    def _item(self, item: Item, node: Node, place: Place) -> tuple[pa.Array, Mask]:
        value = item.value
        if isinstance(value, Leaf):
            array = self._leaf(value, place)
            return array, valid(array)
        shape = next(one for one in node.objects if one.name == value.name)
        array, filled = self._struct(value, shape, place)
        if len(node.objects) == 1:
            return array, filled
        kind = arrow_type(node)
        if node.repeated:
            kind = kind.value_type
        columns = [
            array if one.name == shape.name else pa.nulls(place.size, kind.field(one.name).type)
            for one in node.objects
        ]
        names = pa.array(np.full(place.size, shape.name, dtype=object), pa.string())
        fields = [kind.field(index) for index in range(kind.num_fields)]
        mask = None if filled.all() else pa.array(~filled)
        return pa.StructArray.from_arrays([names, *columns], fields=fields, mask=mask), filled

    def _struct(self, struct: Struct, shape: Shape, place: Place) -> tuple[pa.Array, Mask]:
        parts = {part.name: part for part in struct.parts}
        arrays: list[pa.Array] = []
        fields: list[pa.Field] = []
        required: list[tuple[Part, Mask]] = []
        some = np.zeros(place.size, dtype=bool)
        present = np.ones(place.size, dtype=bool)
        for node in shape.nodes:
            part = parts.get(node.name)
            if part is None:
                array = None if node.is_constant else pa.nulls(place.size, arrow_type(node))
            else:
                array, filled = self.part(part, node, place)
                if any(item.value.dynamic for item in part.items):
                    some |= filled
                if part.required:
                    present &= filled
                    required.append((part, filled))
            if array is not None and not node.is_constant:
                arrays.append(array)
                fields.append(pa.field(node.name, array.type))
        if struct.dynamic:
            present &= some
        self._report_incomplete(required, some & ~present, place)
        mask = None if present.all() else pa.array(~present)
        return pa.StructArray.from_arrays(arrays, fields=fields, mask=mask), present

    def _report_incomplete(
        self, required: list[tuple[Part, Mask]], lost: Mask, place: Place
    ) -> None:
        """An object that vanishes although some of its values are there loses them."""
        if not lost.any():
            return
        for part, filled in required:
            rows = place.row_of(np.flatnonzero(lost & ~filled))
            rows = rows[~self._frame.troubles.rejected[rows]]
            self._frame.troubles.warning(
                "OBJECT_INCOMPLETE",
                f"{part.name!r} has no value, so its object is left out with all that it holds",
                part.path,
                rows,
                fix="give a default in the mapping",
            )

    # -- values ----------------------------------------------------------------------------

    def _leaf(self, leaf: Leaf, place: Place) -> pa.Array:
        if leaf.constant is not None:
            scalar = pa.scalar(leaf.constant).cast(leaf.type.arrow)
            return pa.repeat(scalar, place.size)
        if leaf.own_id:
            return spread(self._frame.ids, place)
        if leaf.link is not None:
            keys = [fetch(self._frame, number, place, leaf.path) for number in leaf.link.outputs]
            prefix = f"#{leaf.link.feature_type}."
            return pc.binary_join_element_wise(prefix, joined_ids(keys), "")
        if leaf.operators is not None:
            return located(self._frame, leaf, place)
        return self._computed(leaf, place)

    def _computed(self, leaf: Leaf, place: Place) -> pa.Array:
        """What an expression gives: translated, converted, or without what no text may hold."""
        assert leaf.output is not None
        values = nulled(fetch(self._frame, leaf.output, place, leaf.path), leaf.nulls)
        if leaf.scale is not None:
            factor, offset = leaf.scale
            return self._or_default(leaf, pc.add(pc.multiply(values, factor), offset), place)
        if leaf.codes is not None:
            return self._or_default(
                leaf, coded(self._frame, leaf, leaf.codes, values, place), place
            )
        if pa.types.is_string(values.type):
            values = without_empty(values)
            values, changed = without_forbidden(values)
            self._frame.troubles.warning(
                "CONTROL_CHARACTER",
                "a character that XML forbids was replaced by U+FFFD",
                leaf.path,
                place.row_of(changed),
                values.take(pa.array(changed)),
            )
        return self._or_default(leaf, values, place)

    def _or_default(self, leaf: Leaf, values: pa.Array, place: Place) -> pa.Array:
        """The values, with the default where there is none; how often is told."""
        if leaf.default is None or not values.null_count:
            return values
        rows = place.row_of(np.flatnonzero(~valid(values)))
        message = f"the default {leaf.default!r} stands where there is no value"
        self._frame.troubles.info("DEFAULT_USED", message, leaf.path, rows)
        return pc.fill_null(values, pa.scalar(leaf.default).cast(leaf.type.arrow))


def _outputs(value: Leaf | Struct) -> Iterator[int]:
    """The outputs that a value is made of."""
    if isinstance(value, Leaf):
        if value.output is not None:
            yield value.output
        if value.link is not None:
            yield from value.link.outputs
        return
    for part in value.parts:
        for item in part.items:
            yield from _outputs(item.value)
