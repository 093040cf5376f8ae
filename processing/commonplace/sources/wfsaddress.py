"""Which XML service an address names, by its words alone; nothing is asked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from commonplace.job import SourceKind

_SERVICES: Final[dict[str, SourceKind]] = {"wfs": "wfs", "csw": "csw"}
_EDGE: Final = r"(?:^|[/_.\-])"
_PATHS: Final[tuple[tuple[re.Pattern[str], SourceKind], ...]] = (
    (re.compile(rf"{_EDGE}wfs(?:$|[/_.\-])|wfs(?:\.\w+)?/?$|/wfsserver"), "wfs"),
    (re.compile(rf"{_EDGE}csw(?:$|[/_.\-])"), "csw"),
    (re.compile(rf"\.atom$|{_EDGE}atom(?:$|[/_.\-])|feed[^/]*\.xml$"), "atom"),
)
_WEB_APIS: Final = frozenset(("collections", "ogc", "ogcapi", "oapif", "wfs3"))


def service_kind(url: str) -> SourceKind | None:
    """The kind that ``service=`` names, else the one that the path does; None of neither."""
    parts = urlsplit(url)
    asked = {name.lower(): value.lower() for name, value in parse_qsl(parts.query)}
    if "service" in asked:
        return _SERVICES.get(asked["service"])
    path = parts.path.lower()
    if not _WEB_APIS.isdisjoint(path.split("/")):
        return None
    return next((kind for pattern, kind in _PATHS if pattern.search(path)), None)
