"""Geometries where they belong: transformed to the target CRS and rounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.geometry.rowfindings import RowFindings
from commonplace.geometry.settle import rounded
from commonplace.report import Finding, Severity
from commonplace.target import Geometries

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
class Placed:
    """``coordinates`` are the geometries', rounded, x and y."""

    geometries: Geometries
    coordinates: Coordinates
    findings: list[Finding]
    rejected: Mask

    def without(self, rows: Mask) -> Placed:
        """The same without the geometries of some rows."""
        if not rows.any():
            return self
        kept = ~np.repeat(rows, shapely.get_num_coordinates(self.geometries))
        geometries = self.geometries.copy()
        geometries[rows] = None
        return replace(self, geometries=geometries, coordinates=self.coordinates[kept])


def place(
    geometries: Geometries,
    operation: Transformation | None,
    where: RowFindings,
    keep_z: bool,
    decimals: int,
) -> Placed:
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
    return Placed(geometries, settled, findings, rejected)


def _checked(
    geometries: Geometries,
    moved: Coordinates,
    coordinates: Coordinates,
    operation: Transformation,
    where: RowFindings,
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
