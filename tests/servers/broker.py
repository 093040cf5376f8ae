"""A small NGSI-LD broker for tests and the demo, reading only.

It answers as the broker recorded in ``../shared/ngsild/transcripts`` did (ETSI GS CIM 009
v1.9.1, §6.3 and §6.4), as far as the source needs: entities by type, id, scope, in four
representations and as GeoJSON, paging, counting, types, attributes, tenants, refusals.
:class:`Faults` switches on what brokers in the field do otherwise, or wrongly.

Run it: ``python tests/servers/broker.py --port 1026 --data entities.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

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
ENTITY_MEMBERS: Final = ("id", "type", "scope")
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
PARAMETERS: Final = frozenset(
    "type id idPattern attrs pick omit scopeQ limit offset count format options lang local"
    " geometryProperty datasetId details".split()
)
NOT_DONE: Final = frozenset(
    "q georel geometry coordinates geoproperty orderBy orderFrom join joinLevel entityMap"
    " splitEntities containedBy expandValues csf".split()
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
    types
        False: ``/types`` is not supported.
    geojson
        False: 406 for ``application/geo+json``.
    break_at
        The page that starts at this offset: ``status`` 500 (``breaks`` times),
        ``truncated`` JSON or ``html``.
    loop
        Every page's ``next`` leads back to the first page.
    """

    most: int | None = None
    counts: bool = True
    links: bool = True
    past_end: str = "last"
    longest_url: int = 8_000
    warning: str | None = None
    token: str | None = None
    types: bool = True
    geojson: bool = True
    break_at: int | None = None
    breaking: str = "status"
    breaks: int = 1_000_000
    loop: bool = False


@dataclass
class Seen:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Broker:
    """Entities by tenant, in normalized form (the default tenant is ``""``)."""

    tenants: dict[str, list[Entity]] = field(default_factory=lambda: {"": []})
    faults: Faults = field(default_factory=Faults)
    requests: list[Seen] = field(default_factory=list)

    def load(self, entities: Sequence[Entity], tenant: str = "") -> None:
        """Add entities in normalized, concise or simplified form."""
        self.tenants.setdefault(tenant, []).extend(normalized(one) for one in entities)


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


# --- representations -----------------------------------------------------------------


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


# --- queries ---------------------------------------------------------------------------


@dataclass
class Query:
    """The parameters of a request, in order, and what they say."""

    pairs: list[tuple[str, str]]
    geojson: bool

    def __getitem__(self, name: str) -> str | None:
        return dict(self.pairs).get(name)

    def listed(self, name: str) -> list[str]:
        return (self[name] or "").split(",") if self[name] else []

    def number(self, name: str, default: int) -> int:
        text = self[name]
        if text is None:
            return default
        if not text.isdigit():
            raise Refusal(400, "InvalidRequest", "Invalid Request", f"bad {name}: {text}")
        return int(text)

    @property
    def representation(self) -> str:
        named = [self["format"] or "", *self.listed("options")]
        return next((one for one in named if one in REPRESENTATIONS), "normalized")

    def checked(self) -> Query:
        for name, _ in self.pairs:
            if name in NOT_DONE:
                detail = f"the stand-in broker does not do {name}"
                raise Refusal(501, "OperationNotSupported", "Not Implemented", detail)
            if name not in PARAMETERS:
                detail = f"Unknown/unsupported URL parameter: {name}"
                raise Refusal(400, "InvalidRequest", "Invalid Request", detail)
        if self["geometryProperty"] and not self.geojson:
            detail = "geometryProperty is only valid with Accept: application/geo+json"
            raise Refusal(400, "BadRequestData", "Invalid request", detail)
        return self


def types_of(entity: Entity) -> list[str]:
    kind = entity["type"]
    return kind if isinstance(kind, list) else [kind]


def attributes_of(entity: Entity) -> list[str]:
    return [name for name in entity if name not in ENTITY_MEMBERS]


