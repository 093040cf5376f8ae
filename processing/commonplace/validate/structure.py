"""Structure against our own model: order, occurrence, unknown elements, values' types.

Works without XSDs. The model is derived from them, so both must agree (tests compare).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from commonplace.model.types import local_name, namespace_of
from commonplace.validate.columns import GML_ID, HREF, NIL, XSI_TYPE, Column, pairs
from commonplace.validate.content import Fault, Problem, elements_in, same_local
from commonplace.validate.rules import ERROR, INFO, WARNING, Rule
from commonplace.validate.sheet import Sheet

MISSING: Final = Rule(
    "STRUCTURE_MISSING",
    ERROR,
    "a property that must be there is missing",
    "schema of the feature type; ETS gmlas.b.2",
    "write the property; where its value isn't known and the property may be nil, write it "
    'with xsi:nil="true" and a nilReason',
)
VOID_OMITTED: Final = Rule(
    "VOID_OMITTED",
    WARNING,
    "a voidable property is left out: legal since Regulation (EU) 2023/2431, but the XSDs, "
    "and so the official validator, demand it",
    "IR Art. 4(2) as amended by (EU) 2023/2431; ETS gmlas.b.2",
    'write it with xsi:nil="true" and nilReason="http://inspire.ec.europa.eu/codelist/'
    "VoidReasonValue/Unpopulated\", or leave it out and don't use the XSDs as judge",
)
UNEXPECTED: Final = Rule(
    "STRUCTURE_UNKNOWN",
    ERROR,
    "an element that the type doesn't have",
    "schema of the feature type; ETS gmlas.b.2",
    "remove it, or use the name and namespace that the schema has",
)
NAMESPACE: Final = Rule(
    "STRUCTURE_OTHER_VERSION",
    ERROR,
    "an element in the namespace of another version than the schema asks for",
    "schema of the feature type; helpdesk-validator #1091",
    "each schema version imports certain versions of the others: use those",
)
MISPLACED: Final = Rule(
    "STRUCTURE_ORDER",
    ERROR,
    "an element stands in the wrong place",
    "schema of the feature type; ETS gmlas.b.2",
    "write the properties in the order of the schema",
)
REPEATED: Final = Rule(
    "STRUCTURE_REPEATED",
    ERROR,
    "a property occurs more often than allowed",
    "schema of the feature type; ETS gmlas.b.2",
    "keep one, or see whether the schema has a property for the others",
)
TEXT: Final = Rule(
    "STRUCTURE_TEXT",
    ERROR,
    "text where only elements may be",
    "schema of the feature type; ETS gmlas.b.2",
    "put the text into the element that the schema has for it",
)
VALUE: Final = Rule(
    "VALUE_TYPE",
    ERROR,
    "a value that is not of the property's type",
    "XML Schema 1.0 part 2; ETS gmlas.b.2",
    "write the value in the form of its type: numbers with a point, dates as yyyy-mm-dd, "
    "times as yyyy-mm-ddThh:mm:ss with a zone, true or false",
)
ATTRIBUTE_MISSING: Final = Rule(
    "ATTRIBUTE_MISSING",
    ERROR,
    "an XML attribute that must be there is missing",
    "schema of the feature type; ETS gmlas.b.2",
    "add the attribute (a measure's uom, for instance), also where the element is nil",
)
ATTRIBUTE_UNKNOWN: Final = Rule(
    "ATTRIBUTE_UNKNOWN",
    ERROR,
    "an XML attribute that the element doesn't take",
    "schema of the feature type; helpdesk-validator #36",
    "remove it; references are written as xlink:href, in the namespace of XLink",
)
NOT_MODELLED: Final = Rule(
    "STRUCTURE_NOT_CHECKED",
    INFO,
    "a feature type that our model doesn't know: its structure is checked by XSDs only",
    "INSPIRE application schemas, release 2025.1",
    "feature types of one's own are allowed where they are documented (ETS gmlas.a.2); "
    "INSPIRE's should be of the newest version",
)

RULES: Final = (
    MISSING,
    VOID_OMITTED,
    UNEXPECTED,
    NAMESPACE,
    MISPLACED,
    REPEATED,
    TEXT,
    VALUE,
    ATTRIBUTE_MISSING,
    ATTRIBUTE_UNKNOWN,
    NOT_MODELLED,
)

_ZONE: Final = r"(Z|[+-]\d\d:\d\d)?"
_DATE: Final = r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME: Final = r"([01]\d|2[0-4]):[0-5]\d:[0-5]\d(\.\d+)?"
_FORMS: Final = {
    "boolean": r"true|false|0|1",
    "integer": r"[+-]?\d+",
    "int": r"[+-]?\d+",
    "long": r"[+-]?\d+",
    "nonNegativeInteger": r"\+?\d+|-0+",
    "positiveInteger": r"\+?0*[1-9]\d*",
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    "double": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN",
    "float": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN",
    "date": _DATE + _ZONE,
    "dateTime": _DATE + "T" + _TIME + _ZONE,
    "time": _TIME + _ZONE,
    "gYear": r"-?\d{4,}" + _ZONE,
    "gYearMonth": r"-?\d{4,}-(0[1-9]|1[0-2])" + _ZONE,
}
_PATTERNS: Final[dict[str, Callable[[str], re.Match[str] | None]]] = {
    name: re.compile(form).fullmatch for name, form in _FORMS.items()
}


def check(sheet: Sheet) -> None:
    """All rules of the family."""
    for column in sheet.columns:
        if column.type is None and not sheet.frame:
            sheet.report(NOT_MODELLED, column, range(len(column)), value_of(column))
    for column in sheet.all():
        for pattern, numbers in column.broken.items():
            excused = _void(column)
            left = [one for one in numbers if one not in excused]
            if left:
                _children(sheet, column, pattern.problems, left)
        if column.type is not None:
            _texts(sheet, column)
            _attributes(sheet, column)


def value_of(column: Column) -> str:
    """What to say of a feature type that isn't modelled."""
    return f"{column.local} of {column.namespace} is not in our model: checked by XSDs only"


