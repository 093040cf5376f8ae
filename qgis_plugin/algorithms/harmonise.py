"""*Harmonise and export*: layers of the project, or a job file, to a package."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProject,
    QgsProviderRegistry,
)

from ..engine import Message
from ..exporting import agreed, empty, origin_of
from ..formats import FORMATS, USUAL
from ..jobs import Choices, job_request
from ..session import LayerWriter, layer_writers
from ..staging import layers_request, new_folder, read_tables, write_layers
from ..texts import tr
from .base import EngineAlgorithm

DOCUMENTS: Final = "YAML (*.yaml *.yml *.json)"


class HarmoniseAndExport(EngineAlgorithm):
    """Builds a job, has the engine run it, loads what came out."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()
        self._replace = False
        self._writers: list[LayerWriter] = []
        self._choices: Choices | None = None
        self._session: Path | None = None

    def name(self) -> str:
        return "harmoniseandexport"

    def displayName(self) -> str:
        return tr("Harmonise and export")

    def shortDescription(self) -> str:
        return tr("Turns city layers into one interoperable INSPIRE package.")

    def tags(self) -> list[str]:
        return ["INSPIRE", "GML", "GeoPackage", "GeoJSON", "package", "mapping", "interoperability"]

    def shortHelpString(self) -> str:
        return tr(
            "Reprojects layers, harmonises them to INSPIRE as a mapping document says, checks "
            "them, and writes one package: data in the formats you choose, a report, and the "
            "documents that made it.\n"
            "Either choose layers of the project and a mapping file, and say title, licence and "
            "attribution. Layers are taken as they are in the project: filter, joins, virtual "
            "fields and unsaved edits count. A mapping names the layers it reads by their name in "
            "the project, or by their table's or file's; with one layer chosen and one read, the "
            "name doesn't matter.\n"
            "Or choose a job file, which says all that. Only the output folder and “replace” are "
            "taken from this form then.\n"
            "Accuracy is the worst error, in metres, that the reprojection may bring. When no "
            "operation is that accurate the run stops and names the missing grids instead of "
            "writing coordinates that are off.\n"
            "Rows with a bad value don't end the run: they are findings in the report.\n"
            "The engine runs as a process of its own. If it isn't set up, the message says how to "
            "do that."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs; the title is prefilled from the project."""
        for parameter in _input_parameters() + _text_parameters() + _output_parameters():
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputHtml("REPORT", tr("Report")))
        self.addOutput(QgsProcessingOutputNumber("WRITTEN", tr("Objects written")))
        self.addOutput(QgsProcessingOutputNumber("REJECTED", tr("Rows rejected")))
        self.addOutput(QgsProcessingOutputNumber("ERRORS", tr("Findings: errors")))
        self.addOutput(QgsProcessingOutputNumber("WARNINGS", tr("Findings: warnings")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Layers with a mapping, or a job."""
        right, text = super().checkParameterValues(parameters, context)
        if not right:
            return right, text
        wrong = self._wrong(parameters, context)
        return not wrong, wrong

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """In the main thread: find the engine, take snapshots of the layers."""
        super().prepareAlgorithm(parameters, context, feedback)
        self._folder = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        self._replace = self.parameterAsBoolean(parameters, "REPLACE", context) or empty(
            self._folder
        )
        if self.parameterAsFile(parameters, "JOB", context):
            return True
        layers = self.parameterAsLayerList(parameters, "LAYERS", context)
        self._choices = self._chosen(parameters, context, layers)
        self._session = new_folder()
        self._writers = layer_writers(
            layers,
            self._session,
            only_selected=self.parameterAsBoolean(parameters, "SELECTED", context),
        )
        return True

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Run the job, in whatever thread QGIS likes."""
        with self._session_folder(), self.engine(feedback) as ask:
            job = self.parameterAsFile(parameters, "JOB", context)
            if job:
                request = job_request(Path(job), self._folder, replace=self._replace)
            else:
                request = self._layers_request(ask, feedback)
            result = ask(request)
        if self.parameterAsBoolean(parameters, "LOAD", context) and context.project():
            load_geopackages(result, context)
        return counted(result)

    def _wrong(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """What doesn't fit together, or nothing."""
        job = self.parameterAsFile(parameters, "JOB", context)
        mapping = self.parameterAsFile(parameters, "MAPPING", context)
        layers = self.parameterAsLayerList(parameters, "LAYERS", context)
        missing = [path for path in (job, mapping) if path and not Path(path).is_file()]
        if missing:
            return tr("There is no file {path}").format(path=missing[0])
        if job:
            both = tr("Choose either a job file, or layers and a mapping file, not both.")
            return both if layers or mapping else ""
        if not layers:
            return tr("Choose layers and a mapping file, or a job file.")
        if not mapping:
            return tr("Choose the mapping file that says what the layers mean.")
        if not self.parameterAsEnums(parameters, "FORMATS", context):
            return tr("Choose at least one format.")
        return ""

    def _chosen(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        layers: Sequence[QgsMapLayer],
    ) -> Choices:
        """What the form says; an empty licence or attribution is taken from the layers."""
        grids = self.parameterAsFile(parameters, "GRIDS", context)
        accuracy = None
        if parameters.get("ACCURACY") is not None:
            accuracy = self.parameterAsDouble(parameters, "ACCURACY", context)
        licence = self.parameterAsString(parameters, "LICENCE", context).strip()
        attribution = self.parameterAsString(parameters, "ATTRIBUTION", context).strip()
        licence = licence or agreed(layer.metadata().licenses() for layer in layers)
        attribution = attribution or agreed(layer.metadata().rights() for layer in layers)
        if not licence or not attribution:
            raise QgsProcessingException(
                tr(
                    "A package needs a licence and an attribution: state both. They could be "
                    "found neither here nor in the layers' metadata."
                )
            )
        crs = self.parameterAsCrs(parameters, "CRS", context)
        if not crs.authid():
            raise QgsProcessingException(tr("Choose a target CRS that has an EPSG code."))
        return Choices(
            mapping=Path(self.parameterAsFile(parameters, "MAPPING", context)),
            title=self.parameterAsString(parameters, "TITLE", context).strip(),
            licence=licence,
            attribution=attribution,
            crs=crs.authid(),
            formats=tuple(
                list(FORMATS)[index]
                for index in self.parameterAsEnums(parameters, "FORMATS", context)
            ),
            folder=self._folder,
            accuracy=accuracy,
            grids=Path(grids) if grids else None,
            replace=self._replace,
            description=origin_of(layers),
        )

    def _layers_request(
        self, ask: Callable[[Message], Message], feedback: QgsProcessingFeedback
    ) -> Message:
        """Ask what the mapping reads, write the layers, build the job."""
        assert self._choices is not None  # nosec B101
        assert self._session is not None  # nosec B101
        tables, unread = read_tables(self._choices.mapping, self._writers, ask)
        for text in unread:
            feedback.pushWarning(text)
        write_layers(self._writers, feedback, feedback.setProgressText)
        return layers_request(self._choices, self._session, tables)

    @contextlib.contextmanager
    def _session_folder(self) -> Iterator[None]:
        """The folder that layers cross in: nobody else's, and gone in the end."""
        try:
            if self._session is not None:
                self._session.mkdir(mode=0o700)
            yield
        finally:
            if self._session is not None:
                shutil.rmtree(self._session, ignore_errors=True)


def _input_parameters() -> list[QgsProcessingParameterDefinition]:
    file = QgsProcessingParameterFile.Behavior.File
    return [
        QgsProcessingParameterMultipleLayers(
            "LAYERS", tr("Layers"), QgsProcessing.SourceType.TypeVector, optional=True
        ),
        QgsProcessingParameterBoolean(
            "SELECTED", tr("Only selected features, where a layer has a selection"), False
        ),
        QgsProcessingParameterFile(
            "MAPPING", tr("Mapping file"), file, optional=True, fileFilter=DOCUMENTS
        ),
        QgsProcessingParameterFile(
            "JOB",
            tr("Job file, instead of layers and mapping"),
            file,
            optional=True,
            fileFilter=DOCUMENTS,
        ),
    ]


def _text_parameters() -> list[QgsProcessingParameterDefinition]:
    project = QgsProject.instance()
    title = project.metadata().title() or project.title() or project.baseName()
    return [
        QgsProcessingParameterString("TITLE", tr("Title"), title or tr("City layers")),
        QgsProcessingParameterString(
            "LICENCE", tr("Licence (empty: from the layers' metadata)"), optional=True
        ),
        QgsProcessingParameterString(
            "ATTRIBUTION",
            tr("Attribution (empty: from the layers' metadata)"),
            optional=True,
        ),
    ]


def _output_parameters() -> list[QgsProcessingParameterDefinition]:
    accuracy = QgsProcessingParameterNumber(
        "ACCURACY",
        tr("Accuracy the reprojection must reach, in metres"),
        QgsProcessingParameterNumber.Type.Double,
        optional=True,
        minValue=0.0,
    )
    grids = QgsProcessingParameterFile(
        "GRIDS",
        tr("Folder of PROJ grids"),
        QgsProcessingParameterFile.Behavior.Folder,
        optional=True,
    )
    replace = QgsProcessingParameterBoolean("REPLACE", tr("Replace an existing package"), False)
    for parameter in (grids, replace):
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return [
        # Optional because 3.22's qgis_process asks for a CRS even where there is a default.
        QgsProcessingParameterCrs("CRS", tr("Target CRS"), "EPSG:4258", optional=True),
        accuracy,
        QgsProcessingParameterEnum(
            "FORMATS",
            tr("Formats"),
            list(FORMATS.values()),
            allowMultiple=True,
            defaultValue=[list(FORMATS).index(one) for one in USUAL],
        ),
        QgsProcessingParameterBoolean("LOAD", tr("Load the GeoPackage's layers afterwards"), True),
        grids,
        replace,
        QgsProcessingParameterFolderDestination("OUTPUT", tr("Package folder")),
    ]


def counted(result: Message) -> dict[str, Any]:
    """The outputs of an algorithm that ran a job."""
    counts = result["counts"]
    return {
        "OUTPUT": result["package"],
        "REPORT": result["report"],
        "WRITTEN": sum(counts["written"].values()),
        "REJECTED": counts["rejected"],
        "ERRORS": counts["findings"]["error"],
        "WARNINGS": counts["findings"]["warning"],
    }


def load_geopackages(result: Message, context: QgsProcessingContext) -> None:
    """Have QGIS load the package's GeoPackage layers when the algorithm is done."""
    for output in result["outputs"]:
        if output["format"] != "gpkg":
            continue
        path = str(Path(result["package"]) / output["path"])
        for layer in QgsProviderRegistry.instance().querySublayers(path):
            details = QgsProcessingContext.LayerDetails(layer.name(), context.project())
            context.addLayerToLoadOnCompletion(layer.uri(), details)
