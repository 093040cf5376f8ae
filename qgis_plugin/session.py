"""Layers of the project, written into a session folder for the engine to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsFeedback,
    QgsFields,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorFileWriterTask,
    QgsVectorLayer,
)

from .jobs import StagedLayer, table_names

GEOPACKAGE = "layers.gpkg"
FID = "commonplace_fid"
GEOMETRY = "commonplace_geometry"
FOR_MAPPING = (f"FID={FID}", f"GEOMETRY_NAME={GEOMETRY}", "SPATIAL_INDEX=NO")
FOR_CHECKING = (f"FID={FID}", "GEOMETRY_NAME=geometry", "SPATIAL_INDEX=YES")


class LayerNotWritten(Exception):
    """A layer could not be written; the message is QGIS's."""


class LayerWriter(QgsVectorFileWriterTask):
    """Writes one layer as it is in the project.

    Made in the main thread, where it takes a snapshot of the layer: filter, joins, virtual
    fields, unsaved edits. :meth:`write` may run in any thread.
    """

    def __init__(
        self,
        layer: QgsVectorLayer,
        staged: StagedLayer,
        folder: Path,
        *,
        first: bool,
        selected: bool,
        file: str = GEOPACKAGE,
        creation: Sequence[str] = FOR_MAPPING,
    ) -> None:
        self.staged = staged
        self.file = file
        self._path = folder / file
        self._message = ""
        actions = QgsVectorFileWriter.ActionOnExistingFile
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        options.layerName = staged.table
        options.layerOptions = list(creation)
        options.onlySelectedFeatures = selected
        options.attributes = kept_attributes(layer)
        options.skipAttributeCreation = not options.attributes
        options.actionOnExistingFile = (
            actions.CreateOrOverwriteFile if first else actions.CreateOrOverwriteLayer
        )
        super().__init__(layer, str(self._path), options)
        self.errorOccurred.connect(self._remember)

    def _remember(self, _code: int, message: str) -> None:
        self._message = message

    def write(self, feedback: QgsFeedback) -> None:
        """Write the layer.

        Raises
        ------
        LayerNotWritten
        """
        feedback.canceled.connect(self.cancel)
        if not self.run() and not feedback.isCanceled():
            raise LayerNotWritten(f"{self.staged.names[0]}: {self._message}")


def layer_writers(
    layers: Sequence[QgsVectorLayer], folder: Path, *, only_selected: bool
) -> list[LayerWriter]:
    """One writer a layer, into one GeoPackage in ``folder``.

    ``only_selected`` holds for layers with a selection; of the others every feature counts.
    """
    tables = table_names(layer.name() for layer in layers)
    return [
        LayerWriter(
            layer,
            StagedLayer(table, layer_names(layer)),
            folder,
            first=index == 0,
            selected=only_selected and layer.selectedFeatureCount() > 0,
        )
        for index, (layer, table) in enumerate(zip(layers, tables))
    ]


def checking_writers(layers: Sequence[QgsVectorLayer], folder: Path) -> list[LayerWriter]:
    """One writer a layer, each into a GeoPackage called as the layer, to be validated."""
    tables = table_names(layer.name() for layer in layers)
    return [
        LayerWriter(
            layer,
            StagedLayer(table, layer_names(layer)),
            folder,
            first=True,
            selected=False,
            file=f"{file_name(table)}.gpkg",
            creation=FOR_CHECKING,
        )
        for layer, table in zip(layers, tables)
    ]


def file_name(table: str) -> str:
    """A table's name as a file's, on any system."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", table).strip(". ") or "layer"


def layer_names(layer: QgsVectorLayer) -> tuple[str, ...]:
    """What a mapping may call a layer, the likeliest first."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    names = [layer.name(), parts.get("layerName"), parts.get("table")]
    if parts.get("path"):
        names.append(Path(str(parts["path"])).stem)
    return tuple(dict.fromkeys(str(name) for name in names if name))


def kept_attributes(layer: QgsVectorLayer) -> list[int]:
    """All fields save a GeoPackage's row number, which no other reader takes for a column."""
    row_number: set[int] = set()
    if layer.providerType() == "ogr":
        row_number = {
            index
            for index in layer.primaryKeyAttributes()
            if layer.fields().at(index).name().casefold() in ("fid", FID)
        }
    return [index for index in range(layer.fields().count()) if index not in row_number]


def write_sample(
    source: QgsFeatureSource,
    path: Path,
    limit: int,
    transforms: QgsCoordinateTransformContext,
    feedback: QgsFeedback,
) -> str:
    """Write the first features into a GeoPackage of its own; returns the table's name.

    Raises
    ------
    LayerNotWritten
    """
    (table,) = table_names([source.sourceName()])
    kept = [
        index
        for index, field in enumerate(source.fields())
        if field.name().casefold() not in ("fid", FID)
    ]
    fields = QgsFields()
    for index in kept:
        fields.append(source.fields().at(index))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = table
    options.layerOptions = list(FOR_MAPPING)
    crs = source.sourceCrs()
    writer = QgsVectorFileWriter.create(
        str(path), fields, source.wkbType(), crs, transforms, options
    )
    request = QgsFeatureRequest().setLimit(limit)
    for feature in source.getFeatures(request):
        if feedback.isCanceled():
            break
        attributes = feature.attributes()
        feature.setAttributes([attributes[index] for index in kept])
        writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
    failed = writer.errorMessage()
    del writer  # which closes the file
    if failed:
        raise LayerNotWritten(f"{source.sourceName()}: {failed}")
    return table
