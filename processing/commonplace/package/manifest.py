"""``package.json``: what a package holds, for programs.

It names data and documents with size and SHA-256, and leaves out what differs from run to
run (timings): the same input gives the same manifest. The report is in ``checksums.sha256``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from commonplace.package.hashes import hash_files
from commonplace.report import Finding, OutputFile, Report, Severity

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
    """Read the manifest of a package folder.

    Raises
    ------
    FileNotFoundError
        There is none.
    ValueError
        It is not a manifest of a version known here.
    """
    document = json.loads((package / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise ValueError(f"{MANIFEST} is not a manifest of a package")
    if document.get("version") != VERSION:
        raise ValueError(f"{MANIFEST} has version {document.get('version')}, known is {VERSION}")
    data = tuple(
        OutputFile(**{**one, "feature_types": tuple(one["feature_types"])})
        for one in document.pop("data")
    )
    documents = tuple(ListedFile(**one) for one in document.pop("documents"))
    plain = {key: text for key, text in document.items() if key not in ("kind", "version")}
    return Manifest(**plain, data=data, documents=documents)


def is_package(folder: Path) -> bool:
    """Whether a folder holds a package, of whatever version."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("kind") == KIND


def verify(package: Path) -> list[Finding]:
    """Compare a package with its manifest.

    Returns
    -------
    list of Finding
        ``PACKAGE_NO_MANIFEST``, ``PACKAGE_FILE_MISSING``, ``PACKAGE_FILE_CHANGED`` (errors)
        and ``PACKAGE_FILE_UNKNOWN`` (a warning); empty when all is well.
    """
    try:
        manifest = read_manifest(package)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [_finding("PACKAGE_NO_MANIFEST", MANIFEST, f"no usable manifest: {error}")]
    listed = {one.path: one.sha256 for one in manifest.data}
    listed |= {one.path: one.sha256 for one in manifest.documents}
    return [*_compared(package, listed), *_unknown(package, listed)]


def _compared(package: Path, listed: dict[str, str]) -> Iterator[Finding]:
    there = {path: package / path for path in listed if (package / path).is_file()}
    hashes = hash_files(there.values())
    for path, expected in listed.items():
        if path not in there:
            yield _finding("PACKAGE_FILE_MISSING", path, f"{path} is missing")
        elif hashes[there[path]] != expected:
            yield _finding("PACKAGE_FILE_CHANGED", path, f"{path} was changed: SHA-256 differs")


def _unknown(package: Path, listed: dict[str, str]) -> Iterator[Finding]:
    for path in sorted(one for one in package.rglob("*") if one.is_file()):
        name = path.relative_to(package).as_posix()
        if name not in listed and name not in UNLISTED:
            message = f"{name} is not in the manifest"
            yield _finding("PACKAGE_FILE_UNKNOWN", name, message, Severity.WARNING)


def _finding(code: str, path: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        value=path,
        fix="take the package again from where it came",
    )
