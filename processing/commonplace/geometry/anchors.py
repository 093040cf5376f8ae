"""Points that are nearly one, made one."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.errors import LimitExceeded

Points = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

_AT_A_TIME: Final = 200_000
LARGEST_PAIRS: Final = 50_000_000


def anchors(points: Points, tolerance: float) -> tuple[Points, Indices]:
    """Give points a place that those nearby share.

    Going through the points from west to east (then south to north), each that has no anchor
    within the tolerance becomes one; each other moves to its nearest anchor. So no point moves
    farther than the tolerance, anchors are points that were there, and the order in which
    points are given plays no part.

    Parameters
    ----------
    points
        Shape (n, 2).
    tolerance
        In the points' unit.

    Returns
    -------
    places, index
        The distinct places, shape (m, 2), from west to east; and the place of each point.

    Raises
    ------
    LimitExceeded
        So many points within the tolerance of each other that it must be a mistake.
    """
    distinct, inverse = np.unique(points, axis=0, return_inverse=True)
    one, other = _near(distinct, tolerance)
    anchor = _chosen(len(distinct), one, other)
    nearest = np.arange(len(distinct))
    leads = anchor[other] & ~anchor[one]
    follower, leader = one[leads], other[leads]
    distance = np.hypot(*(distinct[follower] - distinct[leader]).T)
    order = np.lexsort((leader, distance, follower))
    follower, leader = follower[order], leader[order]
    first = np.concatenate([[True], follower[1:] != follower[:-1]])[: len(follower)]
    nearest[follower[first]] = leader[first]
    places, index = np.unique(nearest, return_inverse=True)
    return distinct[places], index[inverse.reshape(-1)]


def _near(points: Points, tolerance: float) -> tuple[Indices, Indices]:
    """The pairs of different points within the tolerance, both ways round."""
    drawn = shapely.points(points)
    tree = shapely.STRtree(drawn)
    ones, others, pairs = [], [], 0
    for start in range(0, len(points), _AT_A_TIME):
        some = drawn[start : start + _AT_A_TIME]
        one, other = tree.query(some, predicate="dwithin", distance=tolerance)
        apart = one + start != other
        ones.append((one + start)[apart])
        others.append(other[apart])
        pairs += int(apart.sum())
        if pairs > LARGEST_PAIRS:
            raise LimitExceeded(
                f"more than {LARGEST_PAIRS} pairs of points are nearer than the tolerance",
                hint="state a smaller tolerance",
            )
    none = np.empty(0, dtype=np.int64)
    return np.concatenate([none, *ones]), np.concatenate([none, *others])


def _chosen(size: int, one: Indices, other: Indices) -> npt.NDArray[np.bool_]:
    """The anchors: in order, each point that has none before it within the tolerance."""
    anchor = np.ones(size, dtype=bool)
    anchor[one] = False
    earlier = other < one
    one, other = one[earlier], other[earlier]  # each point with those before it
    open_points = ~anchor
    while open_points.any():
        # Those with no open point and no anchor before them are anchors; all they reach follow.
        blocked = np.zeros(size, dtype=bool)
        blocked[one[open_points[other]]] = True
        fresh = open_points & ~blocked
        anchor |= fresh
        followers = np.zeros(size, dtype=bool)
        followers[one[anchor[other]]] = True
        open_points &= ~anchor & ~followers
        kept = open_points[one] & (open_points[other] | anchor[other])
        one, other = one[kept], other[kept]
    return anchor
