"""DuckDB for our own SQL over many rows: bounded in memory, spilling to the run's folder.

No user expression comes near it (those run in :mod:`commonplace.mapping.engine`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

MEMORY: Final = "256MB"


@contextmanager
def spilling_engine(work: Path, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sorts and groups within ``memory``, spilling below ``work``."""
    engine = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "temp_directory": str(work / "spill"),
            "threads": 2,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        yield engine
    finally:
        engine.close()
