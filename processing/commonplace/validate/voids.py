"""Values that are not there: nil, its reasons, and elements that say nothing."""

from __future__ import annotations

from typing import Final

from commonplace.validate.columns import GML, HREF, NIL, Column
from commonplace.validate.rules import ERROR, Rule
from commonplace.validate.sheet import Sheet

VOID: Final = "http://inspire.ec.europa.eu/codelist/VoidReasonValue/"
REASONS: Final = frozenset(
    {
        f"{VOID}Unknown",
        f"{VOID}Unpopulated",
        f"{VOID}Withheld",
        "unknown",
        "other:unpopulated",
        "withheld",
    }
)

REASON: Final = Rule(
    "VOID_REASON",
    ERROR,
    "a nilReason that is none of INSPIRE's",
    "ETS gmlas.c.3; helpdesk-validator #1265",
    f"write {VOID}Unknown, …/Unpopulated or …/Withheld (exactly so), or leave it out",
)
WITHOUT_NIL: Final = Rule(
    "VOID_REASON_WITHOUT_NIL",
    ERROR,
    "a nilReason without xsi:nil",
    "ETS gmlas.c.2",
    'add xsi:nil="true" to the element, or remove the nilReason',
)
NOT_NILLABLE: Final = Rule(
    "VOID_NOT_ALLOWED",
    ERROR,
    "nil where the schema allows none",
    "schema of the feature type (nillable); ETS gmlas.b.2",
    "write the value; if there is none and the property is optional, leave the element out",
)
NOT_EMPTY: Final = Rule(
    "VOID_NOT_EMPTY",
    ERROR,
    "an element is nil and has content",
    "XML Schema 1.0 part 1, 3.3.4",
    "remove xsi:nil, or the content",
)
EMPTY: Final = Rule(
    "ELEMENT_EMPTY",
    ERROR,
    "an element says nothing",
    "ETS gmlas.c.1",
    "give it a value or a reference, make it nil with a reason, or leave it out",
)

RULES: Final = (REASON, WITHOUT_NIL, NOT_NILLABLE, NOT_EMPTY, EMPTY)

_TELLING: Final = frozenset({HREF, NIL, "uom", "indeterminatePosition", "nilReason"})
_NO_ELEMENTS: Final = frozenset[int]()


def check(sheet: Sheet) -> None:
    """All rules of the family."""
    for column in sheet.all():
        nil = _nil(column)
        _reasons(sheet, column, nil)
        if nil:
            if column.declared is not None and not column.declared.nillable:
                sheet.report(NOT_NILLABLE, column, sorted(nil))
            full = sorted(nil - set(column.empty()))
            if full:
                sheet.report(NOT_EMPTY, column, full)
        if column.is_property and not column.name.startswith(f"{{{GML}}}"):
            _empty(sheet, column)


def _nil(column: Column) -> frozenset[int]:
    if not column.bearers(NIL):
        return _NO_ELEMENTS
    numbers, values = column.attribute(NIL)
    return frozenset(
        one for one, value in zip(numbers, values, strict=True) if value in ("true", "1")
    )


def _reasons(sheet: Sheet, column: Column, nil: frozenset[int]) -> None:
    if not column.bearers("nilReason"):
        return
    wrong = column.distinct("nilReason") - REASONS
    numbers, values = column.attribute("nilReason")
    if wrong:
        bad = [at for at, one in enumerate(values) if one in wrong]
        where = [numbers[one] for one in bad]
        sheet.report(REASON, column, where, values=[values[one] for one in bad])
    lone = [one for one in numbers if one not in nil]
    if lone:
        sheet.report(WITHOUT_NIL, column, lone)


def _empty(sheet: Sheet, column: Column) -> None:
    telling = [one for one in column.attribute_names() if one in _TELLING]
    if any(column.bearers(one) == len(column) for one in telling):
        return
    bare = column.empty()
    if bare:
        told = {one for name in telling for one in column.attribute(name)[0]}
        bad = [one for one in bare if one not in told]
        if bad:
            sheet.report(EMPTY, column, bad)
