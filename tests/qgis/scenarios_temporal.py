"""Scenarios of ``in_qgis.py``: what the temporal controller shows of layers with times."""

from qgis.core import (
    QgsDateTimeRange,
    QgsFeature,
    QgsFeatureRequest,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, Qt


def moment(text):
    return QDateTime.fromString(text, Qt.DateFormat.ISODate)


def shown(layer, begin, end):
    """How many features the controller shows at a range of time."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    wanted = QgsDateTimeRange(moment(begin), moment(end))
    condition = layer.temporalProperties().createFilterString(context, wanted)
    return len(list(layer.getFeatures(QgsFeatureRequest().setFilterExpression(condition))))


def temporal(loaded, ranges):
    """Layers as they were loaded, at ranges of time."""
    from commonplace_qgis.connections import Wanted
    from commonplace_qgis.sourcelayers import describe

    found = {}
    for result in loaded:
        name = result["layer"]["name"]
        layer = QgsVectorLayer(f"{result['path']}|layername={name}", name, "ogr")
        describe(layer, Wanted("http://b/", name), result, new=True)
        active = layer.temporalProperties().isActive()
        found[name] = [active, *(shown(layer, *one) if active else None for one in ranges)]
    return found


def periods(ranges):
    """A layer of what holds from one day to another, or until further notice."""
    from commonplace_qgis.temporal import set_times

    columns = "field=validFrom:datetime&field=validTo:datetime"
    layer = QgsVectorLayer(f"Point?{columns}", "signs", "memory")
    features = []
    for begin, end in (("2026-01-01", "2026-01-02"), ("2026-01-02", None)):
        feature = QgsFeature(layer.fields())
        days = [moment(f"{one}T00:00:00") if one else None for one in (begin, end)]
        feature.setAttributes(days)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    set_times(layer, None)
    plain = QgsVectorLayer("Point?field=name:string&field=built:date", "plain", "memory")
    set_times(plain, None)
    return {
        "shown": [shown(layer, *one) for one in ranges],
        "plain": plain.temporalProperties().isActive(),
    }


TEMPORAL = (temporal, periods)
