"""A mapping document over a few rows, before it is saved: problems, objects, findings."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from commonplace.batch import GEOMETRY, Query, Source
from commonplace.documents import parse_document
from commonplace.errors import DocumentError, Problem
from commonplace.job import Job
from commonplace.jobreading import parse_job
from commonplace.mapping.compile import WARNINGS, check_mapping
from commonplace.mapping.document import MappingDocument, mapping_of
from commonplace.mapping.inheritance import resolve
from commonplace.model import load_model
from commonplace.report import Observer
from commonplace.sampling import Sample, sample_here
from commonplace.sources import open_source

Json = dict[str, Any]

MOST_ROWS: Final = 200
SOURCE: Final = "layers"
_MAPPING: Final = "mapping.yaml"


def preview(
    text: str,
    source: Path,
    tables: Mapping[str, Sequence[str]],
    observer: Observer,
    *,
    folder: Path | None = None,
    crs: str | None = None,
    rows: int = 10,
) -> Json:
    """Check a mapping document against layers and map their first rows.

    Parameters
    ----------
    source
        A file with the layers.
    tables
        The layers that each section of the document reads, by section.
    folder
        Where the documents and tables lie that this one names.
    rows
        How many of each layer, at most :data:`MOST_ROWS`.

    Returns
    -------
    dict
        ``problems`` (with ``path``, ``code``, ``severity``, ``message``, ``hint``) and
        ``layers``, each with its rows: ``source``, ``objects``, ``findings``. There are no rows
        where a problem is an error.

    Raises
    ------
    SourceError, CrsError, LimitExceeded
    """
    with tempfile.TemporaryDirectory() as name:
        try:
            document = _laid_out(text, folder, Path(name))
            job = _job(Path(name), source, tables, crs)
            opened = open_source(job.sources[SOURCE], observer)
            problems = _problems(document, opened, tables)
            whole = not any(one["severity"] == "error" for one in problems)
            samples = sample_here(job, min(rows, MOST_ROWS), observer) if whole else []
        except DocumentError as error:
            return {"problems": [_problem(one) for one in error.problems], "layers": []}
    layers = [_layer(one, _attributes(opened, one.layer, len(one.rows))) for one in samples]
    return {"problems": problems, "layers": layers}


def _laid_out(text: str, folder: Path | None, work: Path) -> MappingDocument:
    """The document with all that it names, written where a job can read it."""
    resolved = resolve(parse_document(text, name=_MAPPING, folder=folder))
    for path, content in resolved.bases:
        if not path.startswith("library/"):
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_text(content, encoding="utf-8")
    (work / _MAPPING).write_text(text, encoding="utf-8")
    return mapping_of(resolved)


def _job(work: Path, source: Path, tables: Mapping[str, Sequence[str]], crs: str | None) -> Job:
    document: Json = {
        "title": "preview",
        "licence": "none",
        "attribution": "none",
        "sources": {SOURCE: {"path": str(source)}},
        "datasets": [
            {
                "mapping": _MAPPING,
                "source": [SOURCE],
                "layers": {name: list(one) for name, one in tables.items()},
            }
        ],
        "output": {"folder": "nothing", "formats": ["geojson"]},
    }
    if crs is not None:
        document["crs"] = {"target": crs}
    return parse_job(json.dumps(document), work)


def _problems(
    document: MappingDocument, source: Source, tables: Mapping[str, Sequence[str]]
) -> list[Json]:
    layers = {SOURCE: source.layers()}
    found = check_mapping(document, load_model(), layers, tables)
    return [_problem(one) for one in found]


def _problem(one: Problem) -> Json:
    return {
        "path": one.path,
        "line": one.line,
        "code": one.code,
        "severity": "warning" if one.code in WARNINGS else "error",
        "message": one.message,
        "hint": one.hint,
    }


def _attributes(source: Source, layer: str, rows: int) -> list[Json]:
    """All attributes of the first rows, those too that nothing reads."""
    query = Query(limit=rows)
    batches = source.batches(source.layer(layer), query) if rows else ()
    found = [row for batch in batches for row in batch.to_pylist()][:rows]
    for row in found:
        row.pop(GEOMETRY, None)
    return found


def _layer(one: Sample, attributes: Sequence[Json]) -> Json:
    return {
        "layer": one.layer,
        "rows": [
            {
                "source": {name: _plain(value) for name, value in {**whole, **row.source}.items()},
                "objects": [
                    {
                        "section": made.section,
                        "type": made.feature_type,
                        "id": made.local_id,
                        "properties": made.properties,
                    }
                    for made in row.made
                ],
                "findings": [_finding(each) for each in row.findings],
            }
            for row, whole in zip(one.rows, attributes, strict=False)
        ],
        "findings": [_finding(each) for each in one.findings],
    }


def _finding(one: Any) -> Json:
    told = asdict(one)
    return {
        name: told[name]
        for name in ("code", "severity", "attribute", "value", "message", "fix", "count")
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
