"""Checks one chunk: parses it, asks the XSDs, sorts it into columns, runs the rules.

Runs in processes of its own; a task is offsets and names, a result is findings and small
tables on disk.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

from commonplace.gml.head import COLLECTIONS, MEMBERS, Head
from commonplace.gml.members import Chunk, NotWhole, Piece, member_offsets
from commonplace.gml.reading.regular import Malformed, TooDeep
from commonplace.model import load_model
from commonplace.model.types import local_name
from commonplace.report import Finding, Findings
from commonplace.validate import (
    codes,
    document,
    identifiers,
    references,
    shapes,
    structure,
    systems,
    themes,
    times,
    units,
    voids,
)
from commonplace.validate.columns import GML, XSI, Column, Node, Tree, column_of, walk
from commonplace.validate.rules import Rule
from commonplace.validate.schemas import compiled, locate, namespaces_used, stated_locations
from commonplace.validate.schemas import validate as against_schema
from commonplace.validate.sheet import Sheet
from commonplace.validate.traces import Traces

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>'
LARGEST: Final = 32 * 1024 * 1024
MOST_LINES: Final = 60_000
SAMPLE: Final = 4
MOST_SCHEMA_ERRORS: Final = 20

_LOCATION: Final = re.compile(
    rb"""\s[\w.-]*:?(?:schema|noNamespaceSchema)Location\s*=\s*(?:"[^"]*"|'[^']*')"""
)
_STEP: Final = re.compile(r"Element '(?P<name>[^']+)'")
MODEST: Final = 9 * 1024 * 1024  # libxml2 refuses longer texts, and deep trees, by itself


@dataclass(frozen=True, slots=True)
class Task:
    """What to check: a chunk of a document, or (``chunk`` None) its frame.

    ``pieces`` are the frame's elements; ``ahead`` those that every chunk needs before its
    members to be valid.
    """

    file: int
    name: str
    path: Path
    head: Head
    work: Path
    chunk: Chunk | None = None
    pieces: tuple[Piece, ...] = ()
    ahead: tuple[Piece, ...] = ()
    schemas: Path | None = None
    default_srs: str | None = None

    def __str__(self) -> str:
        at = self.chunk.start if self.chunk else self.head.offset
        return f"{self.name} at byte {at}"


@dataclass(slots=True)
class Result:
    """What came of a task. ``unfit``: the chunk is no row of whole members."""

    file: int
    number: int
    unfit: bool = False
    findings: Findings = field(default_factory=Findings)
    types: Counter[str] = field(default_factory=Counter)
    bounds: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    namespaces: frozenset[str] = frozenset()
    feature_namespaces: frozenset[str] = frozenset()
    systems: frozenset[str] = frozenset()
    missing_schemas: frozenset[str] = frozenset()
    schema_checked: bool = False
    schema_errors: int = 0
    stated: str | None = None
    default_srs: str | None = None
    points: list[tuple[float, float]] = field(default_factory=list)


def check(task: Task) -> Result:
    """Check a task. Data that can't be read is a finding."""
    result = Result(task.file, task.chunk.number if task.chunk else -1)
    if task.chunk is None:
        _check_text(task, _frame(task), result)
    elif task.chunk.end - task.chunk.start > LARGEST:
        line, start = task.chunk.line, task.chunk.start
        result.findings.add(document.TOO_LARGE.finding(task.name, line=line, offset=start))
    else:
        _check_chunk(task, task.chunk, result)
    return result


def _check_chunk(task: Task, chunk: Chunk, result: Result) -> None:
    """A chunk; where it can't be read, its halves, down to the member that is broken. Of a
    chunk whose members nobody has looked for it is only told that it is unfit.
    """
    text = _chunk(task, chunk)
    if not chunk.members:
        if _lines_fit(text):
            result.unfit = not _check_text(task, text, result, last=False)
            return
        try:
            chunk = replace(chunk, members=_offsets(chunk.start, text.body))
        except NotWhole:
            result.unfit = True
            return
    alone = len(chunk.members) == 1
    fits = alone or _lines_fit(text)
    if not (fits and _check_text(task, text, result, last=alone)) and not alone:
        for half in _halves(task, chunk):
            _check_chunk(task, half, result)


