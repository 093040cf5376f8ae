"""What a child does for each request.

A handler returns the messages that end the request, the last of which is its ``result``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from commonplace.jobreading import parse_job
from commonplace.mapping.compile import compile_mapping
from commonplace.mapping.document import parse_mapping
from commonplace.model import load_model
from commonplace.pipeline import run
from commonplace.report import Observer, Report, Severity
from commonplace.worker import connecting
from commonplace.worker.child import Handler
from commonplace.worker.connecting import CONNECTING
from commonplace.worker.delivering import DELIVERING
from commonplace.worker.packages import PACKAGES, write_project
from commonplace.worker.protocol import EDITING, Message
from commonplace.worker.telling import (
    MOST_FINDINGS,
    counts_by_rule,
    finding_message,
    findings_message,
)


def run_job(request: Message, observer: Observer) -> list[Message]:
    """``run``: a job, as text, to a package."""
    overrides = dict(request.get("overrides") or {})
    if request.get("since_last"):
        overrides["since_last"] = "true"
    job = parse_job(request["job"], Path(request["folder"]), overrides)
    report = run(job, observer, resume=bool(request.get("resume")))
    return [findings_message(report.findings), result_message(report, job.output.folder)]


def check_document(request: Message, observer: Observer) -> list[Message]:
    """``check``: refuse a mapping document, or say which layers its feature types read."""
    document = parse_mapping(request["document"], name=request.get("name", "mapping"))
    compiled = compile_mapping(document, load_model())
    layers = {one.name: list(one.layers) for one in compiled.types if one.reads_layers}
    return [{"type": "result", "schema": compiled.schema, "layers": layers}]


def validate_paths(request: Message, observer: Observer) -> list[Message]:
    """``validate``: files and folders; with ``html``, a page of what was found is written."""
    from commonplace.commands.validation_page import page
    from commonplace.commands.writing import write
    from commonplace.validation import validate

    schemas = request.get("schemas")
    outcome = validate(
        [Path(one) for one in request["paths"]],
        schemas=Path(schemas) if schemas else None,
        observer=observer,
    )
    if request.get("html"):
        write(Path(request["html"]), page(outcome))
    shown = [
        one for _, _, examples in outcome.findings.grouped()[:MOST_FINDINGS] for one in examples
    ]
    result = {
        "type": "result",
        "features": sum(sum(one.features.values()) for one in outcome.files),
        "files": len(outcome.files),
        "schemas": str(outcome.schemas) if outcome.schemas else None,
        "counts": {one.value: outcome.findings.count(one) for one in Severity},
        "rules": counts_by_rule(outcome.findings),
        "findings": [finding_message(one) for one in shown],
    }
    return [findings_message(outcome.findings), result]


def convert_file(request: Message, observer: Observer) -> list[Message]:
    """``convert``: a file, package, folder or zip to another encoding.

    ``project`` is written too: a QGIS project that opens what was made.
    """
    from commonplace.convert import convert

    target = Path(request["target"])
    report = convert(
        Path(request["source"]),
        target,
        source_encoding=request.get("from"),
        to=request.get("to"),
        crs=request.get("crs"),
        schema=request.get("schema"),
        overwrite=bool(request.get("replace")),
        observer=observer,
    )
    if request.get("project"):
        write_project(report, target, Path(request["project"]))
    result = {
        "type": "result",
        "counts": {name: n for one in report.outputs for name, n in one.counts.items()},
        "outputs": [one.path for one in report.outputs],
        "losses": [text for losses in report.losses.values() for text in losses],
    }
    return [findings_message(report.findings), result]


def result_message(report: Report, folder: Path) -> Message:
    """Where the package is and what is in it. Paths of outputs are relative to it."""
    return {
        "type": "result",
        "package": str(folder),
        "report": str(folder / "report.html"),
        "counts": {
            "read": sum(one.read for one in report.layers.values()),
            "rejected": sum(one.rejected for one in report.layers.values()),
            "written": {name: one.written for name, one in report.types.items()},
            "changes": _changes(report),
            "findings": {one.value: report.findings.count(one) for one in Severity},
        },
        "outputs": [
            {
                "path": one.path,
                "format": one.format,
                "media_type": one.media_type,
                "feature_types": list(one.feature_types),
            }
            for one in report.outputs
        ],
    }


def edit_document(request: Message, observer: Observer) -> list[Message]:
    """What editors of mapping documents ask, in a module that only they need."""
    from commonplace.worker.authoring import AUTHORING

    return AUTHORING[request["type"]](request, observer)


def get_ready(kind: str) -> None:
    """Load what the next request will need, after one of a kind."""
    if kind in CONNECTING:
        connecting.get_ready()
        return
    from commonplace.worker import authoring

    authoring.get_ready()


def _changes(report: Report) -> dict[str, dict[str, int]] | None:
    """What became of objects since the package before, by type; None without comparison."""
    if report.since is None:
        return None
    return {
        name: {
            "new": one.new,
            "changed": one.changed,
            "same": one.same,
            "ended": one.ended,
            "rejected": one.rejected,
        }
        for name, one in report.since.types.items()
    }


HANDLERS: Final[Mapping[str, Handler]] = {
    "run": run_job,
    "check": check_document,
    "validate": validate_paths,
    "convert": convert_file,
    **CONNECTING,
    **DELIVERING,
    **PACKAGES,
    **dict.fromkeys(EDITING, edit_document),
}
