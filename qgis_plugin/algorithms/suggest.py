"""*Suggest mapping*: a mapping document to start from, for a layer."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..engine import Message
from ..session import GEOPACKAGE, write_sample
from ..texts import tr
from .base import EngineAlgorithm, explained

ROWS: Final = 5_000
MOST_TYPES: Final = 4


class SuggestMapping(EngineAlgorithm):
    """Hands some rows of a layer to the engine, which writes the document."""

    def name(self) -> str:
        return "suggestmapping"

    def displayName(self) -> str:
        return tr("Suggest mapping")

    def shortDescription(self) -> str:
        return tr("Writes a mapping document to start from: feature type, properties and codes.")

    def tags(self) -> list[str]:
        return ["INSPIRE", "Smart Data Models", "mapping", "schema", "matching", "columns"]

    def shortHelpString(self) -> str:
        return tr(
            "Looks at names, values and geometries of a layer and writes a mapping document: which "
            "INSPIRE feature type or Smart Data Model it could be, which column is which property, "
            "which value is which code. Each line says how sure it is, and why. What a person has "
            "to look at is marked “todo”.\n"
            "Nothing is sent anywhere, and nothing is random: the same layer gives the same "
            "document. Values of columns that look personal are shown nowhere.\n"
            "Layer: any vector layer or table; its first 5,000 features are looked at, as filter, "
            "selection, joins and virtual fields leave them.\n"
            "Feature type: only where you know it, as SCHEMA:TYPE, such as bu-core2d:Building or "
            "sdm/Streetlight:Streetlight. Without it the likeliest is taken, and up to three "
            "others are named.\n"
            "Mapping document: the file to write. Use it in “Harmonise and export”."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", tr("Layer"), [QgsProcessing.SourceType.TypeVector]
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "FEATURE_TYPE", tr("Feature type, where it is known"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT", tr("Mapping document"), "YAML (*.yaml *.yml)"
            )
        )
        self.addOutput(QgsProcessingOutputString("SUGGESTED", tr("Feature type suggested")))
        self.addOutput(QgsProcessingOutputNumber("SCORE", tr("How sure it is, from 0 to 1")))
        self.addOutput(QgsProcessingOutputNumber("TODOS", tr("Problems that are left to you")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """A feature type has a schema."""
        right, text = super().checkParameterValues(parameters, context)
        stated = self.parameterAsString(parameters, "FEATURE_TYPE", context).strip()
        if right and stated and not all(stated.partition(":")):
            wrong = tr("“{stated}” has no schema: write it as bu-core2d:Building.")
            return False, wrong.format(stated=stated)
        return right, text

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine."""
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
        target = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        stated = self.parameterAsString(parameters, "FEATURE_TYPE", context).strip()
        with tempfile.TemporaryDirectory(prefix="commonplace-") as folder:
            request = self._request(source, Path(folder), context, feedback)
            request["output"] = target
            if stated:
                request["feature_type"] = stated
            result = self.ask(request, feedback)
        _tell(result, feedback)
        best = result["feature_types"][0]
        return {
            "OUTPUT": target,
            "SUGGESTED": best["name"],
            "SCORE": best["score"],
            "TODOS": len(result["todos"]),
        }

    def _request(
        self,
        source: QgsProcessingFeatureSource,
        folder: Path,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Message:
        """The first rows in a file of the engine's."""
        path = folder / GEOPACKAGE
        with explained(feedback):
            table = write_sample(source, path, ROWS, context.transformContext(), feedback)
        return {"type": "suggest", "source": str(path), "layer": table, "name": source.sourceName()}


def _tell(result: Message, feedback: QgsProcessingFeedback) -> None:
    for one in result["feature_types"][:MOST_TYPES]:
        reasons = "; ".join(one["reasons"])
        feedback.pushInfo(f"{one['name']} {one['score']:.2f}: {reasons}")
    for column, why in result["personal"].items():
        text = tr("Column {column} looks personal: {why}")
        feedback.pushWarning(text.format(column=column, why=why))
    for todo in result["todos"]:
        feedback.pushWarning(todo)
    if result["unknown"]:
        text = tr("Nothing is known of these columns: {columns}")
        feedback.pushInfo(text.format(columns=", ".join(result["unknown"])))
