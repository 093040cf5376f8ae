"""What a child does around a run: suggest, explain, judge, publish, tell of CRSs and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from commonplace.batch import Query
from commonplace.errors import CommonplaceError, DocumentError, Problem
from commonplace.job import SourceSpec
from commonplace.report import Observer
from commonplace.sources.sniff import is_url
from commonplace.worker.child import Handler
from commonplace.worker.protocol import Message
from commonplace.worker.telling import findings_message


def suggest_mapping(request: Message, observer: Observer) -> list[Message]:
    """``suggest``: a mapping document for a layer, written where ``output`` says so."""
    from commonplace import face
    from commonplace.commands.writing import write
    from commonplace.model import UnknownName
    from commonplace.suggest import suggest_layer, write_mapping
    from commonplace.suggest.suggesting import SAMPLE

    source = request["source"]
    opened = face.open(source, auth=request.get("auth"), observer=observer)
    layer = opened.layer(request.get("layer"))
    try:
        found = suggest_layer(
            layer.description,
            layer.to_arrow(Query(limit=SAMPLE)),
            file=Path(source).stem,
            feature_type=request.get("feature_type"),
        )
    except UnknownName as error:
        problem = Problem(str(error), "feature type")
        raise DocumentError("feature type", (problem,)) from error
    written = write_mapping(found, request.get("name") or Path(source).name)
    if request.get("output"):
        write(Path(request["output"]), written.text)
    result = {
        "type": "result",
        "document": written.text,
        "layer": layer.description.name,
        "feature_types": [
            {"name": one.name, "score": one.score, "reasons": list(one.reasons)}
            for one in found.types
        ],
        "todos": list(written.problems),
        "personal": found.personal,
        "unknown": list(found.unknown),
    }
    return [result]


def explain_mapping(request: Message, observer: Observer) -> list[Message]:
    """``explain``: a mapping document's or a job's matching table, as HTML and CSV."""
    from commonplace import explaining
    from commonplace.commands.explain_page import explained_page
    from commonplace.commands.writing import write

    explained = explaining.explain(Path(request["path"]), observer)
    if request.get("html"):
        write(Path(request["html"]), explained_page(explained))
    if request.get("csv"):
        write(Path(request["csv"]), explaining.csv_text(explained))
    result = {
        "type": "result",
        "mappings": [
            {
                "name": one.document.name,
                "schema": one.document.schema,
                "matches": len(one.matches),
                "unfilled": {name: list(names) for name, names in one.unfilled.items()},
            }
            for one in explained
        ],
    }
    return [result]


def judge_mim7(request: Message, observer: Observer) -> list[Message]:
    """``mim7``: how a package, a file or a service meets MIM7, as HTML and JSON."""
    from commonplace.commands.mim7 import ROWS, links_base
    from commonplace.commands.writing import write
    from commonplace.judging import judge_target
    from commonplace.mim7.layers import Options
    from commonplace.mim7.outcome import Verdict
    from commonplace.mim7.page import page
    from commonplace.mim7.writing import json_text

    target = request["source"]
    remote = is_url(target)
    spec = SourceSpec(
        path=None if remote else Path(target),
        url=target if remote else None,
        tenant=request.get("tenant"),
        auth=request.get("auth"),
    )
    rows = 0 if request.get("all") or not remote else ROWS
    options = Options(request.get("id_column"), (), rows)
    outcome = judge_target(
        spec,
        options,
        observer,
        previous=_path(request.get("previous")),
        schemas=_path(request.get("schemas")),
    )
    if request.get("html"):
        html = Path(request["html"])
        write(html, page(outcome, links_base(html, spec.path)))
    if request.get("json"):
        write(Path(request["json"]), json_text(outcome))
    result = {
        "type": "result",
        "counts": {one.value: outcome.count(one) for one in Verdict},
        "rows": [
            {
                "requirement": one.requirement.id,
                "verdict": one.judgement.verdict.value,
                "why": one.judgement.why,
            }
            for one in outcome.rows
        ],
    }
    return [result]


def publish_entities(request: Message, observer: Observer) -> list[Message]:
    """``publish``: a package's NGSI-LD entities to a broker."""
    from dataclasses import replace

    from commonplace.publish.broker import Broker
    from commonplace.publish.connecting import client_to
    from commonplace.publish.files import published
    from commonplace.publish.ngsild import Wish, publish
    from commonplace.publish.profiles import PROFILES

    profile = PROFILES[request.get("profile", "strict")]
    wish = Wish(
        profile=replace(profile, heights=not request.get("flat", False)),
        policy="replace" if request.get("replace") else "update",
        delete_vanished=bool(request.get("delete_vanished")),
        create_tenant=bool(request.get("create_tenant")),
        dry_run=bool(request.get("dry_run")),
    )
    source = published(Path(request["path"]))
    url = request["url"]
    with client_to(url, observer, auth=request.get("auth")) as client:
        done = publish(source, Broker(url, client, request.get("tenant")), wish, observer)
    result = {
        "type": "result",
        "entities": done.entities,
        "created": done.created,
        "updated": done.updated,
        "failed": done.failed,
        "vanished": len(done.vanished),
        "deleted": done.deleted,
        "batches": done.batches,
        "bytes": done.bytes,
    }
    return [findings_message(done.findings), result]


def tell_operations(request: Message, observer: Observer) -> list[Message]:
    """``operations``: how layers would be reprojected, how accurately, and which grids miss.

    ``layers``, ``crs`` and ``extents`` go together; an extent is ``xmin,ymin,xmax,ymax`` in
    the layer's own CRS, or an empty text.
    """
    rows = zip(request["layers"], request["crs"], request["extents"], strict=False)
    told = [_operation(request, *row) for row in rows]
    return [{"type": "result", "operations": told}]


def _operation(request: Message, layer: str, source: str, extent: str) -> Message:
    from commonplace.crs import choose

    accuracy = request.get("accuracy")
    ordinates = [float(one) for one in extent.split(",")] if extent else []
    area = (ordinates[0], ordinates[1], ordinates[2], ordinates[3]) if ordinates else None
    try:
        chosen = choose(
            source,
            request["target"],
            layer=layer,
            area=area,
            accuracy=float(accuracy) if accuracy else None,
            grids=_path(request.get("grids")),
        ).report
    except CommonplaceError as error:
        return {
            "layer": layer,
            "error": error.message,
            "hint": error.hint,
            "code": error.code,
        }
    return {
        "layer": layer,
        "source": chosen.source,
        "target": chosen.target,
        "name": chosen.name,
        "accuracy": chosen.accuracy,
        "grids": list(chosen.grids),
        "missing_grids": list(chosen.missing_grids),
        "alternatives": list(chosen.alternatives),
    }


def tell_rules(request: Message, observer: Observer) -> list[Message]:
    """``rules``: the catalogue of the validator's rules."""
    return [{"type": "result", "rules": dict(_rules())}]


def _rules() -> Iterator[tuple[str, Message]]:
    from commonplace.validate.catalogue import FAMILIES

    for family, rules in FAMILIES:
        for one in rules:
            yield (
                one.code,
                {
                    "family": family,
                    "severity": one.severity.value,
                    "title": one.title,
                    "clause": one.clause,
                    "fix": one.fix,
                },
            )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


DELIVERING: Final[Mapping[str, Handler]] = {
    "suggest": suggest_mapping,
    "explain": explain_mapping,
    "mim7": judge_mim7,
    "publish": publish_entities,
    "operations": tell_operations,
    "rules": tell_rules,
}
