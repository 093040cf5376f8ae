"""INSPIRE GML 3.2.1: one document a dataset, all its feature types in it, or several parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import BinaryIO, Final

import shapely

from commonplace.bounds import united
from commonplace.formats.base import Piece, whole
from commonplace.formats.flat import feature_ids
from commonplace.formats.gmlsplit import (
    Most,
    Part,
    Sidecar,
    documents,
    whereabouts,
    write_document,
)
from commonplace.formats.joined import Beginning, write_joined
from commonplace.gml.document import around, foot, head
from commonplace.gml.features import Writing, feature_texts
from commonplace.gml.names import Prefixes
from commonplace.gml.pieces import content
from commonplace.model import load_model
from commonplace.model.types import CodeList, Schema
from commonplace.report import OutputFile
from commonplace.target import (
    LOCAL_ID,
    Dataset,
    Shape,
    TargetBatch,
    bounds_by_row,
    used_geometries,
)

ROWS: Final = 8_192
"""Features encoded at a time: enough to spread the cost of a call, little memory."""

_MOST_BYTES: Final = 256 * 1024 * 1024  # of text at a time; an Arrow string array ends at 2 GB
_BYTES_A_COORDINATE: Final = 64
_GROWTH: Final = 32  # text with tags and escapes against the bytes of the columns


class GmlEncoder:
    """Writes features of one type to a piece: members, one a line, without a root."""

    def __init__(
        self,
        dataset: Dataset,
        path: Path,
        schema: Schema,
        code_list: Callable[[str], CodeList | None],
    ) -> None:
        self._writing = Writing(Prefixes.of(schema), dataset.crs, code_list)
        self._around = around(dataset, schema)
        self._file: BinaryIO = path.open("wb")
        self._sidecar = Sidecar(path) if Most.of(dataset) else None

    def write(self, batch: TargetBatch) -> None:
        for some in slices(batch):
            texts = feature_texts(self._writing, some, *self._around)
            self._file.write(content(texts))
            if self._sidecar is not None:
                ids = feature_ids(some.shape.name, some.columns.column(LOCAL_ID))
                self._sidecar.add(texts, ids, bounds_by_row(some))

    def close(self) -> Mapping[str, object]:
        self._file.close()
        if self._sidecar is not None:
            self._sidecar.close()
        return {}


class GmlFormat:
    """One GML document a dataset, named after it; references (``#id``) stay inside.

    ``dataset.options["gml.collection"]`` chooses the root: ``wfs`` (default), ``gml`` or
    ``spatialdataset``; ``gml.split.features`` or ``gml.split.size_mb`` cuts it into several.
    """

    name = "gml"
    suffix = ".gml"
    media_type = "application/gml+xml; version=3.2"

    def losses(self, shape: Shape) -> list[str]:
        """Nothing: GML is what the model is made for."""
        return []

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> GmlEncoder:
        model = load_model()
        return GmlEncoder(dataset, path, model.schema(dataset.schema), model.code_list)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        """Write head, pieces and foot; see :class:`commonplace.formats.base.Format`."""
        schema = load_model().schema(dataset.schema)
        most = Most.of(dataset)
        parts = documents(dataset, pieces, most, self.suffix) if most else []
        if len(parts) > 1:
            return self._parts(dataset, schema, shapes, parts, folder)
        counts: dict[str, int] = {}
        for piece in pieces:
            counts[piece.feature_type] = counts.get(piece.feature_type, 0) + piece.count
        bounds = reduce(united, [piece.bounds for piece in pieces], None)
        path = folder / f"{dataset.name}{self.suffix}"
        opening = head(dataset, schema, _written(shapes, counts), sum(counts.values()), bounds)
        texts: list[bytes | Path | Beginning] = [
            opening.encode(),
            *(piece.path for piece in pieces),
            foot(dataset, schema).encode(),
        ]
        with whole(path) as temporary:
            digest = write_joined(temporary, texts)
        return [self._output(dataset, path, counts, digest)]

    def _parts(
        self,
        dataset: Dataset,
        schema: Schema,
        shapes: Mapping[str, Shape],
        parts: Sequence[Part],
        folder: Path,
    ) -> list[OutputFile]:
        """Several documents, each with a head of its own."""
        places = whereabouts(parts)
        written = []
        for part in parts:
            counts = part.counts()
            written_here = _written(shapes, counts)
            opening = head(dataset, schema, written_here, sum(counts.values()), part.bounds())
            ending = foot(dataset, schema).encode()
            path = folder / part.name
            with whole(path) as temporary:
                digest = write_document(temporary, opening.encode(), part, ending, places)
            written.append(self._output(dataset, path, counts, digest))
        return written

    def _output(
        self, dataset: Dataset, path: Path, counts: Mapping[str, int], digest: str
    ) -> OutputFile:
        return OutputFile(
            path=path.name,
            format=self.name,
            media_type=self.media_type,
            feature_types=tuple(counts),
            counts=counts,
            crs=dataset.crs.code,
            sha256=digest,
            model=dataset.schema,
        )


def _written(shapes: Mapping[str, Shape], counts: Mapping[str, int]) -> list[Shape]:
    return [shapes[name] for name, count in counts.items() if count]


def slices(batch: TargetBatch) -> Iterator[TargetBatch]:
    """A batch in slices of at most :data:`ROWS` rows, fewer where features are large."""
    for start in range(0, batch.rows, ROWS):
        yield from _fitting(_slice(batch, start, ROWS))


def _fitting(batch: TargetBatch) -> Iterator[TargetBatch]:
    if batch.rows <= 1 or _most_bytes(batch) <= _MOST_BYTES:
        yield batch
        return
    half = batch.rows // 2
    yield from _fitting(_slice(batch, 0, half))
    yield from _fitting(_slice(batch, half, batch.rows - half))


def _slice(batch: TargetBatch, start: int, rows: int) -> TargetBatch:
    return TargetBatch(batch.shape, batch.columns.slice(start, rows), batch.geometries)


def _most_bytes(batch: TargetBatch) -> int:
    coordinates = int(shapely.get_num_coordinates(used_geometries(batch)).sum())
    return int(batch.columns.nbytes) * _GROWTH + coordinates * _BYTES_A_COORDINATE
