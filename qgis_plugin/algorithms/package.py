"""*Export package*: a job file is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
)

from ..exporting import empty
from ..formats import FORMATS
from ..jobs import job_request
from ..texts import tr
from .base import EngineAlgorithm, explained
from .harmonise import DOCUMENTS, counted, load_geopackages


class ExportPackage(EngineAlgorithm):
    """Has the engine run a job file."""

    def name(self) -> str:
        return "exportpackage"

    def displayName(self) -> str:
        return tr("Export package")

    def shortDescription(self) -> str:
        return tr("Runs a job file: sources, mappings, target CRS and formats, to one package.")

    def tags(self) -> list[str]:
        return ["INSPIRE", "job", "package", "GML", "GeoPackage", "NGSI-LD", "batch"]

    def shortHelpString(self) -> str:
        return tr(
            "Runs a job file as the command line does (“commonplace run”): reads its sources, "
            "reprojects, harmonises, checks and writes one package with a report.\n"
            "Job file: names sources, mapping documents, target CRS and formats. Relative paths in "
            "it are relative to its folder. Credentials never stand in it: it names a "
            "configuration of QGIS's authentication manager.\n"
            "Formats: only where others are wanted than the job names.\n"
            "Also as a zip: writes the package a second time, as one file beside the folder.\n"
            "Go on from an interrupted run: parts that were done then are not done again.\n"
            "Replace: an existing package in the folder is replaced; anything else never is.\n"
            "Package folder: only where another is wanted than the job names."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
        file = QgsProcessingParameterFile.Behavior.File
        job = QgsProcessingParameterFile("JOB", tr("Job file"), file, fileFilter=DOCUMENTS)
        formats = QgsProcessingParameterEnum(
            "FORMATS",
            tr("Formats (none chosen: as the job says)"),
            list(FORMATS.values()),
            allowMultiple=True,
            optional=True,
        )
        resume = QgsProcessingParameterBoolean("RESUME", tr("Go on from an interrupted run"), False)
        replace = QgsProcessingParameterBoolean("REPLACE", tr("Replace an existing package"), False)
        for one in (resume, replace):
            one.setFlags(one.flags() | advanced)
        for one in (
            job,
            formats,
            QgsProcessingParameterBoolean("ZIP", tr("Also as a zip"), False),
            QgsProcessingParameterBoolean(
                "LOAD", tr("Load the GeoPackage's layers afterwards"), True
            ),
            resume,
            replace,
            QgsProcessingParameterFolderDestination(
                "OUTPUT",
                tr("Package folder (empty: as the job says)"),
                optional=True,
                createByDefault=False,
            ),
        ):
            self.addParameter(one)
        self.addOutput(QgsProcessingOutputHtml("REPORT", tr("Report")))
        self.addOutput(QgsProcessingOutputNumber("WRITTEN", tr("Objects written")))
        self.addOutput(QgsProcessingOutputNumber("REJECTED", tr("Rows rejected")))
        self.addOutput(QgsProcessingOutputNumber("ERRORS", tr("Findings: errors")))
        self.addOutput(QgsProcessingOutputNumber("WARNINGS", tr("Findings: warnings")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """The job must be there."""
        right, text = super().checkParameterValues(parameters, context)
        job = self.parameterAsFile(parameters, "JOB", context)
        if right and not Path(job).is_file():
            return False, tr("There is no file {path}").format(path=job)
        return right, text

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine."""
        output = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        folder = Path(output) if output else None
        with explained(feedback):
            request = job_request(
                Path(self.parameterAsFile(parameters, "JOB", context)),
                folder,
                replace=self.parameterAsBoolean(parameters, "REPLACE", context)
                or (folder is not None and empty(folder)),
                formats=self._formats(parameters, context),
                zipped=self.parameterAsBoolean(parameters, "ZIP", context),
            )
        request["resume"] = self.parameterAsBoolean(parameters, "RESUME", context)
        result = self.ask(request, feedback)
        if self.parameterAsBoolean(parameters, "LOAD", context) and context.project():
            load_geopackages(result, context)
        return counted(result)

    def _formats(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Sequence[str]:
        """The formats that go before the job's, or none."""
        if parameters.get("FORMATS") in (None, "", []):  # which 3.22 takes for the first
            return ()
        names = list(FORMATS)
        return [names[one] for one in self.parameterAsEnums(parameters, "FORMATS", context)]
