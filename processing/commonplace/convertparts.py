"""What ``convert`` does part by part, here or in worker processes."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from commonplace import geometry
from commonplace.executor import Limits, LocalExecutor
from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.geometry.space import in_space
from commonplace.gml.pieces import Array
from commonplace.gml.reading import Part, PartTask, PartType, load_part, read_part, resolver
from commonplace.gml.reading.shapes import Seen
from commonplace.report import Observer
from commonplace.sources.modelled import ModelFile
from commonplace.target import Dataset, TargetBatch, used_geometries

SMALL: Final = 16 << 20
"""Bytes of a document that is read in this process: workers take longer to start."""

_LIMITS: Final = (600.0, 2048)  # seconds and megabytes a part


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
    batch = oriented(batch)
    path = plan.folder / f"{task.number:06d}.{plan.format}"
    encoder = FORMATS[plan.format].encoder(plan.dataset, batch.shape, path)
    encoder.write(batch)
    bounds = geometry.bounds(used_geometries(batch))
    piece = Piece(path, name, batch.rows, bounds, encoder.close())
    return Encoded(task.number, piece, int(shapely.is_missing(batch.geometries).sum()))


def _resolver(plan: Plan) -> Callable[[Array], Array] | None:
    return resolver(plan.ids, plan.documents)


def oriented(batch: TargetBatch) -> TargetBatch:
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


class Runner:
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
def runner(files: Sequence[ModelFile], workers: int | None, observer: Observer) -> Iterator[Runner]:
    """Runs parts in worker processes where the files are large enough to be worth it."""
    number = workers or os.cpu_count() or 1
    if number == 1 or sum(one.path.stat().st_size for one in files) < SMALL:
        yield Runner(None)
        return
    limits = Limits(number, *_LIMITS)
    with LocalExecutor[Task, Result]("commonplace.convertparts:work", limits, observer) as executor:
        yield Runner(executor)
