"""INSPIRE download services by ATOM: data sets found in feeds, their files read as layers.

A feed of one data set has an entry a CRS and format; one in which several entries offer the
same is taken for a list of data sets. The file is chosen by CRS (``crs`` of the job's source)
and format (``format``), else the first of the format that holds most. It is fetched when a
layer of it is first asked for.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pyarrow as pa

from commonplace.batch import Evidence, Layer, Query, Source
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import LayerNotFound, MalformedAnswer, SourceError
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity
from commonplace.sources.atomfeed import (
    FEED,
    Entry,
    Feed,
    FeedLink,
    OpenSearch,
    feed_of,
    open_search_of,
)
from commonplace.sources.atomfiles import opened
from commonplace.sources.axes import moved_extent
from commonplace.sources.connect import same_server
from commonplace.sources.notes import find_layer
from commonplace.sources.remote import file_name
from commonplace.sources.remote_ranges import RangeFile
from commonplace.sources.service import ServiceSource
from commonplace.sources.wfsxml import Asker

# Words in a media type or file name, and the ending that the reader goes by; best first.
_FORMATS: Final = (
    (("geopackage", "gpkg"), ".gpkg"),
    (("flatgeobuf", ".fgb"), ".fgb"),
    (("parquet",), ".parquet"),
    (("gml",), ".gml"),
    (("geo+json", "geojson"), ".geojson"),
    (("shapefile", "shp", "zip", "compressed"), ".zip"),
    (("json",), ".json"),
    (("csv",), ".csv"),
    (("kml",), ".kml"),
)


@dataclass(slots=True)
class _Dataset:
    """A data set: what its entry says, its files, and the source of the one that was chosen."""

    name: str
    entry: Entry | None
    entries: tuple[Entry, ...] | None = None
    source: Source | None = None


class AtomSource(ServiceSource):
    """The data sets of one feed. See :class:`commonplace.batch.Source`."""

    WHAT = "an ATOM source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._asker = Asker(self._client)
        self._feed: Feed | None = None
        self._datasets: list[_Dataset] = []
        self._folder: str | None = None
        self._files: list[dict[str, object]] = []
        self._search: dict[str, object] = {}

    def layers(self) -> list[Layer]:
        """Data sets as the feed describes them; a single one with the layers of its file."""
        datasets = self._opened()
        if len(datasets) == 1:
            return self._inner(datasets[0])
        return [self._described(one) for one in datasets]

    def layer(self, name: str | None = None) -> Layer:
        datasets = self._opened()
        if len(datasets) == 1:
            return find_layer(self._inner(datasets[0]), name, self._address)
        known = [Layer(one.name) for one in datasets]
        wanted, _, inner = (name or "").partition("/")
        dataset = self._dataset(find_layer(known, wanted or None, self._address).name)
        layers = self._inner(dataset)
        if not inner and len(layers) > 1:
            names = ", ".join(f"{dataset.name}/{one.name}" for one in layers)
            raise LayerNotFound(
                f"{dataset.name!r} has {len(layers)} layers and none is named",
                hint=f"there are: {names}; a job takes them from the data set's own feed",
            )
        found = find_layer(layers, inner or None, dataset.name)
        return replace(found, name=f"{dataset.name}/{found.name}" if inner else dataset.name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        datasets = self._opened()
        name, _, inner = layer.name.partition("/")
        if len(datasets) == 1:
            dataset, wanted = datasets[0], layer.name
        else:
            dataset, wanted = self._dataset(name), inner
        source = self._read(dataset)
        yield from source.batches(source.layer(wanted or None), query)

    def findings(self) -> list[Finding]:
        inner = [one.source for one in self._datasets if one.source is not None]
        return super().findings() + [each for one in inner for each in one.findings()]

    def evidence(self) -> Evidence:
        details: dict[str, object] = {
            "title": self._feed.title if self._feed else None,
            **self._traffic(),
            "files": list(self._files),
            "opensearch": dict(self._search),
        }
        return Evidence("atom", self._address, details)

    def _dataset(self, name: str) -> _Dataset:
        return next(one for one in self._datasets if one.name == name)

    def _opened(self) -> list[_Dataset]:
        """The feed's data sets; the feed is asked for once.

        Raises
        ------
        MalformedAnswer
            It is no feed, or has no entries.
        """
        if self._feed is None:
            feed = feed_of(self._asker.ask(self._url))
            if not feed.entries:
                raise MalformedAnswer(f"{self._address} is a feed without entries")
            self._feed = feed
            if feed.is_service:
                self._datasets = _named(self._searched(feed))
            elif _are_parts(feed.entries):
                self._datasets = _named(feed.entries)
            else:
                self._datasets = [_Dataset(feed.title or "data set", None, feed.entries)]
        return self._datasets

    def _searched(self, feed: Feed) -> tuple[Entry, ...]:
        """The feed's entries; where they link no feed, the OpenSearch description says where."""
        if feed.search is None:
            return feed.entries
        try:
            found = open_search_of(self._asker.ask(same_server(feed.search, feed.address)))
        except SourceError as error:
            self._notebook.note(
                "OPENSEARCH_UNREADABLE",
                Severity.INFO,
                f"the feed's OpenSearch description can't be read: {error}",
            )
            return feed.entries
        self._search = {"title": found.title, "queries": [dict(one) for one in found.queries]}
        return tuple(_with_feed(one, found) for one in feed.entries)

    def _described(self, dataset: _Dataset) -> Layer:
        if dataset.source is not None:
            return self.layer(dataset.name)
        entry = dataset.entry
        assert entry is not None
        crs = entry.crs[0] if entry.crs else None
        return Layer(
            name=dataset.name,
            title=entry.title or None,
            geometry_type="Unknown",
            crs=crs,
            extent=_extent(entry, crs),
            licence=entry.rights or (self._feed.rights if self._feed else None),
        )

    def _inner(self, dataset: _Dataset) -> list[Layer]:
        rights = self._feed.rights if self._feed else None
        licence = (dataset.entry.rights if dataset.entry else None) or rights
        layers = self._read(dataset).layers()
        return [replace(one, licence=one.licence or licence) for one in layers]

    def _read(self, dataset: _Dataset) -> Source:
        """The source of a data set's file, fetched once."""
        if dataset.source is None:
            entry, files = self._chosen(dataset)
            folder = Path(self._temporary()) / f"{self._datasets.index(dataset):04d}"
            folder.mkdir()
            paths = [self._fetched(one, folder, number) for number, one in enumerate(files)]
            path = paths[0] if len(paths) == 1 else _together(paths, folder)
            dataset.source = self._local(path, entry)
        return dataset.source

    def _chosen(self, dataset: _Dataset) -> tuple[Entry, tuple[FeedLink, ...]]:
        """The entry, and of its links those of one format.

        Raises
        ------
        SourceError
            Nothing that can be read, or not in the CRS or format that is stated.
        """
        offers = [
            (rank, entry)
            for entry in self._entries(dataset)
            for rank in {_rank(one) for one in entry.files}
            if rank is not None
        ]
        wanted = identify(self._spec.crs) if self._spec.crs else None
        if wanted is not None and any(wanted in entry.crs for _, entry in offers):
            offers = [one for one in offers if wanted in one[1].crs]
        if self._spec.format is not None:
            asked = self._spec.format.lower().lstrip(".")
            offers = [one for one in offers if asked in " ".join(_words(one[0]))]
        if not offers:
            every = sorted({one.type for entry in self._entries(dataset) for one in entry.links})
            raise SourceError(
                f"{dataset.name!r} has no file that can be read",
                hint=f"it offers {', '.join(every) or 'nothing'}",
            )
        rank, entry = min(offers, key=lambda one: one[0])
        files = tuple(one for one in entry.files if _rank(one) == rank)
        sections = tuple(one for one in files if one.relation == "section")
        return entry, sections or files[:1]

    def _entries(self, dataset: _Dataset) -> tuple[Entry, ...]:
        """The entries of a data set's own feed."""
        if dataset.entries is None:
            assert dataset.entry is not None
            assert self._feed is not None
            link = dataset.entry.feed
            if link is None:
                dataset.entries = (dataset.entry,)
            else:
                address = same_server(link.address, self._feed.address)
                dataset.entries = feed_of(self._asker.ask(address)).entries
        return dataset.entries

    def _fetched(self, link: FeedLink, folder: Path, number: int) -> Path:
        file = RangeFile(self._client, link.address)
        file.begin()
        path = folder / _file_name(link, number)
        file.download(path)
        self._files.append({"url": shown_url(link.address), "bytes": path.stat().st_size})
        return path

    def _temporary(self) -> str:
        """A folder that goes when the source does."""
        if self._folder is None:
            self._folder = mkdtemp(prefix="commonplace-atom-")
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def _local(self, path: Path, entry: Entry) -> Source:
        """The source of a local file: in the CRS that the job states, or the feed where the
        file says none.
        """
        local = SourceSpec(crs=self._spec.crs, encoding=self._spec.encoding)
        source = opened(path, local, self._observer)
        silent = any(one.crs is None and one.geometry_type is not None for one in source.layers())
        if self._spec.crs is None and silent and len(entry.crs) == 1:
            self._notebook.note(
                "CRS_FROM_FEED",
                Severity.INFO,
                f"the file says no CRS: {entry.crs[0]}, as its feed says",
                value=path.name,
            )
            source = opened(path, replace(local, crs=entry.crs[0]), self._observer)
        return source


