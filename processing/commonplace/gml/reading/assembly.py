"""One reading of the parts of a document, or of several: types joined, one CRS, what was odd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pyarrow as pa

from commonplace.crs import identify
from commonplace.errors import MalformedAnswer
from commonplace.gml.reading.names import Meaning
from commonplace.gml.reading.parts import Part, PartType
from commonplace.gml.reading.positions import reference
from commonplace.gml.reading.reading import Reading, TypeRead
from commonplace.gml.reading.scan import Head
from commonplace.gml.reading.shapes import joined_all
from commonplace.gml.reading.troubles import Troubles
from commonplace.model import load_model
from commonplace.model.types import namespace_of
from commonplace.spool import read_table, write_table
from commonplace.target import LOCAL_ID

_MOST_IDS: Final = 2_000_000
_VERSION: Final = re.compile(r"[:/]v?\d+\.\d+$")
_FEATURE: Final = "{http://www.opengis.net/gml/3.2}AbstractFeature"
_OFFICIAL: Final = ("europa.eu", "opengis.net", "isotc211.org", "w3.org")


def assembled(
    path: Path,
    head: Head,
    parts: list[Part],
    folder: Path,
    stated: str | None,
    *,
    refers: bool = False,
    preferred: str | None = None,
) -> Reading:
    """A reading of all parts, which are in the order of the document.

    Parameters
    ----------
    path, head
        The document's, or the data set's and its first document's.
    folder
        Takes the file of ids, where one is needed.
    stated
        The CRS of geometries that name none.
    refers
        Documents refer to each other, which their parts can't know.
    preferred
        The CRS that others are brought into, if it occurs; else that of most geometries.

    Raises
    ------
    MalformedAnswer
        It is XML, but no GML.
    """
    troubles = Troubles()
    found: dict[str, list[tuple[PartType, int]]] = {}
    before = 0
    for part in parts:
        troubles.merge(part.troubles)
        for one in part.types:
            found.setdefault(one.type.name, []).append((one, before))
        before += part.count
    types = {
        name: TypeRead(
            type=members[0][0].type,
            seen=joined_all([one.seen for one, _ in members]),
            count=sum(one.rows for one, _ in members),
            parts=tuple(members),
        )
        for name, members in found.items()
    }
    every = [one for members in found.values() for one, _ in members]
    _refuse_documents(path, head, every)
    _note_types(types, every, troubles)
    _note_schemas(head, troubles)
    crs = _common_crs(every, troubles, preferred) or (identify(stated) if stated else None)
    drawn = sum(sum(one.crs.values()) for one in every)
    return Reading(
        name=path.name,
        head=head,
        types=types,
        crs=crs,
        three_dimensional=0 < drawn == sum(one.heights for one in every),
        troubles=troubles,
        ids=_write_ids(every, folder, refers=refers),
    )


def _refuse_documents(path: Path, head: Head, every: list[PartType]) -> None:
    """Refuse XML that is no GML: metadata, mapping files, whatever.

    Raises
    ------
    MalformedAnswer
    """
    if head.is_collection or len(every) != 1:
        return
    one = every[0]
    element = one.type.element
    if not (one.has_ids if element is None else load_model().is_a(element, _FEATURE)):
        raise MalformedAnswer(
            f"{path.name}: its root {head.written} is neither a feature nor a collection of them",
            hint="GML has features in wfs:, gml: or base: collections, or one with a gml:id",
        )


def _note_types(types: Mapping[str, TypeRead], every: list[PartType], troubles: Troubles) -> None:
    codes = {Meaning.MAPPED: "TYPE_MAPPED", Meaning.INFERRED: "TYPE_INFERRED"}
    for one in every:
        if one.type.meaning in codes:
            namespace = namespace_of(one.type.written) if "{" in one.type.written else ""
            troubles.add(codes[one.type.meaning], one.type.name, "", one.rows, namespace)
        if not one.has_ids:
            troubles.add("FEATURE_WITHOUT_ID", one.type.name, "gml:id", one.rows)
    versions: dict[str, set[str]] = {}
    for namespace in {namespace_of(one.type.written) for one in every if "{" in one.type.written}:
        bare = _VERSION.sub("", namespace)
        versions.setdefault(bare, set()).add(namespace)
    for _, spelled in sorted(versions.items()):
        if len(spelled) > 1:
            troubles.add("VERSIONS_MIXED", "", "", len(spelled), ", ".join(sorted(spelled)))


def _note_schemas(head: Head, troubles: Troubles) -> None:
    for address in head.schema_locations.values():
        host = urlsplit(address).hostname
        if host is not None and not host.endswith(_OFFICIAL):
            troubles.add("SCHEMA_NOT_FETCHED", "", "", 1, address)


def _common_crs(every: list[PartType], troubles: Troubles, preferred: str | None) -> str | None:
    """The preferred CRS if it occurs, else that of most geometries, the first among equals."""
    codes: Counter[str] = Counter()
    for one in every:
        for name, count in one.crs.items():
            code = reference(name).code if name else None
            if code is not None:
                codes[code] += count
            else:
                trouble = "CRS_UNKNOWN" if name else "CRS_NOT_STATED"
                troubles.add(trouble, one.type.name, "", count, name)
    if not codes:
        return None
    common = preferred if preferred in codes else codes.most_common(1)[0][0]
    for one in every:
        for name, count in one.crs.items():
            if name and reference(name).code not in (None, common):
                troubles.add("CRS_MIXED", one.type.name, "", count, name)
    return common


def _write_ids(every: list[PartType], folder: Path, *, refers: bool) -> Path | None:
    """All ids with their types, where references inside the document say no type."""
    rows = sum(one.rows for one in every)
    needed = any(one.foreign_ids for one in every) and (refers or any(one.refers for one in every))
    if not needed or rows > _MOST_IDS:
        return None
    ids = [read_table(one.features).column(LOCAL_ID) for one in every]
    names = [pa.array([one.type.name] * one.rows, pa.string()) for one in every]
    path = folder / "ids.arrow"
    known = pa.chunked_array([chunk for column in ids for chunk in column.chunks], pa.string())
    write_table(pa.table({"id": known, "type": pa.chunked_array(names, pa.string())}), path)
    return path
