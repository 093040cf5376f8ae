"""Tables in files, read by GDAL as Arrow (pyogrio)."""

from __future__ import annotations

import codecs
import warnings
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from commonplace.batch import BATCH_ROWS, GEOMETRY, STYLES_TABLE, Field, Layer
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import CrsUnknown, MalformedAnswer
from commonplace.gdal import configured
from commonplace.sources.archive import DataFile
from commonplace.sources.rows import as_number, unique_names
from commonplace.sources.table import Table, Want

# GDAL's names for a layer whose file states that there is no CRS.
_UNDEFINED: Final = ("ENGCRS", "LOCAL_CS")
_TYPES: Final = {
    "OFTInteger": "int32",
    "OFTInteger64": "int64",
    "OFTReal": "double",
    "OFTString": "string",
    "OFTDate": "date32[day]",
    "OFTTime": "time32[ms]",
    "OFTDateTime": "timestamp[ms]",
    "OFTBinary": "binary",
    "OFTIntegerList": "list<item: int32>",
    "OFTInteger64List": "list<item: int64>",
    "OFTRealList": "list<item: double>",
    "OFTStringList": "list<item: string>",
}
_SUBTYPES: Final = {"OFSTBoolean": "bool", "OFSTInt16": "int16", "OFSTFloat32": "float"}
# Only databases gain by a filter of their own, and the others are not to be trusted with one
# under Arrow: GDAL 3.12's shapefile driver finds nothing by a column that isn't read.
_DATABASES: Final = frozenset({"GPKG", "SQLite"})
_SHEETS: Final = frozenset({"XLSX", "ODS"})
_TEXT_AS_STORED: Final = frozenset({"CSV"})
_GEOMETRY_EXTENSIONS: Final = (b"geoarrow.wkb", b"ogc.wkb")


class NamesNotUtf8(MalformedAnswer):
    """Names of columns are in another encoding, which the Arrow stream doesn't take."""


def tables(file: DataFile, encoding: str | None, notes: list[str]) -> list[Table]:
    """The tables of a file, in its order.

    Raises
    ------
    MalformedAnswer
        When no driver reads the file; :class:`NamesNotUtf8` when it must be told how to.
    """
    found = []
    try:
        with heard(notes), safe_options():
            for layer in _layer_keys(file):
                found.append(_table(file, layer, encoding, notes))
    except UnicodeEncodeError as error:
        name = file.name.encode("utf-8", "replace").decode()
        raise MalformedAnswer(f"the name {name} is not UTF-8", hint="rename the file") from error
    except UnicodeDecodeError as error:
        if error.object.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise MalformedAnswer(f"{file.name} is UTF-16", hint="save it as UTF-8") from error
        raise NamesNotUtf8(f"{file.name} can't be read: names of columns are not UTF-8") from error
    except DataLayerError as error:
        if not found:
            raise MalformedAnswer(f"{file.name} has no layer") from error
    except (DataSourceError, RuntimeError) as error:
        raise MalformedAnswer(f"{file.name} can't be read: {_short(error)}") from error
    return found


def _layer_keys(file: DataFile) -> Iterator[int | str]:
    """Names of layers; for GML their numbers, since listing would write a file beside it."""
    if _may_be_gml(file):
        yield from range(1_000)
    else:
        names = (str(name) for name, _ in pyogrio.list_layers(file.address))
        yield from (name for name in names if name != STYLES_TABLE)


def _may_be_gml(file: DataFile) -> bool:
    return file.name.casefold().endswith((".gml", ".xml"))


def _options(file: DataFile, driver: str | None, encoding: str | None) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if _may_be_gml(file):
        options["WRITE_GFS"] = "NO"
    if encoding and driver == "ESRI Shapefile":
        options["encoding"] = encoding
    return options


