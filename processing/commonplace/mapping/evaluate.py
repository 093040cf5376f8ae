"""Runs a compiled mapping over batches of source rows.

SQL runs in a DuckDB that can't reach files, network, clock or settings; geometry operators
run in shapely. A value that can't be is a finding on its row, never the end of a batch.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import GEOMETRY, Layer
from commonplace.geometry import dissolve, settle
from commonplace.job import OnError
from commonplace.mapping.assemble import assemble
from commonplace.mapping.engine import Column, Engine, Failure
from commonplace.mapping.expressions import AS_OF, FINGERPRINT, SOURCE_DATE
from commonplace.mapping.frame import Frame
from commonplace.mapping.plan import TypeMapping
from commonplace.mapping.trouble import Troubles
from commonplace.mapping.values import joined_ids, nulled
from commonplace.report import Finding
from commonplace.target import LOCAL_ID, ORDINAL, Geometries, TargetBatch

KEY: Final = "@key"
_NONE: Final[Geometries] = np.empty(0, dtype=object)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What became of rows: a batch of target objects, and the rows that are not in it.

    ``rejected`` are ordinals; ``filtered`` counts the rows that ``where`` left out.
    """

    batch: TargetBatch
    rejected: npt.NDArray[np.int64]
    filtered: int
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Keys:
    """Rows from which linked objects are made.

    ``rows`` has :data:`KEY`, the ordinal, and the columns that the linked type needs: the
    first row of each key (all rows, where geometries are united). ``named`` counts the
    rows that have a key; ``merged`` those of them that are not in ``rows``.
    """

    rows: pa.RecordBatch
    named: int
    merged: int = 0
    findings: list[Finding] = field(default_factory=list)