def _lines_fit(text: Text) -> bool:
    """libxml2 counts no more lines than that."""
    return text.body.count(b"\n") < MOST_LINES


def _offsets(start: int, body: bytes) -> tuple[int, ...]:
    return tuple(start + one for one in member_offsets(body))


def _halves(task: Task, chunk: Chunk) -> Iterator[Chunk]:
    middle = len(chunk.members) // 2
    start = chunk.members[middle]
    with task.path.open("rb") as stream:
        stream.seek(chunk.start)
        lines = stream.read(start - chunk.start).count(b"\n")
    yield replace(chunk, end=start, members=chunk.members[:middle])
    yield replace(chunk, start=start, line=chunk.line + lines, members=chunk.members[middle:])


@dataclass(frozen=True, slots=True)
class Text:
    """XML to parse, in UTF-8: ``body`` is the members side by side, between what makes them a
    document. ``lines``, ``shift`` and ``offsets`` tell how lines and members lie in the file.
    Members stand ``depth`` levels below the root's children, behind ``ahead`` others.
    """

    before: bytes
    body: bytes
    after: bytes
    lines: int | tuple[int, ...]
    shift: int | tuple[int, ...]
    offsets: tuple[int, ...]
    ahead: int = 0
    depth: int = 0

    @property
    def data(self) -> bytes:
        return b"".join((DECLARATION, self.before, self.body, self.after))


def _frame(task: Task) -> Text:
    head = task.head
    if not head.collection:
        with task.path.open("rb") as stream:
            stream.seek(head.offset)
            return Text(b"", stream.read(), b"", head.line, head.line - 1, (head.offset,))
    line = head.tag.count(b"\n") + 1
    shifts, parts = [], []
    with task.path.open("rb") as stream:
        for piece in task.pieces:
            stream.seek(piece.start)
            part = stream.read(piece.end - piece.start)
            shifts.append(piece.line - line)
            line += part.count(b"\n")
            parts.append(part)
    after = b"" if head.empty else b"</" + head.root + b">"
    offsets = tuple(one.start for one in task.pieces)
    lines = tuple(one.line for one in task.pieces)
    return Text(head.tag, b"".join(parts), after, lines, tuple(shifts), offsets)


def _chunk(task: Task, chunk: Chunk) -> Text:
    root, *inner = chunk.around
    parts = [root]
    with task.path.open("rb") as stream:
        for piece in task.ahead:
            stream.seek(piece.start)
            parts.append(stream.read(piece.end - piece.start))
        stream.seek(chunk.start)
        body = stream.read(chunk.end - chunk.start)
    before = b"".join((*parts, *inner))
    after = b"".join(_end_tag(one) for one in reversed(chunk.around))
    shift = chunk.line - before.count(b"\n") - 1
    ahead = len(task.ahead)
    depth = len(inner)
    return Text(before, body, after, chunk.line, shift, chunk.members, ahead, depth)


def _end_tag(start_tag: bytes) -> bytes:
    return b"</" + re.split(rb"[\s/>]", start_tag[1:], maxsplit=1)[0] + b">"


def _check_text(task: Task, text: Text, result: Result, *, last: bool = True) -> bool:
    """False where the text can't be read; with ``last`` that is a finding."""
    readable = _decoded(task, text, result, last)
    if readable is None:
        return False
    text = readable
    try:
        sheet, names = _sheet(task, text)
        result.namespaces |= names
        _schema(task, text, sheet, result)
    except NotWhole:
        return False
    except (Malformed, TooDeep, RecursionError, etree.XMLSyntaxError) as error:
        if last:
            message, line = _fault(text) or (str(error) or "elements nested too deeply", None)
            _unreadable(task, text, result, message, line)
        return False
    try:
        _examine(task, text, sheet, result)
    finally:
        for column in sheet.columns:  # they are kept for the next chunk
            column.clear()
    return True


def _examine(task: Task, text: Text, sheet: Sheet, result: Result) -> None:
    traces = Traces(task.file)
    _rules(sheet, traces, result)
    _remember(sheet, result)
    result.points += sample(sheet)
    result.findings.merge(sheet.findings)
    traces.write(task.work, sheet.offsets[0] if sheet.offsets else 0)


