"""A whole document as batches: read once chunk by chunk to disk, then handed out by type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.crs import identify
from commonplace.errors import MalformedAnswer
from commonplace.gml.pieces import Array
from commonplace.gml.reading.encoding import in_utf8
from commonplace.gml.reading.names import FeatureType, Meaning
from commonplace.gml.reading.objects import Features
from commonplace.gml.reading.parts import (
    Part,
    PartTask,
    PartType,
    load_part,
    read_part,
    store,
)
from commonplace.gml.reading.positions import reference
from commonplace.gml.reading.scan import Chunk, Head, chunks, raise_if_malformed, read_head
from commonplace.gml.reading.shapes import Seen, joined_all
from commonplace.gml.reading.troubles import Troubles
from commonplace.gml.reading.values import without_escapes
from commonplace.model import load_model
from commonplace.model.types import namespace_of
from commonplace.report import Finding
from commonplace.spool import read_table, write_table
from commonplace.target import LOCAL_ID, Shape, TargetBatch

Run: TypeAlias = Callable[[Iterable[PartTask]], Iterable[Part]]

_MOST_IDS: Final = 2_000_000
_VERSION: Final = re.compile(r"[:/]v?\d+\.\d+$")
_FEATURE: Final = "{http://www.opengis.net/gml/3.2}AbstractFeature"
_OFFICIAL: Final = ("europa.eu", "opengis.net", "isotc211.org", "w3.org")


@dataclass(frozen=True, slots=True)
class TypeRead:
    """A feature type of a document: how many, in which parts, in what shape.

    ``schema`` is the model's key, None for a type it doesn't have. ``parts`` are pairs of
    a part and the number of features that stand before it in the document.
    """

    type: FeatureType
    seen: Seen
    count: int
    parts: tuple[tuple[PartType, int], ...]

    @property
    def shape(self) -> Shape:
        return self.seen.final()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that has been read.

    ``crs`` is the code of the CRS that all coordinates are given in, None where the
    document states none; ``three_dimensional`` says that all geometries have heights.
    ``ids`` is a file of ids and their feature types, where references need it;
    ``documents`` are the names of the documents, where there are several.
    """

    name: str
    head: Head
    types: Mapping[str, TypeRead]
    crs: str | None
    three_dimensional: bool
    troubles: Troubles
    ids: Path | None = None
    documents: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Features by type."""
        return {name: one.count for name, one in self.types.items()}

    def findings(self) -> list[Finding]:
        return self.troubles.findings()

    def batches(self, feature_type: str) -> Iterator[TargetBatch]:
        """The features of a type in document order, all batches of one shape."""
        found = self.types[feature_type]
        for part, before in found.parts:
            yield self.batch(found, part, before)

    def batch(self, found: TypeRead, part: PartType, before: int) -> TargetBatch:
        """One part's features of a type."""
        resolve = resolver(self.ids, self.documents)
        return load_part(part, found.seen, before, self.crs, resolve)


def resolver(ids: Path | None, documents: Sequence[str] = ()) -> Callable[[Array], Array] | None:
    """Turns ``#id`` into ``#Type.id`` by a file of all ids, and references from one of the
    documents to another into such; None where nothing is to turn.
    """
    if not documents:
        return _by_ids(ids)
    document = rf"(\./)?({'|'.join(map(re.escape, documents))})"
    by_ids = _by_ids(ids)

    def resolve(references: Array) -> Array:
        other = pc.fill_null(pc.match_substring_regex(references, f"^{document}#"), False)
        inside = without_escapes(pc.replace_substring_regex(references, f"^{document}#", "#"))
        found = pc.if_else(other, inside, references)
        return found if by_ids is None else by_ids(found)

    return resolve


def _by_ids(ids: Path | None) -> Callable[[Array], Array] | None:
    if ids is None:
        return None
    table = read_table(ids)
    known = table.column("id").combine_chunks()
    full = pc.binary_join_element_wise("#", table.column("type"), ".", known, "").combine_chunks()

    def resolve(references: Array) -> Array:
        found = full.take(pc.index_in(pc.utf8_slice_codeunits(references, 1), known))
        local = pc.starts_with(references, "#")
        return pc.if_else(local, pc.coalesce(found, references), references)

    return resolve


def read_into(
    path: Path,
    folder: Path,
    *,
    encoding: str | None = None,
    crs: str | None = None,
    schema: str | None = None,
    run: Run | None = None,
) -> Reading:
    """Read a document; its features lie in ``folder``, as long as the caller keeps it.

    Parameters
    ----------
    encoding, crs
        Instead of the declared encoding; for geometries without a ``srsName``.
    schema
        The model key to prefer for types of namespaces that the model doesn't have.
    run
        Runs :func:`~commonplace.gml.reading.parts.read_part` over tasks, in any order;
        here and now if it isn't given.

    Raises
    ------
    MalformedAnswer
        It is no well-formed XML, has a document type declaration, holds no features, or a
        member too large: says where and what to do.
    """
    head, parts = _read(path, folder, encoding=encoding, crs=crs, schema=schema, run=run)
    return _reading(path, head, parts, folder, crs)


