"""*Inspect source* and *Load layer*: what a source holds, and a layer of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..addresses import refusal
from ..credentials import naming
from ..engine import Message
from ..texts import tr
from .base import EngineAlgorithm


class SourceAlgorithm(EngineAlgorithm):
    """An algorithm that takes an address, a file or a folder, and maybe credentials."""

    def add_source(self) -> None:
        """The source and its credentials."""
        self.addParameter(
            QgsProcessingParameterString("INPUT", tr("Address of a service, file or folder"))
        )
        self.addParameter(
            QgsProcessingParameterAuthConfig("AUTH", tr("Authentication"), optional=True)
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """A source must be there, and carry no secret."""
        right, text = super().checkParameterValues(parameters, context)
        if not right:
            return right, text
        refused = refusal(self.parameterAsString(parameters, "INPUT", context).strip())
        return not refused, refused

    def ask_source(
        self,
        kind: str,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        **more: Any,
    ) -> Message:
        """One request about the source."""
        source = self.parameterAsString(parameters, "INPUT", context).strip()
        authcfg = self.parameterAsString(parameters, "AUTH", context)
        return self.ask({"type": kind, "source": source, **naming(authcfg), **more}, feedback)


class InspectSource(SourceAlgorithm):
    """Tells the layers of a source."""

    def name(self) -> str:
        return "inspect"

    def displayName(self) -> str:
        return tr("Inspect source")

    def shortDescription(self) -> str:
        return tr("Tells what an address, a file or a folder is, and lists its layers.")

    def shortHelpString(self) -> str:
        return tr(
            "Recognises what an address, a file or a folder is (OGC API, WFS, CSW, SensorThings, "
            "NGSI-LD broker, INSPIRE GML and many more) and lists its layers, with CRS, number of "
            "features and licence.\nLoad layer reads what is listed."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_source()
        self.addOutput(QgsProcessingOutputString("KIND", tr("Kind of source")))
        self.addOutput(QgsProcessingOutputString("LAYERS", tr("Names of the layers")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of layers")))

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine; tell each layer."""
        found = self.ask_source("inspect", parameters, context, feedback)
        for one in found["layers"]:
            told = (one["geometry_type"], one["count"], one["crs"], one["licence"])
            feedback.pushInfo(
                "  ".join([one["name"], *(str(each) for each in told if each is not None)])
            )
        names = [one["name"] for one in found["layers"]]
        return {"KIND": found["kind"], "LAYERS": "\n".join(names), "COUNT": len(names)}


class LoadLayer(SourceAlgorithm):
    """Has the engine write a layer to a GeoPackage, and loads that."""

    def name(self) -> str:
        return "load"

    def displayName(self) -> str:
        return tr("Load layer")

    def shortDescription(self) -> str:
        return tr("Reads a layer of any source, whole or a part of it, into a GeoPackage.")

    def shortHelpString(self) -> str:
        return tr(
            "Reads a layer of any source that the engine knows, whole, into a GeoPackage. Of a "
            "service, only what lies in the extent and meets the filter is asked for, where the "
            "service can choose.\n"
            "Layer: may be left out where the source has only one; Inspect source lists them.\n"
            "Filter: CQL2, such as floors > 3 AND kind = 'oak'."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_source()
        number = QgsProcessingParameterNumber.Type.Integer
        self.addParameter(QgsProcessingParameterString("LAYER", tr("Layer"), optional=True))
        self.addParameter(QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True))
        self.addParameter(
            QgsProcessingParameterNumber(
                "LIMIT", tr("Largest number of features"), number, optional=True, minValue=1
            )
        )
        self.addParameter(QgsProcessingParameterString("FILTER", tr("Filter"), optional=True))
        self.addParameter(QgsProcessingParameterVectorDestination("OUTPUT", tr("Layer loaded")))
        self.addOutput(QgsProcessingOutputNumber("FEATURES", tr("Features read")))

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine for a GeoPackage."""
        target = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        asked: Message = {"target": str(Path(target).with_suffix(".gpkg")), "replace": True}
        for name, key in (("LAYER", "layer"), ("FILTER", "filter")):
            text = self.parameterAsString(parameters, name, context).strip()
            if text:
                asked[key] = text
        if parameters.get("LIMIT") is not None:
            asked["limit"] = self.parameterAsInt(parameters, "LIMIT", context)
        box = self.parameterAsExtent(parameters, "EXTENT", context)
        if not box.isNull():
            sides = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
            asked["bbox"] = ",".join(map(repr, sides))
            crs = self.parameterAsExtentCrs(parameters, "EXTENT", context)
            if crs.isValid():
                asked["bbox_crs"] = crs.authid()
        loaded = self.ask_source("load", parameters, context, feedback, **asked)
        return {"OUTPUT": loaded["path"], "FEATURES": loaded["count"]}
