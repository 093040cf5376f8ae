"""A small NGSI-LD broker for tests and the demo.

It answers as the broker recorded in ``../shared/ngsild/transcripts`` did (ETSI GS CIM 009
v1.9.1, §6.3 and §6.4): entities in four representations and as GeoJSON, by type, id, scope,
``q`` and geo-query, paging, counting, batches, refusals, tenants, types, attributes,
subscriptions with notifications, the temporal interface. :class:`Faults` switches on what
brokers in the field do otherwise, or wrongly.

Run it: ``python -m servers.broker --port 1026 --data entities.json`` with ``tests`` on
``PYTHONPATH``.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from servers import ngsi_subscriptions, ngsi_temporal, ngsi_write
from servers.ngsi_parts import (
    CONTEXT,
    CONTEXT_LINK,
    CORE_TERMS,
    DEFAULT_CONTEXT,
    GEO_JSON,
    JSON,
    LD_JSON,
    PREFIX,
    Answer,
    Broker,
    Entity,
    Faults,
    Refusal,
    Seen,
    attributes_of,
    concise,
    normalized,
    simplified,
    types_of,
)
from servers.ngsi_select import Query, feature, joined, selected, shown

__all__ = [
    "PREFIX",
    "Broker",
    "Entity",
    "Faults",
    "Query",
    "Seen",
    "concise",
    "feature",
    "normalized",
    "serve",
    "server",
    "shown",
    "simplified",
]

METHODS: Final = "GET, POST, DELETE, HEAD, OPTIONS"


# --- reading ---


def read(
    broker: Broker, path: str, pairs: list[tuple[str, str]], headers: Mapping[str, str]
) -> Answer:
    """Answer a GET."""
    media_type = _accepted(headers.get("accept", "*/*"), broker.faults)
    tenant = headers.get("ngsild-tenant", "")
    entities = _of_tenant(broker, tenant)
    query = Query(pairs, media_type == GEO_JSON).checked()
    steps = path.removeprefix(PREFIX).strip("/").split("/", 1)
    rest = steps[1] if len(steps) > 1 else None
    if steps == ["entities"]:
        found = _entities(broker, tenant, query, media_type, path)
    elif steps[0] == "entities" and rest is not None:
        found = _entity(broker, tenant, rest, query, media_type, headers)
    elif steps[0] == "types" and broker.faults.types:
        found = _types(entities, rest, query["details"] == "true")
    elif steps == ["attributes"]:
        names = list(dict.fromkeys(name for one in entities for name in attributes_of(one)))
        found = Answer(_id_list("Attribute", "attributeList", names))
    elif steps[0] == "subscriptions":
        found = ngsi_subscriptions.listed(broker, rest)
    elif path.startswith(f"{PREFIX}/temporal/entities"):
        name = path.removeprefix(f"{PREFIX}/temporal/entities").strip("/") or None
        found = _temporal(broker, tenant, query, name, path)
    elif path == f"{PREFIX}/info/sourceIdentity":
        found = Answer({"type": "ContextSourceIdentity", "contextSourceName": "stand-in"})
    else:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"no resource {path}")
    return _dressed(found, tenant)


def _dressed(found: Answer, tenant: str) -> Answer:
    if tenant:
        found.headers.insert(0, ("NGSILD-Tenant", tenant))
    if found.media_type == JSON and found.body is not None:
        found.headers.append(("Link", CONTEXT_LINK))
    return found


def _of_tenant(broker: Broker, tenant: str) -> list[Entity]:
    if tenant not in broker.tenants:
        detail = f"tenant '{tenant}' does not exist"
        raise Refusal(404, "NonexistentTenant", "NonexistentTenant", detail)
    return broker.tenants[tenant]


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


def _entities(broker: Broker, tenant: str, query: Query, media_type: str, path: str) -> Answer:
    faults = broker.faults
    entities = broker.tenants[tenant]
    found = selected(entities, query, broker, tenant)
    limit, offset = query.number("limit", 20), query.number("offset", 0)
    if faults.most is not None:
        limit = min(limit, faults.most)
    if limit == 0 and query["count"] != "true":
        raise Refusal(400, "BadRequestData", "Invalid request", "limit=0 needs count=true")
    page = found[offset : offset + limit]
    deep = faults.deepest is not None and offset >= faults.deepest
    if deep:
        page = []
    elif found and offset >= len(found) and limit and faults.past_end == "last":
        page = found[-1:]
    headers = []
    if query["count"] == "true" and faults.counts:
        headers.append(("NGSILD-Results-Count", str(len(found))))
    if query["entityMap"] == "true":
        headers.append(("NGSILD-EntityMap", f"{PREFIX}/entityMaps/urn:ngsi-ld:EntityMap:1"))
    if faults.links and limit and not deep:
        links = _links(query, limit, offset, len(found), media_type, path, loop=faults.loop)
        headers.extend([("Link", links)] if links else [])
    if query["join"] in ("inline", "flat"):
        return Answer(joined(page, entities, query), media_type, headers=headers)
    return Answer(_body(broker, tenant, page, query, media_type), media_type, headers=headers)


def _links(
    query: Query, limit: int, offset: int, total: int, media_type: str, path: str, *, loop: bool
) -> str:
    """``prev`` and ``next`` in one header, relative to the host, as recorded."""
    kept = "&".join(f"{n}={v}" for n, v in query.pairs if n not in ("limit", "offset"))
    kept = f"{kept}&" if kept else ""

    def link(rel: str, start: int) -> str:
        target = f"{path}?{kept}limit={limit}&offset={start}"
        return f'<{target}>;rel="{rel}";type="{media_type}"'

    links = []
    if offset:
        links.append(link("prev", max(0, offset - limit)))
    if loop:
        links.append(link("next", 0))
    elif offset + limit < total:
        links.append(link("next", offset + limit))
    return ", ".join(links)


def _body(
    broker: Broker, tenant: str, page: Sequence[Entity], query: Query, media_type: str
) -> Any:
    times = broker.times
    if media_type == GEO_JSON:
        features = [feature(one, query, times.get((tenant, one["id"]))) for one in page]
        return {"type": "FeatureCollection", "features": features, "@context": CONTEXT}
    context = {"@context": CONTEXT} if media_type == LD_JSON else {}
    return [{**shown(one, query, times.get((tenant, one["id"]))), **context} for one in page]


def _entity(
    broker: Broker,
    tenant: str,
    name: str,
    query: Query,
    media_type: str,
    headers: Mapping[str, str],
) -> Answer:
    found = next((one for one in broker.tenants[tenant] if one["id"] == name), None)
    if found is None:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"entity '{name}' not found")
    body = _body(broker, tenant, [found], query, media_type)
    if media_type != GEO_JSON:
        return Answer(body[0], media_type)
    if headers.get("prefer") == "body=json":
        return Answer(body["features"][0], media_type, headers=[("Link", CONTEXT_LINK)])
    return Answer({**body["features"][0], "@context": CONTEXT}, media_type)


def _temporal(broker: Broker, tenant: str, query: Query, name: str | None, path: str) -> Answer:
    entities = broker.tenants[tenant]
    told, listed = ngsi_temporal.evolution(broker, tenant, entities, query, name)
    if not listed:
        return Answer(told[0] if told else {})
    page, limit, offset = ngsi_temporal.page_of(told, query)
    links = _links(query, limit, offset, len(told), JSON, path, loop=False)
    headers = [("Link", links)] if links else []
    by = query["timeproperty"] or "observedAt"
    page, content_range = ngsi_temporal.shortened(page, by, broker.faults.moments)
    if content_range is None:
        return Answer(page, headers=headers)
    return Answer(page, status=206, headers=[*headers, ("Content-Range", content_range)])


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


# --- asking by POST, writing ---


def post(
    broker: Broker, path: str, pairs: list[tuple[str, str]], headers: Mapping[str, str], body: bytes
) -> Answer:
    """Answer a POST."""
    stated = ngsi_write.parsed_body(body, headers, broker)
    tenant = headers.get("ngsild-tenant", "")
    steps = path.removeprefix(PREFIX).strip("/").split("/")
    changed = _noting(broker)
    options = (dict(pairs).get("options") or "").split(",")
    if steps == ["entities"]:
        found = ngsi_write.create(broker, tenant, stated, changed)
    elif steps == ["entityOperations", "query"]:
        _of_tenant(broker, tenant)
        return _dressed(_posted(broker, tenant, path, pairs, headers, stated), tenant)
    elif steps[0] == "entityOperations":
        found = ngsi_write.batch(broker, tenant, steps[1], stated, options, changed)
    elif steps[0] == "entities" and steps[-1] == "attrs":
        name = "/".join(steps[1:-1])
        found = ngsi_write.patch(broker, tenant, name, stated, changed)
    elif steps == ["subscriptions"]:
        found = ngsi_subscriptions.subscribe(broker, tenant, stated)
    else:
        raise Refusal(404, "ResourceNotFound", "Not Found", f"no resource {path}")
    if tenant:
        found.headers.insert(0, ("NGSILD-Tenant", tenant))
    return found


def _noting(broker: Broker) -> Callable[[str, str, Entity, Entity | None], None]:
    def changed(tenant: str, event: str, entity: Entity, before: Entity | None) -> None:
        ngsi_subscriptions.change(broker, tenant, event, entity, before)

    return changed


def _posted(
    broker: Broker,
    tenant: str,
    path: str,
    pairs: list[tuple[str, str]],
    headers: Mapping[str, str],
    stated: Any,
) -> Answer:
    """``POST /entityOperations/query``: a Query document (§5.2.23) as parameters."""
    if not isinstance(stated, dict) or stated.get("type") != "Query":
        raise Refusal(400, "BadRequestData", "Invalid Query", "type must be Query")
    media_type = _accepted(headers.get("accept", "*/*"), broker.faults)
    asked = stated.get("entities", [])
    more: list[tuple[str, str]] = []
    for name in ("type", "id", "idPattern"):
        values = [one[name] for one in asked if name in one]
        flat = [v for one in values for v in (one if isinstance(one, list) else [one])]
        if flat:
            more.append((name, ",".join(dict.fromkeys(flat))))
    for name in ("attrs", "pick", "omit", "datasetId"):
        if name in stated:
            value = stated[name]
            more.append((name, ",".join(value) if isinstance(value, list) else value))
    more.extend((name, stated[name]) for name in ("q", "scopeQ", "lang") if name in stated)
    for name, value in stated.get("geoQ", {}).items():
        more.append((name, value if isinstance(value, str) else json.dumps(value)))
    query = Query([*more, *pairs], media_type == GEO_JSON).checked()
    found = _entities(broker, tenant, query, media_type, path)
    # Links of a POSTed query hold what the URL holds, not what the body says.
    shown_query = Query(pairs, geojson=False)
    kept = [pair for pair in found.headers if pair[0] != "Link"]
    limit, offset = query.number("limit", 20), query.number("offset", 0)
    limit = min(limit, broker.faults.most or limit)
    total = len(selected(broker.tenants[tenant], query, broker, tenant))
    links = _links(shown_query, limit, offset, total, media_type, path, loop=False)
    if links and broker.faults.links:
        kept.append(("Link", links))
    return Answer(found.body, found.media_type, headers=kept)


def patch(broker: Broker, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Answer a PATCH: of an entity or a subscription."""
    stated = ngsi_write.parsed_body(body, headers, broker)
    steps = path.removeprefix(PREFIX).strip("/").split("/")
    tenant = headers.get("ngsild-tenant", "")
    if steps[0] == "entities" and len(steps) > 1:
        end = -1 if steps[-1] == "attrs" else None
        name = "/".join(steps[1:end])
        stated = {one: value for one, value in stated.items() if one != "@context"}
        return ngsi_write.patch(broker, tenant, name, stated, _noting(broker))
    if steps[0] == "subscriptions" and steps[-1] in broker.subscriptions:
        broker.subscriptions[steps[-1]].update(stated)
        return Answer(None, status=204)
    raise Refusal(404, "ResourceNotFound", "Not Found", f"no resource {path}")


