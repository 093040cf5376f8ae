"""What an encoding has to do: encode parts, then join the pieces into files.

Parts are encoded in worker processes; their pieces are joined, in order, by
:meth:`Format.finish`. A piece depends on its rows alone, so the file's bytes do not
depend on how many parts or workers there were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from commonplace.report import OutputFile
from commonplace.target import Dataset, Shape, TargetBatch


@dataclass(frozen=True, slots=True)
class Piece:
    """What one part made of one feature type, on disk.

    ``bounds`` are (xmin, ymin, xmax, ymax) in the target CRS, or None without geometry.
    ``details`` are the format's own facts (JSON types only).
    """

    path: Path
    feature_type: str
    count: int
    bounds: tuple[float, float, float, float] | None = None
    details: Mapping[str, object] = field(default_factory=dict)


class Encoder(Protocol):
    """Writes one part's piece of one feature type."""

    def write(self, batch: TargetBatch) -> None: ...

    def close(self) -> Mapping[str, object]:
        """End the piece; returns its ``details``."""
        ...


class Format(Protocol):
    """One encoding."""

    name: str
    suffix: str
    media_type: str

    def losses(self, shape: Shape) -> list[str]:
        """What this encoding can't hold of a shape, and what it does about it."""
        ...

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder: ...

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        """Join the pieces (sorted by feature type, then row order) into files in ``folder``.

        Pieces may be removed once they stand in a file. The caller fills the size, and the
        hash where it is missing. Files are written to a temporary name and renamed when
        whole (:func:`whole`).

        Raises
        ------
        OutputError, DiskFull
        """
        ...


class Begun(Protocol):
    """A file that grows while parts are still being mapped."""

    def add(self, piece: Piece) -> None:
        """Take the next piece, in the order of :meth:`Format.finish`; returns at once."""
        ...

    def discard(self) -> None:
        """Stop, and remove what was written; no piece is being read when this returns."""
        ...

    def finish(self, pieces: Sequence[Piece], folder: Path) -> list[OutputFile]:
        """See :meth:`Format.finish`, whose bytes these are, whatever was begun."""
        ...


@runtime_checkable
class BeginsEarly(Protocol):
    """A format that can begin its file before all pieces are there."""

    def begin(self, dataset: Dataset, shapes: Mapping[str, Shape], folder: Path) -> Begun:
        """Begin a file in ``folder``, a place for temporary files."""
        ...


def one_file_a_type(
    form: Format,
    dataset: Dataset,
    shapes: Mapping[str, Shape],
    pieces: Sequence[Piece],
    folder: Path,
    write: Callable[[str, Sequence[Piece], Path], str | None],
    *,
    crs: str | None = None,
    empty: bool = False,
) -> list[OutputFile]:
    """Write ``<dataset>_<feature type><suffix>`` for each type, whole or not at all.

    Parameters
    ----------
    write
        Is given the feature type, its pieces and the temporary file to write; may return
        the file's SHA-256.
    crs
        The CRS of the coordinates, where it isn't the dataset's.
    empty
        Whether a type without features has a file too (and empty pieces count).
    """
    written = []
    for feature_type in shapes:
        mine = [one for one in pieces if one.feature_type == feature_type and (empty or one.count)]
        if not mine and not empty:
            continue
        path = folder / f"{dataset.name}_{feature_type}{form.suffix}"
        with whole(path) as temporary:
            digest = write(feature_type, mine, temporary)
        written.append(
            OutputFile(
                path=path.name,
                format=form.name,
                media_type=form.media_type,
                feature_types=(feature_type,),
                counts={feature_type: sum(one.count for one in mine)},
                crs=crs or dataset.crs.code,
                sha256=digest or "",
                model=dataset.schema,
            )
        )
    return written


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary sibling of ``path``, renamed to it when the block ends well."""
    temporary = path.with_name(f".{path.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
