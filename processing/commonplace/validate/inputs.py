"""What there is to check: files, folders, zip archives, packages.

Archives are unpacked into the run's own folder under numbers, never under their names,
and only as far as size, ratio and count allow.
"""

from __future__ import annotations

import codecs
import gzip
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final

from commonplace.errors import MalformedAnswer, SourceError, Unreachable
from commonplace.report import Finding
from commonplace.validate.rules import ERROR, WARNING, Rule

BOMB: Final = Rule(
    "ARCHIVE_BOMB",
    ERROR,
    "an archive that unpacks to far more than its size: not opened further",
    "practice: decompression bombs (CWE-409)",
    "deliver the files themselves",
)
UNREADABLE: Final = Rule(
    "ARCHIVE_UNREADABLE",
    ERROR,
    "an archive, or a file in one, that can't be read",
    "practice",
    "pack it again",
)
UNKNOWN: Final = Rule(
    "FILE_NOT_CHECKED",
    WARNING,
    "a file of a kind that can't be checked",
    "practice",
    "GML, GeoPackage, GeoJSON, JSON-FG, GeoParquet, FlatGeobuf and CSV can be checked",
)

PACKAGE: Final = tuple(
    Rule(code, severity, title, "the package's own manifest", "take the package again")
    for code, severity, title in (
        ("PACKAGE_NO_MANIFEST", ERROR, "a package without usable manifest"),
        ("PACKAGE_FILE_MISSING", ERROR, "a file of the manifest is missing"),
        ("PACKAGE_FILE_CHANGED", ERROR, "a file was changed after the package was made"),
        ("PACKAGE_FILE_UNKNOWN", WARNING, "a file that the manifest doesn't list"),
    )
)

RULES: Final = (BOMB, UNREADABLE, UNKNOWN, *PACKAGE)

MANIFEST: Final = "package.json"
DATA: Final = "data"
MOST_FILES: Final = 10_000
LARGEST_RATIO: Final = 200
LARGEST_FILE: Final = 20 * 1024**3
SMALL: Final = 10 * 1024**2  # below, no ratio is suspicious
BLOCK: Final = 1024 * 1024

GML_SUFFIXES: Final = frozenset({".gml", ".xml"})
SUFFIXES: Final = {
    **dict.fromkeys(GML_SUFFIXES, "gml"),
    ".gpkg": "gpkg",
    ".geojson": "geojson",
    ".jsonfg": "geojson",
    ".json": "geojson",
    ".fgb": "flatgeobuf",
    ".parquet": "geoparquet",
    ".geoparquet": "geoparquet",
    ".csv": "csv",
}
TABLES: Final = {b"fgb": "flatgeobuf", b"PAR1": "geoparquet"}
OTHERS: Final = frozenset(
    ".shp .kml .kmz .tif .tiff .dxf .dwg .mif .tab .sqlite .ifc .las .laz .nc .gpx .dgn".split()
)
ARCHIVES: Final = frozenset({".zip"})
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


Readable = IO[bytes] | gzip.GzipFile


@dataclass(frozen=True, slots=True)
class Input:
    """A file to check. ``name`` is what findings call it, ``path`` where its bytes are,
    ``encoding`` what it was in where it had to be transcoded.
    """

    name: str
    path: Path
    kind: str
    encoding: str | None = None