def delete(broker: Broker, path: str, headers: Mapping[str, str]) -> Answer:
    """Answer a DELETE: of an entity or a subscription."""
    first, _, name = path.removeprefix(PREFIX).strip("/").partition("/")
    if first == "entities" and "/attrs/" in name:
        entity, _, attribute = name.partition("/attrs/")
        tenant = headers.get("ngsild-tenant", "")
        return ngsi_write.delete_attribute(broker, tenant, entity, attribute, _noting(broker))
    if first == "entities" and name:
        tenant = headers.get("ngsild-tenant", "")
        return ngsi_write.delete(broker, tenant, name, _noting(broker))
    if first == "subscriptions" and name:
        return ngsi_subscriptions.unsubscribe(broker, name)
    raise Refusal(404, "ResourceNotFound", "Not Found", f"no resource {path}")


def _admit(faults: Faults, headers: Mapping[str, str]) -> None:
    if faults.token and headers.get("authorization") != f"Bearer {faults.token}":
        raise Refusal(401, "Unauthorized", "Unauthorized", "a token is needed")
    if faults.keys and not faults.keys.items() & headers.items():
        raise Refusal(401, "Unauthorized", "Unauthorized", "a key is needed")


# --- the server ------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    """One request. ``broker`` is set by :func:`server`."""

    broker: Broker
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._respond()

    do_HEAD = do_POST = do_PATCH = do_DELETE = do_PUT = do_OPTIONS = do_GET  # noqa: N815

    def _respond(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        faults = self.broker.faults
        with self.broker.lock:
            self.broker.requests.append(Seen(self.command, self.path, headers, body))
        if len(self.path) > faults.longest_url:
            page = (
                b"<html><head><title>Request too big</title></head><body>Your HTTP header was "
                b"too big for the memory constraints of this webserver.</body></html>"
            )
            self._send(414, "text/html", page)
            return
        target = urlsplit(self.path)
        pairs = parse_qsl(target.query, keep_blank_values=True)
        if self._broken(dict(pairs), target.path):
            return
        extra = [("NGSILD-Warning", faults.warning)] if faults.warning else []
        try:
            _admit(faults, headers)
            with self.broker.lock:
                found = self._answer(unquote(target.path), pairs, headers, body)
        except Refusal as refusal:
            allow = [("Allow", METHODS)] if refusal.status == 405 else []
            empty = refusal.status == 415
            self._send(refusal.status, JSON, b"" if empty else _dumped(refusal.body), allow)
            return
        sent = b"" if found.body is None else _dumped(found.body)
        kind = None if found.body is None else found.media_type
        self._send(found.status, kind, sent, extra + found.headers)
        ngsi_subscriptions.deliver(self.broker)

    def _answer(
        self, path: str, pairs: list[tuple[str, str]], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        if self.command in ("GET", "HEAD"):
            return read(self.broker, path, pairs, headers)
        if self.command == "POST":
            return post(self.broker, path, pairs, headers, body)
        if self.command == "PATCH":
            return patch(self.broker, path, headers, body)
        if self.command == "DELETE":
            return delete(self.broker, path, headers)
        if self.command == "OPTIONS":
            return Answer(None, status=204, headers=[("Allow", METHODS)])
        detail = f"{self.command} {path} — supported methods: {METHODS}"
        raise Refusal(405, "MethodNotAllowed", "Method Not Allowed", detail)

    def _broken(self, parameters: Mapping[str, str], path: str) -> bool:
        faults = self.broker.faults
        at = faults.break_at is not None and path.endswith(("/entities", "/query"))
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
        self,
        status: int,
        media_type: str | None,
        body: bytes,
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.send_response(status)
        if media_type is not None and body:
            self.send_header("Content-Type", media_type)
        for name, value in headers:
            self.send_header(name, value.encode("utf-8").decode("latin-1"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

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
