"""What makes a process that only runs jobs start quickly."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

UNUSED: Final = frozenset({"pandas", "geopandas"})


class _Refuse:
    """An import finder that says that the unused libraries are not installed."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name in UNUSED:
            raise ModuleNotFoundError(f"{name} is left out of this process", name=name)
        return None


def leave_out_pandas() -> None:
    """Spare this process a quarter of a second.

    pyarrow and pyogrio import pandas and geopandas when they find them, only to look for
    their types. Running a job never makes a data frame. For processes of our own alone:
    nobody else's code runs in them.
    """
    if UNUSED.isdisjoint(sys.modules):
        sys.meta_path.insert(0, _Refuse())
