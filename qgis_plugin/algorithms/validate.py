"""*Validate INSPIRE data*: files, folders and packages, and a layer of what was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..engine import Message
from ..findings import Found, found, subject_of
from ..texts import tr
from .base import FileAlgorithm

COLUMNS: Final = {
    "severity": "string",
    "code": "string",
    "file": "string",
    "feature": "string",
    "attribute": "string",
    "value": "string",
    "message": "string",
    "fix": "string",
    "line": "int8",
    "count": "int8",
}
PLACES_CRS: Final = "EPSG:4326"


class Validate(FileAlgorithm):
    """Asks the engine to check data, shows what it found as points."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None

    def name(self) -> str:
        return "validate"

    def displayName(self) -> str:
        return tr("Validate INSPIRE data")

    def shortDescription(self) -> str:
        return tr("Checks GML, GeoPackage, GeoJSON and packages, offline and at any size.")

    def tags(self) -> list[str]:
        return ["INSPIRE", "GML", "schema", "check", "quality", "findings"]

    def shortHelpString(self) -> str:
        return tr(
            "Checks a file, a folder or a zip of INSPIRE data: structure, multiplicities, code "
            "lists, identifiers, coordinate reference systems, geometries, references and the "
            "rules of the themes; against the official XML schemas too, where their folder is "
            "given. Nothing is sent anywhere and nothing is fetched.\n"
            "Findings that have a place become points: rule, severity, feature, what is wrong and "
            "how to mend it. The report lists them all, with the clause each rule comes from."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.addParameter(self.input_parameter(tr("File, folder or zip to check")))
        self.addParameter(
            QgsProcessingParameterFile(
                "SCHEMAS", tr("Folder of the official schemas"), folder, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("REPORT", tr("Report"), "HTML (*.html)")
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "FINDINGS",
                tr("Findings"),
                QgsProcessing.SourceType.TypeVectorPoint,
                optional=True,
                createByDefault=True,
            )
        )
        for name, text in (
            ("FEATURES", tr("Features checked")),
            ("ERRORS", tr("Findings: errors")),
            ("WARNINGS", tr("Findings: warnings")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, text))

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine; turn its findings into points."""
        report = self.parameterAsFileOutput(parameters, "REPORT", context)
        request: Message = {
            "type": "validate",
            "paths": [self.input_path(parameters, context)],
            "html": report,
        }
        schemas = self.parameterAsFile(parameters, "SCHEMAS", context)
        if schemas:
            request["schemas"] = schemas
        result = self.ask(request, feedback)
        self._found = found(result, subject_of(request["paths"]))
        if not result["schemas"]:
            feedback.pushWarning(tr("Validity against the official schemas was not checked."))
        sink, identifier = self.parameterAsSink(
            parameters,
            "FINDINGS",
            context,
            _fields(),
            QgsWkbTypes.Type.Point,
            QgsCoordinateReferenceSystem(PLACES_CRS),
        )
        for finding in result["findings"] if sink is not None else ():
            sink.addFeature(_feature(finding), QgsFeatureSink.Flag.FastInsert)
        return {
            "REPORT": report,
            "FINDINGS": identifier,
            "FEATURES": result["features"],
            "ERRORS": result["counts"]["error"],
            "WARNINGS": result["counts"]["warning"],
        }

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """In the main thread: the desktop's panel shows what was found."""
        if self._found is not None and self.provider() is not None:
            self.provider().validated.emit(self._found)
        return {}


def _fields() -> QgsFields:
    """By the memory provider's names of types, which Qt 5 and 6 understand alike."""
    columns = "&".join(f"field={name}:{kind}" for name, kind in COLUMNS.items())
    return QgsVectorLayer(f"Point?{columns}", "findings", "memory").fields()


def _feature(finding: Message) -> QgsFeature:
    feature = QgsFeature()
    feature.setAttributes([finding[name] for name in COLUMNS])
    if finding["place"]:
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*finding["place"])))
    return feature
