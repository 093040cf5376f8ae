"""The project as a whole: layers in groups, relations, view and metadata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lxml import etree

from commonplace.bounds import Bounds
from commonplace.model import load_model
from commonplace.package.qgisproject.layer import (
    Layer,
    LayerAbout,
    extent,
    layers_of,
    map_layer,
    reference_system,
    text,
)
from commonplace.package.qgisproject.tables import Opened, Relation, open_dataset
from commonplace.report import OutputFile, TypeFacts

NAME: Final = "project.qgs"
VERSION: Final = "3.22.0"
MARGIN: Final = 0.05
GRS80: Final = "EPSG:7019"  # what lengths and areas are measured on
_ORDER: Final = ("point", "line", "area", None)
_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


@dataclass(frozen=True, slots=True)
class About:
    """What the project says of itself and its data.

    ``crs`` is the code of the job's CRS; ``facts`` by ``dataset:Type``; ``keywords`` by data
    set; ``schemas`` by feature type, where a data set has types of several.
    """

    title: str
    abstract: str
    licence: str
    attribution: str
    as_of: str
    crs: str
    language: str = "und"
    facts: Mapping[str, TypeFacts] | None = None
    keywords: Mapping[str, Sequence[str]] | None = None
    schemas: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    dataset: str
    title: str
    opened: Opened
    layers: tuple[Layer, ...]


def project(folder: Path, datasets: Mapping[str, Sequence[OutputFile]], about: About) -> str | None:
    """The text of the project; None where QGIS can open none of the files.

    Parameters
    ----------
    folder
        Holds the data files at their paths, which are relative as the project's are to be, or
        absolute.
    datasets
        The files of each data set.
    """
    groups = [one for one in _groups(folder, datasets, about) if one.layers]
    if not groups:
        return None
    root = etree.Element(
        "qgis", version=VERSION, projectname=about.title, saveDateTime=about.as_of, saveUser=""
    )
    etree.SubElement(root, "homePath", path="")
    text(root, "title", about.title)
    etree.SubElement(root, "projectCrs").append(reference_system(about.crs))
    root.append(_tree(groups))
    related = list(_relations(groups))
    root.append(_relation_list(related))
    view = _view(groups, about)
    if view is not None:
        root.append(_canvas(view, about.crs))
    root.append(_maplayers(groups, related, about))
    root.append(_properties())
    root.append(_project_metadata(about))
    if view is not None:
        root.append(_view_settings(view, about.crs))
    made: bytes = etree.tostring(root, pretty_print=True, encoding="utf-8")
    return _DOCTYPE + made.decode()


def _groups(
    folder: Path, datasets: Mapping[str, Sequence[OutputFile]], about: About
) -> Iterator[_Group]:
    titles: list[str] = []
    for name, outputs in datasets.items():
        if not outputs:
            continue
        facts = {
            label.partition(":")[2]: one
            for label, one in (about.facts or {}).items()
            if label.partition(":")[0] == name
        }
        opened = open_dataset(folder, name, outputs, facts, about.schemas)
        title = _title(opened, name)
        if title in titles:
            title = f"{title}: {name}"
        titles.append(title)
        layers = _apart([layer for table in opened.tables for layer in layers_of(table)])
        yield _Group(name, title, opened, tuple(sorted(layers, key=_depth)))


def _title(opened: Opened, dataset: str) -> str:
    """The theme's, where there is one."""
    schemas = {one.schema for one in opened.tables}
    key = schemas.pop() if len(schemas) == 1 else ""
    return (load_model().schema(key).title or dataset) if key else dataset


def _apart(layers: Sequence[Layer]) -> list[Layer]:
    """Layers of one table that lie in several files have numbers."""
    seen: Counter[str] = Counter()
    found = []
    for layer in layers:
        seen[layer.id] += 1
        number = seen[layer.id]
        numbered = replace(layer, id=f"{layer.id}_{number}", name=f"{layer.name} {number}")
        found.append(layer if number == 1 else numbered)
    return found


def _depth(layer: Layer) -> tuple[int, int]:
    """Points above lines above areas; of areas, the fewer (larger) below the many."""
    return _ORDER.index(layer.kind), -(layer.table.count or 0)


# The tree of layers


def _tree(groups: Sequence[_Group]) -> etree._Element:
    """A group a data set, those with points first; tables in a group of their own."""
    root = etree.Element("layer-tree-group")
    etree.SubElement(root, "customproperties")
    for group in sorted(groups, key=lambda one: _depth(one.layers[0])[0]):
        shown = _tree_group(root, group.title, expanded=True)
        for layer in group.layers:
            if layer.kind is not None and not layer.table.parent:
                _tree_layer(shown, layer, checked=True)
        tables = [one for one in group.layers if one.kind is None or one.table.parent]
        if tables:
            below = _tree_group(shown, "Tables", expanded=False)
            for layer in sorted(tables, key=lambda one: bool(one.table.parent)):
                _tree_layer(below, layer, checked=False)
    return root


