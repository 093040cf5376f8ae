"""From a staging folder to a package under its final name, whole or not at all."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace as changed
from pathlib import Path, PurePosixPath
from typing import Final

from commonplace.errors import OutputError, TargetExists, disk_errors
from commonplace.package.hashes import hash_files
from commonplace.package.manifest import (
    CHECKSUMS,
    MANIFEST,
    ListedFile,
    is_package,
    manifest_text,
)
from commonplace.package.readme import readme_text
from commonplace.package.report_html import render
from commonplace.package.report_json import report_text
from commonplace.report import Report

DATA: Final = "data"
MEDIA_TYPES: Final = {
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".json": "application/json",
    ".xml": "application/xml",
    ".qml": "application/x-qgis-layer-settings",
    ".qgs": "application/x-qgis-project",
    ".sld": "application/vnd.ogc.sld+xml",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".html": "text/html",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
}
ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier one


def media_type(name: str) -> str:
    """The media type of a document."""
    return MEDIA_TYPES.get(PurePosixPath(name).suffix, "text/plain")


def refuse_existing(target: Path, *, replace: bool) -> None:
    """Stop before any work if ``target`` may not be written.

    With ``replace``, an empty folder or an earlier package may stand there, nothing else:
    a mistyped folder is never deleted.

    Raises
    ------
    TargetExists
    """
    if not target.exists() and not target.is_symlink():
        return
    if not replace:
        raise TargetExists(
            f"{target} exists", hint="choose another output.folder, or say replace: true"
        )
    if target.is_symlink():
        raise TargetExists(
            f"{target} is a symbolic link, which is not replaced",
            hint="name the folder that it leads to as output.folder",
        )
    if not target.is_dir() or not _replaceable(target):
        raise TargetExists(
            f"{target} exists and is not a package, so it is not replaced",
            hint="choose another output.folder",
        )


def _replaceable(folder: Path) -> bool:
    return is_package(folder) or not any(folder.iterdir())


def assemble(
    staging: Path,
    target: Path,
    report: Report,
    documents: Sequence[tuple[str, bytes]],
    *,
    files: Sequence[str] = (),
    replace: bool = False,
    zip: bool = False,  # noqa: A002 - the job's word
) -> Path:
    """Write manifest, checksums, README, documents and report; then rename ``staging``.

    Parameters
    ----------
    staging
        Holds the data files under ``data/``. On the same file system as ``target``.
    target
        The package's folder.
    report
        Its outputs (paths relative to ``data/``) get their path from the package's root,
        size and SHA-256.
    documents
        Names (relative, ``/`` between folders) and contents: the job, the mappings.
    files
        Names of further documents, which lie in ``staging`` already.
    replace
        An earlier package at ``target`` may be replaced.
    zip
        Also write ``<target>.zip`` beside it.

    Returns
    -------
    Path
        The package's folder.

    Raises
    ------
    TargetExists, DiskFull, OutputError
        Nothing is left under the final name then; an earlier package stays.
    """
    refuse_existing(target, replace=replace)
    packed = target.with_name(f"{target.name}.zip")
    if zip and packed.exists() and not replace:
        raise TargetExists(f"{packed} exists", hint="remove it, or say replace: true")
    with disk_errors(target.name):
        staging.mkdir(parents=True, exist_ok=True)
        listed = _write_documents(staging, documents, files)
        complete(staging, report)
        (staging / MANIFEST).write_text(manifest_text(report, listed), encoding="utf-8")
        (staging / "README.md").write_text(readme_text(report, listed), encoding="utf-8")
        (staging / "report.json").write_text(report_text(report), encoding="utf-8")
        (staging / "report.html").write_text(render(report), encoding="utf-8")
        _write_checksums(staging, report)
        temporary = staging.with_name(f"{staging.name}.zip")
        if zip:
            _write_zip(staging, temporary, target.name)
        _rename(staging, target)
        if zip:
            temporary.replace(packed)
    return target


def _write_documents(
    staging: Path, documents: Sequence[tuple[str, bytes]], files: Sequence[str]
) -> list[ListedFile]:
    paths = [staging / one for one in files]
    for name, content in documents:
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts:
            raise OutputError(f"a document can't be called {name!r}")
        path = staging.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        paths.append(path)
    hashes = hash_files(paths)
    return [
        ListedFile(
            path=path.relative_to(staging).as_posix(),
            media_type=media_type(path.name),
            size=path.stat().st_size,
            sha256=hashes[path],
        )
        for path in paths
    ]


def complete(staging: Path, report: Report) -> None:
    """Give outputs their path from the package's root, their size and, where it lacks, hash.

    Done by :func:`assemble`; earlier by who writes documents that name them.
    """
    named = [
        one if one.path.startswith(f"{DATA}/") else changed(one, path=f"{DATA}/{one.path}")
        for one in report.outputs
    ]
    hashes = hash_files({staging / one.path for one in named if not one.sha256})
    report.outputs[:] = [
        changed(
            one,
            size=(staging / one.path).stat().st_size,
            sha256=one.sha256 or hashes[staging / one.path],
        )
        for one in named
    ]


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def _write_checksums(staging: Path, report: Report) -> None:
    """All files, as ``sha256sum --check`` reads them."""
    known = {staging / one.path: one.sha256 for one in report.outputs}
    files = _files(staging)
    hashes = known | hash_files(one for one in files if one not in known)
    lines = [
        f"{sha}  {path.relative_to(staging).as_posix()}\n" for path, sha in sorted(hashes.items())
    ]
    (staging / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _write_zip(staging: Path, path: Path, root: str) -> None:
    """Entries in order and of one time, so that the bytes depend on the contents alone."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in _files(staging):
            entry = zipfile.ZipInfo(f"{root}/{file.relative_to(staging).as_posix()}", ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as sink:
                shutil.copyfileobj(source, sink, 1 << 20)


def _rename(staging: Path, target: Path) -> None:
    """Rename as a whole; an earlier package is put back if that fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    earlier = target.with_name(f".{target.name}.{os.getpid()}.earlier")
    if target.exists():
        target.replace(earlier)
    try:
        staging.replace(target)
    except OSError:
        if earlier.exists():
            earlier.replace(target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
