"""What a child does for each request.

A handler returns the messages that end the request, the last of which is its ``result``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from commonplace.job import SourceSpec, parse_job
from commonplace.mapping.compile import compile_mapping
from commonplace.mapping.document import parse_mapping
from commonplace.model import load_model
from commonplace.pipeline import run
from commonplace.report import Findings, Observer, Report, Severity
from commonplace.sources import open_source
from commonplace.sources.sniff import is_url
from commonplace.worker.child import Handler
from commonplace.worker.protocol import Message

MOST_FINDINGS: Final = 200
LONGEST_TEXT: Final = 2_000


def run_job(request: Message, observer: Observer) -> list[Message]:
    """``run``: a job, as text, to a package."""
    job = parse_job(request["job"], Path(request["folder"]), request.get("overrides"))
    report = run(job, observer)
    return [findings_message(report.findings), result_message(report, job.output.folder)]


def check_document(request: Message, observer: Observer) -> list[Message]:
    """``check``: refuse a mapping document, or say which layers its feature types read."""
    document = parse_mapping(request["document"], name=request.get("name", "mapping"))
    compiled = compile_mapping(document, load_model())
    layers = {one.name: list(one.layers) for one in compiled.types if one.reads_layers}
    return [{"type": "result", "schema": compiled.schema, "layers": layers}]


def inspect_source(request: Message, observer: Observer) -> list[Message]:
    """``inspect``: what a source (an address or a path) holds."""
    address = request["source"]
    spec = SourceSpec(url=address) if is_url(address) else SourceSpec(path=Path(address))
    layers = [
        {
            "name": layer.name,
            "title": layer.title,
            "fields": [{"name": one.name, "type": one.type} for one in layer.fields],
            "geometry_type": layer.geometry_type,
            "crs": layer.crs,
            "extent": layer.extent,
            "count": layer.count,
        }
        for layer in open_source(spec, observer).layers()
    ]
    return [{"type": "result", "layers": layers}]


def findings_message(findings: Findings) -> Message:
    """Counts of findings, worst first; at most :data:`MOST_FINDINGS` kinds."""
    grouped = findings.grouped()
    return {
        "type": "findings",
        "kinds": len(grouped),
        "counts": [
            {
                "code": first.code,
                "severity": first.severity,
                "layer": first.layer,
                "attribute": first.attribute,
                "count": count,
                "message": first.message[:LONGEST_TEXT],
                "fix": first.fix[:LONGEST_TEXT] if first.fix else None,
            }
            for first, count, _ in grouped[:MOST_FINDINGS]
        ],
    }


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


HANDLERS: Final[Mapping[str, Handler]] = {
    "run": run_job,
    "check": check_document,
    "inspect": inspect_source,
}
