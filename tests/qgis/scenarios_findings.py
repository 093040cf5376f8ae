"""Scenarios of ``in_qgis.py``: which feature a finding is about."""

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)


def squares(uri, rows):
    """A memory layer of 10 m squares, 200 m apart, one for each row's attributes."""
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:25832&{uri}", "squares", "memory")
    features = []
    for number, attributes in enumerate(rows):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(attributes)
        east = 500_000 + 200 * number
        wkt = f"POLYGON(({east} 0, {east + 10} 0, {east + 10} 10, {east} 10, {east} 0))"
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer)
    return layer


def finding_features(gml):
    """Eastings of the features that names lead to, in layers checked and others."""
    from commonplace_qgis.findinglayers import outline, searched_layers
    from commonplace_qgis.findings import Finding

    named = squares("field=gml_id:string", [[f"Building.{one}"] for one in "abca"])
    numbered = squares("field=id:integer", [[one] for one in (7, 8, 9)])
    plain = squares("field=name:string", [["7"], ["8"], ["9"]])
    opened = QgsVectorLayer(gml, "town", "ogr")
    QgsProject.instance().addMapLayer(opened)
    layers = [numbered, plain, named, opened]
    checked = {"numbered.gpkg": numbered.id(), "plain.gpkg": plain.id()}
    transforms = QgsCoordinateTransformContext()

    def east(feature, file="", place=None, files=checked):
        one = Finding("error", "X", "", file=file, feature=feature, place=place)
        searched = searched_layers(one, layers, files)
        found = outline(one, searched, transforms, lambda: False)
        return None if found is None else round(found.geometry.boundingBox().xMinimum() - 5e5)

    return {
        "by name": east("Building.b"),
        "by number": east("8", "numbered.gpkg"),
        "of no file": east("8"),
        "by row": [
            east("row 3", "plain.gpkg"),
            east("3", "plain.gpkg"),
            east("row 9", "plain.gpkg"),
        ],
        "elsewhere": east("Building.b", place=(50.0, 50.0)),
        "named twice": [east("Building.a"), east("Building.a", place=(9.0054, 0.0))],
        "of the file": east("Building.h1", "town/houses.gml", files={}),
        "nobody": east("Building.z"),
        "text for a number": east("x", "numbered.gpkg"),
    }


def finding_searched(path):
    """A search in a task, in 200,000 features; what it found, and one cancelled at once."""
    from commonplace_qgis.findinglayers import FeatureSearch
    from commonplace_qgis.findings import Finding
    from commonplace_qgis.tasks import start

    layer = QgsVectorLayer(path, "big", "ogr")
    QgsProject.instance().addMapLayer(layer)
    told = []
    for feature in ("gml_id.199999", "gml_id.x"):
        search = FeatureSearch(Finding("error", "X", "", feature=feature), {})
        search.ended.connect(told.append)
        start(search)
    while len(told) < 2:
        QgsApplication.processEvents()
    cancelled = FeatureSearch(Finding("error", "X", "", feature="gml_id.1"), {})
    cancelled.ended.connect(told.append)
    start(cancelled)
    cancelled.cancel()
    while QgsApplication.taskManager().countActiveTasks():
        QgsApplication.processEvents()
    QgsApplication.processEvents()
    found = [one.geometry.boundingBox().xMinimum() for one in told if one is not None]
    return {"found": found, "told": len(told)}


FINDINGS = (finding_features, finding_searched)
