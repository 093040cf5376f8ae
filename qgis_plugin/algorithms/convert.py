"""*Convert INSPIRE data*: GML to GeoPackage, and any encoding to any other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProviderRegistry,
)

from ..engine import Message
from ..texts import tr
from .base import FileAlgorithm

ENCODINGS: Final = ";;".join(
    (
        "GeoPackage (*.gpkg)",
        "INSPIRE GML (*.gml)",
        "GeoJSON (*.geojson)",
        "JSON-FG (*.jsonfg)",
        "GeoParquet (*.parquet)",
        "FlatGeobuf (*.fgb)",
        "CSV (*.csv)",
    )
)


class Convert(FileAlgorithm):
    """Has the engine convert, loads what came out."""

    def name(self) -> str:
        return "convert"

    def displayName(self) -> str:
        return tr("Convert INSPIRE data")

    def shortDescription(self) -> str:
        return tr("Makes INSPIRE GML usable in QGIS, and any encoding of it any other.")

    def tags(self) -> list[str]:
        return ["INSPIRE", "GML", "GeoPackage", "GeoJSON", "import", "open"]

    def shortHelpString(self) -> str:
        return tr(
            "Reads INSPIRE data (GML of any version, GeoPackage, GeoJSON, JSON-FG, GeoParquet, "
            "FlatGeobuf, CSV, or a Commonplace package) and writes it in another encoding. "
            "The ending of the output's name says which.\n"
            "From GML, a GeoPackage has one table for each feature type, with related tables for "
            "what occurs more than once, code lists as value maps, and the reasons why values are "
            "missing. What an encoding can't hold is told."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(self.input_parameter(tr("File or package to convert")))
        crs = QgsProcessingParameterCrs(
            "CRS", tr("CRS of coordinates that state none"), optional=True
        )
        crs.setFlags(crs.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(crs)
        self.addParameter(
            QgsProcessingParameterBoolean("LOAD", tr("Load the layers afterwards"), True)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Converted"), ENCODINGS)
        )
        self.addOutput(QgsProcessingOutputNumber("FEATURES", tr("Features written")))

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine."""
        target = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        request: Message = {
            "type": "convert",
            "source": self.input_path(parameters, context),
            "target": target,
            "replace": True,  # Processing has asked already
        }
        crs = self.parameterAsCrs(parameters, "CRS", context)
        if crs.isValid():
            request["crs"] = crs.authid()
        result = self.ask(request, feedback)
        for loss in result["losses"]:
            feedback.pushInfo(loss)
        if self.parameterAsBoolean(parameters, "LOAD", context) and context.project():
            _load(target, result["outputs"], context)
        return {"OUTPUT": target, "FEATURES": sum(result["counts"].values())}


def _load(target: str, outputs: list[str], context: QgsProcessingContext) -> None:
    """Have QGIS load the layers when the algorithm is done."""
    for name in outputs:
        path = Path(target) if Path(target).name == Path(name).name else Path(target).parent / name
        for layer in QgsProviderRegistry.instance().querySublayers(str(path)):
            details = QgsProcessingContext.LayerDetails(layer.name(), context.project())
            context.addLayerToLoadOnCompletion(layer.uri(), details)
