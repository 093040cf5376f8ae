"""From one encoding of the model to another: ``commonplace convert SOURCE TARGET``.

A document is read chunk by chunk to disk (only then it is known which properties there
are), then encoded part by part; large ones in worker processes. Nothing is mapped.
"""

from __future__ import annotations

import pickle
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from commonplace.convertfiles import model_files, unzipped
from commonplace.convertparts import Encoded, EncodeTask, Plan, Runner, runner
from commonplace.crs import target_crs
from commonplace.errors import (
    CrsUnknown,
    DocumentError,
    LayerNotFound,
    OutputError,
    Problem,
    TargetExists,
)
from commonplace.formats import FORMATS
from commonplace.gml.reading import (
    Reading,
)
from commonplace.job import OptionsSpec
from commonplace.report import (
    Finding,
    Observer,
    OutputFile,
    Report,
    Severity,
    Silent,
    TypeLedger,
)
from commonplace.sources.modelled import (
    read_modelled,
)
from commonplace.target import Dataset

TEXTS: Final = ("gml", "csv", "jsonfg", "geojson")
"""Encodings that write coordinates as text: as they stand here, not to the millimetre."""

METRE_DECIMALS: Final = 7
DEGREE_DECIMALS: Final = 10
_NO_GEOMETRY_CRS: Final = "EPSG:4258"
_EPOCH: Final = "1970-01-01T00:00:00Z"


def convert(
    source: Path,
    target: Path,
    *,
    source_encoding: str | None = None,
    to: str | None = None,
    feature_type: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
    schema: str | None = None,
    options: OptionsSpec | None = None,
    overwrite: bool = False,
    workers: int | None = None,
    observer: Observer | None = None,
) -> Report:
    """Convert a file, or a package, to another encoding.

    Parameters
    ----------
    source
        A file in any encoding of :data:`commonplace.formats.FORMATS`; a package; a folder of
        files in one encoding; a zip of such a folder or package.
    source_encoding
        The encoding to read where a package or a folder has several; of a package the one
        that holds most if it isn't given.
    target
        The file to write. Encodings of one file a feature type (GeoJSON) get
        ``<stem>_<Type>`` names where the source has several types.
    to
        An encoding of :data:`commonplace.formats.FORMATS`; by the target's suffix if it
        isn't given.
    feature_type
        Only this one.
    crs
        For coordinates whose CRS the source doesn't state.
    encoding
        Instead of the one that the source declares.
    schema
        The model key to prefer for feature types of unknown namespaces.
    options
        How single encodings are written.
    overwrite
        Replace the target if it exists.

    Returns
    -------
    Report
        Counts, findings, and what the encoding could not hold.

    Raises
    ------
    SourceError, CrsUnknown, LayerNotFound, OutputError
    """
    chosen = _format(target, to)
    _refuse_existing(target, overwrite=overwrite)
    report = Report(title=target.stem, job="convert")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_folder_beside(target)))
        files = model_files(stack.enter_context(unzipped(source)), source_encoding)
        run = stack.enter_context(runner(files, workers, observer or Silent()))
        start = time.perf_counter()
        reading = read_modelled(
            files,
            folder,
            encoding=encoding,
            crs=crs,
            schema=schema,
            stated_type=feature_type,
            run=run.parts,
        )
        report.timings["read"] = round(time.perf_counter() - start, 3)
        dataset = _dataset(reading, _stem(target, chosen), chosen, options or OptionsSpec())
        report.as_of = dataset.as_of
        _encode(reading, dataset, target, chosen, feature_type, folder, run, report)
        report.timings["write"] = round(time.perf_counter() - start - report.timings["read"], 3)
    return report


def _folder_beside(target: Path) -> TemporaryDirectory[str]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return TemporaryDirectory(prefix=".convert-", dir=target.parent)
    except OSError as error:
        raise OutputError(f"{target.name} can't be written: {error.strerror}") from error


def _encode(
    reading: Reading,
    dataset: Dataset,
    target: Path,
    to: str,
    feature_type: str | None,
    folder: Path,
    run: Runner,
    report: Report,
) -> None:
    names = _chosen_types(reading, feature_type)
    report.findings.extend(reading.findings())
    report.inputs.append(
        {
            "source": reading.name,
            "counts": reading.counts,
            "crs": reading.crs,
            "schemas": {name: one.type.schema or "" for name, one in reading.types.items()},
        }
    )
    if to == "gml" and not dataset.schema:
        raise OutputError(
            f"the feature types of {reading.name} are not in the model: no GML can be made of them",
            hint="state --type and --schema, or convert to gpkg or geojson",
        )
    plan = Plan(
        dataset,
        to,
        {name: reading.types[name].seen for name in names},
        reading.crs,
        reading.ids,
        reading.documents,
        folder,
    )
    path = folder / "plan"
    path.write_bytes(pickle.dumps(plan))
    parts = [(part, before) for name in names for part, before in reading.types[name].parts]
    tasks = [EncodeTask(path, part, before, at) for at, (part, before) in enumerate(parts)]
    encoded = sorted(run.pieces(tasks), key=lambda one: one.number)
    pieces = [one.piece for one in encoded]
    _note_lost(encoded, report)
    shapes = {name: reading.types[name].shape for name in names}
    made = folder / "made"
    made.mkdir()
    report.outputs = FORMATS[to].finish(dataset, shapes, pieces, made)
    report.types = {
        n: TypeLedger(mapped=c, written=c) for n, c in reading.counts.items() if n in shapes
    }
    losses = [f"{n}: {one}" for n, shape in shapes.items() for one in FORMATS[to].losses(shape)]
    if losses:
        report.losses[to] = losses
    _note_heights(reading, to, report)
    report.outputs = _moved(report.outputs, made, target)


