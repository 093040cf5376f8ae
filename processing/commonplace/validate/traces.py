"""What a chunk leaves behind for the checks of the whole: ids, references, facts, outlines.

Tables on disk, one file a chunk and kind, so that memory doesn't grow with the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from commonplace.spool import write_table

_TEXT: Final = pa.dictionary(pa.int32(), pa.string())
SCHEMAS: Final = {
    "ids": pa.schema(
        {
            "file": pa.int32(),
            "id": pa.string(),
            "type": _TEXT,
            "feature": pa.bool_(),
            "offset": pa.int64(),
            "line": pa.int64(),
        }
    ),
    "keys": pa.schema(
        {
            "file": pa.int32(),
            "key": pa.string(),
            "id": pa.string(),
            "type": _TEXT,
            "offset": pa.int64(),
            "line": pa.int64(),
        }
    ),
    "references": pa.schema(
        {
            "file": pa.int32(),
            "href": pa.string(),
            "id": pa.string(),
            "type": _TEXT,
            "path": _TEXT,
            "expected": _TEXT,
            "offset": pa.int64(),
            "line": pa.int64(),
        }
    ),
    "elsewhere": pa.schema(
        {
            "file": pa.int32(),
            "document": _TEXT,
            "href": pa.string(),
            "id": pa.string(),
            "type": _TEXT,
            "path": _TEXT,
            "expected": _TEXT,
            "offset": pa.int64(),
            "line": pa.int64(),
        }
    ),
    "facts": pa.schema(
        {
            "file": pa.int32(),
            "id": pa.string(),
            "type": _TEXT,
            "name": _TEXT,
            "value": pa.string(),
            "offset": pa.int64(),
            "line": pa.int64(),
        }
    ),
    "shapes": pa.schema(
        {
            "file": pa.int32(),
            "id": pa.string(),
            "type": _TEXT,
            "role": _TEXT,
            "code": _TEXT,
            "level": _TEXT,
            "shape": pa.binary(),
            **dict.fromkeys("xmin ymin xmax ymax x0 y0 x1 y1".split(), pa.float64()),
            "offset": pa.int64(),
            "line": pa.int64(),
        }
    ),
    "outlines": pa.schema(
        {
            "file": pa.int32(),
            "fingerprint": pa.int64(),
            "type": _TEXT,
            "id": pa.string(),
            "offset": pa.int64(),
        }
    ),
}


@dataclass(slots=True)
class Traces:
    """Collects the tables of one chunk."""

    file: int
    _pieces: dict[str, list[pa.RecordBatch]] = field(default_factory=dict)

    def ids(
        self,
        ids: Sequence[str],
        kind: str,
        feature: bool,
        offsets: Sequence[int],
        lines: Sequence[int],
    ) -> None:
        self._add(
            "ids",
            len(ids),
            id=ids,
            type=kind,
            feature=feature,
            offset=offsets,
            line=lines,
        )

    def keys(
        self,
        keys: Sequence[str],
        ids: Sequence[str],
        kind: str,
        offsets: Sequence[int],
        lines: Sequence[int],
    ) -> None:
        self._add("keys", len(keys), key=keys, id=ids, type=kind, offset=offsets, line=lines)

    def references(
        self,
        hrefs: Sequence[str],
        ids: Sequence[str],
        kind: str,
        path: str,
        expected: str,
        offsets: Sequence[int],
        lines: Sequence[int],
        documents: Sequence[str] = (),
    ) -> None:
        """References to objects of this document, or of the ``documents`` named."""
        self._add(
            "elsewhere" if documents else "references",
            len(hrefs),
            document=documents,
            href=hrefs,
            id=ids,
            type=kind,
            path=path,
            expected=expected,
            offset=offsets,
            line=lines,
        )

    def facts(
        self,
        values: Sequence[str],
        ids: Sequence[str],
        kind: str,
        name: str,
        offsets: Sequence[int],
        lines: Sequence[int],
    ) -> None:
        self._add(
            "facts",
            len(values),
            id=ids,
            type=kind,
            name=name,
            value=values,
            offset=offsets,
            line=lines,
        )

    def shapes(self, columns: Mapping[str, Any]) -> None:
        """Geometries, see :mod:`commonplace.validate.drawn`."""
        if len(columns["id"]):
            self._add("shapes", len(columns["id"]), **columns)

    def outlines(self, columns: Mapping[str, Any]) -> None:
        """Fingerprints of outlines, with where they are."""
        self._add("outlines", len(columns["id"]), **columns)

    def _add(self, kind: str, rows: int, **columns: Any) -> None:
        schema = SCHEMAS[kind]
        columns["file"] = self.file
        arrays = [_array(columns[one.name], one.type, rows) for one in schema]
        self._pieces.setdefault(kind, []).append(pa.RecordBatch.from_arrays(arrays, schema=schema))

    def write(self, folder: Path, number: int) -> None:
        """One file a kind that has rows."""
        for kind, pieces in self._pieces.items():
            table = pa.Table.from_batches(pieces).unify_dictionaries().combine_chunks()
            place = folder / kind
            place.mkdir(parents=True, exist_ok=True)
            write_table(table, place / f"{self.file:06d}-{number:08d}.arrow")


def forget(folder: Path, file: int) -> None:
    """Remove what a document has left."""
    for one in folder.glob(f"*/{file:06d}-*.arrow"):
        one.unlink()


def _array(values: Any, kind: pa.DataType, rows: int) -> pa.Array:
    """A column; one value alone stands for all rows."""
    if isinstance(values, (str, int, bool)):
        if pa.types.is_dictionary(kind):
            indices = pa.repeat(pa.scalar(0, pa.int32()), rows)
            return pa.DictionaryArray.from_arrays(indices, pa.array([values], pa.string()))
        return pa.repeat(pa.scalar(values, kind), rows)
    if isinstance(values, pa.Array):
        return values
    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, kind)
