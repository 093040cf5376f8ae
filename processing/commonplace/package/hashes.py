"""SHA-256 of files, several at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def hash_files(paths: Iterable[Path]) -> dict[Path, str]:
    """The SHA-256 (hexadecimal) of each file; hashing leaves the interpreter's lock."""
    listed = list(paths)
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        return dict(zip(listed, pool.map(_hash, listed), strict=True))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
