"""Run by QGIS's Python: loads every style onto a layer of its geometry and draws a sheet."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

KINDS = {
    "marker": ("Point", "POINT(5 5)"),
    "line": ("LineString", "LINESTRING(1 2, 4 8, 9 3)"),
    "fill": ("Polygon", "POLYGON((1 1, 9 1, 9 8, 4 9, 1 1))"),
}
CELL = QSize(96, 72)
COLUMNS = 10


def main(folder: Path, answer: Path, sheet: Path) -> None:
    application = QgsApplication([], False)
    application.initQgis()
    told = {}
    pictures = []
    for path in sorted(folder.rglob("*.qml")):
        text = path.read_text(encoding="utf-8")
        kind = next(one for one in KINDS if f'type="{one}"' in text)
        geometry, wkt = KINDS[kind]
        layer = QgsVectorLayer(f"{geometry}?crs=EPSG:3857", path.stem, "memory")
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeature(feature)
        _, loaded = layer.loadNamedStyle(str(path))
        picture = draw(layer)
        told[f"{path.parent.name}/{path.stem}"] = {
            "loaded": bool(loaded),
            "renderer": layer.renderer().type(),
            "symbols": len(layer.renderer().legendSymbolItems()),
            "inked": inked(picture),
            "hollow": [
                category.label()
                for category in getattr(layer.renderer(), "categories", list)()
                if category.symbol() is None
            ],
            "values": sum(
                len(category.value()) if isinstance(category.value(), list) else 1
                for category in getattr(layer.renderer(), "categories", list)()
            ),
        }
        pictures.append(picture)
    save(pictures, sheet)
    answer.write_text(json.dumps(told))
    application.exitQgis()


def draw(layer: QgsVectorLayer) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(QgsRectangle(0, 0, 10, 10))
    settings.setOutputSize(CELL)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def inked(picture: QImage) -> int:
    """How many pixels are not white."""
    return sum(
        picture.pixelColor(x, y) != QColor("white")
        for x in range(picture.width())
        for y in range(picture.height())
    )


def save(pictures: list[QImage], path: Path) -> None:
    rows = -(-len(pictures) // COLUMNS)
    sheet = QImage(CELL.width() * COLUMNS, CELL.height() * rows, QImage.Format.Format_RGB32)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    for number, one in enumerate(pictures):
        painter.drawImage(
            CELL.width() * (number % COLUMNS), CELL.height() * (number // COLUMNS), one
        )
    painter.end()
    sheet.save(str(path))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
