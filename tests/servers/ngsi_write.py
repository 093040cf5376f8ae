"""The stand-in broker's writing side: what it refuses, batches, single entities."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from shapely.geometry import shape

from servers.ngsi_parts import (
    ENTITY_MEMBERS,
    GEOMETRIES,
    JSON,
    LD_JSON,
    PREFIX,
    VALUE_OF,
    Answer,
    Broker,
    Entity,
    Refusal,
    attributes_of,
    normalized,
)

FORBIDDEN: Final = re.compile(r"[<>\"'=;()]")
DEPTHS: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
NULL: Final = "urn:ngsi-ld:null"

Changed = Callable[[str, str, Entity, Entity | None], None]


def bad(title: str, detail: str) -> Refusal:
    return Refusal(400, "BadRequestData", title, detail)


# --- what is refused, as probed ---


def checked(entity: Any, broker: Broker) -> Entity:
    """The entity in normalized form.

    Raises
    ------
    Refusal
    """
    if not isinstance(entity, dict):
        raise bad("Invalid Entity", "an entity must be a JSON object")
    name = entity.get("id")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+", name):
        raise bad("Invalid URI", f"Not a valid URI: '{name}'")
    if not entity.get("type"):
        raise bad("Invalid Entity", "missing 'type'")
    for attribute, value in entity.items():
        if attribute in (*ENTITY_MEMBERS, "@context"):
            continue
        if re.search(r"\s", attribute):
            detail = f"attribute name '{attribute}' contains a forbidden character (0x20) — § 4.6.2"
            raise bad("Invalid Attribute Name", detail)
        _check_empty(attribute, value)
    entity = normalized(entity)
    for attribute in attributes_of(entity):
        value = entity[attribute]
        for one in value if isinstance(value, list) else [value]:
            _check_attribute(attribute, one, strict=broker.faults.strict)
    return entity


def _check_empty(attribute: str, value: Any) -> None:
    if value is None:
        detail = f"JSON null is not allowed in NGSI-LD (attribute '{attribute}', field 'value')"
        raise bad("Invalid Value", detail)
    if value == []:
        raise bad("Empty Structure", "an empty array is not valid NGSI-LD input")
    if isinstance(value, Mapping) and value.get("type") != "JsonProperty":
        for one in value.values():
            _check_empty(attribute, one)
    elif isinstance(value, list):
        for one in value:
            _check_empty(attribute, one)


def _check_attribute(name: str, attribute: dict[str, Any], *, strict: bool) -> None:
    kind = attribute["type"]
    value = attribute.get(VALUE_OF[kind])
    if value is None:
        raise bad("Invalid Attribute", f"attribute '{name}' of type {kind} has no value")
    if strict and kind in ("Property", "GeoProperty") and _has_forbidden(value):
        detail = f"value of '{name}' contains forbidden characters (< > \" ' = ; ( ) — § 4.6.4)"
        raise bad("Forbidden Characters", detail)
    if name in ("location", "observationSpace", "operationSpace") and kind != "GeoProperty":
        detail = (
            f"Attribute '{name}' is reserved by spec § 4.7 and must be of type GeoProperty "
            f"(got {kind})"
        )
        raise bad("Invalid Attribute", detail)
    if kind == "GeoProperty":
        _check_geometry(value)


def _has_forbidden(value: Any) -> bool:
    if isinstance(value, str):
        return FORBIDDEN.search(value) is not None
    if isinstance(value, dict):
        return any(map(_has_forbidden, value.values()))
    return isinstance(value, list) and any(map(_has_forbidden, value))


def _check_geometry(value: Any) -> None:
    title = "Invalid GeoJSON"
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(value.get("coordinates"), list):
        raise bad(title, "GeoJSON must have a 'coordinates' array field")
    if kind not in GEOMETRIES:
        raise bad(title, f"Unknown GeoJSON geometry type: '{kind}'")
    for position in _positions(value["coordinates"], DEPTHS[str(kind)]):
        if len(position) not in (2, 3):
            raise bad(title, "GeoJSON position must have 2 or 3 elements (lon, lat[, alt])")
        if abs(position[0]) > 180:
            raise bad(title, "GeoJSON longitude must be in range [-180, 180]")
        if abs(position[1]) > 90:
            raise bad(title, "GeoJSON latitude must be in range [-90, 90]")
    if kind in ("Polygon", "MultiPolygon"):
        polygons = value["coordinates"] if kind == "MultiPolygon" else [value["coordinates"]]
        for ring in (one for polygon in polygons for one in polygon):
            if len(ring) < 4:
                raise bad(title, "GeoJSON polygon ring must have at least 4 positions")
            if ring[0] != ring[-1]:
                detail = "GeoJSON polygon ring must be closed (first == last position)"
                raise bad(title, detail)
        if not shape({"type": kind, "coordinates": value["coordinates"]}).is_valid:
            detail = (
                "GeoProperty rejected by storage geometry validator "
                "(likely self-intersecting or degenerate polygon)"
            )
            raise bad("Invalid GeoProperty", detail)


def _positions(value: Any, depth: int) -> list[Any]:
    if depth == 0:
        return [value]
    return [one for each in value for one in _positions(each, depth - 1)]


# --- bodies ---


def parsed_body(body: bytes, headers: Mapping[str, str], broker: Broker) -> Any:
    """The JSON of a request.

    Raises
    ------
    Refusal
    """
    if len(body) > broker.faults.largest_body:
        detail = (
            f"request body of {len(body)} bytes exceeds broker limit of "
            f"{broker.faults.largest_body} bytes"
        )
        raise Refusal(413, "RequestEntityTooLarge", "Request Entity Too Large", detail)
    kind = headers.get("content-type", "").partition(";")[0].strip()
    if kind not in (JSON, LD_JSON, "application/merge-patch+json"):
        raise Refusal(415, "", "", "")
    try:
        found = json.loads(body)
    except ValueError:
        detail = "request body is not valid JSON"
        raise Refusal(400, "InvalidRequest", "Invalid Request", detail) from None
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict):
            if kind == JSON and "@context" in one:
                detail = f"@context in body not allowed for Content-Type {JSON}"
                raise bad("Unexpected @context", detail)
            if kind == LD_JSON and "@context" not in one:
                raise bad("Missing @context", f"@context must be in the body for {LD_JSON}")
    return found


# --- entities ---


def _index(entities: list[Entity]) -> dict[str, int]:
    return {one["id"]: place for place, one in enumerate(entities)}


def create(broker: Broker, tenant: str, body: Any, changed: Changed) -> Answer:
    """``POST /entities``; an unknown tenant comes into being, as recorded."""
    entity = checked(body, broker)
    entities = broker.tenants.setdefault(tenant, [])
    if any(one["id"] == entity["id"] for one in entities):
        detail = f"entity '{entity['id']}' already exists"
        raise Refusal(409, "AlreadyExists", "Already Exists", detail)
    entities.append(entity)
    broker.stamp(tenant, entity)
    changed(tenant, "entityCreated", entity, None)
    return Answer(None, status=201, headers=[("Location", f"{PREFIX}/entities/{entity['id']}")])


def delete(broker: Broker, tenant: str, name: str, changed: Changed) -> Answer:
    """``DELETE /entities/{id}``."""
    entities = broker.tenants.get(tenant, [])
    place = _index(entities).get(name)
    if place is None:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"entity '{name}' not found")
    gone = entities.pop(place)
    broker.times.pop((tenant, name), None)
    changed(tenant, "entityDeleted", gone, gone)
    return Answer(None, status=204)


def delete_attribute(
    broker: Broker, tenant: str, name: str, attribute: str, changed: Changed
) -> Answer:
    """``DELETE /entities/{id}/attrs/{attribute}``."""
    entities = broker.tenants.get(tenant, [])
    place = _index(entities).get(name)
    if place is None or attribute not in entities[place]:
        detail = f"attribute '{attribute}' of '{name}' not found"
        raise Refusal(404, "ResourceNotFound", "Not Found", detail)
    before = entities[place]
    entities[place] = {one: value for one, value in before.items() if one != attribute}
    broker.stamp(tenant, entities[place])
    changed(tenant, "entityUpdated", entities[place], before)
    return Answer(None, status=204)


def patch(broker: Broker, tenant: str, name: str, body: Any, changed: Changed) -> Answer:
    """``PATCH /entities/{id}`` and ``…/attrs``, ``POST …/attrs``: attributes replaced or added."""
    entities = broker.tenants.get(tenant, [])
    place = _index(entities).get(name)
    if place is None:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"entity '{name}' not found")
    before = entities[place]
    fragment = {**body, "id": name, "type": body.get("type", before["type"])}
    entities[place] = _merged(before, checked(fragment, broker))
    broker.stamp(tenant, entities[place])
    changed(tenant, "entityUpdated", entities[place], before)
    return Answer(None, status=204)


def _merged(before: Entity, after: Entity) -> Entity:
    merged = {**before, **after}
    for name in attributes_of(after):
        value = after[name]
        if isinstance(value, dict) and NULL in (value.get("value"), value.get("object")):
            del merged[name]
    return merged


# --- batches (§5.6.7 to §5.6.10, §5.6.20) ---


def batch(
    broker: Broker, tenant: str, operation: str, body: Any, options: list[str], changed: Changed
) -> Answer:
    """``POST /entityOperations/{create,upsert,update,merge,delete}``."""
    if not isinstance(body, list):
        raise bad("Invalid Request", "an array is expected")
    if operation != "delete":
        broker.tenants.setdefault(tenant, [])
    elif tenant not in broker.tenants:
        detail = f"tenant '{tenant}' does not exist"
        raise Refusal(404, "NonexistentTenant", "NonexistentTenant", detail)
    entities = broker.tenants[tenant]
    index = _index(entities)
    created: list[str] = []
    updated: list[str] = []
    errors: list[dict[str, Any]] = []
    for one in body:
        name = one if isinstance(one, str) else one.get("id") if isinstance(one, dict) else None
        try:
            _failing(broker, name)
            if operation == "delete":
                _delete_one(broker, tenant, index, str(name), changed)
                updated.append(str(name))
                continue
            made = _write_one(broker, tenant, index, operation, one, options, changed)
            (created if made else updated).append(str(name))
        except Refusal as refusal:
            error = dict(refusal.body)
            if operation != "delete" and error.get("title") == "Invalid URI":
                error["title"] = "Invalid Entity"
            errors.append({"entityId": name, "error": error})
    if errors:
        errors.sort(key=lambda one: one["error"].get("status") != 400)  # as recorded
        return Answer({"success": [*created, *updated], "errors": errors}, status=207)
    if created and operation in ("create", "upsert"):
        return Answer(created, status=201)
    return Answer(None, status=204)


def _failing(broker: Broker, name: Any) -> None:
    left = broker.faults.fail_ids.get(name, 0)
    if left:
        broker.faults.fail_ids[name] = left - 1
        raise Refusal(500, "InternalError", "Internal Error", "try again")


def _write_one(
    broker: Broker,
    tenant: str,
    index: dict[str, int],
    operation: str,
    stated: Any,
    options: list[str],
    changed: Changed,
) -> bool:
    """Write one entity of a batch; True when it is new."""
    entities = broker.tenants[tenant]
    entity = checked(stated, broker)
    place = index.get(entity["id"])
    if place is None:
        if operation in ("update", "merge"):
            raise Refusal(404, "ResourceNotFound", "Not Found", "entity does not exist")
        index[entity["id"]] = len(entities)
        entities.append(entity)
        broker.stamp(tenant, entity)
        changed(tenant, "entityCreated", entity, None)
        return True
    if operation == "create":
        raise Refusal(409, "AlreadyExists", "Already Exists", "entity already exists")
    before = entities[place]
    keeps = operation in ("update", "merge") or "update" in options
    if operation == "update" and "noOverwrite" in options:
        entity = {**entity, **before}
    entities[place] = _merged(before, entity) if keeps else entity
    broker.stamp(tenant, entities[place])
    changed(tenant, "entityUpdated", entities[place], before)
    return False


def _delete_one(
    broker: Broker, tenant: str, index: dict[str, int], name: str, changed: Changed
) -> None:
    place = index.pop(name, None)
    if place is None:
        raise Refusal(404, "ResourceNotFound", "Not Found", "entity does not exist")
    entities = broker.tenants[tenant]
    gone = entities.pop(place)
    for other, where in index.items():
        if where > place:
            index[other] = where - 1
    broker.times.pop((tenant, name), None)
    changed(tenant, "entityDeleted", gone, gone)
