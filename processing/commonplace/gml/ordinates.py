"""Coordinates as text: shortest decimals, never an exponent, never ``-0``.

Each ordinate is a fixed number of 4-byte words looked up in tables (a separator and the
leading digits, four more digits, the point and three decimals, four more decimals …),
unused bytes zero; the zeros are deleted from the whole buffer in one pass. That is some
ten times faster than a cast of doubles to strings.
"""

from __future__ import annotations

from functools import cache
from math import isfinite, isnan
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from commonplace.gml.pieces import Array, Offsets

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Table: TypeAlias = tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]

_STEP: Final = 10_000
_LARGEST: Final = _STEP * _STEP  # whole parts below this are written by tables
_EXACT: Final = 2.0**53  # beyond it a double no longer holds every whole number


def ordinate(value: float, decimals: int) -> str:
    """One number as text with at most ``decimals`` decimals (an ``xs:double`` in any case).

    >>> ordinate(1e-7, 7), ordinate(-0.0, 3), ordinate(1e16, 3), ordinate(2.50, 3)
    ('0.0000001', '0', '10000000000000000', '2.5')
    """
    if not isfinite(value):
        return "NaN" if isnan(value) else "INF" if value > 0 else "-INF"
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def ordinate_lists(coordinates: Floats, bounds: Offsets, decimals: int) -> Array:
    """The text of runs of coordinates, each opened by ``>`` in place of a separator.

    The ``>`` closes the start tag that stands before, so no leading blank is written.

    Parameters
    ----------
    coordinates
        (n, dimension), in the axis order to write.
    bounds
        Where each run begins, and the end: runs + 1 numbers of coordinates.

    Returns
    -------
    Array
        One string per run: ``>y x y x``.
    """
    values = np.ascontiguousarray(coordinates).ravel()
    starts = bounds * coordinates.shape[1]
    scaled = np.abs(values) * 10.0**decimals
    if not (scaled.max(initial=0.0) < min(_LARGEST * 10.0**decimals, _EXACT)):
        return _one_by_one(values, starts, decimals)
    digits = np.rint(scaled).astype(np.int64)
    words, lengths = _words(digits, (values < 0) & (digits > 0), decimals)
    words.view(np.uint8).reshape(len(values), -1)[starts[:-1], 0] = ord(">")
    data = words.tobytes().translate(None, b"\0")
    ends = np.zeros(len(values) + 1, dtype=np.int32)
    np.cumsum(lengths, dtype=np.int32, out=ends[1:])
    return pa.StringArray.from_buffers(
        len(bounds) - 1, pa.py_buffer(ends[starts]), pa.py_buffer(data)
    )


def _one_by_one(values: Floats, starts: Ints, decimals: int) -> Array:
    """The same for numbers beyond the tables: absurd ones, so speed is no matter."""
    written = [ordinate(value, decimals) for value in values.tolist()]
    runs = zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    return pa.array([">" + " ".join(written[one:two]) for one, two in runs], pa.string())


def _words(
    digits: Ints, negative: npt.NDArray[np.bool_], decimals: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """The padded words of numbers ``digits / 10**decimals``, and the bytes they use."""
    whole = digits // 10**decimals
    fraction = digits - whole * 10**decimals
    columns = [*_whole_words(whole, negative), *_fraction_words(fraction, decimals)]
    width = sum(table.shape[1] for (table, _), _ in columns)
    words = np.empty((len(digits), width), dtype=np.uint32)
    lengths = np.zeros(len(digits), dtype=np.uint8)
    place = 0
    for (table, sizes), index in columns:
        if table.shape[1] == 1:
            words[:, place] = table[:, 0].take(index)
        else:
            words[:, place : place + table.shape[1]] = table.take(index, axis=0)
        lengths += sizes.take(index)
        place += table.shape[1]
    return words, lengths


def _whole_words(whole: Ints, negative: npt.NDArray[np.bool_]) -> list[tuple[Table, Ints]]:
    sign = negative * _STEP
    largest = int(whole.max(initial=0))
    limit = 100 if bool(negative.any()) else 1_000  # three characters and the separator
    if largest < limit:
        return [(_leading(1, True), whole + sign)]
    high = whole // _STEP
    low = whole - high * _STEP
    width = 1 if largest < limit * _STEP else 2
    return [(_leading(width, False), high + sign), (_following(), low + (high > 0) * _STEP)]


def _fraction_words(fraction: Ints, decimals: int) -> list[tuple[Table, Ints]]:
    if decimals == 0:
        return []
    tails = max(0, -(-(decimals - 3) // 4))
    fraction = fraction * 10 ** (3 + 4 * tails - decimals)
    more: Any = np.zeros(len(fraction), dtype=np.bool_)
    columns: list[tuple[Table, Ints]] = []
    for _ in range(tails):
        higher = fraction // _STEP
        low = fraction - higher * _STEP
        columns.insert(0, (_tail(), low + more * _STEP))
        more = more | (low > 0)
        fraction = higher
    return [(_point(), fraction + more * 1_000), *columns]


def _table(words: list[str], width: int = 1) -> Table:
    data = b"".join(word.encode().ljust(4 * width, b"\0") for word in words)
    table = np.frombuffer(data, dtype=np.uint32).reshape(len(words), width)
    return table, np.array([len(word) for word in words], dtype=np.uint8)


@cache
def _leading(width: int, alone: bool) -> Table:
    """Separator, sign and leading digits; zero is written only when no digits follow."""
    room = 4 * width
    digits = [str(one) if one or alone else "" for one in range(_STEP)]
    words = [" " + one for one in digits] + [" -" + one for one in digits]
    return _table([word if len(word) <= room else "" for word in words], width)


@cache
def _following() -> Table:
    """Four last digits of a whole number: bare, and (from 10,000) behind others."""
    return _table([str(one) for one in range(_STEP)] + [f"{one:04}" for one in range(_STEP)])


@cache
def _point() -> Table:
    """Point and three decimals: the last ones, and (from 1,000) with more behind."""
    full = [f".{one:03}" for one in range(1_000)]
    return _table([one.rstrip("0").rstrip(".") for one in full] + full)


@cache
def _tail() -> Table:
    """Four decimals: the last ones, and (from 10,000) with more behind."""
    full = [f"{one:04}" for one in range(_STEP)]
    return _table([one.rstrip("0") for one in full] + full)
