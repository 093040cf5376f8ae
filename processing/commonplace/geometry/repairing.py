"""Geometries made valid, and what that did to their areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from commonplace.geometry.placing import Coordinates, Placed
from commonplace.geometry.rowfindings import RowFindings
from commonplace.geometry.settle import repaired, without_repeats
from commonplace.report import Finding, Severity
from commonplace.target import Geometries, TargetCrs


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


def repair_rows(
    placed: Placed, crs: TargetCrs, where: RowFindings, *, repair: bool
) -> tuple[Geometries, list[Finding], AreaChange]:
    """Valid geometries; with ``repair`` false the invalid ones stay, with a finding each."""
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
