"""From a source's WKB to geometries in the target CRS: repaired, rounded, oriented.

Whole columns at once, a row's result from that row alone. What is wrong with a row is a
finding, and the geometry None; ``rejected`` marks rows that can't be trusted at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from commonplace.crs import to_lonlat
from commonplace.geometry.reading import Column, read_column
from commonplace.geometry.settle import oriented, repaired, rounded, without_repeats
from commonplace.geometry.space import in_space
from commonplace.job import GeometrySpec
from commonplace.report import EXAMPLES_A_FINDING, Finding, Severity
from commonplace.target import Geometries, TargetCrs

DEGREE_METRES: Final = 111_319.49
TOLERANCE_METRES: Final = 0.01
SPACE: Final = 3  # dimensions

Coordinates = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Transformation(Protocol):
    """What is needed of :class:`commonplace.crs.Operation`."""

    @property
    def source(self) -> str: ...

    @property
    def source_unit(self) -> float: ...

    @property
    def demanded(self) -> float | None: ...

    def transform(self, coordinates: Coordinates) -> Coordinates: ...

    def outside(self, transformed: Coordinates) -> Mask: ...


@dataclass(frozen=True, slots=True)
class AreaChange:
    """What repairs did to areas: square metres in all, and the largest share of one."""

    repaired: int = 0
    before: float = 0.0
    after: float = 0.0
    largest_share: float = 0.0

    def plus(self, other: AreaChange) -> AreaChange:
        return AreaChange(
            self.repaired + other.repaired,
            self.before + other.before,
            self.after + other.after,
            max(self.largest_share, other.largest_share),
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """Geometries ready to write, row by row those of the input.

    ``geometries`` is None where there was none, an empty one, or one that is rejected;
    ``rejected`` marks rows whose geometry couldn't be read or transformed.
    """

    geometries: Geometries
    findings: tuple[Finding, ...]
    rejected: Mask
    area_change: AreaChange


@dataclass(frozen=True, slots=True)
class _Layer:
    """What findings need to know of where they are."""

    name: str
    ordinals: npt.NDArray[Any]
    crs: TargetCrs

    def findings(
        self,
        code: str,
        severity: Severity,
        rows: npt.NDArray[np.intp],
        messages: str | Sequence[str],
        *,
        geometries: Geometries | None = None,
        fix: str | None = None,
    ) -> Iterator[Finding]:
        """A finding a row; beyond the cap one that counts the rest.

        ``messages`` may have one a row. ``geometries`` (of all rows) give the places.
        """
        shown = rows[:EXAMPLES_A_FINDING]
        places = self._places(geometries, shown)
        for at, row in enumerate(shown):
            message = messages if isinstance(messages, str) else messages[at]
            yield self._finding(
                code, severity, message, f"row {self.ordinals[row]}", places[at], fix
            )
        if len(rows) > len(shown):
            message = messages if isinstance(messages, str) else messages[0]
            rest = len(rows) - len(shown)
            yield self._finding(code, severity, message, None, None, fix, rest)

    def once(self, code: str, severity: Severity, count: int, message: str) -> Iterator[Finding]:
        """One finding for all rows."""
        if count:
            yield self._finding(code, severity, message, None, None, None, count)

    def _finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        feature: str | None,
        place: tuple[float, float] | None,
        fix: str | None,
        count: int = 1,
    ) -> Finding:
        return Finding(
            code,
            severity,
            message,
            layer=self.name,
            feature=feature,
            attribute="geometry",
            fix=fix,
            place=place,
            count=count,
        )

    def _places(
        self, geometries: Geometries | None, rows: npt.NDArray[np.intp]
    ) -> list[tuple[float, float] | None]:
        """A corner of each geometry in lon/lat, 5 decimals."""
        places: list[tuple[float, float] | None] = [None] * len(rows)
        if geometries is None or len(rows) == 0:
            return places
        corners = shapely.bounds(geometries[rows])[:, :2]
        lonlat = corners if self.crs.geographic else to_lonlat(self.crs.code, corners)
        for at, (x, y) in enumerate(lonlat):
            if np.isfinite(x) and np.isfinite(y):
                places[at] = (round(float(x), 5), round(float(y), 5))
        return places


def prepare(
    wkb: pa.Array | pa.ChunkedArray,
    operation: Transformation | None,
    crs: TargetCrs,
    spec: GeometrySpec,
    *,
    layer: str,
    ordinals: npt.NDArray[Any],
) -> Prepared:
    """Prepare a column of geometries for writing.

    Parameters
    ----------
    wkb
        binary or large_binary of length n, x before y in the source CRS.
    operation
        How coordinates are transformed; None leaves them.
    crs
        The target CRS: gives the decimals, and whether Z is kept.
    spec
        ``repair`` false leaves invalid geometries, with a finding each. ``tolerance`` is
        1 cm where none is given.
    layer, ordinals
        For findings: the layer's name, and the n rows' numbers over the whole layer.
    """
    where = _Layer(layer, ordinals, crs)
    tolerance = _tolerance(spec, operation, crs)
    column = read_column(wkb, tolerance)
    findings = list(_reading_findings(column, where, tolerance))
    geometries = column.geometries
    rejected = column.unreadable.copy()
    empty = shapely.is_empty(geometries)
    if empty.any():
        rows = np.flatnonzero(empty)
        findings += where.findings(
            "GEOMETRY_EMPTY", Severity.WARNING, rows, "the geometry is empty"
        )
        geometries[empty] = None
    keep_z = spec.keep_z or crs.dimension == SPACE
    findings += _dimension_findings(geometries, keep_z, operation, where)
    if crs.dimension == SPACE:
        low = np.flatnonzero(~shapely.is_missing(geometries) & ~shapely.has_z(geometries))
        rejected[low] = True
        findings += where.findings(
            "Z_MISSING",
            Severity.ERROR,
            low,
            "the geometry has no heights, which the target CRS demands",
            fix="give heights in the source, or leave geometry.keep_z out of the job",
        )
    placed = _place(geometries, operation, where, keep_z, crs.decimals)
    findings += placed.findings
    rejected |= placed.rejected
    standing = in_space(placed.geometries)
    aside = placed.geometries[standing]
    message = "surfaces in space are written as they are: rules of the plane don't fit them"
    findings += where.once("GEOMETRY_IN_SPACE", Severity.INFO, len(aside), message)
    geometries, repairs, change = _repair(placed.without(standing), crs, where, repair=spec.repair)
    findings += repairs
    geometries = oriented(geometries)
    geometries[standing] = aside
    return Prepared(geometries, tuple(findings), rejected, change)


def _tolerance(spec: GeometrySpec, operation: Transformation | None, crs: TargetCrs) -> float:
    """The tolerance in source units: curves are linearised before they are transformed."""
    target_unit = DEGREE_METRES if crs.geographic else 1.0
    metres = TOLERANCE_METRES if spec.tolerance is None else spec.tolerance * target_unit
    return metres / (operation.source_unit if operation else target_unit)


def _reading_findings(column: Column, where: _Layer, tolerance: float) -> Iterator[Finding]:
    yield from where.findings(
        "GEOMETRY_NULL", Severity.WARNING, np.flatnonzero(column.null), "there is no geometry"
    )
    yield from where.findings(
        "GEOMETRY_UNREADABLE",
        Severity.ERROR,
        np.flatnonzero(column.unreadable),
        "the geometry's WKB can't be read",
        fix="the row is left out",
    )
    yield from where.findings(
        "CURVE_LINEARISED",
        Severity.INFO,
        np.flatnonzero(column.curved),
        f"curves became lines, at most {tolerance:.3g} (units of the source CRS) away",
    )
    yield from where.findings(
        "SURFACE_PATCHES_SPLIT",
        Severity.INFO,
        np.flatnonzero(column.patched),
        "a surface of patches or triangles became polygons",
    )
    yield from where.findings(
        "GEOMETRY_REPAIRED",
        Severity.WARNING,
        np.flatnonzero(column.unclosed),
        "a ring that wasn't closed was closed",
    )


def _dimension_findings(
    geometries: Geometries, keep_z: bool, operation: Transformation | None, where: _Layer
) -> Iterator[Finding]:
    with_z = int(shapely.has_z(geometries).sum())
    if keep_z and operation is not None:
        message = "heights are as in the source: they were not transformed"
        yield from where.once("Z_NOT_TRANSFORMED", Severity.INFO, with_z, message)
    elif not keep_z:
        message = "Z was dropped: the target is two-dimensional (geometry.keep_z)"
        yield from where.once("Z_DROPPED", Severity.INFO, with_z, message)
    with_m = int(shapely.has_m(geometries).sum())
    yield from where.once("M_DROPPED", Severity.INFO, with_m, "measures (M) were dropped")


@dataclass(frozen=True, slots=True)
class _Placed:
    """``coordinates`` are the geometries', rounded, x and y."""

    geometries: Geometries
    coordinates: Coordinates
    findings: list[Finding]
    rejected: Mask

    def without(self, rows: Mask) -> _Placed:
        """The same without the geometries of some rows."""
        if not rows.any():
            return self
        kept = ~np.repeat(rows, shapely.get_num_coordinates(self.geometries))
        geometries = self.geometries.copy()
        geometries[rows] = None
        return replace(self, geometries=geometries, coordinates=self.coordinates[kept])


