"""What the stand-in broker is made of: entities, their forms, refusals, faults."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

Entity = dict[str, Any]

PREFIX: Final = "/ngsi-ld/v1"
CONTEXT: Final = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"
CONTEXT_LINK: Final = (
    f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)
ERRORS: Final = "https://uri.etsi.org/ngsi-ld/errors/"
DEFAULT_CONTEXT: Final = "https://uri.etsi.org/ngsi-ld/default-context/"
CORE_TERMS: Final = frozenset({"location", "observationSpace", "operationSpace", "status"})
JSON: Final = "application/json"
LD_JSON: Final = "application/ld+json"
GEO_JSON: Final = "application/geo+json"
ENTITY_MEMBERS: Final = ("id", "type", "scope", "createdAt", "modifiedAt", "expiresAt")
VALUE_OF: Final = {
    "Property": "value",
    "GeoProperty": "value",
    "Relationship": "object",
    "LanguageProperty": "languageMap",
    "VocabProperty": "vocab",
    "JsonProperty": "json",
    "ListProperty": "valueList",
    "ListRelationship": "objectList",
}
WRAPPED: Final = frozenset({"LanguageProperty", "VocabProperty", "JsonProperty"})
GEOMETRIES: Final = frozenset(
    "Point MultiPoint LineString MultiLineString Polygon MultiPolygon".split()
)


@dataclass
class Faults:
    """What a broker in the field does otherwise.

    Parameters
    ----------
    most
        Largest page; larger limits are cut silently.
    counts, links
        False: no ``NGSILD-Results-Count``, no paging ``Link``.
    past_end
        What an offset past the end gives: the ``last`` entity (§6.4.7.2) or an ``empty`` list.
    longest_url
        Longer ones get 414 with HTML.
    warning
        Text of an ``NGSILD-Warning`` header on every answer.
    token
        Bearer token that every request must carry.
    keys
        Values of headers (their names in lower case), one of which every request must carry.
    types
        False: ``/types`` is not supported.
    geojson
        False: 406 for ``application/geo+json``.
    break_at
        The page that starts at this offset: ``status`` 500 (``breaks`` times),
        ``truncated`` JSON or ``html``.
    loop
        Every page's ``next`` leads back to the first page.
    deepest
        Offsets beyond give an empty page without a next link, whatever was counted.
    strict
        False: the characters of §4.6.4 are taken, as some brokers do.
    largest_body
        Larger ones get 413.
    subscriptions
        False: 422 for subscriptions. ``"plain"``: ``notificationTrigger`` is refused.
    temporal
        False: no temporal interface.
    moments
        The most moments in one answer about the past; more are cut, with 206.
    fail_ids
        Ids whose write fails with 500 inside a batch, and how many times.
    """

    most: int | None = None
    counts: bool = True
    links: bool = True
    past_end: str = "last"
    longest_url: int = 8_000
    warning: str | None = None
    token: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    types: bool = True
    geojson: bool = True
    break_at: int | None = None
    breaking: str = "status"
    breaks: int = 1_000_000
    loop: bool = False
    deepest: int | None = None
    strict: bool = True
    largest_body: int = 2_097_152
    subscriptions: bool | str = True
    temporal: bool = True
    moments: int | None = None
    fail_ids: dict[str, int] = field(default_factory=dict)


@dataclass
class Seen:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any = None


@dataclass
class Broker:
    """Entities by tenant, in normalized form (the default tenant is ``""``).

    ``times`` are (createdAt, modifiedAt) by tenant and id; ``history`` holds every instance
    of every attribute that was ever written, as the temporal interface tells it.
    """

    tenants: dict[str, list[Entity]] = field(default_factory=lambda: {"": []})
    faults: Faults = field(default_factory=Faults)
    requests: list[Seen] = field(default_factory=list)
    times: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    history: dict[tuple[str, str], dict[str, list[Entity]]] = field(default_factory=dict)
    subscriptions: dict[str, dict[str, Any]] = field(default_factory=dict)
    outbox: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    notified: int = 0
    instances: int = 0

    def load(self, entities: Sequence[Entity], tenant: str = "") -> None:
        """Add entities in normalized, concise or simplified form."""
        found = self.tenants.setdefault(tenant, [])
        for one in entities:
            entity = normalized(one)
            found.append(entity)
            self.stamp(tenant, entity)

    def stamp(self, tenant: str, entity: Entity) -> None:
        """Note when an entity was written and what it said."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        key = (tenant, entity["id"])
        self.times[key] = (self.times.get(key, (now, now))[0], now)
        history = self.history.setdefault(key, {})
        for name, instance in instances_of(entity):
            self.instances += 1
            known = {
                **instance,
                "instanceId": f"urn:ngsi-ld:Instance:{self.instances}",
                "modifiedAt": now,
            }
            history.setdefault(name, []).append(known)


class Refusal(Exception):
    """An answer with a ProblemDetails body (RFC 7807)."""

    def __init__(self, status: int, kind: str, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {"type": ERRORS + kind, "title": title, "status": status, "detail": detail}


@dataclass
class Answer:
    body: Any
    media_type: str = JSON
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)


# --- representations


def types_of(entity: Entity) -> list[str]:
    kind = entity["type"]
    return kind if isinstance(kind, list) else [kind]


def attributes_of(entity: Entity) -> list[str]:
    return [name for name in entity if name not in ENTITY_MEMBERS]


def instances_of(entity: Entity) -> Iterator[tuple[str, dict[str, Any]]]:
    """(attribute, instance) pairs."""
    for name in attributes_of(entity):
        value = entity[name]
        for one in value if isinstance(value, list) else [value]:
            yield name, one


def normalized(entity: Entity) -> Entity:
    """An entity in normalized form, whatever form it came in."""
    return {
        name: value if name in ENTITY_MEMBERS else _normalized_attribute(value)
        for name, value in entity.items()
        if name != "@context"
    }


def _normalized_attribute(value: Any) -> Any:
    instances = value if isinstance(value, list) else [value]
    if instances and all(isinstance(one, dict) and _kind(one) for one in instances):
        typed = [{**one, "type": _kind(one)} for one in instances]
        return typed if isinstance(value, list) else typed[0]
    if not isinstance(value, dict):
        return {"type": "Property", "value": value}
    if value.get("type") in GEOMETRIES:
        return {"type": "GeoProperty", "value": value}
    for kind, member in VALUE_OF.items():
        if kind != "GeoProperty" and member in value:
            return {"type": kind, **value}
    return {"type": "Property", "value": value}


def _kind(value: Mapping[str, Any]) -> str | None:
    """The kind that an attribute states, in whatever case."""
    stated = str(value.get("type")).casefold()
    return next((one for one in VALUE_OF if one.casefold() == stated), None)


def concise(attribute: Any) -> Any:
    if isinstance(attribute, list):
        return [concise(one) for one in attribute]
    rest = {name: value for name, value in attribute.items() if name != "type"}
    return rest["value"] if list(rest) == ["value"] else rest


def simplified(attribute: Any) -> Any:
    if isinstance(attribute, list):
        return {"dataset": {one.get("datasetId", "@none"): simplified(one) for one in attribute}}
    member = VALUE_OF[attribute["type"]]
    value = attribute[member]
    return {member: value} if attribute["type"] in WRAPPED else value


REPRESENTATIONS: Final[dict[str, Callable[[Any], Any]]] = {
    "normalized": lambda attribute: attribute,
    "concise": concise,
    "simplified": simplified,
    "keyValues": simplified,
}
