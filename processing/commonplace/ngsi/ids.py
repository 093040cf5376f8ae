"""Entity ids are URIs (ETSI GS CIM 009 v1.9.1 §4.6.2), names have no spaces."""

from __future__ import annotations

import re
from typing import Final

URN: Final = "urn:ngsi-ld:"
# As brokers check: an ASCII scheme, no white space. Characters beyond ASCII pass.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+", re.ASCII)
_NAME: Final = re.compile(r"[^\s\x00-\x1f]+")
KEPT: Final = "!$&*+,-._~:@/"


def is_entity_id(text: str) -> bool:
    """Whether a broker takes ``text`` as an entity's id."""
    return _URI.fullmatch(text) is not None and not any(one.isspace() for one in text)


def is_name(text: str) -> bool:
    """Whether a broker takes ``text`` as the name of a type or attribute (§4.6.2)."""
    return _NAME.fullmatch(text) is not None
