"""Ids of a layer: null, repeated, row numbers, host names; and how they changed since."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.batch import GEOMETRY

EXAMPLES: Final = 5
FEWEST: Final = 3  # two rows numbered 1 and 2 prove nothing
LOOKED_AT: Final = 10_000  # ids whose host is looked at

#: Columns that hold ids, the surest first; then any that ends in "id".
NAMES: Final = (
    *("gml_id", "inspireid_localid", "inspireid_identifier_localid", "localid", "identifier"),
    *("id", "uuid", "guid", "globalid", "uri", "urn", "identificatie", "lokaalid"),
)
#: What databases and programs number rows with.
ROW_COLUMNS: Final = ("fid", "ogc_fid", "objectid", "rowid", "gid", "oid", "qgis_fid")
_TRAILING: Final = r"^(?P<prefix>.*?)(?P<number>[0-9]{1,15})$"
_UUID: Final = re.compile(r"(?i).*\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-\w{12}")


@dataclass(frozen=True, slots=True)
class IdReport:
    """The ids of a layer's rows that were read.

    ``form`` is how the first one looks: ``uri``, ``urn``, ``uuid``, ``number`` or ``text``;
    ``row_numbers`` says why they are taken for row numbers; ``hosts`` are machines' names.
    """

    column: str
    rows: int
    nulls: int
    repeated: int
    examples: tuple[str, ...]
    form: str
    row_numbers: str | None = None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayerChange:
    """Ids of a layer against those of the earlier data.

    ``renamed`` objects have the same geometry and another id; ``moved`` ones the same id and
    another geometry. Both None where geometries were not compared.
    """

    layer: str
    kept: int
    new: int
    gone: int
    renamed: int | None = None
    moved: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All layers against the earlier data; ``missing`` are layers that are gone."""

    previous: str
    layers: tuple[LayerChange, ...]
    missing: tuple[str, ...] = ()


def id_column(columns: Sequence[str], stated: str | None = None) -> str | None:
    """The column that holds a layer's ids: the stated one, else by its name."""
    if stated is not None:
        return stated if stated in columns else None
    folded = {one.casefold(): one for one in reversed(columns)}
    for name in NAMES:
        if name in folded:
            return folded[name]
    endings = [one for one in columns if re.search(r"(?i)(_|[a-z])id$", one)]
    real = [one for one in endings if one.casefold() not in ROW_COLUMNS]
    return next(iter(real or endings), None)


def id_report(column: str, ids: pa.ChunkedArray, own_host: str | None = None) -> IdReport:
    """Look at all ids of a layer, in the order of its rows.

    ``own_host`` is the host that serves the data: an id must not depend on it.
    """
    there = ids.drop_null()
    texts = there.cast(pa.string())
    counted = texts.value_counts()
    several = counted.filter(pc.greater(counted.field("counts"), 1))
    shown = several.field("values") if len(several) else texts.slice(0, EXAMPLES)
    examples = tuple(str(one) for one in shown.slice(0, EXAMPLES).to_pylist())
    return IdReport(
        column=column,
        rows=len(ids),
        nulls=ids.null_count,
        repeated=len(texts) - len(counted),
        examples=examples,
        form=_form(examples[0], ids.type) if examples else "text",
        row_numbers=_row_numbers(column, texts),
        hosts=_hosts(texts, own_host),
    )


def _form(text: str, kind: Any) -> str:
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return "number"
    if text.startswith(("http://", "https://")):
        return "uri"
    if text.casefold().startswith("urn:"):
        return "urn"
    return "uuid" if _UUID.match(text) else "number" if text.isdigit() else "text"


def _row_numbers(column: str, texts: pa.ChunkedArray) -> str | None:
    """Why ids are taken for row numbers: the column's name, or that they count the rows."""
    if column.casefold() in ROW_COLUMNS:
        return f"{column} is a column that databases number rows in"
    if len(texts) < FEWEST:
        return None
    found = pc.extract_regex(texts, _TRAILING)
    if found.null_count:
        return None
    if len(pc.unique(pc.struct_field(found, "prefix"))) != 1:
        return None
    numbers = pc.struct_field(found, "number").cast(pa.int64()).to_numpy()
    start = int(numbers[0])
    if start not in (0, 1) or not np.array_equal(numbers, np.arange(start, start + len(numbers))):
        return None
    return f"they count the rows from {start} on"


def _hosts(texts: pa.ChunkedArray, own_host: str | None) -> tuple[str, ...]:
    """Machines named in ids: an address, a port, localhost, or the very server."""
    some = texts.slice(0, LOOKED_AT)
    uris = some.filter(pc.match_substring_regex(some, "^https?://"))
    found = pc.extract_regex(uris, r"^https?://(?P<host>[^/?#]*)")
    hosts = pc.unique(pc.struct_field(found, "host")).to_pylist() if len(uris) else []
    return tuple(sorted(one for one in hosts if one and _is_machine(one, own_host)))


def _is_machine(host: str, own_host: str | None) -> bool:
    parts = urlsplit(f"//{host}")
    name = parts.hostname or ""
    numbered = name.replace(".", "").isdigit() or ":" in name
    if numbered:
        try:
            ipaddress.ip_address(name)
        except ValueError:
            numbered = False
    return numbered or ":" in parts.netloc or name in ("localhost", own_host) or "." not in name


def change(layer: str, old: pa.Table, new: pa.Table) -> LayerChange:
    """Compare two tables with columns ``id`` and, where geometries count, ``geometry``."""
    old, new = _texts(old), _texts(new)
    was, now = old.column("id"), new.column("id")
    known = pc.is_in(now, value_set=pc.unique(was))
    left = pc.is_in(was, value_set=pc.unique(now))
    kept, gone = int(pc.sum(known).as_py() or 0), int(len(was) - (pc.sum(left).as_py() or 0))
    renamed = moved = None
    if GEOMETRY in old.column_names and GEOMETRY in new.column_names:
        lost = old.filter(pc.invert(left)).column(GEOMETRY)
        fresh = new.filter(pc.invert(known)).column(GEOMETRY).drop_null()
        same = pc.is_in(fresh, value_set=pc.unique(lost.drop_null()))
        renamed = int(pc.sum(same).as_py() or 0)
        both = new.join(old, keys="id", join_type="inner", right_suffix="_before")
        other = pc.not_equal(both.column(GEOMETRY), both.column(f"{GEOMETRY}_before"))
        moved = int(pc.sum(other).as_py() or 0)
    return LayerChange(layer, kept, len(now) - kept, gone, renamed, moved)


def _texts(table: pa.Table) -> pa.Table:
    """Ids as text, rows without one left out, one row an id."""
    ids = table.column("id").cast(pa.string())
    table = table.set_column(table.schema.get_field_index("id"), "id", ids)
    table = table.filter(pc.is_valid(ids))
    if len(table) == len(pc.unique(table.column("id"))):
        return table
    first = table.append_column("row", pa.array(np.arange(len(table))))
    rows = first.group_by("id").aggregate([("row", "min")]).column("row_min")
    return table.take(rows)