def _fault(text: Text) -> tuple[str, int | None] | None:
    """What libxml2 has against a text, and the line in it."""
    try:
        _stream(text.data, None)
    except etree.XMLSyntaxError as error:
        return str(error), error.lineno
    return None


def _decoded(task: Task, text: Text, result: Result, last: bool) -> Text | None:
    """The text in UTF-8; None where it isn't in the encoding declared and isn't ``last``.
    The last one goes on with marks of replacement, if it is UTF-8 that is broken.
    """
    encoding = task.head.encoding or "UTF-8"
    utf8 = encoding.upper() in ("UTF-8", "UTF8")
    try:
        before, body = text.before.decode(encoding), text.body.decode(encoding)
    except LookupError:
        if last:
            _unreadable(task, text, result, f"no encoding is called {encoding}", None)
        return None
    except UnicodeDecodeError as error:
        if not last:
            return None
        value = repr(bytes(error.object[error.start : error.start + 12]))
        message = f"these bytes are not {encoding}"
        _unreadable(task, text, result, message, None, document.ENCODING_WRONG, value)
        before = text.before.decode("utf-8" if utf8 else encoding, "replace")
        body = text.body.decode("utf-8" if utf8 else encoding, "replace")
        utf8 = False
    return text if utf8 else replace(text, before=before.encode(), body=body.encode())


class _Nothing:
    """A parser's target that builds no tree."""

    def close(self) -> None:
        return None


def _stream(data: bytes, schema: etree.XMLSchema | None) -> bool:
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


def _parsed(data: bytes) -> Node:
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


def _unreadable(
    task: Task,
    text: Text,
    result: Result,
    message: str,
    line: int | None,
    rule: Rule = document.NOT_XML,
    value: str | None = None,
) -> None:
    """A finding on the text's first member."""
    shift = text.shift if isinstance(text.shift, int) else 0
    chunk_line = task.chunk.line if task.chunk else task.head.line
    result.findings.add(
        rule.finding(
            task.name,
            message,
            value=value,
            line=line + shift if line else chunk_line,
            offset=text.offsets[0] if text.offsets else task.head.offset,
        )
    )


@lru_cache(maxsize=256)
def _column(top: str, name: str) -> Column:
    """The column of a feature type: kept, so that declarations are looked up once."""
    return column_of(name, load_model())


def _sheet(task: Task, text: Text) -> tuple[Sheet, frozenset[str]]:
    """The chunk as columns, and the namespaces in use. Members are the children of the root,
    or of its wrapper.
    """
    single = task.chunk is None and not task.head.collection
    wrapped = task.chunk is not None and task.chunk.features
    frame = task.chunk is None and not single
    root = _parsed(DECLARATION + text.before + text.after) if not single else None
    around = None if root is None else _around(root, text)
    spaces = {} if around is None else {one or "": uri for one, uri in around.nsmap.items()}
    tree = Tree(text.body, spaces)
    offsets = text.offsets
    if task.chunk is not None and not offsets:
        offsets = _found_offsets(task.chunk, text.body, tree)
    columns = []
    for top in tree.data.top:
        above = tree.data.paths[top]
        for number in [top] if single or wrapped or frame else above.children:
            column = _column(above.name, tree.data.paths[number].name)
            column.grow(tree, number)
            columns.append(column)

    names = {one.name for one in tree.data.paths} | ({root.tag} if root is not None else set())
    sheet = Sheet(
        file=task.name,
        parse=lambda: _members_of(_parsed(text.data), single, text),
        tree=tree,
        model=load_model(),
        columns=columns,
        offsets=offsets,
        lines=text.lines,
        shift=text.shift,
        wrapped=wrapped,
        single=single,
        frame=frame,
        default_srs=task.default_srs,
    )
    return sheet, namespaces_used(names)


