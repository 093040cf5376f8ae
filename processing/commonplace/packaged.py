"""A package as a source of layers: checked first, then read in its best encoding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pyarrow as pa

from commonplace.batch import Evidence, Layer, Query, Source
from commonplace.errors import LayerNotFound
from commonplace.job import SourceSpec
from commonplace.package import Manifest, whole_manifest
from commonplace.package.held import held
from commonplace.package.qgisproject import PREFERRED
from commonplace.report import Finding, Observer, OutputFile
from commonplace.sources import open_source
from commonplace.sources.notes import find_layer


class PackageSource:
    """The layers of a package, a folder or a zip: its tables, once each.

    A layer is called as its table; with its data set before it (``plan/ZoningElement``) where
    two data sets have one of that name.

    Raises
    ------
    PackageDamaged
        Naming the file that is missing, changed, or outside the package.
    """

    def __init__(self, path: Path, observer: Observer | None = None) -> None:
        self.path = path
        self.manifest: Manifest = whole_manifest(path)
        with held(path) as files:
            root = path / files.root
        self._sources = {
            one.path: open_source(SourceSpec(path=root / one.path), observer)
            for one in best_files(self.manifest)
        }
        self._layers: Mapping[str, tuple[Source, Layer]] | None = None

    def layers(self) -> list[Layer]:
        return [replace(layer, name=name) for name, (_, layer) in self._opened().items()]

    def layer(self, name: str | None = None) -> Layer:
        try:
            return find_layer(self.layers(), name, self.path.name)
        except LayerNotFound:
            whole = [one for one in self.layers() if one.name.endswith(f"/{name}")]
            if len(whole) != 1:
                raise
            return whole[0]

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        source, original = self._opened()[layer.name]
        yield from source.batches(original, query)

    def evidence(self) -> Evidence:
        manifest = self.manifest
        details: dict[str, object] = {
            "title": manifest.title,
            "licence": manifest.licence,
            "attribution": manifest.attribution,
            "as_of": manifest.as_of,
            "files": [
                {"name": one.path, "bytes": one.size, "sha256": one.sha256}
                for one in manifest.data
                if one.path in self._sources
            ],
        }
        return Evidence("package", self.path.name, details)

    def findings(self) -> list[Finding]:
        return [one for source in self._sources.values() for one in source.findings()]

    def _opened(self) -> Mapping[str, tuple[Source, Layer]]:
        if self._layers is None:
            found = [
                (path, source, layer)
                for path, source in self._sources.items()
                for layer in source.layers()
            ]
            plain = [_table(path, layer) for path, _, layer in found]
            self._layers = {
                name if plain.count(name) == 1 else f"{_dataset(path, name)}/{name}": (
                    source,
                    layer,
                )
                for name, (path, source, layer) in zip(plain, found, strict=True)
            }
        return self._layers


def best_files(manifest: Manifest) -> list[OutputFile]:
    """The data files to read: each feature type once, in the encoding that reads best.

    None where there are only entities (NGSI-LD), which are no layers.
    """
    readable = (*PREFERRED, "csv", "cityjson", "cityjsonseq")
    best = next((one for one in readable if any(file.format == one for file in manifest.data)), "")
    return [one for one in manifest.data if one.feature_types and one.format == best]


def _stem(path: str) -> str:
    return PurePosixPath(path).name.partition(".")[0]


def _dataset(path: str, table: str) -> str:
    return _stem(path).removesuffix(f"_{table}")


def _table(path: str, layer: Layer) -> str:
    """``addresses_Address`` of a file of one feature type is its ``Address``."""
    name = layer.name.rpartition("/")[2]
    return name.rpartition("_")[2] if name == _stem(path) and "_" in name else name


__all__ = ["PackageSource", "best_files"]
