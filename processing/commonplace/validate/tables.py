"""Rules that any flat encoding can be held against, as whole columns.

Columns are recognised by the names that flattening gives them (MT001 to MT010):
``inspireId_localId``, ``…_href``, ``beginLifespanVersion``; geometries come as shapely
arrays. Memory is bounded: eight bytes a row, for what must be unique.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.bounds import Bounds
from commonplace.crs import to_lonlat
from commonplace.crs.names import uri
from commonplace.report import Findings
from commonplace.validate import codes, identifiers, srs, systems, times
from commonplace.validate.geometry_rules import INVALID, ZERO
from commonplace.validate.rules import ERROR, INFO, WARNING, Rule

UNREADABLE: Final = Rule(
    "TABLE_UNREADABLE",
    ERROR,
    "a file that isn't in the format of its name, or breaks off",
    "FlatGeobuf 3.x; Apache Parquet; RFC 4180",
    "write the file again",
)
EMPTY: Final = Rule(
    "TABLE_EMPTY", WARNING, "a table without rows", "practice", "leave the file out"
)
CRS_SILENT: Final = Rule(
    "TABLE_CRS_UNKNOWN",
    WARNING,
    "nothing says which reference system the coordinates are in",
    "IR Annex II 1.5",
    "write the CRS into the file's metadata",
)
METADATA: Final = Rule(
    "GEOPARQUET_METADATA",
    ERROR,
    "the file's geo metadata is missing or not as GeoParquet has it",
    "GeoParquet 1.1, file metadata",
    "write version, primary_column and columns with encoding and geometry_types",
)
BBOX: Final = Rule(
    "GEOPARQUET_BBOX",
    WARNING,
    "the bbox in the metadata is not the data's",
    "GeoParquet 1.1, bbox",
    "correct it, or leave it out",
)
ENCODED: Final = Rule(
    "GEOPARQUET_NOT_CHECKED",
    INFO,
    "geometries in a native Arrow encoding were not looked at",
    "GeoParquet 1.1, encoding",
    "WKB geometries are checked",
)
COUNT: Final = Rule(
    "FLATGEOBUF_COUNT",
    ERROR,
    "the header's number of features is not the file's",
    "FlatGeobuf 3.x, header features_count",
    "write the file again",
)
GEOMETRY: Final = Rule(
    "CSV_GEOMETRY",
    ERROR,
    "a geometry that can't be read",
    "OGC 06-103r4, 7 (WKT); practice",
    "write well-known text, or numbers with a point into x and y",
)

RULES: Final = (UNREADABLE, EMPTY, CRS_SILENT, METADATA, BBOX, ENCODED, COUNT, GEOMETRY)

EXAMPLES: Final = 20
MOST_POINTS: Final = 1500
A_BATCH: Final = 20
IDS: Final = ("gml_id", "id", "fid")


@dataclass(slots=True)
class Table:
    """One table under examination; batches are handed in as they are read.

    ``code`` is the CRS of its geometries where known; ``points`` takes a sample in degrees.
    """

    name: str
    findings: Findings
    points: list[tuple[float, float]]
    code: str | None = None
    count: int = 0
    low: tuple[float, float] = (math.inf, math.inf)
    high: tuple[float, float] = (-math.inf, -math.inf)
    _keys: array[int] = field(default_factory=lambda: array("q"))
    _told: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def bounds(self) -> Bounds | None:
        """Of all geometries; None where there are none."""
        return (*self.low, *self.high) if self.low[0] < math.inf else None

    def batch(self, batch: pa.RecordBatch, geometries: Any = None) -> None:
        """Check some rows. ``geometries`` are as many as rows, None where there are none."""
        names = self._names(batch)
        places: Sequence[tuple[float, float] | None] = [None] * len(batch)
        if geometries is not None:
            places = self._geometries(names, geometries)
        self._identifiers(batch, names)
        self._codes(batch, names, places)
        self._times(batch, names, places)
        self.count += len(batch)

    def whole(self) -> None:
        """What only all rows together tell."""
        if not self.count:
            self.findings.add(EMPTY.finding(self.name))
        keys = np.frombuffer(self._keys, dtype=np.int64)
        twice = len(keys) - len(np.unique(keys))
        if twice:
            message = f"{twice} rows have an identifier that an earlier one has"
            rule = identifiers.REPEATED
            found = rule.finding(self.name, message, attribute="inspireId", count=twice)
            self.findings.add(found)
        if self.bounds is None:
            return
        if self.code is None:
            self.findings.add(CRS_SILENT.finding(self.name))
            return
        known = srs.system(uri(self.code))
        if known.rule is not None:
            self.findings.add(
                known.rule.finding(self.name, known.message, fix=known.fix, severity=WARNING)
            )
        self.findings.extend(systems.fitting(self.name, self.code, self.bounds))

    def tell(
        self,
        rule: Rule,
        names: Sequence[str],
        rows: Any,
        path: str,
        *,
        message: str = "",
        values: Sequence[str | None] | None = None,
        places: Sequence[tuple[float, float] | None] | None = None,
        fix: str | None = None,
    ) -> None:
        """Note a breach by rows; the first ones in full, the others as a count."""
        told = self._told.get((rule.code, path), 0)
        room = max(0, EXAMPLES - told)
        self._told[rule.code, path] = told + len(rows)
        for at, row in enumerate(list(rows)[:room]):
            self.findings.add(
                rule.finding(
                    self.name,
                    message,
                    feature=names[row],
                    attribute=path,
                    value=values[at] if values is not None else None,
                    place=places[row] if places is not None else None,
                    fix=fix,
                )
            )
        rest = len(rows) - room
        if rest > 0:
            self.findings.add(rule.finding(self.name, message, attribute=path, count=rest, fix=fix))

    def _names(self, batch: pa.RecordBatch) -> list[str]:
        """What rows are called: by id, else by number."""
        have = {one.casefold(): one for one in batch.schema.names}
        column = next((have[one] for one in IDS if one in have), None)
        if column is None:
            return [f"row {self.count + at + 1}" for at in range(len(batch))]
        ids = batch.column(column).cast(pa.string(), safe=False).to_pylist()
        return [one or f"row {self.count + at + 1}" for at, one in enumerate(ids)]

    def _geometries(self, names: list[str], made: Any) -> list[tuple[float, float] | None]:
        there = ~shapely.is_missing(made) & ~shapely.is_empty(made)
        boxes = shapely.bounds(made)
        if there.any():
            low, high = boxes[there, :2].min(axis=0), boxes[there, 2:].max(axis=0)
            self.low = (min(self.low[0], float(low[0])), min(self.low[1], float(low[1])))
            self.high = (max(self.high[0], float(high[0])), max(self.high[1], float(high[1])))
        places = places_of(self.code, boxes)
        free = MOST_POINTS - len(self.points)
        sampled = [one for one in places[:: max(1, len(places) // A_BATCH)] if one is not None]
        self.points += sampled[: max(0, free)]
        bad = np.flatnonzero(there & ~shapely.is_valid(made))
        reasons = [str(one) for one in shapely.is_valid_reason(made[bad[:EXAMPLES]])]
        reasons += [""] * (len(bad) - len(reasons))
        self.tell(INVALID, names, bad, "geometry", values=reasons, places=places)
        dimension = shapely.get_dimensions(made)
        flat = np.where(dimension == 2, shapely.area(made), shapely.length(made))
        zero = np.flatnonzero(there & (dimension > 0) & (flat == 0))
        self.tell(ZERO, names, zero, "geometry", places=places)
        return places

    def _identifiers(self, batch: pa.RecordBatch, names: list[str]) -> None:
        have = {one.casefold(): one for one in batch.schema.names}
        local = have.get("inspireid_localid")
        if local is None:
            return
        space = have.get("inspireid_namespace")
        parts = [batch.column(one).cast(pa.string()) for one in (local, space) if one]
        empty = np.zeros(len(batch), dtype=bool)
        for one in parts:
            empty |= pc.equal(pc.fill_null(one, ""), "").to_numpy(zero_copy_only=False)
        self.tell(identifiers.INCOMPLETE, names, np.flatnonzero(empty), "inspireId")
        keys = pc.binary_join_element_wise(*parts, "|", null_handling="replace")
        whole = keys.filter(pa.array(~empty)).to_pylist()
        self._keys.extend(hash(one) for one in whole)

    def _codes(
        self,
        batch: pa.RecordBatch,
        names: list[str],
        places: Sequence[tuple[float, float] | None],
    ) -> None:
        for name in batch.schema.names:
            column = batch.column(name)
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
                continue
            for value in pc.unique(column).to_pylist():
                if not value or "/codelist/" not in value.casefold() or value.startswith("["):
                    continue
                verdict = codes.judge(None, value)
                if verdict is not None:
                    rows = np.flatnonzero(
                        pc.fill_null(pc.equal(column, value), False).to_numpy(zero_copy_only=False)
                    )
                    self.tell(
                        verdict.rule,
                        names,
                        rows,
                        name,
                        message=verdict.message,
                        values=[value] * len(rows),
                        places=places,
                        fix=verdict.fix,
                    )

    def _times(
        self,
        batch: pa.RecordBatch,
        names: list[str],
        places: Sequence[tuple[float, float] | None],
    ) -> None:
        have = set(batch.schema.names)
        for name in sorted(have):
            for begin, end in times.PAIRS:
                if not name.endswith(begin):
                    continue
                other = f"{name[: -len(begin)]}{end}"
                if other not in have:
                    continue
                first, last = (_instants(batch.column(one)) for one in (name, other))
                if first is None or last is None:
                    continue
                late = pc.fill_null(pc.greater(first, last), False)
                rows = np.flatnonzero(late.to_numpy(zero_copy_only=False))
                message = f"{end} lies before {begin}"
                self.tell(times.ORDER, names, rows, other, message=message, places=places)


def _instants(column: pa.Array) -> pa.Array | None:
    """Times that can be compared: as they are, or texts of one form (they sort as they say)."""
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_string(column.type):
        form = pc.match_substring_regex(column, r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$")
        return pc.if_else(form, pc.utf8_slice_codeunits(column, 0, 19), None)
    return None


def places_of(code: str | None, boxes: Any) -> list[tuple[float, float] | None]:
    """The middle of bounds in degrees; None where it can't be told."""
    if code is None or not len(boxes):
        return [None] * len(boxes)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    known = np.isfinite(middle).all(axis=1)
    found: list[tuple[float, float] | None] = [None] * len(boxes)
    if known.any():
        placed = to_lonlat(code, middle[known])
        for at, (x, y) in zip(np.flatnonzero(known).tolist(), placed.tolist(), strict=True):
            if abs(x) <= 180 and abs(y) <= 90:
                found[at] = (round(x, 6), round(y, 6))
    return found