def _found_offsets(chunk: Chunk, body: bytes, tree: Tree) -> tuple[int, ...]:
    """The offsets of the members of a chunk that was cut by tags.

    Raises
    ------
    NotWhole
        There is something else in it, or a collection in a member.
    """
    data = tree.data
    children = [one for top in data.top for one in data.paths[top].children]
    fits = all(local_name(data.paths[one].name) in MEMBERS for one in data.top)
    if not fits or any(local_name(data.paths[one].name) in COLLECTIONS for one in children):
        raise NotWhole("XML_BROKEN", "no row of members", chunk.start, chunk.line)
    if not tree.regular:
        return _offsets(chunk.start, body)
    begins: list[int] = (chunk.start + data.tags.begin[data.start[tree.first]]).tolist()
    return tuple(begins)


def _around(root: Node, text: Text) -> Node:
    """The element that members stand in."""
    found = root
    for level in range(text.depth):
        found = found[text.ahead if level == 0 else 0]
    return found


def _schema(task: Task, text: Text, sheet: Sheet, result: Result) -> None:
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
        root = _parsed(text.data)
        stated = root.get(f"{{{XSI}}}schemaLocation")
        pairs = stated_locations(root, deep=True)
    else:
        root = None
        around = _parsed(DECLARATION + text.before + text.after)
        stated = around.get(f"{{{XSI}}}schemaLocation")
        pairs = stated_locations(around, deep=True)
    if task.chunk is None:
        result.stated = stated
    if task.schemas is None:
        _stream(bare.data, None)
        return
    found = locate(task.schemas, pairs, result.namespaces)
    result.missing_schemas |= found.missing
    schema = compiled(found.found)
    if isinstance(schema, str) and found.sure != found.found:
        schema = compiled(found.sure)
        result.missing_schemas |= {name for name, _ in found.found - found.sure}
    if isinstance(schema, str):
        result.findings.add(document.SCHEMA_LACKING.finding(task.name, schema))
        _stream(bare.data, None)
        return
    result.schema_checked = True
    if root is None and (task.chunk is None or not _stream(bare.data, schema)):
        root = _parsed(bare.data)
    if root is not None:
        sheet.members = _members_of(root, sheet.single, text)
        _schema_findings(task, sheet, root, schema, result)


def _blank(match: re.Match[bytes]) -> bytes:
    """Nothing but the line breaks of what is taken out."""
    return b"\n" * match.group().count(b"\n")


def _members_of(root: Node, single: bool, text: Text) -> list[Node]:
    if single:
        return [root]
    return list(_around(root, text)[0 if text.depth else text.ahead :])


def _schema_findings(
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
            sheet.findings.add(_schema_finding(sheet, root, message, line, path, name))
    for name, count in seen.items():
        if count > MOST_SCHEMA_ERRORS:
            rest = count - MOST_SCHEMA_ERRORS
            sheet.findings.add(document.SCHEMA.finding(task.name, attribute=name, count=rest))


def _schema_finding(
    sheet: Sheet, root: Node, message: str, line: int, path: str, name: str
) -> Finding:
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


def _rules(sheet: Sheet, traces: Traces, result: Result) -> None:
    structure.check(sheet)
    voids.check(sheet)
    codes.check(sheet)
    identifiers.check(sheet, traces)
    systems.check(sheet)
    seen = shapes.check(sheet)
    times.check(sheet)
    units.check(sheet)
    references.check(sheet, traces)
    themes.check(sheet, traces)
    result.bounds = {
        code: shapes.united(result.bounds[code], box) if code in result.bounds else box
        for code, box in seen.bounds.items()
    }
    traces.outlines(seen.outlines)


def _remember(sheet: Sheet, result: Result) -> None:
    """Types, namespaces and CRSs for the whole document."""
    if result.number < 0 and not sheet.single:
        for column in walk(sheet.columns):
            if column.local == "Envelope" and column.bearers("srsName"):
                result.default_srs = column.attribute("srsName")[1][0]
        return
    result.types += themes.histogram(sheet.columns)
    result.feature_namespaces |= frozenset(one.namespace for one in sheet.columns)
    result.systems |= frozenset(
        value for column in sheet.all() for value in column.distinct("srsName")
    )


def sample(sheet: Sheet) -> list[tuple[float, float]]:
    """The first points of a few members, in degrees."""
    if sheet.frame:
        return []
    found = (sheet.point_of(at) for at in range(min(SAMPLE, len(sheet.offsets))))
    return [one for one in found if one is not None]
