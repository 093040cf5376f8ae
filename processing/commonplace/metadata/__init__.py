"""Metadata and provenance of a package, from one short form and what is known already.

:func:`make_record` derives a record, :func:`missing` says what it lacks; the writers make
ISO 19139 by the INSPIRE guidance, DCAT-AP as Turtle and JSON-LD, an OGC API record;
:func:`provenance` tells how the files came about (PROV-O).
"""

from __future__ import annotations

from commonplace.metadata.dcat import json_ld, turtle
from commonplace.metadata.iso import iso_19139
from commonplace.metadata.ogcrecord import ogc_record
from commonplace.metadata.provenance import Course, LayerCourse, provenance
from commonplace.metadata.record import Box, Facts, Record, make_record, missing

__all__ = [
    "Box",
    "Course",
    "Facts",
    "LayerCourse",
    "Record",
    "iso_19139",
    "json_ld",
    "make_record",
    "missing",
    "ogc_record",
    "provenance",
    "turtle",
]
