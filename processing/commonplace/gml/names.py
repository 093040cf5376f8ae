"""Names in a GML document: prefixes of namespaces, and ids that are NCNames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.pieces import Array, Piece, content, merged
from commonplace.model.types import Schema, local_name, namespace_of, qname

GML: Final = "http://www.opengis.net/gml/3.2"
WFS: Final = "http://www.opengis.net/wfs/2.0"
XLINK: Final = "http://www.w3.org/1999/xlink"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
GCO: Final = "http://www.isotc211.org/2005/gco"
XML: Final = "http://www.w3.org/XML/1998/namespace"

_OWN: Final = ((GML, "gml"), (WFS, "wfs"), (XLINK, "xlink"), (XSI, "xsi"), (XML, "xml"))
_SAFE: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Prefixes of namespaces, all different."""

    by_namespace: Mapping[str, str]

    @classmethod
    def of(cls, schema: Schema) -> Prefixes:
        """Those a schema names, and the standards' own."""
        table = dict(_OWN)
        taken = set(table.values())
        for namespace, prefix in [*schema.prefixes, (schema.namespace, schema.prefix)]:
            if namespace not in table:
                free = _free(prefix, taken)
                table[namespace] = free
                taken.add(free)
        return cls(table)

    def prefix(self, namespace: str) -> str:
        """A namespace nobody named gets a prefix made from it alone."""
        made = f"ns{crc32(namespace.encode()):08x}"
        return self.by_namespace.get(namespace, made)

    def tag(self, name: str) -> str:
        """``prefix:local`` of an expanded name; a name in no namespace stays bare."""
        if not name.startswith("{"):
            return name
        return f"{self.prefix(namespace_of(name))}:{local_name(name)}"


def _free(prefix: str, taken: set[str]) -> str:
    candidates = (f"{prefix}{number}" for number in count(2))
    return prefix if prefix not in taken else next(one for one in candidates if one not in taken)


def attribute_name(local: str, declared: Iterable[str]) -> str:
    """The expanded name of an attribute known by its local name."""
    for name in declared:
        if local_name(name) == local:
            return name
    return qname(XLINK, local) if local in ("href", "title", "role") else local


def ncnames(ids: Array) -> Array:
    """Ids as the later part of an NCName, so that different ids stay different.

    ASCII letters, digits, ``.``, ``-`` and ``_`` stand as they are; any other character
    becomes ``_xHHHH_`` (its code point), and ``_x`` itself ``_x5F_x``: what begins with
    ``_x`` is always an escape. GML 3.2.1, 7.2.4.5.

    Parameters
    ----------
    ids
        Strings; nulls stay null.
    """
    raw = content(ids).tobytes()
    unsafe = raw.translate(None, _SAFE)
    if b"_x" in raw:
        ids = pc.replace_substring(ids, "_x", "_x5F_x")
    for character in sorted(set(unsafe.decode())):
        ids = pc.replace_substring(ids, character, f"_x{ord(character):X}_")
    return ids


def ncname(text: str) -> str:
    """:func:`ncnames` of one text."""
    return str(ncnames(pa.array([text], pa.string()))[0].as_py())


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of one level: ``_path-feature``, just ``feature`` at the top.

    The path is made of property names and, in lists and multi-geometries, numbers. No
    feature id begins with ``_``, so ids made for parts meet no other.
    """

    feature: tuple[Piece, ...]
    path: tuple[Piece, ...] = ()

    def pieces(self) -> list[Piece]:
        return merged((*self.path, "-", *self.feature)) if self.path else list(self.feature)

    def under(self, name: str) -> Ids:
        return Ids(self.feature, (*self.path, f".{name}" if self.path else f"_{name}"))

    def take(self, rows: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]) -> Ids:
        """The ids of items: of the rows they belong to, ``.number`` behind the path.

        Number 0 adds nothing.
        """
        index = pa.array(rows)
        words = ["", *(f".{one}" for one in range(1, int(numbers.max(initial=0)) + 1))]
        number = pa.array(words, pa.string()).take(pa.array(numbers))
        path = tuple(_take(one, index) for one in self.path)
        return Ids(tuple(_take(one, index) for one in self.feature), (*path, number))

    def filtered(self, mask: Array) -> Ids:
        """The ids of the rows where ``mask`` holds."""
        return Ids(
            tuple(one if isinstance(one, str) else one.filter(mask) for one in self.feature),
            tuple(one if isinstance(one, str) else one.filter(mask) for one in self.path),
        )


def _take(piece: Piece, index: Array) -> Piece:
    return piece if isinstance(piece, str) else piece.take(index)
