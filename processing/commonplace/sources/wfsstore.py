"""Pages of a WFS on disk: read as they come, handed out when the last one is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.batch import GEOMETRY, Layer
from commonplace.errors import MalformedAnswer
from commonplace.gml.reading import Pages
from commonplace.gml.reading.parts import PartType
from commonplace.http import Response, shown_url
from commonplace.report import Finding
from commonplace.sources.geojson import parse_features
from commonplace.sources.gmlflat import ID, Table, flat, table_of
from commonplace.sources.notes import Notebook
from commonplace.sources.paging import object_of
from commonplace.sources.rows import conform, unified
from commonplace.spool import read_batch, read_table, write_table
from commonplace.target import LOCAL_ID

Hashes = npt.NDArray[np.int64]

# What a document of a WFS says by its nature: the service described its types and CRS.
_EXPECTED: Final = frozenset(("TYPE_INFERRED", "SCHEMA_NOT_FETCHED", "FEATURE_WITHOUT_ID"))
_IDS: Final = re.compile(rb"""(?:gml:id|fid|timeStamp|"id")\s*[=:]\s*(?:"[^"]*"|'[^']*'|\d+)""")
_COUNT: Final = re.compile(r"\d+")
_TAIL: Final = 4096
_DIGESTED: Final = 64 * 1024

