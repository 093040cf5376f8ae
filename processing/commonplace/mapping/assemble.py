"""Builds the columns of target batches out of computed values: column-wise, any depth.

Every value has a mask that says where it is. A list is built of its items' values by their
masks: each value's row number, sorted (stably, so items keep their order), gives the list's
offsets and the positions to take. Objects whose required content is missing vanish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import GEOMETRY
from commonplace.errors import MappingError
from commonplace.geometry import conform
from commonplace.mapping.geometries import TOLD_SHARE, Step, apply
from commonplace.mapping.plan import (
    Applied,
    Codes,
    Item,
    Leaf,
    Part,
    Struct,
    TypeMapping,
    arrow_type,
)
from commonplace.mapping.trouble import Troubles
from commonplace.mapping.values import (
    clean,
    joined_ids,
    nulled,
    valid,
    without_empty,
    without_forbidden,
)
from commonplace.target import Geometries, Node, Shape

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(slots=True)
class Frame:
    """The values of a batch from which its columns are built.

    ``pool`` grows by the geometries that operators make; ``geographic`` says that its
    coordinates are degrees.
    """

    rows: int
    outputs: list[pa.Array]
    ids: pa.Array
    handles: pa.Array
    pool: Geometries
    decimals: int | None
    troubles: Troubles
    geographic: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where values are asked for: each row once, or row ``rows[i]``'s list item ``within[i]``."""

    size: int
    rows: Rows | None = None
    within: Rows | None = None

    def row_of(self, positions: Rows) -> Rows:
        return positions if self.rows is None else self.rows[positions]


