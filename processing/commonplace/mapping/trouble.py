"""What went wrong with which rows of a batch: findings, and rows to leave out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.errors import MappingError
from commonplace.job import OnError
from commonplace.report import EXAMPLES_A_FINDING, Finding, Severity

Rows = npt.NDArray[np.int64]

_LONGEST_VALUE: Final = 200
#: Findings about codes say how often each value occurred.
_CODES: Final = "CODE_"
#: Ordinals of a dataset's layers are kept apart by multiples of it.
_ORDINALS_A_LAYER: Final = 1 << 40


class Troubles:
    """Collects findings of one batch under an error policy.

    Parameters
    ----------
    feature_type
        The type that is being made.
    ordinals
        The source row number of each row.
    """

    def __init__(self, feature_type: str, ordinals: Rows, on_error: OnError) -> None:
        self._feature_type = feature_type
        self._ordinals = ordinals
        self._on_error = on_error
        self.ids: pa.Array | None = None
        self.rejected: npt.NDArray[np.bool_] = np.zeros(len(ordinals), dtype=bool)
        self.findings: list[Finding] = []

    def error(
        self,
        code: str,
        message: str,
        path: str,
        rows: Rows,
        values: pa.Array | None = None,
        *,
        fix: str | None = None,
        fatal: bool = False,
    ) -> None:
        """Values that can't be: by policy the row is rejected or the value void.

        ``fatal`` rejects the row whatever the policy. ``values`` are those of ``rows``.

        Raises
        ------
        MappingError
            With the policy ``stop``.
        """
        if not len(rows):
            return
        if self._on_error == "stop":
            first = self._finding(code, Severity.ERROR, message, path, rows, values, 0, fix)
            raise MappingError(f"{first.message} ({path}, value {first.value!r})", hint=fix)
        self._add(code, Severity.ERROR, message, path, rows, values, fix)
        if fatal or self._on_error == "reject":
            self.rejected[rows] = True

    def warning(
        self,
        code: str,
        message: str,
        path: str,
        rows: Rows,
        values: pa.Array | None = None,
        *,
        fix: str | None = None,
    ) -> None:
        """Values to look at; they are kept."""
        if len(rows):
            self._add(code, Severity.WARNING, message, path, rows, values, fix)

    def info(
        self, code: str, message: str, path: str, rows: Rows, values: pa.Array | None = None
    ) -> None:
        """What was done as the mapping says, to be counted."""
        if len(rows):
            self._add(code, Severity.INFO, message, path, rows, values, None)

    def _add(
        self,
        code: str,
        severity: Severity,
        message: str,
        path: str,
        rows: Rows,
        values: pa.Array | None,
        fix: str | None,
    ) -> None:
        """As many findings as a report keeps; the last one counts for the rest."""
        shown = min(len(rows), EXAMPLES_A_FINDING)
        for number in range(shown):
            rest = len(rows) - shown + 1 if number == shown - 1 else 1
            found = self._finding(code, severity, message, path, rows, values, number, fix, rest)
            if not number and values is not None and code.startswith(_CODES):
                found = replace(found, tally=_tally(values))
            self.findings.append(found)

    def _finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        path: str,
        rows: Rows,
        values: pa.Array | None,
        number: int,
        fix: str | None,
        count: int = 1,
    ) -> Finding:
        row = int(rows[number])
        ordinal = int(self._ordinals[row]) % _ORDINALS_A_LAYER
        value = None
        if values is not None:
            plain = values[number].as_py()
            value = None if plain is None else str(plain)[:_LONGEST_VALUE]
        return Finding(
            code=code,
            severity=severity,
            message=f"{self._feature_type} of row {ordinal}: {message}",
            feature=self.ids[row].as_py() if self.ids is not None else None,
            attribute=f"{self._feature_type}.{path}",
            value=value,
            fix=fix,
            count=count,
        )


def _tally(values: pa.Array) -> dict[str, int]:
    counted = pc.value_counts(values.drop_null())
    texts, counts = (counted.field(name).to_pylist() for name in ("values", "counts"))
    tally: dict[str, int] = {}
    for text, count in zip(texts, counts, strict=True):
        short = str(text)[:_LONGEST_VALUE]
        tally[short] = tally.get(short, 0) + count
    return tally
