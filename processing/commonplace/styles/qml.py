"""QGIS's own style files, as QGIS 3.22 and later read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from commonplace.styles.facts import AREA, LINE, Area, Line, Point, Style

VERSION: Final = "3.22.0"
MM_A_PIXEL: Final = 0.264583  # 96 a inch
_SYMBOL: Final = {"point": "marker", LINE: "line", AREA: "fill"}


def qml(style: Style, kind: str) -> str:
    """A style for one kind of geometry (``point``, ``line``, ``area``)."""
    root = etree.Element(
        "qgis",
        version=VERSION,
        styleCategories="Symbology|Labeling",
        labelsEnabled=_flag(style.label),
    )
    if style.categories and style.attribute:
        _categorised(root, style, kind)
    else:
        renderer = etree.SubElement(root, "renderer-v2", type="singleSymbol", symbollevels="0")
        _symbol(etree.SubElement(renderer, "symbols"), "0", style, kind, None)
    if style.label:
        _labels(root, style.label)
    text: bytes = etree.tostring(root, pretty_print=True, encoding="utf-8")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + text.decode()


def _flag(value: object) -> str:
    return "1" if value else "0"


def _categorised(root: etree._Element, style: Style, kind: str) -> None:
    renderer = etree.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=style.attribute or "", symbollevels="0"
    )
    categories = etree.SubElement(renderer, "categories")
    symbols = etree.SubElement(renderer, "symbols")
    for number, one in enumerate(style.categories):
        category = etree.SubElement(
            categories, "category", symbol=str(number), label=one.label, render="true"
        )
        for value in one.values:
            etree.SubElement(category, "val", value=value, type="string")
        _symbol(symbols, str(number), style, kind, one.colour)
    other = str(len(style.categories))
    etree.SubElement(categories, "category", value="", symbol=other, label="other", render="true")
    _symbol(symbols, other, style, kind, None)


def _symbol(above: etree._Element, name: str, style: Style, kind: str, colour: str | None) -> None:
    symbol = etree.SubElement(
        above, "symbol", name=name, type=_SYMBOL[kind], alpha="1", clip_to_extent="1"
    )
    class_, options = {
        "point": ("SimpleMarker", _marker(style.point, colour)),
        LINE: ("SimpleLine", _line(style.line, colour)),
        AREA: ("SimpleFill", _fill(style.area, colour)),
    }[kind]
    layer = etree.SubElement(
        symbol, "layer", {"class": class_, "pass": "0", "locked": "0", "enabled": "1"}
    )
    for key, value in options:
        etree.SubElement(layer, "prop", k=key, v=value)


def _marker(point: Point, colour: str | None) -> Iterator[tuple[str, str]]:
    yield "name", point.shape
    yield "color", _colour(colour or point.fill)
    yield "outline_color", _colour(point.stroke)
    yield "outline_width", _millimetres(0.6)
    yield "size", _millimetres(max(point.size, 3.0) * 1.4)
    yield "size_unit", "MM"


def _line(line: Line, colour: str | None) -> Iterator[tuple[str, str]]:
    yield "line_color", _colour(colour or line.stroke)
    yield "line_width", _millimetres(line.width)
    yield "line_width_unit", "MM"
    yield "line_style", "dash" if line.dashed else "solid"
    yield "capstyle", "round"
    yield "joinstyle", "round"


def _fill(area: Area, colour: str | None) -> Iterator[tuple[str, str]]:
    fill = colour or area.fill
    yield "color", _colour(fill or "#ffffff", area.opacity if fill else 0.0)
    yield "style", "solid" if fill else "no"
    yield "outline_color", _colour(area.stroke)
    yield "outline_width", _millimetres(area.width)
    yield "outline_width_unit", "MM"
    yield "outline_style", "solid" if area.width else "no"
    yield "joinstyle", "round"


def _labels(root: etree._Element, column: str) -> None:
    labelling = etree.SubElement(root, "labeling", type="simple")
    settings = etree.SubElement(labelling, "settings", calloutType="simple")
    text = etree.SubElement(
        settings,
        "text-style",
        fieldName=column,
        isExpression="0",
        fontSize="8",
        fontSizeUnit="Point",
        textColor=_colour("#1c2630"),
    )
    etree.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.7",
        bufferSizeUnits="MM",
        bufferColor=_colour("#ffffff"),
    )
    etree.SubElement(
        settings, "rendering", scaleVisibility="1", scaleMin="10000", scaleMax="0", obstacle="1"
    )


def _colour(code: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def _millimetres(pixels: float) -> str:
    return f"{pixels * MM_A_PIXEL:.2f}"
