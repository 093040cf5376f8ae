"""Validates documents against the official XSDs in ``shared/inspire/schemas``, offline.

A document's ``xsi:schemaLocation`` pairs are mapped to the local tree and imported by one
driver schema, which is compiled once for each set of namespaces.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

XS = "http://www.w3.org/2001/XMLSchema"
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
ISO_19139 = ("schemas.opengis.net", "iso", "19139", "20070417")
MIRRORS = {"inspire.jrc.ec.europa.eu": "inspire.ec.europa.eu"}

Pairs = frozenset[tuple[str, str]]


def gml_errors(path: Path, schemas: Path) -> list[str]:
    """What the official XSDs say against a document: ``line: message``, empty when valid.

    Raises
    ------
    LookupError
        A schema location has no file in the local tree, or there is no location at all.
    lxml.etree.XMLSyntaxError
    """
    document = etree.parse(path, _parser())
    pairs = _locations(document)
    if not pairs:
        raise LookupError(f"{path.name} has no xsi:schemaLocation")
    schema = _compiled(pairs, schemas)
    if schema.validate(document):
        return []
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)


def _locations(document: etree._ElementTree) -> Pairs:
    pairs: set[tuple[str, str]] = set()
    for element in document.iter(etree.Element):
        words = element.get(SCHEMA_LOCATION, "").split()
        pairs.update(zip(words[::2], words[1::2], strict=True))
    return frozenset(pairs)


@lru_cache(maxsize=16)
def _compiled(pairs: Pairs, schemas: Path) -> etree.XMLSchema:
    driver = etree.Element(f"{{{XS}}}schema", nsmap={"xs": XS})
    for namespace, location in sorted(pairs):
        local = local_schema(location, schemas)
        attributes = {"namespace": namespace, "schemaLocation": local.as_uri()}
        etree.SubElement(driver, f"{{{XS}}}import", attributes)
    return etree.XMLSchema(etree.fromstring(etree.tostring(driver), _parser()))


def local_schema(location: str, schemas: Path) -> Path:
    """The local file of an official schema address."""
    parts = urlsplit(location)
    host = MIRRORS.get(parts.netloc, parts.netloc)
    steps = [step for step in parts.path.split("/") if step]
    candidates = [schemas.joinpath(host, *steps)]
    if host == "www.isotc211.org" and steps[:1] == ["2005"]:
        candidates.append(schemas.joinpath(*ISO_19139, *steps[1:]))
    if len(steps) > 1 and steps[0] == "schemas":
        candidates.append(schemas.joinpath(host, steps[0], *steps[2:]))
    for candidate in candidates:
        if candidate.is_file():
            return candidate.resolve()
    raise LookupError(f"{location} has no file in the local tree")