def selected(entities: Sequence[Entity], query: Query) -> list[Entity]:
    """Entities that a query asks for (§5.7.2.4)."""
    if not any(query[one] for one in ("type", "attrs", "local")):
        detail = (
            "Query Entities requires at least one of 'type', 'attrs', 'q', a GeoQuery, "
            "'scopeQ', or 'local=true' (§ 5.7.2.4 — id / idPattern alone is too wide)"
        )
        raise Refusal(400, "BadRequestData", "Invalid request", detail)
    found = [one for one in entities if _of_type(one, query["type"])]
    if ids := query.listed("id"):
        found = [one for one in found if one["id"] in ids]
    if pattern := query["idPattern"]:
        found = [one for one in found if re.search(pattern, one["id"])]
    if attrs := query.listed("attrs"):
        found = [one for one in found if set(attrs) & set(attributes_of(one))]
    if scope := query["scopeQ"]:
        found = [one for one in found if _in_scope(one, scope)]
    if dataset := query["datasetId"]:
        found = [one for one in found if _only_dataset(one, dataset).keys() - set(ENTITY_MEMBERS)]
    return found


def _of_type(entity: Entity, wanted: str | None) -> bool:
    if wanted is None:
        return True
    mine = set(types_of(entity))
    alternatives = re.split(r"[,|]", wanted)
    return any(set(one.strip("()").split(";")) <= mine for one in alternatives)


def _in_scope(entity: Entity, wanted: str) -> bool:
    scopes = entity.get("scope", [])
    scopes = scopes if isinstance(scopes, list) else [scopes]
    if wanted.endswith("/#"):
        return any(one.startswith(wanted[:-1]) for one in scopes)
    return wanted in scopes


def _only_dataset(entity: Entity, dataset: str) -> Entity:
    """The entity with the attribute instances of one data set only."""
    kept: Entity = {}
    for name, value in entity.items():
        if name in ENTITY_MEMBERS:
            kept[name] = value
            continue
        instances = value if isinstance(value, list) else [value]
        mine = [one for one in instances if one.get("datasetId") == dataset]
        if mine:
            kept[name] = mine[0]
    return kept


def _in_language(attribute: Any, lang: str) -> Any:
    if isinstance(attribute, dict) and attribute.get("type") == "LanguageProperty":
        texts = attribute["languageMap"]
        chosen = lang if lang in texts else next(iter(texts))
        return {"type": "Property", "value": texts[chosen], "lang": chosen}
    return attribute


def shown(entity: Entity, query: Query) -> Entity:
    """The entity as the query wants it: members, language, representation."""
    one = _only_dataset(entity, query["datasetId"]) if query["datasetId"] else entity
    represent = REPRESENTATIONS[query.representation]
    attrs, pick, omit = query.listed("attrs"), query.listed("pick"), query.listed("omit")
    shown_members: Entity = {}
    for name, value in one.items():
        if (pick and name not in pick) or name in omit:
            continue
        if name in ENTITY_MEMBERS:
            shown_members[name] = value
        elif not attrs or name in attrs:
            spoken = _in_language(value, query["lang"]) if query["lang"] else value
            shown_members[name] = represent(spoken)
    return shown_members


def feature(entity: Entity, query: Query) -> dict[str, Any]:
    """The entity as a GeoJSON feature (§4.5.16)."""
    geometry = entity.get(query["geometryProperty"] or "location")
    value = geometry["value"] if isinstance(geometry, dict) else None
    members = shown(entity, query)
    members.pop("id", None)
    return {"type": "Feature", "id": entity["id"], "geometry": value, "properties": members}


# --- answers ---------------------------------------------------------------------------


def answer(
    broker: Broker, path: str, pairs: list[tuple[str, str]], headers: Mapping[str, str]
) -> Answer:
    """Answer a GET."""
    media_type = _accepted(headers.get("accept", "*/*"), broker.faults)
    tenant = headers.get("ngsild-tenant", "")
    if tenant not in broker.tenants:
        detail = f"tenant '{tenant}' does not exist"
        raise Refusal(404, "NonexistentTenant", "NonexistentTenant", detail)
    entities = broker.tenants[tenant]
    query = Query(pairs, media_type == GEO_JSON).checked()
    steps = path.removeprefix(PREFIX).strip("/").split("/", 1)
    if steps == ["entities"]:
        found = _entities(broker.faults, entities, query, media_type)
    elif steps[0] == "entities":
        found = _entity(entities, steps[1], query, media_type, headers)
    elif steps[0] == "types" and broker.faults.types:
        found = _types(entities, steps[1] if len(steps) > 1 else None, query["details"] == "true")
    elif steps == ["attributes"]:
        names = list(dict.fromkeys(name for one in entities for name in attributes_of(one)))
        found = Answer(_id_list("Attribute", "attributeList", names))
    elif path == f"{PREFIX}/info/sourceIdentity":
        found = Answer({"type": "ContextSourceIdentity", "contextSourceName": "stand-in"})
    else:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"no resource {path}")
    if tenant:
        found.headers.insert(0, ("NGSILD-Tenant", tenant))
    if found.media_type == JSON:
        found.headers.append(("Link", CONTEXT_LINK))
    return found


