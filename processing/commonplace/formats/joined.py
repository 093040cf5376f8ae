"""Pieces of text strung together to a file, its SHA-256 computed on the way.

Each piece is removed once it stands in the file: a package needs its size on disk once,
not twice, and the kernel has memory at hand for what is written next.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from commonplace.formats.base import Piece

_READ: Final = 1 << 20
_CHUNK: Final = 1 << 30
_NOT_IN_KERNEL: Final = (errno.EXDEV, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
_SEPARATOR: Final = b",\n"


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first ``size`` bytes of a file."""

    path: Path
    size: int


def write_joined(path: Path, parts: Iterable[bytes | Path | Beginning]) -> str:
    """Write texts and files one behind the other; the files are removed.

    Returns
    -------
    str
        The SHA-256 of the whole, computed by a thread while the kernel copies.
    """
    digest = hashlib.sha256()
    hashed: list[Future[None]] = []
    with (
        path.open("wb", buffering=0) as file,
        path.open("rb", buffering=0) as written,
        ThreadPoolExecutor(max_workers=1) as pool,
    ):
        for part in parts:
            if isinstance(part, bytes):
                file.write(part)
            else:
                _move(file, part)
            hashed.append(pool.submit(_update, digest, written, file.tell()))
        for one in hashed:
            one.result()
    return digest.hexdigest()


def write_list(path: Path, head: bytes, pieces: Sequence[Piece], foot: bytes) -> str:
    """Write a JSON list whose items end in a comma and a new line each, save the last.

    Returns
    -------
    str
        The SHA-256 of the file.
    """
    return write_joined(path, [head, *_items(pieces), foot])


def _items(pieces: Sequence[Piece]) -> Iterator[Path | Beginning]:
    last = max((at for at, piece in enumerate(pieces) if piece.count), default=len(pieces))
    for at, piece in enumerate(pieces):
        if at == last:
            size = piece.path.stat().st_size
            yield Beginning(piece.path, size - len(_SEPARATOR))
        else:
            yield piece.path


def _move(file: BinaryIO, part: Path | Beginning) -> None:
    """Append what is in a file, and remove the file."""
    path = part if isinstance(part, Path) else part.path
    left = path.stat().st_size if isinstance(part, Path) else part.size
    with path.open("rb", buffering=0) as source:
        left -= _copied_in_kernel(source, file, left)
        while left > 0 and (chunk := source.read(min(left, _READ))):
            file.write(chunk)
            left -= len(chunk)
    path.unlink()


def _copied_in_kernel(source: BinaryIO, file: BinaryIO, size: int) -> int:
    """Bytes copied without a way through this process: all of them, or none on some disks."""
    copied = 0
    if hasattr(os, "copy_file_range"):
        try:
            while copied < size and (
                now := os.copy_file_range(
                    source.fileno(), file.fileno(), min(size - copied, _CHUNK)
                )
            ):
                copied += now
        except OSError as error:
            if error.errno not in _NOT_IN_KERNEL:
                raise
    return copied


def _update(digest: Any, written: BinaryIO, end: int) -> None:
    """Hash what was written since the last call."""
    left = end - written.tell()
    while left > 0 and (chunk := written.read(min(left, _READ))):
        digest.update(chunk)
        left -= len(chunk)
