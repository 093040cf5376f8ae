"""The end of a run: pieces joined into files, and everything accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pyarrow as pa

from commonplace import exchange
from commonplace.errors import TooManyRejected
from commonplace.formats import FORMATS
from commonplace.formats.base import Begun
from commonplace.geometry.reading import read_column
from commonplace.job import Job
from commonplace.package.drawing import MOST, draw
from commonplace.planning import Read, Work
from commonplace.profiling import together
from commonplace.report import (
    Finding,
    Findings,
    LayerLedger,
    Observer,
    OutputFile,
    Report,
    Severity,
    TypeLedger,
)
from commonplace.stages import CARRIED

DATA: str = "data"

#: How far from a curve a drawing may be, in units of its CRS.
CURVES: Final = 0.01


def refuse_too_many(job: Job, works: list[Work]) -> None:
    """Stop when more rows were rejected than the job allows.

    Raises
    ------
    TooManyRejected
        Naming the commonest findings.
    """
    ledgers = [result.ledger for work in works for result in work.source_results()]
    rejected = sum(one.rejected for one in ledgers)
    read = sum(one.read for one in ledgers)
    if not job.rejected_too_many(rejected, read):
        return
    findings = Findings()
    for work in works:
        findings.merge(work.all_findings())
    worst = [f"{count} × {first.code}: {first.message}" for first, count, _ in findings.grouped()]
    raise TooManyRejected(
        f"{rejected} of {read} rows were rejected; the job allows {job.max_rejected}:\n  "
        + "\n  ".join(worst[:5]),
        hint="mend the source or the mapping, or raise max_rejected",
    )


def finish_dataset(
    work: Work,
    begun: Mapping[str, Begun],
    staging: Path,
    report: Report,
    observer: Observer,
) -> None:
    """Join the pieces of all formats, at the same time, into ``staging/data``; and account for
    the data set meanwhile.

    ``begun`` are files that formats have begun already.
    """
    folder = staging / DATA
    folder.mkdir(parents=True, exist_ok=True)
    dataset = work.plan.dataset
    shapes = work.plan.compiled.shapes()
    types = list(shapes)
    sections = [one.name for one in work.plan.compiled.types]
    formats = work.plan.formats

    def join(name: str) -> list[OutputFile]:
        made = [one for result in work.results for one in result.types if one.count]
        made.sort(key=lambda one: (types.index(one.feature_type), sections.index(one.section)))
        pieces = [one.pieces[name] for one in made]
        if name in begun:
            return begun[name].finish(pieces, folder)
        return FORMATS[name].finish(dataset, shapes, pieces, folder)

    with ThreadPoolExecutor(max_workers=len(formats)) as pool:
        joined = pool.map(join, formats)
        _account(work, report)
        for name, files in zip(formats, joined, strict=True):
            observer.message(f"wrote {name}")
            report.outputs.extend(files)
    for name in formats:
        losses = [
            f"{shape.name}: {loss}"
            for shape in shapes.values()
            for loss in FORMATS[name].losses(shape)
        ]
        if losses:
            report.losses.setdefault(name, []).extend(losses)
    for reference in _dangling(work):
        report.findings.add(_no_object(work, reference))


def _dangling(work: Work) -> list[str]:
    ids: dict[str, list[Path]] = {}
    for result in work.results:
        for one in result.types:
            ids.setdefault(one.feature_type, []).append(one.ids)
    named = [one.references for result in work.results for one in result.types]
    return exchange.dangling(named, list(ids.items()), work.plan.work)


def _no_object(work: Work, reference: str) -> Finding:
    return Finding(
        code="REFERENCE_DANGLING",
        severity=Severity.ERROR,
        message=f"{reference} is referred to, but there is no such object",
        layer=work.plan.dataset.name,
        attribute="xlink:href",
        value=reference,
        fix="see the findings on the object: it may have been rejected",
    )


def account_sources(works: list[Work], report: Report) -> None:
    """Say in the report what was read, and what the sources found."""
    sources = {read.source_name: read.source for work in works for read in work.reads}
    for read in (one for work in works for one in work.reads):
        sources |= read.bases | {one.source_name: one.source for one in read.joins}
    for name, source in sources.items():
        evidence = source.evidence()
        report.inputs.append(
            {"source": name, "kind": evidence.kind, "address": evidence.address, **evidence.details}
        )
        report.findings.extend(source.findings())


def _account(work: Work, report: Report) -> None:
    """Fill the report: ledger, findings, what was left unused or unfilled."""
    report.findings.merge(work.all_findings())
    _account_layers(work, report)
    _account_types(work, report)
    for read in work.reads:
        unused = work.unused_columns(read)
        if unused:
            report.unused_columns[read.label] = unused
        known = read.layer.field_names
        ignored = {one: why for one, why in work.document.ignore.items() if one in known}
        if ignored:
            report.ignored_columns[read.label] = ignored
    for type_mapping in work.plan.compiled.types:
        if type_mapping.unfilled:
            report.unfilled_properties[type_mapping.name] = list(type_mapping.unfilled)


def _account_layers(work: Work, report: Report) -> None:
    for read in work.reads:
        ledger = LayerLedger()
        for result in work.results_of(read):
            ledger = ledger.plus(result.ledger)
        report.layers[read.label] = ledger
        report.drawings[read.label] = _drawing(work, read)


def _drawing(work: Work, read: Read) -> Mapping[str, object]:
    """Samples before and after; curves are drawn too, what can't be read is not."""
    results = work.results_of(read)
    rows = sum(one.ledger.read for one in results)
    drawn = {}
    for side in ("before", "after"):
        sample = []
        for one in results:  # as dense everywhere, however many of a part were kept
            kept = getattr(one, side)
            wanted = max(1, MOST * one.ledger.read // max(1, rows))
            sample += kept[:: max(1, -(-len(kept) // wanted))]
        drawn[side] = draw(read_column(pa.array(sample, pa.binary()), CURVES).geometries)
    return drawn


def _account_types(work: Work, report: Report) -> None:
    for section in work.plan.compiled.types:
        name = section.name
        written = sum(
            one.count for result in work.results for one in result.types if one.section == name
        )
        carried = sum(
            one.count
            for result in work.results
            for one in result.types
            if result.task.stem == CARRIED and one.section == name
        )
        if not section.key:
            ledger = TypeLedger(mapped=written - carried, written=written, carried=carried)
        else:
            named = sum(result.created.get(name, 0) for result in work.results)
            own = [one for one in work.results if one.task.linked and one.task.types == (name,)]
            distinct = sum(one.ledger.read for one in own)
            ledger = TypeLedger(
                created=named - sum(one.ledger.filtered for one in own),
                merged=named - distinct,
                written=written,
                carried=carried,
                rejected=sum(one.ledger.rejected for one in own),
            )
        label = f"{work.plan.dataset.name}:{section.shape.name}"
        report.types[label] = report.types.get(label, TypeLedger()).plus(ledger)
    for shape in work.plan.compiled.shapes():
        made = [
            one.facts
            for result in work.results
            for one in result.types
            if one.feature_type == shape
        ]
        report.facts[f"{work.plan.dataset.name}:{shape}"] = together(made)


__all__ = ["account_sources", "finish_dataset", "refuse_too_many"]
