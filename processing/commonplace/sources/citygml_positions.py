"""Positions of rings, gathered as text and made numbers all at once."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Final

import numpy as np
from lxml import etree

from commonplace.sources.cityjson_objects import Floats

_GML: Final = "{http://www.opengis.net/gml}"
_POSITIONS: Final = tuple(f"{_GML}{one}" for one in ("posList", "pos", "coordinates"))
_COORDINATES: Final = _POSITIONS[2]


class Positions:
    """The vertices of many rings. A ring's last vertex is kept, but not among its indices."""

    def __init__(self) -> None:
        self.count = 0
        self._texts: list[str] = []
        self._sizes: list[int] = []

    def add(self, side: etree._Element) -> Sequence[int] | None:
        """Indices of the vertices of an exterior or interior; None where they aren't whole."""
        texts, dimension = _texts(side)
        values = texts[0].split() if len(texts) == 1 else " ".join(texts).split()
        if not values or len(values) % dimension:
            return None
        if dimension == 2:
            values = [
                one for at in range(0, len(values), 2) for one in (values[at], values[at + 1], "0")
            ]
            texts = [" ".join(values)]
        number = len(values) // 3
        closed = number > 1 and values[:3] == values[-3:]
        self._texts.extend(texts)
        self._sizes.append(number)
        first = self.count
        self.count += number
        return range(first, first + number - closed)

    def vertices(self) -> tuple[Floats, int]:
        """All of them (n, 3), and how many rings are no numbers: theirs are NaN."""
        try:
            return _numbers(" ".join(self._texts), self.count), 0
        except ValueError:
            pass
        parts, broken = [], 0
        words = " ".join(self._texts).split()
        at = 0
        for size in self._sizes:
            try:
                part = np.array(words[at : at + 3 * size], dtype=np.float64).reshape(-1, 3)
            except ValueError:
                part = np.full((size, 3), np.nan)
                broken += 1
            parts.append(part)
            at += 3 * size
        return np.concatenate(parts), broken


def _numbers(text: str, count: int) -> Floats:
    """Text of numbers between blanks. Raises ValueError where it is something else."""
    if not count:
        return np.empty((0, 3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # numpy's of what it can't read
        found = np.fromstring(text, dtype=np.float64, sep=" ")
    return found.reshape(count, 3)


def _texts(side: etree._Element) -> tuple[list[str], int]:
    """The texts of positions below a ring, and how many numbers make one."""
    texts = []
    dimension = 3
    for one in side.iter(*_POSITIONS):
        if one.get("srsDimension") == "2":
            dimension = 2
        text = one.text or ""
        texts.append(text.replace(",", " ") if one.tag == _COORDINATES else text)
    return texts, dimension
