"""A chunk against the official XSDs: a stream says yes or no, a tree tells every fault."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from lxml import etree

from commonplace.report import Finding
from commonplace.validate import document
from commonplace.validate.columns import GML, XSI, Node
from commonplace.validate.result import Result
from commonplace.validate.schemas import compiled, locate, stated_locations
from commonplace.validate.schemas import validate as against_schema
from commonplace.validate.sheet import Sheet
from commonplace.validate.texts import DECLARATION, Task, Text, members_of

MOST_SCHEMA_ERRORS: Final = 20
MODEST: Final = 9 * 1024 * 1024  # libxml2 refuses longer texts, and deep trees, by itself
_LOCATION: Final = re.compile(
    rb"""\s[\w.-]*:?(?:schema|noNamespaceSchema)Location\s*=\s*(?:"[^"]*"|'[^']*')"""
)
_STEP: Final = re.compile(r"Element '(?P<name>[^']+)'")


class _Nothing:
    """A parser's target that builds no tree."""

    def close(self) -> None:
        return None


def stream(data: bytes, schema: etree.XMLSchema | None) -> bool:
    """Read without keeping anything; True where the schema has nothing against it.

    Raises
    ------
    lxml.etree.XMLSyntaxError
    """
    parser = etree.XMLParser(
        target=_Nothing(),  # type: ignore[arg-type] # no events, no tree
        schema=schema,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(data) > MODEST,
    )
    etree.fromstring(data, parser)
    return len(parser.error_log) == 0


def parsed(data: bytes) -> Node:
    """The root element."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=len(data) > MODEST,
    )
    return etree.fromstring(data, parser)


def check(task: Task, text: Text, sheet: Sheet, result: Result) -> None:
    """The XSDs' verdict. What stands before the members is the frame's to tell.

    A stream says yes or no; where it says no, a tree is built to learn all faults and their
    places. ``xsi:schemaLocation`` never reaches libxml2, which would follow it.

    Raises
    ------
    lxml.etree.XMLSyntaxError
    """
    inside = sheet.single or b"chemaLocation" in text.body
    bare = text if inside else replace(text, before=_LOCATION.sub(_blank, text.before))
    if inside:
        root = parsed(text.data)
        stated = root.get(f"{{{XSI}}}schemaLocation")
        pairs = stated_locations(root, deep=True)
    else:
        root = None
        around = parsed(DECLARATION + text.before + text.after)
        stated = around.get(f"{{{XSI}}}schemaLocation")
        pairs = stated_locations(around, deep=True)
    if task.chunk is None:
        result.stated = stated
    if task.schemas is None:
        stream(bare.data, None)
        return
    found = locate(task.schemas, pairs, result.namespaces)
    result.missing_schemas |= found.missing
    schema = compiled(found.found)
    if isinstance(schema, str) and found.sure != found.found:
        schema = compiled(found.sure)
        result.missing_schemas |= {name for name, _ in found.found - found.sure}
    if isinstance(schema, str):
        result.findings.add(document.SCHEMA_LACKING.finding(task.name, schema))
        stream(bare.data, None)
        return
    result.schema_checked = True
    if root is None and (task.chunk is None or not stream(bare.data, schema)):
        root = parsed(bare.data)
    if root is not None:
        sheet.members = members_of(root, sheet.single, text)
        _findings(task, sheet, root, schema, result)


def _blank(match: re.Match[bytes]) -> bytes:
    """Nothing but the line breaks of what is taken out."""
    return b"\n" * match.group().count(b"\n")


def _findings(
    task: Task, sheet: Sheet, root: Node, schema: etree.XMLSchema, result: Result
) -> None:
    seen: Counter[str] = Counter()
    for message, line, path in against_schema(root, schema):
        if task.chunk is not None and path.count("/") <= len(task.chunk.around):
            continue
        result.schema_errors += 1
        kind = _STEP.match(message)
        name = kind["name"].rpartition("}")[2] if kind else path
        seen[name] += 1
        if seen[name] <= MOST_SCHEMA_ERRORS:
            sheet.findings.add(_finding(sheet, root, message, line, path, name))
    for name, count in seen.items():
        if count > MOST_SCHEMA_ERRORS:
            rest = count - MOST_SCHEMA_ERRORS
            sheet.findings.add(document.SCHEMA.finding(task.name, attribute=name, count=rest))


def _finding(sheet: Sheet, root: Node, message: str, line: int, path: str, name: str) -> Finding:
    element = None
    try:
        spaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        element = next(iter(root.xpath(path, namespaces=spaces)), None)
    except etree.XPathError:  # a prefix declared further down
        pass
    text = message.replace(f"{{{GML}}}", "gml:")
    if element is None:
        shift = sheet.shift if isinstance(sheet.shift, int) else 0
        return document.SCHEMA.finding(sheet.file, text, attribute=name, line=line + shift)
    where = sheet.where_node(element)
    return document.SCHEMA.finding(
        sheet.file,
        text,
        feature=where.feature,
        attribute=name,
        line=where.line,
        offset=where.offset,
    )
