"""What a run knows of its data sets, handed to those who write metadata and provenance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from commonplace import crs, metadata
from commonplace.bounds import Bounds
from commonplace.job import Job
from commonplace.model import load_model
from commonplace.model.types import is_entity_schema
from commonplace.planning import Read, Work
from commonplace.report import LayerLedger, OutputFile, Report, Severity
from commonplace.validate.outcome import Validation

Outputs = Mapping[str, Sequence[OutputFile]]
FOLDER = "metadata"


def describe(
    job: Job,
    works: Sequence[Work],
    outputs: Outputs,
    report: Report,
    validation: Validation | None = None,
) -> list[tuple[str, bytes]]:
    """The records of all data sets, in each form; what they lack goes to the report.

    Several data sets are a series, which has a record too. ``outputs`` are each data set's
    files, with their sizes and hashes.
    """
    names = [work.plan.dataset.name for work in works]
    series = None if len(works) == 1 else "series" if "series" not in names else f"{job.name}-all"
    facts = [
        replace(
            _facts(job, work, tuple(outputs[work.plan.dataset.name]), series=series),
            series_namespace=works[0].plan.dataset.namespace,
            checked=_checked(outputs[work.plan.dataset.name], validation, report),
        )
        for work in works
    ]
    records = [metadata.make_record(job.metadata, one) for one in facts]
    documents: list[tuple[str, bytes]] = []
    for record in records:
        report.findings.extend(metadata.missing(record))
        documents += _forms(record)
    if series is not None:
        whole = metadata.series_of(series, facts, job.title)
        documents += _forms(metadata.make_record(job.metadata, whole))
    return documents + _stac(job, records)


def _checked(
    outputs: Sequence[OutputFile], validation: Validation | None, report: Report
) -> metadata.Checked | None:
    """What validation made of a data set's GML documents."""
    names = {PurePosixPath(one.path).name for one in outputs if one.format == "gml"}
    if validation is None or not names:
        return None
    errors = sum(
        count
        for first, count, _ in validation.findings.grouped()
        if first.severity is Severity.ERROR and PurePosixPath(first.layer or "").name in names
    )
    version = report.versions.get("commonplace", "")
    return metadata.Checked(errors, validation.schemas is not None, f"commonplace {version}")


def _forms(record: metadata.Record) -> list[tuple[str, bytes]]:
    name = record.facts.name
    return [
        (f"{FOLDER}/{name}.xml", metadata.iso_19139(record)),
        (f"{FOLDER}/{name}.ttl", metadata.turtle(record).encode()),
        (f"{FOLDER}/{name}.jsonld", metadata.json_ld(record).encode()),
        (f"{FOLDER}/{name}.json", metadata.ogc_record(record).encode()),
    ]


def _stac(job: Job, records: Sequence[metadata.Record]) -> list[tuple[str, bytes]]:
    """A static STAC catalogue: a collection with an item a data set."""
    about = job.description or job.metadata.abstract or job.title
    texts = {"stac/collection.json": metadata.stac_collection(records, job.title, about)}
    for record in records:
        texts[f"stac/items/{record.facts.name}.json"] = metadata.stac_item(record)
    return [(name, text.encode()) for name, text in texts.items()]


def trace(
    job: Job,
    works: Sequence[Work],
    outputs: Outputs,
    documents: Sequence[tuple[str, bytes]],
    report: Report,
) -> bytes:
    """The provenance of all files; ``documents`` are the job and its mappings."""
    courses = [_course(job, work, outputs, report) for work in works]
    plans = [one for one in documents if one[0] == "job.yaml" or one[0].startswith("mappings/")]
    return metadata.provenance(report, courses, plans).encode()


def _facts(
    job: Job, work: Work, outputs: tuple[OutputFile, ...], *, series: str | None
) -> metadata.Facts:
    dataset = work.plan.dataset
    schema = load_model().schema(dataset.schema)
    codes = dict.fromkeys(one.crs for one in outputs if one.crs is not None)
    return metadata.Facts(
        name=dataset.name,
        job=job.name,
        title=job.title,
        description=job.description,
        namespace=dataset.namespace,
        language=dataset.language,
        schema=dataset.schema,
        schema_title=schema.title,
        schema_uri=schema.namespace,
        theme=None if is_entity_schema(dataset.schema) else schema.theme,
        licence=job.licence,
        attribution=job.attribution,
        as_of=dataset.as_of,
        lineage=dataset.lineage,
        outputs=outputs,
        crs=tuple(crs.uri(one) for one in codes),
        extent=extent_of([work]),
        siblings=series is not None,
        series=series,
    )


def extent_of(works: Sequence[Work]) -> Bounds | None:
    """The box around all that was written, in degrees, to the next outer millionth."""
    found = [
        piece.bounds
        for work in works
        for result in work.results
        for made in result.types
        for piece in list(made.pieces.values())[:1]
        if piece.bounds is not None
    ]
    if not found:
        return None
    west, south, east, north = zip(*found, strict=True)
    code = works[0].plan.dataset.crs.code
    box = crs.bounds_to_lonlat(code, (min(west), min(south), max(east), max(north)))
    if box is None:
        return None
    return (_down(box[0]), _down(box[1]), -_down(-box[2]), -_down(-box[3]))


def _down(degrees: float) -> float:
    return math.floor(degrees * 1e6) / 1e6


def _course(job: Job, work: Work, outputs: Outputs, report: Report) -> metadata.Course:
    name = work.plan.dataset.name
    spec = next(one for one in job.datasets if (one.name or one.mapping.stem) == name)
    documents = (work.document.name, *(base for base, _ in work.document.bases))
    geometry = job.geometry
    return metadata.Course(
        name=name,
        schema=work.plan.dataset.schema,
        mappings=tuple(f"mappings/{one}" for one in documents),
        parameters={
            "mapping": dict(spec.parameters),
            "on_error": job.on_error,
            "geometry": {
                "repair": geometry.repair,
                "tolerance": geometry.tolerance,
                "keep_z": geometry.keep_z,
            },
            "crs": {"target": job.crs.target, "accuracy": job.crs.accuracy},
        },
        layers=tuple(_layers(work, report)),
        outputs=tuple(outputs[name]),
        counts={
            label.partition(":")[2]: ledger.written
            for label, ledger in report.types.items()
            if label.partition(":")[0] == name
        },
    )


def _layers(work: Work, report: Report) -> Iterator[metadata.LayerCourse]:
    for read in work.reads:
        yield metadata.LayerCourse(
            label=read.label,
            source=read.source_name,
            name=read.layer.name,
            request=_request(read),
            types=tuple(one.name for one in read.types),
            ledger=report.layers.get(read.label, LayerLedger()),
            operation=read.operation.report if read.operation is not None else None,
            joined=(*read.bases, *(one.source_name for one in read.joins)),
        )


def _request(read: Read) -> dict[str, object]:
    query = read.query
    asked = {
        "columns": list(query.columns) if query.columns is not None else None,
        "bbox": list(query.bbox) if query.bbox is not None else None,
        "bbox_crs": query.bbox_crs,
        "where": dict(query.where),
        "limit": query.limit,
        "joined": [
            {
                "name": one.join.name,
                "source": one.source_name,
                "layer": one.layer.name,
                "columns": list(one.columns),
            }
            for one in read.joins
        ],
    }
    return {key: value for key, value in asked.items() if value not in (None, [], {})}
