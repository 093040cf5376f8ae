"""From a source's WKB to geometries in the target CRS: repaired, rounded, oriented.

Whole columns at once, a row's result from that row alone. What is wrong with a row is a
finding, and the geometry None; ``rejected`` marks rows that can't be trusted at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from commonplace.geometry.placing import Mask, Transformation, place
from commonplace.geometry.reading import Column, read_column
from commonplace.geometry.repairing import AreaChange, repair_rows
from commonplace.geometry.rowfindings import RowFindings
from commonplace.geometry.settle import oriented
from commonplace.geometry.space import in_space
from commonplace.job import GeometrySpec
from commonplace.report import Finding, Severity
from commonplace.target import Geometries, TargetCrs

DEGREE_METRES: Final = 111_319.49
TOLERANCE_METRES: Final = 0.01
SPACE: Final = 3  # dimensions


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
    where = RowFindings(layer, ordinals, crs)
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
    placed = place(geometries, operation, where, keep_z, crs.decimals)
    findings += placed.findings
    rejected |= placed.rejected
    standing = in_space(placed.geometries)
    aside = placed.geometries[standing]
    message = "surfaces in space are written as they are: rules of the plane don't fit them"
    findings += where.once("GEOMETRY_IN_SPACE", Severity.INFO, len(aside), message)
    geometries, repairs, change = repair_rows(
        placed.without(standing), crs, where, repair=spec.repair
    )
    findings += repairs
    geometries = oriented(geometries)
    geometries[standing] = aside
    return Prepared(geometries, tuple(findings), rejected, change)


def _tolerance(spec: GeometrySpec, operation: Transformation | None, crs: TargetCrs) -> float:
    """The tolerance in source units: curves are linearised before they are transformed."""
    target_unit = DEGREE_METRES if crs.geographic else 1.0
    metres = TOLERANCE_METRES if spec.tolerance is None else spec.tolerance * target_unit
    return metres / (operation.source_unit if operation else target_unit)


def _reading_findings(column: Column, where: RowFindings, tolerance: float) -> Iterator[Finding]:
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
    geometries: Geometries, keep_z: bool, operation: Transformation | None, where: RowFindings
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
