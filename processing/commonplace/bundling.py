"""Descriptors of the package as a whole, and the code lists that travel in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from commonplace import metadata
from commonplace.bounds import Bounds
from commonplace.job import Job
from commonplace.model import load_model
from commonplace.model.types import CodeList
from commonplace.package import media_type
from commonplace.package.readme import purpose
from commonplace.report import OutputFile, Report, TypeFacts

Documents = list[tuple[str, bytes]]
Outputs = Mapping[str, Sequence[OutputFile]]

CODE_COLUMNS: Final = ("code", "label", "definition", "parent", "uri")
UNHASHED: Final = ("README.md", "package.json", "report.html", "report.json", "checksums.sha256")


def code_lists(report: Report) -> Documents:
    """The values of the code lists that objects have codes of, a CSV file a list."""
    used = {
        one.code_list
        for facts in report.facts.values()
        for one in facts.properties.values()
        if one.code_list is not None and one.filled
    }
    found = [load_model().code_list(uri) for uri in sorted(used)]
    made: dict[str, bytes] = {}
    for one in found:
        if one is not None and one.values:
            name = one.name if f"codelists/{one.name}.csv" not in made else f"{one.name}_2"
            made[f"codelists/{name}.csv"] = _rows(one)
    return list(made.items())


def _rows(codes: CodeList) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CODE_COLUMNS)
    for one in codes.values:
        writer.writerow((one.local, one.label, one.definition or "", one.parent or "", one.uri))
    return text.getvalue().encode()


def descriptors(
    job: Job,
    outputs: Outputs,
    documents: Sequence[tuple[str, bytes]],
    extent: Bounds | None,
    staging: Path,
    report: Report,
) -> Documents:
    """RO-Crate and Data Package.

    Parameters
    ----------
    documents
        All others of the package.
    extent
        (west, south, east, north) in degrees.
    """
    form = job.metadata
    bundle = metadata.Bundle(
        name=job.name,
        title=job.title,
        description=job.description or form.abstract or job.title,
        licence=job.licence,
        publisher=job.attribution,
        as_of=report.as_of,
        engine=report.versions.get("commonplace", ""),
        files=tuple(_files(outputs, documents, staging, report)),
        sources=tuple(
            metadata.BundledSource(str(one["source"]), str(one["kind"]), str(one["address"]))
            for one in report.inputs
        ),
        keywords=tuple(form.keywords),
        extent=extent,
        contact=form.contact.organisation,
        email=form.contact.email,
        url=form.contact.url,
    )
    tables = (metadata.DATA_PACKAGE, metadata.data_package(bundle).encode())
    crate = metadata.ro_crate(replace(bundle, files=(*bundle.files, _document(*tables))))
    return [tables, (metadata.RO_CRATE, crate.encode())]


def _files(
    outputs: Outputs, documents: Sequence[tuple[str, bytes]], staging: Path, report: Report
) -> Iterator[metadata.BundledFile]:
    for dataset, files in outputs.items():
        for one in files:
            yield _data(dataset, one, staging, report)
    for name, content in documents:
        yield _document(name, content)
    for name in UNHASHED:
        yield metadata.BundledFile(name, media_type(name), purpose(name))


def _document(name: str, content: bytes) -> metadata.BundledFile:
    return metadata.BundledFile(
        path=name,
        media_type=media_type(name),
        title=purpose(name),
        size=len(content),
        sha256=sha256(content).hexdigest(),
        columns=tuple((one, "string") for one in CODE_COLUMNS if name.startswith("codelists/")),
    )


def _data(dataset: str, output: OutputFile, staging: Path, report: Report) -> metadata.BundledFile:
    schema = load_model().schema(output.model) if output.model else None
    known = None if schema is None else metadata.Model(schema.namespace, schema.title or schema.key)
    columns: tuple[tuple[str, str], ...] = ()
    if output.path.endswith(".csv"):
        label = f"{dataset}:{next(iter(output.feature_types), '')}"
        facts = report.facts.get(label, TypeFacts())
        columns = tuple(_columns(staging / output.path, facts))
    return metadata.BundledFile(
        path=output.path,
        media_type=output.media_type,
        title=", ".join(output.feature_types) or _aside(output.path),
        size=output.size,
        sha256=output.sha256,
        format=output.format,
        dataset=dataset,
        counts=output.counts,
        model=known,
        crs=output.crs,
        columns=columns,
    )


def _aside(path: str) -> str:
    """What a file is that goes with others of its format."""
    return "ids of objects and entities" if path.endswith(".csv") else "terms of the entities"


def _columns(path: Path, facts: TypeFacts) -> Iterator[tuple[str, str]]:
    """The columns in the file's order; what is not known better is text."""
    types = {name.replace(".", "_"): one.type for name, one in facts.properties.items()}
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    for name in header:
        yield name, types.get(name, "number" if name in ("x", "y") else "string")
