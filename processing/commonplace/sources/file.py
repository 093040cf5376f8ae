"""Layers in files: anything GDAL reads, GeoParquet and GeoArrow, archives, folders, globs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Field, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.job import PointsSpec, SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources import arrowfile, ogr
from commonplace.sources.archive import DataFile, Place, find_files
from commonplace.sources.crsname import same_crs, transform_bounds
from commonplace.sources.layernames import layer_names
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.pointers import refuse_pointer
from commonplace.sources.points import WGS84, Placer, as_points, recognised
from commonplace.sources.ragged import surplus
from commonplace.sources.rows import (
    chosen_columns,
    conform,
    filtered,
    known_where,
    limited,
    unified,
)
from commonplace.sources.table import Table, Want
from commonplace.sources.text import FALLBACK, decode, known_encoding
from commonplace.sources.wholeness import check_whole

SOURCE_FILE: Final = "source_file"
TABLES: Final = frozenset({"CSV", "XLSX", "ODS"})


def _read_rows(
    table: Table, want: Want, encoding: str | None, notes: list[str]
) -> Iterator[pa.RecordBatch]:
    from commonplace.sources import rowwise

    return rowwise.read(table, want, encoding, notes)


Read = Callable[[Table, Want, str | None, list[str]], Iterator[pa.RecordBatch]]
READERS: Final[dict[str, Read]] = {
    "ogr": ogr.read,
    "fiona": _read_rows,
    "arrow": arrowfile.read,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A layer of the source and the tables it is made of (several when a glob merged them)."""

    layer: Layer
    tables: tuple[Table, ...]
    merged: bool = False


