"""A layer of the project: where its rows are, how it is drawn, how its form looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from lxml import etree

from commonplace.bounds import Bounds
from commonplace.package.qgisproject.tables import Column, Relation, Table
from commonplace.styles import Area, Line, Point, Style, qml, style_of

GEOMETRY: Final = {"point": "Point", "line": "Line", "area": "Polygon"}
_OGR_KIND: Final = {"point": "Point", "line": "LineString", "area": "Polygon"}
_WKB: Final = {"point": "MultiPoint", "line": "MultiLineString", "area": "MultiPolygon"}
#: For types without a style of their own: fill and stroke, easy to tell apart.
_PLAIN: Final = (
    ("#7fb3d5", "#1f5f8b"),
    ("#f5b971", "#a1560f"),
    ("#93c99a", "#2c6b3a"),
    ("#c9a6d8", "#69378a"),
    ("#e59a9a", "#8f2f2f"),
    ("#d2c47c", "#6f6214"),
)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_PLAIN: Final = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class LayerAbout:
    """What the layer's metadata say. ``crs`` is an authority code; dates ISO 8601."""

    title: str
    abstract: str
    language: str
    licence: str
    attribution: str
    keywords: tuple[str, ...]
    as_of: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A table as the project shows it; ``kind`` is None where it has no geometry."""

    id: str
    name: str
    source: str
    table: Table
    kind: str | None


def layers_of(table: Table) -> list[Layer]:
    """One layer, or one for each kind of geometry that the table mixes."""
    kinds = table.kinds or (None,)
    return [
        Layer(
            id=_identifier(table, kind if several else None),
            name=_name(table) + (f" ({kind}s)" if several else ""),
            source=_source(table, kind if several else None),
            table=table,
            kind=kind,
        )
        for several in (len(kinds) > 1,)
        for kind in kinds
    ]


def _identifier(table: Table, kind: str | None) -> str:
    """As QGIS makes them, name and digits: it replaces ids of 16 characters or fewer."""
    digits = sha256(f"{table.dataset}/{table.name}/{kind or ''}".encode()).hexdigest()
    return f"{_plain(table.name)}_{digits[:16]}"


def _plain(text: str) -> str:
    return _NOT_PLAIN.sub("_", text)


def _name(table: Table) -> str:
    """``SupplementaryRegulation`` → ``Supplementary regulation``."""
    if table.select:
        link = table.name.removeprefix(f"{table.parent}_").replace("_", " → ")
        return f"{table.parent}: {link}"
    if table.parent:
        below = table.name.removeprefix(f"{table.parent}_").replace("_", ", ")
        return f"{table.parent}: {below}"
    return _HUMP.sub(" ", table.name).capitalize()


def _source(table: Table, kind: str | None) -> str:
    parts = [table.path if Path(table.path).is_absolute() else f"./{table.path}"]
    if table.select:
        return f"{parts[0]}|layername={table.parent}|subset={table.select}"
    if table.format in ("gpkg", "gml"):
        parts.append(f"layername={table.name}")
    if kind is not None:
        parts.append(f"geometrytype={_OGR_KIND[kind]}")
    return "|".join(parts)


def map_layer(
    layer: Layer, about: LayerAbout, relations: Sequence[tuple[str, Relation]], number: int
) -> etree._Element:
    """The ``<maplayer>``; ``relations`` are those whose column is the layer's, with their ids."""
    table = layer.table
    root = etree.Element(
        "maplayer",
        type="vector",
        geometry=GEOMETRY[layer.kind] if layer.kind else "No geometry",
        wkbType=_WKB[layer.kind] if layer.kind else "NoGeometry",
        readOnly="1" if table.select else "0",
        hasScaleBasedVisibilityFlag="0",
        styleCategories="AllStyleCategories",
        autoRefreshEnabled="0",
        autoRefreshTime="0",
    )
    if layer.kind and table.bounds and table.format == "gpkg":
        root.append(extent(table.bounds))
    text(root, "id", layer.id)
    text(root, "datasource", layer.source)
    text(root, "layername", layer.name)
    if table.crs is not None:
        etree.SubElement(root, "srs").append(reference_system(table.crs))
    root.append(_metadata(layer, about))
    etree.SubElement(root, "provider", encoding="UTF-8").text = "ogr"
    text(root, "title", layer.name)
    text(root, "abstract", about.abstract)
    text(root, "attribution", about.attribution)
    text(root, "shortname", _plain(table.name))
    if layer.kind:
        _drawn(root, table, layer.kind, number)
    _form(root, table.columns, relations)
    text(root, "previewExpression", _display(table.columns))
    return root


# Drawing


def _drawn(root: etree._Element, table: Table, kind: str, number: int) -> None:
    theme = table.schema.partition("/")[0]
    style = style_of(theme, table.feature_type)
    if style is None or table.parent:
        style = plain_style(theme, table.feature_type, kind, number)
    drawn = etree.fromstring(qml(_fitting(style, table.columns), kind).partition("\n")[2])
    root.set("labelsEnabled", drawn.get("labelsEnabled", "0"))
    for part in drawn:
        root.append(part)


