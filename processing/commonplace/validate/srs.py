"""What an ``srsName`` means, and the rules on how CRSs are named and used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyproj import CRS

from commonplace.crs import acceptance, identify, inspire_crss, inspire_equivalent, uri
from commonplace.errors import CrsUnknown
from commonplace.validate.rules import ERROR, WARNING, Rule

MISSING: Final = Rule(
    "CRS_MISSING",
    ERROR,
    "a geometry without srsName",
    "IR Annex II 1.5; GML 3.2.1, 9.10",
    "write srsName on every geometry, with the CRS's http URI",
)
INHERITED: Final = Rule(
    "CRS_ONLY_ON_BOUNDS",
    WARNING,
    "a geometry whose CRS is named by the collection's bounds only: many readers miss it",
    "GML 3.2.1, 9.10; inspire.md 4 no. 7",
    "write srsName on every geometry",
)
UNKNOWN: Final = Rule(
    "CRS_UNKNOWN",
    ERROR,
    "an srsName that names no CRS",
    "IR Annex II 1.5",
    "write http://www.opengis.net/def/crs/EPSG/0/<code>",
)
FORM: Final = Rule(
    "CRS_FORM",
    ERROR,
    "the CRS is named in another form than its http URI",
    "IR Annex II 1.5; ETS rs.a.1",
    "write http://www.opengis.net/def/crs/EPSG/0/<code>",
)
NOT_LISTED: Final = Rule(
    "CRS_NOT_INSPIRE",
    ERROR,
    "a CRS that INSPIRE doesn't list",
    "IR Annex II 1.2 to 1.5; ETS rs.a.1",
    "offer the data in a listed CRS; where the numbers stay, code and axis order change",
)
VALIDATOR: Final = Rule(
    "CRS_LEGAL_BUT_VALIDATOR_REJECTS",
    WARNING,
    "legal: the CRS is on INSPIRE's list; the official validator (v2024.0.1) rejects it",
    "INSPIRE MIF, crs.md (January 2024); ETS rs.a.1, rs.a.2",
    "keep it, or offer EPSG:4258 or a UTM zone (3040 to 3049) besides",
)
MIXED: Final = Rule(
    "CRS_MIXED",
    WARNING,
    "several CRSs in one document",
    "practice: readers take the first for all",
    "write one CRS a document",
)
DIMENSION: Final = Rule(
    "CRS_DIMENSION",
    ERROR,
    "srsDimension is not what the CRS has, or more than 3",
    "GML 3.2.1, 10.1.3.2; ETS gmlas.d.9",
    "write the number of ordinates that the CRS has",
)
OUTSIDE: Final = Rule(
    "CRS_OUTSIDE_AREA",
    ERROR,
    "coordinates outside of the CRS's area of use",
    "IR Annex II 1.2 and 1.3; EPSG area of use",
    "name the CRS that the coordinates are in",
)
SWAPPED: Final = Rule(
    "CRS_AXES_SWAPPED",
    ERROR,
    "coordinates that only make sense with their axes exchanged",
    "IR Annex II 1.5; axis order of the CRS as in EPSG",
    "in GML write northing or latitude first where the CRS says so (EPSG:4258, 3034, 3035, "
    "3040 to 3049)",
)

RULES: Final = (
    MISSING,
    INHERITED,
    UNKNOWN,
    FORM,
    NOT_LISTED,
    VALIDATOR,
    MIXED,
    DIMENSION,
    OUTSIDE,
    SWAPPED,
)


@dataclass(frozen=True, slots=True)
class System:
    """What is known of an srsName. ``swap``: the first ordinate is y."""

    code: str | None
    swap: bool = False
    dimension: int = 2
    rule: Rule | None = None
    message: str = ""
    fix: str | None = None


@lru_cache(maxsize=1024)
def system(srs_name: str) -> System:
    """Look an srsName up, once each."""
    listed = {one.uri: one for one in inspire_crss()}
    try:
        code = identify(srs_name)
        crs = CRS.from_user_input(code)
    except CrsUnknown as error:
        if srs_name in listed:  # the one that is no EPSG CRS
            return System(None, rule=None if listed[srs_name].validator else VALIDATOR)
        return System(None, rule=UNKNOWN, message=error.message, fix=error.hint)
    swap = bool(crs.axis_info) and crs.axis_info[0].direction in ("north", "south")
    dimension = sum(len(one.axis_info) for one in crs.sub_crs_list) or len(crs.axis_info)
    known = System(code, swap, dimension)
    legal, accepted = acceptance(code)
    if not legal:
        other = inspire_equivalent(code)
        message = f"{crs.name} ({code}) is not on INSPIRE's list"
        fix = f"offer the data in {uri(other)}"
        return System(code, swap, dimension, NOT_LISTED, message, fix)
    if srs_name != uri(code):
        return System(code, swap, dimension, FORM, f"{srs_name}: not the http URI", uri(code))
    if not accepted:
        return System(
            code,
            swap,
            dimension,
            VALIDATOR,
            f"{crs.name} ({code}): legal, but the validator rejects it",
        )
    return known