def read_documents(
    paths: Sequence[Path],
    folder: Path,
    *,
    encoding: str | None = None,
    crs: str | None = None,
    schema: str | None = None,
    run: Run | None = None,
) -> Reading:
    """Read documents that make up one data set, as :func:`read_into` reads one.

    References from one to another (``other.gml#id``) become references inside the data set.
    """
    if len(paths) == 1:
        return read_into(paths[0], folder, encoding=encoding, crs=crs, schema=schema, run=run)
    every: list[Part] = []
    heads = []
    for number, path in enumerate(paths):
        own = folder / f"document-{number:04d}"
        own.mkdir()
        head, parts = _read(path, own, encoding=encoding, crs=crs, schema=schema, run=run)
        heads.append(head)
        every += parts
    named = replace(heads[0], is_collection=True)
    reading = _reading(paths[0].parent, named, every, folder, crs, refers=True)
    return replace(reading, documents=tuple(one.name for one in paths))


def _read(
    path: Path,
    folder: Path,
    *,
    encoding: str | None,
    crs: str | None,
    schema: str | None,
    run: Run | None,
) -> tuple[Head, list[Part]]:
    with in_utf8(path, encoding) as utf8:
        head = read_head(utf8)
        task = PartTask(utf8, Chunk(0, 0, 0, {}), folder, head.crs or crs, schema)
        return head, _parts(utf8, task, run or _here)


def collected(
    name: str,
    batches: Iterable[tuple[Features, list[str]]],
    folder: Path,
    attributes: Mapping[str, str],
    crs: str | None = None,
    troubles: Troubles | None = None,
    preferred: str | None = None,
) -> Reading:
    """A reading of features that come from elsewhere, each batch with its CRSs' names.

    ``attributes`` are what a document's root would say (``timeStamp``); ``troubles`` what
    was odd when the last batch has been handed over. Geometries of other CRSs are brought
    into the ``preferred`` one, or into that of most.
    """
    parts = []
    for number, (one, names) in enumerate(batches):
        stored = store(folder, f"{number:06d}", one, names)
        parts.append(Part(number, stored.rows, (stored,)))
    if troubles is not None:
        parts.append(Part(len(parts), troubles=troubles))
    head = Head("", "", dict(attributes), None, is_collection=True)
    return _reading(Path(name), head, parts, folder, crs, preferred=preferred)


class Pages:
    """Documents of one kind, read one after the other as if they were one.

    Parameters
    ----------
    name
        What they are called in messages.
    folder
        Takes the features, as long as the caller keeps it.
    crs, declared
        See :class:`~commonplace.gml.reading.parts.PartTask`.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        *,
        crs: str | None = None,
        declared: Mapping[str, str] | None = None,
    ) -> None:
        self._name = name
        self._folder = folder
        self._crs = crs
        self._declared = declared or {}
        self.head = Head("", "", {}, None, is_collection=True)
        self._parts: list[Part] = []
        self._documents = 0

    def add(self, path: Path) -> list[Part]:
        """Read a document; it isn't needed any more afterwards.

        Raises
        ------
        MalformedAnswer
        """
        folder = self._folder / f"{self._documents:06d}"
        folder.mkdir()
        self._documents += 1
        with in_utf8(path) as utf8:
            head = read_head(utf8)
            crs = head.crs or self._crs
            task = PartTask(utf8, Chunk(0, 0, 0, {}), folder, crs, declared=self._declared)
            parts = _parts(utf8, task, _here)
        self.head = head
        self._parts.extend(parts)
        return parts

    def reading(self) -> Reading:
        """All features of all documents."""
        head = replace(self.head, is_collection=True)
        return _reading(Path(self._name), head, self._parts, self._folder, self._crs)


@contextmanager
def open_gml(
    path: Path,
    *,
    encoding: str | None = None,
    crs: str | None = None,
    schema: str | None = None,
) -> Iterator[Reading]:
    """Read a document for as long as the block lasts. See :func:`read_into`."""
    with TemporaryDirectory(prefix="commonplace-") as folder:
        yield read_into(path, Path(folder), encoding=encoding, crs=crs, schema=schema)


def read_gml(path: Path, *, encoding: str | None = None) -> Iterator[TargetBatch]:
    """Batches of all feature types of a document, one type after the other.

    Batches of a type have one shape; all coordinates are in one CRS. See :func:`open_gml`.
    """
    with open_gml(path, encoding=encoding) as reading:
        for name in reading.types:
            yield from reading.batches(name)


def _here(tasks: Iterable[PartTask]) -> Iterator[Part]:
    return map(read_part, tasks)


def _parts(path: Path, task: PartTask, run: Run) -> list[Part]:
    """All parts, in order; where cuts by end tags fail, once more with exact ones."""
    for exact in (False, True):
        tasks = (replace(task, chunk=one) for one in chunks(path, exact=exact))
        parts: list[Part] = []
        for part in run(tasks):
            if part.unbalanced:
                break
            parts.append(part)
        else:
            return sorted(parts, key=lambda one: one.number)
        raise_if_malformed(path)
    raise MalformedAnswer(f"{path.name} can't be cut into members", hint="report this, please")


def _reading(
    path: Path,
    head: Head,
    parts: list[Part],
    folder: Path,
    stated: str | None,
    *,
    refers: bool = False,
    preferred: str | None = None,
) -> Reading:
    """``refers`` says that documents refer to each other, which their parts can't know."""
    troubles = Troubles()
    found: dict[str, list[tuple[PartType, int]]] = {}
    before = 0
    for part in parts:
        troubles.merge(part.troubles)
        for one in part.types:
            found.setdefault(one.type.name, []).append((one, before))
        before += part.count
    types = {
        name: TypeRead(
            type=members[0][0].type,
            seen=joined_all([one.seen for one, _ in members]),
            count=sum(one.rows for one, _ in members),
            parts=tuple(members),
        )
        for name, members in found.items()
    }
    every = [one for members in found.values() for one, _ in members]
    _refuse_documents(path, head, every)
    _note_types(types, every, troubles)
    _note_schemas(head, troubles)
    crs = _common_crs(every, troubles, preferred) or (identify(stated) if stated else None)
    drawn = sum(sum(one.crs.values()) for one in every)
    return Reading(
        name=path.name,
        head=head,
        types=types,
        crs=crs,
        three_dimensional=0 < drawn == sum(one.heights for one in every),
        troubles=troubles,
        ids=_write_ids(every, folder, refers=refers),
    )


