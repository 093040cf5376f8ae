"""Tables with coordinates in columns (CSV, spreadsheets) as layers of points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import GEOMETRY, Layer
from commonplace.job import PointsSpec
from commonplace.report import Finding, Severity

WGS84: Final = "EPSG:4326"
#: Names that mean nothing else, in the languages of the sources; ``Länge`` is a length, too.
_LONGITUDES: Final = (
    *("lon", "lng", "long", "longitude", "geo_lon", "geo_long", "longitud", "longitudine"),
    *("längengrad", "laengengrad", "lengtegraad", "pituusaste", "zeměpisná délka"),
)
_LATITUDES: Final = (
    *("lat", "latitude", "geo_lat", "latitud", "latitudine"),
    *("breitengrad", "breedtegraad", "leveysaste", "zeměpisná šířka"),
)
_NUMBER: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_GROUPED: Final = r"^[+-]?\d{1,3}(,\d{3})+\.\d+$"  # 691,000.5


def recognised(layer: Layer) -> PointsSpec | None:
    """The columns of longitude and latitude, where one name of each says so."""
    folded = {one.casefold().strip(): one for one in layer.field_names}
    x = [folded[one] for one in _LONGITUDES if one in folded]
    y = [folded[one] for one in _LATITUDES if one in folded]
    return PointsSpec(x=x[0], y=y[0]) if len(x) == len(y) == 1 else None


def as_points(layer: Layer, crs: str | None) -> Layer:
    """The layer of points that a table makes."""
    return replace(layer, geometry_type="Point", crs=crs)


@dataclass(slots=True)
class Placer:
    """Adds the points to a table's batches, and keeps what is no coordinate."""

    layer: Layer
    columns: PointsSpec
    bad: int = 0
    example: str = ""
    first_row: int | None = None
    _rows: int = 0

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that hold coordinates."""
        found = (self.columns.x, self.columns.y, self.columns.z)
        return tuple(one for one in found if one is not None)

    def place(
        self, batches: Iterator[pa.RecordBatch], kept: Sequence[str]
    ) -> Iterator[pa.RecordBatch]:
        """The batches with points, and of the columns those that are ``kept``."""
        for batch in batches:
            points = self._points(batch)
            self._rows += batch.num_rows
            names = [one for one in batch.schema.names if one in kept]
            yield batch.select(names).append_column(GEOMETRY, points)

    def findings(self) -> Iterator[Finding]:
        """What could not be read."""
        if self.bad:
            yield Finding(
                "COORDINATES_BAD",
                Severity.WARNING,
                f"no coordinates: these rows have no place (first: row {self.first_row})",
                self.layer.name,
                attribute=f"{self.columns.x}, {self.columns.y}",
                value=self.example,
                fix="mend the values, or state the columns and their CRS: points: {x: …, y: …}",
                count=self.bad,
            )

    def _points(self, batch: pa.RecordBatch) -> pa.Array:
        columns = [batch.column(batch.schema.names.index(one)) for one in self.needed]
        ordinates = [numbers(one) for one in columns]
        stated = np.logical_or.reduce([_has_text(one) for one in columns[:2]])
        good = np.isfinite(ordinates[0]) & np.isfinite(ordinates[1])
        if self.layer.crs == WGS84:
            good &= (np.abs(ordinates[0]) <= 360) & (np.abs(ordinates[1]) <= 90)
        self._note(stated & ~good, columns)
        made = np.full(batch.num_rows, None, dtype=object)
        made[good] = shapely.points(*(one[good] for one in ordinates))
        return pa.array(shapely.to_wkb(made), pa.binary())

    def _note(self, bad: npt.NDArray[np.bool_], columns: Sequence[pa.Array]) -> None:
        rows = np.flatnonzero(bad)
        if len(rows) and self.first_row is None:
            self.first_row = self._rows + int(rows[0])
            self.example = ", ".join(str(one[int(rows[0])].as_py()) for one in columns[:2])
        self.bad += len(rows)


def _has_text(column: pa.Array) -> npt.NDArray[np.bool_]:
    if pa.types.is_string(column.type):
        column = pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), None, column)
    valid: npt.NDArray[np.bool_] = column.is_valid().to_numpy(zero_copy_only=False)
    return valid


def numbers(column: pa.Array) -> npt.NDArray[np.float64]:
    """Values as numbers, NaN where they are none.

    Texts are read as people write them: ``48,1372``, ``5.334.000``, ``691.000,5``,
    ``691,000.5``, ``2'600'000``, ``2 600 000``.
    """
    if pa.types.is_string(column.type):
        column = _plain_numbers(column)
    found: npt.NDArray[np.float64] = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    return found


def _plain_numbers(column: pa.Array) -> pa.Array:
    text = pc.replace_substring_regex(column, r"[\s'’\x{00a0}\x{202f}]", "")
    commas = pc.match_substring(text, ",")
    english = pc.match_substring_regex(text, _GROUPED)
    german = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
    thousands = pc.greater(pc.count_substring(text, "."), 1)
    plain = pc.if_else(
        english,
        pc.replace_substring(text, ",", ""),
        pc.if_else(
            commas,
            german,
            pc.if_else(thousands, pc.replace_substring(text, ".", ""), text),
        ),
    )
    return pc.if_else(pc.match_substring_regex(plain, _NUMBER), plain, None)
