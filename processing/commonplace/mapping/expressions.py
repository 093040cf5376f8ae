"""What an expression of a mapping is, and the columns it may read though no source has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: The column that ``fingerprint(geometry)`` reads; the session makes it.
FINGERPRINT: Final = "@fingerprint"

#: The column that ``as_of()`` reads: when the version of the row's object began.
AS_OF: Final = "@as_of"

#: The column that ``source_date()`` reads; the source as the job opens it has it.
SOURCE_DATE: Final = "@source_date"

#: Columns that no source has.
MADE: Final = frozenset({FINGERPRINT, AS_OF})

GEOMETRY_HINT: Final = "only fingerprint(geometry) gives a text"


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that may run.

    ``columns`` are the source columns it reads, in order of first use; ``sql`` is the
    text written from the tree, in which the column at ``columns[i]`` is ``{i}``
    (braces doubled otherwise), to be filled by :meth:`over`.
    """

    text: str
    columns: tuple[str, ...]
    sql: str

    def over(self, names: Mapping[str, str]) -> str:
        """The SQL over columns renamed by ``names`` (source name → SQL identifier)."""
        return self.sql.format(*(names[one] for one in self.columns))


def quoted(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def shortened(text: str) -> str:
    """An expression as messages show it."""
    return repr(text if len(text) <= 80 else text[:79] + "…")
