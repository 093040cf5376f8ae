"""The temporal evolution of entities as rows: one a moment of an entity (§5.2.20, §6.18).

Each instance of an attribute has a time. Instances of one entity and moment share a row,
so that a moment's measurements stand side by side; those of other datasets have rows of
their own. Brokers answer with lists of instances or with (value, time) pairs, whatever was
asked for, and repeat what they were told twice: both are read, repeats fall together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.ngsi.attributes import ENTITY_MEMBERS, VALUE_OF, instances, kind_of

Entity = Mapping[str, Any]

TIME: Final = "time"
DATASET: Final = "datasetId"
ENTITY: Final = "entity"
INSTANT: Final = pa.timestamp("us", "UTC")
# Members of an instance that the row itself tells, or that differ in every instance.
_TOLD: Final = frozenset({"instanceId", DATASET, "createdAt", "modifiedAt", "observedAt"})
_LISTS: Final = {f"{member}s": member for member in VALUE_OF.values()}
_ZONE: Final = re.compile(r"(Z|[+-]\d\d:?\d\d)$")


def moments(entities: Iterable[Entity], timeproperty: str) -> list[dict[str, Any]]:
    """Entity-like rows, one a (entity, time, dataset), in order of time within an entity.

    ``id`` is unique: the entity's id, the time and the dataset. Values that were told twice
    for one moment stand once; different values for one moment have a row each.
    """
    return [row for entity in entities for row in _moments(entity, timeproperty)]


def _moments(entity: Entity, timeproperty: str) -> Iterator[dict[str, Any]]:
    rows: dict[tuple[str, str, int], dict[str, Any]] = {}
    for name, value in entity.items():
        if name in ENTITY_MEMBERS:
            continue
        for time, dataset, instance in _timed(value, timeproperty):
            turn = 0
            while instance != rows.setdefault((time, dataset, turn), {}).setdefault(name, instance):
                turn += 1
    for time, dataset, turn in sorted(rows):
        told = [time, *filter(None, (dataset, str(turn) if turn else ""))]
        yield {
            "id": "@".join([str(entity.get("id")), *told]),
            ENTITY: entity.get("id"),
            "type": entity.get("type"),
            TIME: time,
            DATASET: dataset or None,
            **rows[time, dataset, turn],
        }


def _timed(value: Any, timeproperty: str) -> Iterator[tuple[str, str, Any]]:
    """(time, dataset, instance) of an attribute; instances without that time have no moment."""
    for one in value if isinstance(value, list) else instances(value).values():
        if not isinstance(one, dict):
            continue
        dataset = one.get(DATASET) or ""
        member = next((each for each in one if each in _LISTS), None)
        if member is not None and isinstance(one[member], list) and "value" not in one:
            kind = kind_of(one)
            inner = VALUE_OF[kind] if kind else _LISTS[member]
            shared = {name: each for name, each in one.items() if name not in (member, *_TOLD)}
            for pair in one[member]:
                if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str):
                    yield pair[1], dataset, {**shared, inner: pair[0]}
        elif isinstance(one.get(timeproperty), str):
            kept = {name: each for name, each in one.items() if name not in _TOLD}
            yield one[timeproperty], dataset, kept


def instants(texts: Sequence[str | None]) -> tuple[pa.Array, int]:
    """Times as instants, and how many are none. Without a zone they are UTC (§4.6.3)."""
    column = pa.array([None if one is None else _written(one) for one in texts], pa.string())
    try:
        return pc.cast(column, INSTANT), 0
    except pa.ArrowInvalid:
        return _one_by_one(column)


def _one_by_one(column: pa.Array) -> tuple[pa.Array, int]:
    made = []
    wrong = 0
    for one in column:
        try:
            made.append(pc.cast(one, INSTANT).as_py())
        except pa.ArrowInvalid:
            made.append(None)
            wrong += 1
    return pa.array(made, INSTANT), wrong


def _written(text: str) -> str:
    """As Arrow reads times: with a zone, a point, and microseconds at most."""
    found = text.strip().replace(",", ".")
    if "T" not in found:
        found = f"{found}T00:00:00"
    zone = _ZONE.search(found)
    moment, end = (found[: zone.start()], zone[1]) if zone else (found, "Z")
    whole, point, fraction = moment.partition(".")
    return f"{whole}{point}{fraction[:6]}{end}"
