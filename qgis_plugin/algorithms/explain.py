"""*Explain mapping*: the matching table of a mapping document or a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..engine import Message
from ..texts import tr
from .base import FileAlgorithm
from .harmonise import DOCUMENTS


class ExplainMapping(FileAlgorithm):
    """Has the engine explain."""

    def name(self) -> str:
        return "explainmapping"

    def displayName(self) -> str:
        return tr("Explain mapping")

    def shortDescription(self) -> str:
        return tr("Shows what a mapping does, property by property, as INSPIRE's matching table.")

    def tags(self) -> list[str]:
        return ["INSPIRE", "mapping", "matching table", "documentation"]

    def shortHelpString(self) -> str:
        return tr(
            "Writes the table that says, for each property, from which column or expression it "
            "comes, by which rule, and what stays empty.\n"
            "Mapping or job file: of a job, all its mappings are explained, with values before and "
            "after from its first rows.\n"
            "Matching table: a page to hand round. As CSV: the same for a spreadsheet."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        file = QgsProcessingParameterFile.Behavior.File
        for one in (
            QgsProcessingParameterFile(
                "INPUT", tr("Mapping or job file"), file, fileFilter=DOCUMENTS
            ),
            QgsProcessingParameterFileDestination("OUTPUT", tr("Matching table"), "HTML (*.html)"),
            QgsProcessingParameterFileDestination(
                "CSV", tr("As CSV"), "CSV (*.csv)", optional=True, createByDefault=False
            ),
        ):
            self.addParameter(one)
        self.addOutput(QgsProcessingOutputNumber("MATCHES", tr("Properties with a rule")))
        self.addOutput(QgsProcessingOutputNumber("UNFILLED", tr("Properties that stay empty")))

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine."""
        page = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        table = self.parameterAsFileOutput(parameters, "CSV", context)
        path = self.input_path(parameters, context)
        request: Message = {"type": "explain", "path": path, "html": page}
        if table:
            request["csv"] = table
        result = self.ask(request, feedback)
        mappings = result["mappings"]
        unfilled = [names for one in mappings for names in one["unfilled"].values()]
        return {
            "OUTPUT": page,
            **({"CSV": table} if table else {}),
            "MATCHES": sum(one["matches"] for one in mappings),
            "UNFILLED": sum(map(len, unfilled)),
        }
