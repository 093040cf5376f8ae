"""Checks one chunk: parses it, asks the XSDs, sorts it into columns, runs the rules.

Runs in processes of its own; a task is offsets and names, a result is findings and small
tables on disk.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from lxml import etree

from commonplace.bounds import united
from commonplace.gml.head import root_end
from commonplace.gml.members import Chunk, NotWhole
from commonplace.gml.reading.regular import Malformed, TooDeep
from commonplace.model import load_model
from commonplace.report import Findings
from commonplace.validate import (
    codes,
    countries,
    document,
    identifiers,
    references,
    shapes,
    space,
    structure,
    systems,
    themes,
    times,
    units,
    voids,
    xsd,
)
from commonplace.validate.columns import Column, Tree, column_of, walk
from commonplace.validate.geometry_rules import INVALID, WINDING, ZERO
from commonplace.validate.oversize import Unreadable, shortened
from commonplace.validate.result import Result
from commonplace.validate.rules import Rule
from commonplace.validate.schemas import namespaces_used
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
IN_SHORT: Final = frozenset(one.code for one in (INVALID, WINDING, ZERO))
INCOMPLETE: Final = frozenset(
    (structure.MISSING.code, structure.VOID_OMITTED.code, document.SCHEMA.code)
)
MOST_LINES: Final = 60_000
SAMPLE: Final = 12


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
        xsd.check(task, text, sheet, result)
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
        xsd.stream(text.data, None)
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
    root = xsd.parsed(DECLARATION + text.before + text.after) if not single else None
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
        parse=lambda: members_of(xsd.parsed(text.data), single, text),
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


def _rules(sheet: Sheet, traces: Traces, result: Result) -> None:
    structure.check(sheet)
    voids.check(sheet)
    codes.check(sheet)
    identifiers.check(sheet, traces)
    systems.check(sheet)
    seen = shapes.check(sheet)
    space.check(sheet)
    times.check(sheet)
    units.check(sheet)
    references.check(sheet, traces)
    themes.check(sheet, traces)
    for code, box in seen.bounds.items():
        result.bounds[code] = united(result.bounds.get(code), box)
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
