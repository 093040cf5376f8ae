"""Files on a web server: only the parts that are needed, where the server sends ranges.

FlatGeobuf by its index and GeoParquet by its row groups' bboxes are read in parts; a part
is written as a file of its own, which the file source then reads like any other, so all
filters mean the same. Every other file is fetched whole, once. All by our own HTTP client:
its limits, credentials and masks.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, mkdtemp
from typing import Final
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from commonplace.batch import Evidence, Layer, Query, Source
from commonplace.bounds import Bounds
from commonplace.errors import SourceError
from commonplace.http import shown_url
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources import remote_flatgeobuf as fgb
from commonplace.sources import remote_geoparquet as geoparquet
from commonplace.sources.connect import client_for
from commonplace.sources.crsname import transform_bounds
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.remote_ranges import RangeFile

FLATGEOBUF: Final = (".fgb",)
GEOPARQUET: Final = (".parquet", ".geoparquet")


class RemoteSource:
    """Layers of one file on a server. See :class:`commonplace.batch.Source`."""

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        if spec.url is None:
            raise SourceError("a remote file needs a url")
        self._spec = spec
        self._observer = observer or Silent()
        self._client = client_for(spec, self._observer)
        self._file = RangeFile(self._client, spec.url)
        self._name = file_name(spec.url)
        self._suffix = PurePosixPath(self._name).suffix.casefold()
        self._notebook = Notebook()
        self._noted: set[Finding] = set()
        self._folder: str | None = None
        self._whole: Source | None = None
        self._layers: list[Layer] | None = None

    def layers(self) -> list[Layer]:
        if self._layers is None:
            self._file.begin()
            self._note_how()
            self._layers = self._found_layers()
        return self._layers

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        self.layers()
        with self._part(layer, query) as source:
            yield from source.batches(source.layer(layer.name), query)
            self._note_all(source)

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def evidence(self) -> Evidence:
        self.layers()
        details: dict[str, object] = {
            "bytes": self._file.size,
            "ranges": self._file.ranges,
            "etag": self._file.version,
            "last_modified": self._file.changed,
            "requests": self._client.tally.requests,
            "read_bytes": self._client.tally.bytes,
        }
        if self._whole is not None:
            details |= {"file": self._whole.evidence().details}
        return Evidence("remote", shown_url(self._spec.url or ""), details)

    def _found_layers(self) -> list[Layer]:
        """Those of the file's head where that tells, else of the whole file."""
        if self._file.ranges and self._suffix in FLATGEOBUF:
            head = fgb.read_head(self._file, self._name)
            if head.can_search:
                with self._written(partial(fgb.write_first, self._file, head, 1)) as one:
                    layers = one.layers()
                extent = fgb.extent_of(head)
                return [replace(each, count=head.count, extent=extent) for each in layers]
        elif self._file.ranges and self._suffix in GEOPARQUET:
            with geoparquet.opened(self._file, self._name) as parquet:
                count = parquet.metadata.num_rows
                with self._written(partial(geoparquet.write_groups, parquet, [], None)) as one:
                    return [replace(each, count=count) for each in one.layers()]
        whole = self._fetched()
        layers = whole.layers()
        self._note_all(whole)
        return layers

    @contextmanager
    def _part(self, layer: Layer, query: Query) -> Iterator[Source]:
        """A source of what the query needs, or of the whole file."""
        write = self._writer(layer, query)
        if write is None:
            yield self._fetched()
        else:
            with self._written(write) as source:
                yield source

    def _writer(self, layer: Layer, query: Query) -> geoparquet.Write | None:
        """What writes the part that a query needs; None for the whole file."""
        if self._whole is not None or not self._file.ranges:
            return None
        bounds = _bounds(layer, query)
        first = query.limit if bounds is None and not query.where else None
        if self._suffix in FLATGEOBUF:
            head = fgb.read_head(self._file, self._name)
            if head.can_search and bounds is not None:
                return partial(fgb.write_within, self._file, head, bounds)
            if head.can_search and first is not None:
                return partial(fgb.write_first, self._file, head, first)
        some = bounds is not None or first is not None or query.columns is not None
        if self._suffix in GEOPARQUET and some:
            return partial(self._write_groups, layer, query, bounds, first)
        return None

    def _write_groups(
        self,
        layer: Layer,
        query: Query,
        bounds: Bounds | None,
        first: int | None,
        path: Path,
    ) -> None:
        columns = None
        with geoparquet.opened(self._file, self._name) as parquet:
            groups = None if bounds is None else geoparquet.groups_within(parquet, bounds)
            if bounds is not None and groups is None:
                self._notebook.note(
                    "BBOX_NOT_PUSHED_DOWN",
                    Severity.INFO,
                    "the file says no bbox of its row groups: all of them were read",
                    layer=layer.name,
                    fix="write GeoParquet 1.1 with a bbox covering",
                )
            if groups is None:
                most = parquet.metadata.num_rows if first is None else first
                groups = geoparquet.first_groups(parquet, most)
            if query.columns is not None:
                named = (*query.columns, *(name for name, _ in query.where))
                wanted = {one.casefold() for one in named}
                columns = [one for one in parquet.schema_arrow.names if one.casefold() in wanted]
            geoparquet.write_groups(parquet, groups, columns, path, rows=first)

    def _fetched(self) -> Source:
        """The whole file, fetched once."""
        if self._whole is None:
            path = Path(self._temporary()) / self._name
            self._file.download(path)
            self._whole = self._local(path)
        return self._whole

    def _temporary(self) -> str:
        """A folder that goes when the source does."""
        if self._folder is None:
            self._folder = mkdtemp(prefix="commonplace-remote-")
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    @contextmanager
    def _written(self, write: geoparquet.Write) -> Iterator[Source]:
        """A source of a part that ``write`` writes; gone afterwards."""
        with TemporaryDirectory(dir=self._temporary()) as folder:
            path = Path(folder) / self._name
            write(path)
            source = self._local(path)
            yield source
            self._note_all(source)

    def _local(self, path: Path) -> Source:
        from commonplace.sources import open_source

        spec = replace(
            self._spec, url=None, path=path, kind=None, token_env=None, header_env={}, auth=None
        )
        return open_source(spec, self._observer)

    def _note_all(self, source: Source) -> None:
        """Take over what a part's source noticed, each once."""
        for one in source.findings():
            if one not in self._noted:
                self._noted.add(one)
                self._notebook.add(one)

    def _note_how(self) -> None:
        if not self._file.ranges and self._suffix in (*FLATGEOBUF, *GEOPARQUET):
            self._notebook.note(
                "RANGES_UNSUPPORTED",
                Severity.INFO,
                "the server sends no ranges of bytes: the file was fetched whole",
                value=self._name,
            )


def file_name(url: str) -> str:
    """The last step of a URL's path, as a file is called."""
    step = PurePosixPath(unquote(urlsplit(url).path)).name.lstrip(".")
    return step.replace("\\", "_").replace("\0", "_") or "download"


def _bounds(layer: Layer, query: Query) -> Bounds | None:
    if query.bbox is None or query.bbox_crs is None or layer.crs is None:
        return query.bbox
    return transform_bounds(query.bbox, query.bbox_crs, layer.crs)
