"""Checks one chunk: parses it, asks the XSDs, sorts it into columns, runs the rules.

Runs in processes of its own; a task is offsets and names, a result is findings and small
tables on disk.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from lxml import etree

from commonplace.gml.head import root_end
from commonplace.gml.members import Chunk, NotWhole
from commonplace.gml.reading.regular import Malformed, TooDeep
from commonplace.model import load_model
from commonplace.report import Finding, Findings
from commonplace.validate import (
    codes,
    countries,
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
from commonplace.validate.oversize import Unreadable, shortened
from commonplace.validate.rules import Rule
from commonplace.validate.schemas import compiled, locate, namespaces_used, stated_locations
from commonplace.validate.schemas import validate as against_schema
from commonplace.validate.sheet import Sheet
from commonplace.validate.texts import (
    DECLARATION,
    Task,
    Text,
    around_of,
    chunk_text,
    found_offsets,
    frame_text,
    halves,
    members_of,
    offsets_in,
)
from commonplace.validate.traces import Traces

LARGEST: Final = 12 * 1024 * 1024
IN_SHORT: Final = frozenset(one.code for one in (shapes.INVALID, shapes.WINDING, shapes.ZERO))
INCOMPLETE: Final = frozenset(
    (structure.MISSING.code, structure.VOID_OMITTED.code, document.SCHEMA.code)
)
MOST_LINES: Final = 60_000
SAMPLE: Final = 12
MOST_SCHEMA_ERRORS: Final = 20

_LOCATION: Final = re.compile(
    rb"""\s[\w.-]*:?(?:schema|noNamespaceSchema)Location\s*=\s*(?:"[^"]*"|'[^']*')"""
)
_STEP: Final = re.compile(r"Element '(?P<name>[^']+)'")
MODEST: Final = 9 * 1024 * 1024  # libxml2 refuses longer texts, and deep trees, by itself


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
    countries: frozenset[str] = frozenset()
    stated: str | None = None
    default_srs: str | None = None
    points: list[tuple[float, float]] = field(default_factory=list)


def check(task: Task) -> Result:
    """Check a task. Data that can't be read is a finding."""
    result = Result(task.file, task.chunk.number if task.chunk else -1)
    if task.chunk is not None:
        _check_members(task, task.chunk, result)
    elif task.single and task.path.stat().st_size - task.head.offset > LARGEST:
        start, line = task.head.offset, task.head.line
        end = root_end(task.path, task.head)
        context = Text(b"", b"", b"", line, line - 1, (start,))
        last = task.path.stat().st_size if end is None else end[1]
        _check_oversize(task, context, start, last, line, result)
    else:
        _check_text(task, frame_text(task), result)
    return result


def _check_members(task: Task, chunk: Chunk, result: Result) -> None:
    """A chunk of any size: what is too large is checked member by member."""
    if chunk.end - chunk.start <= LARGEST:
        _check_chunk(task, chunk, result)
    elif not chunk.members:
        result.unfit = True
    elif len(chunk.members) > 1:
        for half in halves(task, chunk):
            _check_members(task, half, result)
    else:
        context = chunk_text(task, replace(chunk, end=chunk.start))
        _check_oversize(task, context, chunk.start, chunk.end, chunk.line, result)


