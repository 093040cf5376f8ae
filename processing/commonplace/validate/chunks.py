"""Checks one chunk: parses it, asks the XSDs, sorts it into columns, runs the rules.

Runs in processes of its own; a task is offsets and names, a result is findings and small
tables on disk.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

from commonplace.gml.members import Chunk, Head, Piece
from commonplace.model import load_model
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
from commonplace.validate.columns import GML, XSI, Column, Node, column_of, walk
from commonplace.validate.places import first_point
from commonplace.validate.rules import Rule
from commonplace.validate.schemas import compiled, locate, namespaces_used, stated_locations
from commonplace.validate.schemas import validate as against_schema
from commonplace.validate.sheet import Sheet
from commonplace.validate.traces import Traces

LARGEST: Final = 32 * 1024 * 1024
SAMPLE: Final = 2
MOST_SCHEMA_ERRORS: Final = 20

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
    """What came of a task."""

    file: int
    number: int
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
    """A chunk; where it can't be read, its halves, down to the member that is broken."""
    text = _chunk(task, chunk)
    alone = len(chunk.members) == 1
    if not _check_text(task, text, result, last=alone) and not alone:
        for half in _halves(task, chunk):
            _check_chunk(task, half, result)


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
    """XML to parse: the bytes, and how its lines and members lie in the file."""

    data: bytes
    shift: int | tuple[int, ...]
    offsets: tuple[int, ...]
    ahead: int = 0


def _frame(task: Task) -> Text:
    head = task.head
    if not head.collection:
        with task.path.open("rb") as stream:
            stream.seek(head.offset)
            data = _declaration(head) + stream.read()
        return Text(data, head.line - 1, (head.offset,))
    parts = [_declaration(head), head.tag]
    lines = head.tag.count(b"\n") + 1
    shifts = []
    with task.path.open("rb") as stream:
        for piece in task.pieces:
            stream.seek(piece.start)
            body = stream.read(piece.end - piece.start)
            shifts.append(piece.line - lines)
            lines += body.count(b"\n")
            parts.append(body)
    if not head.empty:
        parts.append(b"</" + head.root + b">")
    return Text(b"".join(parts), tuple(shifts), tuple(one.start for one in task.pieces))


def _chunk(task: Task, chunk: Chunk) -> Text:
    parts = [_declaration(task.head), task.head.tag]
    with task.path.open("rb") as stream:
        for piece in task.ahead:
            stream.seek(piece.start)
            parts.append(stream.read(piece.end - piece.start))
        parts.append(chunk.wrapper)
        stream.seek(chunk.start)
        body = stream.read(chunk.end - chunk.start)
    before = sum(one.count(b"\n") for one in parts)
    closing = b""
    if chunk.wrapper:
        closing = b"</" + re.split(rb"[\s/>]", chunk.wrapper[1:], maxsplit=1)[0] + b">"
    parts += [body, closing, b"</" + task.head.root + b">"]
    return Text(b"".join(parts), chunk.line - before - 1, chunk.members, len(task.ahead))


def _declaration(head: Head) -> bytes:
    return f'<?xml version="1.0" encoding="{head.encoding or "UTF-8"}"?>'.encode()


def _check_text(task: Task, text: Text, result: Result, *, last: bool = True) -> bool:
    """False where the text can't be read; with ``last`` that is a finding."""
    root = _parsed(task, text, result, last)
    if root is None:
        return False
    if task.chunk is None:
        result.stated = root.get(f"{{{XSI}}}schemaLocation")
    pairs = stated_locations(root)
    sheet = _sheet(task, text, root)
    try:
        for column in sheet.columns:
            column.grow()
    except RecursionError:
        _unreadable(task, text, result, "elements nested too deeply", None)
        return True
    names = {column.name for column in sheet.all()} | {root.tag}
    result.namespaces |= namespaces_used(names)
    _schema(task, sheet, pairs, result)
    traces = Traces(task.file, text.shift if isinstance(text.shift, int) else 0)
    _rules(sheet, traces, result)
    _remember(sheet, result)
    few = [one for column in sheet.columns for one in column.elements[:SAMPLE]]
    result.points += sample(sheet, few)
    result.findings.merge(sheet.findings)
    traces.write(task.work, text.offsets[0] if text.offsets else 0)
    for column in sheet.columns:
        column.clear()
    return True


