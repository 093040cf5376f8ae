"""Rules of single themes that the XSDs don't hold, as far as one object shows them.

Feature types are known by their local names, so that a rule holds for every version.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from commonplace.validate.columns import HREF, NIL, Column
from commonplace.validate.rules import Rule
from commonplace.validate.sheet import Sheet
from commonplace.validate.targets import (
    AREAS,
    LINKS,
    NODES,
    POINTS,
    PROPERTIES,
    SEQUENCES,
    SETS,
)
from commonplace.validate.theme_rules import (
    AD_DEFAULT,
    AD_LOCATOR,
    AD_POSITIONS,
    AD_POSTAL,
    BU_EVENT,
    BU_GEOMETRY,
    BU_PERCENTAGE,
    BU_REFERENCE,
    BU_SOLID,
    CP_GEOMETRY,
    CP_REFERENCE,
    LU_DOCUMENT,
    PS_SCHEME,
    TN_IDENTIFIER,
    TN_STATION,
)
from commonplace.validate.traces import Traces

# Properties whose values rules on several objects need (relations.py).
FACTS: Final = frozenset(
    "AdministrativeUnit.nationalLevel AdminUnitName.level CadastralZoning.level "
    "RoadNode.formOfRoadNode NetworkConnection.type".split()
)
_SURFACES: Final = frozenset({"Surface", "Polygon", "MultiSurface"})
_STOP: Final = "http://inspire.ec.europa.eu/codelist/FormOfRailwayNodeValue/railwayStop"
_SCHEMES: Final = {
    "natura2000": "Natura2000DesignationValue",
    "emeraldNetwork": "EmeraldNetworkDesignationValue",
    "ramsar": "RamsarDesignationValue",
    "UNESCOWorldHeritage": "UNESCOWorldHeritageDesignationValue",
    "UNESCOManAndBiosphereProgramme": "UNESCOManAndBiosphereProgrammeDesignationValue",
    "IUCN": "IUCNDesignationValue",
    "nationalMonumentsRecord": "NationalMonumentsRecordDesignationValue",
}


def check(sheet: Sheet, traces: Traces) -> None:
    """All rules of the family, and facts for :mod:`commonplace.validate.relations`."""
    for column in sheet.columns:
        if len(column):
            for rule_of in _OF_TYPE.get(column.local, ()):
                rule_of(sheet, column)
    for column in sheet.all():
        for check_one in _OF_OBJECT.get(column.local, ()):
            check_one(sheet, column)
        if column.path in FACTS or column.path.endswith(".inNetwork"):
            _fact(sheet, column, traces)


def _fact(sheet: Sheet, column: Column, traces: Traces) -> None:
    numbers, values = column.attribute(HREF)
    top, members, ids = sheet.features_of(column)
    linked = set(numbers)
    rows = list(zip(numbers, values, strict=True))
    rows += [(at, one) for at, one in enumerate(column.texts()) if at not in linked and one.strip()]
    if rows:
        traces.facts(
            [one for _, one in rows],
            [ids[at] for at, _ in rows],
            top.local,
            column.local,
            sheet.offset_of(members[[at for at, _ in rows]]),
            sheet.lines_of(column, [at for at, _ in rows]),
        )


def _below(column: Column, *names: str) -> Column | None:
    """The column at the end of a path of local names."""
    found: Column | None = column
    for name in names:
        found = found.child(name) if found is not None else None
    return found


def _ancestors(leaf: Column, levels: int) -> npt.NDArray[np.int64]:
    """Of each element of a column the number of its ancestor so many levels up."""
    found = np.arange(len(leaf))
    column: Column = leaf
    for _ in range(levels):
        found = np.asarray(column.owners, dtype=np.int64)[found]
        assert column.parent is not None
        column = column.parent
    return found


def _grouped(leaf: Column, levels: int) -> dict[int, list[int]]:
    """Numbers of a column's elements by the ancestor so many levels up."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, owner in enumerate(_ancestors(leaf, levels).tolist()):
        found[owner].append(at)
    return found


def _lacking(column: Column, *names: str) -> list[int]:
    """Elements that have none of the properties, or only nil ones."""
    have: set[int] = set()
    for name in names:
        part = column.child(name)
        if part is not None:
            nil = set(part.attribute(NIL)[0])
            have.update(owner for at, owner in enumerate(part.owners) if at not in nil)
    return [at for at in range(len(column)) if at not in have]


def _needs(rule: Rule, *names: str) -> Callable[[Sheet, Column], None]:
    """A check that one of some properties is there."""

    def check_one(sheet: Sheet, column: Column) -> None:
        bad = _lacking(column, *names)
        if bad:
            sheet.report(rule, column, bad)

    return check_one


def _default_position(sheet: Sheet, column: Column) -> None:
    count = [0] * len(column)
    leaf = _below(column, "position", "GeographicPosition", "default")
    if leaf is not None:
        texts = leaf.texts()
        for owner, numbers in _grouped(leaf, 3).items():
            count[owner] = sum(texts[at].strip() in ("true", "1") for at in numbers)
    bad = [at for at, one in enumerate(count) if one != 1]
    if bad:
        message = "an address has exactly one default position"
        shown = [f"{count[at]} default positions" for at in bad]
        sheet.report(AD_DEFAULT, column, bad, message, values=shown)


