"""From one encoding of the model to another: ``commonplace convert IN OUT``.

A document is read chunk by chunk to disk (only then it is known which properties there
are), then encoded part by part; large ones in worker processes. Nothing is mapped.
"""

from __future__ import annotations

import os
import pickle
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

import numpy as np
import shapely

from commonplace import geometry
from commonplace.crs import target_crs
from commonplace.errors import (
    CrsUnknown,
    DocumentError,
    LayerNotFound,
    OutputError,
    Problem,
    SourceError,
    TargetExists,
)
from commonplace.executor import Limits, LocalExecutor
from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.geometry.space import in_space
from commonplace.gml.pieces import Array
from commonplace.gml.reading import (
    Part,
    PartTask,
    PartType,
    Reading,
    load_part,
    read_part,
    resolver,
)
from commonplace.gml.reading.shapes import Seen
from commonplace.job import OptionsSpec
from commonplace.package.manifest import is_package, read_manifest
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
    BEST_FIRST,
    Encoding,
    ModelFile,
    files_in,
    read_modelled,
    recognise_encoding,
)
from commonplace.target import Dataset, TargetBatch, used_geometries

SMALL: Final = 16 << 20
"""Bytes of a document that is read in this process: workers take longer to start."""

WHOLE: Final = ("gml", "gpkg")
"""Encodings that hold all feature types in one file."""

TEXTS: Final = ("gml", "csv", "jsonfg", "geojson")
"""Encodings that write coordinates as text: as they stand here, not to the millimetre."""

