"""Objects made of many rows, and ids that must be unique: what follows the parts.

An address's thoroughfare name is made once per distinct key, wherever its rows stood.
Its rows come from the parts' key files through the exchange, are spooled again in the
order of first appearance, and are mapped as parts of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace import exchange
from commonplace.batch import GEOMETRY
from commonplace.differing import Difference, differences
from commonplace.errors import MappingError
from commonplace.exchange import KEY
from commonplace.job import OnError
from commonplace.mapping.compile import TypeMapping
from commonplace.mapping.evaluate import aggregate
from commonplace.planning import Work
from commonplace.report import Finding, Severity
from commonplace.spool import SPOOL, read_table, write_parts
from commonplace.stages import PartResult, PartTask


def reject_repeated_ids(
    work: Work, results: Mapping[tuple[str, int], PartResult], on_error: OnError
) -> list[PartTask]:
    """The parts to map again without the rows whose id an earlier row has.

    Raises
    ------
    MappingError
        With ``on_error: stop``.
    """
    excluded: dict[tuple[str, int], dict[str, tuple[int, ...]]] = {}
    ordered = [results[key] for key in sorted(results)]
    for feature_type in dict.fromkeys(one.feature_type for part in ordered for one in part.types):
        owners = [
            (part, one)
            for part in ordered
            for one in part.types
            if one.feature_type == feature_type
        ]
        repeated = exchange.repeated_ids([one.ids for _, one in owners], work.plan.work)
        for number, ordinal, local_id in repeated:
            if on_error == "stop":
                raise MappingError(f"{feature_type} {local_id!r} stands twice", hint=_UNIQUE)
            owner = next(part for part, _ in owners if part.holds(ordinal))
            key = (owner.task.stem, owner.task.number)
            of_part = excluded.setdefault(key, {})
            section = work.plan.compiled.types[number].name
            of_part[section] = (*of_part.get(section, ()), ordinal)
            work.findings.add(_repeated(owner, feature_type, local_id))
    return [replace(results[key].task, exclude=types) for key, types in excluded.items()]


_UNIQUE = "make the identifier of more columns, or remove the repeated rows from the source"


def _repeated(owner: PartResult, feature_type: str, local_id: str) -> Finding:
    return Finding(
        code="ID_DUPLICATE",
        severity=Severity.ERROR,
        message=f"{feature_type} {local_id!r} was rejected: an earlier row has the same id",
        layer=owner.task.layer,
        feature=local_id,
        attribute="inspireId",
        value=local_id,
        fix=_UNIQUE,
    )


def make_linked(work: Work, part_rows: int) -> Iterator[list[PartTask]]:
    """The parts of linked objects, type by type; a type comes after all that link to it."""
    waiting = [one for one in work.plan.compiled.types if one.key]
    number = 0
    while waiting:
        pointed_at = {name for one in waiting for name in one.links if name != one.name}
        ready = [one for one in waiting if one.name not in pointed_at] or waiting[:1]
        for linked in ready:
            waiting.remove(linked)
            pieces = [
                result.keys[linked.name] for result in work.results if linked.name in result.keys
            ]
            if pieces:
                yield list(_tasks(work, linked, pieces, part_rows, number))
                number += 1


def _tasks(
    work: Work, linked: TypeMapping, pieces: list[Path], part_rows: int, number: int
) -> Iterator[PartTask]:
    folder = work.plan.work
    columns = [one for one in linked.inputs if one in read_table(pieces[0]).column_names]
    for difference in differences(pieces, columns, folder):
        work.findings.extend(_differing(work, linked, difference))
    if linked.aggregates_geometry:
        grouped = exchange.rows_of_keys(pieces, folder, rows=part_rows)
        rows = _aggregated(linked, grouped, work.plan.dataset.crs.decimals)
    else:
        rows = exchange.distinct_keys(pieces, folder, rows=part_rows)
    spool = folder / SPOOL / f"linked-{linked.name}"
    for part in write_parts(rows, spool, part_rows=part_rows, first_ordinal=0):
        yield PartTask(
            plan=work.plan_path,
            part=part.path,
            number=part.number,
            layer=f"{work.plan.dataset.name}:{linked.name}",
            stem=f"linked-{number:03d}",
            types=(linked.name,),
            linked=True,
        )


def _differing(work: Work, linked: TypeMapping, found: Difference) -> Iterator[Finding]:
    """Findings of rows of several parts, as those of one part are told."""
    for number, (key, value) in enumerate(found.examples):
        rest = found.count - len(found.examples) + 1 if number == len(found.examples) - 1 else 1
        yield Finding(
            code="LINKED_VALUES_DIFFER",
            severity=Severity.WARNING,
            message=f"{linked.shape.name} {key!r}: {found.column!r} differs from an earlier row "
            "of the same key, whose value stands",
            layer=f"{work.plan.dataset.name}:{linked.name}",
            feature=key,
            attribute=f"{linked.shape.name}.{found.column}",
            value=value,
            fix="make the column part of the key, or mend the source",
            count=rest,
        )


def _aggregated(
    linked: TypeMapping, batches: Iterator[pa.RecordBatch], decimals: int
) -> Iterator[pa.RecordBatch]:
    """One row a key, its geometries united. Rows of one key stand together."""
    held: pa.Table | None = None
    for batch in batches:
        table = pa.Table.from_batches([batch])
        held = table if held is None else pa.concat_tables([held, table])
        last_key = held.column(KEY)[-1]
        ended = pc.not_equal(held.column(KEY), last_key)
        whole = held.filter(ended)
        if whole.num_rows:
            yield _united(linked, whole, decimals)
            held = held.filter(pc.invert(ended))
    if held is not None and held.num_rows:
        yield _united(linked, held, decimals)


def _united(linked: TypeMapping, table: pa.Table, decimals: int) -> pa.RecordBatch:
    rows = table.combine_chunks().to_batches()[0]
    pool = shapely.from_wkb(rows.column(GEOMETRY).to_numpy(zero_copy_only=False))
    united, geometries = aggregate(linked, rows, pool, decimals)
    position = united.schema.get_field_index(GEOMETRY)
    wkb = pa.array(shapely.to_wkb(geometries), pa.binary())
    return united.set_column(position, pa.field(GEOMETRY, pa.binary()), wkb)
