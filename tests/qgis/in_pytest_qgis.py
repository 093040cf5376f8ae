"""Run by pytest-qgis in QGIS's own Python, over the staged zip; see test_pytest_qgis.py."""

from __future__ import annotations

import pytest
from commonplace_qgis import classFactory
from commonplace_qgis.temporal import set_times
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsProcessingContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

PROVIDER = "commonplace"


def registered():
    return QgsApplication.processingRegistry().providerById(PROVIDER)


@pytest.fixture
def provider(qgis_iface):
    plugin = classFactory(qgis_iface)
    plugin.initProcessing()
    yield registered()
    plugin.unload()


def test_the_provider_comes_and_goes(qgis_iface):
    for _ in range(2):
        assert registered() is None
        plugin = classFactory(qgis_iface)
        plugin.initProcessing()
        assert registered() is not None
        plugin.unload()
    assert registered() is None


def test_each_algorithm_says_what_it_does_and_refuses_to_run_on_nothing(provider):
    algorithms = provider.algorithms()
    assert len(algorithms) >= 9
    for one in algorithms:
        assert one.shortHelpString(), one.name()
        assert one.create().name() == one.name()
        fine, why = one.checkParameterValues({}, QgsProcessingContext())
        assert not fine, one.name()
        assert why, one.name()


def test_a_layer_of_this_process_is_shown_at_its_time(qgis_new_project, qgis_iface):
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=observedAt:datetime", "lamps", "memory")
    for day in (1, 2, 3):
        feature = QgsFeature(layer.fields())
        when = QDateTime.fromString(f"2026-01-0{day}T12:00:00Z", Qt.DateFormat.ISODate)
        feature.setAttribute("observedAt", when)
        assert layer.dataProvider().addFeature(feature)
    set_times(layer, None)
    times = layer.temporalProperties()
    assert times.isActive()
    assert times.startField() == "observedAt"
