"""The official words of metadata: themes, categories, languages, licences, formats."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote

THEMES: Final = "http://inspire.ec.europa.eu/theme"
CODE_LISTS: Final = "http://inspire.ec.europa.eu/metadata-codelist"
HVD_LAW: Final = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
HVD_SCHEME: Final = "http://data.europa.eu/bna/asd487ae75"
INSPIRE_LAW: Final = "http://data.europa.eu/eli/reg/2010/1089"
AUTHORITY: Final = "http://publications.europa.eu/resource/authority"

# ISO 639-3 (as mappings say it) to ISO 639-2/B (as metadata must), where they differ.
BIBLIOGRAPHIC: Final = {
    "ces": "cze",
    "cym": "wel",
    "deu": "ger",
    "ell": "gre",
    "eus": "baq",
    "fra": "fre",
    "hye": "arm",
    "isl": "ice",
    "kat": "geo",
    "mkd": "mac",
    "nld": "dut",
    "ron": "rum",
    "slk": "slo",
    "sqi": "alb",
}
TERMINOLOGIC: Final = {there: here for here, there in BIBLIOGRAPHIC.items()}
TWO_LETTERS: Final = {"eng": "en", "ger": "de", "fre": "fr", "dut": "nl", "ita": "it"}
LANGUAGE_NAMES: Final = {
    "eng": "English",
    "ger": "Deutsch",
    "fre": "Français",
    "dut": "Nederlands",
    "ita": "Italiano",
}

# Theme to ISO 19115 topic category: Technical Guidance Metadata 2.x, annex on topics.
TOPICS: Final = {
    "ac": "climatologyMeteorologyAtmosphere",
    "ad": "location",
    "af": "farming",
    "am": "planningCadastre",
    "au": "boundaries",
    "br": "biota",
    "bu": "structure",
    "cp": "planningCadastre",
    "ef": "structure",
    "el": "elevation",
    "er": "economy",
    "ge": "geoscientificInformation",
    "gn": "location",
    "hb": "biota",
    "hh": "health",
    "hy": "inlandWaters",
    "lc": "imageryBaseMapsEarthCover",
    "lu": "planningCadastre",
    "mf": "climatologyMeteorologyAtmosphere",
    "mr": "economy",
    "nz": "planningCadastre",
    "of": "oceans",
    "oi": "imageryBaseMapsEarthCover",
    "pd": "society",
    "pf": "structure",
    "ps": "environment",
    "sd": "biota",
    "so": "geoscientificInformation",
    "sr": "oceans",
    "su": "boundaries",
    "tn": "transportation",
    "us": "utilitiesCommunication",
}
# INSPIRE theme to the data themes of European portals (DCAT-AP, dcat:theme).
PORTAL_THEMES: Final = {
    "af": ("AGRI", "ENVI"),
    "au": ("REGI", "GOVE"),
    "er": ("ENER",),
    "hh": ("HEAL",),
    "pd": ("SOCI", "REGI"),
    "su": ("SOCI", "REGI"),
    "tn": ("TRAN",),
    **dict.fromkeys(("ad", "bu", "cp", "gn", "lu", "us", "rs", "gg"), ("REGI",)),
}
PORTAL_LABELS: Final = {
    "AGRI": "Agriculture, fisheries, forestry and food",
    "ENER": "Energy",
    "ENVI": "Environment",
    "GOVE": "Government and public sector",
    "HEAL": "Health",
    "REGI": "Regions and cities",
    "SOCI": "Population and society",
    "TRAN": "Transport",
}
NETWORKS: Final = ("tn", "hy-n", "us-net", "net")
PROTOCOLS: Final = {
    "wms": ("http://www.opengis.net/def/serviceType/ogc/wms", "OGC Web Map Service"),
    "wmts": ("http://www.opengis.net/def/serviceType/ogc/wmts", "OGC Web Map Tile Service"),
    "wfs": ("http://www.opengis.net/def/serviceType/ogc/wfs", "OGC Web Feature Service"),
    "wcs": ("http://www.opengis.net/def/serviceType/ogc/wcs", "OGC Web Coverage Service"),
    "sos": ("http://www.opengis.net/def/serviceType/ogc/sos", "OGC Sensor Observation Service"),
    "csw": ("http://www.opengis.net/def/serviceType/ogc/csw", "OGC Catalogue Service for the Web"),
    "ogcapi-features": (
        "http://www.opengis.net/def/interface/ogcapi-features",
        "OGC API - Features",
    ),
    "atom": ("https://tools.ietf.org/html/rfc4287", "ATOM Syndication Format"),
    "http": ("http://www.w3.org/TR/xlink/", "XML Linking Language"),
}
FREQUENCIES: Final = {
    "continual": "CONT",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "fortnightly": "BIWEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "biannually": "ANNUAL_2",
    "annually": "ANNUAL",
    "asNeeded": "AS_NEEDED",
    "irregular": "IRREG",
    "notPlanned": "NOT_PLANNED",
    "unknown": "UNKNOWN",
}


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as the world names it; ``authority`` is the Publications Office's URI."""

    uri: str
    authority: str | None = None


