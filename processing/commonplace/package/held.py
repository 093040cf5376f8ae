"""What a package holds, be it a folder or a zip: names, texts and hashes, nothing unpacked.

A zip comes from strangers. Entries that would land outside the folder they are unpacked
into (absolute, ``..``, drives, links) are told and never read.
"""

from __future__ import annotations

import hashlib
import lzma
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from commonplace.errors import PackageDamaged
from commonplace.package.hashes import hash_files

LARGEST_TEXT: Final = 64 * 1024 * 1024
_CHUNK: Final = 1 << 20
#: What reading a broken or encrypted entry of a zip raises.
UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, NotImplementedError),
)


class Held(Protocol):
    """A package's files by path from its root. ``outside`` are entries that leave it."""

    @property
    def name(self) -> str: ...

    @property
    def outside(self) -> tuple[str, ...]: ...

    @property
    def repeated(self) -> tuple[str, ...]: ...

    @property
    def root(self) -> str:
        """The folder in a zip that all lies in, with ``/``; empty where there is none."""
        ...

    def names(self) -> list[str]: ...

    def size(self, name: str) -> int: ...

    def text(self, name: str) -> str:
        """A text file's content.

        Raises
        ------
        OSError, ValueError
        """
        ...

    def hashes(self, names: Iterable[str]) -> dict[str, str]:
        """SHA-256 of files; of those that can't be read, an empty text."""
        ...


@contextmanager
def held(path: Path) -> Iterator[Held]:
    """Open a package folder, or a zip of one.

    Raises
    ------
    OSError, zipfile.BadZipFile
        There is none, or it can't be read.
    """
    if path.is_dir():
        yield _Folder(path)
        return
    with zipfile.ZipFile(path) as archive:
        yield _zip(path, archive)


@contextmanager
def unpacked(package: Path) -> Iterator[Path]:
    """The folder of a package; of a zip a temporary one, gone when the block ends.

    Raises
    ------
    PackageDamaged
        Naming an entry that would lie outside, or can't be read.
    OSError, zipfile.BadZipFile
    """
    if package.is_dir():
        yield package
        return
    with (
        tempfile.TemporaryDirectory(prefix="commonplace-") as temporary,
        zipfile.ZipFile(package) as archive,
    ):
        files = _zip(package, archive)
        if files.outside:
            raise PackageDamaged(f"{package.name}: {files.outside[0]} would lie outside it")
        folder = Path(temporary) / package.stem
        for name in files.names():
            files.unpack(name, folder / name)
        yield folder


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self._folder = folder
        root = folder.resolve()
        files = [one for one in folder.rglob("*") if one.is_file() or one.is_symlink()]
        leaving = [one for one in files if not one.resolve().is_relative_to(root)]
        self.outside = tuple(sorted(one.relative_to(folder).as_posix() for one in leaving))
        self.repeated: tuple[str, ...] = ()
        self.root = ""
        self._names = sorted(
            one.relative_to(folder).as_posix() for one in files if one not in leaving
        )

    def names(self) -> list[str]:
        return self._names

    def size(self, name: str) -> int:
        return (self._folder / name).stat().st_size

    def text(self, name: str) -> str:
        if self.size(name) > LARGEST_TEXT:
            raise ValueError(f"{name} is larger than {LARGEST_TEXT} bytes")
        return (self._folder / name).read_text(encoding="utf-8")

    def hashes(self, names: Iterable[str]) -> dict[str, str]:
        paths = {self._folder / one: one for one in names}
        return {paths[path]: digest for path, digest in hash_files(paths).items()}


@dataclass(frozen=True, slots=True)
class _Zip:
    name: str
    outside: tuple[str, ...]
    repeated: tuple[str, ...]
    root: str
    _archive: zipfile.ZipFile
    _entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def names(self) -> list[str]:
        return sorted(self._entries)

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def text(self, name: str) -> str:
        if name not in self._entries:
            raise FileNotFoundError(f"{name} is missing")
        if self.size(name) > LARGEST_TEXT:
            raise ValueError(f"{name} is larger than {LARGEST_TEXT} bytes")
        try:
            return self._archive.read(self._entries[name]).decode("utf-8")
        except UNREADABLE as error:
            raise ValueError(f"{name} can't be read: {error}") from error

    def hashes(self, names: Iterable[str]) -> dict[str, str]:
        return {one: self._hash(self._entries[one]) for one in names}

    def unpack(self, name: str, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._archive.open(self._entries[name]) as source, path.open("wb") as sink:
                shutil.copyfileobj(source, sink, _CHUNK)
        except UNREADABLE as error:
            raise PackageDamaged(f"{self.name}: {name} can't be read: {error}") from error

    def _hash(self, entry: zipfile.ZipInfo) -> str:
        digest = hashlib.sha256()
        try:
            with self._archive.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except UNREADABLE:
            return ""
        return digest.hexdigest()


def _zip(path: Path, archive: zipfile.ZipFile) -> _Zip:
    files = [one for one in archive.infolist() if not one.is_dir()]
    outside = [one for one in files if _leaves(one)]
    inside = [one for one in files if not _leaves(one)]
    root = _root(inside)
    entries: dict[str, zipfile.ZipInfo] = {}
    repeated = []
    for one in inside:
        name = one.filename.removeprefix(root)
        if name in entries:
            repeated.append(name)
        entries[name] = one
    names = tuple(sorted({one.orig_filename for one in outside}))
    return _Zip(path.name, names, tuple(sorted(set(repeated))), root, archive, entries)


def _root(entries: list[zipfile.ZipInfo]) -> str:
    """The one folder that all files lie in, empty where they lie in none."""
    firsts = {one.filename.partition("/")[0] for one in entries if "/" in one.filename}
    loose = any("/" not in one.filename for one in entries)
    return f"{firsts.pop()}/" if len(firsts) == 1 and not loose else ""


def _leaves(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry would be written outside the folder that a zip is unpacked into."""
    name = entry.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    drive = bool(parts) and ":" in parts[0]
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    bad = "\\" in name or "\0" in name or name.startswith("/") or ".." in parts
    return bad or drive or is_link or not parts
