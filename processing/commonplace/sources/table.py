"""One table in one file: what a file source's readers hand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commonplace.batch import Layer
from commonplace.bounds import Bounds
from commonplace.job import PointsSpec
from commonplace.sources.archive import DataFile


@dataclass(frozen=True, slots=True)
class Table:
    """A layer as its file has it.

    ``stored_names`` are the file's own, in parallel to ``layer.fields``, whose names have
    no repeats. ``raw_text`` says that the driver knows no encoding and hands over bytes.
    ``key`` finds the layer again. ``encoding`` is what names of columns ask for where the
    job states none; ``options`` are the driver's; ``points`` the columns of coordinates.
    """

    file: DataFile
    reader: str
    driver: str
    stored_names: tuple[str, ...]
    layer: Layer
    raw_text: bool = False
    key: int | str = 0
    encoding: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    points: PointsSpec | None = None


@dataclass(frozen=True, slots=True)
class Want:
    """What is wanted of a table; filters are hints, they are applied again afterwards.

    ``bounds`` are in the table's CRS. ``rows`` is about how many will be taken.
    """

    columns: Sequence[str]
    bounds: Bounds | None = None
    where: tuple[tuple[str, str], ...] = ()
    rows: int | None = None
