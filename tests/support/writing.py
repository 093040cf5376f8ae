"""Batches to files by one format, as a run does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from commonplace.formats.base import Format, Piece
from commonplace.report import OutputFile
from commonplace.target import Dataset, TargetBatch
from support.batches import DATASET


def write(
    form: Format, folder: Path, parts: Sequence[TargetBatch], dataset: Dataset = DATASET
) -> list[OutputFile]:
    """Encode each part, sort the pieces by type, and finish in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    shapes = {part.shape.name: part.shape for part in parts}
    pieces = []
    for number, part in enumerate(parts):
        path = folder / f"{number}.piece"
        encoder = form.encoder(dataset, part.shape, path)
        encoder.write(part)
        pieces.append(Piece(path, part.shape.name, part.rows, None, encoder.close()))
    pieces.sort(key=lambda piece: list(shapes).index(piece.feature_type))
    outputs = form.finish(dataset, shapes, pieces, folder)
    for path in folder.glob("*.piece"):
        path.unlink()
    return outputs


def one_file(
    form: Format, folder: Path, parts: Sequence[TargetBatch], dataset: Dataset = DATASET
) -> Path:
    """As :func:`write`, of a single feature type."""
    (output,) = write(form, folder, parts, dataset)
    assert output.counts == {parts[0].shape.name: sum(part.rows for part in parts)}
    assert [path.name for path in folder.iterdir()] == [output.path]
    return folder / output.path