def _place(
    geometries: Geometries,
    operation: Transformation | None,
    where: _Layer,
    keep_z: bool,
    decimals: int,
) -> _Placed:
    """Transform and round. ``geometries`` is changed in place."""
    measured = shapely.has_m(geometries)
    if measured.any() and not keep_z:
        geometries[measured] = shapely.force_2d(geometries[measured])
    findings: list[Finding] = []
    rejected = np.zeros(len(geometries), dtype=bool)
    coordinates = shapely.get_coordinates(geometries, include_z=keep_z)
    # A NaN height beside heights is what a point without one gets; x and y must be finite.
    wrong = ~np.isfinite(coordinates[:, :2]).all(axis=1)
    if wrong.any():
        bad = _rows_with(geometries, wrong)
        rows = np.flatnonzero(bad)
        message = "an ordinate is no finite number"
        findings += where.findings("GEOMETRY_NOT_FINITE", Severity.ERROR, rows, message)
        geometries[bad] = None
        rejected |= bad
        coordinates = shapely.get_coordinates(geometries, include_z=keep_z)
    moved = coordinates[:, :2] if operation is None else operation.transform(coordinates[:, :2])
    if operation is not None:
        geometries, moved, coordinates = _checked(
            geometries, moved, coordinates, operation, where, findings, rejected
        )
    settled = rounded(moved, decimals)
    if keep_z and shapely.has_z(geometries).any():
        geometries = _with_z(geometries, settled, rounded(coordinates[:, 2:3], 3))
    else:
        geometries = shapely.set_coordinates(geometries, settled)
    return _Placed(geometries, settled, findings, rejected)


