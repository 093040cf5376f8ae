"""The official XSDs, fetched from where they are published into a local folder.

Schemas are kept by host and path, what they import and include with them, and their
locations are made relative: libxml2 takes one file under two addresses for two schemas.
The same rules as in :mod:`commonplace.validate.schemas` say which addresses are one place.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from commonplace.errors import DocumentError, Problem, SourceError
from commonplace.http import Client, Limits
from commonplace.model import UnknownName, load_model
from commonplace.report import Observer, Silent
from commonplace.validate.schemas import ISO_19139, MIRRORS, WELL_KNOWN, XS

LISTED: Final = "fetched.json"
LARGEST: Final = 16 << 20
MOST: Final = 3_000
AT_ONCE: Final = 4
_RELEASE: Final = re.compile(r"^\d{4}\.\d$")
_LOCATED: Final = tuple(f"{{{XS}}}{name}" for name in ("import", "include", "redefine"))
_ISO_HOST: Final = "www.isotc211.org"
_ISO_FOLDERS: Final = frozenset(("gco", "gmd", "gmx", "gsr", "gss", "gts"))


@dataclass(frozen=True, slots=True)
class Missing:
    """A schema that could not be fetched, and why."""

    address: str
    reason: str


@dataclass(slots=True)
class Fetched:
    """What a fetch brought: places below the folder with address and SHA-256."""

    folder: Path
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)


class SchemasIncomplete(SourceError):
    """Some schemas could not be fetched; those that could are there."""

    code = "SCHEMAS_INCOMPLETE"


def place_of(address: str) -> PurePosixPath:
    """Where a schema's address lies in the folder.

    Raises
    ------
    SourceError
        No ``http(s)`` address of a schema.
    """
    parts = urlsplit(address)
    steps = [step for step in parts.path.split("/") if step]
    host = MIRRORS.get(parts.hostname or "", parts.hostname or "")
    if parts.scheme not in ("http", "https") or not host or not steps or ".." in steps:
        raise SourceError(f"{address!r} is no address of a schema")
    if host == _ISO_HOST and steps[0] == "2005" and steps[1:2] and steps[1] in _ISO_FOLDERS:
        return PurePosixPath(*ISO_19139, *steps[1:])
    if len(steps) > 2 and steps[0] == "schemas" and _RELEASE.match(steps[1]):
        steps = [steps[0], *steps[2:]]
    return PurePosixPath(host, *steps)


def addresses(keys: Sequence[str] = ()) -> list[str]:
    """Where the schemas of the model are published; of these keys, or all.

    Raises
    ------
    DocumentError
        No such key.
    """
    model = load_model()
    try:
        chosen = [model.schema(key) for key in keys] if keys else list(model.schemas())
    except UnknownName as error:
        raise DocumentError("schemas fetch", (Problem(str(error), "$.schema"),)) from error
    return [*(one.location for one in chosen if one.location), *WELL_KNOWN.values()]


def fetch(
    folder: Path,
    keys: Sequence[str] = (),
    *,
    mirror: str | None = None,
    observer: Observer | None = None,
) -> Fetched:
    """Fetch schemas and all that they import.

    Parameters
    ----------
    folder
        Takes them; what is there under the same place is replaced.
    keys
        Model keys such as ``bu-core2d/4.0``; all schemas of the model if there are none.
    mirror
        The address of a server that has the schemas by host and path
        (``<mirror>/schemas.opengis.net/gml/3.2.1/gml.xsd``).

    Raises
    ------
    SourceError, Cancelled
        Nothing could be fetched at all; what is missing otherwise is told.
    """
    observer = observer or Silent()
    wanted = addresses(keys)
    with _beside(folder) as made, Client(observer=observer, limits=_LIMITS) as client:
        found = Fetched(folder)
        _follow(client, wanted, mirror, made, found, observer)
        if not found.files:
            first = found.missing[0]
            raise SourceError(
                f"no schema could be fetched; {first.address}: {first.reason}",
                hint="is there a way to the network, or a mirror (--mirror)?",
            )
        (made / LISTED).write_text(_listed(folder, found), encoding="utf-8")
        _move(made, folder)
    return found


_LIMITS: Final = Limits(largest_body=LARGEST, retries=2, read_seconds=30.0)


def _follow(
    client: Client,
    wanted: Iterable[str],
    mirror: str | None,
    made: Path,
    found: Fetched,
    observer: Observer,
) -> None:
    """Breadth first: each place once, whatever the addresses it is known by."""
    known: set[PurePosixPath] = set()
    waiting = _new(wanted, known)
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        while waiting:
            if len(known) > MOST:
                raise SourceError(f"more than {MOST} schemas: these are not the official ones")

            def get(address: str) -> tuple[str, bytes | Missing]:
                return address, _body(client, address, mirror)

            further: list[str] = []
            for address, body in pool.map(get, waiting):
                if isinstance(body, Missing):
                    found.missing.append(body)
                    continue
                further += _keep(address, body, made, found)
                observer.progress("fetch schemas", len(found.files), None)
            waiting = _new(further, known)


def _new(found: Iterable[str], known: set[PurePosixPath]) -> list[str]:
    fresh = []
    for address in found:
        place = place_of(address)
        if place not in known:
            known.add(place)
            fresh.append(address)
    return fresh


def _body(client: Client, address: str, mirror: str | None) -> bytes | Missing:
    asked = f"{mirror.rstrip('/')}/{place_of(address)}" if mirror else address
    try:
        body = client.get(asked).body
    except SourceError as error:
        return Missing(address, error.message)
    try:
        root = etree.fromstring(body, _parser())
    except etree.XMLSyntaxError as error:
        return Missing(address, f"what came is no XML: {error}")
    if root.tag != f"{{{XS}}}schema":
        return Missing(address, f"what came is no schema but {etree.QName(root).localname}")
    return body


def _parser() -> etree.XMLParser:
    return etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)


def _keep(address: str, body: bytes, made: Path, found: Fetched) -> Iterator[str]:
    """Write a schema with relative locations; what it refers to."""
    place = place_of(address)
    root = etree.fromstring(body, _parser())
    for element in root.iter(*_LOCATED):
        location = element.get("schemaLocation")
        if location is None:
            continue
        target = urljoin(address, location.strip())
        relative = os.path.relpath(place_of(target), place.parent)
        element.set("schemaLocation", PurePosixPath(relative).as_posix())
        yield target
    path = made / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    digest = hashlib.sha256(body).hexdigest()
    found.files[str(place)] = {
        "address": address,
        "sha256": digest,
        "version": root.get("version", ""),
    }


def _listed(folder: Path, found: Fetched) -> str:
    """All that the folder has from fetches, as JSON."""
    before: Mapping[str, object] = {}
    known = folder / LISTED
    if known.is_file():
        before = json.loads(known.read_text(encoding="utf-8")).get("files", {})
    files = dict(sorted({**before, **found.files}.items()))
    return json.dumps({"kind": "commonplace-schemas", "files": files}, indent=1) + "\n"


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move(made: Path, folder: Path) -> None:
    for path in sorted(one for one in made.rglob("*") if one.is_file()):
        place = folder / path.relative_to(made)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