class FileSource:
    """Layers of one path. See :class:`commonplace.batch.Source`."""

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        if spec.path is None:
            raise SourceError("a file source needs a path")
        self._path: Path = spec.path
        self._crs = identify(spec.crs) if spec.crs else None
        self._encoding = known_encoding(spec.encoding) if spec.encoding else None
        self._points = spec.points if spec.points.x and spec.points.y else None
        self._observer = observer or Silent()
        self._entries: list[_Entry] | None = None
        self._notebook = Notebook()

    def layers(self) -> list[Layer]:
        return [one.layer for one in self._opened()]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._path.name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        entry = next(one for one in self._opened() if one.layer.name == layer.name)
        columns = chosen_columns(layer.name, layer.field_names, query.columns)
        where = known_where(layer.name, layer.field_names, query.where)
        needed = tuple(dict.fromkeys((*columns, *(name for name, _ in where))))
        bounds = self._bounds(entry.layer, query)
        want = Want(needed, bounds, where, None if bounds or where else query.limit)
        found = self._filtered(self._read(entry, want), want, columns)
        return limited(found, query.limit, self._observer)

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def evidence(self) -> Evidence:
        files = sorted(
            {
                real
                for one in self._opened()
                for table in one.tables
                for real in _with_sidecars(table.file.real)
            }
        )
        details: dict[str, object] = {
            "drivers": sorted({table.driver for one in self._opened() for table in one.tables}),
            "files": [
                {"name": one.name, "bytes": one.stat().st_size, "sha256": _hash(one)}
                for one in files
                if one.is_file()
            ],
            "stated_crs": self._crs,
            "stated_encoding": self._encoding,
        }
        return Evidence("file", self._path.name, details)

    def _opened(self) -> list[_Entry]:
        if self._entries is None:
            place = find_files(self._path)
            tables = [table for file in place.files for table in self._tables(file, place)]
            if not tables:
                reason = next((f": {one.message}" for one in self._notebook.findings()), "")
                raise MalformedAnswer(f"{self._path.name} holds no layer that can be read{reason}")
            self._refuse_unknown_points(tables)
            entries = (
                _merged(tables, place.merged, self._crs)
                if place.merged
                else [
                    _Entry(replace(table.layer, name=name), (table,))
                    for name, table in zip(layer_names(tables), tables, strict=True)
                ]
            )
            self._entries = [replace(one, layer=self._stated(one.layer)) for one in entries]
        return self._entries

    def _tables(self, file: DataFile, place: Place) -> list[Table]:
        """A file's tables; a file that can't be read is an error only if it was named."""
        notes: list[str] = []
        try:
            refuse_pointer(file)
            if not file.address.startswith("/vsi"):
                for one in _with_sidecars(file.real):
                    check_whole(one)
            found = _read_tables(file, self._encoding, notes)
            return [self._placed(self._named_in(one)) for one in found]
        except MalformedAnswer as error:
            if place.single or place.merged:
                raise
            self._notebook.note("FILE_SKIPPED", Severity.INFO, str(error), value=file.name)
            return []
        finally:
            self._notebook.driver_notes(notes, layer=None)

    def _named_in(self, table: Table) -> Table:
        if table.reader == "fiona" and table.encoding is not None and self._encoding is None:
            self._notebook.note(
                "ENCODING_ASSUMED",
                Severity.WARNING,
                f"names of columns are not UTF-8: read as {table.encoding}",
                layer=table.layer.name,
                fix="state the encoding in the job, for example encoding: ISO-8859-1",
            )
        return table

    def _refuse_unknown_points(self, tables: Sequence[Table]) -> None:
        if self._points is None or any(table.points for table in tables):
            return
        names = tables[0].layer.field_names
        chosen_columns(tables[0].layer.name, names, [self._points.x or "", self._points.y or ""])

    def _placed(self, table: Table) -> Table:
        """A table with its columns of coordinates: those that the job names, or that name
        themselves.
        """
        layer = table.layer
        if layer.geometry_type is not None:
            return table
        if self._points is not None:
            known = {self._points.x, self._points.y} <= set(layer.field_names)
            return _with_points(table, self._points, self._crs) if known else table
        found = recognised(layer) if table.driver in TABLES else None
        if found is None:
            return table
        self._notebook.note(
            "POINTS_FROM_COLUMNS",
            Severity.INFO,
            f"longitude and latitude in the columns {found.x} and {found.y} are the geometry",
            layer=layer.name,
            fix="state the columns in the job's source if they are others: points: {x: …, y: …}",
        )
        return _with_points(table, found, self._crs or WGS84)

    def _stated(self, layer: Layer) -> Layer:
        """The layer with the CRS that the job states."""
        if self._crs is None or layer.geometry_type is None:
            return layer
        if layer.crs is not None and not same_crs(layer.crs, self._crs):
            self._notebook.note(
                "CRS_STATED_DIFFERS",
                Severity.WARNING,
                f"the file says {layer.crs[:60]}, the job {self._crs}: the job's is taken",
                layer=layer.name,
                value=layer.crs[:60],
                fix="take crs out of the job's source if the file is right",
            )
        return replace(layer, crs=self._crs)

    def _bounds(self, layer: Layer, query: Query) -> Bounds | None:
        if query.bbox is None:
            return None
        if layer.geometry_type is None:
            self._notebook.note(
                "BBOX_IGNORED",
                Severity.WARNING,
                "a table without geometry has no bbox",
                layer=layer.name,
            )
            return None
        if query.bbox_crs is None or layer.crs is None:
            return query.bbox
        return transform_bounds(query.bbox, query.bbox_crs, layer.crs)

    def _filtered(
        self, batches: Iterator[pa.RecordBatch], want: Want, columns: Sequence[str]
    ) -> Iterator[pa.RecordBatch]:
        """Apply the filters again: drivers compare text without case and boxes roughly."""
        for read in batches:
            chosen = filtered(read, want.where, want.bounds)
            names = [one for one in chosen.schema.names if one in columns or one == GEOMETRY]
            yield chosen.select(names)

    def _read(self, entry: _Entry, want: Want) -> Iterator[pa.RecordBatch]:
        if not entry.merged:
            yield from self._read_table(entry.layer.name, entry.tables[0], want)
            return
        schema = self._merged_schema(entry, want)
        for table in entry.tables:
            known = [one for one in want.columns if one in table.layer.field_names]
            where = tuple(pair for pair in want.where if pair[0] in known)
            one_want = replace(want, columns=known, where=where)
            for batch in self._read_table(entry.layer.name, table, one_want):
                name = pa.array([table.file.name] * batch.num_rows, pa.string())
                yield conform(batch.append_column(SOURCE_FILE, name), schema)

    def _merged_schema(self, entry: _Entry, want: Want) -> pa.Schema:
        """The schema of all files: read from the first rows of each."""
        schemas = []
        for table in entry.tables:
            known = [one for one in want.columns if one in table.layer.field_names]
            first = next(_batches(table, Want(known, rows=1), None, []), None)
            if first is not None:
                schemas.append(first.schema)
        schema, texts = unified(schemas)
        for name in texts:
            self._notebook.note(
                "TYPES_DIFFER",
                Severity.INFO,
                "files disagree on the column's type: it is read as text",
                layer=entry.layer.name,
                attribute=name,
            )
        fields = [one for one in schema if one.name != GEOMETRY]
        if SOURCE_FILE in want.columns:
            fields.append(pa.field(SOURCE_FILE, pa.string()))
        if GEOMETRY in schema.names:
            fields.append(pa.field(GEOMETRY, pa.binary()))
        return pa.schema(fields)

    def _read_table(self, name: str, table: Table, want: Want) -> Iterator[pa.RecordBatch]:
        notes: list[str] = []
        done = 0
        placer = Placer(replace(table.layer, name=name), table.points) if table.points else None
        for batch in _batches(table, want, self._encoding, notes, placer):
            yield self._decoded(name, table, batch, done)
            done += batch.num_rows
        if placer is not None:
            self._notebook.extend(placer.findings())
        if (
            table.driver == "CSV"
            and want.rows is None
            and not table.file.address.startswith("/vsi")
        ):
            lines = surplus(table.file.real, len(table.stored_names), name)
            self._notebook.extend([lines] if lines else [])
        self._notebook.driver_notes(notes, layer=name)
        whole = not want.where and want.bounds is None and want.rows is None
        if whole and table.layer.count is not None and table.layer.count != done:
            self._notebook.note(
                "ROWS_LOST",
                Severity.ERROR,
                f"{table.file.name} has {table.layer.count} rows, the driver read {done}",
                layer=name,
                fix="mend the file; the driver's own notes name the places",
                count=abs(table.layer.count - done),
            )

    def _decoded(
        self, name: str, table: Table, batch: pa.RecordBatch, first_row: int
    ) -> pa.RecordBatch:
        for position, field in enumerate(batch.schema):
            if pa.types.is_string(field.type):
                decoded = decode(
                    batch.column(position),
                    layer=name,
                    name=field.name,
                    stated=self._encoding,
                    raw=table.raw_text,
                    first_row=first_row,
                )
                self._notebook.extend(decoded.findings)
                batch = batch.set_column(position, field.name, decoded.column)
        return batch