def _tree_group(above: etree._Element, name: str, *, expanded: bool) -> etree._Element:
    made = etree.SubElement(
        above,
        "layer-tree-group",
        name=name,
        checked="Qt::Checked",
        expanded="1" if expanded else "0",
    )
    etree.SubElement(made, "customproperties")
    return made


def _tree_layer(above: etree._Element, layer: Layer, *, checked: bool) -> None:
    made = etree.SubElement(
        above,
        "layer-tree-layer",
        id=layer.id,
        name=layer.name,
        source=layer.source,
        providerKey="ogr",
        checked="Qt::Checked" if checked or layer.kind is None else "Qt::Unchecked",
        expanded="0",
    )
    etree.SubElement(made, "customproperties")


# Relations


def _relations(groups: Sequence[_Group]) -> Iterator[tuple[str, Layer, Layer, Relation]]:
    """(id, referring layer, layer referred to, relation); one for each kind of geometry."""
    for group in groups:
        for one in group.opened.relations:
            for layer in _of_table(group, one.table):
                for other in _of_table(group, one.other):
                    yield f"{layer.id}__{one.column}__{other.id}", layer, other, one


def _of_table(group: _Group, name: str) -> list[Layer]:
    return [one for one in group.layers if one.table.name == name]


def _relation_list(related: Iterable[tuple[str, Layer, Layer, Relation]]) -> etree._Element:
    root = etree.Element("relations")
    for key, layer, other, one in related:
        made = etree.SubElement(
            root,
            "relation",
            id=key,
            name=one.name if one.owned or layer.table.select else f"{layer.name}: {one.name}",
            referencingLayer=layer.id,
            referencedLayer=other.id,
            strength="Association",
        )
        etree.SubElement(
            made, "fieldRef", referencingField=one.column, referencedField=one.other_column
        )
    return root


# Layers


def _maplayers(
    groups: Sequence[_Group], related: Sequence[tuple[str, Layer, Layer, Relation]], about: About
) -> etree._Element:
    root = etree.Element("projectlayers")
    number = 0
    for group in groups:
        for layer in group.layers:
            mine = [(key, one) for key, referring, _, one in related if referring.id == layer.id]
            root.append(map_layer(layer, _layer_about(group, layer, about), mine, number))
            number += 1
    return root


def _layer_about(group: _Group, layer: Layer, about: About) -> LayerAbout:
    keywords = (about.keywords or {}).get(group.dataset, ())
    return LayerAbout(
        title=f"{layer.name} – {about.title}",
        abstract=_definition(layer.table.schema, layer.table.feature_type),
        language=about.language,
        licence=about.licence,
        attribution=about.attribution,
        keywords=(group.title, *keywords),
        as_of=about.as_of,
        identifier=f"{group.dataset}/{layer.table.name}",
    )


def _definition(schema: str, feature_type: str) -> str:
    if not schema:
        return ""
    known = {one.name.rpartition("}")[2]: one for one in load_model().feature_types(schema)}
    found = known.get(feature_type)
    return (found.definition or "") if found is not None else ""


# View, properties, metadata


def _view(groups: Sequence[_Group], about: About) -> Bounds | None:
    found = [one.bounds for one in (about.facts or {}).values() if one.bounds is not None]
    found = found or [
        one.table.bounds for group in groups for one in group.layers if one.table.bounds
    ]
    if not found:
        return None
    west, south, east, north = zip(*found, strict=True)
    box = min(west), min(south), max(east), max(north)
    margin = MARGIN * max(box[2] - box[0], box[3] - box[1]) or 0.001
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def _canvas(view: Bounds, crs: str) -> etree._Element:
    root = etree.Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    root.append(extent(view))
    text(root, "rotation", "0")
    etree.SubElement(root, "destinationsrs").append(reference_system(crs))
    return root


def _view_settings(view: Bounds, crs: str) -> etree._Element:
    root = etree.Element("ProjectViewSettings", UseProjectScales="0", rotation="0")
    etree.SubElement(root, "Scales")
    box = dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{one:.10g}" for one in view), strict=True))
    etree.SubElement(root, "DefaultViewExtent", box).append(reference_system(crs))
    return root


def _properties() -> etree._Element:
    root = etree.Element("properties")
    paths = etree.SubElement(root, "Paths")
    etree.SubElement(paths, "Absolute", type="bool").text = "false"
    system = etree.SubElement(root, "SpatialRefSys")
    etree.SubElement(system, "ProjectionsEnabled", type="int").text = "1"
    measured = etree.SubElement(root, "Measure")
    etree.SubElement(measured, "Ellipsoid", type="QString").text = GRS80
    colours = etree.SubElement(root, "Gui")
    for part in ("Red", "Green", "Blue"):
        etree.SubElement(colours, f"CanvasColor{part}Part", type="int").text = "255"
    return root


def _project_metadata(about: About) -> etree._Element:
    root = etree.Element("projectMetadata")
    text(root, "identifier", "")
    text(root, "language", about.language)
    text(root, "type", "dataset")
    text(root, "title", about.title)
    text(root, "abstract", about.abstract)
    text(root, "author", about.attribution)
    text(root, "creation", about.as_of)
    text(root, "rights", about.attribution)
    text(root, "license", about.licence)
    return root
