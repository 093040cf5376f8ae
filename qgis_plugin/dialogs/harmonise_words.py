"""What the harmonise window says about QGIS expressions."""

from __future__ import annotations

from ..expressions.translating import Reason
from ..texts import tr


def why_not(reason: Reason) -> str:
    """Why a part of a QGIS expression has no place in a mapping, and what to do instead."""
    return {
        "CLOCK": tr(
            "{name} reads the clock; a mapping gives the same result on any day. State the date, "
            "or put it into a column."
        ),
        "CHANCE": tr(
            "{name} gives another value each time. For an identifier that stays, use a column, "
            "key, =fingerprint(geometry) or =uuid5(…)."
        ),
        "ROW_NUMBER": tr(
            "{name} numbers rows and changes when the file is written anew. Use a column that "
            "identifies the object, or =fingerprint(geometry)."
        ),
        "MEASURE": tr(
            "{name} measures a geometry, which mappings can't. Add it to the layer as a virtual "
            "field with the field calculator: virtual fields are read like columns."
        ),
        "PLACE": tr(
            "{name} compares places. Write a join with where: in the document, or add a virtual "
            "field."
        ),
        "AGGREGATE": tr(
            "{name} looks at many rows; an expression here sees one. Add a virtual field, or use "
            "key: to make one object of many rows."
        ),
        "OTHER_FEATURE": tr(
            "{name} reads other features. Join the layers in QGIS or with join: in the document; "
            "joined columns are read."
        ),
        "REPRESENT_VALUE": tr(
            "{name} shows a value's label. Take the column itself and translate its codes (F4)."
        ),
        "PROGRAM": tr("{name} runs what it is given, which a shared document must not."),
        "OUTSIDE": tr("{name} reads what lies outside of the layer, which mappings can't."),
        "VARIABLE": tr(
            "{name} is a variable of QGIS, which the document doesn't know. Write the value itself."
        ),
        "GEOMETRY": tr(
            "{name} isn't among the geometry operators of mappings. Do it in QGIS first, with "
            "“Geometry by expression”."
        ),
        "ARGUMENTS": tr("{name} is known here, but not with these arguments."),
        "FUNCTION": tr(
            "{name} has no counterpart here. Add a virtual field with this expression: virtual "
            "fields are read like columns."
        ),
    }[reason.code].format(name=reason.name)