# What a column of a stated type is that no page has.
_STATED: Final[Mapping[str, pa.DataType]] = {
    "int64": pa.int64(),
    "double": pa.float64(),
    "bool": pa.bool_(),
    "date32[day]": pa.date32(),
    "timestamp[us, tz=UTC]": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A page that is on disk.

    ``ids`` are hashes of the features' ids, None where they have none; ``digest`` is of what
    the page begins with, ids aside, and its size. ``next`` and ``total`` are what the server
    says of the whole.
    """

    rows: int
    ids: Hashes | None
    digest: bytes
    next: str | None = None
    total: int | None = None


def completed_schema(found: pa.Schema, layer: Layer, names: Iterable[str]) -> pa.Schema:
    """What the pages hold, and of ``names`` what they might have held and don't: as the layer
    states their types, else text.
    """
    stated = {one.name: one.type for one in layer.fields}
    fields = {one.name: one for one in found if one.name != GEOMETRY}
    for name in names:
        fields.setdefault(name, pa.field(name, _STATED.get(stated.get(name, ""), pa.string())))
    geometry = [] if layer.geometry_type is None else [pa.field(GEOMETRY, pa.binary())]
    return pa.schema([*fields.values(), *geometry])


class Store(Protocol):
    """Takes pages; afterwards gives their rows, batch by batch."""

    def add(self, response: Response) -> Stored: ...

    def layer(self, notebook: Notebook) -> Layer | None:
        """What the pages show of the layer; None where there were no features."""
        ...

    def schema(self) -> pa.Schema: ...

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Rows in the order in which they came; call :meth:`layer` before."""
        ...


class GmlStore:
    """Pages of GML, of any version.

    Parameters
    ----------
    name
        The feature type's local name: others that stand in the answers are left out.
    folder
        Takes the features.
    crs
        Of geometries that state none.
    declared
        Built-in types of properties.
    """

    def __init__(
        self, name: str | None, folder: Path, crs: str | None, declared: Mapping[str, str]
    ) -> None:
        self._name = name
        self._folder = folder
        self._pages = Pages(name or "stored query", folder, crs=crs, declared=declared)
        self._table: Table | None = None
        self._batches: Iterator[Any] = iter(())
        self._prefix: str | None = None

    def add(self, response: Response) -> Stored:
        body = response.body
        if b"truncatedResponse" in body[-_TAIL:]:
            raise MalformedAnswer(
                f"{shown_url(response.url)} broke off: the server says that it failed meanwhile",
                hint="state a smaller page_size",
            )
        path = self._folder / "page.gml"
        path.write_bytes(body)
        parts = [one for part in self._pages.add(path) for one in part.types]
        path.unlink()
        mine = [one for one in parts if self._mine(one)]
        if not self._pages.head.is_collection and not any(one.has_ids for one in mine):
            raise MalformedAnswer(
                f"{shown_url(response.url)} answered {self._pages.head.written}, no features",
                hint="open the address in a browser to see what it says",
            )
        head = self._pages.head.attributes
        total = head.get("numberMatched") or head.get("numberOfFeatures") or ""
        whole = "numberMatched" in head or not mine
        rows = sum(one.rows for one in mine)
        return Stored(
            rows=rows,
            ids=_hashes(mine),
            digest=_digest(body, rows),
            next=head.get("next") or None,
            total=int(total) if whole and _COUNT.fullmatch(total) else None,
        )

    def _mine(self, one: PartType) -> bool:
        return self._name is None or one.type.written.rpartition("}")[2] == self._name

    def layer(self, notebook: Notebook) -> Layer | None:
        reading = self._pages.reading()
        if not reading.types:
            return None
        wanted = [
            one
            for one in reading.types.values()
            if self._name is None or one.type.written.rpartition("}")[2] == self._name
        ]
        if not wanted:
            return None
        notebook.extend(_unexpected(reading.findings()))
        self._table = table_of(reading, wanted[0], notebook, None)
        self._batches = reading.batches(wanted[0].type.name)
        if not any(part.foreign_ids for part, _ in wanted[0].parts):
            self._prefix = f"{wanted[0].type.name}."
        return self._table.layer

    def schema(self) -> pa.Schema:
        assert self._table is not None
        return self._table.schema

    def batches(self) -> Iterator[pa.RecordBatch]:
        table = self._table
        if table is not None:
            for batch in self._batches:
                yield self._with_ids(flat(batch, table))

    def _with_ids(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Ids as the server has them: the reader leaves out the type in front of them."""
        if self._prefix is None:
            return batch
        position = batch.schema.get_field_index(ID)
        full = pc.binary_join_element_wise(self._prefix, batch.column(position), "")
        return batch.set_column(position, ID, full)


class JsonStore:
    """Pages of GeoJSON (RFC 7946), as some WFS write it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: list[Path] = []
        self._schemas: list[pa.Schema] = []
        self._schema = pa.schema([])
        self.crs: str | None = None

    def add(self, response: Response) -> Stored:
        body = response.json()
        where = shown_url(response.url)
        found = object_of(body, where, "features", list)
        features = [one for one in found if isinstance(one, dict)]
        self.crs = _named_crs(body) or self.crs
        made = parse_features(features, id_name=ID, swap=False, with_geometry=True)
        path = self._folder / f"{len(self._paths):06d}.arrow"
        write_table(made.batch, path)
        self._paths.append(path)
        self._schemas.append(made.batch.schema)
        total = body.get("numberMatched", body.get("totalFeatures"))
        ids = made.batch.column(ID)
        return Stored(
            rows=len(features),
            ids=None if ids.null_count else _hash(ids.cast(pa.string())),
            digest=_digest(response.body, len(features)),
            next=_next(body),
            total=total if isinstance(total, int) else None,
        )

    def layer(self, notebook: Notebook) -> Layer | None:
        if not any(self._schemas):
            return None
        schema, _ = unified([one for one in self._schemas if len(one)])
        fields = [
            pa.field(one.name, pa.string()) if pa.types.is_null(one.type) else one for one in schema
        ]
        geometry = [one for one in fields if one.name == GEOMETRY]
        self._schema = pa.schema([one for one in fields if one.name != GEOMETRY] + geometry)
        return Layer("", geometry_type="Unknown" if geometry else None, crs=self.crs)

    def schema(self) -> pa.Schema:
        return self._schema

    def batches(self) -> Iterator[pa.RecordBatch]:
        for path in self._paths:
            yield conform(read_batch(path), self._schema)
            path.unlink()


def _unexpected(findings: list[Finding]) -> Iterator[Finding]:
    return (one for one in findings if one.code not in _EXPECTED)


def _hashes(parts: list[PartType]) -> Hashes | None:
    if not all(one.has_ids for one in parts):
        return None
    found = [_hash(read_table(one.features).column(LOCAL_ID)) for one in parts]
    return np.concatenate([np.empty(0, dtype=np.int64), *found])


def _hash(ids: Any) -> Hashes:
    texts = ids.to_pylist()
    return np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))


def _digest(body: bytes, rows: int) -> bytes:
    """Of a page's first features: without their ids, which some servers make up each time."""
    start = max(body.find(b"ember>"), body.find(b'"features"'), 0)
    first = _IDS.sub(b"", body[start : start + _DIGESTED])
    return blake2b(first + b"%d" % rows, digest_size=16).digest()


def _named_crs(body: Mapping[str, Any]) -> str | None:
    """The CRS that GeoJSON of 2008 names."""
    crs = body.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    return name if isinstance(name, str) else None


def _next(body: Mapping[str, Any]) -> str | None:
    links = body.get("links")
    for one in links if isinstance(links, list) else ():
        if isinstance(one, dict) and one.get("rel") == "next":
            return str(one.get("href"))
    return None
