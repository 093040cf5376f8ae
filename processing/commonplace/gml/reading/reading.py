"""A document that has been read: its features lie on disk and are handed out by type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc

from commonplace.gml.pieces import Array
from commonplace.gml.reading.names import FeatureType
from commonplace.gml.reading.parts import PartType, load_part
from commonplace.gml.reading.scan import Head
from commonplace.gml.reading.shapes import Seen
from commonplace.gml.reading.troubles import Troubles
from commonplace.gml.reading.values import without_escapes
from commonplace.report import Finding
from commonplace.spool import read_table
from commonplace.target import Shape, TargetBatch


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