METRE_DECIMALS: Final = 7
DEGREE_DECIMALS: Final = 10
_LIMITS: Final = (600.0, 2048)  # seconds and megabytes a part
_NO_GEOMETRY_CRS: Final = "EPSG:4258"
_EPOCH: Final = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Plan:
    """What all parts share; pickled once to disk, read once a process."""

    dataset: Dataset
    format: str
    wholes: Mapping[str, Seen]
    crs: str | None
    ids: Path | None
    documents: tuple[str, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class EncodeTask:
    """The features of one type in one part, to be encoded. ``before`` is how many features
    stand before the part in the document; ``number`` its place among the pieces.
    """

    plan: Path
    part: PartType
    before: int
    number: int

    def __str__(self) -> str:
        return f"part {self.number} of {self.part.type.name}"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A piece, its number, and how many geometries could not be brought into its CRS."""

    number: int
    piece: Piece
    lost: int


Task = PartTask | EncodeTask
Result = Part | Encoded


def work(task: Task) -> Result:
    """Do one piece of work, in whatever process."""
    return read_part(task) if isinstance(task, PartTask) else encode_part(task)


def encode_part(task: EncodeTask) -> Encoded:
    """Encode the features of one type in one part."""
    plan = _plan(task.plan)
    name = task.part.type.name
    batch = load_part(task.part, plan.wholes[name], task.before, plan.crs, _resolver(plan))
    batch = _oriented(batch)
    path = plan.folder / f"{task.number:06d}.{plan.format}"
    encoder = FORMATS[plan.format].encoder(plan.dataset, batch.shape, path)
    encoder.write(batch)
    bounds = geometry.bounds(used_geometries(batch))
    piece = Piece(path, name, batch.rows, bounds, encoder.close())
    return Encoded(task.number, piece, int(shapely.is_missing(batch.geometries).sum()))


def _resolver(plan: Plan) -> Callable[[Array], Array] | None:
    return resolver(plan.ids, plan.documents)


def _oriented(batch: TargetBatch) -> TargetBatch:
    """Exterior rings counter-clockwise, as batches have them; surfaces in space as they are."""
    turned = np.asarray(shapely.orient_polygons(batch.geometries), dtype=object)
    standing = in_space(batch.geometries)
    turned[standing] = batch.geometries[standing]
    return TargetBatch(batch.shape, batch.columns, turned)


@lru_cache(maxsize=2)
def _plan(path: Path) -> Plan:
    plan = pickle.loads(path.read_bytes())  # noqa: S301 - our own file in our own folder
    assert isinstance(plan, Plan)
    return plan


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
        files in one encoding.
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
    target.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(TemporaryDirectory(prefix=".convert-", dir=target.parent))
        )
        files = model_files(source, source_encoding)
        run = stack.enter_context(_runner(files, workers, observer or Silent()))
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
        _encode(reading, dataset, target, chosen, feature_type, folder, run, report)
        report.timings["write"] = round(time.perf_counter() - start - report.timings["read"], 3)
    return report


def _encode(
    reading: Reading,
    dataset: Dataset,
    target: Path,
    to: str,
    feature_type: str | None,
    folder: Path,
    run: _Run,
    report: Report,
) -> None:
    names = _chosen_types(reading, feature_type)
    report.findings.extend(reading.findings())
    report.inputs.append({"source": reading.name, "counts": reading.counts, "crs": reading.crs})
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


def model_files(source: Path, wanted: str | None = None) -> list[ModelFile]:
    """The files that a path means: itself, those of a package, or of a plain folder.

    Raises
    ------
    SourceError, DocumentError
    """
    if wanted is not None and wanted not in FORMATS:
        problem = Problem(
            f"no encoding {wanted!r}", "$.from", hint=f"there are: {', '.join(FORMATS)}"
        )
        raise DocumentError("convert", (problem,))
    if not source.is_dir():
        return [_as_listed(ModelFile(source, recognise_encoding(source)))]
    if not is_package(source):
        return files_in(source, wanted)
    listed = [_listed(source, one) for one in read_manifest(source).data]
    encodings = {one.encoding for one in listed}
    chosen = wanted or next((one for one in BEST_FIRST if one in encodings), None)
    if chosen not in encodings:
        hint = f"there are: {', '.join(sorted(encodings))}"
        raise SourceError(f"{source.name} holds nothing in {chosen or 'any encoding'}", hint=hint)
    return [one for one in listed if one.encoding == chosen]


def _listed(package: Path, file: OutputFile) -> ModelFile:
    """A file as the manifest of its package describes it."""
    types = file.feature_types
    return ModelFile(
        path=package / file.path,
        encoding=cast(Encoding, file.format),
        feature_type=types[0] if len(types) == 1 and file.format not in WHOLE else None,
        schema=file.model,
        crs=file.crs,
    )


def _as_listed(file: ModelFile) -> ModelFile:
    """A file of a package with what the manifest says of it, others as they are."""
    package = file.path.resolve().parent.parent
    if not is_package(package):
        return file
    listed = [_listed(package, one) for one in read_manifest(package).data]
    own = file.path.resolve()
    return next((replace(one, path=file.path) for one in listed if one.path == own), file)


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


# Where work is done


class _Run:
    """Runs tasks here, or in worker processes."""

    def __init__(self, executor: LocalExecutor[Task, Result] | None) -> None:
        self._executor = executor

    def parts(self, tasks: Iterable[PartTask]) -> Iterator[Part]:
        for result in self._results(tasks):
            assert isinstance(result, Part)
            yield result

    def pieces(self, tasks: Iterable[EncodeTask]) -> Iterator[Encoded]:
        for result in self._results(tasks):
            assert isinstance(result, Encoded)
            yield result

    def _results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        if self._executor is None:
            yield from map(work, tasks)
            return
        try:
            for task in tasks:
                self._executor.submit(task)
                yield from self._executor.results(block=False)
            yield from self._executor.results(block=True)
        except GeneratorExit:  # what is under way belongs to nobody now
            for _ in self._executor.results(block=True):
                pass
            raise


@contextmanager
def _runner(files: Sequence[ModelFile], workers: int | None, observer: Observer) -> Iterator[_Run]:
    number = workers or os.cpu_count() or 1
    if number == 1 or sum(one.path.stat().st_size for one in files) < SMALL:
        yield _Run(None)
        return
    limits = Limits(number, *_LIMITS)
    with LocalExecutor[Task, Result]("commonplace.convert:work", limits, observer) as executor:
        yield _Run(executor)


__all__ = ["convert", "encode_part", "work"]
