"""Rules on the document as such: encoding, root, schema locations, versions, XML itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from commonplace.gml.head import Head
from commonplace.gml.window import NotWhole
from commonplace.model import load_model
from commonplace.report import Finding
from commonplace.validate.columns import GML, XSI
from commonplace.validate.rules import ERROR, INFO, WARNING, Rule

NOT_XML: Final = Rule(
    "XML_NOT_WELL_FORMED",
    ERROR,
    "not well-formed XML",
    "XML 1.0, 2.1; ETS gml.a.1",
    "the place tells where it breaks: mostly the file was cut off or joined by hand",
)
DOCTYPE: Final = Rule(
    "XML_DOCTYPE",
    ERROR,
    "a document type declaration: entities are never expanded, nor DTDs read",
    "practice: XML entity attacks (CWE-776, CWE-611); GML needs no DTD",
    "remove the DOCTYPE and write out what its entities stand for",
)
TOO_LARGE: Final = Rule(
    "MEMBER_TOO_LARGE",
    WARNING,
    "a member too large to be held at once: read as a stream, rules saw it in short (the message "
    "says what was not checked)",
    "limit of this validator",
    "split the object; a coverage belongs into a binary format",
)
ENCODING: Final = Rule(
    "ENCODING_NOT_UTF8",
    ERROR,
    "the document isn't encoded in UTF-8",
    "D2.7 v3.3, requirement 12; ETS gml.a.3",
    'write UTF-8, and say so: <?xml version="1.0" encoding="UTF-8"?>',
)
ENCODING_WRONG: Final = Rule(
    "ENCODING_WRONG",
    ERROR,
    "bytes that are not in the encoding which the document declares",
    "XML 1.0, 4.3.3; ETS gml.a.1",
    "declare the encoding that the bytes are in, or better convert them to UTF-8",
)
ENCODING_SILENT: Final = Rule(
    "ENCODING_NOT_DECLARED",
    INFO,
    "the document doesn't declare its encoding; it counts as UTF-8",
    "D2.7 v3.3, requirement 12",
    'begin with <?xml version="1.0" encoding="UTF-8"?>',
)
ROOT: Final = Rule(
    "DOCUMENT_ROOT",
    ERROR,
    "a root element that is no collection of features and no feature",
    "D2.7 v3.3, recommendation 11; ETS gml.a.2",
    "write wfs:FeatureCollection 2.0, gml:FeatureCollection 3.2 or base:SpatialDataSet 3.3",
)
SPATIAL_DATA_SET: Final = Rule(
    "DOCUMENT_SPATIAL_DATA_SET",
    WARNING,
    "base:SpatialDataSet is deprecated; the validator doesn't know the one of base 4.0",
    "base 3.3.1; ETS gml.a.2",
    "write wfs:FeatureCollection or gml:FeatureCollection",
)
EMPTY: Final = Rule(
    "DOCUMENT_NO_FEATURES",
    ERROR,
    "a document without features",
    "ETS xx-gml.a.1 (no feature in the data set)",
    "write the features, or leave the file out of the set",
)
LOCATION_MISSING: Final = Rule(
    "SCHEMA_LOCATION_MISSING",
    WARNING,
    "a namespace in use without its schema in the root's xsi:schemaLocation",
    "ETS gmlas.b.1; helpdesk-validator #223, #353",
    "list namespace and address of each schema in the root's xsi:schemaLocation",
)
LOCATION_ODD: Final = Rule(
    "SCHEMA_LOCATION_PAIRS",
    ERROR,
    "xsi:schemaLocation isn't made of pairs",
    "XML Schema 1.0 part 1, 2.6.3; ETS gmlas.b.1",
    "write namespace, blank, address, blank, namespace …",
)
LOCATION_OTHER: Final = Rule(
    "SCHEMA_LOCATION_UNOFFICIAL",
    WARNING,
    "a schema from elsewhere than its official address (never fetched here)",
    "ETS gmlas.b.1",
    "write the official address",
)
VERSION: Final = Rule(
    "NAMESPACE_VERSION",
    ERROR,
    "a namespace of a version that the schema doesn't have",
    "INSPIRE application schemas, release 2025.1; helpdesk-validator #1091",
    "write the namespace of a version that there is",
)
OLD_VERSION: Final = Rule(
    "NAMESPACE_OLD",
    WARNING,
    "a schema of which there is a newer version",
    "INSPIRE application schemas, release 2025.1",
    "move to the newest version when the mapping is next touched",
)
MIXED: Final = Rule(
    "NAMESPACE_MIXED",
    ERROR,
    "features of two versions of a schema in one document",
    "INSPIRE application schemas; helpdesk-validator #1091",
    "write all features of a theme in one version",
)
SCHEMA: Final = Rule(
    "SCHEMA_INVALID",
    ERROR,
    "not valid against the official XSDs",
    "INSPIRE application schemas (XSD); ETS gmlas.b.2",
    "see the rule of the same place, if there is one, for the fix in plain words",
)
SCHEMA_UNCHECKED: Final = Rule(
    "SCHEMA_NOT_CHECKED",
    INFO,
    "validity against the official XSDs was not checked",
    "ETS gmlas.b.2",
    "name their folder: --schemas FOLDER or COMMONPLACE_SCHEMAS (commonplace schemas --help)",
)
SCHEMA_LACKING: Final = Rule(
    "SCHEMA_NOT_FOUND",
    INFO,
    "a namespace whose XSD is not in the folder: its elements were not checked by XSD",
    "ETS gmlas.b.2",
    "add the schema to the folder, if it is an official one",
)

RULES: Final = (
    NOT_XML,
    DOCTYPE,
    TOO_LARGE,
    ENCODING,
    ENCODING_WRONG,
    ENCODING_SILENT,
    ROOT,
    SPATIAL_DATA_SET,
    EMPTY,
    LOCATION_MISSING,
    LOCATION_ODD,
    LOCATION_OTHER,
    VERSION,
    OLD_VERSION,
    MIXED,
    SCHEMA,
    SCHEMA_UNCHECKED,
    SCHEMA_LACKING,
)

WFS: Final = "http://www.opengis.net/wfs/2.0"
OFFICIAL: Final = re.compile(
    r"https?://(inspire\.ec\.europa\.eu|schemas\.opengis\.net|www\.opengis\.net|www\.w3\.org"
    r"|www\.isotc211\.org|standards\.iso\.org|portele\.de|schemas\.geosciml\.org)/"
)
_SPACE: Final = re.compile(r"https?://inspire\.ec\.europa\.eu/schemas/([\w-]+)/(\d+\.\d+)")
_OLD: Final = re.compile(r"urn:x-inspire:specification:gmlas:(\w+):(\d[\w.]*)")


def head_findings(file: str, head: Head) -> Iterator[Finding]:
    """Encoding, and a DTD."""
    here = {"line": head.line, "offset": head.offset}
    if head.doctype is not None:
        yield DOCTYPE.finding(file, line=head.line, offset=head.doctype)
    if head.encoding is None:
        yield ENCODING_SILENT.finding(file, line=1, offset=0)
    elif head.encoding.upper() not in ("UTF-8", "UTF8"):
        message = f"the document is encoded in {head.encoding}"
        yield ENCODING.finding(file, message, value=head.encoding, line=1, offset=0)
    if head.root.endswith(b"SpatialDataSet"):
        yield SPATIAL_DATA_SET.finding(file, line=here["line"], offset=here["offset"])


def broken(file: str, fault: NotWhole) -> Finding:
    """The document doesn't hold together."""
    rule = TOO_LARGE if fault.code == "XML_TOO_LARGE" else NOT_XML
    return rule.finding(file, fault.message, line=fault.line, offset=fault.offset)


