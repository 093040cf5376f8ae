"""The DuckDB that evaluates expressions: no files, no network, no clock, one thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.errors import ExpressionRefused, LimitExceeded, MappingError
from commonplace.mapping.casts import may_be_plain, plainly_cast
from commonplace.mapping.expressions import Expression
from commonplace.mapping.functions import MACROS
from commonplace.mapping.plan import Output, TypeMapping
from commonplace.report import EXAMPLES_A_FINDING

MEMORY_MB: Final = 512
_ROWS: Final = "rows"
_TIMESTAMPTZ: Final = "TIMESTAMP WITH TIME ZONE"
_WHOLE: Final = frozenset(
    "TINYINT SMALLINT INTEGER BIGINT UTINYINT USMALLINT UINTEGER UBIGINT HUGEINT".split()
)
_DATE: Final = r"'^\s*-?\d{4,}[-/]\d\d?[-/]\d\d?([T ]|\s*$)'"
_CAST_FIX: Final = "mend the source, or convert the value in the mapping"


@dataclass(frozen=True, slots=True)
class Failure:
    """Rows for which an expression gives nothing that fits, with what it gives."""

    code: str
    message: str
    path: str
    rows: npt.NDArray[np.int64]
    values: pa.Array | None
    fix: str


@dataclass(frozen=True, slots=True)
class Column:
    """An output's values, null where it failed."""

    values: pa.Array
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class _Select:
    """How an output is asked for: value and, where it may fail, the test that it did.

    ``raw`` is the expression before its cast, where Arrow may do that.
    """

    output: Output
    value: str
    failed: str | None = None
    listed: bool = False
    raw: str | None = None


