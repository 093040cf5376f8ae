"""How feature types are drawn: INSPIRE's default portrayal, and our own for city types.

Facts (colours, widths, sizes) stand in data files; QML for QGIS and SLD (Styled Layer
Descriptor 1.1, OGC 05-078r4, with Symbology Encoding 1.1) are written from them.
"""

from __future__ import annotations

from commonplace.styles.facts import (
    Area,
    Category,
    Line,
    Point,
    Style,
    known_styles,
    style_of,
)
from commonplace.styles.qml import qml
from commonplace.styles.sld import sld

__all__ = ["Area", "Category", "Line", "Point", "Style", "known_styles", "qml", "sld", "style_of"]
