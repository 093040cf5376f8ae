"""Names of the layers of a folder or archive, where several files have one of the same name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from commonplace.sources.table import Table


def layer_names(tables: Sequence[Table]) -> list[str]:
    """Each table's name as a layer, none of them twice.

    A name that occurs several times gets its file's in front (``houses/buildings``), or its
    path where files in several folders are called alike (``north/houses``).
    """
    names = []
    for table in tables:
        alike = [one for one in tables if one.layer.name == table.layer.name]
        labels = (label for label in _LABELS if len(set(map(label, alike))) == len(alike))
        names.append(next(labels)(table))
    return names


def _plain(table: Table) -> str:
    return table.layer.name


def _by_stem(table: Table) -> str:
    return f"{table.file.stem}/{table.layer.name}"


def _by_path(table: Table) -> str:
    path = PurePosixPath(table.file.name).parent / table.file.stem
    name = table.layer.name
    return str(path if path.name == name else path / name)


def _by_file(table: Table) -> str:
    return f"{table.file.name}/{table.layer.name}"


def _by_key(table: Table) -> str:
    return f"{_by_file(table)}/{table.key}"


_LABELS: Final = (_plain, _by_stem, _by_path, _by_file, _by_key)
