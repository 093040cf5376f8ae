"""Whether a package is what it says: every file there, unchanged, and none outside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from commonplace.errors import PackageDamaged
from commonplace.package.held import Held, held
from commonplace.package.manifest import (
    CHECKSUMS,
    MANIFEST,
    UNLISTED,
    Manifest,
    parse_manifest,
)
from commonplace.report import Finding, Severity

_LINE: Final = re.compile(r"(?P<hash>[0-9a-f]{64}) [ *](?P<path>.+)")
#: What programs leave beside data that they open; nobody's loss.
LEFT_BY_PROGRAMS: Final = (".gfs", ".gpkg-wal", ".gpkg-shm", ".aux.xml", ".qgd", ".qmd")


def verify(package: Path) -> list[Finding]:
    """Compare a package, a folder or a zip, with its manifest and checksums.

    Returns
    -------
    list of Finding
        ``PACKAGE_NO_MANIFEST``, ``PACKAGE_FILE_MISSING``, ``PACKAGE_FILE_CHANGED``,
        ``PACKAGE_FILE_OUTSIDE``, ``PACKAGE_FILE_REPEATED``, ``PACKAGE_ZIP_BROKEN`` (errors) and
        ``PACKAGE_FILE_UNKNOWN`` (a warning); their ``value`` is the file's path. Empty when all
        is well.
    """
    try:
        with held(package) as files:
            return list(_verified(files))
    except zipfile.BadZipFile as error:
        return [_finding("PACKAGE_ZIP_BROKEN", package.name, f"{package.name}: {error}")]
    except OSError as error:
        return [_finding("PACKAGE_NO_MANIFEST", package.name, f"can't be read: {error}")]


def whole_manifest(package: Path) -> Manifest:
    """The manifest of a package that is whole.

    Raises
    ------
    PackageDamaged
        Naming the first file that is not as it should be.
    """
    wrong = [one for one in verify(package) if one.severity is Severity.ERROR]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise PackageDamaged(
            f"{package.name} is damaged: {wrong[0].message}{more}",
            hint="take the package again from where it came; commonplace verify lists all",
        )
    with held(package) as files:
        return parse_manifest(files.text(MANIFEST))


def _verified(files: Held) -> Iterator[Finding]:
    for name in files.outside:
        yield _finding("PACKAGE_FILE_OUTSIDE", name, f"{name} would lie outside the package")
    for name in files.repeated:
        yield _finding("PACKAGE_FILE_REPEATED", name, f"{name} is there twice")
    try:
        manifest = parse_manifest(files.text(MANIFEST))
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield _finding("PACKAGE_NO_MANIFEST", MANIFEST, f"no usable manifest: {error}")
        return
    sizes = {one.path: one.size for one in manifest.data}
    sizes |= {one.path: one.size for one in manifest.documents}
    listed = {one.path: one.sha256 for one in manifest.data}
    listed |= {one.path: one.sha256 for one in manifest.documents}
    try:
        checksums = dict(_checksums(files.text(CHECKSUMS)))
    except (OSError, ValueError) as error:
        yield _finding("PACKAGE_FILE_MISSING", CHECKSUMS, f"{CHECKSUMS} can't be read: {error}")
        checksums = {}
    for path, expected in listed.items():
        if checksums and checksums.get(path) != expected:
            message = f"{MANIFEST} and {CHECKSUMS} differ about {path}"
            yield _finding("PACKAGE_FILE_CHANGED", CHECKSUMS, message)
    yield from _compared(files, {**checksums, **listed}, sizes)
    known = {*listed, *checksums, *UNLISTED}
    for name in files.names():
        if name not in known and not name.endswith(LEFT_BY_PROGRAMS):
            message = f"{name} is not in the manifest"
            yield _finding("PACKAGE_FILE_UNKNOWN", name, message, Severity.WARNING)


def _checksums(text: str) -> Iterator[tuple[str, str]]:
    """(path, SHA-256) as ``sha256sum`` writes them."""
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"not a checksum: {line[:80]}")
        yield found["path"], found["hash"]


def _compared(
    files: Held, listed: Mapping[str, str], sizes: Mapping[str, int]
) -> Iterator[Finding]:
    names = set(files.names())
    there = [one for one in listed if one in names]
    right_size = [one for one in there if files.size(one) == sizes.get(one, files.size(one))]
    hashes = files.hashes(right_size)
    for path, expected in listed.items():
        if path not in names:
            yield _finding("PACKAGE_FILE_MISSING", path, f"{path} is missing")
        elif path not in hashes:
            message = f"{path} was changed: {files.size(path)} bytes, not {sizes[path]}"
            yield _finding("PACKAGE_FILE_CHANGED", path, message)
        elif hashes[path] != expected:
            yield _finding("PACKAGE_FILE_CHANGED", path, f"{path} was changed: SHA-256 differs")


def _finding(code: str, path: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        value=path,
        fix="take the package again from where it came",
    )


__all__ = ["verify", "whole_manifest"]
