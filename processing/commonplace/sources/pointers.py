"""Files that hold no data but say where GDAL shall get some: from other files, or the network.

A stranger's file named ``houses.csv`` could so have what lies on this machine read and
published, or a server called that only this machine reaches. GDAL recognises such files by
their first bytes, whatever they are called.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
from pathlib import Path
from typing import IO, Final

from commonplace.errors import MalformedAnswer
from commonplace.sources.archive import DataFile

HEAD_BYTES: Final = 64 * 1024
_BLANKS: Final = b"\xef\xbb\xbf \t\r\n"
_UNREADABLE: Final = (OSError, EOFError, KeyError, zipfile.BadZipFile, tarfile.TarError)
#: What GDAL's drivers look for: virtual layers, services, pipelines, indices, labels.
POINTERS: Final = {
    b"<OGRVRTDataSource": "a virtual layer (VRT)",
    b"<VRTDataset": "a virtual raster (VRT)",
    b"<OGRWFSDataSource": "a WFS",
    b"WFS_Capabilities": "a WFS",
    b"<OGRCSWDataSource": "a catalogue (CSW)",
    b"<GDALTileIndexDataset": "an index of tiles",
    b"<GDAL_WMS": "a map service",
    b"gdal_streamed_alg": "a pipeline of GDAL",
    b"<Product_Observational": "a label (PDS4)",
    b"PDS_VERSION_ID": "a label (PDS)",
}


def refuse_pointer(file: DataFile) -> None:
    """See that a file holds its data itself.

    Raises
    ------
    MalformedAnswer
        It points elsewhere, or can't be read.
    """
    try:
        head = head_of(file)
    except (*_UNREADABLE, RuntimeError) as error:  # an encrypted member is a RuntimeError
        raise MalformedAnswer(f"{file.name} can't be read: {error}") from error
    if b"<!ENTITY" in head and head.lstrip(_BLANKS).startswith(b"<"):
        raise MalformedAnswer(
            f"{file.name}: document type declarations with entities are refused",
            hint="remove <!DOCTYPE …>",
        )
    for sign, kind in POINTERS.items():
        if sign in head:
            raise MalformedAnswer(
                f"{file.name} holds no data: it is {kind} and has them read from elsewhere",
                hint="name as sources what it names",
            )


def refuse_pointing(path: Path) -> None:
    """As :func:`refuse_pointer`, for a file on disk."""
    refuse_pointer(DataFile(path.as_posix(), path.name, path))


def head_of(file: DataFile) -> bytes:
    """The beginning of a file, unpacked; of a folder nothing."""
    if file.member and file.address.startswith("/vsizip"):
        with zipfile.ZipFile(file.real) as archive:
            return b"" if _is_folder(archive, file.member) else _first(archive.open(file.member))
    if file.member:
        with tarfile.open(file.real) as tar:
            held = tar.extractfile(file.member)
            return b"" if held is None else _first(held)
    if file.real.is_dir():
        return b""
    if file.real.name.endswith(".gz"):
        return _first(gzip.open(file.real))
    return _first(file.real.open("rb"))


def _is_folder(archive: zipfile.ZipFile, member: str) -> bool:
    """A geodatabase, which an archive may not list by itself."""
    return member not in archive.namelist()


def _first(opened: IO[bytes] | gzip.GzipFile) -> bytes:
    with opened:
        return opened.read(HEAD_BYTES)
