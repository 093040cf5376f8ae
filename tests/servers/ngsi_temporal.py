"""The stand-in broker's temporal interface, reading only (§5.7.3, §5.7.4)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from servers.ngsi_parts import VALUE_OF, Broker, Entity, Refusal
from servers.ngsi_select import Query, selected

TOO_MANY = 1_000


def evolution(
    broker: Broker, tenant: str, entities: Sequence[Entity], query: Query, name: str | None
) -> tuple[list[Entity], bool]:
    """Entities with all instances of their attributes in the asked time, and whether listed."""
    if not broker.faults.temporal:
        raise Refusal(501, "OperationNotSupported", "Not Implemented", "no temporal interface")
    if not query["timerel"] or not query["timeAt"]:
        detail = "timerel and timeAt are needed"
        raise Refusal(400, "BadRequestData", "Invalid request", detail)
    if name is None:
        plain = [pair for pair in query.pairs if pair[0] not in ("attrs", "format", "options")]
        chosen = selected(entities, Query(plain, geojson=False), broker, tenant)
    else:
        chosen = [one for one in entities if one["id"] == name]
        if not chosen:
            raise Refusal(404, "ResourceNotFound", "Not Found", f"entity '{name}' not found")
    told = [_evolved(broker, tenant, one, query) for one in chosen]
    return [one for one in told if len(one) > 2], name is None


def _evolved(broker: Broker, tenant: str, entity: Entity, query: Query) -> Entity:
    told: Entity = {"id": entity["id"], "type": entity["type"]}
    wanted = query.listed("attrs")
    by = query["timeproperty"] or "observedAt"
    for name, instances in broker.history.get((tenant, entity["id"]), {}).items():
        kept = [one for one in instances if _in_time(one.get(by), query)]
        if not kept or (wanted and name not in wanted):
            continue
        if query["lastN"]:
            kept = kept[-int(query["lastN"]) :]
        told[name] = _shown(kept, by, query)
    return told


def _shown(instances: list[Entity], by: str, query: Query) -> Any:
    if query["format"] == "temporalValues" or "temporalValues" in query.listed("options"):
        kind = instances[0]["type"]
        member = "values" if VALUE_OF[kind] == "value" else f"{VALUE_OF[kind]}s"
        return {"type": kind, member: [[one[VALUE_OF[kind]], one[by]] for one in instances]}
    # As recorded: repeated observations come once here, twice in temporalValues.
    once = {json.dumps([one[VALUE_OF[one["type"]]], one[by]]): one for one in instances}
    return [
        {name: value for name, value in one.items() if name != "modifiedAt" or name == by}
        for one in once.values()
    ]


def _in_time(moment: str | None, query: Query) -> bool:
    if moment is None:
        return False
    start, end = query["timeAt"] or "", query["endTimeAt"] or ""
    if query["timerel"] == "before":
        return moment < start
    return moment > start if query["timerel"] == "after" else start < moment < end


def page_of(found: list[Entity], query: Query) -> tuple[list[Entity], int, int]:
    """A page, with its limit and offset."""
    limit, offset = query.number("limit", 20), query.number("offset", 0)
    return found[offset : offset + limit], limit, offset


def shortened(page: list[Entity], by: str, most: int | None) -> tuple[list[Entity], str | None]:
    """The earliest moments of a page, and the ``Content-Range`` where others were cut off."""
    times = sorted(
        {
            one[by]
            for entity in page
            for value in entity.values()
            if isinstance(value, list)
            for one in value
            if isinstance(one, dict)
        }
    )
    if most is None or len(times) <= most:
        return page, None
    end = times[most - 1]
    kept = []
    for entity in page:
        told = {
            name: [one for one in value if one[by] <= end] if isinstance(value, list) else value
            for name, value in entity.items()
        }
        kept.append({name: value for name, value in told.items() if value != []})
    return kept, f"date-time {times[0]}-{end}/*"
