"""NGSI-LD entities as columns: one attribute at a time over a whole page (§4.5).

Normalized, concise and simplified entities and GeoJSON features give the same columns. An
attribute's default instance is its column; ``observedAt``, ``unitCode``, ``lang`` and
sub-attributes stand beside it (``level_observedAt``, ``level_accuracy``). A page whose
attribute has one kind throughout, as nearly all have, is taken apart by comprehensions
alone; only a column that mixes forms or instances looks at its values one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import GEOMETRY
from commonplace.ngsi.attributes import (
    ENTITY_MEMBERS,
    LOCATION,
    METADATA,
    NULL,
    VALUE_OF,
    default_instance,
    instances,
    unwrapped,
    value_member,
)
from commonplace.sources.collector import collector_paused
from commonplace.sources.geojson import Geometries, column, geometries, swapped, wkb

Entity = Mapping[str, Any]
Values = list[Any]

COMPANIONS: Final = ("observedAt", "unitCode", "lang")
TYPE: Final = "type"
_NOTHING: Final = type(None)
_JOINED: Final = frozenset({TYPE, "scope"})
_LEFT_OUT: Final = frozenset({"id", "@context"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """Entities as a batch, one row an entity.

    ``unreadable`` are row numbers whose geometry is nonsense; ``mixed`` columns whose values
    have no type in common, which became text; ``further`` how many instances beside the
    default one there are, by attribute; ``shapes`` the geometries, if asked for.
    """

    batch: pa.RecordBatch
    unreadable: tuple[int, ...] = ()
    mixed: tuple[str, ...] = ()
    further: Mapping[str, int] = field(default_factory=dict)
    shapes: Geometries | None = None


@dataclass(slots=True)
class _Columns:
    """Columns as lists, in order, with what was noticed."""

    values: dict[str, Values] = field(default_factory=dict)
    further: dict[str, int] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()

    def add_companion(self, name: str, values: Values) -> None:
        """A column beside an attribute's; an attribute of that very name keeps it."""
        free = name
        while free in self.taken or free in self.values:
            free = f"{free}_2"
        self.values[free] = values


@collector_paused()
def parse_entities(
    entities: Sequence[Entity],
    *,
    with_geometry: bool,
    geometry_name: str = LOCATION,
    swap: bool = False,
    renamed: Mapping[str, str] | None = None,
) -> Parsed:
    """Make columns of entities.

    Parameters
    ----------
    entities
        In any representation, or GeoJSON features that stand for entities; all of a page
        alike, or mixed.
    with_geometry
        False for types without geometry.
    geometry_name
        The GeoProperty that becomes the geometry; others become GeoJSON text.
    swap
        True when the coordinates are known to come as latitude, longitude.
    renamed
        Other names for some columns.
    """
    rows = [members_of(one) for one in entities]
    names = list(dict.fromkeys(chain.from_iterable(rows)))
    found = _Columns(taken=frozenset(names))
    for name in names:
        if name in _LEFT_OUT or name == geometry_name:
            continue
        values = [one.get(name) for one in rows]
        if name in ENTITY_MEMBERS:
            found.values[name] = [_joined(one) for one in values] if name in _JOINED else values
        else:
            _add_attribute(found, name, values)
    arrays: dict[str, pa.Array] = {"id": column([one.get("id") for one in entities])[0]}
    new = {GEOMETRY: f"{GEOMETRY}_2", **(renamed or {})}
    mixed = []
    for name, values in found.values.items():
        arrays[new.get(name, name)], alike = column(values)
        if not alike:
            mixed.append(new.get(name, name))
    unreadable: tuple[int, ...] = ()
    shapes: Geometries | None = None
    if with_geometry:
        shapes, unreadable = geometries(located(entities, rows, geometry_name, found.further))
        shapes = swapped(shapes) if swap else shapes
        arrays[GEOMETRY] = wkb(shapes, swap=False)
    batch = pa.RecordBatch.from_pydict(arrays)
    return Parsed(batch, unreadable, tuple(mixed), found.further, shapes)


def located(
    entities: Sequence[Entity], rows: Sequence[Entity], name: str, further: dict[str, int]
) -> Values:
    """GeoJSON geometries: a feature's own, or the value of the GeoProperty ``name``."""
    found = _Columns()
    values = [one.get(name) for one in rows]
    if any(one is not None for one in values):
        _add_attribute(found, name, values)
        further.update(found.further)
        values = found.values[name]
    if any(one is not row for one, row in zip(entities, rows, strict=True)):
        values = [
            value if value is not None or one is row else one.get("geometry")
            for value, one, row in zip(values, entities, rows, strict=True)
        ]
    return [one if isinstance(one, dict) and "type" in one else None for one in values]


