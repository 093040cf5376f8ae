"""Pieces strung together: the bytes, their hash, and what is left of the pieces."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from commonplace.formats.base import Piece
from commonplace.formats.joined import Beginning, write_joined, write_list


@pytest.fixture
def texts(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{at}.piece" for at in range(3)]
    for path, text in zip(paths, (b"one" * 700_000, b"", b"three"), strict=True):
        path.write_bytes(text)
    return paths


def test_the_hash_is_that_of_the_file(tmp_path: Path, texts: Sequence[Path]) -> None:
    first, empty, last = texts
    made = tmp_path / "made"
    digest = write_joined(made, [b"<", first, empty, Beginning(last, 3), b">"])
    assert made.read_bytes() == b"<" + b"one" * 700_000 + b"thr>"
    assert digest == hashlib.sha256(made.read_bytes()).hexdigest()


def test_pieces_are_gone_when_they_stand_in_the_file(tmp_path: Path, texts: Sequence[Path]) -> None:
    write_joined(tmp_path / "made", texts)
    assert [one for one in texts if one.exists()] == []


def test_disks_between_which_the_kernel_does_not_copy(
    tmp_path: Path, texts: Sequence[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "copy_file_range", refuse)
    write_joined(tmp_path / "made", [texts[0], Beginning(texts[2], 4)])
    assert (tmp_path / "made").read_bytes() == b"one" * 700_000 + b"thre"


def test_a_full_disk_is_not_taken_for_such_a_disk(
    tmp_path: Path, texts: Sequence[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "copy_file_range", full)
    with pytest.raises(OSError, match="no space"):
        write_joined(tmp_path / "made", texts)
    assert texts[0].exists(), "a piece that was not copied is not removed"


@pytest.mark.parametrize("items", [[], [[]], [[1], []], [[], [2, 3], [], [4]]])
def test_lists_end_without_a_comma(tmp_path: Path, items: list[list[int]]) -> None:
    pieces = []
    for at, some in enumerate(items):
        path = tmp_path / f"{at}.piece"
        path.write_text("".join(f"{one},\n" for one in some), "utf-8")
        pieces.append(Piece(path, "Any", len(some)))
    digest = write_list(tmp_path / "made", b"[\n", pieces, b"\n]\n")
    made = (tmp_path / "made").read_bytes()
    assert json.loads(made) == [one for some in items for one in some]
    assert digest == hashlib.sha256(made).hexdigest()
