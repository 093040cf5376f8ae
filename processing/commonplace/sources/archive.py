"""Which data files a path means: one file, a folder, an archive, a glob, or one inside.

GDAL reads inside archives without unpacking (``/vsizip/``, ``/vsitar/``), so nothing is
ever extracted.
"""

from __future__ import annotations

import fnmatch
import re
import tarfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from commonplace.documents import nearest
from commonplace.errors import MalformedAnswer, SourceError, Unreachable

MOST_FILES: Final = 10_000

ARCHIVES: Final = {
    ".zip": "vsizip",
    ".shz": "vsizip",
    ".tar": "vsitar",
    ".tgz": "vsitar",
    ".tar.gz": "vsitar",
}
DATA_SUFFIXES: Final = frozenset(
    ".shp .dbf .gpkg .geojson .json .geojsonl .geojsons .ndjson .jsonl .topojson .gml .xml .kml"
    " .kmz .gpx .csv .tsv .tab .mif .fgb .sqlite .db .dxf .dgn .gdb .parquet .geoparquet .arrow"
    " .feather .ipc .xlsx .ods .osm .pbf .vdv .000 .gmt .jml .sxf .mbtiles".split()
)
SIDE_SUFFIXES: Final = (".shp.xml", ".aux.xml", ".shx.xml", ".dbf.xml", ".qmd", ".gdb.zip")
GLOB_SIGNS: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data set that a driver opens.

    ``address`` is what GDAL calls it, ``name`` its path inside the folder or archive.
    ``real`` is the file on disk that holds it, ``member`` its path inside where that is an
    archive.
    """

    address: str
    name: str
    real: Path
    member: str = ""

    @property
    def stem(self) -> str:
        name = PurePosixPath(self.name).name
        return re.sub(r"(\.(shp|gpkg))?\.[^.]+$", "", name) or name


@dataclass(frozen=True, slots=True)
class Place:
    """What a path means. ``merged`` names the one layer that a glob's files make up.

    ``single`` is True for one file named by the user: then it must be readable.
    """

    files: tuple[DataFile, ...]
    single: bool = False
    merged: str | None = None


def find_files(path: Path) -> Place:
    """Resolve a path.

    Raises
    ------
    Unreachable
        Nothing is there; with the nearest name.
    MalformedAnswer
        An archive that can't be read.
    SourceError
        A folder or archive without any data file, or with far too many.
    """
    if path.is_file() and _archive_kind(path.name) is None:
        return Place((_plain(path, path.name),), single=True)
    if _is_data_folder(path):
        return Place((_plain(path, path.name),), single=True)
    if path.exists():
        return Place(_counted(path, _inside(path), _nothing_in(path)))
    return _beyond(path)


def _inside(path: Path) -> tuple[DataFile, ...]:
    """The data files of a folder, and of the archives in it, or of an archive."""
    names = _of_package(_names(path))
    files = [_at(path, name) for name in _candidates(names)]
    if path.is_dir():
        for name in names:
            if _archive_kind(name) is not None:
                archive = path / name
                members = (_at(archive, one) for one in _candidates(_names(archive)))
                files.extend(replace(one, name=f"{name}/{one.name}") for one in members)
    return tuple(sorted(files, key=lambda one: one.name))


def _of_package(names: Sequence[str]) -> Sequence[str]:
    """Of one of our packages the data alone: records and code lists beside them are no layers."""
    ending = "checksums.sha256"
    roots = [one.removesuffix(ending) for one in names if one.rpartition("/")[2] == ending]
    for root in roots:
        if root.count("/") <= 1 and f"{root}package.json" in names:
            return [one for one in names if one.startswith(f"{root}data/")]
    return names


def _nothing_in(path: Path) -> str:
    """Why a folder or archive without data files has none, where that is known."""
    archives = [] if path.is_dir() else [one for one in _names(path) if _archive_kind(one)]
    return f"{path.name} holds archives ({archives[0]} …): unpack it" if archives else ""


def _at(base: Path, name: str) -> DataFile:
    """A member of a folder or archive."""
    kind = _archive_kind(base.name) if base.is_file() else None
    if kind is None:
        return _plain(base / name, name)
    return DataFile(f"/{kind}/{{{base.resolve().as_posix()}}}/{name}", name, base, name)


def _counted(base: Path, files: Sequence[DataFile], otherwise: str = "") -> tuple[DataFile, ...]:
    if not files:
        raise SourceError(otherwise or f"{base.name} holds no data file")
    if len(files) > MOST_FILES:
        raise SourceError(f"{base.name} holds more than {MOST_FILES} data files")
    return tuple(files)


def _beyond(path: Path) -> Place:
    """A path of which only the first steps exist: a glob, or something in an archive."""
    base = path.parent
    while not base.exists():
        base = base.parent
    inner = path.relative_to(base).as_posix()
    if GLOB_SIGNS & set(inner):
        names = [one for one in _names(base) if fnmatch.fnmatchcase(one, inner)]
        files = _located(base, names, f"no file in {base.name} matches {inner}")
        return Place(files, merged=_glob_name(inner, base))
    names = _names(base) if base.is_file() else []  # a folder may be the whole disk
    if inner in names:
        return Place(_located(base, [inner]), single=True)
    inside = [one for one in names if one.startswith(f"{inner}/")]
    if inside:
        return Place(_located(base, _candidates(inside), f"{inner} holds no data file"))
    step = inner.partition("/")[0]
    close = nearest(inner, names) or nearest(step, [one.name for one in _listed(base)])
    raise Unreachable(f"{path} is not there", hint=f"did you mean {close!r}?" if close else None)


def _listed(base: Path) -> list[Path]:
    return sorted(base.iterdir()) if base.is_dir() else []


def _located(base: Path, names: Iterable[str], otherwise: str = "") -> tuple[DataFile, ...]:
    return _counted(base, [_at(base, name) for name in sorted(names)], otherwise)


def _plain(path: Path, name: str) -> DataFile:
    address = path.resolve().as_posix()
    if path.name.endswith(".gz"):
        address = f"/vsigzip/{address}"
    return DataFile(address, name, path)


def _names(base: Path) -> list[str]:
    """All names in a folder or archive, with forward slashes, sorted."""
    if base.is_dir():
        found = (one.relative_to(base).as_posix() for one in base.rglob("*"))
        return sorted(one for one in found if not _hidden(one))
    kind = _archive_kind(base.name)
    try:
        if kind == "vsizip":
            with zipfile.ZipFile(base) as archive:
                names = archive.namelist()
        elif kind == "vsitar":
            with tarfile.open(base) as tar:
                names = tar.getnames()
        else:
            return []
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError) as error:
        raise MalformedAnswer(f"{base.name} is not a readable archive: {error}") from error
    return sorted(one.rstrip("/") for one in names if not _hidden(one))


def _hidden(name: str) -> bool:
    return any(step.startswith((".", "__MACOSX")) for step in PurePosixPath(name).parts)


def _candidates(names: Iterable[str]) -> list[str]:
    """Names that may be data: known suffixes, sidecars and parts of other data left out."""
    known = set(names)
    shapes = {one[:-4].casefold() for one in known if one.casefold().endswith(".shp")}
    chosen = []
    for name in sorted(known):
        folded = name.casefold()
        suffix = PurePosixPath(folded.removesuffix(".gz")).suffix
        inside_geodatabase = any(step.endswith(".gdb") for step in PurePosixPath(folded).parts[:-1])
        if suffix not in DATA_SUFFIXES or folded.endswith(SIDE_SUFFIXES) or inside_geodatabase:
            continue
        if suffix == ".dbf" and folded[:-4] in shapes:
            continue
        chosen.append(name)
    folders = {PurePosixPath(*parents).as_posix() for parents in _geodatabases(known)}
    return sorted(set(chosen) | folders)


def _geodatabases(names: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Folders ``*.gdb``, which an archive may not list by themselves."""
    for name in names:
        parts = PurePosixPath(name).parts
        for position, step in enumerate(parts[:-1]):
            if step.casefold().endswith(".gdb"):
                yield parts[: position + 1]


def _archive_kind(name: str) -> str | None:
    folded = name.casefold()
    if folded.endswith(".gdb.zip"):
        return None
    return next((kind for suffix, kind in ARCHIVES.items() if folded.endswith(suffix)), None)


def _is_data_folder(path: Path) -> bool:
    return path.is_dir() and path.suffix.casefold() == ".gdb"


def _glob_name(pattern: str, base: Path) -> str:
    """The name of a glob's one layer: the last step without signs, or the folder's name."""
    last = PurePosixPath(pattern)
    stem = re.sub(r"\[[^]]*\]|[*?]", "", last.name.partition(".")[0]).strip("_-. ")
    return stem or (last.parent.name if len(last.parts) > 1 else "") or base.name