def _accepted(accept: str, faults: Faults) -> str:
    for one in accept.split(","):
        kind = one.partition(";")[0].strip()
        if kind in ("*/*", "application/*"):
            return JSON
        if kind in (JSON, LD_JSON) or (kind == GEO_JSON and faults.geojson):
            return kind
    kinds = ", ".join((JSON, LD_JSON, GEO_JSON))
    detail = f"supported response media types: {kinds}"
    raise Refusal(406, "InvalidRequest", "Not Acceptable", detail)


def _entities(faults: Faults, entities: Sequence[Entity], query: Query, media_type: str) -> Answer:
    found = selected(entities, query)
    limit, offset = query.number("limit", 20), query.number("offset", 0)
    if faults.most is not None:
        limit = min(limit, faults.most)
    if limit == 0 and query["count"] != "true":
        raise Refusal(400, "BadRequestData", "Invalid request", "limit=0 needs count=true")
    page = found[offset : offset + limit]
    if found and offset >= len(found) and limit and faults.past_end == "last":
        page = found[-1:]
    headers = []
    if query["count"] == "true" and faults.counts:
        headers.append(("NGSILD-Results-Count", str(len(found))))
    if faults.links and limit:
        links = _links(query, limit, offset, len(found), media_type, loop=faults.loop)
        headers.extend([("Link", links)] if links else [])
    return Answer(_body(page, query, media_type), media_type, headers=headers)


def _links(
    query: Query, limit: int, offset: int, total: int, media_type: str, *, loop: bool
) -> str:
    """``prev`` and ``next`` in one header, relative to the host, as recorded."""
    kept = "&".join(f"{n}={v}" for n, v in query.pairs if n not in ("limit", "offset"))

    def link(rel: str, start: int) -> str:
        target = f"{PREFIX}/entities?{kept}&limit={limit}&offset={start}"
        return f'<{target}>;rel="{rel}";type="{media_type}"'

    links = []
    if offset:
        links.append(link("prev", max(0, offset - limit)))
    if loop:
        links.append(link("next", 0))
    elif offset + limit < total:
        links.append(link("next", offset + limit))
    return ", ".join(links)


def _body(page: Sequence[Entity], query: Query, media_type: str) -> Any:
    if media_type == GEO_JSON:
        features = [feature(one, query) for one in page]
        return {"type": "FeatureCollection", "features": features, "@context": CONTEXT}
    context = {"@context": CONTEXT} if media_type == LD_JSON else {}
    return [{**shown(one, query), **context} for one in page]


def _entity(
    entities: Sequence[Entity],
    name: str,
    query: Query,
    media_type: str,
    headers: Mapping[str, str],
) -> Answer:
    found = next((one for one in entities if one["id"] == name), None)
    if found is None:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"entity '{name}' not found")
    body = _body([found], query, media_type)
    if media_type != GEO_JSON:
        return Answer(body[0], media_type)
    if headers.get("prefer") == "body=json":
        return Answer(body["features"][0], media_type, headers=[("Link", CONTEXT_LINK)])
    return Answer({**body["features"][0], "@context": CONTEXT}, media_type)


def _types(entities: Sequence[Entity], name: str | None, details: bool) -> Answer:
    names = list(dict.fromkeys(kind for one in entities for kind in types_of(one)))
    if name is not None:
        return Answer(_type(entities, name))
    if not details:
        return Answer(_id_list("EntityType", "typeList", names))
    return Answer(
        [
            {
                "id": DEFAULT_CONTEXT + kind,
                "type": "EntityType",
                "typeName": kind,
                "attributeNames": list(_attributes(entities, kind)),
            }
            for kind in names
        ]
    )