def location_findings(
    file: str, head: Head, stated: str | None, used: Iterable[str]
) -> Iterator[Finding]:
    """``xsi:schemaLocation`` of the root: pairs, complete, official."""
    words = (stated or "").split()
    here = head.line
    if len(words) % 2:
        yield LOCATION_ODD.finding(file, value=stated, line=here, offset=head.offset)
    pairs = dict(zip(words[::2], words[1::2], strict=False))
    for namespace in sorted(set(used) - pairs.keys() - {XSI}):
        if _SPACE.match(namespace) or _OLD.match(namespace) or namespace in (GML, WFS):
            message = f"no schema location for {namespace}"
            yield LOCATION_MISSING.finding(file, message, value=namespace, line=here)
    for namespace, location in sorted(pairs.items()):
        if not OFFICIAL.match(location):
            message = f"the schema of {namespace} is at {location}, which was not opened"
            yield LOCATION_OTHER.finding(file, message, value=location, line=here)


def version_findings(file: str, namespaces: Iterable[str], features: set[str]) -> Iterator[Finding]:
    """Versions that there are not, old ones, and several of one schema.

    Parameters
    ----------
    namespaces
        All in use.
    features
        Those of the features themselves: of the others a document may need several.
    """
    schemas = load_model().schemas()
    newest = {one.prefix: one for one in schemas}
    seen: dict[str, set[str]] = {}
    for namespace in sorted(namespaces):
        found = _SPACE.fullmatch(namespace)
        old = _OLD.fullmatch(namespace)
        if found is None and old is None:
            continue
        if old is not None:
            if namespace in features:
                message = f"{old[1]} {old[2]} is an old schema"
                yield OLD_VERSION.finding(file, message, value=namespace)
            continue
        assert found is not None
        prefix, version = found[1], found[2]
        if namespace in features:
            seen.setdefault(prefix, set()).add(version)
        current = newest.get(prefix)
        if current is None or current.namespace == namespace:
            continue
        if not _exists(namespace, prefix, version) or namespace.startswith("https"):
            message = f"there is no {prefix} {version}: it is {current.namespace}"
            fix = f"write {current.namespace}"
            yield VERSION.finding(file, message, value=namespace, fix=fix)
        elif namespace in features:
            message = f"{prefix} {version}: the newest is {current.version}"
            yield OLD_VERSION.finding(file, message, value=namespace)
    for prefix, versions in sorted(seen.items()):
        if len(versions) > 1:
            told = " and ".join(sorted(versions))
            yield MIXED.finding(file, f"features of {prefix} {told} in one document", value=told)


def _exists(namespace: str, prefix: str, version: str) -> bool:
    """A version that was published: 4.0, and what the model holds."""
    try:
        load_model().schema_of(namespace)
    except LookupError:
        return version in _PUBLISHED.get(prefix, ("4.0",))
    return True


# Versions below inspire.ec.europa.eu/schemas of schemas whose newest isn't 4.0
_PUBLISHED: Final[dict[str, tuple[str, ...]]] = {
    "base": ("3.2", "3.3", "4.0"),
    "base2": ("1.0", "2.0"),
    "cvbase": ("1.0", "2.0"),
    "hy-r": ("3.0",),
    "omop": ("3.0", "4.0"),
    "omor": ("3.0",),
    "ompr": ("3.0",),
    "omso": ("3.0",),
}
