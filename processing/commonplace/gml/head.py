"""A GML document's head: the root's start tag, and what stands before the first member."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from commonplace.gml.window import (
    DTD,
    END,
    ENDS,
    INSTRUCTION,
    MARKUP,
    NAME,
    NotWhole,
    Piece,
    Window,
)

LONGEST_HEAD: Final = 16 * 1024 * 1024
STEP: Final = 64 * 1024

WRAPPER: Final = "featureMembers"
MEMBERS: Final = frozenset(
    ("member", "featureMember", WRAPPER, "observationData", "Insert", "Replace")
)
COLLECTIONS: Final = frozenset(
    ("FeatureCollection", "SimpleFeatureCollection", "SpatialDataSet", "Tuple", "additionalObjects")
)
_ROOTS: Final = re.compile(r".*(Collection|DataSet|Dataset)$", re.IGNORECASE)
_BLANK: Final = b" \t\r\n" + BOM_UTF8
_DECLARATION: Final = re.compile(rb"<\?xml\s")
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")


@dataclass(frozen=True, slots=True)
class Head:
    """Up to the first member.

    ``tag`` is the root's start tag, ``doctype`` the offset of a DTD, ``ahead`` the elements
    before the first member, ``member`` that member's name, ``first`` and ``first_line``
    where it begins; without members, where the root does.
    """

    encoding: str | None = None
    root: bytes = b""
    tag: bytes = b""
    offset: int = 0
    line: int = 1
    empty: bool = False
    doctype: int | None = None
    ahead: tuple[Piece, ...] = ()
    member: bytes | None = None
    first: int = 0
    first_line: int = 1

    @property
    def collection(self) -> bool:
        """The root holds features, it isn't one."""
        return self.member is not None or _ROOTS.match(local_name(self.root)) is not None


def local_name(name: bytes) -> str:
    """A name without its prefix."""
    return name.rpartition(b":")[2].decode("utf-8", "replace")


def read_head(window: Window) -> Head:
    """The root, then on to the first member; not far, where the root's name isn't that of a
    collection.
    """
    encoding, name, start, line = read_root(window)
    if name is None:
        return Head(encoding, doctype=start, line=line, offset=start)
    root = Head(
        encoding,
        name,
        window.start_tag(start),
        start,
        line,
        window.empty,
        first=start,
        first_line=line,
    )
    ahead: list[Piece] = []
    if root.empty:
        return root
    sure = root.collection
    member: tuple[bytes, int, int] | None = None
    with suppress(NotWhole):  # whoever reads on will say what is broken
        for child, begin in children(window, name):
            if local_name(child) in MEMBERS:
                member = child, begin, window.line_at(begin)
                break
            if not sure and window.at - start > LONGEST_HEAD:
                break
            if local_name(child) not in COLLECTIONS:
                ahead.append(window.whole(child, begin))
            else:
                window.whole(child, begin)
    if member is None:
        return root
    return Head(
        encoding,
        name,
        root.tag,
        start,
        line,
        ahead=tuple(ahead),
        member=member[0],
        first=member[1],
        first_line=member[2],
    )


def read_root(window: Window) -> tuple[str | None, bytes | None, int, int]:
    """Move behind the root's start tag: encoding, name, offset, line; no name at a DTD.

    Raises
    ------
    NotWhole
    """
    encoding: str | None = None
    while True:
        found = window.match(MARKUP)
        if found is None or found[END]:
            raise window.broken("the document has no root element")
        start, after = window.place(found, 1)
        line = window.line_at(start)
        before = found.group()[: found.start(1) - found.start()]
        if before.strip(_BLANK):
            raise window.broken("text stands before the root element")
        window.at = after
        if found[DTD]:
            return encoding, None, start, line
        if found[NAME]:
            window.empty = window.rest_of_tag(start)
            return encoding, found[NAME], start, line
        mark = next(group for group in ENDS if found[group])
        window.skip_to(ENDS[mark])
        is_first = start == len(before) and before in (b"", BOM_UTF8)
        if not is_first and _DECLARATION.match(window.start_tag(start)):
            raise window.broken("the XML declaration isn't the document's beginning", start)
        declared = _ENCODING.match(window.start_tag(start)) if mark == INSTRUCTION else None
        encoding = declared[1].decode() if declared else encoding


def children(window: Window, parent: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and start of each child up to the end of ``parent``, whose start tag has been
    passed. Whoever iterates moves the window behind the child.
    """
    while True:
        found = window.match(MARKUP)
        if found is None:
            raise window.broken(f"the document ends inside <{parent.decode(errors='replace')}>")
        start, after = window.place(found, 1)
        window.line_at(start)
        window.at = after
        if found[DTD]:
            raise window.broken("a declaration stands among elements", start)
        if found[END]:
            if found[NAME] != parent:
                name = found[NAME].decode(errors="replace")
                raise window.broken(f"</{name}> ends what {parent.decode()} began", start)
            window.rest_of_tag(start)
            return
        if found[NAME]:
            window.empty = window.rest_of_tag(start)
            yield found[NAME], start
        else:
            window.skip_to(ENDS[next(group for group in ENDS if found[group])])


def root_end(path: Path, head: Head) -> tuple[int, int] | None:
    """Where the root's end tag begins and ends; None where it isn't near the file's end, or
    anything but comments follows it.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(head.first, size - STEP))
        tail = file.read()
    found = tail.rfind(b"</" + head.root)
    if found < 0:
        return None
    parser = expat.ParserCreate("UTF-8")
    try:
        parser.Parse(b"<" + head.root + b">" + tail[found:], True)
    except expat.ExpatError:
        return None
    return size - len(tail) + found, size - len(tail) + tail.index(b">", found) + 1