def _table(file: DataFile, layer: int | str, encoding: str | None, notes: list[str]) -> Table:
    info = pyogrio.read_info(file.address, layer=layer, **_options(file, None, None))
    if encoding and info["driver"] == "ESRI Shapefile":
        info = pyogrio.read_info(
            file.address, layer=layer, **_options(file, info["driver"], encoding)
        )
    options: tuple[tuple[str, str], ...] = ()
    if info["driver"] in _SHEETS and _is_headed(file, layer, info["fields"]):
        options = (("HEADERS", "FORCE"),)
        info = pyogrio.read_info(file.address, layer=layer, **dict(options))
    stored = [str(name) for name in info["fields"]]
    names = unique_names(stored)
    fields = tuple(
        Field(name, _arrow_type(kind, subtype))
        for name, kind, subtype in zip(names, info["ogr_types"], info["ogr_subtypes"], strict=True)
    )
    own = None if encoding else _encoding_of_names(info)
    raw = info["driver"] in _TEXT_AS_STORED or (info["encoding"] != "UTF-8" and own is None)
    return Table(
        file=file,
        reader="ogr",
        driver=str(info["driver"]),
        stored_names=tuple(stored),
        raw_text=raw,
        key=layer,
        encoding=own,
        options=options,
        layer=Layer(
            name=str(info["layer_name"]),
            fields=fields,
            geometry_type=info["geometry_type"],
            crs=crs_name(info["crs"], notes),
            extent=_extent(info["total_bounds"]) if info["features"] else None,
            count=info["features"] if info["features"] >= 0 else None,
            encoding=encoding if raw else "UTF-8",
        ),
    )


def _is_headed(file: DataFile, layer: int | str, fields: Sequence[str]) -> bool:
    """Whether a sheet's first row is names, though GDAL took it for values.

    It does so where all columns are text, since then the first row is like the others.
    """
    if list(fields) != [f"Field{one}" for one in range(1, len(fields) + 1)]:
        return False
    _, first = pyogrio.read_arrow(file.address, layer=layer, max_features=1)
    row = [value for one in first.to_pylist() for value in one.values()]
    texts = {one for one in row if isinstance(one, str) and one.strip() and as_number(one) is None}
    return len(texts) == len(fields)


def _encoding_of_names(info: dict[str, Any]) -> str | None:
    """The Arrow stream of a shapefile has names as they are stored, unless an encoding is given."""
    if info["driver"] != "ESRI Shapefile" or all(str(one).isascii() for one in info["fields"]):
        return None
    return None if info["encoding"] == "UTF-8" else str(info["encoding"])


def _extent(bounds: Sequence[float] | None) -> Bounds | None:
    if bounds is None or not np.isfinite(bounds).all():
        return None
    west, south, east, north = map(float, bounds)
    return west, south, east, north


def _arrow_type(kind: str, subtype: str) -> str:
    """The Arrow type that GDAL gives a field."""
    plain_type = _TYPES.get(kind, "string")
    special = _SUBTYPES.get(subtype)
    if special is None:
        return plain_type
    return f"list<item: {special}>" if plain_type.startswith("list") else special


def crs_name(text: str | None, notes: list[str]) -> str | None:
    """A code or WKT; None where the file says *undefined*, or what nobody understands."""
    if not text or text.startswith(_UNDEFINED):
        return None
    if '["undefined' in text[:40].casefold():
        return None
    try:
        return identify(text)
    except CrsUnknown as error:
        notes.append(str(error))
        return None


def read(
    table: Table, want: Want, encoding: str | None, notes: list[str]
) -> Iterator[pa.RecordBatch]:
    """Batches with the wanted columns, in the table's order, then the geometry.

    Text may be invalid UTF-8 where :attr:`Table.raw_text` is set. The wanted filters are
    only hints to the driver. The first batch is empty, so the schema is always known.

    Raises
    ------
    MalformedAnswer
        When the file breaks off or is broken.
    """
    try:
        yield from _read(table, want, encoding, notes)
    except (DataSourceError, DataLayerError, RuntimeError, OSError, pa.ArrowException) as error:
        where = f"{table.file.name}, layer {table.layer.name!r}"
        raise MalformedAnswer(f"{where} can't be read: {_short(error)}") from error


