"""One dataset cut into one, two and seven parts, with everything a cut could change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely

from commonplace.target import TargetBatch
from support.batches import SQUARE, batch, building

CUTS = ([0, 1.0], [0, 0.3, 1.0], [0, 0.01, 0.02, 0.5, 0.6, 0.8, 0.99, 1.0])


def cut_buildings(count: int, *, absent: bool = True) -> Iterator[list[TargetBatch]]:
    """The same rows in 1, 2 and 7 parts.

    Languages, single and multiple geometries, nulls and (``absent``) missing geometries
    fall into some parts only.
    """
    rng = np.random.default_rng(7)
    places = rng.uniform((5, 47), (9, 55), (count, 2))
    languages = ["deu", "fra", "ita", "swe"]
    pool: list[object] = []
    rows = []
    for number, (x, y) in enumerate(places.tolist()):
        place = shapely.transform(SQUARE, lambda xy, x=x, y=y: (xy / 1000 + [x, y]).round(7))
        pool.append(shapely.MultiPolygon([place]) if number % 5 == 4 else place)
        language = languages[4 * number // count]
        lost = absent and number % 11 == 3
        rows.append(
            building(
                number,
                elevation=None if number % 3 else number / 7,
                alias=None if number % 4 else [f'"{number}"', "ü,\n"],
                name=[{"language": language, "spelling": {"text": f"x{number}\ny"}}],
                geometry2D=[] if lost else [{"geometry": number}],
            )
        )
    for cuts in CUTS:
        edges = [round(share * count) for share in cuts]
        yield [batch(rows[one:two], pool) for one, two in pairwise(edges)]
