"""Which files a path means to ``convert``: itself, those of a package, or of a plain folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, cast
from zipfile import BadZipFile, is_zipfile

from commonplace.errors import DocumentError, PackageDamaged, Problem, SourceError
from commonplace.package import unpacked
from commonplace.package.manifest import Manifest, is_package, read_manifest
from commonplace.report import OutputFile
from commonplace.sources.modelled import (
    BEST_FIRST,
    Encoding,
    ModelFile,
    files_in,
    recognise_encoding,
)

WHOLE: Final = ("gml", "gpkg")
"""Encodings that hold all feature types in one file."""


@contextmanager
def unzipped(source: Path) -> Iterator[Path]:
    """A folder of what a zip holds, gone when the block ends; anything else as it is.

    Raises
    ------
    PackageDamaged
    """
    if not is_zipfile(source):
        yield source
        return
    try:
        with unpacked(source) as folder:
            yield folder
    except BadZipFile as error:
        raise PackageDamaged(f"{source.name} can't be read: {error}") from error


def model_files(source: Path, wanted: str | None = None) -> list[ModelFile]:
    """The files that a path means: itself, those of a package, or of a plain folder.

    Raises
    ------
    SourceError, DocumentError
    """
    if wanted is not None and wanted not in BEST_FIRST:
        problem = Problem(
            f"no encoding {wanted!r}", "$.from", hint=f"there are: {', '.join(BEST_FIRST)}"
        )
        raise DocumentError("convert", (problem,))
    if not source.is_dir():
        return [_as_listed(ModelFile(source, recognise_encoding(source)))]
    if not is_package(source):
        return files_in(source, wanted)
    listed = [_listed(source, one) for one in _manifest(source).data]
    encodings = {one.encoding for one in listed}
    chosen = wanted or next((one for one in BEST_FIRST if one in encodings), None)
    if chosen not in encodings:
        hint = f"there are: {', '.join(sorted(encodings))}"
        raise SourceError(f"{source.name} holds nothing in {chosen or 'any encoding'}", hint=hint)
    return [one for one in listed if one.encoding == chosen]


def _manifest(package: Path) -> Manifest:
    try:
        return read_manifest(package)
    except ValueError as error:
        raise PackageDamaged(f"{package.name} is no package known here: {error}") from error


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
    listed = [_listed(package, one) for one in _manifest(package).data]
    own = file.path.resolve()
    return next((replace(one, path=file.path) for one in listed if one.path == own), file)
