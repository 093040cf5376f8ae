"""What a child does with what others made: packages and INSPIRE GML, looked at and opened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, cast
from zipfile import BadZipFile

from commonplace.errors import MalformedAnswer, SourceError, TargetExists, Unreachable
from commonplace.package import Manifest, qgisproject, read_manifest, unpacked, verify
from commonplace.package.held import held
from commonplace.package.manifest import MANIFEST
from commonplace.report import Finding, Observer, OutputFile, Report, Severity
from commonplace.worker.child import Handler
from commonplace.worker.protocol import Message
from commonplace.worker.telling import MOST_FINDINGS, finding_message

PROJECT: Final = "project"
CONVERT: Final = "convert"


def verify_path(request: Message, observer: Observer) -> list[Message]:
    """``verify``: what a path holds: a package, whole or not, or INSPIRE GML.

    With ``unpack`` a package's zip is unpacked there if it is whole, or if ``damaged`` says that
    it needn't be.
    """
    path = Path(request["path"])
    if not path.exists():
        raise Unreachable(f"nothing is at {path}")
    if not _should_be_package(path):
        return [_gml_message(path)]
    findings = verify(path)
    whole = all(one.severity is not Severity.ERROR for one in findings)
    folder = path if path.is_dir() else None
    wanted = request.get("unpack")
    if folder is None and wanted and (whole or request.get("damaged")):
        folder = Path(wanted)
        _unpack(path, folder)
    return [_package_message(path, folder, findings, whole=whole)]


def _should_be_package(path: Path) -> bool:
    """Whether there is a manifest, readable or not; a zip that can't be read may have had one."""
    if path.is_dir():
        return (path / MANIFEST).is_file()
    try:
        with held(path) as files:
            return MANIFEST in files.names()
    except BadZipFile:
        return path.suffix.lower() == ".zip"


def _package_message(
    path: Path, folder: Path | None, findings: Sequence[Finding], *, whole: bool
) -> Message:
    try:
        manifest = read_manifest(path)
        with held(path) as files:
            has_project = qgisproject.NAME in files.names()
    except (OSError, ValueError, KeyError, TypeError):  # the findings say so
        manifest = Manifest("", "", "", "", "", "", (), ())
        has_project = False
    return {
        "type": "result",
        "kind": "package",
        "title": manifest.title or path.stem,
        "licence": manifest.licence,
        "attribution": manifest.attribution,
        "as_of": manifest.as_of,
        "whole": whole,
        "folder": str(folder) if folder is not None else None,
        "opens": _opened_by(manifest, has_project=has_project),
        "layers": _layers(manifest),
        "findings": [finding_message(one) for one in findings[:MOST_FINDINGS]],
    }


def _opened_by(manifest: Manifest, *, has_project: bool) -> str | None:
    """How QGIS gets at the data: by the package's project, or once they are a GeoPackage."""
    from commonplace.sources.modelled import BEST_FIRST

    if has_project:
        return PROJECT
    return CONVERT if any(one.format in BEST_FIRST for one in manifest.data) else None


def _layers(manifest: Manifest) -> list[Message]:
    """The feature types, each once, in the encoding that reads best."""
    from commonplace.packaged import best_files

    return [
        {
            "name": name,
            "count": one.counts.get(name),
            "format": one.format,
            "crs": one.crs,
            "file": one.path,
        }
        for one in best_files(manifest) or manifest.data
        for name in one.feature_types
    ]


def _gml_message(path: Path) -> Message:
    from commonplace.convertfiles import unzipped
    from commonplace.sources.gml import first_type

    with unzipped(path) as whole:
        files = _gml_in(whole) if whole.is_dir() else [whole]
        types = {one.name: first_type(one) for one in files}
    odd = [name for name, found in types.items() if found is None]
    if odd or not types:
        raise SourceError(
            f"{(odd or [path.name])[0]} is neither a package nor GML with features",
            hint="a package is a folder, or a zip, with a package.json",
        )
    return {
        "type": "result",
        "kind": "gml",
        "title": path.name if path.is_dir() else path.stem,
        **dict.fromkeys(("licence", "attribution", "as_of"), ""),
        "whole": True,
        "folder": None,
        "opens": CONVERT,
        "layers": [
            {"name": name, "count": None, "format": "gml", "crs": None, "file": file}
            for file, name in types.items()
        ],
        "findings": [],
    }


def _gml_in(folder: Path) -> list[Path]:
    """What a conversion of the folder would read."""
    from commonplace.sources.modelled import files_in

    try:
        return [one.path for one in files_in(folder, "gml")]
    except SourceError:
        return []


def _unpack(package: Path, folder: Path) -> None:
    """Unpack a zip under a hidden name beside the folder, which is there whole or not at all."""
    if folder.exists():
        raise TargetExists(f"{folder} exists", hint="name a folder that there isn't yet")
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix=".commonplace-", dir=folder.parent) as hidden,
            unpacked(package) as found,
        ):
            whole = Path(hidden) / "package"
            shutil.copytree(found, whole)
            whole.rename(folder)
    except BadZipFile as error:
        raise MalformedAnswer(f"{package.name} can't be read: {error}") from error


def write_project(report: Report, target: Path, project: Path) -> None:
    """A QGIS project that opens what a conversion made, wherever the project lies."""
    from commonplace.commands.writing import write

    outputs = [replace(one, path=(target.parent / one.path).as_posix()) for one in report.outputs]
    about = qgisproject.About(
        title=report.title,
        abstract="",
        licence="",
        attribution="",
        as_of=report.as_of,
        crs=_crs(outputs),
        schemas=cast(Mapping[str, str], report.inputs[0]["schemas"]),
    )
    text = qgisproject.project(target.parent, {target.stem: outputs}, about)
    if text is not None:
        project.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(project, text)


def _crs(outputs: Sequence[OutputFile]) -> str:
    return next((one.crs for one in outputs if one.crs), "EPSG:4258")


PACKAGES: Final[Mapping[str, Handler]] = {"verify": verify_path}
