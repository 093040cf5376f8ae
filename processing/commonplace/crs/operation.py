"""A chosen coordinate operation: a value that travels to workers and is applied there."""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyproj
from pyproj.datadir import get_user_data_dir  # type: ignore[attr-defined]
from pyproj.exceptions import ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

from commonplace.bounds import Bounds
from commonplace.errors import CrsError
from commonplace.report import CrsOperation

Coordinates = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Operation:
    """How coordinates get from ``source`` to ``target``, both x before y.

    Parameters
    ----------
    source, target
        Canonical names, as :func:`commonplace.crs.identify` gives them.
    definition
        The PROJ pipeline, or None where the numbers don't change.
    report
        What is told of it in the report.
    limits
        Where results may lie, in target coordinates: the operation's area of use and,
        widely taken (zones are used beyond their edges), the source CRS's; None is all.
    source_unit
        Metres in a unit of the source CRS (of a degree: 111,319.49).
    demanded
        The accuracy the job demands in metres: then rows outside ``limits`` are no good.
    grids
        The folder grids are looked up in.
    """

    source: str
    target: str
    definition: str | None
    report: CrsOperation
    limits: Bounds | None = None
    source_unit: float = 1.0
    demanded: float | None = None
    grids: Path | None = None

    def transform(self, coordinates: Coordinates) -> Coordinates:
        """Transform points.

        Parameters
        ----------
        coordinates
            float64 of shape (n, 2), x before y, in the source CRS.

        Returns
        -------
        The same shape in the target CRS, x before y; ``inf`` where a point can't be
        transformed. The input is not changed, but may be returned where nothing changes.

        Raises
        ------
        CrsError
            The operation can't be set up, as when a grid has gone.
        """
        if self.definition is None:
            return coordinates
        transformer = _transformer(self.definition, str(self.grids) if self.grids else None)
        result = np.empty(coordinates.shape, order="F")
        result[:, 0] = coordinates[:, 0]
        result[:, 1] = coordinates[:, 1]
        transformer.transform(result[:, 0], result[:, 1], inplace=True)
        if len(result) and not np.isfinite(result).any():
            self._check_grids()
        return result

    def _check_grids(self) -> None:
        """PROJ sets up an operation without its grids, and then answers ``inf``."""
        folders = [Path(one) for one in pyproj.datadir.get_data_dir().split(os.pathsep)]
        folders.append(Path(get_user_data_dir()))
        there = {one.stem.casefold() for folder in folders for one in folder.glob("*.*")}
        gone = [one for one in self.report.grids if Path(one).stem.casefold() not in there]
        if gone:
            raise CrsError(
                f"the grid {', '.join(gone)} has gone", hint=f"put it back into {self.grids}"
            )

    def outside(self, transformed: Coordinates) -> npt.NDArray[np.bool_]:
        """Which points, already transformed, aren't finite or lie outside ``limits``."""
        x, y = transformed[:, 0], transformed[:, 1]
        if self.limits is None:
            return ~(np.isfinite(x) & np.isfinite(y))
        xmin, ymin, xmax, ymax = self.limits
        # Written so that NaN counts as outside.
        return np.asarray(~((x >= xmin) & (x <= xmax) & (y >= ymin) & (y <= ymax)))


def grids_of(definition: str) -> tuple[str, ...]:
    """The names of the grids that a PROJ pipeline uses."""
    found = re.findall(r"grids=(\S+)", definition)
    return tuple(dict.fromkeys(name.lstrip("@") for one in found for name in one.split(",")))


def use_grids(grids: Path | None) -> None:
    """Let PROJ look for grids in ``grids`` and its own data folder, never on the network."""
    set_network_enabled(active=False)
    now = pyproj.datadir.get_data_dir()
    own = now.split(os.pathsep)[0]
    wanted = own if grids is None else f"{own}{os.pathsep}{grids}"
    if wanted != now:
        pyproj.datadir.set_data_dir(wanted)


@functools.lru_cache(maxsize=64)
def _transformer(definition: str, grids: str | None) -> pyproj.Transformer:
    use_grids(Path(grids) if grids else None)
    try:
        return pyproj.Transformer.from_pipeline(definition)
    except ProjError as error:
        raise CrsError(
            f"the coordinate operation can't be set up: {error}",
            hint=f"is the grid still in {grids}?"
            if grids
            else "name the folder of grids: crs.grids",
        ) from error
