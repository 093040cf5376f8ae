"""Metadata and provenance of a package, from one short form and what is known already.

:func:`make_record` derives a record, :func:`missing` says what it lacks; the writers make
ISO 19139 by the INSPIRE guidance, DCAT-AP as Turtle and JSON-LD, an OGC API record;
:func:`provenance` tells how the files came about (PROV-O). :func:`ro_crate` and
:func:`data_package` describe the package as a whole.
"""

from __future__ import annotations

from commonplace.metadata.bundle import Bundle, BundledFile, BundledSource, Model
from commonplace.metadata.datapackage import NAME as DATA_PACKAGE
from commonplace.metadata.datapackage import data_package
from commonplace.metadata.dcat import json_ld, turtle
from commonplace.metadata.iso import iso_19139
from commonplace.metadata.ogcrecord import ogc_record
from commonplace.metadata.provenance import Course, LayerCourse, provenance
from commonplace.metadata.record import (
    Checked,
    Facts,
    Record,
    make_record,
    missing,
    series_of,
)
from commonplace.metadata.rocrate import NAME as RO_CRATE
from commonplace.metadata.rocrate import ro_crate
from commonplace.metadata.stac import stac_collection, stac_item

__all__ = [
    "DATA_PACKAGE",
    "RO_CRATE",
    "Bundle",
    "BundledFile",
    "BundledSource",
    "Checked",
    "Course",
    "Facts",
    "LayerCourse",
    "Model",
    "Record",
    "data_package",
    "iso_19139",
    "json_ld",
    "make_record",
    "missing",
    "ogc_record",
    "provenance",
    "ro_crate",
    "series_of",
    "stac_collection",
    "stac_item",
    "turtle",
]