def _void(column: Column) -> set[int]:
    """Elements that may be empty: nil, by reference, or of another type than declared."""
    nil = {
        number
        for number, value in (pairs(column, NIL) if column.bearers(NIL) else ())
        if value in ("true", "1")
    }
    return nil | set(column.attribute(XSI_TYPE)[0] if column.bearers(XSI_TYPE) else ())


def _children(
    sheet: Sheet, column: Column, problems: tuple[Problem, ...], numbers: list[int]
) -> None:
    replaced = {local_name(one.name) for one in problems if one.fault is Fault.UNEXPECTED}
    for problem in problems:
        name = local_name(problem.name)
        path = f"{column.path}.{name}" if name[:1].islower() else column.path
        particle = problem.particle
        if problem.fault is Fault.MISSING:
            if name in replaced:
                continue
            voidable = particle is not None and particle.voidable
            rule, message = MISSING, f"{name} is missing"
            if voidable:
                rule = VOID_OMITTED
                message = f"{name} is left out: legal, but the validator rejects it"
            sheet.report(rule, column, numbers, message, attribute=path)
        elif problem.fault is Fault.MISPLACED:
            message = f"{name} stands in the wrong place"
            sheet.report(MISPLACED, column, numbers, message, attribute=path)
        elif problem.fault is Fault.REPEATED:
            message = f"{name} occurs more than {particle.maximum if particle else 1} times"
            sheet.report(REPEATED, column, numbers, message, attribute=path)
        else:
            _unexpected(sheet, column, problem, path, numbers)


def _unexpected(
    sheet: Sheet, column: Column, problem: Problem, path: str, numbers: list[int]
) -> None:
    declared = elements_in(column.type.content if column.type else None)
    twin = next((one for one in declared if same_local(problem.name, one)), None)
    if twin is not None:
        sheet.report(
            NAMESPACE,
            column,
            numbers,
            f"{local_name(problem.name)} is of {namespace_of(problem.name)}, "
            f"expected {namespace_of(twin.name)}",
            attribute=path,
        )
        return
    message = f"{local_name(problem.name)} is not known in {column.local}"
    sheet.report(UNEXPECTED, column, numbers, message, attribute=path)


def _texts(sheet: Sheet, column: Column) -> None:
    kind = column.type
    assert kind is not None
    if kind.text is None:
        if kind.mixed or kind.content is None:
            return
        bad = column.leading_texts()
        if bad:
            sheet.report(TEXT, column, bad)
        return
    form = _PATTERNS.get(kind.text)
    if form is None and not kind.values:
        return
    wrong = {one for one in column.distinct_texts() if not _fits(one, form, kind.values)}
    if wrong:
        texts = column.texts()
        nil = _void(column)
        bad = [at for at, one in enumerate(texts) if one in wrong and at not in nil]
        if bad:
            expected = f"one of {', '.join(kind.values[:8])}" if kind.values else kind.text
            message = f"{column.local} must be {expected}"
            sheet.report(VALUE, column, bad, message, values=[texts[one] for one in bad])


def _fits(
    text: str, form: Callable[[str], re.Match[str] | None] | None, values: tuple[str, ...]
) -> bool:
    stripped = text.strip()
    if values:
        return stripped in values
    return form is not None and form(stripped) is not None


def _attributes(sheet: Sheet, column: Column) -> None:
    kind = column.type
    assert kind is not None
    allowed = {one.name for one in kind.attributes}
    for name in column.attribute_names():
        known = name in allowed or name.startswith("{http://www.w3.org/2001/XMLSchema-instance}")
        if known or name.startswith("{http://www.w3.org/XML/"):
            continue
        if name in (HREF, GML_ID, "nilReason") or "}" not in name:
            nillable = column.declared is not None and column.declared.nillable
            if name == "nilReason" and nillable:
                continue
            message = f"{column.local} takes no attribute {local_name(name)}"
            numbers, values = column.attribute(name)
            sheet.report(ATTRIBUTE_UNKNOWN, column, numbers, message, values=values)
    for attribute in kind.attributes:
        if attribute.required and column.bearers(attribute.name) < len(column):
            have = set(column.attribute(attribute.name)[0])
            bad = [at for at in range(len(column)) if at not in have]
            message = f"{column.local} has no {local_name(attribute.name)}"
            sheet.report(ATTRIBUTE_MISSING, column, bad, message)
