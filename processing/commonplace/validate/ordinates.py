"""Ordinates of geometries in GML: texts become one array of points."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonplace.validate.columns import Column
from commonplace.validate.geometry_rules import LINE, ORDINATES, POINT
from commonplace.validate.sheet import Sheet
from commonplace.validate.srs import system
from commonplace.validate.systems import inherited

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(slots=True)
class Run:
    """Ordinates of a column: ``points`` (n, 2) as x, y; ``offsets`` of each element's; the
    CRS code of each element, None where unknown; ``ok`` where it could be read.
    """

    column: Column
    points: Floats
    offsets: Ints
    codes: list[str | None]
    ok: npt.NDArray[np.bool_]


def ordinates(sheet: Sheet, column: Column) -> Run | None:
    """The ordinates of lines, rings or points; None where there are none."""
    is_point = column.local == "Point"
    wanted, other = ("pos", "posList") if is_point else ("posList", "pos")
    source = column.child(wanted)
    count = len(column)
    if source is None or len(source) != count:
        have = set(source.owners) if source else set()
        lone = [at for at in range(count) if at not in have]
        if lone:
            sheet.report(POINT if is_point else LINE, column, lone)
    if source is None:
        source = column.child(other)
    if source is None:
        return None
    return _read(sheet, column, source, is_point)


def _read(sheet: Sheet, column: Column, source: Column, is_point: bool) -> Run | None:
    texts = [""] * len(column)
    for owner, text in zip(source.owners, source.texts(), strict=True):
        texts[owner] = f"{texts[owner]} {text}" if texts[owner] else text
    names = inherited(column, "srsName", sheet.default_srs)
    dimensions = _dimensions(column, source, names)
    counts = np.array([len(one.split()) for one in texts], dtype=np.int64)
    values, good = _numbers(texts, counts)
    of = np.array(dimensions, dtype=np.int64)
    ok = good & (counts > 0) & (counts % of == 0)
    if is_point:
        ok &= counts == of
    if not ok.all():
        told = ok.copy()
        if column.local != "Point":
            told |= (counts == 0) & good
        bad = np.flatnonzero(~ok).tolist()
        sheet.report(ORDINATES, column, bad, values=[texts[at][:80] for at in bad])
    points, offsets = _points(values, counts, of, ok)
    code_of = {one: system(one).code if one else None for one in set(names)}
    codes = [code_of[one] for one in names]
    distinct = {one for one in names if one}
    for name in distinct:
        if not system(name).swap:
            continue
        if len(distinct) == 1 and None not in names:
            points = np.ascontiguousarray(points[:, ::-1])
        else:
            mask = np.repeat([one == name for one in names], np.diff(offsets))
            points[mask] = points[mask][:, ::-1]
    return Run(column, points, offsets, codes, ok)


def _dimensions(column: Column, source: Column, names: Sequence[str | None]) -> list[int]:
    told = inherited(column, "srsDimension")
    numbers, values = source.attribute("srsDimension")
    for number, value in zip(numbers, values, strict=True):
        told[source.owners[number]] = value
    kinds = {one: _dimension(*one) for one in set(zip(told, names, strict=True))}
    return [kinds[one] for one in zip(told, names, strict=True)]


def _dimension(told: str | None, name: str | None) -> int:
    if told is not None and told.isdigit() and 0 < int(told) < 10:
        return int(told)
    return system(name).dimension if name and system(name).code else 2


def _numbers(texts: list[str], counts: Ints) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """All numbers in a row; elements with what is no number count as zeros."""
    total = int(counts.sum())
    values = _parsed(" ".join(texts))
    good = np.ones(len(texts), dtype=bool)
    if len(values) == total and np.isfinite(values).all():
        return values, good
    pieces = []
    for at, text in enumerate(texts):
        one = _parsed(text)
        if len(one) != counts[at] or not np.isfinite(one).all():
            good[at] = False
            one = np.zeros(counts[at])
        pieces.append(one)
    return np.concatenate(pieces) if pieces else np.empty(0), good


def _parsed(text: str) -> Floats:
    """The numbers in a text; none where there is anything else (older numpy only warned)."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return np.fromstring(text, dtype=np.float64, sep=" ")
        except (ValueError, DeprecationWarning):
            return np.empty(0)


def _points(
    values: Floats, counts: Ints, dimensions: Ints, ok: npt.NDArray[np.bool_]
) -> tuple[Floats, Ints]:
    """The first two ordinates of each point, and where each element's points begin."""
    sizes = np.where(ok, counts // dimensions, 0)
    offsets = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(sizes, out=offsets[1:])
    if ok.all() and (dimensions == 2).all():
        return values.reshape(-1, 2), offsets
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    owner = np.repeat(np.arange(len(counts)), sizes)
    rank = np.arange(len(owner)) - offsets[owner]
    first = starts[owner] + rank * dimensions[owner]
    if not len(first):
        return np.empty((0, 2)), offsets
    second = np.minimum(first + 1, len(values) - 1)
    return np.column_stack([values[first], values[second]]), offsets


def gathered(points: Floats, sizes: Ints, kept: Ints) -> tuple[Floats, Ints]:
    """The points of some elements, in their order, and where each begins."""
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    offsets = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum(sizes[kept], out=offsets[1:])
    if np.array_equal(kept, np.arange(len(sizes))):
        return points, offsets
    shift = np.repeat(starts[kept] - offsets[:-1], sizes[kept])
    return points[np.arange(offsets[-1]) + shift], offsets