def assemble(mapping: TypeMapping, frame: Frame) -> tuple[list[pa.Array], list[str]]:
    """The columns of a feature type; rows without mandatory values are rejected."""
    builder = _Builder(frame)
    place = _Place(frame.rows)
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

    def part(self, part: Part, node: Node, place: _Place) -> tuple[pa.Array | None, Mask]:
        """A property's column (None where it is constant), and where it has a value."""
        if node.is_constant:
            return None, np.ones(place.size, dtype=bool)
        if node.repeated:
            return self._list(part, node, place)
        array, filled = self._item(part.items[0], node, place)
        return array, filled

    def _list(self, part: Part, node: Node, place: _Place) -> tuple[pa.Array, Mask]:
        inner = arrow_type(node).value_type
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
        values = pa.concat_arrays([piece.cast(inner) for piece in pieces])
        if len(take) != len(values) or len(part.items) > 1:
            values = values.take(pa.array(take))
        filled = counts > 0
        mask = None if filled.all() else pa.array(~filled)
        return pa.ListArray.from_arrays(pa.array(offsets), values, mask=mask), filled

    def _explode(self, item: Item, place: _Place) -> tuple[Rows, _Place]:
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
        return owner, _Place(len(owner), owner, within)

    def _item(self, item: Item, node: Node, place: _Place) -> tuple[pa.Array, Mask]:
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

    def _struct(self, struct: Struct, shape: Shape, place: _Place) -> tuple[pa.Array, Mask]:
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
        self, required: list[tuple[Part, Mask]], lost: Mask, place: _Place
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

    def _leaf(self, leaf: Leaf, place: _Place) -> pa.Array:
        if leaf.constant is not None:
            scalar = pa.scalar(leaf.constant).cast(leaf.type.arrow)
            return pa.repeat(scalar, place.size)
        if leaf.own_id:
            return self._spread(self._frame.ids, place)
        if leaf.link is not None:
            keys = [self._fetch(number, place, leaf.path) for number in leaf.link.outputs]
            prefix = f"#{leaf.link.feature_type}."
            return pc.binary_join_element_wise(prefix, joined_ids(keys), "")
        if leaf.operators is not None:
            return self._geometry(leaf, place)
        return self._computed(leaf, place)

    def _computed(self, leaf: Leaf, place: _Place) -> pa.Array:
        """What an expression gives: translated, converted, or without what no text may hold."""
        assert leaf.output is not None
        values = nulled(self._fetch(leaf.output, place, leaf.path), leaf.nulls)
        if leaf.scale is not None:
            factor, offset = leaf.scale
            return self._or_default(leaf, pc.add(pc.multiply(values, factor), offset), place)
        if leaf.codes is not None:
            return self._or_default(leaf, self._coded(leaf, leaf.codes, values, place), place)
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

    def _or_default(self, leaf: Leaf, values: pa.Array, place: _Place) -> pa.Array:
        """The values, with the default where there is none; how often is told."""
        if leaf.default is None or not values.null_count:
            return values
        rows = place.row_of(np.flatnonzero(~valid(values)))
        message = f"the default {leaf.default!r} stands where there is no value"
        self._frame.troubles.info("DEFAULT_USED", message, leaf.path, rows)
        return pc.fill_null(values, pa.scalar(leaf.default).cast(leaf.type.arrow))

    def _fetch(self, number: int, place: _Place, path: str) -> pa.Array:
        """An output's values at a place: a list's items where the place is within lists."""
        array = self._frame.outputs[number]
        if not pa.types.is_list(array.type):
            return self._spread(array, place)
        if place.rows is None or place.within is None:
            raise MappingError(
                f"the expression for {path} gives a list",
                hint=f"write {path.rpartition('.')[2]}[]: to take all, or [1] to take the first",
            )
        offsets = array.offsets.to_numpy().astype(np.int64)
        lengths = pc.list_value_length(array).fill_null(0).to_numpy()
        there = place.within < lengths[place.rows]
        at = offsets[:-1][place.rows] + place.within
        return array.values.take(pa.array(at, mask=~there))

    def _spread(self, array: pa.Array, place: _Place) -> pa.Array:
        return array if place.rows is None else array.take(pa.array(place.rows))

    def _geometry(self, leaf: Leaf, place: _Place) -> pa.Array:
        """Positions in the pool of a geometry, changed by operators and fitted to its type."""
        assert leaf.operators is not None
        handles = self._spread(self._frame.handles, place)
        present = np.flatnonzero(valid(handles))
        if not len(present):
            return handles
        numbers = handles.drop_null().to_numpy()
        given = self._frame.pool[numbers]
        operators = [
            (one, self._arguments(one, leaf.path, place, present)) for one in leaf.operators
        ]
        made, steps = apply(
            operators, given, self._frame.decimals, geographic=self._frame.geographic
        )
        for step in steps:
            self._report_step(step, leaf.path, place.row_of(present))
        made, wrong = conform(made, leaf.geometries)
        self._report_misfits(leaf, made, wrong, present, place)
        none = wrong | shapely.is_missing(made) | shapely.is_empty(made)
        positions = numbers.astype(np.int32)
        fresh = np.flatnonzero(~none) if made is not given else np.empty(0, dtype=np.int64)
        positions[fresh] = len(self._frame.pool) + np.arange(len(fresh), dtype=np.int32)
        if len(fresh):
            self._frame.pool = np.concatenate([self._frame.pool, made[fresh]])
        result = np.zeros(place.size, dtype=np.int32)
        empty = np.ones(place.size, dtype=bool)
        result[present] = positions
        empty[present] = none
        return pa.array(result, mask=empty)

    def _arguments(
        self, applied: Applied, path: str, place: _Place, present: Rows
    ) -> list[npt.NDArray[np.float64]]:
        """The values of an operator's parameters, one for each geometry that is there."""
        values = []
        for number, output in zip(applied.constants, applied.outputs, strict=True):
            if output is None:
                values.append(np.full(len(present), np.nan if number is None else number))
            else:
                column = self._fetch(output, place, path).take(pa.array(present))
                values.append(column.to_numpy(zero_copy_only=False).astype(np.float64))
        return values

    def _report_step(self, step: Step, path: str, rows: Rows) -> None:
        """What an operator made of geometries that a person would want to know."""
        name = step.applied.around(GEOMETRY)
        self._frame.troubles.warning(
            "GEOMETRY_VANISHED",
            f"{name} leaves nothing",
            path,
            rows[step.gone],
            fix="see what stands behind the geometry: a null or a value too large?",
        )
        self._frame.troubles.warning(
            "GEOMETRY_AREA_CHANGED",
            f"{name} changed the area by more than {TOLD_SHARE:.0%}",
            path,
            rows[step.changed],
            pa.array([f"{share:.1%}" for share in step.shares], pa.string()),
        )

    def _report_misfits(
        self, leaf: Leaf, made: Geometries, wrong: Mask, present: Rows, place: _Place
    ) -> None:
        rows = np.flatnonzero(wrong)
        kinds = pa.array([one.geom_type for one in made[rows]], pa.string())
        allowed = ", ".join(sorted(leaf.geometries)[:6])
        self._frame.troubles.error(
            "GEOMETRY_TYPE",
            f"the property takes {allowed}",
            leaf.path,
            place.row_of(present[rows]),
            kinds,
            fix="use a geometry operator such as centroid(geometry)",
        )

    # -- codes -----------------------------------------------------------------------------

    def _coded(self, leaf: Leaf, codes: Codes, values: pa.Array, place: _Place) -> pa.Array:
        """Values translated and checked, by their distinct texts."""
        texts = values if pa.types.is_string(values.type) else values.cast(pa.string())
        encoded = without_empty(texts).dictionary_encode()
        distinct: list[str] = encoded.dictionary.to_pylist()
        results: list[str | None] = []
        troubles: dict[str, list[int]] = {}
        for number, text in enumerate(distinct):
            code, trouble = _translate(codes, text)
            results.append(code)
            if trouble is not None:
                troubles.setdefault(trouble, []).append(number)
        for trouble, numbers in troubles.items():
            hit = pc.is_in(encoded.indices, value_set=pa.array(numbers, encoded.indices.type))
            positions = np.flatnonzero(hit.to_numpy(zero_copy_only=False))
            tell = self._frame.troubles.warning
            if trouble in ("CODE_UNMATCHED", "CODE_UNKNOWN"):
                tell = self._frame.troubles.error
            tell(
                trouble,
                _CODE_TROUBLES[trouble].format(codes.name),
                leaf.path,
                place.row_of(positions),
                texts.take(pa.array(positions)),
                fix="add the value to codes: in the mapping",
            )
        return clean(pa.array(results, pa.string())).take(encoded.indices)


