"""The stand-in broker's subscriptions: kept, matched, notified (§5.8)."""

from __future__ import annotations

import http.client
import json
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from servers.ngsi_parts import (
    CONTEXT,
    CONTEXT_LINK,
    GEO_JSON,
    JSON,
    LD_JSON,
    PREFIX,
    REPRESENTATIONS,
    Answer,
    Broker,
    Entity,
    Refusal,
    attributes_of,
    types_of,
)
from servers.ngsi_select import Query, feature, shown

TRIGGERS: Final = ("attributeCreated", "attributeUpdated")
MEANT: Final = {
    "entityCreated": ("entityCreated", "attributeCreated"),
    "entityUpdated": ("entityUpdated", "attributeUpdated", "attributeCreated"),
    "entityDeleted": ("entityDeleted",),
}


def subscribe(broker: Broker, tenant: str, body: Any) -> Answer:
    """``POST /subscriptions``."""
    if not broker.faults.subscriptions:
        raise Refusal(422, "OperationNotSupported", "Operation not supported", "no subscriptions")
    if body.get("type") != "Subscription" or "notification" not in body:
        raise Refusal(400, "BadRequestData", "Invalid Subscription", "notification is missing")
    if broker.faults.subscriptions == "plain" and "notificationTrigger" in body:
        detail = "unknown member notificationTrigger"
        raise Refusal(400, "BadRequestData", "Invalid Subscription", detail)
    name = body.get("id") or f"urn:ngsi-ld:Subscription:{len(broker.subscriptions) + 1}"
    if name in broker.subscriptions:
        raise Refusal(409, "AlreadyExists", "Already Exists", f"subscription '{name}' exists")
    kept = {one: value for one, value in body.items() if one != "@context"}
    kept.setdefault("notificationTrigger", list(TRIGGERS))
    kept = {**kept, "id": name, "status": "active", "jsonldContext": CONTEXT}
    broker.subscriptions[name] = {**kept, "_tenant": tenant}
    return Answer(None, status=201, headers=[("Location", f"{PREFIX}/subscriptions/{name}")])


def listed(broker: Broker, name: str | None) -> Answer:
    """``GET /subscriptions`` and ``/subscriptions/{id}``."""
    known = {one: _shown(kept) for one, kept in broker.subscriptions.items()}
    if name is None:
        return Answer(list(known.values()))
    if name not in known:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"subscription '{name}' not found")
    return Answer(known[name])


def _shown(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if not name.startswith("_")}


def unsubscribe(broker: Broker, name: str) -> Answer:
    """``DELETE /subscriptions/{id}``."""
    if broker.subscriptions.pop(name, None) is None:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"subscription '{name}' not found")
    return Answer(None, status=204)


def change(broker: Broker, tenant: str, event: str, entity: Entity, before: Entity | None) -> None:
    """Put a notification for every subscription that a change concerns into the outbox."""
    for kept in broker.subscriptions.values():
        if kept["_tenant"] == tenant and _concerned(kept, event, entity):
            broker.outbox.append(_notification(broker, tenant, kept, event, entity, before))


def _concerned(kept: dict[str, Any], event: str, entity: Entity) -> bool:
    if not set(MEANT[event]) & set(kept["notificationTrigger"]):
        return False
    watched = kept.get("watchedAttributes")
    if watched and not set(watched) & set(attributes_of(entity)):
        return False
    wanted = [one.get("type") for one in kept.get("entities", [])]
    return not wanted or bool(set(wanted) & set(types_of(entity)))


def _notification(
    broker: Broker,
    tenant: str,
    kept: dict[str, Any],
    event: str,
    entity: Entity,
    before: Entity | None,
) -> tuple[str, dict[str, str], bytes]:
    """As recorded in ``notifications.json``."""
    settings = kept["notification"]
    endpoint = settings["endpoint"]
    accept = endpoint.get("accept", JSON)
    form = settings.get("format", "normalized")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    query = Query([("format", form)], geojson=accept == GEO_JSON)
    told = entity
    if event == "entityDeleted":
        told = {"id": entity["id"], "type": entity["type"]}
    if settings.get("sysAttrs"):
        query.pairs.append(("options", "sysAttrs"))
    times = broker.times.get((tenant, entity["id"]), (now, now))
    one: dict[str, Any]
    if accept == GEO_JSON:
        one = feature(told, query, times)
        if event == "entityDeleted":
            one["properties"]["deletedAt"] = now
        data: Any = {"type": "FeatureCollection", "features": [one], "@context": CONTEXT}
    else:
        one = shown(told, query, times)
        if event == "entityDeleted":
            one["deletedAt"] = now
            if settings.get("showChanges"):
                one = {**one, **_gone(entity, times, now)}
        elif settings.get("showChanges") and before is not None and form == "normalized":
            one = {**one, **_previous(one, before)}
        data = [{**one, "@context": CONTEXT} if accept == LD_JSON else one]
    headers = {"User-Agent": "Coraine/0.3.0", "Content-Type": accept}
    if accept == JSON:
        headers["Link"] = CONTEXT_LINK
    if form != "normalized" and form in REPRESENTATIONS:
        headers["Ngsild-Attribute-Format"] = form
    headers.update({one["key"]: one["value"] for one in endpoint.get("receiverInfo", [])})
    broker.notified += 1
    body = {
        "id": f"urn:ngsi-ld:Notification:{broker.notified:04x}",
        "type": "Notification",
        "subscriptionId": kept["id"],
        "notifiedAt": now,
        "data": data,
    }
    return endpoint["uri"], headers, json.dumps(body, ensure_ascii=False).encode()


def _previous(one: Entity, before: Entity) -> Entity:
    return {
        name: {**value, "previousValue": before[name]["value"]}
        for name, value in one.items()
        if isinstance(value, dict)
        and isinstance(before.get(name), dict)
        and "value" in value
        and before[name].get("value") not in (None, value["value"])
    }


def _gone(entity: Entity, times: tuple[str, str], now: str) -> Entity:
    """The properties of a deleted entity, as recorded with ``showChanges`` and ``sysAttrs``."""
    return {
        name: {
            "type": "Property",
            "value": "urn:ngsi-ld:null",
            "createdAt": times[0],
            "modifiedAt": times[1],
            "deletedAt": now,
            "previousValue": entity[name]["value"],
        }
        for name in attributes_of(entity)
        if isinstance(entity[name], dict) and entity[name]["type"] == "Property"
    }


def deliver(broker: Broker) -> None:
    """Send what is in the outbox; who does not answer is left alone, as a broker would."""
    while True:
        with broker.lock:
            if not broker.outbox:
                return
            url, headers, body = broker.outbox.pop(0)
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        try:
            connection.request("POST", parts.path, body, headers)
            connection.getresponse().read()
        except OSError:
            continue
        finally:
            connection.close()
