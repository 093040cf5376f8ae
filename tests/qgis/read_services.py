"""Run by QGIS's Python: reads layers of services whole, and tells what came.

``read_services.py ANSWER [PROVIDER URI]...``
"""

import json
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsVectorLayer


def main(answer, *stated):
    """``stated``: a provider and an address, and so on."""
    application = QgsApplication([], False)
    application.initQgis()
    told = []
    while stated:
        provider, uri, *stated = stated
        layer = QgsVectorLayer(uri, "layer", provider)
        rows = [
            {
                "values": [str(one) for one in feature.attributes()],
                "area": feature.geometry().area(),
            }
            for feature in (layer.getFeatures() if layer.isValid() else ())
        ]
        told.append(
            {
                "valid": layer.isValid(),
                "crs": layer.crs().authid(),
                "fields": [one.name() for one in layer.fields()],
                "rows": rows,
                "key": layer.primaryKeyAttributes(),
                "comment": layer.dataComment(),
            }
        )
        del layer
    Path(answer).write_text(json.dumps(told), encoding="utf-8")
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
