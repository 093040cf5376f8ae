"""``package.json``: what a package holds, for programs.

It names data and documents with size and SHA-256, and leaves out what differs from run to
run (timings): the same input gives the same manifest. The report is in ``checksums.sha256``.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from commonplace.package.held import held
from commonplace.report import OutputFile, Report

MANIFEST: Final = "package.json"
CHECKSUMS: Final = "checksums.sha256"
KIND: Final = "commonplace-package"
VERSION: Final = 1
UNLISTED: Final = (MANIFEST, CHECKSUMS, "report.json", "report.html", "README.md")


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A document of the package (job, mapping), as the manifest names it."""

    path: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest read back. ``data`` and ``documents`` have paths relative to the package."""

    title: str
    job: str
    licence: str
    attribution: str
    as_of: str
    engine: str
    data: tuple[OutputFile, ...]
    documents: tuple[ListedFile, ...]


def manifest_text(report: Report, documents: Sequence[ListedFile]) -> str:
    """The manifest of a run's outputs."""
    document: dict[str, Any] = {
        "kind": KIND,
        "version": VERSION,
        "title": report.title,
        "job": report.job,
        "licence": report.licence,
        "attribution": report.attribution,
        "as_of": report.as_of,
        "engine": report.versions.get("commonplace", ""),
        "data": [asdict(one) for one in report.outputs],
        "documents": [asdict(one) for one in documents],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read_manifest(package: Path) -> Manifest:
    """Read the manifest of a package, a folder or a zip.

    Raises
    ------
    OSError
        There is none.
    ValueError
        It is not a manifest of a version known here.
    """
    try:
        with held(package) as files:
            return parse_manifest(files.text(MANIFEST))
    except zipfile.BadZipFile as error:
        raise ValueError(f"{package.name} is no zip: {error}") from error


def parse_manifest(text: str) -> Manifest:
    """The same of the text of ``package.json``.

    Raises
    ------
    ValueError
        It is no manifest, one of another version, or it names files outside.
    """
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise ValueError(f"{MANIFEST} is not a manifest of a package")
    if document.get("version") != VERSION:
        raise ValueError(f"{MANIFEST} has version {document.get('version')}, known is {VERSION}")
    try:
        manifest = _manifest(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{MANIFEST} is not as manifests are: {error}") from error
    named = [one.path for one in manifest.data] + [one.path for one in manifest.documents]
    for path in (PurePosixPath(one.replace("\\", "/")) for one in named):
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{MANIFEST} names a file outside the package: {path}")
    return manifest


def _manifest(document: dict[str, Any]) -> Manifest:
    data = tuple(
        OutputFile(**{**one, "feature_types": tuple(one["feature_types"])})
        for one in document.pop("data")
    )
    documents = tuple(ListedFile(**one) for one in document.pop("documents"))
    plain = {key: text for key, text in document.items() if key not in ("kind", "version")}
    return Manifest(**plain, data=data, documents=documents)


def is_package(folder: Path) -> bool:
    """Whether a folder holds a package, of whatever version."""
    return folder.is_dir() and holds_package(folder)


def holds_package(path: Path) -> bool:
    """Whether a folder or a zip holds a package, of whatever version."""
    if path.is_file() and not zipfile.is_zipfile(path):
        return False
    try:
        with held(path) as files:
            document = json.loads(files.text(MANIFEST))
    except (OSError, ValueError, zipfile.BadZipFile):
        return False
    return isinstance(document, dict) and document.get("kind") == KIND
