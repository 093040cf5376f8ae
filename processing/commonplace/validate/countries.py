"""Whether data lie in the country that their identifiers name, and in which CRS they would.

A wrong zone of a national grid puts data into a neighbour country or into the sea, where
the CRS may well be used: only the namespace of identifiers (``ES.SDGC.BU``) tells then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from commonplace.bounds import Bounds
from commonplace.crs.area import (
    area_of_use,
    horizontal,
    intersection,
    lonlat,
    padded,
    share_inside,
)
from commonplace.report import Finding
from commonplace.validate.columns import Column
from commonplace.validate.rules import WARNING, Rule

OTHER: Final = Rule(
    "CRS_OTHER_COUNTRY",
    WARNING,
    "coordinates that lie outside of the country that the identifiers' namespaces name",
    "IR Annex II 1.2 (CRS stated); practice: a wrong zone",
    "name the CRS that the coordinates are in",
)

RULES: Final = (OTHER,)

MARGIN: Final = 0.3
MOST_NAMED: Final = 2
ZONES: Final = tuple(f"EPSG:{code}" for code in range(25828, 25839))
# West, south, east, north of each part of a country, in degrees, roughly.
AREAS: Final[dict[str, tuple[Bounds, ...]]] = {
    "AT": ((9.5, 46.3, 17.2, 49.1),),
    "BE": ((2.3, 49.4, 6.5, 51.6),),
    "BG": ((22.3, 41.2, 28.7, 44.3),),
    "CH": ((5.9, 45.8, 10.5, 47.9),),
    "CY": ((32.2, 34.5, 34.7, 35.8),),
    "CZ": ((12.0, 48.5, 18.9, 51.1),),
    "DE": ((5.8, 47.2, 15.1, 55.2),),
    "DK": ((8.0, 54.5, 15.3, 57.9),),
    "EE": ((21.7, 57.5, 28.3, 59.8),),
    "EL": ((19.3, 34.7, 29.7, 41.8),),
    "ES": ((-9.4, 35.1, 4.4, 43.9), (-18.3, 27.5, -13.3, 29.6)),
    "FI": ((19.0, 59.4, 31.7, 70.2),),
    "FR": (
        (-5.3, 41.3, 9.7, 51.2),
        (-63.2, 14.3, -60.7, 18.2),
        (-54.7, 2.0, -51.5, 5.9),
        (55.1, -21.5, 55.9, -20.8),
        (45.0, -13.1, 45.4, -12.6),
    ),
    "HR": ((13.4, 42.3, 19.5, 46.6),),
    "HU": ((16.1, 45.7, 22.9, 48.6),),
    "IE": ((-10.7, 51.3, -5.9, 55.5),),
    "IS": ((-24.7, 63.2, -13.4, 66.7),),
    "IT": ((6.6, 35.4, 18.6, 47.1),),
    "LI": ((9.4, 47.0, 9.7, 47.3),),
    "LT": ((20.9, 53.8, 26.9, 56.5),),
    "LU": ((5.7, 49.4, 6.6, 50.2),),
    "LV": ((20.9, 55.6, 28.3, 58.1),),
    "MT": ((14.1, 35.7, 14.7, 36.1),),
    "NL": ((3.3, 50.7, 7.3, 53.6),),
    "NO": ((4.4, 57.9, 31.2, 71.3), (10.3, 74.2, 33.6, 80.9)),
    "PL": ((14.1, 49.0, 24.2, 54.9),),
    "PT": ((-9.6, 36.9, -6.1, 42.2), (-31.4, 36.8, -24.9, 39.8), (-17.4, 32.3, -16.2, 33.2)),
    "RO": ((20.2, 43.6, 29.8, 48.3),),
    "SE": ((10.9, 55.2, 24.2, 69.1),),
    "SI": ((13.3, 45.4, 16.7, 46.9),),
    "SK": ((16.8, 47.7, 22.6, 49.7),),
    "UK": ((-8.7, 49.8, 1.9, 60.9),),
}
_ALIKE: Final = {"GR": "EL", "GB": "UK"}
_CODE: Final = re.compile(r"([A-Z]{2})[._:-]")


def named(columns: Iterable[Column]) -> frozenset[str]:
    """The countries that namespaces of identifiers begin with."""
    found: set[str] = set()
    for column in columns:
        part = column.child("namespace") if column.local == "Identifier" else None
        for text in part.distinct_texts() if part is not None else ():
            match = _CODE.match(text)
            code = _ALIKE.get(match[1], match[1]) if match else ""
            if code in AREAS:
                found.add(code)
    return frozenset(found)


def check(file: str, countries: frozenset[str], code: str, bounds: Bounds) -> Iterator[Finding]:
    """Nothing, or one finding; only where all identifiers name one country."""
    if len(countries) != 1:
        return
    (country,) = countries
    where = lonlat(horizontal(code), bounds)
    if where is None or _reaches(where, country):
        return
    fitting = (one for one in ZONES if one != code and _inside(one, bounds, country))
    names = " or ".join(islice(fitting, MOST_NAMED))
    shown = ", ".join(f"{one:.4f}" for one in where)
    message = f"the identifiers are of {country}, the coordinates lie elsewhere ({shown} degrees)"
    fix = f"they would lie there in {names}" if names else None
    yield OTHER.finding(file, message, value=code, fix=fix)


def _reaches(where: Bounds, country: str) -> bool:
    return any(share_inside(where, padded(one, MARGIN)) > 0 for one in AREAS[country])


def _inside(zone: str, bounds: Bounds, country: str) -> bool:
    """Whether bounds in a zone's coordinates lie in the country, and the zone is used there."""
    crs = horizontal(zone)
    used = area_of_use(crs)
    parts = [padded(one, MARGIN) for one in AREAS[country]]
    if used is None or all(intersection(used, one) is None for one in parts):
        return False
    where = lonlat(crs, bounds)
    return where is not None and any(share_inside(where, one) > 1 - 1e-6 for one in parts)
