"""What kinds of source there are, in words for people."""

from __future__ import annotations

from .texts import tr


def kind_text(kind: str) -> str:
    """A kind of source as people call it; names that are no word of a language stay as they are."""
    told = {
        "ogcapi": "OGC API Features",
        "wfs": "WFS",
        "csw": tr("Catalogue (CSW)"),
        "records": tr("Catalogue (OGC API Records)"),
        "atom": tr("ATOM download service"),
        "sensorthings": "SensorThings API",
        "ngsild": tr("NGSI-LD broker"),
        "ldes": tr("Linked data event stream"),
        "edr": "OGC API EDR",
        "coverages": "OGC API Coverages",
        "tiles": "OGC API Tiles",
        "postgis": "PostGIS",
        "file": tr("File"),
        "remote": tr("File on a server"),
        "package": tr("Commonplace package"),
        "gml": "GML",
        "cityjson": "CityJSON",
        "citygml": "CityGML",
        "gtfs": tr("Timetable (GTFS)"),
    }
    return told.get(kind, kind)
