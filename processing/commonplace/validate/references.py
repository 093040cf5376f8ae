"""References by xlink:href: their form here, what they point to over the whole set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from commonplace.model import load_model
from commonplace.model.types import local_name, namespace_of
from commonplace.validate.codes import INSPIRE
from commonplace.validate.columns import GML_ID, HREF, Column
from commonplace.validate.rules import ERROR, INFO, WARNING, Rule
from commonplace.validate.sheet import Sheet
from commonplace.validate.targets import TARGETS
from commonplace.validate.traces import Traces

FORM: Final = Rule(
    "REFERENCE_FORM",
    ERROR,
    "a reference that is neither #id nor a URI",
    "XLink 1.1, 5.4; ETS xx-ia (URL not http)",
    "write #<gml:id> for an object of the same document, else its full http URI",
)
DANGLING: Final = Rule(
    "REFERENCE_DANGLING",
    ERROR,
    "a reference to an id that the document doesn't have",
    "XLink 1.1, 5.4; ETS xx-ia (id not found)",
    "write the object into the document, or correct or remove the reference",
)
OTHER_FILE: Final = Rule(
    "REFERENCE_IN_OTHER_FILE",
    WARNING,
    "a #reference to an object of another file: #id means this document only",
    "RFC 3986, 4.4",
    "write the other document's address before the #",
)
NOT_FOLLOWED: Final = Rule(
    "REFERENCE_NOT_FOLLOWED",
    INFO,
    "a reference to an object of a document that is not among those checked",
    "RFC 3986, 4.2",
    "check the documents of a data set together: name their folder",
)
TYPE: Final = Rule(
    "REFERENCE_TYPE",
    ERROR,
    "a reference to an object of the wrong type",
    "INSPIRE application schemas (association ends); ETS xx-ia",
    "point to an object of the type that the property takes",
)

RULES: Final = (FORM, DANGLING, OTHER_FILE, NOT_FOLLOWED, TYPE)

_IN_DOCUMENT: Final = re.compile(r"([^:?#\s]+)#(\S+)")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")


def check(sheet: Sheet, traces: Traces) -> None:
    """The form of all references; local ones are kept for the whole."""
    for column in sheet.all():
        _ids(sheet, column, traces)
        if column.code_list is not None or not column.bearers(HREF):
            continue
        numbers, values = column.attribute(HREF)
        odd = [
            at
            for at, one in enumerate(values)
            if not one.startswith("#")
            and not _URI.fullmatch(one.strip())
            and not _IN_DOCUMENT.fullmatch(one)
        ]
        if odd:
            bad = [numbers[at] for at in odd]
            sheet.report(FORM, column, bad, values=[values[at] for at in odd])
        local = [at for at, one in enumerate(values) if one.startswith("#")]
        if local:
            named = [values[at][1:] for at in local]
            _keep(sheet, column, traces, [numbers[at] for at in local], named)
        beyond = [(at, found) for at, one in enumerate(values) if (found := _elsewhere(one))]
        if beyond:
            documents = [found[1] for _, found in beyond]
            named = [found[2] for _, found in beyond]
            _keep(sheet, column, traces, [numbers[at] for at, _ in beyond], named, documents)


def _elsewhere(value: str) -> re.Match[str] | None:
    """A reference to an object of another document: ``other.gml#id``."""
    return None if value.startswith("#") else _IN_DOCUMENT.fullmatch(value)


def _ids(sheet: Sheet, column: Column, traces: Traces) -> None:
    if column.bearers(GML_ID):
        numbers, values = column.attribute(GML_ID)
        top, members, _ = sheet.features_of(column)
        traces.ids(
            values,
            column.local,
            top is column,
            sheet.offset_of(members[numbers]),
            sheet.lines_of(column, numbers),
        )


def _keep(
    sheet: Sheet,
    column: Column,
    traces: Traces,
    numbers: list[int],
    hrefs: list[str],
    documents: Sequence[str] = (),
) -> None:
    top, members, ids = sheet.features_of(column)
    traces.references(
        hrefs,
        [ids[one] for one in numbers],
        top.local,
        column.path,
        TARGETS.get(column.path) or _expected(column),
        sheet.offset_of(members[numbers]),
        sheet.lines_of(column, numbers),
        documents,
    )


def _expected(column: Column) -> str:
    """Local names of the types that the property takes; empty where anything goes."""
    if column.parent is None or column.declared is None or INSPIRE.match(column.name):
        return ""
    return expected(column.parent.name, column.name)


@lru_cache(maxsize=4096)
def expected(owner: str, name: str) -> str:
    """What the model says a property of an object refers to, local names in a row."""
    model = load_model()
    try:
        schema = model.schema_of(namespace_of(owner))
        properties = model.properties(owner, schema.key)
    except LookupError:
        return ""
    if schema.theme is None:  # an older version, whose substitutes the model doesn't hold
        return ""
    for one in properties:
        if one.element.name == name:
            return " ".join(sorted({local_name(each) for each in one.objects}))
    return ""
