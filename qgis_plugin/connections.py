"""Connections to sources and the layers wanted of them: what is decided without widgets."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from qgis.core import QgsSettings

from .addresses import has_secret, is_web_address, refusal
from .credentials import naming
from .engine import Message
from .kinds import kind_text
from .session import file_name
from .texts import tr

SETTING: Final = "commonplace/connections"
FOLDER: Final = "layers"
FIRST: Final = 1_000
PLACES: Final = 6
MOST_DEGREES: Final = 360


@dataclass(frozen=True)
class Connection:
    """A saved source. ``authcfg`` is the id of a configuration of QGIS's auth manager."""

    name: str
    address: str
    authcfg: str = ""


@dataclass(frozen=True)
class Wanted:
    """A layer of a source, whole or a part of it; kept with the layer so that it can be refreshed.

    ``bbox`` is ``west,south,east,north`` in ``bbox_crs``; ``filter`` CQL2, or a broker's ``q``.
    """

    address: str
    layer: str
    kind: str = ""
    authcfg: str = ""
    bbox: str = ""
    bbox_crs: str = ""
    limit: int = 0
    filter: str = ""


def inspect_request(address: str, authcfg: str) -> Message:
    """Asks what a source holds."""
    return {"type": "inspect", "source": address, **naming(authcfg)}


def load_request(wanted: Wanted, target: Path, *, first: int = FIRST) -> Message:
    """Asks for a layer as a GeoPackage; ``first`` features are told of before the rest."""
    request: Message = {"type": "load", "source": wanted.address, "target": str(target)}
    request.update(layer=wanted.layer, replace=True, **naming(wanted.authcfg))
    if wanted.kind == "ngsild":  # its filter is not CQL2
        request["kind"] = wanted.kind
    for name in ("bbox", "bbox_crs", "limit", "filter"):
        value = getattr(wanted, name)
        if value:
            request[name] = value
    if first:
        request["first"] = first
    return request


def watch_request(wanted: Wanted, target: Path) -> Message:
    """Asks to keep a GeoPackage in step with a broker's entities."""
    request: Message = {"type": "watch", "source": wanted.address, "target": str(target)}
    request.update(layers=[wanted.layer], kind=wanted.kind, replace=True, **naming(wanted.authcfg))
    for name in ("bbox", "bbox_crs", "filter"):
        value = getattr(wanted, name)
        if value:
            request[name] = value
    return request


def wanted_text(wanted: Wanted) -> str:
    """What a layer keeps of where it came from; no secret is among it."""
    return json.dumps(asdict(wanted), ensure_ascii=False)


def wanted_of(text: str) -> Wanted | None:
    """The same, read again; None where it isn't one."""
    try:
        told = json.loads(text)
        known = {one.name for one in fields(Wanted)}
        return Wanted(**{name: value for name, value in told.items() if name in known})
    except (ValueError, TypeError, AttributeError):
        return None


def new_file(project: str, profile: Path, layer: str, taken: Collection[Path] = ()) -> Path:
    """Where a layer's GeoPackage goes: beside a saved project, else in the profile's folder."""
    saved = Path(project) if project else None
    if saved is not None and saved.is_file():
        folder = saved.parent / f"{saved.stem}_layers"
    else:
        folder = profile / "commonplace" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return free_file(folder, file_name(layer), taken)


def free_file(folder: Path, stem: str, taken: Collection[Path] = ()) -> Path:
    """A GeoPackage that there isn't yet, and that isn't among those being written."""
    path, number = folder / f"{stem}.gpkg", 1
    while path.exists() or path in taken:
        number += 1
        path = folder / f"{stem}_{number}.gpkg"
    return path


def said(found: Mapping[str, Any]) -> str:
    """What a source is, in a sentence: its title, kind, licences."""
    licences = sorted({one["licence"] for one in found["layers"] if one["licence"]})
    kind = kind_text(found["kind"])
    text = tr("{kind}, layers: {count}").format(kind=kind, count=len(found["layers"]))
    titled = f"{found['title']}. {text}" if found.get("title") else text
    return f"{titled}, {', '.join(licences)}" if licences else titled


def cells(layer: Mapping[str, Any]) -> tuple[str, ...]:
    """A row of the table: title, geometry, count, CRS, licence, extent."""
    count = layer["count"]
    about = "≈ " if layer["count_is_estimate"] else ""
    number = "" if count is None else f"{about}{count:n}"
    extent = " ".join(map(_coordinate, layer["extent"] or ()))
    title = layer["title"] or layer["name"]
    told = (title, layer["geometry_type"], number, layer["crs"], layer["licence"], extent)
    return tuple(one or "" for one in told)


def _coordinate(number: float) -> str:
    """Metres without decimals, degrees with a few."""
    return f"{number:.0f}" if abs(number) > MOST_DEGREES else f"{number:.{PLACES}g}"


def style_of(names: Iterable[str], styles: Path) -> Path | None:
    """The style of a feature type that one of the names is, such as ``bu-core2d:Building``."""
    for name in names:
        plain = name.rpartition(":")[2].rpartition("/")[2].casefold()
        for path in styles.glob("*/*.qml"):
            if path.stem.casefold() == plain:
                return path
    return None


def saved() -> list[Connection]:
    """The saved connections, by name."""
    try:
        told = json.loads(str(QgsSettings().value(SETTING, "") or "[]"))
        return sorted((Connection(**one) for one in told), key=lambda one: one.name.casefold())
    except (ValueError, TypeError):
        return []


def save(one: Connection) -> None:
    """Keep a connection; one of the same name is replaced.

    Raises
    ------
    ValueError
        The address carries a secret, which the settings would keep in plain text.
    """
    if is_web_address(one.address) and has_secret(one.address):
        raise ValueError(refusal(one.address))
    _write([*(other for other in saved() if other.name != one.name), one])


def remove(name: str) -> None:
    """Forget a connection."""
    _write([one for one in saved() if one.name != name])


def _write(connections: list[Connection]) -> None:
    QgsSettings().setValue(SETTING, json.dumps([asdict(one) for one in connections]))
