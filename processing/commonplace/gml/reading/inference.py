"""Properties that the model doesn't have: what they hold, as the document shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow.compute as pc

from commonplace.gml.pieces import Array
from commonplace.gml.reading.geometries import is_geometry
from commonplace.model.types import (
    Attribute,
    Element,
    Form,
    Kind,
    Property,
    QName,
    local_name,
)

_INTEGER: Final = r"^-?(0|[1-9][0-9]{0,14})$"
_DOUBLE: Final = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,10})?$"
_DATE: Final = r"^[0-9]{4}-[01][0-9]-[0-3][0-9]$"
_GUESSES: Final = (("integer", _INTEGER), ("double", _DOUBLE), ("date", _DATE))
_NIL: Final = (Attribute("nilReason", "string"),)


@dataclass(frozen=True, slots=True)
class Structure:
    """What stands in a property element."""

    kind: Kind
    direct: bool = False


def structure(inside: Sequence[QName], *, single: bool, refers: bool) -> Structure:
    """What elements of a path hold, by the elements inside them.

    Parameters
    ----------
    inside
        Names of the elements that stand in them, anywhere.
    single
        Of each name no element has more than one inside.
    refers
        They have ``xlink:href`` and never a text.
    """
    if not inside:
        return Structure(Kind.REFERENCE if refers else Kind.VALUE)
    if all(is_geometry(one) for one in inside):
        return Structure(Kind.GEOMETRY)
    objects = single and all(local_name(one)[0].isupper() for one in inside)
    return Structure(Kind.OBJECT, direct=not objects)


def inferred(name: QName, found: Structure) -> Property:
    """A property of this name and structure. Its element has no type: that tells it apart."""
    element = Element(name, "", minimum=0, nillable=True)
    form = Form.HREF if found.kind is Kind.REFERENCE else Form.BOTH
    objects = (name,) if found.direct else ()
    return Property(
        element,
        found.kind,
        form,
        objects=objects,
        attributes=_NIL,
        direct=found.direct,
    )


def guessed_type(texts: Array) -> str | None:
    """The narrowest built-in that all texts fit and come back from unchanged; None of none."""
    distinct = pc.unique(texts).drop_null()
    if len(distinct) == 0:
        return None
    for name, pattern in _GUESSES:
        if pc.all(pc.match_substring_regex(distinct, pattern)).as_py():
            return name
    return "string"
