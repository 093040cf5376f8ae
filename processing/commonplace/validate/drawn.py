"""Geometries that rules on several objects need: which ones, and what is kept of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from commonplace.bounds import Bounds
from commonplace.crs.area import horizontal
from commonplace.validate.columns import HREF, Column
from commonplace.validate.sheet import Sheet
from commonplace.validate.targets import AREAS, LINKS, NODES

Ints = npt.NDArray[np.int64]

MODES: Final = {
    "Road": "road",
    "Vehicle": "road",
    "Railway": "rail",
    "Cableway": "cable",
    "Waterway": "water",
    "Port": "water",
    "Fairway": "water",
    "Marine": "water",
    "Inland": "water",
    "Ferry": "water",
    "Traffic": "water",
}
METRES_A_DEGREE: Final = 111_320.0
UNIT, CONDOMINIUM, BOUNDARY, PARCEL = "unit", "condominium", "boundary", "parcel"
_OWN: Final = {
    "AdministrativeUnit.geometry": UNIT,
    "Condominium.geometry": CONDOMINIUM,
    "AdministrativeBoundary.geometry": BOUNDARY,
    "CadastralParcel.geometry": PARCEL,
    "WatercourseLink.centrelineGeometry": "link hydro",
    "HydroNode.geometry": "node hydro",
}
_ENDED: Final = ("endLifespanVersion", "validTo")


def _network() -> dict[str, str]:
    """Roles of transport objects, by property: what they are, and of which mode."""
    found = {}
    for names, what, prop in (
        (LINKS, "link", "centrelineGeometry"),
        (NODES, "node", "geometry"),
        (AREAS, "area", "geometry"),
    ):
        for name in names.split():
            mode = next((mode for start, mode in MODES.items() if name.startswith(start)), "air")
            found[f"{name}.{prop}"] = f"{what} {mode}"
    return found


ROLES: Final = {**_OWN, **_network()}


def role_of(column: Column) -> str | None:
    """What the geometries of a column are to the rules; None where they are nothing."""
    return ROLES.get(".".join(column.path.split(".", 2)[:2]))


def rows(
    sheet: Sheet,
    column: Column,
    role: str,
    numbers: Ints,
    geometries: Any,
    codes: list[str | None],
) -> dict[str, Any]:
    """What is kept of valid geometries; objects that have ended are left out.

    ``numbers`` are the elements' of the column, ``codes`` their CRSs. ``level`` is an
    administrative unit's; ``x0`` to ``y1`` are the first and the last point.
    """
    top, members, ids = sheet.features_of(column)
    features = _features(column, numbers)
    gone = _gone(top)
    keep = np.array([one not in gone for one in features.tolist()], dtype=bool)
    keep &= shapely.is_valid(geometries)
    numbers, geometries, features = numbers[keep], geometries[keep], features[keep]
    bounds = shapely.bounds(geometries)
    points, owner = shapely.get_coordinates(geometries, return_index=True)
    last = np.flatnonzero(np.append(np.diff(owner) != 0, True)) if len(owner) else owner
    first = np.append(0, last[:-1] + 1) if len(owner) else owner
    level = _levels(top)
    return {
        "id": [ids[one] for one in numbers.tolist()],
        "type": top.local,
        "role": role,
        "code": [codes[one] or "" for one in numbers.tolist()],
        "level": [level.get(one, "") for one in features.tolist()],
        "shape": pa.array(shapely.to_wkb(geometries), pa.binary()),
        "xmin": bounds[:, 0],
        "ymin": bounds[:, 1],
        "xmax": bounds[:, 2],
        "ymax": bounds[:, 3],
        "x0": points[first, 0],
        "y0": points[first, 1],
        "x1": points[last, 0],
        "y1": points[last, 1],
        "offset": sheet.offset_of(members[numbers]),
        "line": sheet.lines_of(column, numbers.tolist()),
    }


@dataclass(frozen=True, slots=True)
class Sizes:
    """Areas of features of a column, by number, in square metres."""

    top: Column
    areas: dict[int, float]


@dataclass(slots=True)
class Seen:
    """What geometries of a chunk leave behind for the whole: bounds (x, y) by CRS, outlines,
    and those that rules on several objects need.
    """

    bounds: dict[str, Bounds] = field(default_factory=dict)
    outlines: list[dict[str, Any]] = field(default_factory=list)
    drawn: list[dict[str, Any]] = field(default_factory=list)
    sizes: list[Sizes] = field(default_factory=list)


def sizes_of(column: Column, numbers: Ints, geometries: Any, codes: list[str | None]) -> Sizes:
    """How large features are drawn; those of an unknown CRS are left out."""
    top = column
    while top.parent is not None:
        top = top.parent
    features = _features(column, numbers)
    square = shapely.area(geometries)
    middle = np.radians(shapely.bounds(geometries)[:, [1, 3]].mean(axis=1))
    areas: dict[int, float] = {}
    degrees = {one: one is not None and horizontal(one).is_geographic for one in set(codes)}
    for at, (feature, number) in enumerate(zip(features.tolist(), numbers.tolist(), strict=True)):
        code = codes[number]
        if code is not None:
            scale = METRES_A_DEGREE**2 * math.cos(middle[at]) if degrees[code] else 1.0
            areas[feature] = areas.get(feature, 0.0) + float(square[at]) * scale
    return Sizes(top, areas)


def _features(column: Column, numbers: Ints) -> Ints:
    """The features' numbers in their column."""
    found = numbers
    while column.parent is not None:
        found = np.asarray(column.owners, dtype=np.int64)[found]
        column = column.parent
    return found


def _gone(top: Column) -> set[int]:
    """Features whose life has ended: others may have taken their place."""
    found: set[int] = set()
    for name in _ENDED:
        part = top.child(name)
        if part is not None:
            found.update(
                owner for owner, text in zip(part.owners, part.texts(), strict=True) if text.strip()
            )
    return found


def _levels(top: Column) -> dict[int, str]:
    part = top.child("nationalLevel")
    if part is None:
        return {}
    return {
        part.owners[at]: href.rpartition("/")[2]
        for at, href in zip(*part.attribute(HREF), strict=True)
    }