class Session:
    """Evaluates mappings. A context manager: it holds one DuckDB connection.

    Parameters
    ----------
    on_error
        ``reject``: a value that can't be leaves its row out. ``void``: the value is left
        out, and the row only where the value is mandatory. ``stop``: MappingError.
    decimals
        Precision of the target CRS, to which geometries that operators make are settled.
    geographic
        Coordinates are degrees: operators turn their metres into them.
    engine
        What runs the expressions, where there is one already.
    """

    def __init__(
        self,
        on_error: OnError = "reject",
        decimals: int | None = None,
        *,
        geographic: bool = False,
        engine: Engine | None = None,
    ) -> None:
        self._on_error: OnError = on_error
        self._geographic = geographic
        self._decimals = decimals
        self._engine = Engine() if engine is None else engine

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.close()

    def evaluate(
        self, mapping: TypeMapping, rows: pa.RecordBatch, geometries: Geometries
    ) -> Evaluated:
        """Make target objects of source rows, one a row.

        Parameters
        ----------
        rows
            Source columns and ``@ordinal`` (int64); ``geometry`` holds int32 positions in
            ``geometries``, null where there is none.
        geometries
            Shapely geometries in the target CRS, ready to be written.

        Raises
        ------
        MappingError
            An expression that can't run at all, or, with ``on_error: stop``, the first
            value that can't be.
        LimitExceeded
            DuckDB ran out of memory.
        """
        kept = self.kept(mapping, rows, geometries)
        ordinals = kept.column(ORDINAL).to_numpy()
        troubles = Troubles(mapping.shape.name, ordinals, self._on_error)
        columns, missing = _inputs(mapping, kept, geometries)
        results = self._engine.run(mapping, columns, kept.num_rows)
        ids = joined_ids([results[number].values for number in mapping.id_outputs])
        troubles.ids = ids
        _report_missing(troubles, missing, kept.num_rows)
        _report_ids(troubles, mapping, ids)
        _report_failures(troubles, results)
        frame = Frame(
            rows=kept.num_rows,
            outputs=[result.values for result in results],
            ids=ids,
            handles=_handles(kept),
            pool=geometries,
            decimals=self._decimals,
            troubles=troubles,
            geographic=self._geographic,
        )
        arrays, names = assemble(mapping, frame)
        batch = pa.RecordBatch.from_arrays(
            [kept.column(ORDINAL), ids, *arrays], [ORDINAL, LOCAL_ID, *names]
        )
        if troubles.rejected.any():
            batch = batch.filter(pa.array(~troubles.rejected))
        return Evaluated(
            batch=TargetBatch(mapping.shape, batch, frame.pool),
            rejected=ordinals[troubles.rejected],
            filtered=rows.num_rows - kept.num_rows,
            findings=troubles.findings,
        )

    def keys(
        self, mapping: TypeMapping, rows: pa.RecordBatch, geometries: Geometries = _NONE
    ) -> Keys:
        """The rows that make linked objects of ``mapping``: one for each distinct key.

        Rows whose key is null make none. Where a linked type unites geometries, all rows
        are kept, for :func:`aggregate`. Values that differ under one key are findings.
        ``geometries`` are those that the rows' handles mean, for keys made of them.
        """
        columns, _ = _inputs(mapping, rows, geometries)
        results = self._engine.run(mapping, columns, rows.num_rows, only=mapping.id_outputs)
        keys = joined_ids([results[number].values for number in mapping.id_outputs])
        present = keys.is_valid()
        picked = [name for name in mapping.columns if name in rows.schema.names]
        table = pa.RecordBatch.from_arrays(
            [keys, rows.column(ORDINAL), *(rows.column(name) for name in picked)],
            [KEY, ORDINAL, *picked],
        ).filter(present)
        if mapping.aggregates_geometry:
            return Keys(table, table.num_rows)
        troubles = Troubles(mapping.shape.name, table.column(ORDINAL).to_numpy(), "void")
        troubles.ids = table.column(KEY)
        first, groups = _groups(table.column(KEY))
        _report_differences(troubles, mapping, table, first[groups])
        return Keys(
            rows=table.take(pa.array(first)),
            named=table.num_rows,
            merged=table.num_rows - len(first),
            findings=troubles.findings,
        )

    def identities(self, mapping: TypeMapping, rows: pa.RecordBatch) -> pa.Array:
        """The local ids (strings, null where there is none) that rows would have."""
        columns, _ = _inputs(mapping, rows, _NONE)
        results = self._engine.run(mapping, columns, rows.num_rows, only=mapping.id_outputs)
        return joined_ids([results[number].values for number in mapping.id_outputs])

    def check(self, mapping: TypeMapping, layer: Layer) -> list[str]:
        """What doesn't fit between a mapping's expressions and the types of a layer's columns."""
        types = {one.name: _arrow_of(one.type) for one in layer.fields}
        types[AS_OF] = types[SOURCE_DATE] = pa.timestamp("us", "UTC")
        columns = [pa.nulls(0, types.get(name, pa.string())) for name in mapping.inputs]
        return self._engine.check(mapping, columns)

    def kept(
        self, mapping: TypeMapping, rows: pa.RecordBatch, geometries: Geometries
    ) -> pa.RecordBatch:
        """The rows that ``where`` doesn't leave out."""
        if mapping.where is None:
            return rows
        columns, _ = _inputs(mapping, rows, geometries)
        return rows.filter(self._engine.condition(mapping, columns, rows.num_rows))


def aggregate(
    mapping: TypeMapping,
    rows: pa.RecordBatch,
    geometries: Geometries,
    decimals: int | None = None,
) -> tuple[pa.RecordBatch, Geometries]:
    """One row for each key, with the union of the geometries of the key's rows.

    ``geometries`` holds the geometry of each of the ``rows``. Returns the row of each key
    with the lowest ordinal, whose ``geometry`` is the position in the geometries returned
    (settled to ``decimals``, where given).
    """
    assert mapping.aggregates_geometry
    order = np.argsort(rows.column(ORDINAL).to_numpy(), kind="stable")
    rows, geometries = rows.take(pa.array(order)), geometries[order]
    first, groups = _groups(rows.column(KEY))
    pool = dissolve(geometries, groups)
    if decimals is not None:
        pool = settle(pool, decimals)
    handles = pa.array(np.arange(len(first), dtype=np.int32), mask=shapely.is_missing(pool))
    merged = rows.take(pa.array(first))
    position = merged.schema.get_field_index(GEOMETRY)
    return merged.set_column(position, pa.field(GEOMETRY, pa.int32()), handles), pool


