"""SLD 1.1 with Symbology Encoding 1.1 (OGC 05-078r4, 05-077r4): one style, all geometries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from commonplace.styles.facts import AREA, LINE, Area, Line, Point, Style

SLD: Final = "http://www.opengis.net/sld"
SE: Final = "http://www.opengis.net/se"
OGC: Final = "http://www.opengis.net/ogc"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
LOCATION: Final = f"{SLD} http://schemas.opengis.net/sld/1.1.0/StyledLayerDescriptor.xsd"
DASHES: Final = "6 4"


def sld(style: Style, kind: str | None = None) -> str:
    """A style for the kind of geometry that the type mostly has, or another one."""
    root = etree.Element(
        f"{{{SLD}}}StyledLayerDescriptor",
        {"version": "1.1.0", f"{{{XSI}}}schemaLocation": LOCATION},
        nsmap={"sld": SLD, "se": SE, "ogc": OGC, "xsi": XSI},
    )
    layer = _below(root, SLD, "NamedLayer")
    _text(layer, SE, "Name", style.feature_type)
    user = _below(layer, SLD, "UserStyle")
    _text(user, SE, "Name", f"{style.theme.upper()}.{style.feature_type}.Default")
    description = _below(user, SE, "Description")
    _text(description, SE, "Title", style.name)
    rules = _below(user, SE, "FeatureTypeStyle")
    for category in style.categories:
        rule = _below(rules, SE, "Rule")
        _text(rule, SE, "Name", category.label)
        _filter(rule, style.attribute or "", category.values)
        _symbolizer(rule, style, kind or style.kind, category.colour)
    rule = _below(rules, SE, "Rule")
    _text(rule, SE, "Name", "other" if style.categories else style.name)
    if style.categories:
        _below(rule, SE, "ElseFilter")
    _symbolizer(rule, style, kind or style.kind, None)
    if style.label:
        _label(rule, style.label)
    text: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return text.decode()


def _below(above: etree._Element, namespace: str, name: str) -> etree._Element:
    return etree.SubElement(above, f"{{{namespace}}}{name}")


def _text(above: etree._Element, namespace: str, name: str, text: str) -> None:
    _below(above, namespace, name).text = text


def _filter(rule: etree._Element, attribute: str, values: tuple[str, ...]) -> None:
    where = _below(rule, OGC, "Filter")
    if len(values) > 1:
        where = _below(where, OGC, "Or")
    for value in values:
        equal = _below(where, OGC, "PropertyIsEqualTo")
        _text(equal, OGC, "PropertyName", attribute)
        _text(equal, OGC, "Literal", value)


def _symbolizer(rule: etree._Element, style: Style, kind: str, colour: str | None) -> None:
    if kind == AREA:
        polygon = _below(rule, SE, "PolygonSymbolizer")
        _fill(polygon, style.area, colour)
    elif kind == LINE:
        line = _below(rule, SE, "LineSymbolizer")
        _stroke(line, _line_parameters(style.line, colour))
    else:
        _mark(_below(rule, SE, "PointSymbolizer"), style.point, colour)


def _fill(polygon: etree._Element, area: Area, colour: str | None) -> None:
    shown = colour or area.fill
    if shown:
        fill = _below(polygon, SE, "Fill")
        _parameter(fill, "fill", shown)
        _parameter(fill, "fill-opacity", f"{area.opacity:g}")
    if area.width:
        _stroke(polygon, [("stroke", area.stroke), ("stroke-width", f"{area.width:g}")])


def _line_parameters(line: Line, colour: str | None) -> Iterator[tuple[str, str]]:
    yield "stroke", colour or line.stroke
    yield "stroke-width", f"{line.width:g}"
    yield "stroke-linecap", "round"
    if line.dashed:
        yield "stroke-dasharray", DASHES


def _stroke(
    above: etree._Element, parameters: Iterator[tuple[str, str]] | list[tuple[str, str]]
) -> None:
    stroke = _below(above, SE, "Stroke")
    for name, value in parameters:
        _parameter(stroke, name, value)


def _mark(symbolizer: etree._Element, point: Point, colour: str | None) -> None:
    graphic = _below(symbolizer, SE, "Graphic")
    mark = _below(graphic, SE, "Mark")
    # SE knows no diamond: a square on its corner
    _text(mark, SE, "WellKnownName", "square" if point.shape == "diamond" else point.shape)
    fill = _below(mark, SE, "Fill")
    _parameter(fill, "fill", colour or point.fill)
    _stroke(mark, [("stroke", point.stroke), ("stroke-width", "0.6")])
    _text(graphic, SE, "Size", f"{point.size:g}")
    if point.shape == "diamond":
        _text(graphic, SE, "Rotation", "45")


def _label(rule: etree._Element, column: str) -> None:
    text = _below(rule, SE, "TextSymbolizer")
    label = _below(text, SE, "Label")
    _text(label, OGC, "PropertyName", column)
    font = _below(text, SE, "Font")
    _parameter(font, "font-size", "10")
    halo = _below(text, SE, "Halo")
    _text(halo, SE, "Radius", "1")
    fill = _below(halo, SE, "Fill")
    _parameter(fill, "fill", "#ffffff")
    fill = _below(text, SE, "Fill")
    _parameter(fill, "fill", "#1c2630")


def _parameter(above: etree._Element, name: str, value: str) -> None:
    parameter = _below(above, SE, "SvgParameter")
    parameter.set("name", name)
    parameter.text = value