def plain_style(theme: str, feature_type: str, kind: str, number: int) -> Style:
    """A style for a type that has none; ``number`` chooses the colour."""
    fill, stroke = _PLAIN[number % len(_PLAIN)]
    return Style(
        theme,
        feature_type,
        feature_type,
        kind,
        Point("circle", 6.0, fill, stroke),
        Line(stroke, 1.5),
        Area(fill, 0.6, stroke, 1.0),
    )


def _fitting(style: Style, columns: Sequence[Column]) -> Style:
    """Without classes or labels by columns that the table lacks."""
    if not columns:  # not known before the file is opened
        return style
    there = {one.name for one in columns}
    if style.attribute not in there:
        style = replace(style, attribute=None, categories=())
    return style if style.label in there else replace(style, label=None)


# Forms


def _form(
    root: etree._Element, columns: Sequence[Column], relations: Sequence[tuple[str, Relation]]
) -> None:
    """Titles for columns, labels for codes, and choosers for what is referred to."""
    referring = {one.column: key for key, one in relations if not one.owned}
    configured = etree.SubElement(root, "fieldConfiguration")
    for one in columns:
        if one.name in referring:
            options = _widget(configured, one.name, "RelationReference")
            _option(options, "Relation", referring[one.name])
            _option(options, "AllowNULL", "true", "bool")
            _option(options, "ReadOnly", "true", "bool")
        elif one.codes:
            options = _widget(configured, one.name, "ValueMap")
            listed = etree.SubElement(options, "Option", name="map", type="List")
            for value, label in one.codes:
                entry = etree.SubElement(listed, "Option", type="Map")
                _option(entry, label, value)
    aliases = etree.SubElement(root, "aliases")
    for index, one in enumerate(columns):
        if one.title and one.title != one.name:
            etree.SubElement(aliases, "alias", field=one.name, index=str(index), name=one.title)


def _widget(above: etree._Element, column: str, kind: str) -> etree._Element:
    field = etree.SubElement(above, "field", name=column, configurationFlags="None")
    config = etree.SubElement(etree.SubElement(field, "editWidget", type=kind), "config")
    return etree.SubElement(config, "Option", type="Map")


def _option(above: etree._Element, name: str, value: str, kind: str = "QString") -> None:
    etree.SubElement(above, "Option", name=name, value=value, type=kind)


def _display(columns: Iterable[Column]) -> str:
    """The column by which a feature is called in lists: its name, else its id."""
    there = {one.name for one in columns}
    usual = ("name", "name_name", "name_name_spelling_text", "officialTitle", "title", "label")
    found = next((one for one in usual if one in there), None)
    if found is None:
        return '"gml_id"'
    return f'coalesce("{found}", "gml_id")'


# Metadata


def _metadata(layer: Layer, about: LayerAbout) -> etree._Element:
    root = etree.Element("resourceMetadata")
    text(root, "identifier", about.identifier)
    text(root, "parentidentifier", "")
    text(root, "language", about.language)
    text(root, "type", "dataset")
    text(root, "title", about.title)
    text(root, "abstract", about.abstract)
    if about.keywords:
        listed = etree.SubElement(root, "keywords", vocabulary="keywords")
        for one in about.keywords:
            text(listed, "keyword", one)
    for name, value in (("rights", about.attribution), ("license", about.licence)):
        if value:
            text(root, name, value)
    text(root, "encoding", "UTF-8")
    if layer.table.crs is not None:
        etree.SubElement(root, "crs").append(reference_system(layer.table.crs))
    if layer.table.crs is not None and layer.table.bounds is not None:
        west, south, east, north = (f"{one:.10g}" for one in layer.table.bounds)
        where = etree.SubElement(root, "extent")
        etree.SubElement(
            where,
            "spatial",
            dimensions="2",
            crs=layer.table.crs,
            minx=west,
            miny=south,
            maxx=east,
            maxy=north,
            minz="0",
            maxz="0",
        )
        if about.as_of:
            text(etree.SubElement(where, "temporal"), "instant", about.as_of)
    return root


# Small parts


def text(above: etree._Element, name: str, value: str) -> etree._Element:
    """An element with text."""
    made = etree.SubElement(above, name)
    made.text = value or None
    return made


def extent(bounds: Bounds, name: str = "extent") -> etree._Element:
    """A box as QGIS writes it."""
    root = etree.Element(name)
    for key, value in zip(("xmin", "ymin", "xmax", "ymax"), bounds, strict=True):
        text(root, key, f"{value:.10g}")
    return root


def reference_system(code: str) -> etree._Element:
    """A CRS by its authority's code; QGIS looks it up where a number of its own stands too."""
    root = etree.Element("spatialrefsys")
    text(root, "srsid", "1")
    text(root, "authid", code)
    return root


__all__ = [
    "Layer",
    "LayerAbout",
    "extent",
    "layers_of",
    "map_layer",
    "plain_style",
    "reference_system",
    "text",
]
