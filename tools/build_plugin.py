"""Build the QGIS plugin: one zip, with the engine's wheel inside. The same input, the same bytes.

The zip holds one folder, :data:`FOLDER`: the plugin's modules, ``metadata.txt``, the licence,
``styles`` and the wheel. Times are SOURCE_DATE_EPOCH's, or 1980's first day.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import guide
import translations

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = "commonplace_qgis"
LARGEST: Final = 25 * 1024 * 1024
SETUPTOOLS: Final = 77
REQUIRED_KEYS: Final = (
    "name",
    "license",
    "qgisMinimumVersion",
    "description",
    "about",
    "version",
    "author",
    "email",
    "repository",
    "tracker",
)
ADDRESSES: Final = ("homepage", "repository", "tracker")
REQUIRED_MEMBERS: Final = ("__init__.py", "LICENSE", "metadata.txt")
WHEEL_SOURCES: Final = (
    "pyproject.toml",
    "setup.py",
    "MANIFEST.in",
    "metadata.txt",
    "README.md",
    "LICENSE",
)
PLUGIN_SUFFIXES: Final = frozenset({".py", ".svg"})
STYLE_SUFFIXES: Final = frozenset({".qml", ".sld"})
BINARY_SUFFIXES: Final = frozenset({".so", ".pyd", ".dll", ".dylib", ".exe"})


class NotPublishable(Exception):
    """The zip would not be accepted by QGIS's plugin repository."""


def build(root: Path, folder: Path) -> Path:
    """Build the zip into ``folder``; returns its path.

    Raises
    ------
    NotPublishable
        What QGIS's plugin repository would refuse it for.
    """
    metadata = read_metadata(root / "metadata.txt")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{FOLDER}-{metadata['version']}.zip"
    with tempfile.TemporaryDirectory() as work:
        wheel = build_wheel(root, Path(work))
        members = {
            **plugin_members(root),
            f"{FOLDER}/wheels/{wheel.name}": wheel.read_bytes(),
        }
    write_zip(target, members)
    refuse_unpublishable(target)
    return target


def read_metadata(path: Path) -> Mapping[str, str]:
    """The keys of ``metadata.txt``.

    Raises
    ------
    NotPublishable
        One that the plugin repository requires is missing, empty or ill-formed.
    """
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    metadata = dict(parser["general"])
    missing = [key for key in REQUIRED_KEYS if not metadata.get(key)]
    if missing:
        raise NotPublishable(f"metadata.txt lacks {', '.join(missing)}")
    for key in ADDRESSES:
        if not metadata.get(key, "https://").startswith(("https://", "http://")):
            raise NotPublishable(f"metadata.txt: {key} is no address")
    for key in ("version", "qgisMinimumVersion", "qgisMaximumVersion"):
        if not re.fullmatch(r"\d+(\.\d+){1,3}", metadata.get(key, "0.0")):
            raise NotPublishable(f"metadata.txt: {key} is no version")
    return metadata


def plugin_members(root: Path) -> dict[str, bytes]:
    """The plugin's own files, by their path in the zip."""
    members = {
        f"{FOLDER}/{name}": (root / name).read_bytes() for name in ("metadata.txt", "LICENSE")
    }
    for source, place, suffixes in (
        (root / "qgis_plugin", FOLDER, PLUGIN_SUFFIXES),
        (root / "styles", f"{FOLDER}/styles", STYLE_SUFFIXES),
    ):
        for path in _files(source, suffixes):
            members[f"{place}/{path.relative_to(source).as_posix()}"] = path.read_bytes()
    for name, content in translations.released(root).items():
        members[f"{FOLDER}/i18n/{name}"] = content
    for name, content in guide.pages(root / "docs").items():
        members[f"{FOLDER}/help/{name}"] = content
    return members


def _files(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts:
            yield path


def build_wheel(root: Path, work: Path) -> Path:
    """The engine's wheel, built from a clean copy so that nothing stale gets in."""
    copy = work / "source"
    copy.mkdir()
    for name in WHEEL_SOURCES:
        if (root / name).is_file():
            shutil.copy(root / name, copy / name)
    shutil.copytree(
        root / "processing" / "commonplace",
        copy / "processing" / "commonplace",
        ignore=shutil.ignore_patterns("__pycache__", ".*"),
    )
    built = work / "built"
    command = [
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--wheel-dir", str(built)),
    ]
    if _has_setuptools():
        command.append("--no-build-isolation")
    subprocess.run([*command, str(copy)], check=True)
    (wheel,) = built.glob("*.whl")
    normal = work / wheel.name
    write_zip(normal, normal_wheel(wheel))
    return normal


def _has_setuptools() -> bool:
    try:
        return int(version("setuptools").split(".")[0]) >= SETUPTOOLS
    except PackageNotFoundError:
        return False


def normal_wheel(wheel: Path) -> dict[str, bytes]:
    """A wheel's members with the builder's version left out and RECORD made anew."""
    with zipfile.ZipFile(wheel) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    record = next(name for name in members if name.endswith(".dist-info/RECORD"))
    about = record.replace("RECORD", "WHEEL")
    members[about] = re.sub(rb"(?m)^Generator: .*$", b"Generator: setuptools", members[about])
    del members[record]
    lines = [
        f"{name},sha256={_digest(content)},{len(content)}\n"
        for name, content in sorted(members.items())
    ]
    members[record] = "".join([*lines, f"{record},,\n"]).encode()
    return members


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    """Write a zip whose bytes depend on names and contents alone."""
    moment = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), 315_532_800))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, moment[:6])
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, members[name], compresslevel=9)


def refuse_unpublishable(path: Path) -> None:
    """What the plugin repository refuses.

    Raises
    ------
    NotPublishable
    """
    if path.stat().st_size > LARGEST:
        raise NotPublishable(f"{path.name} is larger than {LARGEST} bytes")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    binaries = [name for name in names if Path(name).suffix in BINARY_SUFFIXES]
    if binaries:
        raise NotPublishable(f"binaries inside: {', '.join(binaries)}")
    strays = [
        name
        for name in names
        if not name.startswith(f"{FOLDER}/")
        or any(
            part == "__pycache__" or part.startswith((".", "__MACOSX")) for part in name.split("/")
        )
    ]
    if strays:
        raise NotPublishable(f"not wanted: {', '.join(strays)}")
    missing = [one for one in REQUIRED_MEMBERS if f"{FOLDER}/{one}" not in names]
    if missing:
        raise NotPublishable(f"missing: {', '.join(missing)}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Build the QGIS plugin's zip.")
    parser.add_argument("--folder", type=Path, default=ROOT / "dist", help="where to (dist/)")
    path = build(ROOT, parser.parse_args().folder)
    print(f"{path} ({path.stat().st_size / 1024 / 1024:.1f} MB)")


if __name__ == "__main__":
    main()