def _groups(keys: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The first row of each distinct key, in the order of appearance, and each row's group."""
    encoded = keys.dictionary_encode()  # codes are given in the order of appearance
    groups = encoded.indices.to_numpy().astype(np.int64)
    _, first = np.unique(groups, return_index=True)
    return first, groups


def _inputs(
    mapping: TypeMapping, rows: pa.RecordBatch, geometries: Geometries
) -> tuple[list[pa.Array], list[str]]:
    """The columns that SQL reads, source nulls made null; and the names of those not there."""
    columns: list[pa.Array] = []
    missing: list[str] = []
    for name in mapping.inputs:
        if name == FINGERPRINT:
            columns.append(_fingerprints(_handles(rows), geometries))
        elif name in rows.schema.names:
            columns.append(nulled(rows.column(name), mapping.nulls))
        else:
            missing.append(name)
            columns.append(pa.nulls(rows.num_rows, pa.string()))
    return columns, missing


def _arrow_of(name: str) -> pa.DataType:
    """The Arrow type of a field by its name; text where it has parameters; lists with []."""
    if name.endswith("[]"):
        return pa.list_(_arrow_of(name.removesuffix("[]")))
    try:
        return pa.type_for_alias(name)
    except ValueError:
        return pa.string()


def _handles(rows: pa.RecordBatch) -> pa.Array:
    if GEOMETRY in rows.schema.names:
        return rows.column(GEOMETRY)
    return pa.nulls(rows.num_rows, pa.int32())


def _fingerprints(handles: pa.Array, geometries: Geometries) -> pa.Array:
    """A short text for each geometry that stays the same while the geometry does.

    It is of the geometry as it will be written, whatever vertex a ring begins at.
    """
    if not len(geometries):
        return pa.nulls(len(handles), pa.string())
    present = pc.is_valid(handles).to_numpy(zero_copy_only=False)
    taken = geometries[handles.fill_null(0).to_numpy()[present]]
    wkb: list[Any] = shapely.to_wkb(shapely.normalize(taken), byte_order=1).tolist()
    texts = np.full(len(handles), None, dtype=object)
    texts[present] = [hashlib.sha256(one).hexdigest()[:16] for one in wkb]
    return pa.array(texts, pa.string())


def _report_missing(troubles: Troubles, missing: list[str], rows: int) -> None:
    for name in missing:
        troubles.warning(
            "COLUMN_MISSING",
            f"the layer has no column {name!r}; it counts as null",
            name,
            np.arange(rows),
        )


def _report_ids(troubles: Troubles, mapping: TypeMapping, ids: pa.Array) -> None:
    if ids.null_count:
        troubles.error(
            "ID_MISSING",
            "the identifier is null",
            "key" if mapping.key else "inspireId",
            np.flatnonzero(pc.is_null(ids).to_numpy(zero_copy_only=False)),
            fix="leave the rows out with where:, or make the identifier of other columns",
            fatal=True,
        )


def _report_failures(troubles: Troubles, results: list[Column]) -> None:
    for result in results:
        failure: Failure | None = result.failure
        if failure is not None:
            troubles.error(
                failure.code,
                failure.message,
                failure.path,
                failure.rows,
                failure.values,
                fix=failure.fix,
            )


def _report_differences(
    troubles: Troubles,
    mapping: TypeMapping,
    table: pa.RecordBatch,
    first: npt.NDArray[np.int64],
) -> None:
    """Other values than those of the first row of the same key."""
    for name in mapping.inputs:
        if name not in table.schema.names:
            continue
        values = table.column(name)
        firsts = values.take(pa.array(first))
        same = pc.or_(
            pc.fill_null(pc.equal(values, firsts), fill_value=False),
            pc.and_(pc.is_null(values), pc.is_null(firsts)),
        )
        rows = np.flatnonzero(~same.to_numpy(zero_copy_only=False))
        troubles.warning(
            "LINKED_VALUES_DIFFER",
            f"{name!r} differs from an earlier row of the same key, whose value stands",
            name,
            rows,
            values.take(pa.array(rows)),
            fix="make the column part of the key, or mend the source",
        )
