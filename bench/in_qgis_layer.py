"""Run by QGIS's Python: harmonise an open layer, print the seconds that it took.

``in_qgis_layer.py LAYER MAPPING PACKAGE``
"""

import os
import shutil
import sys
import time

import commonplace_qgis
from qgis.core import QgsApplication, QgsProcessingFeedback, QgsProject, QgsVectorLayer


def main() -> None:
    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    plugin = commonplace_qgis.classFactory(None)
    plugin.initProcessing()
    import processing

    path, mapping, package = sys.argv[1:]
    layer = QgsVectorLayer(path, "buildings", "ogr")
    QgsProject.instance().addMapLayer(layer)
    shutil.rmtree(package, ignore_errors=True)
    form = {
        "LAYERS": [layer.id()],
        "MAPPING": mapping,
        "LICENCE": "CC0-1.0",
        "ATTRIBUTION": "Commonplace",
        "ACCURACY": 0.1,
        "FORMATS": [0],
        "LOAD": False,
        "OUTPUT": package,
    }
    began = time.perf_counter()
    processing.run("commonplace:harmoniseandexport", form, feedback=QgsProcessingFeedback(False))
    print(time.perf_counter() - began)
    sys.stdout.flush()
    os._exit(0)


main()
