"""*MIM7 report*: how a package, a file or a service meets MIM7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..addresses import is_web_address
from ..credentials import naming
from ..engine import Message
from ..texts import tr
from .base import FileAlgorithm, resolved

VERDICTS = {
    "PASSED": "pass",
    "FAILED": "fail",
    "NOT_APPLICABLE": "not applicable",
    "CANNOT_CHECK": "cannot check",
}


class Mim7Report(FileAlgorithm):
    """Has the engine judge."""

    def name(self) -> str:
        return "mim7report"

    def displayName(self) -> str:
        return tr("MIM7 report")

    def shortDescription(self) -> str:
        return tr("Tells how data meet MIM7 (Places) of the Minimal Interoperability Mechanisms.")

    def tags(self) -> list[str]:
        return ["MIM7", "OASC", "interoperability", "places", "report", "NGSI-LD", "OGC API"]

    def shortHelpString(self) -> str:
        return tr(
            "Each requirement of MIM7 passes, fails, does not apply or cannot be checked, with its "
            "evidence. This is no certification.\n"
            "File or package: a package (its folder or its package.json), a GeoPackage, a GML or "
            "another file. Or:\n"
            "Address: of an OGC API, a WFS or an NGSI-LD broker. The first 1,000 features of each "
            "layer are read, or all where you say so.\n"
            "State of before: the package or file of the last time, to see whether ids persist.\n"
            "Column of ids: only where its name doesn't tell.\n"
            "Authentication: a configuration of QGIS's authentication manager, for the address.\n"
            "Report: a page to read. As JSON: the same for programs."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        file = QgsProcessingParameterFile.Behavior.File
        folder = QgsProcessingParameterFile.Behavior.Folder
        advanced = (
            QgsProcessingParameterString("ID_COLUMN", tr("Column of ids"), optional=True),
            QgsProcessingParameterString("TENANT", tr("Tenant of the broker"), optional=True),
            QgsProcessingParameterBoolean("ALL", tr("Read all features of a service"), False),
            QgsProcessingParameterFile(
                "SCHEMAS", tr("Folder of the official schemas"), folder, optional=True
            ),
        )
        for one in advanced:
            one.setFlags(one.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        for one in (
            QgsProcessingParameterFile("INPUT", tr("File or package"), file, optional=True),
            QgsProcessingParameterString(
                "ADDRESS", tr("Address of a service, instead of a file"), optional=True
            ),
            QgsProcessingParameterAuthConfig(
                "AUTHCFG", tr("Authentication for the address"), optional=True
            ),
            QgsProcessingParameterFile("PREVIOUS", tr("State of before"), file, optional=True),
            *advanced,
            QgsProcessingParameterFileDestination("REPORT", tr("Report"), "HTML (*.html)"),
            QgsProcessingParameterFileDestination(
                "JSON", tr("As JSON"), "JSON (*.json)", optional=True, createByDefault=False
            ),
        ):
            self.addParameter(one)
        for name, text in (
            ("PASSED", tr("Requirements that pass")),
            ("FAILED", tr("Requirements that fail")),
            ("NOT_APPLICABLE", tr("Requirements that don't apply")),
            ("CANNOT_CHECK", tr("Requirements that can't be checked")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, text))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Either a file or an address; files must be there."""
        right, text = super().checkParameterValues(parameters, context)
        if not right:
            return right, text
        file = self.parameterAsFile(parameters, "INPUT", context)
        address = self.parameterAsString(parameters, "ADDRESS", context).strip()
        if bool(file) == bool(address):
            return False, tr("Choose either a file or package, or an address.")
        if address and not is_web_address(address):
            return False, tr("An address begins with https:// or http://.")
        if address and self.parameterAsFile(parameters, "PREVIOUS", context):
            return False, tr("Only packages and files can be compared with a state of before.")
        return True, ""

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine."""
        page = self.parameterAsFileOutput(parameters, "REPORT", context)
        data = self.parameterAsFileOutput(parameters, "JSON", context)
        file = self.parameterAsFile(parameters, "INPUT", context)
        previous = self.parameterAsFile(parameters, "PREVIOUS", context)
        request: Message = {
            "type": "mim7",
            "source": resolved(file)
            if file
            else self.parameterAsString(parameters, "ADDRESS", context).strip(),
            "html": page,
            "all": self.parameterAsBoolean(parameters, "ALL", context),
        }
        stated = {
            "json": data,
            "previous": resolved(previous) if previous else "",
            "id_column": self.parameterAsString(parameters, "ID_COLUMN", context).strip(),
            "tenant": self.parameterAsString(parameters, "TENANT", context).strip(),
            "schemas": self.parameterAsFile(parameters, "SCHEMAS", context),
        }
        request.update({name: value for name, value in stated.items() if value})
        request.update(naming(self.parameterAsString(parameters, "AUTHCFG", context)))
        result = self.ask(request, feedback)
        for row in result["rows"]:
            say = feedback.pushWarning if row["verdict"] == "fail" else feedback.pushInfo
            say(f"{row['requirement']}: {row['verdict']}. {row['why']}")
        counts = {name: result["counts"][verdict] for name, verdict in VERDICTS.items()}
        return {"REPORT": page, **({"JSON": data} if data else {}), **counts}
