"""GML written by hand, for what no encoder of ours would write."""

from __future__ import annotations

PARCEL = (
    '<cp:CadastralParcel gml:id="CadastralParcel.p{number}">'
    '<cp:areaValue uom="m2">{number}.5</cp:areaValue>'
    '<cp:geometry><gml:Polygon gml:id="g{number}" '
    'srsName="http://www.opengis.net/def/crs/EPSG/0/25832"><gml:exterior><gml:LinearRing>'
    "<gml:posList>{x} 0 {x}.5 0 {x}.5 1 {x} 0</gml:posList>"
    "</gml:LinearRing></gml:exterior></gml:Polygon></cp:geometry>"
    "<cp:label>parcel-{number}</cp:label>"
    "</cp:CadastralParcel>"
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"'
    ' xmlns:gml="http://www.opengis.net/gml/3.2"'
    ' xmlns:cp="http://inspire.ec.europa.eu/schemas/cp/4.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' timeStamp="2026-01-01T00:00:00Z" numberMatched="unknown" numberReturned="0">\n'
)
FOOT = "</wfs:FeatureCollection>\n"


def parcels(count: int) -> list[str]:
    return [PARCEL.format(number=number, x=number) for number in range(count)]


def document(*features: str) -> str:
    members = "".join(f"<wfs:member>{one}</wfs:member>\n" for one in features)
    return HEAD + members + FOOT


def geometry(inside: str) -> str:
    """A document with one parcel whose geometry is this."""
    start, rest = PARCEL.format(number=0, x=0).split("<gml:Polygon", 1)
    return document(start + inside + rest.split("</gml:Polygon>", 1)[1])
