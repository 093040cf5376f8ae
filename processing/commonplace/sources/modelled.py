"""Files that hold features of the model, in any encoding that we write, as one reading.

A file's encoding is told by its first bytes. What an encoding doesn't say (feature type,
schema, CRS) may be stated, by a package's manifest or by the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, SourceError, Unreachable
from commonplace.gml.reading import Features, Reading, collected, read_documents
from commonplace.gml.reading.documents import Run
from commonplace.gml.reading.names import FeatureType
from commonplace.gml.reading.troubles import Troubles
from commonplace.model import load_model
from commonplace.sources.flatjson import is_json_fg, json_layers
from commonplace.sources.flatrows import FlatLayer, FlatRows, feature_type, features_of
from commonplace.sources.flattables import csv_layers, flatgeobuf_layers, geoparquet_layers
from commonplace.sources.geopackage import geopackage_layers, modified
from commonplace.sources.gml import is_gml
from commonplace.sources.unflatten import Unflattener

Encoding = Literal["gml", "gpkg", "geojson", "jsonfg", "flatgeobuf", "geoparquet", "csv"]

FLAT: Final[dict[str, Callable[[Path], list[FlatLayer]]]] = {
    "gpkg": geopackage_layers,
    "geoparquet": geoparquet_layers,
    "jsonfg": json_layers,
    "geojson": json_layers,
    "flatgeobuf": flatgeobuf_layers,
    "csv": csv_layers,
}
BEST_FIRST: Final[tuple[Encoding, ...]] = (
    "gml",
    "gpkg",
    "geoparquet",
    "jsonfg",
    "geojson",
    "flatgeobuf",
    "csv",
)
"""Encodings by how much of the model they hold."""

ETRS89: Final = "EPSG:4258"
_LONLAT: Final = "OGC:CRS84"
_MAGIC: Final[tuple[tuple[bytes, Encoding], ...]] = (
    (b"SQLite format 3\0", "gpkg"),
    (b"PAR1", "geoparquet"),
    (b"fgb\x03", "flatgeobuf"),
)
_SUFFIXES: Final[dict[str, Encoding]] = {
    ".gml": "gml",
    ".xml": "gml",
    ".gpkg": "gpkg",
    ".parquet": "geoparquet",
    ".geoparquet": "geoparquet",
    ".jsonfg": "jsonfg",
    ".geojson": "geojson",
    ".json": "geojson",
    ".fgb": "flatgeobuf",
    ".csv": "csv",
}


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file, and what is stated of it by others."""

    path: Path
    encoding: Encoding
    feature_type: str | None = None
    schema: str | None = None
    crs: str | None = None


def recognise_encoding(path: Path) -> Encoding:
    """The encoding of a file: by its first bytes, where they tell, else by its ending.

    Raises
    ------
    Unreachable
        There is no such file.
    MalformedAnswer
        It is in none of the encodings.
    """
    try:
        with path.open("rb") as file:
            first = file.read(1024)
    except OSError as error:
        raise Unreachable(f"{path} can't be read: {error.strerror}") from error
    for magic, encoding in _MAGIC:
        if first.startswith(magic):
            return encoding
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        return "jsonfg" if is_json_fg(path) else "geojson"
    if start == b"<" or first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "gml"
    by_suffix = _SUFFIXES.get(path.suffix.lower())
    if by_suffix is None:
        raise MalformedAnswer(
            f"{path.name} is in no encoding that is read here",
            hint=f"there are: {', '.join(BEST_FIRST)}",
        )
    return by_suffix


