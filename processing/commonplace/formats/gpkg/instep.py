"""Keeps a GeoPackage the same as what a source says: by whole readings and by single changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Layer
from commonplace.errors import TargetExists
from commonplace.formats.gpkg.mirror import Counts, Mirror, fingerprints
from commonplace.formats.gpkg.mirrorfile import ID, Content, write_mirror

Batches = Sequence[pa.RecordBatch]

_KINDS: Final[Mapping[str, Callable[[], Any]]] = {
    "int64": pa.int64,
    "double": pa.float64,
    "bool": pa.bool_,
}


class InStep:
    """A GeoPackage and what is known of its rows.

    Parameters
    ----------
    told
        Called with a layer's name and what changed in it.
    anew
        Write a file of one's own in place of whatever is there, at the first reading.
    """

    def __init__(
        self, path: Path, told: Callable[[str, Counts], None], *, anew: bool = False
    ) -> None:
        self.path = path
        self._told = told
        self._anew = anew
        self._known: dict[str, dict[str, int]] = {}

    def refuse_foreign(self, layers: Iterable[str]) -> None:
        """Refuse a file that holds none of ``layers`` as this class writes them.

        Raises
        ------
        TargetExists
        """
        if self._anew or not self.path.exists():
            return
        with Mirror(self.path) as mirror:
            if not any(mirror.has(one) for one in layers):
                raise TargetExists(
                    f"{self.path.name} exists and no watch has written it",
                    hint="name another file, or state --replace",
                )

    def bring(
        self, layers: Mapping[str, Layer], read: Mapping[str, Batches], *, whole: bool
    ) -> None:
        """Make the file hold exactly what was read.

        Parameters
        ----------
        whole
            False when the reading may lack rows: then none is taken for deleted.

        Raises
        ------
        OutputError
        """
        if self._holds(read):
            for name, batches in read.items():
                self._compare(name, batches, whole=whole)
        else:
            self._write(layers, read)

    def put(self, layer: str, batch: pa.RecordBatch | None, gone: Mapping[str, str]) -> bool:
        """Put rows and remove others; False when the columns can't hold the rows.

        Parameters
        ----------
        gone
            Ids and times of deletion; those that the file doesn't hold are left alone.
        """
        with Mirror(self.path) as mirror:
            if batch is not None and not mirror.fits(layer, batch):
                return False
            there = mirror.ids(layer) if gone else set()
            removed = {one: when for one, when in gone.items() if one in there}
            if batch is not None or removed:
                self._told(layer, mirror.apply(layer, batch, removed))
        known = self._known.setdefault(layer, {})
        for one in removed:
            known.pop(one, None)
        if batch is not None:
            known.update(marks([batch]))
        return True

    def _holds(self, read: Mapping[str, Batches]) -> bool:
        """Whether the file has all layers, and columns that hold what was read."""
        if self._anew or not self.path.exists():
            return False
        with Mirror(self.path) as mirror:
            return all(
                mirror.has(name) and all(mirror.fits(name, one) for one in batches)
                for name, batches in read.items()
            )

    def _write(self, layers: Mapping[str, Layer], read: Mapping[str, Batches]) -> None:
        """The file anew; what was gone before, and what went meanwhile, is remembered."""
        buried = self._buried(read)
        contents = [
            Content(
                layers[name], batches[0].schema if batches else schema_of(layers[name]), batches
            )
            for name, batches in read.items()
        ]
        write_mirror(self.path, contents, buried)
        self._anew = False
        for name, batches in read.items():
            known = marks(batches)
            before = self._known.get(name, {})
            self._known[name] = known
            self._told(name, Counts(added=len(known.keys() - before.keys())))

    def _buried(self, read: Mapping[str, Batches]) -> dict[str, dict[str, str]]:
        if self._anew or not self.path.exists():
            return {}
        buried = {}
        with Mirror(self.path) as mirror:
            for name, batches in read.items():
                if mirror.has(name):
                    alive = {one for batch in batches for one in batch.column(ID).to_pylist()}
                    gone = dict.fromkeys(sorted(mirror.ids(name) - alive), now())
                    every = {**gone, **mirror.tombstones(name)}
                    buried[name] = {one: at for one, at in every.items() if one not in alive}
        return buried

    def _compare(self, name: str, batches: Batches, *, whole: bool) -> None:
        found = marks(batches)
        counts = Counts()
        with Mirror(self.path) as mirror:
            known = self._known.get(name)
            if known is None:
                known = dict(mirror.fingerprints(name))
            fresh = {one for one, mark in found.items() if known.get(one) != mark}
            gone = mirror.ids(name) - found.keys() if whole else set()
            for batch in batches:
                chosen = _chosen(batch, fresh)
                if chosen.num_rows:
                    counts.plus(mirror.apply(name, chosen, {}))
            if gone:
                counts.plus(mirror.apply(name, None, dict.fromkeys(sorted(gone), now())))
        self._told(name, counts)
        self._known[name] = found if whole else {**known, **found}


def marks(batches: Iterable[pa.RecordBatch]) -> dict[str, int]:
    """Fingerprints of rows by id."""
    return {name: mark for batch in batches for name, mark in fingerprints(batch)}


def _chosen(batch: pa.RecordBatch, ids: set[str]) -> pa.RecordBatch:
    mask = [one in ids for one in batch.column(ID).to_pylist()]
    return batch if all(mask) else batch.filter(pa.array(mask, pa.bool_()))


def schema_of(layer: Layer) -> pa.Schema:
    """The schema of a layer without rows, as its description says."""
    fields = [pa.field(one.name, _KINDS.get(one.type, pa.string)()) for one in layer.fields]
    if layer.geometry_type is not None:
        fields.append(pa.field(GEOMETRY, pa.binary()))
    return pa.schema(fields)


def now() -> str:
    """The time now, as tombstones write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
