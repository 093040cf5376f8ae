"""NGSI-LD entities as a file: one JSON array a feature type, batch-ready.

Every entity has a line and its own ``@context``, so that a slice of lines is the body of a
batch operation (ETSI GS CIM 009 v1.9.1 §5.6.8). Coordinates are WGS 84, longitude first.

Two more files stand beside the entities of a data set: ``<dataset>_id-map.csv`` says which
entity is which feature (and which SensorThings ``Thing``), and keeps that over runs;
``<dataset>_context.jsonld`` defines the terms of feature types that are not of Smart Data
Models, under INSPIRE's IRIs.

Options: ``ngsild.context`` is the address under which the user publishes that context
(entities then name it instead of holding it); ``ngsild.ids`` the id-map of an earlier run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.errors import OutputError
from commonplace.formats import flat
from commonplace.formats.base import Encoder, Piece, one_file_a_type, whole
from commonplace.formats.csv_text import fields
from commonplace.formats.entities import (
    Entities,
    of_features,
    of_model,
    terms_of,
    without_rows,
)
from commonplace.formats.geojson import (
    CRS84,
    GEOGRAPHIC,
    ROWS_AT_ONCE,
    ToDegrees,
    geometry_texts,
)
from commonplace.formats.joined import write_joined, write_list
from commonplace.gml.pieces import Array, content, join, join_or_null
from commonplace.model import load_model
from commonplace.model.types import is_entity_schema, namespace_of
from commonplace.ngsi.entities import (
    GONE,
    ID_MAP_COLUMNS,
    PRESENT,
    Identity,
    Vocabulary,
    read_id_map,
    vocabulary,
)
from commonplace.report import OutputFile
from commonplace.target import Dataset, Shape, TargetBatch

NAME: Final = "ngsild"
CONTEXT_OPTION: Final = "ngsild.context"
IDS_OPTION: Final = "ngsild.ids"
#: With a feature type behind it: the address of its features' SensorThings Things, ``{}`` being
#: the local id.
THINGS_OPTION: Final = "ngsild.things."
ID_MAP: Final = "ngsild-id-map"
CONTEXT: Final = "ngsild-context"
_IDS: Final = ".ids"
_NOTHING: Final = pa.scalar(None, pa.string())


class NgsiLd:
    """The format; see the module."""

    name = NAME
    suffix = ".ngsild.jsonld"
    media_type = "application/ld+json"

    def losses(self, shape: Shape) -> list[str]:
        if shape.element.startswith("{https://smartdatamodels.org/"):
            return _foreign(shape)
        lost = flat.losses(shape)
        lost.append(
            "its type and attributes have INSPIRE's IRIs in an @context of their own; without "
            "agreement only id, type and location mean anything to other entities' readers"
        )
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return EntityEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        written = one_file_a_type(
            self, dataset, shapes, pieces, folder, _join_pieces, crs=CRS84, empty=True
        )
        written.append(_id_map(dataset, pieces, folder))
        terms = _all_terms(pieces)
        if terms:
            written.append(_context(dataset, terms, folder))
        return written


def _foreign(shape: Shape) -> list[str]:
    """What the context of a model does not define, though its schema has it."""
    schema = load_model().schema_of(namespace_of(shape.element))
    names = vocabulary(schema, {}).foreign([shape.name, *(one.name for one in shape.nodes)])
    return [
        f"{one}: not in the @context of its model, so it means nothing to others" for one in names
    ]


class EntityEncoder:
    """Writes entities, one a line, each with a comma behind; beside them their ids."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        same = dataset.crs.code == GEOGRAPHIC  # ETRS89 is taken for WGS 84
        self._to_degrees = ToDegrees(dataset.crs, GEOGRAPHIC if same else CRS84)
        self._identity = identity_of(dataset)
        self._words: tuple[Vocabulary, str] | None = None
        self._file = path.open("wb")
        self._ids = _beside(path).open("wb")

    def write(self, batch: TargetBatch) -> None:
        for start in range(0, batch.rows, ROWS_AT_ONCE):
            rows = batch.columns.slice(start, ROWS_AT_ONCE)
            made = self.entities(TargetBatch(batch.shape, rows, batch.geometries))
            self._file.write(content(made.lines))
            lines = _id_lines(batch.shape.name, made, self._identity, self._dataset.options)
            self._ids.write(content(lines))

    def entities(self, batch: TargetBatch) -> Entities:
        """The entities of a batch."""

        def texts_of(handles: Array) -> Array:
            return geometry_texts(flat.pooled(batch.geometries, handles), self._to_degrees)

        _, context = self._vocabulary(batch)
        if is_entity_schema(self._dataset.schema):
            return of_model(batch, self._identity, context, texts_of)
        return of_features(self._dataset, batch, self._identity, context, texts_of)

    def _vocabulary(self, batch: TargetBatch) -> tuple[Vocabulary, str]:
        """What the names mean, and the ``@context`` as JSON; known from the shape alone."""
        if self._words is None:
            terms: dict[str, str] = {}
            if not is_entity_schema(self._dataset.schema):
                none = without_rows(batch)
                made = flat.flatten(self._dataset, none, lambda handles: handles.cast(pa.string()))
                terms = terms_of(batch.shape, made)
            published = self._dataset.options.get(CONTEXT_OPTION)
            schema = load_model().schema(self._dataset.schema)
            words = vocabulary(schema, terms, published)
            self._words = words, json.dumps(words.stated, ensure_ascii=False, separators=(",", ":"))
        return self._words

    def close(self) -> Mapping[str, object]:
        self._file.close()
        self._ids.close()
        return {} if self._words is None else {"terms": dict(self._words[0].own)}