_CODE_TROUBLES: Final = {
    "CODE_UNMATCHED": "the value stands not among the codes of the mapping",
    "CODE_UNKNOWN": "the value is no code of {}, which is closed",
    "CODE_OWN": "the value is no code of {}; a value of one's own needs a URI",
}


#: What stands between the levels of a hierarchical code, as in 2.1.1 or 2_1_1.
_LEVELS: Final = "._-/ "


def _translate(codes: Codes, text: str) -> tuple[str | None, str | None]:
    """The code for a text, and the finding it causes."""
    table = dict(codes.table or ())
    if text in table:
        return table[text], None
    if codes.table is not None and codes.unmatched != "keep":
        return _unmatched(codes.unmatched, table, text)
    if not codes.known or text in codes.known:
        return text, None
    if codes.closed:
        return None, "CODE_UNKNOWN"
    return text, None if text.startswith(("http://", "https://")) else "CODE_OWN"


def _unmatched(
    policy: str, table: Mapping[str, str | None], text: str
) -> tuple[str | None, str | None]:
    """The code for a text that the table lacks, and the finding it causes."""
    if policy == "parent":
        for end in range(len(text) - 1, 0, -1):
            if (above := text[:end].rstrip(_LEVELS)) in table:
                return table[above], None
    if policy in ("error", "parent"):
        return None, "CODE_UNMATCHED"
    return (None if policy == "void" else policy), None


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
