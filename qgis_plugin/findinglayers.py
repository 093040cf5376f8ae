"""Which feature of the project's layers a finding is about, looked for in the background."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsExpression,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsProviderRegistry,
    QgsTask,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import pyqtSignal

from .findings import Finding
from .session import kept_attributes
from .texts import tr

PLACES_CRS: Final = "EPSG:4326"
#: Columns that the engine names rows by, in this order; rows without are "row 1", "row 2", …
IDENTIFIERS: Final = ("gml_id", "id", "fid")
ROW: Final = re.compile(r"row (\d+)")
NEAR: Final = 0.001  # degrees; datum shifts included

CHECKED: Final = "checked"
FILE: Final = "file"
OTHER: Final = "other"


@dataclass(frozen=True)
class Outline:
    """A feature on the map."""

    geometry: QgsGeometry
    crs: QgsCoordinateReferenceSystem


@dataclass(frozen=True)
class Searched:
    """A layer as it is now. ``kind`` says whether it was checked itself (then its rows were
    counted in their order), is of the file that was checked, or is any other. ``identifier``
    is the column with the rows' names, if there is one.
    """

    source: QgsVectorLayerFeatureSource
    kind: str
    identifier: str
    numeric: bool = False


class FeatureSearch(QgsTask):
    """Looks for a finding's feature; ``ended`` gives its :class:`Outline`, or None."""

    ended = pyqtSignal(object)

    def __init__(self, one: Finding, checked: Mapping[str, str]) -> None:
        super().__init__(
            tr("Look for {feature}").format(feature=one.feature), QgsTask.Flag.CanCancel
        )
        project = QgsProject.instance()
        self._finding = one
        self._layers = searched_layers(one, project.mapLayers().values(), checked)
        self._transforms = project.transformContext()
        self._found: Outline | None = None

    def run(self) -> bool:
        """In the task's thread."""
        self._found = outline(self._finding, self._layers, self._transforms, self.isCanceled)
        return self._found is not None

    def finished(self, _found: bool) -> None:
        """In the main thread."""
        if not self.isCanceled():
            self.ended.emit(self._found)


def searched_layers(
    one: Finding, layers: Iterable[QgsMapLayer], checked: Mapping[str, str]
) -> list[Searched]:
    """The layers that may have the feature, the likeliest first; to be used in any thread.

    ``checked`` gives the layer (its id) that a file was written of to be checked.
    """
    file = PurePath(one.file).name
    found = []
    for layer in layers:
        if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
            continue
        kind = OTHER
        if file in checked:
            kind = CHECKED if checked[file] == layer.id() else OTHER
        elif file and _file_of(layer) == file:
            kind = FILE
        found.append(_searched(layer, kind))
    return sorted(found, key=lambda each: (CHECKED, FILE, OTHER).index(each.kind))


def _searched(layer: QgsVectorLayer, kind: str) -> Searched:
    fields = layer.fields()
    told = kept_attributes(layer) if kind == CHECKED else range(fields.count())
    columns = {fields.at(index).name().casefold(): fields.at(index) for index in told}
    column = next((columns[name] for name in IDENTIFIERS if name in columns), None)
    source = QgsVectorLayerFeatureSource(layer)
    if column is None:
        return Searched(source, kind, "")
    return Searched(source, kind, column.name(), column.isNumeric())


def _file_of(layer: QgsVectorLayer) -> str:
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return PurePath(str(parts.get("path") or "")).name


def outline(
    one: Finding,
    layers: Sequence[Searched],
    transforms: QgsCoordinateTransformContext,
    cancelled: Callable[[], bool],
) -> Outline | None:
    """The feature's geometry in the first layer that has it, near the finding's place."""
    for layer in layers:
        for feature in _named(one.feature, layer, cancelled):
            if cancelled():
                return None
            geometry, crs = feature.geometry(), layer.source.crs()
            if not geometry.isEmpty() and _is_at(one.place, geometry, crs, transforms):
                return Outline(geometry, crs)
    return None


def _named(name: str, layer: Searched, cancelled: Callable[[], bool]) -> Iterator[QgsFeature]:
    """Features that the engine may mean by a name: an identifier, "row 7", a row's number."""
    row = ROW.fullmatch(name)
    number = int(name) if name.isdecimal() else None
    if layer.kind == OTHER and (row or number is not None):
        return  # numbers name features of one layer only
    value = number if layer.numeric else name
    if layer.identifier and not row and value is not None:
        text = QgsExpression.createFieldEqualityExpression(layer.identifier, value)
        yield from layer.source.getFeatures(QgsFeatureRequest(QgsExpression(text)))
    if row:
        yield from _nth(int(row[1]), layer, cancelled)
    elif number is not None and layer.kind == CHECKED:
        yield from _nth(number, layer, cancelled)
    elif number is not None:
        yield from layer.source.getFeatures(QgsFeatureRequest(number))


def _nth(number: int, layer: Searched, cancelled: Callable[[], bool]) -> Iterator[QgsFeature]:
    request = QgsFeatureRequest().setLimit(number).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes([])
    for position, feature in enumerate(layer.source.getFeatures(request), 1):
        if cancelled():
            break
        if position == number:
            yield from layer.source.getFeatures(QgsFeatureRequest(feature.id()))


def _is_at(
    place: tuple[float, float] | None,
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    transforms: QgsCoordinateTransformContext,
) -> bool:
    """Whether the place, where it is known, is in the geometry's surroundings."""
    if place is None:
        return True
    to_degrees = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(PLACES_CRS), transforms)
    try:
        box = to_degrees.transformBoundingBox(geometry.boundingBox())
    except QgsCsException:
        return False
    box.grow(NEAR)
    return bool(box.contains(QgsPointXY(*place)))