def _stem(target: Path, to: str) -> str:
    suffix = FORMATS[to].suffix
    return target.name.removesuffix(suffix) if target.name.endswith(suffix) else target.stem


def _moved(outputs: list[OutputFile], made: Path, target: Path) -> list[OutputFile]:
    """One file gets the target's name; several stand beside it with names of their own.

    Raises
    ------
    OutputError
    """
    if not outputs:
        raise OutputError(
            "there is nothing to write: no features, or none that this encoding holds"
        )
    moved = []
    single = sum(bool(one.counts) for one in outputs) == 1  # others only go with it
    for one in outputs:
        name = Path(one.path).name
        final = target if single and one.counts else target.parent / name
        (made / name).replace(final)
        moved.append(replace(one, path=final.name, size=final.stat().st_size))
    return moved


def _format(target: Path, stated: str | None) -> str:
    """The encoding asked for, or the one of the target's suffix.

    Raises
    ------
    DocumentError
    """
    ending = target.name.lower()
    fitting = [name for name, one in FORMATS.items() if ending.endswith(one.suffix)]
    longest = max(fitting, key=lambda name: len(FORMATS[name].suffix), default="")
    found = stated or longest
    if found not in FORMATS:
        what = f"no encoding {stated!r}" if stated else f"no encoding ends in {target.suffix!r}"
        problem = Problem(what, "$.to", hint=f"there are: {', '.join(FORMATS)}")
        raise DocumentError("convert", (problem,))
    return found


def _refuse_existing(target: Path, *, overwrite: bool) -> None:
    if target.exists() and not overwrite:
        raise TargetExists(f"{target.name} exists", hint="use --replace or another name")


def _chosen_types(reading: Reading, feature_type: str | None) -> list[str]:
    if feature_type is None:
        return list(reading.types)
    if feature_type not in reading.types:
        raise LayerNotFound(
            f"{reading.name} has no features of type {feature_type!r}",
            hint=f"there are: {', '.join(reading.types)}",
        )
    return [feature_type]


def _dataset(reading: Reading, name: str, to: str, options: OptionsSpec) -> Dataset:
    schemas = Counter(
        {one.type.schema: one.count for one in reading.types.values() if one.type.schema}
    )
    schema = schemas.most_common(1)[0][0] if schemas else ""
    code = reading.crs
    if code is None:
        drawn = any(
            sum(part.crs.values()) for one in reading.types.values() for part, _ in one.parts
        )
        if drawn:
            raise CrsUnknown(
                f"{reading.name} doesn't say the CRS of its coordinates", hint="state it: --crs"
            )
        code = _NO_GEOMETRY_CRS
    crs = target_crs(code, keep_z=reading.three_dimensional)
    if to in TEXTS:
        crs = replace(crs, decimals=DEGREE_DECIMALS if crs.geographic else METRE_DECIMALS)
    return Dataset(
        name=name,
        schema=schema or "",
        namespace="",
        crs=crs,
        title=name,
        as_of=_as_of(reading),
        options=options.flat(),
    )


def _as_of(reading: Reading) -> str:
    """The document's own time: the same document gives the same bytes."""
    stated = reading.head.attributes.get("timeStamp", _EPOCH)
    try:
        parsed = datetime.fromisoformat(stated)
    except ValueError:
        return _EPOCH
    return stated if parsed.tzinfo else f"{parsed.isoformat()}Z"


def _note_heights(reading: Reading, to: str, report: Report) -> None:
    heights = sum(part.heights for one in reading.types.values() for part, _ in one.parts)
    if to == "gml" and heights and not reading.three_dimensional:
        report.findings.add(
            Finding(
                "HEIGHTS_LEFT",
                Severity.WARNING,
                "some geometries have heights and others none: heights are left out",
                count=heights,
            )
        )


def _note_lost(encoded: Sequence[Encoded], report: Report) -> None:
    for one in encoded:
        if one.lost:
            report.findings.add(
                Finding(
                    "GEOMETRY_NOT_TRANSFORMED",
                    Severity.ERROR,
                    "geometries lie nowhere in the CRS of the others: they are left out",
                    layer=one.piece.feature_type,
                    fix="their srsName is wrong, or their coordinates are",
                    count=one.lost,
                )
            )


__all__ = ["convert"]