def _named(entries: tuple[Entry, ...]) -> list[_Dataset]:
    """Data sets by their identifiers' codes, or titles where they have none; each once."""
    named: dict[str, _Dataset] = {}
    for number, entry in enumerate(entries, start=1):
        name = (entry.code or entry.title or entry.id).replace("/", "_")
        name = name if name and name not in named else f"{name}_{number}"
        named[name] = _Dataset(name, entry)
    return list(named.values())


def _are_parts(entries: tuple[Entry, ...]) -> bool:
    """Whether entries are data sets of their own (a municipality each): two offer the same
    CRS and format, so they aren't one data set in several.
    """
    offers = [(one.crs, _rank(file)) for one in entries for file in one.files[:1]]
    return len(set(offers)) < len(offers)


def _with_feed(entry: Entry, search: OpenSearch) -> Entry:
    if entry.code is None or entry.feed is not None:
        return entry
    address = search.dataset_feed(entry.code, entry.namespace or "")
    if address is None:
        return entry
    return replace(entry, links=(*entry.links, FeedLink(address, "alternate", FEED)))


def _extent(entry: Entry, crs: str | None) -> Bounds | None:
    return None if crs is None or entry.extent is None else moved_extent(entry.extent, crs)


def _words(rank: int) -> tuple[str, ...]:
    words, ending = _FORMATS[rank]
    return (*words, ending)


def _rank(link: FeedLink) -> int | None:
    """The number of a link's format in the order of preference."""
    name = file_name(link.address).lower()
    for said in (link.type, name):
        for number, (words, _) in enumerate(_FORMATS):
            if any(one in said for one in words):
                return number
    return None


def _file_name(link: FeedLink, number: int) -> str:
    """A name whose ending tells the format, unless the address has a right one."""
    name = file_name(link.address)
    known = (*(ending for _, ending in _FORMATS), ".xml", ".gz")
    if not name.lower().endswith(known):
        rank = _rank(link)
        name = f"{name}{_FORMATS[rank][1] if rank is not None else ''}"
    return f"{number:04d}-{name}" if link.relation == "section" else name


def _together(paths: list[Path], folder: Path) -> Path:
    """Sections as one: files of one ending are merged, archives are layers side by side."""
    endings = {one.suffix.lower() for one in paths}
    if len(endings) == 1 and ".zip" not in endings:
        return folder / f"*{paths[0].suffix}"
    return folder