def _type(entities: Sequence[Entity], name: str) -> dict[str, Any]:
    found = [one for one in entities if name in types_of(one)]
    if not found:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"type '{name}' not found")
    return {
        "id": DEFAULT_CONTEXT + name,
        "type": "EntityTypeInfo",
        "typeName": name,
        "entityCount": len(found),
        "attributeDetails": [
            {
                "id": attribute if attribute in CORE_TERMS else DEFAULT_CONTEXT + attribute,
                "type": "Attribute",
                "attributeName": attribute,
                "attributeTypes": kinds,
            }
            for attribute, kinds in _attributes(entities, name).items()
        ],
    }


def _attributes(entities: Sequence[Entity], kind: str) -> dict[str, list[str]]:
    """Attribute names of a type, each with its kinds."""
    found: dict[str, list[str]] = {}
    for one in entities:
        if kind in types_of(one):
            for name in attributes_of(one):
                value = one[name]
                kinds = found.setdefault(name, [])
                for instance in value if isinstance(value, list) else [value]:
                    if instance["type"] not in kinds:
                        kinds.append(instance["type"])
    return found


def _id_list(kind: str, member: str, names: list[str]) -> dict[str, Any]:
    return {"id": f"urn:ngsi-ld:{kind}List:local", "type": f"{kind}List", member: names}


# --- the server ------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    """One request. ``broker`` is set by :func:`serve`."""

    broker: Broker
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._respond()

    def do_HEAD(self) -> None:
        self._respond()

    def _respond(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.broker.requests.append(Seen(self.command, self.path, headers))
        faults = self.broker.faults
        if len(self.path) > faults.longest_url:
            self._send(
                414, "text/html", b"<html><head><title>Request too big</title></head></html>"
            )
            return
        target = urlsplit(self.path)
        pairs = parse_qsl(target.query, keep_blank_values=True)
        if self._broken(dict(pairs), target.path):
            return
        extra = [("NGSILD-Warning", faults.warning)] if faults.warning else []
        try:
            if faults.token and headers.get("authorization") != f"Bearer {faults.token}":
                raise Refusal(401, "Unauthorized", "Unauthorized", "a token is needed")
            found = answer(self.broker, unquote(target.path), pairs, headers)
        except Refusal as refusal:
            self._send(refusal.status, JSON, _dumped(refusal.body))
            return
        self._send(found.status, found.media_type, _dumped(found.body), extra + found.headers)

    def _broken(self, parameters: Mapping[str, str], path: str) -> bool:
        faults = self.broker.faults
        at = faults.break_at is not None and path.endswith("/entities")
        if not at or int(parameters.get("offset", 0)) != faults.break_at or not faults.breaks:
            return False
        faults.breaks -= 1
        if faults.breaking == "truncated":
            self._send(200, JSON, b'[{"id":"urn:x:1","type":"X","na')
        elif faults.breaking == "html":
            self._send(200, "text/html", b"<html><body>Please log in</body></html>")
        else:
            self._send(500, "text/html", b"<html><body>Internal error</body></html>")
        return True

    def _send(
        self, status: int, media_type: str, body: bytes, headers: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return None


def _dumped(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def server(broker: Broker, port: int = 0) -> ThreadingHTTPServer:
    """A server on loopback; port 0 takes any free one."""
    handler = type("BrokerHandler", (Handler,), {"broker": broker})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


@contextmanager
def serve(broker: Broker, port: int = 0) -> Iterator[str]:
    """Serve in a thread; gives the broker's address, such as ``http://127.0.0.1:1026``."""
    running = server(broker, port)
    thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_address[1]}"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="A stand-in NGSI-LD broker on loopback.")
    parser.add_argument("--port", type=int, default=1026)
    parser.add_argument("--data", type=Path, required=True, help="JSON list of entities")
    parser.add_argument("--tenant", default="")
    chosen = parser.parse_args(arguments)
    loaded = json.loads(chosen.data.read_text(encoding="utf-8"))
    broker = Broker()
    broker.load(loaded if isinstance(loaded, list) else [loaded], chosen.tenant)
    running = server(broker, chosen.port)
    address = f"http://127.0.0.1:{running.server_address[1]}{PREFIX}"
    sys.stdout.write(f"NGSI-LD stand-in at {address}\n")
    sys.stdout.flush()
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        running.server_close()


if __name__ == "__main__":
    main()