def _checked(
    geometries: Geometries,
    moved: Coordinates,
    coordinates: Coordinates,
    operation: Transformation,
    where: _Layer,
    findings: list[Finding],
    rejected: Mask,
) -> tuple[Geometries, Coordinates, Coordinates]:
    """Reject what couldn't be transformed, tell of what lies outside the area of use."""
    outside = operation.outside(moved)
    if not outside.any():
        return geometries, moved, coordinates
    lost = _rows_with(geometries, outside & ~np.isfinite(moved).all(axis=1))
    stray = _rows_with(geometries, outside) & ~lost
    findings += where.findings(
        "CRS_NOT_TRANSFORMED",
        Severity.ERROR,
        np.flatnonzero(lost),
        f"the coordinates can't be transformed from {operation.source[:60]}",
        fix="state the right CRS in the job: sources.<name>.crs",
    )
    demanded = operation.demanded
    findings += where.findings(
        "CRS_OUTSIDE_AREA",
        Severity.WARNING if demanded is None else Severity.ERROR,
        np.flatnonzero(stray),
        "the geometry lies outside the operation's area of use"
        + ("" if demanded is None else f", where {demanded:g} m can't be promised"),
        fix="state the right CRS in the job: sources.<name>.crs",
    )
    bad = lost if demanded is None else lost | stray
    if not bad.any():
        return geometries, moved, coordinates
    rejected |= bad
    keep = ~np.repeat(bad, shapely.get_num_coordinates(geometries))
    geometries[bad] = None
    return geometries, moved[keep], coordinates[keep]