@dataclass(slots=True)
class Inputs:
    """All files of some paths. ``findings`` tells of those that couldn't be used; ``packages``
    are folders that may be packages, with their names; ``prefix`` stands before the names of
    a folder's files.
    """

    work: Path
    files: list[Input] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    packages: list[tuple[Path, str]] = field(default_factory=list)
    prefix: str = ""
    _unpacked: int = 0

    def add(self, path: Path) -> None:
        """A file, folder, archive or package named by the user.

        Raises
        ------
        Unreachable
            Nothing is there.
        """
        if not path.exists():
            raise Unreachable(f"{path} is not there")
        if path.is_dir():
            if (path / MANIFEST).is_file():
                self.packages.append((path, path.name))
            self._folder(path)
        elif path.suffix.casefold() in ARCHIVES or zipfile.is_zipfile(path):
            self._archive(path)
        else:
            self._file(path, path.name, named=True)

    def _folder(self, folder: Path) -> None:
        """All files of a folder; of a package, its data: it has metadata and reports beside."""
        whole = folder / DATA if (folder / MANIFEST).is_file() else folder
        found = sorted(one for one in whole.rglob("*") if one.is_file())
        for path in found:
            name = f"{self.prefix}{path.relative_to(folder).as_posix()}"
            if any(step.startswith(".") for step in PurePosixPath(name).parts):
                continue
            if path.suffix.casefold() in ARCHIVES:
                self._archive(path)
            else:
                self._file(path, name, named=False)
        if len(self.files) > MOST_FILES:
            raise SourceError(f"{folder} holds more than {MOST_FILES} files")

    def _file(self, path: Path, name: str, *, named: bool) -> None:
        if name.casefold().endswith(".gz"):
            with gzip.open(path, "rb") as stream:
                self._unpack(stream, name[:-3], path.stat().st_size)
            return
        kind = kind_of(path, name, named)
        if kind is None:
            if named or PurePosixPath(name.casefold()).suffix in OTHERS:
                self.findings.append(UNKNOWN.finding(name))
            return
        encoding = _wide(path) if kind == "gml" else None
        self.files.append(Input(name, self._narrow(path, encoding), kind, encoding))

    def _narrow(self, path: Path, encoding: str | None) -> Path:
        """UTF-16 and UTF-32 as UTF-8, the declaration taken off."""
        if encoding is None:
            return path
        target = self._next()
        with path.open(encoding=encoding, errors="replace") as source, target.open("wb") as sink:
            first = source.read(BLOCK)
            if first.startswith("<?xml"):
                first = first.partition("?>")[2]
            while first:
                sink.write(first.encode())
                first = source.read(BLOCK)
        return target

    def _archive(self, path: Path) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                self._members(archive, path)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            self.findings.append(UNREADABLE.finding(path.name, str(error)))

    def _members(self, archive: zipfile.ZipFile, path: Path) -> None:
        listed = [one for one in archive.infolist() if not one.is_dir()]
        if len(listed) > MOST_FILES:
            message = f"{len(listed)} files in one archive"
            self.findings.append(BOMB.finding(path.name, message))
            return
        if any(one.filename == MANIFEST for one in listed):
            self._package(archive, listed, path)
            return
        for one in sorted(listed, key=lambda each: each.filename):
            name = f"{path.name}/{one.filename}"
            steps = PurePosixPath(one.filename).parts
            if any(step.startswith((".", "__MACOSX")) and step != ".." for step in steps):
                continue
            suffix = PurePosixPath(one.filename).suffix.casefold()
            if suffix in OTHERS:
                self.findings.append(UNKNOWN.finding(name))
            if suffix not in SUFFIXES:
                continue
            if one.flag_bits & 1:
                self.findings.append(UNREADABLE.finding(name, "the file is encrypted"))
                continue
            with archive.open(one) as stream:
                self._unpack(stream, name, one.compress_size)

    def _package(
        self, archive: zipfile.ZipFile, listed: Sequence[zipfile.ZipInfo], path: Path
    ) -> None:
        """A package: unpacked under its own names, to be held against its manifest."""
        folder = self._next()
        for one in listed:
            name = f"{path.name}/{one.filename}"
            steps = PurePosixPath(one.filename)
            if steps.is_absolute() or ".." in steps.parts or one.flag_bits & 1:
                self.findings.append(UNREADABLE.finding(name, "a place outside, or encrypted"))
                continue
            target = folder.joinpath(*steps.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(one) as stream:
                self._copy(stream, target, name, one.compress_size)
        self.packages.append((folder, path.name))
        before, self.prefix = self.prefix, f"{path.name}/"
        self._folder(folder)
        self.prefix = before

    def _unpack(self, stream: Readable, name: str, packed: int) -> None:
        target = self._next()
        if self._copy(stream, target, name, packed):
            self._file(target, name, named=False)

    def _copy(self, stream: Readable, target: Path, name: str, packed: int) -> bool:
        """Unpack a file; False, and nothing left, where it is too large or broken."""
        size = 0
        try:
            with target.open("wb") as sink:
                while block := stream.read(BLOCK):
                    size += len(block)
                    if size > LARGEST_FILE or size > max(SMALL, LARGEST_RATIO * packed):
                        message = f"unpacks to more than {size:,} bytes from {packed:,}"
                        self.findings.append(BOMB.finding(name, message))
                        break
                    sink.write(block)
                else:
                    return True
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
            self.findings.append(UNREADABLE.finding(name, str(error)))
        target.unlink(missing_ok=True)
        return False

    def _next(self) -> Path:
        self._unpacked += 1
        folder = self.work / "unpacked"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self._unpacked:06d}"


def _wide(path: Path) -> str | None:
    with path.open("rb") as stream:
        start = stream.read(4)
    return next((name for mark, name in _BOMS if start.startswith(mark)), None)


def kind_of(path: Path, name: str, named: bool) -> str | None:
    """What a file is to us; None for what is something else."""
    suffix = PurePosixPath(name.casefold()).suffix
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"SQLite format 3\x00"):
        return "gpkg"
    for mark, kind in TABLES.items():
        if start.startswith(mark):
            return kind
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in GML_SUFFIXES or (named and bare.startswith(b"<")):
        return "gml" if named or suffix == ".gml" or _data(start) else None
    if suffix in (".geojson", ".jsonfg") or (suffix == ".json" and (named or _geojson(start))):
        return "geojson"
    if suffix in (".gpkg", ".fgb", ".parquet", ".geoparquet", ".csv"):
        return SUFFIXES[suffix]
    return "geojson" if named and bare.startswith(b"{") else None


def _data(start: bytes) -> bool:
    """An .xml file of a folder that holds features, not metadata or the like."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return b"opengis.net/gml" in start and b"<gmd:MD_Metadata" not in start


def _geojson(start: bytes) -> bool:
    return b'"FeatureCollection"' in start or b'"Feature"' in start


def gather(paths: list[Path], work: Path) -> Inputs:
    """All inputs of some paths.

    Raises
    ------
    SourceError
        A path that isn't there, or nothing to check.
    """
    found = Inputs(work)
    for path in paths:
        found.prefix = f"{path.resolve().name}/" if len(paths) > 1 and path.is_dir() else ""
        found.add(path)
    if not found.files and not found.findings:
        raise MalformedAnswer("nothing to check: no file there of a kind that can be")
    return found
