"""The job document that the engine runs, built from what the user chose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .engine import Message

SOURCE: Final = "project"
NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class NoSuchLayer(Exception):
    """The mapping reads a layer that is not among those chosen."""

    def __init__(self, wanted: str, chosen: Sequence[str]) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.chosen = tuple(chosen)


@dataclass(frozen=True)
class StagedLayer:
    """A layer of the project as a table of the session's GeoPackage.

    ``names`` are what a mapping may call it: its name in the project, and its table's or
    file's.
    """

    table: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """What the user chose. ``accuracy`` is in metres."""

    mapping: Path
    title: str
    licence: str
    attribution: str
    crs: str
    formats: tuple[str, ...]
    folder: Path
    accuracy: float | None = None
    grids: Path | None = None
    replace: bool = False
    description: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    zipped: bool = False
    validated: bool = False


def job_document(
    choices: Choices, layers: Path, tables: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The job over the GeoPackage ``layers``; ``tables`` are those each feature type reads."""
    crs: dict[str, str] = {"target": choices.crs}
    if choices.accuracy is not None:
        crs["accuracy"] = repr(choices.accuracy)
    if choices.grids is not None:
        crs["grids"] = str(choices.grids)
    document: dict[str, Any] = {
        "title": choices.title,
        "licence": choices.licence,
        "attribution": choices.attribution,
        "sources": {SOURCE: {"path": str(layers)}},
        "datasets": [
            {
                "mapping": str(choices.mapping),
                "source": [SOURCE],
                "layers": {name: list(one) for name, one in tables.items()},
            }
        ],
        "crs": crs,
        "output": {
            "folder": str(choices.folder),
            "formats": list(choices.formats),
            "replace": "true" if choices.replace else "false",
        },
    }
    if choices.description:
        document["description"] = choices.description
    if choices.metadata:
        document["metadata"] = dict(choices.metadata)
    document["output"].update(_wanted(zip=choices.zipped, validate=choices.validated))
    return document


def _wanted(**flags: bool) -> dict[str, str]:
    return {name: "true" for name, stated in flags.items() if stated}


def job_request(
    job: Path,
    folder: Path | None,
    *,
    replace: bool,
    formats: Sequence[str] = (),
    zipped: bool = False,
    validated: bool = False,
) -> Message:
    """A job file to run; what is stated here goes before what it says.

    It may name configurations of QGIS's authentication manager.
    """
    output: dict[str, str] = _wanted(replace=replace, zip=zipped, validate=validated)
    if folder is not None:
        output["folder"] = str(folder)
    if formats:
        output["formats"] = ",".join(formats)
    return {
        "type": "run",
        "job": job.read_text(encoding="utf-8"),
        "folder": str(job.parent.absolute()),
        "overrides": {f"output.{name}": value for name, value in output.items()},
        "asks": True,
    }


def job_text(document: Mapping[str, Any]) -> str:
    """The document as text. JSON is YAML, save for some characters that YAML wants escaped."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return NOT_IN_YAML.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def match_layers(
    wanted: Mapping[str, Sequence[str]], staged: Sequence[StagedLayer]
) -> dict[str, list[str]]:
    """Tables for each feature type, from the layer names that the mapping states.

    A mapping that reads one layer is content with the only one chosen, whatever its name.

    Raises
    ------
    NoSuchLayer
    """
    distinct = {name for names in wanted.values() for name in names}
    if len(staged) == 1 and len(distinct) <= 1:
        return {feature_type: [staged[0].table] for feature_type in wanted}
    return {
        feature_type: [_table(name, staged) for name in names]
        for feature_type, names in wanted.items()
        if names
    }


def _table(name: str, staged: Sequence[StagedLayer]) -> str:
    folded = name.casefold()
    for position in range(max((len(one.names) for one in staged), default=0)):
        for layer in staged:
            if position < len(layer.names) and layer.names[position].casefold() == folded:
                return layer.table
    raise NoSuchLayer(name, [one.names[0] for one in staged])


def table_names(names: Iterable[str]) -> list[str]:
    """A table name for each layer name: unique for SQLite, and not one that it reserves."""
    taken: set[str] = set()
    tables = []
    for name in names:
        plain = re.sub(r"[\x00-\x1f\"|]", "_", name).strip() or "layer"
        if re.match(r"(gpkg|rtree|sqlite|idx)_", plain, re.IGNORECASE):
            plain = f"layer_{plain}"
        table, number = plain, 1
        while table.casefold() in taken:
            number += 1
            table = f"{plain}_{number}"
        taken.add(table.casefold())
        tables.append(table)
    return tables
