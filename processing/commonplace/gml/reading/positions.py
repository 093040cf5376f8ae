"""Coordinates of a chunk, all parsed together: every ``pos``, ``posList``, ``coordinates``.

CRS and dimension are the nearest stated around; the axis order becomes x, y.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyproj import CRS

from commonplace.crs import identify
from commonplace.errors import CrsUnknown
from commonplace.gml.pieces import offsets_of
from commonplace.gml.reading.tokens import Elements, Ints, Mask
from commonplace.model.types import local_name, namespace_of

Floats = npt.NDArray[np.float64]

OLD_GML: Final = "http://www.opengis.net/gml"
_POSITIONS: Final = frozenset(("pos", "posList", "coordinates", "lowerCorner", "upperCorner"))
_LISTS: Final = frozenset(("posList", "coordinates"))
_SPACES: Final = bytes(one in b" \t\r\n" for one in range(256))
_TWO, _THREE = 2, 3


def is_gml(name: str) -> bool:
    """Whether an expanded name is GML's, of any version."""
    return name.startswith("{") and namespace_of(name).startswith(OLD_GML)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a ``srsName`` means. ``code`` None: nobody knows it."""

    name: str
    code: str | None
    swap: bool
    dimension: int
    geographic: bool = False


@functools.lru_cache(maxsize=256)
def reference(name: str) -> Reference:
    """The CRS of a ``srsName`` in any form.

    ``EPSG:4326`` and ``http://www.opengis.net/gml/srs/epsg.xml#4326`` are of the time when
    GML was written x, y; URNs and URIs follow the authority's axis order (OGC 09-048r5).
    """
    try:
        code = identify(name)
    except CrsUnknown:
        return Reference(name, None, False, _TWO)
    crs = CRS.from_user_input(code)
    early = name.upper().startswith("EPSG:") or "/gml/srs/" in name
    first = crs.axis_info[0].direction if crs.axis_info else "east"
    swap = first in ("north", "south") and not early
    return Reference(name, code, swap, max(_TWO, len(crs.axis_info)), bool(crs.is_geographic))


@dataclass(frozen=True, slots=True)
class Positions:
    """Runs of coordinates. ``run`` is an element's, -1 where it has none.

    ``coordinates`` are (n, 3), z not-a-number where there is none; ``broken`` runs hold
    what is no number, or a part of a position. ``crs`` numbers :attr:`references`; -1 is
    no CRS at all.
    """

    elements: Ints
    run: Ints
    coordinates: Floats
    offsets: Ints
    height: Mask
    broken: Mask
    crs: Ints
    references: tuple[Reference, ...]

    def crs_at(self, elements: Ints) -> Ints:
        """The CRS of geometries: of the first position behind each of the elements."""
        if len(self.elements) == 0:
            return np.full(len(elements), -1)
        at = np.minimum(np.searchsorted(self.elements, elements), len(self.elements) - 1)
        return self.crs[at]

    def of(self, runs: Ints) -> tuple[Floats, Ints]:
        """The coordinates of some runs, one after the other, and how many each has."""
        counts = np.diff(self.offsets)[runs]
        if len(runs) and runs[-1] - runs[0] == len(runs) - 1 and (np.diff(runs) == 1).all():
            return self.coordinates[self.offsets[runs[0]] : self.offsets[runs[-1] + 1]], counts
        begins = offsets_of(counts)
        index = np.repeat(self.offsets[runs] - begins[:-1], counts) + np.arange(begins[-1])
        return self.coordinates[index], counts


def positions_of(elements: Elements, default_crs: str | None) -> Positions:
    """All positions of a chunk, save those of feature envelopes."""
    chosen = _position_paths(elements)
    found = [elements.of(path) for path in chosen]
    at = np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    run = np.full(len(elements), -1, dtype=np.int64)
    run[at] = np.arange(len(at))
    names, crs = _inherited(elements, at, "srsName")
    if default_crs is not None and (crs < 0).any():
        names = [*names, default_crs]
        crs = np.where(crs < 0, len(names) - 1, crs)
    references = tuple(reference(one) for one in names)
    values, offsets, wrong = _numbers(elements, at)
    counts = np.diff(offsets)
    dimension = _dimensions(elements, at, counts, references, crs)
    broken = wrong | (counts % dimension != 0) | (counts == 0)
    points, begins = _points(values, offsets, np.where(broken, 0, counts // dimension), dimension)
    swapped = np.array([one.swap for one in references] + [False])[crs]
    if swapped.any():
        where = np.repeat(swapped, np.diff(begins))
        points[where, :2] = points[where, 1::-1]
    return Positions(at, run, points, begins, dimension == _THREE, broken, crs, references)


def _position_paths(elements: Elements) -> list[int]:
    chosen = []
    for number, path in enumerate(elements.paths):
        if local_name(path.name) in _POSITIONS and is_gml(path.name):
            above = elements.paths[elements.paths[path.parent].parent].name
            if path.parent < 0 or local_name(above) != "boundedBy":
                chosen.append(number)
    return chosen


def _inherited(elements: Elements, at: Ints, name: str) -> tuple[list[str], Ints]:
    """The values of an attribute, and for some elements which is the nearest stated."""
    bearers, segments = elements.bearers(name)
    if len(bearers) == 0:
        return [], np.full(len(at), -1, dtype=np.int64)
    texts = elements.segments.take(pa.array(segments)).dictionary_encode()
    own = np.full(len(elements) + 1, -1, dtype=np.int64)  # the last item is the top's parent
    own[bearers] = texts.indices.to_numpy()
    code = own[at]
    here = at
    while True:
        missing = (code < 0) & (here >= 0)
        if not missing.any():
            return texts.dictionary.to_pylist(), code
        here = np.where(missing, elements.parent[here], here)
        code = np.where(missing, own[here], code)


def _numbers(elements: Elements, at: Ints) -> tuple[Floats, Ints, Mask]:
    """All numbers, where each element's begin, and which elements hold something else."""
    texts = elements.segments.take(pa.array(elements.text[at], mask=elements.text[at] < 0))
    texts = pc.fill_null(texts, "")
    if len(texts) == 0:
        return np.empty(0), np.zeros(1, dtype=np.int64), np.zeros(0, dtype=bool)
    begins = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
    data = (texts.buffers()[2] or pa.py_buffer(b"")).to_pybytes()[: begins[-1]]
    if b"," in data:
        data = data.replace(b",", b" ")
    there = ~np.frombuffer(data.translate(_SPACES), dtype=bool)
    first = np.zeros(len(data) + 1, dtype=bool)  # texts may lie side by side without a space
    first[begins] = True
    starts = np.flatnonzero(there & (first[:-1] | ~np.append(False, there[:-1])))
    stops = np.flatnonzero(there & (first[1:] | ~np.append(there[1:], False))) + 1
    bounds = np.empty(2 * len(starts) + 1, dtype=np.int32)
    bounds[:-1:2], bounds[1::2] = starts, stops
    bounds[-1] = len(data)
    words = pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(data))
    words = words.take(pa.array(np.arange(0, 2 * len(starts), 2)))
    offsets = np.searchsorted(starts, begins).astype(np.int64)
    wrong = np.zeros(len(at), dtype=bool)
    try:
        return words.cast(pa.float64()).to_numpy(zero_copy_only=False), offsets, wrong
    except pa.ArrowInvalid:
        values = _one_by_one(words.to_pylist())
    bad = np.searchsorted(offsets, np.flatnonzero(np.isnan(values)), side="right") - 1
    wrong[bad] = True
    return values, offsets, wrong


