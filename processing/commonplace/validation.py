"""Validation from beginning to end: what ``commonplace validate`` and Python call.

A document is cut into chunks, chunks are checked in processes, what they leave is joined;
memory depends on the size of a chunk, not of the document. Nothing opens the network.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from lxml import etree

from commonplace.bounds import Bounds, united
from commonplace.errors import LimitExceeded
from commonplace.executor import Limits, LocalExecutor
from commonplace.gml.head import Head
from commonplace.gml.members import Members, NotWhole
from commonplace.model import load_model
from commonplace.package import is_package, verify
from commonplace.report import Finding, Findings, Observer, Silent
from commonplace.validate import (
    countries,
    csv_table,
    document,
    flatgeobuf,
    geojson,
    geopackage,
    geoparquet,
    neighbours,
    srs,
    systems,
    whole,
)
from commonplace.validate.chunks import LARGEST, check
from commonplace.validate.columns import GML
from commonplace.validate.inputs import Input, gather
from commonplace.validate.outcome import NOT_APPLICABLE, FileReport, Validation
from commonplace.validate.result import Result
from commonplace.validate.schemas import schema_folder
from commonplace.validate.texts import Task
from commonplace.validate.traces import forget

SMALL: Final = 6 * 1024 * 1024
MEMORY_MB: Final = 1500
SECONDS: Final = 300.0
MOST_WAITING: Final = 16
PAUSE: Final = 0.01
MOST_POINTS: Final = 5000
LARGEST_AHEAD: Final = 100_000
WFS: Final = "http://www.opengis.net/wfs/2.0"
_SRS: Final = re.compile(rb"""srsName\s*=\s*["']([^"']+)["']""")


class _Runner(Protocol):
    """Runs tasks, here or in processes."""

    def submit(self, task: Task) -> None: ...
    def results(self, *, block: bool) -> Iterator[Result]: ...


@dataclass(slots=True)
class _Here:
    """Runs a task at once, in this process."""

    done: list[Result] = field(default_factory=list)

    def submit(self, task: Task) -> None:
        self.done.append(check(task))

    def results(self, *, block: bool) -> Iterator[Result]:
        done, self.done = self.done, []
        yield from done


def validate(
    paths: Sequence[Path],
    *,
    schemas: Path | None = None,
    workers: int | None = None,
    observer: Observer | None = None,
) -> Validation:
    """Check GML and flat encodings: files, folders, archives and packages.

    Parameters
    ----------
    schemas
        Folder of the official XSDs; else the environment's or the user's. Without any the
        report says so.
    workers
        Processes; as many as there are cores.

    Raises
    ------
    SourceError
        A path that isn't there, or holds nothing to check.
    """
    start = time.perf_counter()
    observer = observer or Silent()
    result = Validation(schemas=schema_folder(schemas), release=load_model().release)
    with tempfile.TemporaryDirectory(prefix="commonplace-") as folder:
        work = Path(folder)
        inputs = gather(list(paths), work)
        result.findings.extend(inputs.findings)
        for package, name in inputs.packages:
            if is_package(package):
                found = verify(package)
                result.findings.extend(replace(one, layer=name) for one in found)
        documents = [one for one in inputs.files if one.kind == "gml"]
        _documents(documents, result, work, workers or os.cpu_count() or 1, observer)
        for one in inputs.files:
            if one.kind in _FLAT:
                _flat(one, result)
        names = [one.name for one in documents]
        result.findings.extend(whole.check(work, names))
        result.findings.extend(neighbours.check(work, names))
    _repeated_ids(result)
    result.seconds = time.perf_counter() - start
    return result


Points = list[tuple[float, float]]
_FLAT: Final[dict[str, Callable[[Path, str, Findings, Points], dict[str, int]]]] = {
    "gpkg": geopackage.check,
    "geojson": geojson.check,
    "flatgeobuf": flatgeobuf.check,
    "geoparquet": geoparquet.check,
    "csv": csv_table.check,
}


def _flat(one: Input, result: Validation) -> None:
    counts = _FLAT[one.kind](one.path, one.name, result.findings, result.points)
    size = one.path.stat().st_size
    result.files.append(FileReport(one.name, one.kind, size, counts, NOT_APPLICABLE))


def _repeated_ids(result: Validation) -> None:
    """xs:ID is unique over the document: what no chunk's XSD could see."""
    twice = {
        first.layer for first, _, _ in result.findings.grouped() if first.code == "ID_REPEATED"
    }
    for one in result.files:
        if one.name in twice and one.schema == "valid":
            one.schema = "invalid"


