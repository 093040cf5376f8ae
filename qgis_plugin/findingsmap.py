"""A finding on the map: its place, or its feature's outline."""

from __future__ import annotations

from typing import Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas

from .findinglayers import PLACES_CRS, Outline

SCALE: Final = 1_000.0
NEAREST: Final = 250.0
AROUND: Final = 1.5


def show_place(canvas: QgsMapCanvas, place: tuple[float, float]) -> None:
    """Go to a place, and flash it."""
    there = _on_canvas(canvas, _point(place), QgsCoordinateReferenceSystem(PLACES_CRS))
    if there is not None:
        canvas.setCenter(there.asPoint())
        canvas.zoomScale(SCALE)
        canvas.flashGeometries([there])


def show_feature(canvas: QgsMapCanvas, outline: Outline, place: tuple[float, float] | None) -> None:
    """Go to a feature so that its outline is seen whole, and flash it and the place."""
    shape = _on_canvas(canvas, outline.geometry, outline.crs)
    if shape is None:
        return
    flashed = [shape]
    if place is not None:
        point = _on_canvas(canvas, _point(place), QgsCoordinateReferenceSystem(PLACES_CRS))
        flashed += [point] if point is not None else []
    box = shape.boundingBox()
    if box.width() or box.height():
        canvas.setExtent(box.scaled(AROUND))
        canvas.zoomScale(max(canvas.scale(), NEAREST))
    else:
        canvas.setCenter(box.center())
        canvas.zoomScale(SCALE)
    canvas.flashGeometries(flashed)


def _point(place: tuple[float, float]) -> QgsGeometry:
    return QgsGeometry.fromPointXY(QgsPointXY(*place))


def _on_canvas(
    canvas: QgsMapCanvas, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem
) -> QgsGeometry | None:
    """The geometry in the map's CRS; None where that has no place for it."""
    moved = QgsGeometry(geometry)
    to_map = QgsCoordinateTransform(
        crs, canvas.mapSettings().destinationCrs(), QgsProject.instance()
    )
    try:
        moved.transform(to_map)
    except QgsCsException:
        return None
    return moved
