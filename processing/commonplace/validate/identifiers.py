"""gml:id and INSPIRE identifiers, as far as a chunk shows. Uniqueness: see whole.py."""

from __future__ import annotations

import re
from typing import Final

from commonplace.validate.columns import GML, GML_ID, Column
from commonplace.validate.rules import ERROR, WARNING, Rule
from commonplace.validate.sheet import Sheet
from commonplace.validate.traces import Traces

ID_FORM: Final = Rule(
    "ID_FORM",
    ERROR,
    "a gml:id that is no NCName",
    "GML 3.2.1, 7.2.4.5; XML Schema 1.0 part 2, 3.3.8",
    "begin with a letter or _, and use letters, digits, '.', '-' and '_' only",
)
ID_MISSING: Final = Rule(
    "ID_MISSING",
    ERROR,
    "a feature or geometry without gml:id",
    "GML 3.2.1, 7.2.4.5",
    "give every feature and every geometry a gml:id of its own",
)
ID_REPEATED: Final = Rule(
    "ID_REPEATED",
    ERROR,
    "a gml:id that occurs twice in the document",
    "GML 3.2.1, 7.2.4.5; ETS gmlas.b.2",
    "make it unique; part of the feature's id in a geometry's helps",
)
LOCAL_ID: Final = Rule(
    "IDENTIFIER_LOCAL_ID",
    WARNING,
    "a localId with other characters than A–Z, a–z, 0–9, '_', '.', '-' and ','",
    "INSPIRE Generic Conceptual Model 3.4, 9.8.2.3.1",
    "use only these characters; what the source has can be escaped",
)
INCOMPLETE: Final = Rule(
    "IDENTIFIER_INCOMPLETE",
    ERROR,
    "an INSPIRE identifier with an empty localId or namespace",
    "IR Art. 9, Annex I 2.1",
    "fill both; the namespace is the provider's, registered nationally",
)
VERSION: Final = Rule(
    "IDENTIFIER_VERSION",
    ERROR,
    "a versionId of more than 25 characters",
    "IR Annex I 2.1",
    "shorten it: a date and time fits",
)
REPEATED: Final = Rule(
    "IDENTIFIER_REPEATED",
    ERROR,
    "an INSPIRE identifier that two objects have",
    "IR Art. 9(1); ets-repository #146 (the validator doesn't test it)",
    "an identifier belongs to one object for ever: find out which of the two it is",
)

RULES: Final = (ID_FORM, ID_MISSING, ID_REPEATED, LOCAL_ID, INCOMPLETE, VERSION, REPEATED)

GEOMETRIES: Final = frozenset(
    {
        "Point",
        "LineString",
        "Curve",
        "CompositeCurve",
        "OrientableCurve",
        "Polygon",
        "Surface",
        "CompositeSurface",
        "PolyhedralSurface",
        "Solid",
        "MultiPoint",
        "MultiCurve",
        "MultiSurface",
        "MultiSolid",
        "MultiGeometry",
    }
)
_NCNAME: Final = re.compile(r"[^\W\d][\w.\-·]*")
_LOCAL: Final = re.compile(r"[A-Za-z0-9_.,\-]+")
LONGEST_VERSION: Final = 25


def check(sheet: Sheet, traces: Traces) -> None:
    """All rules of the family."""
    features = set() if sheet.frame else {id(one) for one in sheet.columns}
    for column in sheet.all():
        numbers, values = column.attribute(GML_ID)
        bad = [at for at, one in enumerate(values) if not _NCNAME.fullmatch(one)]
        if bad:
            sheet.report(
                ID_FORM, column, [numbers[at] for at in bad], values=[values[at] for at in bad]
            )
        needed = id(column) in features or (
            column.local in GEOMETRIES and column.name.startswith(f"{{{GML}}}")
        )
        if needed and len(numbers) < len(column):
            have = set(numbers)
            missing = [at for at in range(len(column)) if at not in have]
            sheet.report(ID_MISSING, column, missing, f"{column.local} has no gml:id")
        if column.local == "Identifier" and column.is_property is False:
            _identifier(sheet, column)
            _key(sheet, column, traces)


def _identifier(sheet: Sheet, column: Column) -> None:
    for name in ("localId", "namespace"):
        part = column.child(name)
        if part is not None:
            empty = [at for at, one in enumerate(part.texts()) if not one.strip()]
            if empty:
                sheet.report(INCOMPLETE, part, empty)
    local = column.child("localId")
    if local is not None:
        texts = local.texts()
        odd = [at for at, one in enumerate(texts) if one.strip() and not _LOCAL.fullmatch(one)]
        if odd:
            sheet.report(LOCAL_ID, local, odd, values=[texts[at] for at in odd])
    version = column.child("versionId")
    if version is not None:
        texts = version.texts()
        long = [at for at, one in enumerate(texts) if len(one) > LONGEST_VERSION]
        if long:
            sheet.report(VERSION, version, long, values=[texts[at] for at in long])


def _key(sheet: Sheet, column: Column, traces: Traces) -> None:
    """Keep namespace and localId of a feature's own identifier, to find it twice."""
    parent = column.parent
    local, namespace = column.child("localId"), column.child("namespace")
    own = parent is not None and parent.parent is not None and parent.parent.parent is None
    if not own or local is None or namespace is None or parent is None:
        return
    if parent.local not in ("inspireId", "inspireID"):
        return
    spaces = dict(zip(namespace.owners, namespace.texts(), strict=True))
    top, members, ids = sheet.features_of(local)
    keys = [
        f"{spaces.get(owner, '')}|{text}"
        for owner, text in zip(local.owners, local.texts(), strict=True)
    ]
    lines = sheet.lines_of(local, range(len(local)))
    traces.keys(keys, ids, top.local, sheet.offset_of(members), lines)