def _documents(
    documents: Sequence[Input],
    result: Validation,
    work: Path,
    workers: int,
    observer: Observer,
) -> None:
    total = sum(one.path.stat().st_size for one in documents)
    if not documents:
        return
    if total <= SMALL or workers == 1:
        runner: contextlib.AbstractContextManager[_Runner] = contextlib.nullcontext(_Here())
    else:
        limits = Limits(workers, SECONDS, MEMORY_MB)
        runner = LocalExecutor[Task, Result]("commonplace.validate.chunks:check", limits, observer)
    with runner as pool:
        parts = _Parts(pool, result, work, observer, total)
        for number, one in enumerate(documents):
            parts.cut(number, one)
        parts.finish()


@dataclass(slots=True)
class _Parts:
    """Documents being cut and their results gathered."""

    pool: _Runner
    result: Validation
    work: Path
    observer: Observer
    total: int
    done: int = 0
    waiting: int = 0
    heads: dict[int, Head] = field(default_factory=dict)
    inputs: dict[int, Input] = field(default_factory=dict)
    results: dict[int, list[Result]] = field(default_factory=dict)
    faults: dict[int, Findings] = field(default_factory=dict)
    unfit: set[int] = field(default_factory=set)

    def cut(self, number: int, one: Input, *, exact: bool = False) -> None:
        """Submit a document's chunks as they are found: by end tags alone, or ``exact``."""
        self.inputs[number] = one
        self.faults[number] = Findings()
        self.results[number] = []
        members = Members(one.path)
        first: Task | None = None
        try:
            head = members.read_head()
            exact = exact or (head.encoding or "UTF-8").upper() not in ("UTF-8", "UTF8")
            quick = None if exact else members.cut_by_tags()
            for chunk in quick or members.chunks():
                if not chunk.members and chunk.end - chunk.start > LARGEST:
                    self.unfit.add(number)
                    return
                if first is None:
                    first = self._template(number, one, members)
                self._submit(replace(first, chunk=chunk))
        except NotWhole as fault:
            self.faults[number].add(document.broken(one.name, fault))
        head = members.head
        if one.encoding is not None:
            message = f"the document is encoded in {one.encoding.upper()}"
            finding = document.ENCODING.finding(one.name, message, value=one.encoding)
            self.faults[number].add(finding)
        self.faults[number].extend(
            one_finding
            for one_finding in document.head_findings(one.name, head)
            if one.encoding is None or one_finding.code == document.DOCTYPE.code
        )
        self.heads[number] = head
        if head.doctype is None and head.root:
            self._submit(self._frame(number, one, members))
        self.done += one.path.stat().st_size
        self.observer.progress("validate", self.done, self.total)

    def _template(self, number: int, one: Input, members: Members) -> Task:
        """What all chunks of a document share: the frame's part ahead of the members."""
        ahead = tuple(members.frame)
        default = None
        with one.path.open("rb") as stream:
            for piece in ahead:
                stream.seek(piece.start)
                found = _SRS.search(stream.read(min(piece.end - piece.start, LARGEST_AHEAD)))
                default = default or (found[1].decode("utf-8", "replace") if found else None)
        size = sum(piece.end - piece.start for piece in ahead)
        plain = members.head.root.endswith(b"FeatureCollection") or size > LARGEST_AHEAD
        return Task(
            file=number,
            name=one.name,
            path=one.path,
            head=members.head,
            work=self.work,
            ahead=() if plain else ahead,
            schemas=self.result.schemas,
            default_srs=default,
        )

    def _frame(self, number: int, one: Input, members: Members) -> Task:
        return Task(
            file=number,
            name=one.name,
            path=one.path,
            head=members.head,
            work=self.work,
            pieces=tuple(members.frame),
            schemas=self.result.schemas,
        )

    def _submit(self, task: Task) -> None:
        """Queue a task; wait while many are queued, so that they don't pile up."""
        self.pool.submit(task)
        self.waiting += 1
        self._collect(block=False)
        while self.waiting > MOST_WAITING:
            time.sleep(PAUSE)
            self._collect(block=False)

    def _collect(self, *, block: bool) -> None:
        while True:
            try:
                for one in self.pool.results(block=block):
                    self.results[one.file].append(one)
                    self.waiting -= 1
                return
            except LimitExceeded as error:
                self.waiting -= 1
                self._gave_up(error)

    def _gave_up(self, error: LimitExceeded) -> None:
        """A chunk that took too long or too much: the message says which."""
        names = [one.name for one in self.inputs.values()]
        name = next((one for one in names if error.message.startswith(f"{one} at ")), names[0])
        message = f"not checked: {error.message}"
        self.result.findings.add(document.TOO_LARGE.finding(name, message))

    def finish(self) -> None:
        """Wait for all, then tell of each document as a whole. Where cuts by end tags were
        wrong, the document is cut and checked again.
        """
        self._collect(block=True)
        for number, results in self.results.items():
            if any(each.unfit for each in results):
                self.unfit.add(number)
        for number in sorted(self.unfit):
            forget(self.work, number)
            self.cut(number, self.inputs[number], exact=True)
        self._collect(block=True)
        for number, one in self.inputs.items():
            results = sorted(self.results[number], key=lambda each: each.number)
            self.result.findings.merge(self.faults[number])
            for each in results:
                self.result.findings.merge(each.findings)
            self.result.files.append(self._report(number, one, results))

    def _report(self, number: int, one: Input, results: Sequence[Result]) -> FileReport:
        types: Counter[str] = Counter()
        for each in results:
            types += each.types
        room = MOST_POINTS - len(self.result.points)
        sampled = [point for each in results for point in each.points]
        self.result.points += sampled[:: max(1, -(-len(sampled) // max(1, room)))]
        head = self.heads[number]
        if head.doctype is None and head.root:
            self.result.findings.extend(_whole_document(one, head, results))
        size = one.path.stat().st_size
        broken = document.NOT_XML.code in self.faults[number].codes()
        return FileReport(one.name, one.kind, size, dict(types), _verdict(results, broken))


def _verdict(results: Sequence[Result], broken: bool) -> str:
    if broken or any(document.NOT_XML.code in one.findings.codes() for one in results):
        return "invalid"
    if any(one.schema_errors for one in results):
        return "invalid"
    return "valid" if results and all(one.schema_checked for one in results) else "not checked"


def _whole_document(one: Input, head: Head, results: Sequence[Result]) -> list[Finding]:
    """Findings on the document as such, from what its parts say."""
    found: list[Finding] = []
    spaces = frozenset().union(*(each.namespaces for each in results))
    features = frozenset().union(*(each.feature_namespaces for each in results))
    stated = next((each.stated for each in results if each.number < 0), None)
    found += document.location_findings(one.name, head, stated, spaces)
    found += document.version_findings(one.name, spaces, set(features))
    found += _root(one.name, head, results)
    names = frozenset().union(*(each.systems for each in results))
    codes = {srs.system(name).code for name in names} - {None}
    if len(codes) > 1:
        told = ", ".join(sorted(code for code in codes if code))
        found.append(srs.MIXED.finding(one.name, f"the document uses {told}", value=told))
    bounds: dict[str, Bounds] = {}
    for each in results:
        for code, box in each.bounds.items():
            bounds[code] = united(bounds.get(code), box)
    named = frozenset().union(*(each.countries for each in results))
    for code, box in sorted(bounds.items()):
        off = systems.fitting(one.name, code, box)
        found += off or countries.check(one.name, named, code, box)
    lacking = frozenset().union(*(each.missing_schemas for each in results))
    for namespace in sorted(lacking):
        message = f"no XSD for {namespace} in the folder"
        found.append(document.SCHEMA_LACKING.finding(one.name, message, value=namespace))
    if not any(each.schema_checked for each in results):
        found.append(document.SCHEMA_UNCHECKED.finding(one.name))
    return found


def _root(name: str, head: Head, results: Sequence[Result]) -> Iterator[Finding]:
    """The root element, and whether there are features."""
    try:
        closing = b"" if head.empty else b"</" + head.root + b">"
        root = etree.fromstring(head.tag + closing)
    except etree.XMLSyntaxError:
        return  # the frame's finding tells it
    space, local = etree.QName(root).namespace or "", etree.QName(root).localname
    known = {(WFS, "FeatureCollection"), (GML, "FeatureCollection")}
    collection = (space, local) in known or local == "SpatialDataSet"
    single = not head.collection and bool(root.get(f"{{{GML}}}id"))
    if not collection and not single:
        message = f"the root is {local} of {space or 'no namespace'}"
        yield document.ROOT.finding(name, message, value=local, line=head.line)
    elif collection and not any(one.types for one in results):
        yield document.EMPTY.finding(name, line=head.line)
