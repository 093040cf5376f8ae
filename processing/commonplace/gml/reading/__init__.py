"""The reader: any GML document as target batches (:func:`open_gml`, :func:`read_gml`)."""

from __future__ import annotations

from commonplace.gml.reading.documents import (
    Pages,
    collected,
    open_gml,
    read_documents,
    read_gml,
    read_into,
)
from commonplace.gml.reading.features import Features
from commonplace.gml.reading.names import Meaning
from commonplace.gml.reading.parts import Part, PartTask, PartType, load_part, read_part
from commonplace.gml.reading.reading import Reading, TypeRead, resolver
from commonplace.gml.reading.scan import read_head

__all__ = [
    "Features",
    "Meaning",
    "Pages",
    "Part",
    "PartTask",
    "PartType",
    "Reading",
    "TypeRead",
    "collected",
    "load_part",
    "open_gml",
    "read_documents",
    "read_gml",
    "read_head",
    "read_into",
    "read_part",
    "resolver",
]