def identity_of(dataset: Dataset) -> Identity:
    """Entity ids of a data set, those of an earlier id-map kept.

    Raises
    ------
    OutputError
        The id-map can't be read.
    """
    path = dataset.options.get(IDS_OPTION)
    if path is None:
        return Identity(dataset.namespace)
    try:
        stat = Path(path).stat()
    except OSError as error:
        raise _unreadable(Path(path), error) from error
    return _identity(Path(path), stat.st_mtime_ns, stat.st_size, dataset.namespace)


@lru_cache(maxsize=4)
def _identity(path: Path, _time: int, _size: int, namespace: str) -> Identity:
    """Read once a process, until the file is another."""
    return Identity(namespace).after(_id_map_of(path))


def _id_map_of(path: Path) -> pa.Table:
    try:
        return read_id_map(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> OutputError:
    return OutputError(
        f"the id-map {path.name} can't be read: {error}",
        hint="mend it, or remove it to mint ids anew",
    )


def _beside(path: Path) -> Path:
    """Where a piece's lines of the id-map are."""
    return path.with_name(path.name + _IDS)


def _id_lines(kind: str, made: Entities, identity: Identity, options: Mapping[str, str]) -> Array:
    things = identity.things(made.features)
    pattern = options.get(f"{THINGS_OPTION}{kind}")
    if pattern is not None:  # the source knows better than an earlier run
        things = pc.coalesce(_things(made.local_ids, pattern), things)
    columns = (made.features, made.local_ids, made.ids, things)
    feature, local_id, entity, thing = map(fields, columns)
    pieces = [f"{kind},", feature, ",", local_id, ",", entity, ",", thing, f",{PRESENT}\n"]
    return join(pieces, len(feature))


def _things(local_ids: Array, pattern: str) -> Array:
    """Addresses of the SensorThings Things that the features' local ids are the ids of."""
    before, _, after = pattern.partition("{}")
    texts = pc.replace_substring(local_ids, "'", "''") if after.startswith("'") else local_ids
    return join_or_null([before, texts, after], len(local_ids))


def _join_pieces(feature_type: str, pieces: Sequence[Piece], path: Path) -> str:
    """The pieces as a JSON array; the last entity loses its comma."""
    foot = b"\n]\n" if any(piece.count for piece in pieces) else b"]\n"
    return write_list(path, b"[\n", pieces, foot)


def _id_map(dataset: Dataset, pieces: Sequence[Piece], folder: Path) -> OutputFile:
    """All features with their entities; those of an earlier run that are gone behind them."""
    path = folder / f"{dataset.name}_id-map.csv"
    head = (",".join(ID_MAP_COLUMNS) + "\n").encode()
    with whole(path) as temporary:
        write_joined(temporary, [head, *(_beside(piece.path) for piece in pieces)])
        earlier = dataset.options.get(IDS_OPTION)
        if earlier is not None:
            gone = _gone(_id_map_of(Path(earlier)), read_id_map(temporary))
            with temporary.open("ab") as file:
                file.write(content(gone))
    return OutputFile(
        path=path.name,
        format=ID_MAP,
        media_type="text/csv",
        model=dataset.schema,
        counts={},
    )


def _gone(earlier: pa.Table, now: pa.Table) -> Array:
    """Lines of features that there are no more, so that their entities can be deleted."""
    known = now.column("feature").combine_chunks()
    entities = now.column("entity").combine_chunks()
    there = pc.or_(
        pc.is_in(earlier.column("feature"), value_set=known),
        pc.is_in(earlier.column("entity"), value_set=entities),
    )
    lost = earlier.filter(pc.invert(there))
    columns = (lost.column(one).combine_chunks() for one in ID_MAP_COLUMNS[:-1])
    texts = [fields(pc.if_else(pc.equal(one, ""), _NOTHING, one)) for one in columns]
    spaced = [piece for one in texts for piece in (one, ",")]
    return join([*spaced, f"{GONE}\n"], lost.num_rows)


def _all_terms(pieces: Sequence[Piece]) -> dict[str, str]:
    terms: dict[str, str] = {}
    for piece in pieces:
        found = piece.details.get("terms")
        if isinstance(found, dict):
            terms.update(found)
    return dict(sorted(terms.items()))


def _context(dataset: Dataset, terms: Mapping[str, str], folder: Path) -> OutputFile:
    path = folder / f"{dataset.name}_context.jsonld"
    with whole(path) as temporary:
        text = json.dumps({"@context": terms}, ensure_ascii=False, indent=1)
        temporary.write_text(text + "\n", encoding="utf-8")
    return OutputFile(
        path=path.name,
        format=CONTEXT,
        media_type="application/ld+json",
        model=dataset.schema,
        counts={},
    )
