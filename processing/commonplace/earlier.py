"""The package before: which objects it says it has, and its objects themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from commonplace import contents
from commonplace.convertparts import oriented, runner
from commonplace.errors import MalformedAnswer, Unreachable
from commonplace.formats import FORMATS
from commonplace.gml.reading import Reading
from commonplace.job import Job
from commonplace.package.manifest import Manifest, is_package, read_manifest
from commonplace.planning import Work
from commonplace.report import Observer, OutputFile
from commonplace.reshaping import reshaped
from commonplace.sources.modelled import BEST_FIRST, ModelFile, read_modelled
from commonplace.target import LOCAL_ID, TargetBatch
from commonplace.versions import BEGINS, ENDS, STATED, microseconds

_TIME = STATED.field("since").type


@dataclass(frozen=True, slots=True)
class Earlier:
    """A package that another is compared with."""

    folder: Path
    manifest: Manifest

    def has(self, dataset: str) -> bool:
        """Whether it has objects of a dataset, in whatever encoding."""
        names = [Path(one.path).name for one in self.manifest.data]
        return any(one.startswith((f"{dataset}.", f"{dataset}_")) for one in names)


def earlier_package(job: Job) -> Earlier | None:
    """The package that a job is compared with; None where there is none yet.

    Raises
    ------
    Unreachable
        The one that the job names isn't there.
    MalformedAnswer
        It has no usable manifest.
    """
    folder = job.previous or job.output.folder
    if not is_package(folder):
        if job.previous is not None:
            raise Unreachable(
                f"{folder} is no package to compare with", hint="name the folder of one: previous"
            )
        return None
    try:
        return Earlier(folder, read_manifest(folder))
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedAnswer(
            f"the package before, {folder}, can't be read: {error}",
            hint="run without since_last, or name another package: previous",
        ) from error


@contextmanager
def read_back(
    earlier: Earlier, work: Work, folder: Path, observer: Observer
) -> Iterator[Reading | None]:
    """The objects of a dataset in the encoding that holds most of them.

    None where the package has it in no encoding that is read here, or in another CRS.
    """
    files = _files(earlier, work)
    if not files:
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    observer.message(f"reading {files[0].path.name} of the package before")
    with runner(files, None, observer) as run:
        reading = read_modelled(files, folder, schema=work.plan.dataset.schema, run=run.parts)
        yield reading if reading.crs in (None, work.plan.dataset.crs.code) else None


def _files(earlier: Earlier, work: Work) -> list[ModelFile]:
    name = work.plan.dataset.name
    found = [one for one in earlier.manifest.data if _is_of(one, name)]
    best = next((form for form in BEST_FIRST if any(one.format == form for one in found)), None)
    return [
        ModelFile(
            path=earlier.folder / one.path,
            encoding=best,
            feature_type=None if one.format in ("gml", "gpkg") else one.feature_types[0],
            schema=one.model,
            crs=None if one.format == "geojson" else one.crs,  # in ETRS89, whatever it states
        )
        for one in found
        if one.format == best
    ]


def _is_of(file: OutputFile, dataset: str) -> bool:
    """Whether a file of a package holds objects of a dataset."""
    if file.format not in BEST_FIRST:
        return False
    stem = Path(file.path).name.removesuffix(FORMATS[file.format].suffix)
    if file.format in ("gml", "gpkg"):  # GML may be split
        return re.fullmatch(rf"{re.escape(dataset)}(_\d+)?", stem) is not None
    return any(stem == f"{dataset}_{one}" for one in file.feature_types)


def batches_of(reading: Reading, work: Work, feature_type: str) -> Iterator[TargetBatch]:
    """The objects of a type in the shape that the mapping gives them now."""
    shape = work.plan.compiled.shapes()[feature_type]
    if feature_type in reading.types:
        for batch in reading.batches(feature_type):
            yield reshaped(oriented(batch), shape)


def stated_by_data(reading: Reading, work: Work, as_of: str) -> Iterator[pa.RecordBatch]:
    """What a package says of its objects, taken from the objects themselves.

    For packages that were made without a comparison: a version began when the object says
    so, else when the package was made.
    """
    for feature_type in work.plan.compiled.shapes():
        for batch in batches_of(reading, work, feature_type):
            rows = batch.rows
            begun = _time(batch, BEGINS)
            made = pa.scalar(microseconds(as_of), pa.int64()).cast(_TIME)
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array([feature_type] * rows, pa.string()),
                    batch.columns.column(LOCAL_ID),
                    contents.digests(batch),
                    pc.fill_null(begun, made),
                    begun,
                    _time(batch, ENDS),
                ],
                schema=STATED,
            )


def _time(batch: TargetBatch, name: str) -> pa.Array:
    """The times that a property of a type holds, null where there is none."""
    for field in batch.columns.schema:
        if field.name.lower() == name and field.type == _TIME:
            return batch.columns.column(field.name)
    return pa.nulls(batch.rows, _TIME)
