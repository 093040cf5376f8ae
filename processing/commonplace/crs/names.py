"""From the many ways to write a CRS to one, and to what encoders need to know of it."""

from __future__ import annotations

import difflib
import re
from typing import Final

from pyproj import CRS
from pyproj.database import get_codes, query_crs_info
from pyproj.enums import PJType
from pyproj.exceptions import CRSError

from commonplace.errors import CrsUnknown
from commonplace.target import TargetCrs

CRS84: Final = "OGC:CRS84"
WEB_MERCATOR: Final = "EPSG:3857"
METRE_DECIMALS: Final = 3
DEGREE_DECIMALS: Final = 8

# Spread before EPSG gave the CRS a code; PROJ knows them still.
_WEB_MERCATOR_NAMES: Final = ("EPSG:900913", "EPSG:102100", "EPSG:102113", "ESRI:102100")
_OPENGIS: Final = re.compile(
    r"\[?(?:urn:(?:x-)?ogc:def:crs:|https?://(?:www\.)?opengis\.net/def/crs/)"
    r"(?P<authority>\w+)[:/](?:[\w.]*[:/])?(?P<code>\w+)\]?",
    re.IGNORECASE,
)
_GML_SRS: Final = re.compile(
    r"https?://www\.opengis\.net/gml/srs/(?P<authority>\w+)\.xml#(?P<code>\w+)", re.IGNORECASE
)
_SHORT: Final = re.compile(r"\[?(?P<authority>[A-Za-z]\w*):{1,2}(?P<code>\w+)\]?")
_NUMBER: Final = re.compile(r"(?P<code>\d{4,6})")
_INIT: Final = re.compile(r"\+?init=(?P<authority>\w+):(?P<code>\w+)", re.IGNORECASE)
_CRS84: Final = re.compile(r"(OGC:|CRS:|OGC:CRS:)?(CRS)?84", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"\s*(\{|\+?proj=|EPSG:\d+\+\d+$|[A-Z]{3,}\w*\s*\[|urn:ogc:def:crs,)", re.I
)
_FILE_IN_TEXT: Final = re.compile(r"grids=[^ ]*[/\\]")


def identify(text: str) -> str:
    """The canonical name of the CRS that ``text`` means.

    Parameters
    ----------
    text
        ``EPSG:2154``, ``2154``, an OGC URI, URN or CURIE of any age, ``CRS84``, WKT (1, 2,
        ESRI), PROJJSON, a PROJ string, or the authority's full name of it.

    Returns
    -------
    ``AUTHORITY:CODE``, or WKT 2 where no authority knows the CRS.

    Raises
    ------
    CrsUnknown
        Nobody knows it, or the text fits several; the nearest is in the hint.
    """
    text = text.strip()
    if _CRS84.fullmatch(text):
        return CRS84
    for pattern in (_OPENGIS, _GML_SRS, _INIT, _SHORT, _NUMBER):
        match = pattern.fullmatch(text)
        if match:
            found = match.groupdict()
            return _known(found.get("authority") or "EPSG", found["code"], text)
    return _described(text) if _MARKUP.match(text) else _named(text)


def target_crs(code: str, keep_z: bool = False) -> TargetCrs:
    """What encoders must know of the CRS they write.

    Ordinates get 3 decimals in metres and 8 in degrees: both are about 1 mm (1e-8° of
    latitude is 1.1 mm), finer than any survey of a town and exact in a double.
    ``dimension`` is 3 for a three-dimensional CRS, or where Z is kept.

    Raises
    ------
    CrsUnknown
        No such CRS, one without a code (nothing could be written as ``srsName``), or one
        that is neither geographic nor projected.
    """
    name = identify(code)
    crs = CRS.from_user_input(name)
    if name.startswith(("{", "PROJCRS[", "GEOGCRS[", "BOUNDCRS[", "COMPOUNDCRS[")):
        raise CrsUnknown(f"the target CRS {crs.name!r} has no code", hint="use EPSG:4258")
    if not (crs.is_geographic or crs.is_projected):
        raise CrsUnknown(f"{name} can't hold maps ({crs.type_name})", hint="use EPSG:4258")
    first = crs.axis_info[0].direction
    return TargetCrs(
        code=name,
        uri=uri(name),
        swap=first in ("north", "south"),
        decimals=DEGREE_DECIMALS if crs.is_geographic else METRE_DECIMALS,
        geographic=bool(crs.is_geographic),
        dimension=3 if keep_z or len(crs.axis_info) == 3 else 2,
    )


