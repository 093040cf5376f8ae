"""Evidence from a package: its manifest, its report, and the ids in its data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from commonplace.crs import outside_area
from commonplace.mim7.evidence import Evidence, FileFacts, LayerFacts
from commonplace.mim7.files import encoding_faults, judged
from commonplace.mim7.identifiers import Comparison, LayerChange, change, id_report
from commonplace.mim7.oasc import tests_of_files
from commonplace.mim7.packageids import COLUMN, TypeIds, ids_of
from commonplace.package.manifest import read_manifest
from commonplace.package.report_json import to_json
from commonplace.report import Finding, Report, Severity
from commonplace.validate.outcome import Validation

#: What the names of metadata records in a package have in them.
RECORDS: Final = ("dcat", "iso19139", "iso19115", "metadata/")
DATA: Final = "data"
IDS_OF_RUN: Final = 1_000


def of_package(
    folder: Path, validation: Validation | None = None, previous: Path | None = None
) -> Evidence:
    """What a package tells of itself, and what its data show.

    Parameters
    ----------
    validation
        The outcome of validating it; without one the encodings count as not checked.
    previous
        An earlier package of the same data.

    Raises
    ------
    OSError, ValueError
        It has no manifest or no report that can be read.
    """
    manifest = read_manifest(folder)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    documents = [one.path for one in manifest.documents]
    return _gathered(folder, folder.name, report, documents, validation, previous)


def of_staging(
    staging: Path,
    report: Report,
    documents: Iterable[str],
    validation: Validation | None = None,
) -> Evidence:
    """The same of a package that is about to be assembled.

    Of the ids only the first are read: the run has looked at all.
    """
    told = to_json(report)
    told["timings"] = {}
    outputs = [{**one, "path": _rooted(one["path"])} for one in told["outputs"]]
    told["outputs"] = outputs
    title = report.title or report.job
    return _gathered(staging, title, told, list(documents), validation, None, IDS_OF_RUN)


def _rooted(path: str) -> str:
    return path if path.startswith(f"{DATA}/") else f"{DATA}/{path}"


def _gathered(
    folder: Path,
    target: str,
    report: Mapping[str, Any],
    documents: Sequence[str],
    validation: Validation | None,
    previous: Path | None,
    most: int | None = None,
) -> Evidence:
    outputs: list[dict[str, Any]] = report["outputs"]
    geometry = previous is not None
    ids = list(ids_of(folder, outputs, geometry=geometry, most=most))
    counts = {} if most is None else _counts(outputs)
    models = {name: one["model"] for one in outputs for name in one["feature_types"]}
    return Evidence(
        target=target,
        kind="package",
        layers=tuple(
            _layer(one, models.get(one.feature_type), counts.get(one.feature_type)) for one in ids
        ),
        files=tuple(_file(one, validation) for one in outputs if one["feature_types"]),
        licence=report["licence"] or None,
        publisher=report["attribution"] or None,
        records=tuple(one for one in documents if any(each in one for each in RECORDS)),
        documents=tuple(documents),
        report=report,
        findings=(*_findings(report), *_of_validation(validation)),
        comparison=_since(report) if previous is None else _compared(ids, previous),
        old_tests=tests_of_files([folder / one["path"] for one in outputs]),
    )


def _counts(outputs: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    """Rows of each feature type; an encoding may be split over several files."""
    found: Counter[tuple[str, str]] = Counter()
    for one in outputs:
        found.update({(one["format"], name): count for name, count in one["counts"].items()})
    return {name: count for (_, name), count in found.items()}


def _layer(one: TypeIds, model: str | None, count: int | None) -> LayerFacts:
    off = []
    if one.crs is not None and one.extent is not None:
        off = outside_area(one.crs, one.extent, layer=one.feature_type)
    return LayerFacts(
        name=one.feature_type,
        place=one.path,
        columns=(COLUMN,),
        rows=len(one.table),
        count=len(one.table) if count is None else count,
        ids=id_report(COLUMN, one.table.column("id")),
        crs=one.crs,
        located=one.located,
        extent=one.extent,
        crs_finding=f"{off[0].code}: {off[0].message}" if off else None,
        model=model,
    )


def _file(output: Mapping[str, Any], validation: Validation | None) -> FileFacts:
    if validation is None:
        return FileFacts(output["path"], output["format"])
    name = Path(output["path"]).name
    report = next((one for one in validation.files if Path(one.name).name == name), None)
    if report is None:
        return FileFacts(output["path"], output["format"])
    faults = encoding_faults(validation, report.name)
    return judged(output["path"], output["format"], faults, report.schema)


def _of_validation(validation: Validation | None) -> list[Finding]:
    """What validation says of coordinates and hashes, which no other evidence holds."""
    found = [] if validation is None else validation.findings.grouped()
    return [first for first, _, _ in found if first.code.startswith(("CRS_", "PACKAGE_"))]


def _findings(report: Mapping[str, Any]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code=one["code"],
            severity=Severity(one["severity"]),
            message=one["message"],
            layer=one["layer"],
            attribute=one["attribute"],
            count=one["count"],
        )
        for one in report["findings"]
    )


def _since(report: Mapping[str, Any]) -> Comparison | None:
    """What the run itself found when it compared with the package before."""
    since = report.get("since")
    if not since or since["as_of"] is None:
        return None
    changes = [
        LayerChange(
            label.partition(":")[2],
            kept=one["same"] + one["changed"],
            new=one["new"],
            gone=one["ended"],
        )
        for label, one in since["types"].items()
    ]
    return Comparison(f"the package of {since['as_of']}", tuple(changes))


def _compared(ids: Sequence[TypeIds], previous: Path) -> Comparison:
    outputs = json.loads((previous / "report.json").read_text(encoding="utf-8"))["outputs"]
    before = {one.feature_type: one.table for one in ids_of(previous, outputs, geometry=True)}
    changes = [
        change(one.feature_type, before[one.feature_type], one.table)
        for one in ids
        if one.feature_type in before
    ]
    missing = sorted(before.keys() - {one.feature_type for one in ids})
    return Comparison(previous.name, tuple(changes), tuple(missing))
