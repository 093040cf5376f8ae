"""What a child does for those who connect to sources: look, load a layer, follow a broker."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Protocol, cast, runtime_checkable
from urllib.parse import urlsplit

from commonplace.batch import Layer
from commonplace.bounds import Bounds
from commonplace.errors import DocumentError, Problem
from commonplace.job import NgsiSpec, SourceKind, SourceSpec
from commonplace.report import Finding, Findings, Observer
from commonplace.sources import open_source
from commonplace.sources.sniff import is_url
from commonplace.worker.child import Handler
from commonplace.worker.protocol import Message
from commonplace.worker.telling import findings_message

LOADS: Final = ("commonplace.loading", "commonplace.sources.ogcapi", "commonplace.sources.wfs")
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
POLL_SECONDS: Final = 15.0


def inspect_source(request: Message, observer: Observer) -> list[Message]:
    """``inspect``: what a source (an address or a path) holds."""
    source = open_source(_spec(request), observer)
    layers = [_described(one) for one in source.layers()]
    evidence = source.evidence()
    result = {
        "type": "result",
        "kind": evidence.kind,
        "address": evidence.address,
        "title": evidence.details.get("title"),
        "layers": layers,
    }
    return [_told(source.findings()), result]


def load_layer(request: Message, observer: Observer) -> list[Message]:
    """``load``: a layer as a GeoPackage; its first features before, where they are asked for."""
    from commonplace.loading import load

    tell = _teller(observer)
    loaded = load(
        _spec(request),
        request.get("layer"),
        Path(request["target"]),
        replace_target=bool(request.get("replace")),
        first=int(request.get("first") or 0),
        told=lambda some: tell(
            {"type": "part", "path": str(some.path), "layer": some.table, "count": some.count}
        ),
        observer=observer,
    )
    written = loaded.written
    result = {
        "type": "result",
        "path": str(written.path),
        "kind": loaded.evidence.kind,
        "address": loaded.evidence.address,
        "count": written.count,
        "layer": _described(loaded.layer)
        | {"table": written.table, "geometry_type": written.geometry_type}
        | {"time_field": written.columns.get(loaded.layer.time_field or "")},
    }
    return [_told(loaded.findings), result]


def watch_broker(request: Message, observer: Observer) -> list[Message]:
    """``watch``: entity types of a broker in a GeoPackage that is kept in step, until cancelled.

    Without ``listen``, only a broker on this machine can notify; others are asked again.
    """
    from commonplace.watching import Listening, watch

    tell = _teller(observer)
    spec = replace(_spec(request), kind="ngsild")
    nearby = urlsplit(spec.url or "").hostname in LOOPBACK
    host, _, port = str(request.get("listen") or "").rpartition(":")
    listening = Listening(None)
    if host and port.isdigit():
        listening = Listening(host.strip("[]"), int(port), request.get("reachable_as"))
    elif nearby:
        listening = Listening()
    every = request.get("every") or (None if nearby or host else POLL_SECONDS)
    watched = watch(
        spec,
        request["layers"],
        Path(request["target"]),
        listening=listening,
        every=every,
        replace=bool(request.get("replace")),
        observer=observer,
        changed=lambda name, counts: tell(
            {
                "type": "changed",
                "path": request["target"],
                "layer": name,
                "added": counts.added,
                "changed": counts.changed,
                "removed": counts.removed,
            }
        ),
    )
    result = {
        "type": "result",
        "path": request["target"],
        "subscribed": watched.subscribed,
        "notifications": watched.notifications,
        "readings": watched.readings,
    }
    return [_told(watched.findings), result]


def get_ready() -> None:
    """Load what a layer's loading needs."""
    for name in LOADS:
        importlib.import_module(name)


def _spec(request: Message) -> SourceSpec:
    """The source that a request states."""
    address = request["source"]
    remote = is_url(address)
    spec = SourceSpec(
        url=address if remote else None,
        path=None if remote else Path(address),
        kind=cast("SourceKind | None", request.get("kind")),
        auth=request.get("auth"),
        tenant=request.get("tenant"),
        context=request.get("context"),
        bbox=_box(request.get("bbox")),
        bbox_crs=request.get("bbox_crs"),
        limit=int(request["limit"]) if request.get("limit") else None,
    )
    condition = request.get("filter")
    if condition and request.get("kind") == "ngsild":
        return replace(spec, ngsi=NgsiSpec(q=condition))
    return replace(spec, filter=condition or None)


def _box(text: str | None) -> Bounds | None:
    if not text:
        return None
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        problem = Problem("expected four numbers: west,south,east,north", "bbox")
        raise DocumentError("load", (problem,)) from None
    return west, south, east, north


def _described(layer: Layer) -> dict[str, Any]:
    return {
        "name": layer.name,
        "title": layer.title,
        "fields": [{"name": one.name, "type": one.type} for one in layer.fields],
        "geometry_type": layer.geometry_type,
        "crs": layer.crs,
        "extent": layer.extent,
        "count": layer.count,
        "count_is_estimate": layer.count_is_estimate,
        "licence": layer.licence,
        "time_field": layer.time_field,
    }


def _told(found: list[Finding] | tuple[Finding, ...]) -> Message:
    findings = Findings()
    findings.extend(found)
    return findings_message(findings)


@runtime_checkable
class _Tells(Protocol):
    """An observer that passes messages on; the child's own is a class of ``__main__``."""

    def tell(self, message: Message) -> None: ...


def _teller(observer: Observer) -> Callable[[Message], None]:
    return observer.tell if isinstance(observer, _Tells) else lambda _message: None


CONNECTING: Final[Mapping[str, Handler]] = {
    "inspect": inspect_source,
    "load": load_layer,
    "watch": watch_broker,
}
