"""Run by QGIS's Python: opens packages' projects, tells what is in them, and draws them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SIZE = QSize(900, 700)


def main(paths: list[Path]) -> None:
    """``paths``: a project, where to answer, where to draw it; and so on."""
    application = QgsApplication([], False)
    application.initQgis()
    while paths:
        path, answer, picture, *paths = paths
        tell(path, answer, picture)
    application.exitQgis()


def tell(path: Path, answer: Path, picture: Path) -> None:
    project = QgsProject.instance()
    read = project.read(str(path))
    metadata = project.metadata()
    view = project.viewSettings().defaultViewExtent()
    told = {
        "read": read,
        "error": project.error(),
        "title": project.title(),
        "crs": project.crs().authid(),
        "relative": project.filePathStorage() == 1,
        "author": metadata.author(),
        "abstract": metadata.abstract(),
        "view": [view.xMinimum(), view.yMinimum(), view.xMaximum(), view.yMaximum()],
        "groups": [one.name() for one in project.layerTreeRoot().children()],
        "ids": sorted(project.mapLayers()),
        "tree": sorted(project.layerTreeRoot().findLayerIds()),
        "layers": {one.name(): layer(one) for one in project.mapLayers().values()},
        "relations": {
            key: {
                "name": one.name(),
                "valid": one.isValid(),
                "layer": one.referencingLayer().name(),
                "other": one.referencedLayer().name(),
                "pairs": pairs(one),
            }
            for key, one in project.relationManager().relations().items()
        },
        "inked": draw(project, view, picture),
    }
    answer.write_text(json.dumps(told))
    project.clear()


def layer(one: QgsVectorLayer) -> dict[str, object]:
    metadata = one.metadata()
    return {
        "valid": one.isValid(),
        "source": one.source(),
        "features": one.featureCount(),
        "geometry": one.geometryType(),
        "crs": one.crs().authid(),
        "renderer": one.renderer().type() if one.renderer() else None,
        "symbols": len(one.renderer().legendSymbolItems()) if one.renderer() else 0,
        "labels": one.labelsEnabled(),
        "title": metadata.title(),
        "abstract": metadata.abstract(),
        "rights": list(metadata.rights()),
        "licences": list(metadata.licenses()),
        "keywords": metadata.keywords(),
        "aliases": sum(bool(field.alias()) for field in one.fields()),
        "widgets": {field.name(): field.editorWidgetSetup().type() for field in one.fields()},
        "display": one.displayExpression(),
    }


def pairs(relation: object) -> int:
    """How many rows of the first ones referred to are found from there."""
    found = 0
    for number, feature in enumerate(relation.referencedLayer().getFeatures()):
        if number == 5:
            break
        found += sum(1 for _ in relation.getRelatedFeatures(feature))
    return found


def draw(project: QgsProject, view: object, path: Path) -> int:
    """The map as the project opens; how many of its pixels are not white."""
    settings = QgsMapSettings()
    shown = project.layerTreeRoot().checkedLayers()
    order = [one for one in project.layerTreeRoot().layerOrder() if one in shown]
    settings.setLayers([one for one in order if one.isSpatial()])
    settings.setDestinationCrs(project.crs())
    settings.setExtent(view)
    settings.setOutputSize(SIZE)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    drawn = job.renderedImage()
    drawn.save(str(path))
    white = QColor("white").rgb()
    return sum(
        drawn.pixel(x, y) != white
        for x in range(0, drawn.width(), 2)
        for y in range(0, drawn.height(), 2)
    )


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]])
