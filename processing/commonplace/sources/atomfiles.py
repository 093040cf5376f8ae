"""Fetched files as a source: archives of INSPIRE GML by the GML reader, all else as files are.

Download services pack GML application schemas into zip files. GDAL's driver would make flat
names of its own of them; the GML reader keeps nested properties whole.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

import pyarrow as pa

from commonplace.batch import Evidence, Layer, Query, Source
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer
from commonplace.sources.gml import GmlSource, is_inspire_gml
from commonplace.sources.notes import find_layer

_MOST_BYTES: Final = 8 << 30
_SUFFIXES: Final = (".gml", ".xml")


def opened(path: Path, spec: SourceSpec, observer: Observer | None) -> Source:
    """The source of a local file or folder; ``spec`` says its CRS and encoding.

    Raises
    ------
    SourceError
    """
    found = _inspire_members(path) if zipfile.is_zipfile(path) else []
    if found:
        return GmlFiles(found, spec, observer)
    from commonplace.sources import open_source

    return open_source(replace(spec, path=path), observer)


class GmlFiles:
    """Layers of several GML documents side by side. See :class:`commonplace.batch.Source`."""

    def __init__(
        self, paths: Sequence[Path], spec: SourceSpec, observer: Observer | None = None
    ) -> None:
        self._sources = [GmlSource(replace(spec, path=one), observer) for one in paths]
        self._stems = [one.stem for one in paths]
        self._found: list[_Found] | None = None

    def layers(self) -> list[Layer]:
        return [one.layer for one in self._opened()]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, ", ".join(self._stems))

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        found = next(one for one in self._opened() if one.layer.name == layer.name)
        return found.source.batches(found.source.layer(found.name), query)

    def evidence(self) -> Evidence:
        each = [one.evidence() for one in self._sources]
        return Evidence("gml", ", ".join(self._stems), {"files": [one.details for one in each]})

    def findings(self) -> list[Finding]:
        return [each for one in self._sources for each in one.findings()]

    def _opened(self) -> list[_Found]:
        """Layers; those whose names occur in several documents get the document's in front."""
        if self._found is None:
            every = [
                (stem, source, layer)
                for stem, source in zip(self._stems, self._sources, strict=True)
                for layer in source.layers()
            ]
            names = [layer.name for _, _, layer in every]
            self._found = [
                _Found(
                    source,
                    layer.name,
                    replace(layer, name=f"{stem}/{layer.name}")
                    if names.count(layer.name) > 1
                    else layer,
                )
                for stem, source, layer in every
            ]
        return self._found


@dataclass(frozen=True, slots=True)
class _Found:
    """A layer, and its name in its own document."""

    source: GmlSource
    name: str
    layer: Layer


def _inspire_members(path: Path) -> list[Path]:
    """INSPIRE documents of an archive, unpacked beside it; none if there is other data too."""
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        chosen = [one for one in members if one.filename.lower().endswith(_SUFFIXES)]
        if not chosen or sum(one.file_size for one in chosen) > _MOST_BYTES:
            return []
        folder = path.with_name(f"{path.name}-unpacked")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        paths = []
        for number, one in enumerate(chosen):
            target = folder / PurePosixPath(one.filename.replace("\\", "/")).name
            target = target if not target.exists() else folder / f"{number}-{target.name}"
            with archive.open(one) as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink)
            paths.append(target)
    found = [one for one in paths if is_inspire_gml(one)]
    plain = [one for one in paths if one.suffix.lower() == ".gml" and one not in found]
    return [] if plain else found
