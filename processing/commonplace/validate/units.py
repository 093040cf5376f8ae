"""Units of measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from commonplace.validate.columns import NIL, Column
from commonplace.validate.drawn import Sizes
from commonplace.validate.rules import ERROR, WARNING, Rule
from commonplace.validate.sheet import Sheet

WRONG: Final = Rule(
    "UNIT_WRONG",
    ERROR,
    "another unit than the property's",
    "IR, constraints of the type; ETS cp-as.d.1, cp-as.d.2",
    "convert the value and write the unit that the property asks for",
)
FORM: Final = Rule(
    "UNIT_FORM",
    WARNING,
    "the right unit in a form that the validator doesn't know",
    "IR Art. 12(2); ETS cp-as.d.1, cp-as.d.2",
    "write its symbol: m, m2",
)
MISSING: Final = Rule(
    "UNIT_MISSING",
    ERROR,
    "a measure without unit",
    "IR Art. 12(2); GML 3.2.1, 8.2.3.6",
    'add uom="…"',
)

DOUBTFUL: Final = Rule(
    "UNIT_DOUBTFUL",
    WARNING,
    "an area that fits the geometry only in another unit than the one written",
    "IR Art. 12(2); practice: values taken over without conversion",
    "convert the value to square metres",
)

RULES: Final = (WRONG, FORM, MISSING, DOUBTFUL)

LIKELY: Final = {"hectares": 1e4, "square kilometres": 1e6, "ares": 1e2}
CLOSE: Final = 0.15

SAME: Final = {
    "m": frozenset(
        {
            "metre",
            "meter",
            "urn:ogc:def:uom:EPSG::9001",
            "urn:ogc:def:uom:UCUM::m",
            "http://www.opengis.net/def/uom/EPSG/0/9001",
            "http://www.opengis.net/def/uom/UCUM/0/m",
            "#m",
            "M",
        }
    ),
    "m2": frozenset(
        {
            "m²",
            "M2",
            "sqm",
            "urn:ogc:def:uom:UCUM::m2",
            "http://www.opengis.net/def/uom/UCUM/0/m2",
            "#m2",
        }
    ),
}
# The validator asks these of schemas that our model doesn't hold (CP 3.0), too.
KNOWN: Final = {
    "CadastralParcel.areaValue": "m2",
    "BasicPropertyUnit.areaValue": "m2",
    "CadastralZoning.estimatedAccuracy": "m",
    "CadastralBoundary.estimatedAccuracy": "m",
}


def check(sheet: Sheet) -> None:
    """All rules of the family."""
    for column in sheet.all():
        unit = (column.declared.unit if column.declared else None) or KNOWN.get(column.path)
        if unit is not None and column.is_property:
            _unit(sheet, column, unit)


def _unit(sheet: Sheet, column: Column, unit: str) -> None:
    if column.distinct("uom") - {unit}:
        numbers, values = column.attribute("uom")
        alike = SAME.get(unit, frozenset())
        odd = [at for at, one in enumerate(values) if one in alike]
        bad = [at for at, one in enumerate(values) if one != unit and one not in alike]
        for rule, found in ((FORM, odd), (WRONG, bad)):
            if found:
                shown = [values[at] for at in found]
                message = f"{column.local} is in {shown[0] or 'no unit'}, expected {unit}"
                where = [numbers[at] for at in found]
                sheet.report(rule, column, where, message, values=shown)
    if column.bearers("uom") < len(column):
        have = {*column.attribute("uom")[0], *column.attribute(NIL)[0]}
        lone = [at for at in range(len(column)) if at not in have]
        if lone:
            sheet.report(MISSING, column, lone, f"{column.local} has no uom, expected {unit}")


def sizes(sheet: Sheet, found: Sequence[Sizes]) -> None:
    """Areas of parcels against their geometries: in which unit they would fit."""
    for one in found:
        column = one.top.child("areaValue")
        if column is None:
            continue
        doubtful: dict[str, list[int]] = {}
        texts = column.texts()
        for at, owner in enumerate(column.owners):
            name = _other_unit(texts[at], one.areas.get(owner, 0.0))
            if name is not None:
                doubtful.setdefault(name, []).append(at)
        for name, rows in doubtful.items():
            message = f"areaValue looks like {name}"
            sheet.report(DOUBTFUL, column, rows, message, values=[texts[at] for at in rows])


def _other_unit(text: str, drawn: float) -> str | None:
    """The unit in which a value is near the drawn area, where square metres are far from it."""
    try:
        value = float(text)
    except ValueError:
        return None
    if value <= 0 or drawn <= 0:
        return None
    for name, factor in LIKELY.items():
        if abs(value * factor / drawn - 1) < CLOSE:
            return name
    return None
