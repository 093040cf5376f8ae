"""Layers of a package as features to send: its GeoJSON files, and what they are called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from commonplace.errors import SourceError
from commonplace.publish.files import MANIFEST

FORMAT: Final = "geojson"
_HEAD: Final = b'"features":['

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileLayer:
    """A feature type of a data set, in a file of its own."""

    path: Path
    dataset: str
    feature_type: str


def layers_of(package: Path) -> list[FileLayer]:
    """The layers of a package.

    Raises
    ------
    SourceError
        No package, or it has no GeoJSON.
    """
    try:
        manifest = json.loads((package / MANIFEST).read_text(encoding="utf-8"))
        listed = [one for one in manifest["data"] if one["format"] == FORMAT]
        found = [_layer(package, one) for one in listed]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{package} is no package", hint="a package has been written by `commonplace run`"
        ) from error
    if not found:
        raise SourceError(
            f"{package.name} holds no GeoJSON",
            hint="add geojson to output.formats of its job and run it again",
        )
    return found


def _layer(package: Path, one: dict[str, Any]) -> FileLayer:
    (kind,) = one["feature_types"]
    path = package / one["path"]
    return FileLayer(path, path.stem.removesuffix(f"_{kind}"), kind)


def read_features(path: Path) -> Iterator[Feature]:
    """Features of a GeoJSON file; line by line where each has a line of its own, as ours do.

    Raises
    ------
    SourceError
        It is no GeoJSON, or a feature has no id.
    """
    try:
        with path.open("rb") as file:
            if file.readline().rstrip().endswith(_HEAD):
                lines = (line.strip().removesuffix(b",") for line in file)
                features = (json.loads(one) for one in lines if one.startswith(b"{"))
            else:
                features = iter(json.loads(path.read_bytes())["features"])
            for one in features:
                if one.get("id") in (None, ""):
                    raise SourceError(f"{path.name} has a feature without an id")
                yield one
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path.name} can't be read as GeoJSON: {error}") from error