def _read(
    table: Table, want: Want, encoding: str | None, notes: list[str]
) -> Iterator[pa.RecordBatch]:
    stored = dict(zip(table.layer.field_names, table.stored_names, strict=True))
    names_apart = {one.casefold() for one in table.stored_names}  # GDAL chooses without case
    repeats = len(names_apart) < len(table.stored_names)
    with heard(notes), safe_options():
        opened = pyogrio.open_arrow(
            table.file.address,
            layer=table.key,
            columns=None if repeats else [stored[name] for name in want.columns],
            bbox=want.bounds,
            where=_where(table, want),
            batch_size=min(BATCH_ROWS, want.rows or BATCH_ROWS),
            use_pyarrow=True,
            **_options(table.file, table.driver, encoding or table.encoding),
            **dict(table.options),
        )
        _, reader = opened.__enter__()
    try:
        names = _new_names(reader.schema, table)
        order = [name for name in table.layer.field_names if name in set(want.columns)]
        if table.layer.geometry_type is not None:
            order.append(GEOMETRY)
        yield _arranged(_empty(reader.schema), names, order)
        while True:
            with heard(notes), safe_options():
                batch = next(reader, None)
            if batch is None:
                return
            yield _arranged(batch, names, order)
    finally:
        with heard(notes), safe_options():  # closing is when GDAL would write beside the file
            opened.__exit__(None, None, None)


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.nulls(0, one.type) for one in schema], schema=schema)


def safe_options() -> AbstractContextManager[None]:
    """Set what keeps GDAL from losing rows or memory while it reads, and put it back.

    Without the first, a GML layer ends at its first broken geometry, and nothing is said.
    Without the second, FlatGeobuf's own Arrow stream gives offsets out of bounds where a
    geometry is null (GDAL 3.12), which ends in a crash. Without the third, a GeoPackage with
    a title gets an ``.aux.xml`` beside it when it is only looked at.
    """
    return configured(
        {
            "GML_SKIP_CORRUPTED_FEATURES": "YES",
            "OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES",
            "GDAL_PAM_ENABLED": "NO",
        }
    )


def _new_names(schema: pa.Schema, table: Table) -> list[str]:
    """The stream's columns under the table's names; the geometry under :data:`GEOMETRY`."""
    renamed = dict(zip(table.stored_names, table.layer.field_names, strict=True))
    waiting = list(table.layer.field_names)
    names = []
    for field in schema:
        if _is_geometry(field):
            names.append(GEOMETRY)
        elif len(renamed) == len(waiting):
            names.append(renamed.get(field.name, field.name))
        else:
            names.append(table.layer.field_names[len(names)])
    return names


def _is_geometry(field: pa.Field) -> bool:
    if isinstance(field.type, pa.BaseExtensionType):
        return bool(field.type.extension_name.startswith("geoarrow."))
    return (field.metadata or {}).get(b"ARROW:extension:name") in _GEOMETRY_EXTENSIONS


def _arranged(batch: pa.RecordBatch, names: Sequence[str], order: Sequence[str]) -> pa.RecordBatch:
    columns = [plain(batch.column(names.index(name))) for name in order]
    return pa.RecordBatch.from_arrays(columns, names=list(order))


def plain(column: pa.Array) -> pa.Array:
    """A column without extension or dictionary: coded values as their codes."""
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.storage
    if pa.types.is_dictionary(column.type):
        return column.indices
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        return column.cast(pa.string())
    if pa.types.is_large_binary(column.type) or pa.types.is_binary_view(column.type):
        return column.cast(pa.binary())
    if pa.types.is_list(column.type) and not column.type.value_field.nullable:
        return column.cast(pa.list_(column.type.value_type))
    return column


def _where(table: Table, want: Want) -> str | None:
    """Comparisons that the driver may make; all are made again here."""
    if table.driver not in _DATABASES:
        return None
    types = {one.name: one.type for one in table.layer.fields}
    stored = dict(zip(table.layer.field_names, table.stored_names, strict=True))
    parts = []
    for name, text in want.where:
        column = '"' + stored[name].replace('"', '""') + '"'
        number = as_number(text)
        if types[name] == "string" and text.isascii():
            parts.append(f"{column} = '" + text.replace("'", "''") + "'")
        elif types[name] in ("int16", "int32", "int64") and isinstance(number, int):
            parts.append(f"{column} = {number}")
    return " AND ".join(parts) or None


@contextmanager
def heard(notes: list[str]) -> Iterator[None]:
    """Keep GDAL's and pyogrio's warnings as notes; all others go on."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for one in caught:
        if one.category not in (RuntimeWarning, UserWarning):
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
        elif "does not support open option" not in str(one.message):
            notes.append(str(one.message).strip())


def _short(error: Exception) -> str:
    return str(error).partition("; It might help")[0].strip()
