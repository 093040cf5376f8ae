"""GML application schemas as layers: one a feature type, nested properties made flat.

Names are joined along the path by ``_`` (``inspireId_localId``), with the object element
between where several occur (``locator_AddressLocator_level``). A property with more than
one value in any feature is a list; attributes stand beside (``…_uom``, ``…_href``, and
``…_nil``: why a value is missing). The layer's geometry is the property ``geometry``, else
the first one; others are left out, with a finding.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.gml.reading import Reading, read_head, read_into
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Silent
from commonplace.sources.crsname import transform_bounds
from commonplace.sources.gmlflat import Table, flat, table_of
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.rows import chosen_columns, filtered, limited

_SUFFIXES: Final = (".gml", ".xml", ".xplan")
_INSPIRE: Final = re.compile(
    r"urn:x-inspire:specification:gmlas:"
    r"|//inspire\.(jrc\.)?ec\.europa\.eu/(draft-)?schemas/(?!common/|inspire_|geoportal/)"
)
_FIRST_BYTES: Final = 1 << 16
_MEMBER: Final = re.compile(
    r"<(?:[\w.-]+:)?(?:member|featureMembers?)(?:\s[^>]*)?>\s*(?:<!--.*?-->\s*)*<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)
_NAMESPACE: Final = re.compile(r"""xmlns(?::[^\s=]+)?\s*=\s*["']([^"']+)["']""")


def is_gml(path: Path) -> bool:
    """Whether a file is GML with features: by its head, after its suffix."""
    if path.suffix.lower() not in _SUFFIXES or not path.is_file():
        return False
    try:
        return read_head(path).is_collection
    except MalformedAnswer:
        return False


def is_inspire_gml(path: Path) -> bool:
    """Whether a file is GML of an INSPIRE schema, whatever its version."""
    return is_gml(path) and any(map(_INSPIRE.search, _namespaces(path)))


def first_type(path: Path) -> str | None:
    """The feature type that a collection begins with, ``Building``; None for anything else."""
    found = _MEMBER.search(_beginning(path)) if is_gml(path) else None
    return found[1] if found else None


def _namespaces(path: Path) -> list[str]:
    """The namespaces that the first elements of a document declare."""
    return _NAMESPACE.findall(_beginning(path))


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_FIRST_BYTES).decode("utf-8", errors="replace")


class GmlSource:
    """Layers of a GML document. See :class:`commonplace.batch.Source`.

    The document is read once, when the first question is asked, to a temporary folder
    that goes with the source.
    """

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        if spec.path is None:
            raise SourceError("a GML source needs a path")
        self._path: Path = spec.path
        self._crs = identify(spec.crs) if spec.crs else None
        self._encoding = spec.encoding
        self._observer = observer or Silent()
        self._notebook = Notebook()
        self._reading: Reading | None = None
        self._tables: dict[str, Table] = {}

    def layers(self) -> list[Layer]:
        self._open()
        return [one.layer for one in self._tables.values()]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._path.name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        reading = self._open()
        table = self._tables[layer.name]
        columns = chosen_columns(layer.name, layer.field_names, query.columns)
        names = chosen_columns(layer.name, layer.field_names, [name for name, _ in query.where])
        where = [(name, text) for name, (_, text) in zip(names, query.where, strict=True)]
        bounds = query.bbox
        if bounds is not None and query.bbox_crs and layer.crs:
            bounds = transform_bounds(bounds, query.bbox_crs, layer.crs)
        kept = [*columns, *([GEOMETRY] if GEOMETRY in table.schema.names else [])]

        def rows() -> Iterator[pa.RecordBatch]:
            for batch in reading.batches(table.read.type.name):
                found = filtered(flat(batch, table), where, bounds)
                yield found.select(kept)

        return limited(rows(), query.limit, self._observer)

    def evidence(self) -> Evidence:
        reading = self._open()
        details: dict[str, object] = {
            "drivers": ["GML"],
            "root": reading.head.written,
            "schemas": sorted(
                {one.type.schema for one in reading.types.values() if one.type.schema}
            ),
            "files": [
                {
                    "name": self._path.name,
                    "bytes": self._path.stat().st_size,
                    "sha256": _hash(self._path),
                }
            ],
            "stated_crs": self._crs,
            "stated_encoding": self._encoding,
        }
        return Evidence("gml", self._path.name, details)

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def _open(self) -> Reading:
        if self._reading is None:
            folder = mkdtemp(prefix="commonplace-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._reading = read_into(
                self._path, Path(folder), encoding=self._encoding, crs=self._crs
            )
            self._notebook.extend(self._reading.findings())
            self._tables = {
                name: table_of(self._reading, one, self._notebook, self._crs)
                for name, one in self._reading.types.items()
            }
        return self._reading


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