class Engine:
    """Runs the outputs of type mappings over columns. Close it after use.

    Parameters
    ----------
    memory_mb
        DuckDB's own limit; the process's limit stands above it.
    """

    def __init__(self, memory_mb: int = MEMORY_MB) -> None:
        self._connection = duckdb.connect(":memory:")
        for setting in (
            "SET TimeZone = 'UTC'",
            "SET threads = 1",
            f"SET memory_limit = '{memory_mb}MB'",
            "SET temp_directory = ''",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET python_enable_replacements = false",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            self._connection.execute(setting)
        self._connection.execute(MACROS)
        self._selects: dict[tuple[tuple[Output, ...], tuple[pa.DataType, ...]], list[_Select]] = {}

    def close(self) -> None:
        self._connection.close()

    def run(
        self,
        mapping: TypeMapping,
        columns: Sequence[pa.Array],
        rows: int,
        only: Sequence[int] | None = None,
    ) -> list[Column]:
        """Evaluate all outputs (``only`` these; the others are then empty columns)."""
        wanted = range(len(mapping.outputs)) if only is None else only
        empty = Column(pa.nulls(0, pa.string()))
        found = [empty] * len(mapping.outputs)
        asked = []
        for number in wanted:
            plain = _plain(mapping.outputs[number], columns)
            if plain is None:
                asked.append(number)
            else:
                found[number] = plain
        if not asked:
            return found
        self._connection.register(_ROWS, _table(columns, rows))
        try:
            selects = self._prepared(mapping, columns)
            answers = self._answers([selects[number] for number in asked])
        finally:
            self._connection.unregister(_ROWS)
        for number, answer in zip(asked, answers, strict=True):
            found[number] = answer
        return found

    def condition(self, mapping: TypeMapping, columns: Sequence[pa.Array], rows: int) -> pa.Array:
        """The mask of the rows for which ``where`` holds (null is no)."""
        self._connection.register(_ROWS, _table(columns, rows))
        try:
            query = (
                f"SELECT coalesce(TRY_CAST(({mapping.where}) AS BOOLEAN), false) AS keep FROM rows"
            )
            return _combined(self._fetch(query, f"{mapping.path}.where").column("keep"))
        finally:
            self._connection.unregister(_ROWS)

    def counted(self, expression: Expression, batch: pa.RecordBatch) -> tuple[dict[str, int], int]:
        """The values of an expression as text, with their counts, and the rows without one.

        Of a list each item counts. Columns that the batch lacks are null.
        """
        columns = [
            batch.column(name) if name in batch.schema.names else pa.nulls(batch.num_rows)
            for name in expression.columns
        ]
        names = {name: f"c{number}" for number, name in enumerate(expression.columns)}
        sql = expression.over(names)
        self._connection.register(_ROWS, _table(columns, batch.num_rows))
        try:
            given = self._rows(f"DESCRIBE SELECT {sql} AS v FROM rows", expression.text)[0][1]
            each = f"unnest({sql})" if str(given).endswith("[]") else sql
            value = f"nullif(CAST({each} AS VARCHAR), '')"
            counts = self._fetch(
                f"SELECT v, count(*) AS n FROM (SELECT {value} AS v FROM rows) GROUP BY v",
                expression.text,
            )
        finally:
            self._connection.unregister(_ROWS)
        found = dict(zip(counts["v"].to_pylist(), counts["n"].to_pylist(), strict=True))
        return found, found.pop(None, 0)

    def check(self, mapping: TypeMapping, columns: Sequence[pa.Array]) -> list[str]:
        """What doesn't fit between the outputs and columns of these types."""
        problems: list[str] = []
        self._connection.register(_ROWS, _table(columns, 0))
        try:
            for output in mapping.outputs:
                try:
                    self._select(output, columns)
                except ExpressionRefused as error:
                    problems.append(error.message)
        finally:
            self._connection.unregister(_ROWS)
        return problems

    # -- what to ask -----------------------------------------------------------------------

    def _prepared(self, mapping: TypeMapping, columns: Sequence[pa.Array]) -> list[_Select]:
        """What to ask for each output, given the types of the columns; cached."""
        key = (mapping.outputs, tuple(column.type for column in columns))
        if key not in self._selects:
            self._selects[key] = [self._select(output, columns) for output in mapping.outputs]
        return self._selects[key]

    def _select(self, output: Output, columns: Sequence[pa.Array]) -> _Select:
        given, arrow = self._type_of(output)
        sql, target = f"({output.sql})", output.type.sql
        if given.endswith("[]"):
            return _list_select(output, sql, given.removesuffix("[]"), target)
        if _same(given, target):
            return _Select(output, sql)
        # A bare column was tried already; of an expression nobody knows yet.
        raw = sql if output.column is None and may_be_plain(arrow, output.type) else None
        return _Select(output, _cast(sql, given, target), _failed(sql, given, target), raw=raw)

    def _type_of(self, output: Output) -> tuple[str, pa.DataType]:
        """What an expression gives: DuckDB's type name, and Arrow's type."""
        row = self._rows(f"DESCRIBE SELECT {output.sql} AS v FROM rows", output.path)[0]
        query = f"SELECT {output.sql} AS v FROM rows LIMIT 0"
        return str(row[1]), self._fetch(query, output.path).schema.field("v").type

    # -- asking ----------------------------------------------------------------------------

    def _answers(self, selects: Sequence[_Select]) -> list[Column]:
        """One query for all; where that raises, each by itself and row by row."""
        if not selects:
            return []
        items = []
        for number, select in enumerate(selects):
            items.append(f"{select.raw or select.value} AS v{number}")
            if select.failed and not select.raw:
                items.append(f"{select.failed} AS f{number}")
        try:
            answer = self._connection.sql(f"SELECT {', '.join(items)} FROM rows").to_arrow_table()
        except (duckdb.OutOfMemoryException, MemoryError) as error:
            raise LimitExceeded("a mapping expression used up its memory") from error
        except duckdb.Error:
            return [self._careful(select) for select in selects]
        return [
            self._cast(select, answer, number)
            if select.raw
            else self._column(select, answer, number)
            for number, select in enumerate(selects)
        ]

    def _cast(self, select: _Select, answer: pa.Table, number: int) -> Column:
        """The values of an expression before its cast, cast by Arrow or else by SQL."""
        values = plainly_cast(_combined(answer.column(f"v{number}")), select.output.type)
        return self._careful(select) if values is None else _finite(select.output, values)

    def _column(self, select: _Select, answer: pa.Table, number: int) -> Column:
        values = _combined(answer.column(f"v{number}"))
        if select.failed is None:
            return _finite(select.output, values)
        failed = _combined(answer.column(f"f{number}"))
        rows = np.flatnonzero(failed.to_numpy(zero_copy_only=False).astype(bool))
        if not len(rows):
            return _finite(select.output, values)
        return Column(values, self._failure(select, rows))

    def _failure(self, select: _Select, rows: npt.NDArray[np.int64]) -> Failure:
        output = select.output
        query = (
            f"SELECT CAST(({output.sql}) AS VARCHAR) AS v FROM rows WHERE {select.failed} "
            f"LIMIT {EXAMPLES_A_FINDING}"
        )
        return Failure(
            code="CAST_FAILED",
            message=f"the value is no {_word(output.type.sql)}",
            path=output.path,
            rows=rows,
            values=_combined(self._fetch(query, output.path).column("v")),
            fix=_CAST_FIX,
        )

    def _careful(self, select: _Select) -> Column:
        """One output by itself; rows for which it raises are null and failed."""
        query = f"SELECT {select.value} AS v0"
        if select.failed:
            query += f", {select.failed} AS f0"
        try:
            answer = self._connection.sql(f"{query} FROM rows").to_arrow_table()
        except (duckdb.OutOfMemoryException, MemoryError) as error:
            raise LimitExceeded("a mapping expression used up its memory") from error
        except duckdb.Error as error:
            return self._row_by_row(select, str(error))
        return self._column(select, answer, 0)

    def _row_by_row(self, select: _Select, message: str) -> Column:
        # TRY around `IS NULL` only: two TRYs over one shared cast raise again.
        path = select.output.path
        failed = self._fetch(f"SELECT TRY(({select.value}) IS NULL) IS NULL AS f FROM rows", path)
        values = self._fetch(f"SELECT TRY({select.value}) AS v FROM rows", path)
        rows = np.flatnonzero(_combined(failed.column("f")).to_numpy(zero_copy_only=False))
        reason = message.splitlines()[0]
        return Column(
            _combined(values.column("v")),
            Failure(
                code="EXPRESSION_FAILED",
                message=f"={select.output.text} fails: {reason}",
                path=path,
                rows=rows,
                values=None,
                fix=_CAST_FIX,
            ),
        )

    def _fetch(self, query: str, path: str) -> pa.Table:
        try:
            return self._connection.sql(query).to_arrow_table()
        except (duckdb.OutOfMemoryException, MemoryError) as error:
            raise LimitExceeded(f"an expression used up its memory ({path})") from error
        except duckdb.Error as error:
            raise MappingError(f"an expression can't run ({path}): {error}") from error

    def _rows(self, query: str, path: str) -> list[Any]:
        try:
            return list(self._connection.execute(query).fetchall())
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise ExpressionRefused(
                f"an expression doesn't fit its columns ({path}): {reason}"
            ) from error


def _plain(output: Output, columns: Sequence[pa.Array]) -> Column | None:
    """An output that is a column as it is, or plainly cast; None where SQL must look."""
    if output.column is None:
        return None
    given = columns[output.column]
    values = given if given.type == output.type.arrow else plainly_cast(given, output.type)
    return None if values is None else _finite(output, values)


def _table(columns: Sequence[pa.Array], rows: int) -> pa.Table:
    """The inputs as c0, c1 …; a column of row numbers keeps the count where there are none."""
    names = [f"c{number}" for number in range(len(columns))]
    number = pa.array(np.arange(rows, dtype=np.int32))
    return pa.Table.from_arrays([*columns, number], [*names, "row"])


def _combined(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


def _same(given: str, target: str) -> bool:
    return given == target or (given, target) == (_TIMESTAMPTZ, "TIMESTAMPTZ")


def _cast(sql: str, given: str, target: str) -> str:
    if target == "BIGINT" and given not in _WHOLE and given != "BOOLEAN":
        # DuckDB rounds 12.7 to 13; a value that is no whole number must fail instead.
        number = f"TRY_CAST({sql} AS DOUBLE)"
        return f"CASE WHEN {number} = trunc({number}) THEN TRY_CAST({sql} AS BIGINT) END"
    if given == "VARCHAR" and target in ("DATE", "TIMESTAMPTZ"):
        # DuckDB takes 1/2/20 for the year 1; only a year of four digits is a date here.
        return f"CASE WHEN regexp_matches({sql}, {_DATE}) THEN TRY_CAST({sql} AS {target}) END"
    return f"TRY_CAST({sql} AS {target})"


def _failed(sql: str, given: str, target: str) -> str | None:
    """The test that a value is there but its cast isn't; None where a cast always works."""
    if target == "VARCHAR" or (given in _WHOLE and target in ("BIGINT", "DOUBLE")):
        return None
    if given == "DATE" and target == "TIMESTAMPTZ":
        return None
    there = f"{sql} IS NOT NULL"
    if given in ("FLOAT", "DOUBLE"):
        there += f" AND NOT isnan({sql})"  # NaN is null
    elif given == "VARCHAR":
        there += f" AND trim({sql}) <> ''"  # and so are empty texts
    return f"({there} AND ({_cast(sql, given, target)}) IS NULL)"


def _list_select(output: Output, sql: str, given: str, target: str) -> _Select:
    if _same(given, target):
        return _Select(output, sql, listed=True)
    value = f"list_transform({sql}, lambda x: {_cast('x', given, target)})"
    test = _failed("x", given, target)
    failed = f"coalesce(len(list_filter({sql}, lambda x: {test})) > 0, false)" if test else None
    return _Select(output, value, failed, listed=True)


def _finite(output: Output, values: pa.Array) -> Column:
    """Numbers: NaN is null; an infinite one, or one beyond the type's bounds, has failed."""
    kind = output.type
    flat = values.values if pa.types.is_list(values.type) else values
    if kind.name == "float64" and pa.types.is_floating(flat.type):
        numbers = flat.to_numpy(zero_copy_only=False)
        if len(numbers) and not np.isfinite(numbers).all():
            return _without(output, values, np.isnan(numbers), np.isinf(numbers))
    if kind.name == "int64" and len(flat) and (kind.low, kind.high) != _ALL_INTEGERS:
        low, high = kind.low, kind.high
        bounds = pc.min_max(flat).as_py()
        if bounds["min"] is not None and not (low <= bounds["min"] and bounds["max"] <= high):
            outside = pc.or_(pc.less(flat, low), pc.greater(flat, high)).fill_null(False)
            mask = outside.to_numpy(zero_copy_only=False)
            return _without(output, values, np.zeros(len(mask), dtype=bool), mask)
    return Column(values)


_ALL_INTEGERS: Final = (-(2**63), 2**63 - 1)


def _without(
    output: Output,
    values: pa.Array,
    none: npt.NDArray[np.bool_],
    wrong: npt.NDArray[np.bool_],
) -> Column:
    listed = pa.types.is_list(values.type)
    flat = values.values if listed else values
    was_null = pc.is_null(flat).to_numpy(zero_copy_only=False)
    wrong = wrong & ~was_null
    cleared = pc.if_else(pa.array(none | wrong), None, flat)
    positions = np.flatnonzero(wrong)
    rows = positions
    if listed:
        offsets = values.offsets.to_numpy()
        rows = np.searchsorted(offsets, positions, side="right") - 1
        cleared = pa.ListArray.from_arrays(values.offsets, cleared)
    if not len(positions):
        return Column(cleared)
    failure = Failure(
        code="CAST_FAILED",
        message=f"the value is no {_word(output.type.sql)} that the property allows",
        path=output.path,
        rows=rows.astype(np.int64),
        values=flat.take(pa.array(positions)),
        fix=_CAST_FIX,
    )
    return Column(cleared, failure)


def _word(target: str) -> str:
    return {
        "BIGINT": "whole number",
        "DOUBLE": "number",
        "BOOLEAN": "true or false",
        "DATE": "date",
        "TIMESTAMPTZ": "date and time",
    }.get(target, "text")