def _positions(sheet: Sheet, column: Column) -> None:
    leaf = _below(column, "position", "GeographicPosition", "specification")
    if leaf is None:
        return
    values = dict(zip(*leaf.attribute(HREF), strict=True))
    texts = leaf.texts()
    bad = []
    for owner, numbers in _grouped(leaf, 3).items():
        told = [values.get(at) or texts[at] for at in numbers]
        told = [one for one in told if one]
        if len(set(told)) < len(told):
            bad.append(owner)
    if bad:
        sheet.report(AD_POSITIONS, column, bad)


def _reference_geometry(sheet: Sheet, column: Column) -> None:
    if "/bu-core2d/" not in column.namespace:
        return
    leaf = _below(column, "geometry2D", "BuildingGeometry2D", "referenceGeometry")
    count = np.zeros(len(column), dtype=np.int64)
    if leaf is not None:
        true = [one.strip() in ("true", "1") for one in leaf.texts()]
        count = np.bincount(_ancestors(leaf, 3)[np.array(true, dtype=bool)], minlength=len(column))
    bad = np.flatnonzero(count != 1).tolist()
    if bad:
        shown = [f"{count[at]} reference geometries" for at in bad]
        sheet.report(BU_REFERENCE, column, bad, values=shown)


def _solid_geometry(sheet: Sheet, column: Column) -> None:
    if "/bu-core3d/" in column.namespace:
        names = [f"geometry3DLoD{level}" for level in (1, 2, 3, 4)]
        bad = _lacking(column, *names, "parts")
        if bad:
            sheet.report(BU_SOLID, column, bad)


def _percentages(sheet: Sheet, column: Column) -> None:
    leaf = _below(column, "currentUse", "CurrentUse", "percentage")
    if leaf is None:
        return
    number_of = {one: _number(one) for one in leaf.distinct_texts()}
    shares = np.array([number_of[one] for one in leaf.texts()])
    sums = np.bincount(_ancestors(leaf, 3), weights=shares, minlength=len(column))
    bad = np.flatnonzero(sums > 100).tolist()
    if bad:
        shown = [f"{sums[one]:g} %" for one in bad]
        sheet.report(BU_PERCENTAGE, column, bad, values=shown)


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0


def _surface(rule: Rule, *more: str) -> Callable[[Sheet, Column], None]:
    """A check of the geometry elements below a property."""
    allowed = _SURFACES.union(more)

    def check_one(sheet: Sheet, column: Column) -> None:
        part = column.child("geometry")
        for one in part.children.values() if part is not None else ():
            if len(one) and one.local not in allowed:
                message = f"the geometry is a {one.local}"
                sheet.report(rule, one, range(len(one)), message)

    return check_one


def _cadastral_reference(sheet: Sheet, column: Column) -> None:
    bad = _lacking(column, "nationalCadastralReference")
    if bad:
        sheet.report(CP_REFERENCE, column, bad)


def _station(sheet: Sheet, column: Column) -> None:
    part = column.child("formOfNode")
    if part is not None:
        numbers, values = part.attribute(HREF)
        bad = [at for at, one in enumerate(values) if one != _STOP]
        if bad:
            shown = [values[at] for at in bad]
            sheet.report(TN_STATION, part, [numbers[at] for at in bad], values=shown)


def _identified(sheet: Sheet, column: Column) -> None:
    bad = _lacking(column, "inspireId")
    if bad:
        sheet.report(TN_IDENTIFIER, column, bad, f"a {column.local} has no inspireId")


def _scheme(sheet: Sheet, column: Column) -> None:
    scheme, value = column.child("designationScheme"), column.child("designation")
    if scheme is None or value is None:
        return
    schemes = {scheme.owners[at]: href for at, href in zip(*scheme.attribute(HREF), strict=True)}
    bad, shown = [], []
    for at, href in zip(*value.attribute(HREF), strict=True):
        of_list = _SCHEMES.get(schemes.get(value.owners[at], "").rpartition("/")[2])
        if of_list is not None and f"/codelist/{of_list}/" not in href:
            bad.append(at)
            shown.append(href)
    if bad:
        sheet.report(PS_SCHEME, value, bad, values=shown)


Check = Callable[[Sheet, Column], None]


def _transport() -> dict[str, tuple[Check, ...]]:
    kinds = f"{AREAS} {LINKS} {SEQUENCES} {SETS} {NODES} {POINTS} {PROPERTIES}"
    return dict.fromkeys(kinds.split(), (_identified,))


_OF_TYPE: Final[dict[str, tuple[Check, ...]]] = {
    **_transport(),
    "RailwayStationNode": (_identified, _station),
    "RailwayYardNode": (_identified, _station),
    "Address": (_default_position, _positions),
    "PostalDescriptor": (_needs(AD_POSTAL, "postName", "postCode"),),
    "Building": (_reference_geometry, _solid_geometry, _percentages),
    "BuildingPart": (_solid_geometry, _percentages),
    "CadastralParcel": (_cadastral_reference, _surface(CP_GEOMETRY)),
    "OfficialDocumentation": (
        _needs(LU_DOCUMENT, "legislationCitation", "regulationText", "planDocument"),
    ),
}
_OF_OBJECT: Final[dict[str, tuple[Check, ...]]] = {
    "AddressLocator": (_needs(AD_LOCATOR, "designator", "name"),),
    "BuildingGeometry2D": (_surface(BU_GEOMETRY, "Point"),),
    "DateOfEvent": (_needs(BU_EVENT, "beginning", "anyPoint", "end"),),
    "DesignationType": (_scheme,),
}


def histogram(columns: list[Column]) -> Counter[str]:
    """How many features of each type a chunk holds, by local name."""
    found: Counter[str] = Counter()
    for column in columns:
        if len(column):
            found[column.local] += len(column)
    return found
