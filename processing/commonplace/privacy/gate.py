"""The gate between a source and the package: what the job decides of personal columns."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.errors import PersonalDataUndecided
from commonplace.job import Decision, PrivacySpec
from commonplace.privacy.signs import (
    HOUSEHOLD,
    VALUES,
    Sign,
    counts_of_many,
    signs_of_names,
    signs_of_values,
)
from commonplace.report import PersonalColumn

#: The environment variable with the secret that pseudonyms are made with.
KEY: Final = "COMMONPLACE_PSEUDONYM_KEY"
SMALLEST_GROUP: Final = 5
_SHORTEST_KEY: Final = 16
_PSEUDONYM_BYTES: Final = 12


def undecided(signs: Iterable[Sign], privacy: PrivacySpec, layer: str) -> None:
    """Stop where the job says nothing of a column that looks personal.

    Raises
    ------
    PersonalDataUndecided
        With all columns, and what to write into the job.
    """
    open_ = {one.column: one for one in signs if one.column not in privacy.columns}
    if open_:
        listed = "\n".join(f"  {one.column}: {one.why}" for one in open_.values())
        words = ", ".join(f"{name}: drop" for name in open_)
        raise PersonalDataUndecided(
            f"columns of {layer} look like personal data:\n{listed}",
            hint=f"say in the job what becomes of each: privacy: {{columns: {{{words}}}}} "
            "(keep, drop, pseudonymise or aggregate), and decided_by: a role",
        )


class Gate:
    """Lets the rows of one layer through, with the job's decisions carried out.

    Columns are judged by name at once, by value at the first rows; ``decided`` tells what
    was done, once rows have passed.
    """

    def __init__(self, privacy: PrivacySpec, layer: str, columns: Sequence[str]) -> None:
        self._privacy = privacy
        self._layer = layer
        self._columns = tuple(columns)
        self._signs = {one.column: one for one in signs_of_names(columns)}
        sure = (one for one in self._signs.values() if one.category != HOUSEHOLD)
        undecided(sure, privacy, layer)

    def through(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows, decisions carried out.

        Raises
        ------
        PersonalDataUndecided
            Before any row has passed.
        """
        rows = iter(batches)
        first: list[pa.RecordBatch] = []
        for batch in rows:
            first.append(batch)
            if sum(one.num_rows for one in first) >= VALUES:
                break
        if first:
            self._look(pa.Table.from_batches(first).slice(0, VALUES).combine_chunks())
            undecided(self._signs.values(), self._privacy, self._layer)
        for batch in first:
            yield self._applied(batch)
        for batch in rows:
            yield self._applied(batch)

    def _look(self, table: pa.Table) -> None:
        """Judge by values: what looks personal, and what only counts many."""
        for rows in table.to_batches()[:1]:
            for sign in signs_of_values(rows):
                self._signs.setdefault(sign.column, sign)
            for sign in list(self._signs.values()):
                if sign.category == HOUSEHOLD and counts_of_many(rows, sign.column):
                    del self._signs[sign.column]

    def decided(self) -> list[PersonalColumn]:
        """What was decided of the layer's columns."""
        found = []
        for column in self._columns:
            decision = self._privacy.columns.get(column)
            if decision is None:
                continue
            sign = self._signs.get(column) or Sign(column, "stated", "the job names it")
            found.append(
                PersonalColumn(
                    self._layer,
                    column,
                    sign.category,
                    sign.why,
                    decision,
                    self._privacy.decided_by or "not stated",
                )
            )
        return found

    def _applied(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        for number, name in enumerate(batch.schema.names):
            decision = self._privacy.columns.get(name)
            if decision in (None, "keep"):
                continue
            column = batch.column(number)
            made = _MADE[decision](column, name, self._layer)
            batch = batch.set_column(number, pa.field(name, made.type), made)
        return batch


def _dropped(column: Any, name: str, layer: str) -> Any:
    return pa.nulls(len(column), column.type)


def _pseudonyms(column: Any, name: str, layer: str) -> Any:
    """The same text for the same value, that nobody without the key can trace back."""
    key = os.environ.get(KEY, "").encode()
    if len(key) < _SHORTEST_KEY:
        raise PersonalDataUndecided(
            f"{layer}: pseudonyms of {name} need a secret",
            hint=f"set {KEY} to at least {_SHORTEST_KEY} characters, and keep it",
        )
    encoded = column.cast(pa.string()).dictionary_encode()
    made = [
        hmac.new(key, text.encode(), hashlib.sha256).digest()[:_PSEUDONYM_BYTES].hex()
        for text in encoded.dictionary.to_pylist()
    ]
    return pa.array(made, pa.string()).take(encoded.indices)


def _aggregated(column: Any, name: str, layer: str) -> Any:
    """Dates to their year, numbers to multiples of five."""
    kind = column.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return pc.floor_temporal(column, unit="year")
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        groups = pc.round_to_multiple(column.cast(pa.float64()), float(SMALLEST_GROUP))
        return groups.cast(kind)
    dates = _year_texts(column) if pa.types.is_string(kind) else None
    if dates is not None:
        return dates
    raise PersonalDataUndecided(
        f"{layer}: {name} is neither a date nor a number, and can't be aggregated",
        hint="drop or pseudonymise it",
    )


def _year_texts(column: Any) -> Any | None:
    """ISO dates as text, to the first day of their year; None where they are no dates."""
    years = pc.struct_field(pc.extract_regex(column, r"^(?P<year>\d{4})-\d{2}-\d{2}.*$"), "year")
    readable = np.asarray(years.is_valid()) | np.asarray(column.is_null())
    if not readable.all():
        return None
    return pc.binary_join_element_wise(years, pa.scalar("-01-01"), pa.scalar(""))


_MADE: Final[Mapping[Decision, Any]] = {
    "drop": _dropped,
    "pseudonymise": _pseudonyms,
    "aggregate": _aggregated,
}