def files_in(folder: Path, wanted: str | None = None) -> list[ModelFile]:
    """The files of a folder (no package) in one encoding: ``wanted``, or the only one.

    XML that is no collection of features, such as the metadata that data are delivered with, is
    passed over.

    Raises
    ------
    SourceError
        There are none, or several encodings.
    """
    named = [one for one in sorted(folder.iterdir()) if one.suffix.lower() in _SUFFIXES]
    files = [
        one for one in named if one.is_file() and (one.suffix.lower() != ".xml" or is_gml(one))
    ]
    found = [ModelFile(one, recognise_encoding(one)) for one in files]
    encodings = sorted({one.encoding for one in found})
    chosen = [one for one in found if wanted is None or one.encoding == wanted]
    if not chosen:
        there = f"there are: {', '.join(encodings)}" if encodings else "it is empty"
        raise SourceError(f"{folder.name} has no file in {wanted or 'any encoding'}", hint=there)
    if wanted is None and len(encodings) > 1:
        raise SourceError(
            f"{folder.name} has files in several encodings: {', '.join(encodings)}",
            hint="choose one: --from",
        )
    return chosen


def read_modelled(
    files: Sequence[ModelFile],
    folder: Path,
    *,
    encoding: str | None = None,
    crs: str | None = None,
    schema: str | None = None,
    stated_type: str | None = None,
    run: Run | None = None,
) -> Reading:
    """Read files of one encoding as one data set; features lie in ``folder`` afterwards.

    Parameters
    ----------
    encoding, crs, schema
        See :func:`commonplace.gml.reading.read_into`; ``crs`` is for what states none.
    stated_type
        The feature type of a file that doesn't say which it holds.
    run
        Runs the parts of GML documents.

    Raises
    ------
    SourceError, CrsUnknown
    """
    if files[0].encoding == "gml":
        paths = [one.path for one in files]
        stated = crs or next((one.crs for one in files if one.crs), None)
        return read_documents(paths, folder, encoding=encoding, crs=stated, schema=schema, run=run)
    model = load_model()
    tables: list[_Table] = []
    for file in files:
        for layer in FLAT[file.encoding](file.path):
            names = layer.names if file.feature_type is None else (file.feature_type,)
            key = schema or file.schema or layer.schema
            kind = feature_type(model, names, key)
            if kind.element is None and stated_type is not None:
                kind = feature_type(model, (stated_type,), key)
            tables.append(_Table(layer, kind, _systems(layer, kind, crs or file.crs)))
    troubles = Troubles()
    time = modified(files[0].path) if files[0].encoding == "gpkg" else None
    return collected(
        files[0].path.name if len(files) == 1 else files[0].path.parent.name,
        _batches(tables, troubles),
        folder,
        {"timeStamp": time} if time else {},
        crs,
        troubles,
        next((one.systems[0] for one in tables if one.systems), None),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    layer: FlatLayer
    kind: FeatureType
    systems: tuple[str, ...]


def _systems(layer: FlatLayer, kind: FeatureType, stated: str | None) -> tuple[str, ...]:
    """The CRSs of a layer's geometries; GeoJSON's degrees are ETRS89 in the model."""
    if layer.lonlat:
        usual = _LONLAT if kind.element is None else ETRS89
        return (identify(stated) if stated else usual,)
    named = layer.systems or ((stated,) if stated else ())
    return tuple(identify(one) for one in named)


def _batches(tables: Sequence[_Table], troubles: Troubles) -> Iterator[tuple[Features, list[str]]]:
    model = load_model()
    types = frozenset(one.kind.name for one in tables)
    for table in tables:
        name = table.kind.name
        unflattener = Unflattener(model, table.kind.schema or "", types, name, troubles)
        for rows in table.layer.rows(table.kind.element is not None):
            _note(table, rows, troubles)
            features = features_of(rows, table.kind, unflattener)
            systems = list(table.systems)
            yield (features, systems) if systems else (_unstated(features), [])


def _note(table: _Table, rows: FlatRows, troubles: Troubles) -> None:
    name = table.kind.name
    troubles.add("GEOMETRY_BROKEN", name, "", rows.broken)
    if table.systems == (ETRS89,) and table.layer.lonlat and rows.geometries is not None:
        troubles.add("CRS84_AS_ETRS89", name, "", len(rows.ids))


def _unstated(features: Features) -> Features:
    """Features whose geometries have no CRS: the numbers say none."""
    return replace(features, crs=features.crs - features.crs - 1)
