"""The layers that a document derives, as a source among the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from commonplace import crs
from commonplace.batch import GEOMETRY, Evidence, Layer, Query, Source
from commonplace.deriving.groups import Grouped
from commonplace.deriving.places import (
    Placing,
    end_columns,
    gathered,
    joined_lines,
    node_rows,
    plane_of,
    replaced,
)
from commonplace.deriving.rows import (
    aligned,
    asked,
    chosen,
    fields_of,
    gated,
    read_rows,
    unpivoted,
    write_rows,
)
from commonplace.errors import LayerNotFound
from commonplace.geometry import CLIP
from commonplace.job import CrsSpec, PrivacySpec
from commonplace.mapping.derive import END, LAYER, START, Derived
from commonplace.mapping.derived import derived_layers, lost_columns, united
from commonplace.privacy import Gate
from commonplace.report import Finding, Severity


@dataclass(frozen=True, slots=True)
class _Base:
    """A layer that is read, and what brings its coordinates to those of the first one."""

    source: Source
    layer: Layer
    query: Query
    operation: crs.Operation | None = None


@dataclass(slots=True)
class DerivedSource:
    """The derived layers of one document.

    Parameters
    ----------
    derived
        What the document says.
    sources, known, queries
        The sources of the data set by name, their layers, and what the job asks of each.
    folder
        Takes the files of the layers; they are made when they are first read.
    spec
        How coordinates of layers in another CRS are brought to the first one's.
    """

    derived: Sequence[Derived]
    sources: Mapping[str, Source]
    known: Mapping[str, Sequence[Layer]]
    queries: Mapping[str, Query]
    folder: Path
    spec: CrsSpec
    _made: dict[str, Path] = field(default_factory=dict)
    _findings: list[Finding] = field(default_factory=list)
    _told: dict[str, object] = field(default_factory=dict)
    _gates: dict[tuple[str, str], Gate] = field(default_factory=dict)

    def layers(self) -> list[Layer]:
        return derived_layers(self.derived, self.known, lambda *_: None)

    def layer(self, name: str | None = None) -> Layer:
        for one in self.layers():
            if one.name == name:
                return one
        raise LayerNotFound(f"the document derives no layer {name!r}")

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        one = self._named(layer.name)
        if query.limit is not None and one.by_row and one.name not in self._made:
            yield from asked(self._rows(one, query.limit), query)
        else:
            yield from asked(read_rows(self._file(one)), query)

    def evidence(self) -> Evidence:
        address = ", ".join(one.name for one in self.derived)
        return Evidence("derived", address, dict(self._told))

    def findings(self) -> list[Finding]:
        return list(self._findings)

    def bases(self, name: str) -> tuple[str, ...]:
        """The names of the sources that a layer is made of, through others too."""
        found: dict[str, None] = {}
        for base in self._named(name).bases:
            if any(one.name == base for one in self.derived):
                found |= dict.fromkeys(self.bases(base))
            else:
                found |= {source: None for source, _ in self._listed(base)}
        return tuple(found)

    def lost(self, name: str) -> tuple[str, ...]:
        """Columns that a layer's groups make nothing of."""
        return lost_columns(self.derived, self.known)[name]

    def guard(self, privacy: PrivacySpec, dataset: str) -> dict[str, Gate]:
        """From now on rows pass a gate before their columns get other names.

        Raises
        ------
        PersonalDataUndecided
            A column whose name looks personal, of which the job says nothing.
        """
        for one in self.derived:
            for base in one.of if one.renamed else ():
                gate = Gate(privacy, f"{dataset}:{base}", one.renamed)
                self._gates[one.name, base] = gate
        return {f"{dataset}:{base} for {name}": gate for (name, base), gate in self._gates.items()}

    # -- what is read ------------------------------------------------------------------------

    def _named(self, name: str) -> Derived:
        return next(one for one in self.derived if one.name == name)

    def _listed(self, name: str) -> Iterator[tuple[str, Layer]]:
        for source, listed in self.known.items():
            yield from ((source, layer) for layer in listed if layer.name == name)

    def _bases(self, names: Iterable[str], limit: int | None = None) -> list[_Base]:
        """The layers of these names, all in the CRS of the first."""
        found = []
        for name in names:
            of_sources = list(self._listed(name))
            for source, layer in of_sources:
                whole = layer if layer.fields else self.sources[source].layer(layer.name)
                query = _limited(self.queries.get(source, Query()), limit)
                found.append(_Base(self.sources[source], whole, query))
            if not of_sources:
                found.append(_Base(self, self.layer(name), _limited(Query(), limit)))
        return [replace(one, operation=self._to(one.layer, found[0].layer)) for one in found]

    def _to(self, layer: Layer, other: Layer) -> crs.Operation | None:
        if layer.crs is None or other.crs is None or layer.crs == other.crs:
            return None
        return crs.choose(
            layer.crs,
            other.crs,
            layer=layer.name,
            area=layer.extent,
            grids=self.spec.grids,
            allow_ballpark=self.spec.allow_ballpark,
        )

    def _rows(self, one: Derived, limit: int | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of the layers it is made of: united, chosen, turned.

        So many rows of each layer are enough for ``limit`` ones, unless some are left out.
        """
        bases = self._bases(one.of, None if one.only or one.unpivot else limit)
        fields = united([base.layer for base in bases])
        for base in bases:
            gate = self._gates.get((one.name, base.layer.name))
            read = base.source.batches(base.layer, base.query)
            for rows in read if gate is None else gated(read, gate, one.renamed):
                batch = _moved(rows, base.operation)
                if len(bases) > 1:
                    if LAYER not in batch.schema.names:
                        name = pa.scalar(base.layer.name)
                        batch = batch.append_column(LAYER, pa.repeat(name, batch.num_rows))
                    fields = fields or fields_of(batch)  # a service may not say them before
                    batch = aligned(batch, fields)
                batch = chosen(batch, one)
                yield batch if one.unpivot is None else unpivoted(batch, one.unpivot)

    # -- what is made ------------------------------------------------------------------------

    def _file(self, one: Derived) -> Path:
        """The file of a layer's rows, made if it isn't yet."""
        if one.name not in self._made:
            self.folder.mkdir(parents=True, exist_ok=True)
            number = [each.name for each in self.derived].index(one.name)
            path = self.folder / f"{number:03d}.arrow"
            if one.nodes_of is not None:
                path = self._file(self._named(one.nodes_of)).with_suffix(_NODES)
            else:
                self._write(one, path)
            self._made[one.name] = path
        return self._made[one.name]

    def _write(self, one: Derived, path: Path) -> None:
        read = written = write_rows(self._rows(one), path)
        if one.group is not None:
            plane = plane_of(self.layer(one.name).crs)
            whole = path.rename(path.with_suffix(".ungrouped"))
            grouped = Grouped(one.group, whole, self.folder, plane.curves)
            written = write_rows(grouped.batches(), path)
            self._tell(one, "GROUP_KEY_MISSING", Severity.WARNING, grouped.keyless, _KEYLESS)
            for column, count in grouped.wordy.items():
                message = f"values of {column} are no numbers, and were not added up"
                self._tell(one, "GROUP_VALUE_NO_NUMBER", Severity.WARNING, count, message)
            whole.unlink()
        if one.geometry or one.nodes is not None:
            written = self._place(one, path)
        self._told[one.name] = f"{one}: {read} rows became {written}"

    def _place(self, one: Derived, path: Path) -> int:
        """Change the geometries of the rows of a file; how many rows are left."""
        layer = self.layer(one.name)
        plane = plane_of(layer.crs)
        geometries = gathered(read_rows(path), plane)
        before = shapely.is_missing(geometries)
        placing = Placing(one.name, plane, self._areas(one, layer))
        geometries = placing.apply(one.geometry, geometries)
        self._findings += placing.findings
        more: dict[str, pa.Array] = {}
        if one.nodes is not None:
            made = joined_lines(geometries, one.nodes, plane)
            geometries = made.lines
            more[START], more[END] = end_columns(made, plane)
            write_rows([node_rows(made, plane)], path.with_suffix(_NODES))
            nodeless = int((made.starts < 0).sum())
            self._tell(one, "NODES_MISSING", Severity.WARNING, nodeless, _NODELESS)
        keep = np.ones(len(geometries), dtype=bool)
        if any(call.name == CLIP for call in one.geometry):
            keep = before | ~shapely.is_missing(geometries)
        placed = path.with_suffix(".placed")
        rows = write_rows(replaced(read_rows(path), geometries, more, keep), placed)
        placed.replace(path)
        return rows

    def _areas(self, one: Derived, layer: Layer) -> dict[str, np.ndarray]:
        """The geometries of the layers that clip, in the CRS of the layer clipped."""
        found = {}
        for call in one.geometry:
            if call.name == CLIP:
                bases = self._bases((call.arguments[0],))
                rows = (
                    _moved(batch, self._to(base.layer, layer))
                    for base in bases
                    for batch in base.source.batches(base.layer, base.query)
                )
                found[call.arguments[0]] = gathered(rows, plane_of(layer.crs))
        return found

    def _tell(self, one: Derived, code: str, severity: Severity, count: int, message: str) -> None:
        if count:
            self._findings.append(Finding(code, severity, message, layer=one.name, count=count))


_NODES = ".nodes"
_KEYLESS = "rows have no value in a column of group.by, and are in no group"
_NODELESS = "geometries are no single lines, and have no nodes"


def _limited(query: Query, limit: int | None) -> Query:
    if limit is None:
        return query
    return replace(query, limit=limit if query.limit is None else min(limit, query.limit))


def _moved(batch: pa.RecordBatch, operation: crs.Operation | None) -> pa.RecordBatch:
    """Rows whose coordinates were brought to another CRS."""
    if operation is None or GEOMETRY not in batch.schema.names:
        return batch
    geometries = shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))
    moved = shapely.transform(geometries, operation.transform)
    position = batch.schema.get_field_index(GEOMETRY)
    wkb = pa.array(shapely.to_wkb(moved), pa.binary())
    return batch.set_column(position, pa.field(GEOMETRY, pa.binary()), wkb)