_CC: Final = "https://creativecommons.org"
LICENCES: Final = {
    "CC0-1.0": Licence(f"{_CC}/publicdomain/zero/1.0/", f"{AUTHORITY}/licence/CC0"),
    "CC-BY-4.0": Licence(f"{_CC}/licenses/by/4.0/", f"{AUTHORITY}/licence/CC_BY_4_0"),
    "CC-BY-3.0": Licence(f"{_CC}/licenses/by/3.0/", f"{AUTHORITY}/licence/CC_BY_3_0"),
    "CC-BY-SA-4.0": Licence(f"{_CC}/licenses/by-sa/4.0/", f"{AUTHORITY}/licence/CC_BYSA_4_0"),
    "ODbL-1.0": Licence(
        "https://opendatacommons.org/licenses/odbl/1-0/", f"{AUTHORITY}/licence/ODC_BL"
    ),
    "ODC-By-1.0": Licence(
        "https://opendatacommons.org/licenses/by/1-0/", f"{AUTHORITY}/licence/ODC_BY"
    ),
    "PDDL-1.0": Licence(
        "https://opendatacommons.org/licenses/pddl/1-0/", f"{AUTHORITY}/licence/ODC_PDDL"
    ),
    "etalab-2.0": Licence(
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        f"{AUTHORITY}/licence/LIC_OUVERTE_2_0",
    ),
    "DL-DE-BY-2.0": Licence("https://www.govdata.de/dl-de/by-2-0"),
    "DL-DE-ZERO-2.0": Licence("https://www.govdata.de/dl-de/zero-2-0"),
    "IODL-2.0": Licence("https://www.dati.gov.it/iodl/2.0/"),
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding as metadata name it; ``version`` None where it isn't versioned."""

    name: str
    version: str | None
    file_type: str | None = None


ENCODINGS: Final = {
    "gml": Encoding("GML", "3.2.1", "GML"),
    "gpkg": Encoding("GeoPackage", "1.3", "GPKG"),
    "geojson": Encoding("GeoJSON", "RFC 7946", "GEOJSON"),
    "jsonfg": Encoding("JSON-FG", "1.0", "JSON"),
    "flatgeobuf": Encoding("FlatGeobuf", "3"),
    "geoparquet": Encoding("GeoParquet", "1.1", "PARQUET"),
    "csv": Encoding("CSV", None, "CSV"),
    "cityjson": Encoding("CityJSON", "2.0", "JSON"),
    "cityjsonseq": Encoding("CityJSONSeq", "2.0", "JSON"),
    "ngsild": Encoding("NGSI-LD", None, "JSON_LD"),
}


def iri(text: str) -> str:
    """An address with what no IRI may hold (spaces, brackets) percent-encoded."""
    return quote(text.strip(), safe="%:/?#[]@!$&'()*+,;=~")


def encoding_of(name: str) -> Encoding | None:
    """The encoding of a format; None for files that go with one (id-map, context)."""
    return ENCODINGS.get(name)


def licence_of(text: str) -> Licence | None:
    """The licence that an SPDX identifier (in any case) or an address stands for."""
    if text.startswith(("http://", "https://")):
        return Licence(text)
    known = {name.casefold(): licence for name, licence in LICENCES.items()}
    return known.get(text.strip().casefold())


def bibliographic(language: str) -> str:
    """A language code as ISO 639-2/B."""
    return BIBLIOGRAPHIC.get(language, language)


def two_letters(language: str) -> str:
    """A language code as BCP 47 tags it, for the languages of records."""
    return TWO_LETTERS.get(language, language)


@functools.cache
def _file(name: str) -> Mapping[str, Any]:
    text = files("commonplace.metadata").joinpath(name).read_text(encoding="utf-8")
    document: Mapping[str, Any] = json.loads(text)
    return document


def theme_label(theme: str, language: str) -> str | None:
    """The exact label of an INSPIRE theme in GEMET; None for what is no theme."""
    labels = _file("vocabulary.json")["themes"].get(theme)
    return None if labels is None else str(labels[language])


def regulation_title(language: str) -> str:
    """The official title of Regulation (EU) No 1089/2010."""
    return str(_file("vocabulary.json")["regulation"][language])


@dataclass(frozen=True, slots=True)
class HighValue:
    """A category of Regulation (EU) 2023/138; ``broader`` is the thematic one above it."""

    uri: str
    broader: str
    labels: Mapping[str, str]
    broader_labels: Mapping[str, str]


def high_value(theme: str) -> HighValue | None:
    """The category of high-value data sets that a theme falls under.

    From the Publications Office's list, version 2.1: the geospatial ones by name (annex,
    section 1), those of the INSPIRE themes in section 2, transport networks in section 6.
    """
    listed = _file("hvd.json")
    entry = listed["themes"].get(theme)
    if entry is None:
        return None
    above = listed["broader"][entry["broader"]]
    return HighValue(entry["uri"], entry["broader"], entry["label"], above)
