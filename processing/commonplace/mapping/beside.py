"""Files that stand beside a mapping document, and nowhere else.

Documents are shared between strangers: they name other documents and tables by a relative
path at or below their own folder, read when the document is, never while rows are mapped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from commonplace.documents import LARGEST_DOCUMENT, Document, Tree, child, did_you_mean
from commonplace.errors import Problem
from commonplace.mapping.derive import DERIVE

TABLE: Final = ".csv"
_CODES: Final = "codes"


def find_beside(
    document: Document, named: str, path: str, suffixes: tuple[str, ...], problems: list[Problem]
) -> Path | None:
    """The file that a document names at ``path``; None, with a problem, where it may not."""
    if document.folder is None:
        message = f"a document in no folder has no {named!r} beside it"
        problems.append(document.problem(message, path, code="BESIDE"))
        return None
    return find_below(document, document.folder, PurePosixPath(named), path, suffixes, problems)


def find_below(
    document: Document,
    folder: Path,
    inside: PurePosixPath,
    path: str,
    suffixes: tuple[str, ...],
    problems: list[Problem],
) -> Path | None:
    """The same in a folder other than the document's."""
    if inside.is_absolute() or ".." in inside.parts or inside.suffix not in suffixes:
        message = f"{str(inside)!r} is no {suffixes[0]} file in or below the document's folder"
        problems.append(document.problem(message, path, code="OUTSIDE"))
        return None
    found = folder / inside
    if found.is_file() and found.resolve().is_relative_to(folder.resolve()):
        return found
    there = [one.relative_to(folder).as_posix() for one in _files(folder, suffixes)]
    hint = did_you_mean(inside.as_posix(), there)
    message = f"there is no {inside.as_posix()!r}"
    problems.append(document.problem(message, path, hint=hint, code="MISSING"))
    return None


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """What may have been meant: files of the folder and just below it."""
    for suffix in suffixes:
        for pattern in (f"*{suffix}", f"*/*{suffix}"):
            yield from folder.glob(pattern)


def with_tables(document: Document, problems: list[Problem]) -> tuple[Document, dict[str, str]]:
    """A document with the rows of the tables that it names as ``codes: table.csv``.

    Returns
    -------
    document, tables
        The tables' text by the path that the document names them by.
    """
    tables: dict[str, str] = {}

    def filled(tree: Tree, path: str) -> Tree:
        if isinstance(tree, list):
            return [filled(one, child(path, index)) for index, one in enumerate(tree)]
        if not isinstance(tree, dict):
            return tree
        whole: dict[str, Tree] = {}
        for key, value in tree.items():
            at = child(path, key)
            if key == _CODES and isinstance(value, str):
                whole[key] = _table(document, value, at, tables, problems)
            else:
                whole[key] = filled(value, at)
        return whole

    tree = {
        key: value if key == DERIVE else filled(value, child("$", key))
        for key, value in document.tree.items()
    }
    return replace(document, tree=tree), tables


def _table(
    document: Document, named: str, path: str, tables: dict[str, str], problems: list[Problem]
) -> Tree:
    found = find_beside(document, named, path, (TABLE,), problems)
    if found is None:
        return {}
    try:
        if found.stat().st_size > LARGEST_DOCUMENT:
            raise ValueError(f"larger than {LARGEST_DOCUMENT} bytes")
        text = found.read_text(encoding="utf-8-sig")
        codes = _codes(text)
    except (OSError, ValueError, csv.Error) as error:
        message = f"{named} is no table of codes: {error}"
        problems.append(document.problem(message, path, code="TABLE"))
        return {}
    tables[named] = text
    return codes


def _codes(text: str) -> dict[str, Tree]:
    """Rows ``source value, code`` under a head; an empty code is void.

    Raises
    ------
    ValueError
        No head, a row of other than two columns, a value that stands twice.
    """
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ",", strict=True)
    head = next(rows, [])
    if len(head) < 2:
        raise ValueError("expected a head and two columns, the source value and the code")
    codes: dict[str, Tree] = {}
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        if len(row) != len(head):
            raise ValueError(f"row {number} has {len(row)} columns, not {len(head)}")
        value, code = row[0].strip(), row[1].strip()
        if value in codes:
            raise ValueError(f"{value!r} stands twice (row {number})")
        codes[value] = code or "void"
    return codes