def _refuse_documents(path: Path, head: Head, every: list[PartType]) -> None:
    """Refuse XML that is no GML: metadata, mapping files, whatever.

    Raises
    ------
    MalformedAnswer
    """
    if head.is_collection or len(every) != 1:
        return
    one = every[0]
    element = one.type.element
    if not (one.has_ids if element is None else load_model().is_a(element, _FEATURE)):
        raise MalformedAnswer(
            f"{path.name}: its root {head.written} is neither a feature nor a collection of them",
            hint="GML has features in wfs:, gml: or base: collections, or one with a gml:id",
        )


def _note_types(types: Mapping[str, TypeRead], every: list[PartType], troubles: Troubles) -> None:
    codes = {Meaning.MAPPED: "TYPE_MAPPED", Meaning.INFERRED: "TYPE_INFERRED"}
    for one in every:
        if one.type.meaning in codes:
            namespace = namespace_of(one.type.written) if "{" in one.type.written else ""
            troubles.add(codes[one.type.meaning], one.type.name, "", one.rows, namespace)
        if not one.has_ids:
            troubles.add("FEATURE_WITHOUT_ID", one.type.name, "gml:id", one.rows)
    versions: dict[str, set[str]] = {}
    for namespace in {namespace_of(one.type.written) for one in every if "{" in one.type.written}:
        bare = _VERSION.sub("", namespace)
        versions.setdefault(bare, set()).add(namespace)
    for _, spelled in sorted(versions.items()):
        if len(spelled) > 1:
            troubles.add("VERSIONS_MIXED", "", "", len(spelled), ", ".join(sorted(spelled)))


def _note_schemas(head: Head, troubles: Troubles) -> None:
    for address in head.schema_locations.values():
        host = urlsplit(address).hostname
        if host is not None and not host.endswith(_OFFICIAL):
            troubles.add("SCHEMA_NOT_FETCHED", "", "", 1, address)


def _common_crs(every: list[PartType], troubles: Troubles, preferred: str | None) -> str | None:
    """The preferred CRS if it occurs, else that of most geometries, the first among equals."""
    codes: Counter[str] = Counter()
    for one in every:
        for name, count in one.crs.items():
            code = reference(name).code if name else None
            if code is not None:
                codes[code] += count
            else:
                trouble = "CRS_UNKNOWN" if name else "CRS_NOT_STATED"
                troubles.add(trouble, one.type.name, "", count, name)
    if not codes:
        return None
    common = preferred if preferred in codes else codes.most_common(1)[0][0]
    for one in every:
        for name, count in one.crs.items():
            if name and reference(name).code not in (None, common):
                troubles.add("CRS_MIXED", one.type.name, "", count, name)
    return common


def _write_ids(every: list[PartType], folder: Path, *, refers: bool) -> Path | None:
    """All ids with their types, where references inside the document say no type."""
    rows = sum(one.rows for one in every)
    needed = any(one.foreign_ids for one in every) and (refers or any(one.refers for one in every))
    if not needed or rows > _MOST_IDS:
        return None
    ids = [read_table(one.features).column(LOCAL_ID) for one in every]
    names = [pa.array([one.type.name] * one.rows, pa.string()) for one in every]
    path = folder / "ids.arrow"
    known = pa.chunked_array([chunk for column in ids for chunk in column.chunks], pa.string())
    write_table(pa.table({"id": known, "type": pa.chunked_array(names, pa.string())}), path)
    return path
