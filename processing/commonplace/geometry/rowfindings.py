"""Findings of a layer's geometries: row by row, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.crs import to_lonlat
from commonplace.report import EXAMPLES_A_FINDING, Finding, Severity
from commonplace.target import Geometries, TargetCrs


@dataclass(frozen=True, slots=True)
class RowFindings:
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
