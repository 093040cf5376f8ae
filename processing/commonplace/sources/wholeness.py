"""Files that are empty or break off, where GDAL reads up to the break and says nothing."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from commonplace.errors import MalformedAnswer

_TAIL: Final = 4_096
_MAY_BE_EMPTY: Final = (".shx", ".prj", ".cpg")  # beside a shapefile
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.\-]*(?::[\w.\-]+)?)[\s/>]")


def check_whole(path: Path) -> None:
    """Refuse a file that ends too early.

    Raises
    ------
    MalformedAnswer
    """
    folded = path.name.casefold()
    if path.is_file() and path.stat().st_size == 0 and not folded.endswith(_MAY_BE_EMPTY):
        raise MalformedAnswer(f"{path.name} is empty")
    check = next((one for suffix, one in _CHECKS.items() if folded.endswith(suffix)), None)
    if check is not None and path.is_file() and not check(path):
        raise MalformedAnswer(
            f"{path.name} breaks off after {path.stat().st_size} bytes",
            hint="copy or download it again",
        )


def _whole_shapefile(path: Path) -> bool:
    """The header says the length, in 16-bit words (ESRI shapefile description, 1998)."""
    head = _head(path, 100)
    return len(head) < 100 or int(struct.unpack(">i", head[24:28])[0]) * 2 <= path.stat().st_size


def _whole_table(path: Path) -> bool:
    """dBASE: rows times their size after the header; the end mark may be missing."""
    head = _head(path, 32)
    if len(head) < 32:
        return True
    rows, header, size = struct.unpack("<IHH", head[4:12])
    return int(header + rows * size) <= path.stat().st_size


def _whole_xml(path: Path) -> bool:
    """The root element is closed."""
    root = _ROOT.search(_COMMENT.sub(b"", _head(path, 4 * _TAIL)))
    if root is None:
        return True
    tail = _tail(path)
    return b"</" + root[1] in tail or tail.rstrip().endswith(b"/>")


def _whole_lines(path: Path) -> bool:
    tail = _tail(path).rstrip(b"\x1e\r\n\t ")
    return not tail or tail.endswith(b"}")


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as opened:
        return opened.read(size)


def _tail(path: Path) -> bytes:
    with path.open("rb") as opened:
        opened.seek(max(0, path.stat().st_size - _TAIL))
        return opened.read()


_CHECKS: Final[dict[str, Callable[[Path], bool]]] = {
    ".shp": _whole_shapefile,
    ".dbf": _whole_table,
    ".gml": _whole_xml,
    ".xml": _whole_xml,
    ".geojsonl": _whole_lines,
    ".geojsons": _whole_lines,
    ".ndjson": _whole_lines,
    ".jsonl": _whole_lines,
}
