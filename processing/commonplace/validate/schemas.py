"""Schema validity against the official XSDs in a local folder, never over the network.

The folder holds the schemas by host and path (``inspire.ec.europa.eu/schemas/…``,
``schemas.opengis.net/…``), their locations relative. A driver schema imports what a
document uses; libxml2 gets the tree without ``xsi:schemaLocation``, so that it follows no
address that a document names.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree

from commonplace.model import load_model
from commonplace.validate.columns import XSI, Node

XS: Final = "http://www.w3.org/2001/XMLSchema"
VARIABLE: Final = "COMMONPLACE_SCHEMAS"
ISO_19139: Final = ("schemas.opengis.net", "iso", "19139", "20070417")
MIRRORS: Final = {"inspire.jrc.ec.europa.eu": "inspire.ec.europa.eu"}
WELL_KNOWN: Final = {
    "http://www.opengis.net/wfs/2.0": "http://schemas.opengis.net/wfs/2.0/wfs.xsd",
    "http://www.w3.org/1999/xlink": "http://www.w3.org/1999/xlink.xsd",
    "http://www.isotc211.org/2005/gmd": "http://www.isotc211.org/2005/gmd/gmd.xsd",
    "http://www.isotc211.org/2005/gco": "http://www.isotc211.org/2005/gco/gco.xsd",
}
UNIMPORTED: Final = frozenset({XS, XSI, "http://www.w3.org/XML/1998/namespace"})
_TARGET: Final = re.compile(rb"""<(?:\w+:)?schema\b[^>]*?targetNamespace\s*=\s*["']([^"']+)""")
_INCLUDE: Final = re.compile(rb"""<(?:\w+:)?include\b[^>]*?schemaLocation\s*=\s*["']([^"']+)""")


def schema_folder(given: Path | None = None) -> Path | None:
    """The folder of XSDs: the one given, the environment's, the user's; None if there is none."""
    named = os.environ.get(VARIABLE)
    for candidate in (given, Path(named) if named else None, user_folder()):
        if candidate is not None and (candidate / "schemas.opengis.net").is_dir():
            return candidate.resolve()
    return None


def user_folder() -> Path:
    """Where ``commonplace schemas`` keeps the user's XSDs."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "commonplace" / "schemas"


@dataclass(frozen=True, slots=True)
class Locations:
    """The schemas a document needs: (namespace, local file), and namespaces without any.

    ``sure`` are those that document or model name; the others were found by looking for
    their namespace, and may not go together.
    """

    found: frozenset[tuple[str, str]]
    sure: frozenset[tuple[str, str]]
    missing: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def locate(folder: Path, stated: frozenset[tuple[str, str]], used: frozenset[str]) -> Locations:
    """Local files for the pairs that a document states and the namespaces it uses."""
    found: dict[str, str] = {}
    for namespace, location in stated:
        path = local_schema(location, folder)
        if path is not None and namespace not in UNIMPORTED:
            found[namespace] = path.as_uri()
    sure = dict(found)
    missing = set()
    for namespace in used - found.keys() - UNIMPORTED:
        official = _official(namespace, folder)
        path = official
        if official is None and namespace not in dict(stated):
            path = _index(folder).get(namespace)
        if path is None:
            missing.add(namespace)
            continue
        found[namespace] = path.as_uri()
        if official is not None:
            sure[namespace] = path.as_uri()
    return Locations(frozenset(found.items()), frozenset(sure.items()), frozenset(missing))


def local_schema(location: str, folder: Path) -> Path | None:
    """The local file of a schema's official address."""
    parts = urlsplit(location)
    host = MIRRORS.get(parts.netloc, parts.netloc)
    steps = [step for step in parts.path.split("/") if step]
    if not host or ".." in steps:
        return None
    candidates = [folder.joinpath(host, *steps)]
    if host == "www.isotc211.org" and steps[:1] == ["2005"]:
        candidates.append(folder.joinpath(*ISO_19139, *steps[1:]))
    if len(steps) > 1 and steps[0] == "schemas":
        candidates.append(folder.joinpath(host, steps[0], *steps[2:]))
    return next((one.resolve() for one in candidates if one.is_file()), None)


def _official(namespace: str, folder: Path) -> Path | None:
    """The schema that the standards or the model name for a namespace."""
    location = WELL_KNOWN.get(namespace)
    if location is None:
        try:
            location = load_model().schema_of(namespace).location
        except LookupError:
            return None
    return local_schema(location, folder)


@lru_cache(maxsize=4)
def _index(folder: Path) -> dict[str, Path]:
    """For each namespace the schema that no other of it includes; the newest of several."""
    spaces: dict[str, list[Path]] = {}
    included: set[Path] = set()
    for path in sorted(folder.rglob("*.xsd")):
        text = path.read_bytes()
        target = _TARGET.search(text)
        if target is None:
            continue
        spaces.setdefault(target[1].decode(), []).append(path)
        included.update((path.parent / one.decode()).resolve() for one in _INCLUDE.findall(text))
    return {
        namespace: next((one for one in reversed(paths) if one.resolve() not in included), paths[0])
        for namespace, paths in spaces.items()
    }


@lru_cache(maxsize=16)
def compiled(found: frozenset[tuple[str, str]]) -> etree.XMLSchema | str:
    """The driver schema; where libxml2 can't make it, its reason."""
    driver = etree.Element(f"{{{XS}}}schema", nsmap={"xs": XS})
    for namespace, location in sorted(found):
        attributes = {"namespace": namespace, "schemaLocation": location}
        etree.SubElement(driver, f"{{{XS}}}import", attributes)
    parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
    try:
        return etree.XMLSchema(etree.fromstring(etree.tostring(driver), parser))
    except etree.XMLSchemaParseError as error:
        return str(error)


def stated_locations(root: Node, *, deep: bool) -> frozenset[tuple[str, str]]:
    """All pairs of ``xsi:schemaLocation`` of the root, or of all elements; they are taken
    off the tree.
    """
    pairs: set[tuple[str, str]] = set()
    for name in (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation"):
        for element in root.iter(etree.Element) if deep else (root,):
            value = element.attrib.pop(name, None)
            if value is not None:
                words = value.split()
                pairs.update(zip(words[::2], words[1::2], strict=False))
    return frozenset(pairs)


def validate(root: Node, schema: etree.XMLSchema) -> list[tuple[str, int, str]]:
    """(message, line, XPath) of each fault."""
    if schema.validate(root.getroottree()):
        return []
    log: Iterable[Any] = schema.error_log  # type: ignore[assignment] # the stubs lack __iter__
    return [(one.message, one.line, one.path or "") for one in log]


def namespaces_used(names: Iterable[str]) -> frozenset[str]:
    """The namespaces of expanded names."""
    return frozenset(one[1:].partition("}")[0] for one in names if one.startswith("{"))
