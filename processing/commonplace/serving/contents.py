"""What a package offers a server: its layers, and the documents that describe them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from commonplace.bounds import Bounds
from commonplace.errors import SourceError
from commonplace.ngsi.entities import FEATURE_CONCEPT
from commonplace.package import Manifest, read_manifest
from commonplace.publish.about import About, about
from commonplace.report import OutputFile

LAYERS: Final = "geojson"
DOWNLOADS: Final = ("gpkg", "gml", "geojson", "jsonfg", "flatgeobuf", "geoparquet", "csv")
ONE_FILE: Final = ("gml", "gpkg", "cityjson", "cityjsonseq")  # whatever types it holds
SDM: Final = "sdm/"


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file of the package that a link leads to; ``path`` is relative to its root."""

    path: str
    media_type: str
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class ServedLayer:
    """A feature type of a data set. ``id`` is its collection's; ``crs`` the job's target."""

    id: str
    dataset: str
    feature_type: str
    data: Path
    about: About
    concept: str | None
    crs: str | None
    styles: tuple[FileLink, ...]
    downloads: tuple[FileLink, ...]
    metadata: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A package as a service offers it."""

    package: Path
    manifest: Manifest
    layers: tuple[ServedLayer, ...]

    @property
    def about(self) -> About:
        """The data set's record; with several data sets the package's title, all their bounds."""
        records = list({one.dataset: one.about for one in self.layers}.values())
        if len(records) == 1:
            return records[0]
        boxes = [one.bounds for one in records if one.bounds is not None]
        return replace(
            records[0],
            title=self.manifest.title,
            keywords=tuple(dict.fromkeys(word for one in records for word in one.keywords)),
            bounds=around(boxes),
        )

    def files(self) -> dict[str, str]:
        """Media types of the files that may be fetched, by path."""
        listed = {one.path: one.media_type for one in self.manifest.data}
        listed |= {one.path: one.media_type for one in self.manifest.documents}
        return {**listed, "README.md": "text/markdown", "package.json": "application/json"}


def contents_of(package: Path, dataset: str | None = None) -> Contents:
    """Read what a package offers.

    Parameters
    ----------
    dataset
        Only this data set (INSPIRE: one API a data set).

    Raises
    ------
    SourceError
        No package, none of its data sets is called so, or it has no GeoJSON.
    """
    try:
        manifest = read_manifest(package)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{package} is no package that can be read: {error}",
            hint="a package is a folder that `commonplace run` has written",
        ) from error
    files = [one for one in manifest.data if one.format == LAYERS]
    names = sorted({dataset_of(one) for one in files})
    if dataset is not None:
        files = [one for one in files if dataset_of(one) == dataset]
    if not files:
        named = f" of data set {dataset!r}" if dataset else ""
        known = f"its data sets are {', '.join(names)}"
        raise SourceError(
            f"{package.name} has no layers to serve{named}",
            hint=known if names else "add geojson to output.formats of its job and run it again",
        )
    often = Counter(one.feature_types[0].lower() for one in files)
    layers = [_layer(package, manifest, one, often) for one in files]
    return Contents(package, manifest, tuple(layers))


def dataset_of(output: OutputFile) -> str:
    """The data set's name, which a file's begins with."""
    stem = Path(output.path).name.partition(".")[0]
    if output.format in ONE_FILE or len(output.feature_types) != 1:
        return stem
    return stem.removesuffix(f"_{output.feature_types[0]}")


def around(boxes: Sequence[Bounds]) -> Bounds | None:
    """The box around boxes."""
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _layer(
    package: Path, manifest: Manifest, output: OutputFile, often: Mapping[str, int]
) -> ServedLayer:
    kind, dataset = output.feature_types[0], dataset_of(output)
    of_model = [
        one
        for one in manifest.data
        if kind in one.feature_types and dataset_of(one) == dataset and one.format in DOWNLOADS
    ]
    exact = next((one.crs for one in of_model if one.format in ("gpkg", "gml", "jsonfg")), None)
    inspire = output.model is not None and not output.model.startswith(SDM)
    return ServedLayer(
        id=kind.lower() if often[kind.lower()] == 1 else f"{dataset}-{kind}".lower(),
        dataset=dataset,
        feature_type=kind,
        data=package / output.path,
        about=about(package, dataset, title=manifest.title, attribution=manifest.attribution),
        concept=f"{FEATURE_CONCEPT}{kind}" if inspire else None,
        crs=exact,
        styles=tuple(_document(one) for one in manifest.documents if _is_style(one.path, kind)),
        downloads=tuple(
            FileLink(one.path, one.media_type, Path(one.path).name, one.size) for one in of_model
        ),
        metadata=tuple(
            _document(one)
            for one in manifest.documents
            if one.path.startswith(f"metadata/{dataset}.")
        ),
    )


def _is_style(path: str, kind: str) -> bool:
    return path.startswith("styles/") and Path(path).stem == kind


def _document(listed: Any) -> FileLink:
    return FileLink(listed.path, listed.media_type, Path(listed.path).name, listed.size)
