"""Which of a validation's findings say that a file is not of the encoding it claims to be."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Final

from commonplace.mim7.evidence import FileFacts
from commonplace.report import Severity
from commonplace.validate.outcome import Validation

#: How codes of rules about encodings begin; others are about INSPIRE's models.
ENCODING: Final = (
    *("GPKG_", "TABLE_UNREADABLE", "GEOJSON_", "JSON_", "JSONFG_", "GEOPARQUET_", "FLATGEOBUF_"),
    *("CSV_", "XML_", "SCHEMA_INVALID", "ENCODING_", "DOCUMENT_", "ID_FORM", "ID_MISSING"),
    *("ID_REPEATED", "STRUCTURE_", "VALUE_TYPE", "ATTRIBUTE_", "CODE_"),
)
ASIDE: Final = "GPKG_CODE"  # a code list's value: the file is a GeoPackage all the same


def encoding_faults(validation: Validation, file: str) -> dict[str, int]:
    """The errors of a file's encoding, counted by code."""
    found: dict[str, int] = {}
    for first, count, _ in validation.findings.grouped():
        wrong = first.severity is Severity.ERROR and first.code.startswith(ENCODING)
        if wrong and first.layer == file and first.code != ASIDE:
            found[first.code] = found.get(first.code, 0) + count
    return found


def judged(path: str, name: str, faults: Mapping[str, int], schema: str) -> FileFacts:
    """A file that our validator looked at; ``schema`` is what the XSDs said."""
    validator = f"commonplace validate {version('commonplace')}; XSDs: {schema}"
    return FileFacts(path, name, "invalid" if faults else "valid", dict(faults), validator)
