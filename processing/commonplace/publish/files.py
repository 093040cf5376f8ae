"""The entities to publish, and those that are gone: files of a package, or one file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from commonplace.errors import SourceError
from commonplace.ngsi.entities import GONE, read_id_map

MANIFEST: Final = "package.json"
ENTITIES: Final = "ngsild"
ID_MAP: Final = "ngsild-id-map"


@dataclass(frozen=True, slots=True)
class Published:
    """Files with entities, and the id-maps that know which are gone."""

    entities: tuple[Path, ...]
    id_maps: tuple[Path, ...] = ()

    def gone(self) -> list[str]:
        """Ids of entities whose features there are no more, in order.

        Raises
        ------
        SourceError
            No id-map, or one that can't be read.
        """
        if not self.id_maps:
            raise SourceError(
                "without an id-map it is not known which entities are gone",
                hint="publish the package, which has one",
            )
        found: dict[str, None] = {}
        present: set[str] = set()
        for path in self.id_maps:
            for row in _rows(path):
                if row["state"] == GONE:
                    found[row["entity"]] = None
                else:
                    present.add(row["entity"])
        return [one for one in found if one and one not in present]


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        rows: list[dict[str, str]] = read_id_map(path).to_pylist()
    except (OSError, ValueError) as error:
        raise SourceError(f"the id-map {path.name} can't be read: {error}") from error
    return rows


def published(path: Path) -> Published:
    """What a package folder, or one file, holds.

    Raises
    ------
    SourceError
        Nothing there, or no entities in it.
    """
    if path.is_file():
        return Published((path,))
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        listed = [(one["format"], path / one["path"]) for one in manifest["data"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{path} is no package, and no file of entities",
            hint="a package has been written by `commonplace run`",
        ) from error
    entities = tuple(file for kind, file in listed if kind == ENTITIES)
    if not entities:
        raise SourceError(
            f"{path.name} holds no NGSI-LD entities",
            hint="add ngsild to output.formats of its job and run it again",
        )
    return Published(entities, tuple(file for kind, file in listed if kind == ID_MAP))


def read_entities(path: Path) -> Iterator[Any]:
    """Entities of a file: an array (line by line where each has a line of its own), or one.

    Raises
    ------
    SourceError
    """
    try:
        with path.open("rb") as file:
            head = file.readline().strip(), file.read(1)
        if head[0] == b"[" and head[1] in (b"{", b"]"):
            yield from _by_line(path)
        else:
            found = json.loads(path.read_text(encoding="utf-8"))
            yield from found if isinstance(found, list) else [found]
    except (OSError, ValueError) as error:
        command = f"commonplace convert {path.name} {path.stem}.ngsild.jsonld"
        raise SourceError(
            f"{path.name} can't be read as entities: {error}",
            hint=f"make entities of it first: {command}",
        ) from error


def _by_line(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        next(file)
        for line in file:
            text = line.strip().removesuffix(b",")
            if text and text != b"]":
                yield json.loads(text)
