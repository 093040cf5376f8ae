"""What INSPIRE and its validator say of a CRS.

Two verdicts: the law's list (IR Annex II 1.2-1.5, register of the INSPIRE MIF helpdesk,
40 entries) and the 27 URIs the reference validator v2024.0.1 compares with.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from importlib.resources import files

from pyproj import CRS

from commonplace.crs.names import identify


@dataclass(frozen=True, slots=True)
class InspireCrs:
    """One entry of the list. ``axes`` are ``abbreviation:direction`` in GML's order."""

    code: str | None
    uri: str
    name: str
    axes: tuple[str, ...]
    deprecated: bool
    validator: bool


@functools.cache
def inspire_crss() -> tuple[InspireCrs, ...]:
    """The list, in its official order."""
    text = files("commonplace.crs").joinpath("inspire_crs.json").read_text(encoding="utf-8")
    return tuple(InspireCrs(**{**one, "axes": tuple(one["axes"])}) for one in json.loads(text))


def acceptance(code: str) -> tuple[bool, bool]:
    """Whether a CRS is on INSPIRE's list, and whether the validator accepts it.

    Both must be reported: a CRS may be legal and still an error to the validator.
    """
    entry = _entry(identify(code))
    return (entry is not None, entry is not None and entry.validator)


def inspire_equivalent(code: str) -> str:
    """The listed CRS nearest to ``code``: itself where it is on the list.

    ETRS89 / UTM in E, N order (``EPSG:25828`` … ``25837``) becomes its N, E twin
    (``EPSG:3040`` … ``3049``): the numbers stay, order and code change. All else becomes
    ETRS89 geographic, ``EPSG:4258`` (2D) or ``EPSG:4937`` (3D).
    """
    code = identify(code)
    utm = re.fullmatch(r"EPSG:258(2[89]|3[0-7])", code)
    if utm:
        return f"EPSG:{3012 + int(utm[1])}"
    entry = _entry(code)
    if entry is not None and not entry.deprecated:
        return code
    return "EPSG:4937" if len(CRS.from_user_input(code).axis_info) == 3 else "EPSG:4258"


def _entry(code: str) -> InspireCrs | None:
    return next((one for one in inspire_crss() if one.code == code), None)