def _check_oversize(
    task: Task, context: Text, start: int, end: int, line: int, result: Result
) -> None:
    """A member that isn't held at once: the rules see it in short."""
    encoding = task.head.encoding or "UTF-8"
    try:
        short = shortened(task.path, start, end, line, encoding)
    except LookupError:
        message = f"no encoding is called {encoding}"
        result.findings.add(document.NOT_XML.finding(task.name, message, line=line, offset=start))
        return
    except Unreadable as fault:
        rule = document.TOO_LARGE if fault.limit else document.NOT_XML
        found = rule.finding(task.name, fault.message, line=fault.line, offset=fault.offset)
        result.findings.add(found)
        return
    inside = replace(task, head=replace(task.head, encoding=None))
    before, result.findings = result.findings, Findings()
    _check_text(inside, replace(context, body=short.body), result)
    findings, result.findings = result.findings, before
    message = f"a member of {(end - start) >> 20} MB, checked in short"
    doubtful = IN_SHORT if short.dropped else frozenset[str]()
    if short.dropped:
        message += f"; not checked: whether its geometries are valid ({short.dropped:,} characters "
        message += "of long texts were only read)"
    if short.cut is not None:
        doubtful |= INCOMPLETE
        message += f"; not checked: elements behind byte {short.cut:,}, and whether any is missing"
    result.findings.add(document.TOO_LARGE.finding(task.name, message, line=line, offset=start))
    for first, count, examples in findings.grouped():
        if first.code not in doubtful:
            result.findings.extend(replace(one, line=line) for one in examples)
            rest = count - sum(one.count for one in examples)
            if rest:
                result.findings.add(replace(first, line=line, count=rest))


def _check_chunk(task: Task, chunk: Chunk, result: Result) -> None:
    """A chunk; where it can't be read, its halves, down to the member that is broken. Of a
    chunk whose members nobody has looked for it is only told that it is unfit.
    """
    text = chunk_text(task, chunk)
    if not chunk.members:
        if _lines_fit(text):
            result.unfit = not _check_text(task, text, result, last=False)
            return
        try:
            chunk = replace(chunk, members=offsets_in(chunk.start, text.body))
        except NotWhole:
            result.unfit = True
            return
    alone = len(chunk.members) == 1
    fits = alone or _lines_fit(text)
    if not (fits and _check_text(task, text, result, last=alone)) and not alone:
        for half in halves(task, chunk):
            _check_chunk(task, half, result)


def _lines_fit(text: Text) -> bool:
    """libxml2 counts no more lines than that."""
    return text.body.count(b"\n") < MOST_LINES


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
    single = task.single
    wrapped = task.chunk is not None and task.chunk.features
    frame = task.chunk is None and not single
    root = _parsed(DECLARATION + text.before + text.after) if not single else None
    around = None if root is None else around_of(root, text)
    spaces = {} if around is None else {one or "": uri for one, uri in around.nsmap.items()}
    tree = Tree(text.body, spaces)
    offsets = text.offsets
    if task.chunk is not None and not offsets:
        offsets = found_offsets(task.chunk, text.body, tree)
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
        parse=lambda: members_of(_parsed(text.data), single, text),
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
        sheet.members = members_of(root, sheet.single, text)
        _schema_findings(task, sheet, root, schema, result)


def _blank(match: re.Match[bytes]) -> bytes:
    """Nothing but the line breaks of what is taken out."""
    return b"\n" * match.group().count(b"\n")


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
    for outlines in seen.outlines:
        traces.outlines(outlines)
    for one in seen.drawn:
        traces.shapes(one)
    units.sizes(sheet, seen.sizes)


def _remember(sheet: Sheet, result: Result) -> None:
    """Types, namespaces and CRSs for the whole document."""
    if result.number < 0 and not sheet.single:
        for column in walk(sheet.columns):
            if column.local == "Envelope" and column.bearers("srsName"):
                result.default_srs = column.attribute("srsName")[1][0]
        return
    result.types += themes.histogram(sheet.columns)
    result.countries |= countries.named(sheet.all())
    result.feature_namespaces |= frozenset(one.namespace for one in sheet.columns)
    result.systems |= frozenset(
        value for column in sheet.all() for value in column.distinct("srsName")
    )


def sample(sheet: Sheet) -> list[tuple[float, float]]:
    """The first points of some members, spread over the chunk, in degrees."""
    if sheet.frame:
        return []
    step = max(1, len(sheet.offsets) // SAMPLE)
    return sheet.points_of(range(0, len(sheet.offsets), step))
