"""Small INSPIRE buildings documents to break, for the validator's tests."""

from __future__ import annotations

ROOT = (
    '<wfs:FeatureCollection xmlns:base="http://inspire.ec.europa.eu/schemas/base/3.3" '
    'xmlns:bu-base="http://inspire.ec.europa.eu/schemas/bu-base/4.0" '
    'xmlns:bu-core2d="http://inspire.ec.europa.eu/schemas/bu-core2d/4.0" '
    'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:wfs="http://www.opengis.net/wfs/2.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://inspire.ec.europa.eu/schemas/base/3.3 '
    "https://inspire.ec.europa.eu/schemas/base/3.3/BaseTypes.xsd "
    "http://inspire.ec.europa.eu/schemas/bu-base/4.0 "
    "https://inspire.ec.europa.eu/schemas/bu-base/4.0/BuildingsBase.xsd "
    "http://inspire.ec.europa.eu/schemas/bu-core2d/4.0 "
    "https://inspire.ec.europa.eu/schemas/bu-core2d/4.0/BuildingsCore2D.xsd "
    "http://www.opengis.net/gml/3.2 http://schemas.opengis.net/gml/3.2.1/gml.xsd "
    'http://www.opengis.net/wfs/2.0 http://schemas.opengis.net/wfs/2.0/wfs.xsd" '
    'timeStamp="2026-11-24T00:00:00Z" numberMatched="unknown" numberReturned="0">'
)
END = "</wfs:FeatureCollection>\n"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SRS = "http://www.opengis.net/def/crs/EPSG/0/4258"
LISTS = "http://inspire.ec.europa.eu/codelist"
RING = "52.5 13.4 52.5 13.401 52.501 13.401 52.501 13.4 52.5 13.4"


def ring(south: float, west: float, size: float = 0.0005) -> str:
    """A square's posList in EPSG:4258 (lat, lon), counter-clockwise on a map."""
    corners = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
    points = (f"{south + y * size:.6f} {west + x * size:.6f}" for y, x in corners)
    return " ".join(points)


def building(number: int = 1, *, changed: dict[str, str] | None = None) -> str:
    """A valid building; ``changed`` replaces texts in it."""
    south = 52.5 + 0.001 * (number // 500)
    square = ring(south, 13.0 + 0.001 * (number % 500))
    text = (
        f'<bu-core2d:Building gml:id="Building.{number}">'
        "<bu-base:beginLifespanVersion>2020-01-01T00:00:00Z</bu-base:beginLifespanVersion>"
        f'<bu-base:conditionOfConstruction xlink:href="{LISTS}/ConditionOfConstructionValue/'
        'functional"/>'
        "<bu-base:inspireId><base:Identifier>"
        f"<base:localId>{number}</base:localId><base:namespace>DE.TEST</base:namespace>"
        "</base:Identifier></bu-base:inspireId>"
        "<bu-core2d:geometry2D><bu-base:BuildingGeometry2D><bu-base:geometry>"
        f'<gml:Polygon gml:id="g.{number}" srsName="{SRS}" srsDimension="2"><gml:exterior>'
        f"<gml:LinearRing><gml:posList>{square}</gml:posList></gml:LinearRing></gml:exterior>"
        "</gml:Polygon></bu-base:geometry>"
        "<bu-base:referenceGeometry>true</bu-base:referenceGeometry>"
        f'<bu-base:horizontalGeometryReference xlink:href="{LISTS}/'
        'HorizontalGeometryReferenceValue/footPrint"/>'
        '<bu-base:horizontalGeometryEstimatedAccuracy uom="m">0.1'
        "</bu-base:horizontalGeometryEstimatedAccuracy></bu-base:BuildingGeometry2D>"
        "</bu-core2d:geometry2D></bu-core2d:Building>"
    )
    for old, new in (changed or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def document(*features: str, between: str = "\n", root: str = ROOT) -> str:
    """A document of members."""
    members = between.join(f"<wfs:member>{one}</wfs:member>" for one in features)
    return f"{DECLARATION}{root}\n{members}\n{END}"