def _parsed(task: Task, text: Text, result: Result, last: bool) -> Node | None:
    """The root element; None, and with ``last`` a finding, where there is none."""
    data = text.data
    encoding = task.head.encoding or "UTF-8"
    fault = _decoding(data, encoding)
    if fault is not None:
        if not last:
            return None
        message = f"these bytes are not {encoding}"
        value = repr(data[fault : fault + 12])
        _unreadable(task, text, result, message, None, document.ENCODING_WRONG, value)
        if encoding.upper() not in ("UTF-8", "UTF8"):
            return None
        data = data.decode("utf-8", "replace").encode()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=len(data) > MODEST,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError) as error:
        if last:
            _unreadable(task, text, result, str(error), getattr(error, "lineno", None))
        return None


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


def _decoding(data: bytes, encoding: str) -> int | None:
    """Where bytes are not in an encoding; None where all are."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    except LookupError:
        return None
    return None


@lru_cache(maxsize=64)
def _column(name: str) -> Column:
    """The column of a feature type: kept, so that declarations are looked up once."""
    return column_of(name, load_model())


def _sheet(task: Task, text: Text, root: Node) -> Sheet:
    sheet = Sheet(
        task.name,
        root,
        load_model(),
        [],
        text.offsets,
        text.shift,
        text.ahead,
        default_srs=task.default_srs,
    )
    if task.chunk is None:
        sheet.single = not task.head.collection
        sheet.frame = task.head.collection
        features = [(0, root)] if sheet.single else list(enumerate(root))
    elif task.chunk.wrapper:
        sheet.wrapped = True
        features = list(enumerate(root[text.ahead]))
    else:
        members = root[text.ahead :]
        features = [(at, one) for at, member in enumerate(members) for one in member]
    chosen: dict[str, Column] = {}
    for at, feature in features:
        column = chosen.get(feature.tag)
        if column is None:
            column = chosen[feature.tag] = _column(feature.tag)
        column.elements.append(feature)
        column.owners.append(at)
    sheet.columns = list(chosen.values())
    return sheet


def _schema(task: Task, sheet: Sheet, pairs: frozenset[tuple[str, str]], result: Result) -> None:
    """The XSDs' verdict. What stands before the members is the frame's to tell."""
    if task.schemas is None:
        return
    found = locate(task.schemas, pairs, result.namespaces)
    result.missing_schemas |= found.missing
    schema = compiled(found.found)
    if isinstance(schema, str):
        result.findings.add(document.SCHEMA_LACKING.finding(task.name, schema))
        return
    result.schema_checked = True
    seen: Counter[str] = Counter()
    errors = against_schema(sheet.root, schema)
    for message, line, path in errors:
        if task.chunk is not None and path.count("/") < 2:
            continue
        result.schema_errors += 1
        kind = _STEP.match(message)
        name = kind["name"].rpartition("}")[2] if kind else path
        seen[name] += 1
        if seen[name] <= MOST_SCHEMA_ERRORS:
            sheet.findings.add(_schema_finding(sheet, message, line, path, name))
    for name, count in seen.items():
        if count > MOST_SCHEMA_ERRORS:
            rest = count - MOST_SCHEMA_ERRORS
            sheet.findings.add(document.SCHEMA.finding(task.name, attribute=name, count=rest))


def _schema_finding(sheet: Sheet, message: str, line: int, path: str, name: str) -> Finding:
    element = None
    try:
        spaces = {prefix: uri for prefix, uri in sheet.root.nsmap.items() if prefix}
        element = next(iter(sheet.root.xpath(path, namespaces=spaces)), None)
    except etree.XPathError:  # a prefix declared further down
        pass
    text = message.replace(f"{{{GML}}}", "gml:")
    if element is None:
        shift = sheet.shift if isinstance(sheet.shift, int) else 0
        return document.SCHEMA.finding(sheet.file, text, attribute=name, line=line + shift)
    where = sheet.where(element)
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
            if column.local == "Envelope" and column.attribute("srsName")[1]:
                result.default_srs = column.attribute("srsName")[1][0]
        return
    result.types += themes.histogram(sheet.columns)
    result.feature_namespaces |= frozenset(one.namespace for one in sheet.columns)
    result.systems |= frozenset(
        value for column in sheet.all() for value in column.attribute("srsName")[1]
    )


def sample(sheet: Sheet, features: Sequence[Node]) -> list[tuple[float, float]]:
    """The first point of each feature, in degrees."""
    found = (first_point(one, sheet.default_srs) for one in features)
    return [one for one in found if one is not None]
