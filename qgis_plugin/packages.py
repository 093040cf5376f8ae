"""Packages and INSPIRE GML that are to be opened: what is decided without widgets."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile

from .connections import free_file
from .engine import Message
from .formats import SHORT
from .session import file_name
from .texts import tr

PROJECT: Final = "project.qgs"
REPORT: Final = "report.html"
MANIFEST: Final = "package.json"
CHECKSUMS: Final = "checksums.sha256"
GML: Final = "gml"


@dataclass(frozen=True)
class Looked:
    """What a path holds, as the engine's ``verify`` tells it.

    ``opens`` says how QGIS gets at it: by the package's ``project``, after a ``convert``, or
    not at all (empty).
    """

    path: Path
    kind: str
    title: str
    whole: bool
    opens: str
    licence: str = ""
    attribution: str = ""
    as_of: str = ""
    layers: tuple[tuple[str, str, str, str], ...] = ()
    findings: tuple[tuple[str, str], ...] = ()

    @property
    def unpacks(self) -> bool:
        """Whether a zip has to be unpacked, to a folder that stays."""
        return self.opens == "project" and self.path.is_file()

    @property
    def converts(self) -> bool:
        """Whether a GeoPackage has to be made first, which stays."""
        return self.opens == "convert"

    @property
    def report(self) -> Path | None:
        """The report for people, of a package that is whole."""
        found = self.path / REPORT
        return found if self.kind == "package" and self.whole and found.is_file() else None


@dataclass(frozen=True)
class Opening:
    """How to get at a project to read, and where its data are.

    ``request`` has the engine make it; without, it is there. ``work`` is a folder to remove.
    """

    project: Path
    root: Path
    title: str
    request: Message | None = None
    work: Path | None = None


def path_of(text: str) -> Path | None:
    """The path that was typed, pasted (in quotes, as file managers copy it) or dropped."""
    plain = text.strip().strip("\"'")
    if plain.startswith("file://"):
        plain = unquote(urlsplit(plain).path)
        plain = plain[1:] if plain[2:3] == ":" else plain  # /C:/town
    return Path(plain).expanduser() if plain else None


def is_package(path: Path) -> bool:
    """Whether a folder or a zip holds a package, going by what lies in it."""
    if path.is_dir():
        return (path / MANIFEST).is_file() and (path / CHECKSUMS).is_file()
    if path.suffix.lower() != ".zip":
        return False
    try:
        with ZipFile(path) as archive:
            names = {one.rpartition("/")[2] for one in archive.namelist() if one.count("/") <= 1}
    except (OSError, BadZipFile):
        return False
    return {MANIFEST, CHECKSUMS} <= names


def look_request(path: Path) -> Message:
    """Asks what a path holds."""
    return {"type": "verify", "path": str(path)}


def looked(path: Path, told: Mapping[str, Any]) -> Looked:
    """The engine's answer."""
    return Looked(
        path=path,
        kind=told["kind"],
        title=told["title"],
        whole=told["whole"],
        opens=told["opens"] or "",
        licence=told["licence"],
        attribution=told["attribution"],
        as_of=told["as_of"],
        layers=tuple(_row(one) for one in told["layers"]),
        findings=tuple((one["severity"], one["message"]) for one in told["findings"]),
    )


def _row(layer: Mapping[str, Any]) -> tuple[str, str, str, str]:
    count = layer["count"]
    shown = SHORT.get(layer["format"], layer["format"])
    return layer["name"], "" if count is None else f"{count:n}", shown, layer["file"]


def about(found: Looked) -> str:
    """Whose the data are, how they may be used, and of when."""
    said = (
        found.attribution,
        tr("licence {licence}").format(licence=found.licence) if found.licence else "",
        tr("state of {date}").format(date=found.as_of[:10]) if found.as_of else "",
    )
    return "; ".join(one for one in said if one)


def verdict(found: Looked) -> str:
    """Whether it is as it was made, and what opening it will do."""
    if found.kind == GML:
        said = tr("GML, files: {count}.").format(count=len(found.layers))
    elif found.whole:
        said = tr("The package is whole: every file is there and unchanged.")
    else:
        count = sum(severity == "error" for severity, _ in found.findings)
        said = tr("The package is damaged, files: {count}. Ask for it again.").format(count=count)
    return f"{said} {_what_follows(found)}".rstrip()


def _what_follows(found: Looked) -> str:
    if found.converts:
        return tr("It is opened as a GeoPackage, which you keep.")
    if found.unpacks:
        return tr("It is unpacked into a folder, which you keep.")
    if not found.opens and found.whole:
        return tr("QGIS can't open any of its files.")
    return ""


def notes(counts: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What was odd in converted data, with severities; what is only worth knowing is left out."""
    odd = (one for one in counts if one["severity"] != "info")
    return [(one["severity"], f"{one['count']} × {_noted(one)}") for one in odd]


def _noted(one: Mapping[str, Any]) -> str:
    return ": ".join(filter(None, (one["layer"], one["message"])))


def may_open(found: Looked | None, *, anyway: bool) -> bool:
    """Whether to offer opening it: a damaged package only where the user insists."""
    return found is not None and bool(found.opens) and (found.whole or anyway)


def proposed(found: Looked, folders: Collection[Path]) -> Path | None:
    """Where to put what is made of it, under a name that nothing has yet.

    ``folders`` are those to choose from: the first that may be written to, after its own.
    """
    if not found.unpacks and not found.converts:
        return None
    own = found.path.parent
    folder = next((one for one in (own, *folders) if os.access(one, os.W_OK)), own)
    stem = file_name(found.path.stem if found.path.is_file() else found.path.name)
    if found.converts:
        return free_file(folder, stem)
    place, number = folder / stem, 1
    while place.exists():
        number += 1
        place = folder / f"{stem}_{number}"
    return place


def refused(found: Looked, place: Path | None) -> str:
    """Why nothing can be made there, or an empty text. What exists is never replaced."""
    if not found.unpacks and not found.converts:
        return ""
    if place is None or not place.is_absolute():
        return tr("Say where to put it.")
    if found.converts:
        place = _geopackage(place)
    if place.exists():
        return tr("{path} is there already: choose another name.").format(path=place)
    return ""


def _geopackage(place: Path) -> Path:
    ending = "" if place.suffix.lower() == ".gpkg" else ".gpkg"
    return place.with_name(f"{place.name}{ending}")


def opening(found: Looked, place: Path | None, work: Path) -> Opening:
    """How to open it. ``work`` is a folder, not yet there, for what is needed for a moment."""
    if place is None or not (found.converts or found.unpacks):
        return Opening(found.path / PROJECT, found.path, found.title)
    if found.unpacks:
        request: Message = {"type": "verify", "path": str(found.path), "unpack": str(place)}
        request["damaged"] = not found.whole
        return Opening(place / PROJECT, place, found.title, request)
    place = _geopackage(place)
    project = work / PROJECT
    request = {"type": "convert", "source": str(found.path), "target": str(place)}
    request.update(to="gpkg", project=str(project))
    if found.kind == GML:
        request["from"] = GML
    return Opening(project, place.parent, found.title, request, work)
