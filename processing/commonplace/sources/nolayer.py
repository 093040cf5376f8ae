"""What a file is that no driver finds a layer in: records, answers of services, web pages."""

from __future__ import annotations

import re
from typing import Final

from commonplace.errors import MalformedAnswer
from commonplace.sources.archive import DataFile
from commonplace.sources.pointers import head_of

_NO_FORMAT: Final = "not recognized as being in a supported file format"


def _sign(pattern: bytes, what: str, hint: str) -> tuple[re.Pattern[bytes], str, str]:
    return re.compile(pattern, re.IGNORECASE), what, hint


# What a file's beginning holds, what it is then, and where its data are.
SIGNS: Final = (
    _sign(
        rb"<(\w+:)?GetRecord(s|ById)Response[\s>]",
        "a catalogue's answer (CSW)",
        "name the catalogue's address: commonplace search ADDRESS",
    ),
    _sign(
        rb"<(\w+:)?MD_Metadata[\s>]",
        "a metadata record (ISO 19139)",
        "name the address of the data that it describes",
    ),
    _sign(
        rb"<feed[^>]*www\.w3\.org/2005/Atom",
        "an ATOM feed",
        "name the feed's address, with kind: atom",
    ),
    _sign(
        rb"\"@iot\.(id|selfLink|nextLink)\"",
        "a SensorThings service's answer",
        "name the service's address, which ends with its version (…/v1.1)",
    ),
    _sign(
        rb"\"urn:ngsi-ld:|\"type\"\s*:\s*\"(Geo)?Property\"",
        "NGSI-LD entities",
        "name the address of the broker that has them (…/ngsi-ld/v1)",
    ),
    _sign(
        rb"\A\s*<(!doctype html|html)",
        "a web page",
        "save the data instead of the page that links to them",
    ),
)


def explained(file: DataFile, error: MalformedAnswer) -> MalformedAnswer:
    """The same error, telling what the file is where its beginning shows it."""
    head = head_of(file)
    for pattern, what, hint in SIGNS:
        if pattern.search(head):
            return MalformedAnswer(f"{file.name} has no layer: it holds {what}", hint=hint)
    if _NO_FORMAT in error.message:
        return MalformedAnswer(f"{file.name} is in no format that can be read", hint=error.hint)
    return error