def _one_by_one(words: Sequence[str]) -> Floats:
    values = np.full(len(words), np.nan)
    for number, word in enumerate(words):
        try:
            values[number] = float(word)
        except ValueError:
            continue
    return values


def _dimensions(
    elements: Elements, at: Ints, counts: Ints, references: Sequence[Reference], crs: Ints
) -> Ints:
    """Ordinates a position: as stated, else as many as a ``pos`` has or the CRS has axes."""
    single = np.array([local_name(path.name) not in _LISTS for path in elements.paths], dtype=bool)[
        elements.path[at]
    ]
    stated, code = _inherited(elements, at, "srsDimension")
    known = np.array([int(one) if one.isdigit() else 0 for one in stated] + [0])[code]
    axes = np.array([one.dimension for one in references] + [_TWO])[crs]
    odd = (axes == _TWO) & (counts % _TWO != 0) & (counts % _THREE == 0)
    guessed = np.where(single & (counts >= _TWO), counts, np.where(odd, _THREE, axes))
    dimension = np.where(known > 0, known, guessed)
    # a 2D position under a heading that says 3 and the other way about
    fits = single & np.isin(counts, (_TWO, _THREE))
    dimension = np.where(fits, counts, dimension)
    return np.where(np.isin(dimension, (_TWO, _THREE)), dimension, np.maximum(counts + 1, 1))


def _points(values: Floats, offsets: Ints, counts: Ints, dimension: Ints) -> tuple[Floats, Ints]:
    """(n, 3) coordinates of the sound runs, and where each run's begin."""
    begins = offsets_of(counts)
    points = np.full((int(begins[-1]), _THREE), np.nan)
    for size in (_TWO, _THREE):
        mine = dimension == size
        if not mine.any() or not counts[mine].any():
            continue
        target = np.repeat(mine, counts)
        source = np.repeat(mine & (counts > 0), np.diff(offsets))
        points[target, :size] = values[source].reshape(-1, size)
    return points, begins
