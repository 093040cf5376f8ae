"""``commonplace check``: what is wrong with documents, before anything runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from commonplace.batch import Layer
from commonplace.crs import target_crs
from commonplace.errors import CommonplaceError, DocumentError, Problem
from commonplace.job import DatasetSpec, Job
from commonplace.jobreading import read_job
from commonplace.mapping.compile import WARNINGS, check_mapping, compile_mapping
from commonplace.mapping.document import read_mapping
from commonplace.model import load_model
from commonplace.planning import refuse_flat
from commonplace.sources import open_source

Problems = tuple[Problem, ...]


def check_mapping_file(
    path: Path,
    layers: dict[str, Sequence[Layer]] | None = None,
    parameters: Mapping[str, str] | None = None,
) -> tuple[Problems, Problems]:
    """(errors, warnings) of a mapping document; with layers, its columns are checked too."""
    try:
        document = read_mapping(path, parameters)
    except DocumentError as error:
        return error.problems, ()
    found = check_mapping(document, load_model(), layers)
    errors = tuple(one for one in found if one.code not in WARNINGS)
    return errors, tuple(one for one in found if one.code in WARNINGS)


def check_job(path: Path) -> tuple[Problems, Problems]:
    """(errors, warnings) of a job, its mappings and the layers they read."""
    try:
        job = read_job(path)
    except DocumentError as error:
        return error.problems, ()
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for index, dataset in enumerate(job.datasets):
        layers = _layers(job, dataset.source, f"$.datasets[{index}].source", errors)
        wrong, doubtful = check_mapping_file(dataset.mapping, layers, dataset.parameters)
        errors.extend(wrong or _heights(job, dataset))
        warnings.extend(doubtful)
    return tuple(errors), tuple(warnings)


def _heights(job: Job, dataset: DatasetSpec) -> Problems:
    """Whether the target CRS has a place for the heights that a mapping makes."""
    document = read_mapping(dataset.mapping, dataset.parameters)
    try:
        target = target_crs(job.crs.target, keep_z=job.geometry.keep_z)
        refuse_flat(document, compile_mapping(document, load_model()), target)
    except DocumentError as error:
        return error.problems
    except CommonplaceError as error:
        return (Problem(error.message, "$.crs.target", None, error.hint, error.code),)
    return ()


def _layers(
    job: Job, names: Sequence[str], place: str, problems: list[Problem]
) -> dict[str, Sequence[Layer]] | None:
    found: dict[str, Sequence[Layer]] = {}
    for name in names:
        try:
            found[name] = open_source(job.sources[name]).layers()
        except CommonplaceError as error:
            problems.append(Problem(error.message, place, None, error.hint, error.code))
    return found or None
