"""A GeoPackage begun while parts are mapped is, byte for byte, the one written at the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import shapely

from commonplace.formats import FORMATS
from commonplace.formats.base import BeginsEarly, Begun, Piece
from commonplace.formats.gpkg import early
from commonplace.target import TargetBatch
from support.batches import BUILDING, DATASET, SQUARE, batch, building

GPKG = FORMATS["gpkg"]
SHAPES = {"Building": BUILDING}
PLAIN = [batch([building(n)]) for n in range(3)]
WITH_MULTI = [
    batch([building(0)]),
    batch([building(1)], [SQUARE, shapely.MultiPolygon([SQUARE])]),
]


def pieces_of(folder: Path, parts: Sequence[TargetBatch]) -> list[Piece]:
    folder.mkdir()
    found = []
    for number, part in enumerate(parts):
        path = folder / f"{number}.piece"
        encoder = GPKG.encoder(DATASET, part.shape, path)
        encoder.write(part)
        found.append(Piece(path, part.shape.name, part.rows, None, encoder.close()))
    return found


def begin(folder: Path) -> Begun:
    assert isinstance(GPKG, BeginsEarly)
    return GPKG.begin(DATASET, SHAPES, folder)


def at_the_end(folder: Path, pieces: Sequence[Piece]) -> bytes:
    folder.mkdir()
    (output,) = GPKG.finish(DATASET, SHAPES, pieces, folder)
    return (folder / output.path).read_bytes()


@pytest.fixture
def written_late(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables that are written when the file is finished."""
    from commonplace.formats.gpkg import format as module

    names: list[str] = []
    write = module.write_table

    def told(dataset: object, table: object, path: Path) -> None:
        names.append(table.name)
        write(dataset, table, path)

    monkeypatch.setattr(module, "write_table", told)
    return names


def test_what_was_begun_is_used(tmp_path: Path, written_late: list[str]) -> None:
    pieces = pieces_of(tmp_path / "pieces", PLAIN)
    begun = begin(tmp_path)
    for piece in pieces:
        begun.add(piece)
    (output,) = begun.finish(pieces, tmp_path)
    assert "Building" not in written_late
    assert (tmp_path / output.path).read_bytes() == at_the_end(tmp_path / "end", pieces)


def test_a_later_piece_that_does_not_fit_begins_anew(
    tmp_path: Path, written_late: list[str]
) -> None:
    pieces = pieces_of(tmp_path / "pieces", WITH_MULTI)
    begun = begin(tmp_path)
    for piece in pieces:
        begun.add(piece)
    (output,) = begun.finish(pieces, tmp_path)
    assert written_late[0] == "Building"
    assert (tmp_path / output.path).read_bytes() == at_the_end(tmp_path / "end", pieces)


def test_pieces_that_changed_begin_anew(tmp_path: Path, written_late: list[str]) -> None:
    pieces = pieces_of(tmp_path / "pieces", PLAIN)
    begun = begin(tmp_path)
    for piece in pieces:
        begun.add(piece)
    (output,) = begun.finish(pieces[1:], tmp_path)
    assert written_late[0] == "Building"
    assert (tmp_path / output.path).read_bytes() == at_the_end(tmp_path / "end", pieces[1:])


def test_what_is_discarded_leaves_nothing(tmp_path: Path) -> None:
    pieces = pieces_of(tmp_path / "pieces", PLAIN)
    begun = begin(tmp_path)
    begun.add(pieces[0])
    begun.discard()
    assert [one.name for one in tmp_path.iterdir()] == ["pieces"]


def test_an_error_while_writing_early_comes_again_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(early, "write_rows", fail)
    pieces = pieces_of(tmp_path / "pieces", PLAIN)
    begun = begin(tmp_path)
    for piece in pieces:
        begun.add(piece)
    (output,) = begun.finish(pieces, tmp_path)
    assert (tmp_path / output.path).read_bytes() == at_the_end(tmp_path / "end", pieces)