def _rows_with(geometries: Geometries, marked: Mask) -> Mask:
    """The rows that have a marked coordinate."""
    row = np.repeat(np.arange(len(geometries)), shapely.get_num_coordinates(geometries))
    result = np.zeros(len(geometries), dtype=bool)
    result[row[marked]] = True
    return result


def _with_z(geometries: Geometries, moved: Coordinates, heights: Coordinates) -> Geometries:
    """New x and y, old heights (without M); rows that had none stay without."""
    flat = np.isnan(heights[:, 0])
    lacking = _rows_with(geometries, flat) & shapely.has_z(geometries)
    three = shapely.has_z(geometries) & ~lacking
    result = geometries.copy()
    has = np.repeat(three, shapely.get_num_coordinates(geometries))
    result[three] = shapely.set_coordinates(
        shapely.force_3d(shapely.force_2d(geometries[three])), np.hstack([moved, heights])[has]
    )
    result[~three] = shapely.set_coordinates(shapely.force_2d(geometries[~three]), moved[~has])
    return result


def _repair(
    placed: _Placed, crs: TargetCrs, where: _Layer, *, repair: bool
) -> tuple[Geometries, list[Finding], AreaChange]:
    invalid = ~shapely.is_valid(placed.geometries) & ~shapely.is_missing(placed.geometries)
    geometries = without_repeats(placed.geometries, placed.coordinates, invalid)
    if not invalid.any():
        return geometries, [], AreaChange()
    rows = np.flatnonzero(invalid)
    broken = geometries[rows]
    reasons = [one.partition("[")[0] for one in shapely.is_valid_reason(broken)]
    if not repair:
        found = where.findings(
            "GEOMETRY_INVALID",
            Severity.ERROR,
            rows,
            reasons,
            geometries=geometries,
            fix="geometry: {repair: true}",
        )
        return geometries, list(found), AreaChange()
    mended = repaired(broken, crs.decimals)
    before, after = _square_metres(broken, crs), _square_metres(mended, crs)
    messages = [
        f"{reason}; {old:.2f} m² became {new:.2f} m²"
        for reason, old, new in zip(reasons, before, after, strict=True)
    ]
    gone = shapely.is_missing(mended)
    findings = [
        *where.findings(
            "GEOMETRY_REPAIRED",
            Severity.WARNING,
            rows[~gone],
            [one for one, lost in zip(messages, gone, strict=True) if not lost],
            geometries=geometries,
        ),
        *where.findings(
            "GEOMETRY_COLLAPSED",
            Severity.WARNING,
            rows[gone],
            f"nothing is left of the geometry at {crs.decimals} decimals",
            geometries=geometries,
        ),
    ]
    result = geometries.copy()
    result[rows] = mended
    share = np.abs(after - before) / np.maximum(before, after).clip(min=1e-9)
    change = AreaChange(len(rows), float(before.sum()), float(after.sum()), float(share.max()))
    return result, findings, change


def _square_metres(geometries: Geometries, crs: TargetCrs) -> Coordinates:
    """Areas; on the ellipsoid GRS 80 by its radii of curvature in the geometry's middle."""
    area = np.nan_to_num(np.asarray(shapely.area(geometries), dtype=np.float64))
    if not crs.geographic:
        return area
    box = shapely.bounds(geometries)
    latitude = np.radians(np.nan_to_num((box[:, 1] + box[:, 3]) / 2))
    a, e2 = 6_378_137.0, 0.00669438002290
    w2 = 1 - e2 * np.sin(latitude) ** 2
    meridian, prime = a * (1 - e2) / w2**1.5, a / np.sqrt(w2)
    scale: Coordinates = meridian * prime * np.cos(latitude) * np.radians(1) ** 2
    return area * scale