def _with_points(table: Table, columns: PointsSpec, crs: str | None) -> Table:
    return replace(table, points=columns, layer=as_points(table.layer, crs))


def _batches(
    table: Table,
    want: Want,
    encoding: str | None,
    notes: list[str],
    placer: Placer | None = None,
) -> Iterator[pa.RecordBatch]:
    read = READERS[table.reader]
    if table.points is None:
        return read(table, want, encoding, notes)
    placer = placer or Placer(table.layer, table.points)
    needed = tuple(dict.fromkeys((*want.columns, *placer.needed)))
    bare = replace(table, layer=replace(table.layer, geometry_type=None))
    raw = read(bare, replace(want, columns=needed, bounds=None), encoding, notes)
    return placer.place(raw, want.columns)


def _read_tables(file: DataFile, encoding: str | None, notes: list[str]) -> list[Table]:
    """Read by Arrow where that works, else row by row."""
    if arrowfile.is_one(file):
        return arrowfile.tables(file)
    try:
        return ogr.tables(file, encoding, notes)
    except MalformedAnswer as error:
        if encoding is None and isinstance(error, ogr.NamesNotUtf8):
            encoding = FALLBACK
        try:
            from commonplace.sources import rowwise

            return rowwise.tables(file, encoding, notes)
        except MalformedAnswer:
            pass
        from commonplace.sources.nolayer import explained

        raise explained(file, error) from error


def _merged(tables: Sequence[Table], name: str, stated_crs: str | None) -> list[_Entry]:
    """One layer of all files, or one a layer name where files have several."""
    files = {table.file.address for table in tables}
    if len(tables) == len(files):
        return [_merge(name, tables, stated_crs)]
    names = dict.fromkeys(table.layer.name for table in tables)
    return [
        _merge(one, [table for table in tables if table.layer.name == one], stated_crs)
        for one in names
    ]


def _merge(name: str, tables: Sequence[Table], stated_crs: str | None) -> _Entry:
    crss = {table.layer.crs for table in tables if table.layer.geometry_type is not None}
    if len(crss) > 1 and stated_crs is None:
        raise SourceError(
            f"the files of {name!r} have several CRSs: {', '.join(sorted(map(str, crss)))}",
            hint="name the folder, and its layers in from.layers or derive: those are"
            " transformed one by one; state crs only where files say a wrong one",
        )
    fields: dict[str, Field] = {}
    for table in tables:
        for field in table.layer.fields:
            known = fields.setdefault(field.name, field)
            if known.type != field.type:
                fields[field.name] = replace(known, type="string")
    counts = [table.layer.count for table in tables]
    kinds = {one.layer.geometry_type for one in tables if one.layer.geometry_type}
    layer = Layer(
        name=name,
        fields=(*fields.values(), Field(SOURCE_FILE, "string")),
        geometry_type=_common_geometry(kinds),
        crs=next(iter(crss), None),
        extent=_hull([table.layer.extent for table in tables]),
        count=None if None in counts else sum(one for one in counts if one is not None),
        encoding=tables[0].layer.encoding,
    )
    return _Entry(layer, tuple(tables), merged=True)


def _common_geometry(kinds: set[str]) -> str | None:
    return min(kinds) if len(kinds) == 1 else "Unknown" if kinds else None


def _hull(extents: Sequence[Bounds | None]) -> Bounds | None:
    known = [one for one in extents if one is not None]
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return min(west), min(south), max(east), max(north)


def _with_sidecars(path: Path) -> list[Path]:
    """A shapefile is several files."""
    if path.suffix.casefold() != ".shp":
        return [path]
    parts = (".shp", ".shx", ".dbf", ".prj", ".cpg")
    return [
        one
        for one in path.parent.iterdir()
        if one.stem == path.stem and one.suffix.casefold() in parts
    ]


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