def members_of(entity: Entity) -> Entity:
    """The entity's own members: of a GeoJSON feature, its properties."""
    if entity.get(TYPE) == "Feature":
        properties = entity.get("properties")
        if isinstance(properties, dict):
            return properties
    return entity


def _joined(value: Any) -> Any:
    """Several types or scopes as one text; neither holds commas (§4.6.2, §4.18)."""
    return ",".join(map(str, value)) if isinstance(value, list) else value


def _add_attribute(found: _Columns, name: str, values: Values) -> None:
    """An attribute's column and its companions."""
    kinds = set(map(type, values))
    if dict not in kinds and list not in kinds:
        found.values[name] = _without_null(values)
        return
    if kinds <= {dict, _NOTHING}:
        member = _one_member(values)
        if member is not None:
            _add_alike(found, name, values, member)
            return
    _add_mixed(found, name, values)


def _one_member(values: Values) -> str | None:
    """The value member of a column whose values all state one kind and no dataset."""
    try:
        stated = {one["type"] for one in values if one is not None}
        if len(stated) != 1:
            return None
        member = VALUE_OF.get(stated.pop())
    except (KeyError, TypeError):
        return None
    if member is None or not all(member in one for one in values if one is not None):
        return None
    return member


def _add_alike(found: _Columns, name: str, values: Values, member: str) -> None:
    plain = [None if one is None else one[member] for one in values]
    found.values[name] = _untyped(plain)
    beside = {len(one) for one in values if one is not None}
    if beside != {2}:
        _add_companions(found, name, values, member)


def _add_companions(found: _Columns, name: str, values: Values, member: str) -> None:
    """Columns for what stands beside the values: metadata worth having, sub-attributes."""
    for one in dict.fromkeys(chain.from_iterable(each for each in values if each is not None)):
        if one == member or (one in METADATA and one not in COMPANIONS):
            continue
        inner = [None if each is None else each.get(one) for each in values]
        if one in COMPANIONS:
            found.add_companion(f"{name}_{one}", inner)
        else:
            _add_sub_attribute(found, f"{name}_{one}", inner)


def _add_sub_attribute(found: _Columns, name: str, values: Values) -> None:
    inner = _Columns(taken=found.taken)
    _add_attribute(inner, name, values)
    for one, column_values in inner.values.items():
        found.add_companion(one, column_values)


def _add_mixed(found: _Columns, name: str, values: Values) -> None:
    """Value by value: concise objects, several instances, bare values among attributes."""
    chosen: Values = []
    beside: Values = []
    plain: Values = []
    further = 0
    for value in values:
        one = value
        if isinstance(value, (dict, list)):
            further += max(0, len(instances(value)) - 1)
            one = default_instance(value)
        member = value_member(one) if isinstance(one, dict) else None
        chosen.append(member)
        plain.append(one if member is None else one.get(member))
        beside.append(None if member is None else {**one, member: None})
    found.values[name] = _untyped(plain)
    if further:
        found.further[name] = further
    members = {one for one in chosen if one is not None}
    for member in sorted(members):
        alike = [
            each if which == member else None for each, which in zip(beside, chosen, strict=True)
        ]
        if any(each is not None and len(each) > 1 for each in alike):
            _add_companions_once(found, name, alike, member)


def _add_companions_once(found: _Columns, name: str, values: Values, member: str) -> None:
    """Companions of one kind's values; a column that another kind has begun is filled up."""
    inner = _Columns(taken=found.taken)
    _add_companions(inner, name, values, member)
    for one, more in inner.values.items():
        known = found.values.get(one)
        if known is None or one in found.taken:
            found.add_companion(one, more)
        else:
            found.values[one] = [
                a if a is not None else b for a, b in zip(known, more, strict=True)
            ]


def _untyped(values: Values) -> Values:
    """Typed values (``{"@type": …, "@value": …}``) as values, deleted ones as nothing."""
    if dict in set(map(type, values)):
        return [unwrapped(one) for one in values]
    return _without_null(values)


def _without_null(values: Values) -> Values:
    if NULL in values:
        return [None if one == NULL else one for one in values]
    return values


def instance_rows(entities: Iterable[Entity], name: str) -> Iterator[tuple[Any, str | None, Any]]:
    """(entity id, datasetId, instance) of every instance of an attribute, default ones too."""
    for entity in entities:
        value = members_of(entity).get(name)
        if value is None:
            continue
        for dataset, one in instances(value).items():
            yield entity.get("id"), dataset, one