def uri(code: str) -> str:
    """The OGC's http URI of ``AUTHORITY:CODE``, as INSPIRE asks (never https, never urn)."""
    authority, _, number = code.partition(":")
    version = "1.3" if authority == "OGC" else "0"
    return f"http://www.opengis.net/def/crs/{authority}/{version}/{number}"


def _known(authority: str, code: str, text: str) -> str:
    authority = authority.upper()
    try:
        CRS.from_authority(authority, code)
    except CRSError:
        raise CrsUnknown(f"no CRS {text!r} is known", hint=_near_code(authority, code)) from None
    name = f"{authority}:{code}"
    return WEB_MERCATOR if name in _WEB_MERCATOR_NAMES else name


def _near_code(authority: str, code: str) -> str:
    if authority == "EPSG" and code in get_codes("ESRI", PJType.CRS):
        return f"did you mean 'ESRI:{code}'?"
    numbers = [int(one) for one in get_codes(authority, PJType.CRS) if one.isdigit()]
    if code.isdigit() and numbers:
        near = min(numbers, key=lambda one: abs(one - int(code)))
        return f"the nearest code is '{authority}:{near}'"
    return "write it as EPSG:code"


def _described(text: str) -> str:
    """WKT, PROJJSON or a PROJ string."""
    if _FILE_IN_TEXT.search(text):
        raise CrsUnknown("a CRS must not name files", hint="put grids into the folder crs.grids")
    try:
        crs = CRS.from_user_input(text)
    except CRSError as error:
        raise CrsUnknown(f"the CRS can't be read: {error}", hint="write it as EPSG:code") from None
    own = _own_code(crs)
    if own is not None:
        return own
    for least in (90, 70):
        found = _codes(crs, least)
        if len(found) == 1 or (found and least == 90):
            return found[0]
    equal = [one for one in found if CRS(one).equals(crs, ignore_axis_order=True)]
    # A PROJ string or WKT without a datum fits many CRSs, up to hundreds of metres apart.
    datum = crs.geodetic_crs.datum if crs.geodetic_crs else None
    if datum is None or "unknown" in datum.name.lower():
        hint = f"state one, such as {', '.join(found[:4])}" if found else "write it as EPSG:code"
        raise CrsUnknown("the CRS doesn't say its datum", hint=hint)
    return equal[0] if equal else str(crs.to_wkt())


def _own_code(crs: CRS) -> str | None:
    """The code that WKT or PROJJSON states, where the authority's CRS has the same name."""
    stated = crs.to_json_dict().get("id")
    if stated is None:
        return None
    try:
        known = CRS.from_authority(stated["authority"], stated["code"])
    except CRSError:
        return None
    return f"{stated['authority']}:{stated['code']}" if known.name == crs.name else None


def _codes(crs: CRS, least: int) -> list[str]:
    """The codes that fit with a confidence of at least ``least`` percent, EPSG's first."""
    fits = [*crs.list_authority("EPSG", least), *crs.list_authority(None, least)]
    if not fits and least <= 90 and crs.to_authority(min_confidence=100):
        return [":".join(crs.to_authority(min_confidence=100) or ())]
    best = max((one.confidence for one in fits), default=0)
    codes = [f"{one.auth_name}:{one.code}" for one in fits if one.confidence == best]
    return list(dict.fromkeys(codes))


def _named(text: str) -> str:
    """The CRS with exactly this name; PROJ's own search would take any that contains it."""
    infos = query_crs_info(
        auth_name="EPSG", pj_types=[PJType.PROJECTED_CRS, PJType.GEOGRAPHIC_2D_CRS]
    )
    names = {one.name.casefold(): f"{one.auth_name}:{one.code}" for one in reversed(infos)}
    if text.casefold() in names:
        return names[text.casefold()]
    near = difflib.get_close_matches(text.casefold(), names, n=1, cutoff=0.6)
    hint = f"did you mean '{names[near[0]]}' ({near[0]})?" if near else "write it as EPSG:code"
    raise CrsUnknown(f"no CRS {text[:80]!r} is known", hint=hint)
