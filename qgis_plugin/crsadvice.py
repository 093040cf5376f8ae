"""How layers would be reprojected, in words: how far off coordinates may be, what would help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer

from .engine import Message
from .texts import tr

GOOD: Final = "good"
DOUBTFUL: Final = "doubtful"
BAD: Final = "bad"

CRS_UNKNOWN: Final = "CRS_UNKNOWN"

_METRES, _CENTIMETRES, _MILLIMETRES = 1.0, 0.01, 0.001
_ADDRESS: Final = re.compile(r"https?://[^\s)]+")
_REACHES: Final = re.compile(r": ([0-9.eE+-]+) m, needs (.+)$")


@dataclass(frozen=True)
class Grid:
    """A file that is missing, and where it can be had."""

    name: str
    address: str


@dataclass(frozen=True)
class Advice:
    """A layer's row: ``level`` is good, doubtful or bad."""

    layer: str
    crs: str
    accuracy: str
    text: str
    level: str
    grids: tuple[Grid, ...] = ()


def operations_request(
    layers: Sequence[QgsVectorLayer], target: str, grids: str, *, only_selected: bool
) -> Message:
    """Asks how layers would be reprojected; those without geometry aren't."""
    spatial = [one for one in layers if one.isSpatial()]
    request: Message = {
        "type": "operations",
        "layers": [one.name() for one in spatial],
        "crs": [_crs_text(one.crs()) for one in spatial],
        "extents": [_extent_text(one, only_selected=only_selected) for one in spatial],
        "target": target,
    }
    return {**request, "grids": grids} if grids and Path(grids).is_dir() else request


def _crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    code = str(crs.authid())
    if code and not code.startswith("USER:"):
        return code
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019))


def _crs_name(source: str) -> str:
    """The code, or the name that stands in a CRS's WKT."""
    return source.split('"')[1] if '["' in source else source


def _extent_text(layer: QgsVectorLayer, *, only_selected: bool) -> str:
    selected = only_selected and layer.selectedFeatureCount() > 0
    box = layer.boundingBoxOfSelected() if selected else layer.extent()
    if box.isNull() or box.isEmpty():
        return ""
    sides = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    return ",".join(map(repr, sides))


def advice(operation: Message, demanded: float | None) -> Advice:
    """What an operation of the engine's means for a planner who demands an accuracy (metres)."""
    layer = operation["layer"]
    if "error" in operation:
        said = " ".join(filter(None, (operation["error"], operation.get("hint"))))
        if operation["code"] == CRS_UNKNOWN:
            said = tr("Its CRS isn't known: set it in the layer's properties, under Source.")
        return Advice(layer, "", tr("no way found"), said, BAD)
    accuracy = operation["accuracy"]
    grids = tuple(map(grid_of, operation["missing_grids"]))
    parts = [_meaning(operation)]
    level = GOOD if accuracy is not None and not grids else DOUBTFUL
    if demanded is not None and (accuracy is None or accuracy > demanded):
        level = BAD
        text = tr("Worse than the {length} demanded: the export would stop.")
        parts.append(text.format(length=length_text(demanded)))
    parts += [_better(grids, operation["alternatives"])] if grids else []
    told = tr("not known") if accuracy is None else accuracy_text(accuracy)
    return Advice(
        layer, _crs_name(operation["source"]), told, " ".join(filter(None, parts)), level, grids
    )


def advised(answer: Message, demanded: float | None) -> list[Advice]:
    """A row for each layer."""
    return [advice(one, demanded) for one in answer["operations"]]


def missing_grids(rows: Sequence[Advice]) -> list[Grid]:
    """The files that would help, once each."""
    return list(dict.fromkeys(grid for one in rows for grid in one.grids))


def what_to_do(grids: Sequence[Grid]) -> str:
    """How to get the files, as HTML; nothing where none is missing."""
    if not grids:
        return ""
    links = ", ".join(
        f'<a href="{one.address}">{one.name}</a>' if one.address else one.name for one in grids
    )
    text = tr(
        "Missing grid files: {grids}. To reach the better accuracy, download them into a folder of "
        "their own, and choose that as “Folder of grids”."
    )
    return text.format(grids=links)


def grid_of(told: str) -> Grid:
    """A grid as the engine tells it: its name, and in brackets where it can be had."""
    found = _ADDRESS.search(told)
    return Grid(told.partition(" (")[0], found.group() if found else "")


def accuracy_text(metres: float) -> str:
    """How far off coordinates may be."""
    if metres == 0:
        return tr("exact")
    return tr("up to {length} off").format(length=length_text(metres))


def length_text(metres: float) -> str:
    """A length as people say it."""
    if metres >= _METRES:
        return f"{metres:.3g} m"
    if metres >= _CENTIMETRES:
        return f"{metres / _CENTIMETRES:.3g} cm"
    return f"{metres / _MILLIMETRES:.3g} mm"


def _meaning(operation: Message) -> str:
    if operation["source"] == operation["target"]:
        return tr("The layer is in this CRS already.")
    if operation["accuracy"] is None:
        return tr("Nobody states an accuracy: compare with known points.")
    if operation["grids"]:
        return tr("By the grid {grid}.").format(grid=", ".join(operation["grids"]))
    if operation["accuracy"] == 0:
        return tr("The datum stays, so nothing is lost.")
    return ""


def _better(grids: Sequence[Grid], alternatives: Sequence[str]) -> str:
    """What a missing grid would bring."""
    names = ", ".join(one.name for one in grids)
    for one in alternatives:
        found = _REACHES.search(one)
        if found and all(grid.name in found.group(2) for grid in grids):
            text = tr("With the grid {grid}: {accuracy}.")
            return text.format(grid=names, accuracy=accuracy_text(float(found.group(1))))
    return tr("It would be better with the grid {grid}.").format(grid=names)
