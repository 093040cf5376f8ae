"""From documents to a reading: each is read once, chunk by chunk, to disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from commonplace.errors import MalformedAnswer
from commonplace.gml.reading.assembly import assembled
from commonplace.gml.reading.encoding import in_utf8
from commonplace.gml.reading.features import Features
from commonplace.gml.reading.parts import Part, PartTask, read_part, store
from commonplace.gml.reading.reading import Reading
from commonplace.gml.reading.scan import Chunk, Head, chunks, raise_if_malformed, read_head
from commonplace.gml.reading.troubles import Troubles
from commonplace.target import TargetBatch

Run: TypeAlias = Callable[[Iterable[PartTask]], Iterable[Part]]


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
    return assembled(path, head, parts, folder, crs)


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
    reading = assembled(paths[0].parent, named, every, folder, crs, refers=True)
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
    return assembled(Path(name), head, parts, folder, crs, preferred=preferred)


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
        return assembled(Path(self._name), head, self._parts, self._folder, self._crs)


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
