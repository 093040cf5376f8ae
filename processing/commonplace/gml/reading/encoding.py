"""Documents in UTF-8: others are written anew, piece by piece, before they are read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from commonplace.errors import MalformedAnswer

_BLOCK: Final = 1 << 20
_DECLARED: Final = re.compile(rb"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']+)[\"']")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_READ_AS_THEY_ARE: Final = frozenset(("utf-8",))


@contextmanager
def in_utf8(path: Path, encoding: str | None = None) -> Iterator[Path]:
    """The document, or for as long as the block lasts a copy of it in UTF-8.

    Parameters
    ----------
    encoding
        Instead of the one the document declares.

    Raises
    ------
    MalformedAnswer
        Nobody knows the encoding, or bytes aren't in it: names the byte.
    """
    found = encoding_of(path, encoding)
    if found in _READ_AS_THEY_ARE:
        yield path
        return
    with TemporaryDirectory(prefix="commonplace-") as folder:
        copy = Path(folder) / path.name
        _transcode(path, copy, found)
        yield copy


def encoding_of(path: Path, stated: str | None = None) -> str:
    """The encoding by its mark, its declaration, or as stated; Python's name of it.

    Raises
    ------
    MalformedAnswer
    """
    with path.open("rb") as file:
        start = file.read(1024)
    declared = _DECLARED.match(start)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    name = stated or marked or (declared[1].decode("ascii", "replace") if declared else "utf-8")
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise MalformedAnswer(
            f"{path.name} says that its encoding is {name!r}, which nobody knows",
            hint="state the encoding",
        ) from error


def _transcode(path: Path, copy: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    done = 0
    first = True
    with path.open("rb") as source, copy.open("wb") as target:
        while True:
            block = source.read(_BLOCK)
            try:
                text = decoder.decode(block, not block)
            except UnicodeDecodeError as error:
                raise MalformedAnswer(
                    f"{path.name}, byte {done + error.start}: not in {encoding}, "
                    "the encoding that it declares",
                    hint="state the encoding it is really in",
                ) from error
            if first and text:
                text = _DECLARATION.sub("", text, count=1)
                first = False
            target.write(text.encode())
            done += len(block)
            if not block:
                return
