"""Publishing into a folder that any web server gives: a download service by ATOM.

The folder keeps a list of its data sets (:data:`BOOK`), so that several packages share a
service and one that is published again replaces its own. Files come first and feeds last;
what is there with the right hash stays.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from commonplace.crs import identify, uri
from commonplace.errors import OutputError, SourceError, disk_errors
from commonplace.publish.about import About, about
from commonplace.publish.atomxml import (
    DESCRIPTION,
    SERVICE,
    AtomDataset,
    AtomService,
    Download,
    dataset_feed,
    search_description,
    service_feed,
)
from commonplace.publish.changes import Changes, Counts
from commonplace.publish.files import MANIFEST
from commonplace.report import Finding, Observer, Severity, Silent

BOOK: Final = "commonplace-atom.json"
KIND: Final = "commonplace-atom"
DATA: Final = "data"
METADATA: Final = "metadata"
FORMATS: Final = {
    "gpkg": "GeoPackage",
    "gml": "GML",
    "geojson": "GeoJSON",
    "jsonfg": "JSON-FG",
    "flatgeobuf": "FlatGeobuf",
    "geoparquet": "GeoParquet",
    "csv": "CSV",
    "cityjson": "CityJSON",
    "cityjsonseq": "CityJSONSeq",
}
ONE_FILE: Final = ("gml", "gpkg", "cityjson", "cityjsonseq")
SDM: Final = "sdm/"
CONTACT: Final = "state metadata.contact.email in the job"
RECORD: Final = "--service-metadata ADDRESS of its record in your catalogue"
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class AtomWish:
    """What is to be done. ``url`` is the address under which the folder is given."""

    url: str
    title: str | None = None
    service_metadata: str | None = None
    delete_vanished: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file to be there: its path in the folder, where it comes from, its hash."""

    path: str
    source: Path
    sha256: str


def publish_atom(
    package: Path, folder: Path, wish: AtomWish, observer: Observer | None = None
) -> Changes:
    """Bring a folder in step with a package.

    Raises
    ------
    SourceError
        No package, or it has no file that can be offered.
    OutputError
        The folder holds something else, or can't be written. Files that were copied stay;
        feeds are written last, so that no link leads to nothing.
    """
    manifest = _manifest(package)
    book = _book(folder)
    changes = Changes(str(folder))
    mine, copies = _offered(package, manifest, changes)
    others = {code: one for code, one in book["datasets"].items() if one["job"] != manifest["job"]}
    taken = sorted(others.keys() & {one.code for one in mine})
    if taken:
        raise SourceError(
            f"the folder has a data set {taken[0]} of the job {others[taken[0]]['job']}",
            hint="give the data sets identifiers of their own (metadata.identifier)",
        )
    service = AtomService(
        url=wish.url,
        title=wish.title or book.get("title") or str(manifest["title"]),
        metadata=wish.service_metadata or book.get("metadata"),
        datasets=tuple(
            sorted([*mine, *map(_dataset_from, others.values())], key=lambda one: one.code)
        ),
    )
    _tell_gaps(service, changes)
    feeds = _feeds(service, str(manifest["job"]), others)
    listed = {one.path for one in copies} | feeds.keys() | _paths(others)
    _apply(folder, copies, feeds, listed, wish, changes, observer or Silent())
    return changes


def _manifest(package: Path) -> Mapping[str, Any]:
    try:
        found: dict[str, Any] = json.loads((package / MANIFEST).read_text(encoding="utf-8"))
        _ = found["job"], found["data"], found["as_of"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{package} is no package", hint="a package has been written by `commonplace run`"
        ) from error
    return found


def _book(folder: Path) -> dict[str, Any]:
    """The folder's own list; an empty one where there is no folder, or nothing in it."""
    try:
        found = json.loads((folder / BOOK).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(
                f"{folder} holds something else than a download service of ours",
                hint="choose an empty folder",
            ) from None
        return {"datasets": {}}
    except (OSError, ValueError) as error:
        raise OutputError(f"{folder / BOOK} can't be read: {error}") from error
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise OutputError(f"{folder / BOOK} is no list of data sets")
    return found


# --- what is offered ---


def _offered(
    package: Path, manifest: Mapping[str, Any], changes: Changes
) -> tuple[list[AtomDataset], list[_Copy]]:
    by_dataset: dict[str, list[Mapping[str, Any]]] = {}
    for one in manifest["data"]:
        if one["format"] in FORMATS:
            by_dataset.setdefault(_dataset_name(one), []).append(one)
    if not by_dataset:
        raise SourceError(f"{package.name} holds no file that a download service offers")
    datasets, copies = [], []
    for name, files in by_dataset.items():
        known = about(package, name, title=manifest["title"], attribution=manifest["attribution"])
        code, namespace = _identified(known, name)
        metadata = f"{METADATA}/{code}.xml"
        source = package / METADATA / f"{name}.xml"
        if source.is_file():
            copies.append(_Copy(metadata, source, _hash(source)))
        downloads = []
        for one in files:
            ending = Path(one["path"]).name.removeprefix(name)
            path = f"{DATA}/{code}{ending}"
            copies.append(_Copy(path, package / one["path"], one["sha256"]))
            downloads.append(_download(one, path))
        datasets.append(
            AtomDataset(
                code=code,
                namespace=namespace,
                title=known.title,
                summary=known.description or known.title,
                rights=str(known.licence or manifest["licence"] or "no licence stated"),
                updated=str(manifest["as_of"]),
                language=known.language,
                author=str(known.contact.get("organization") or manifest["attribution"] or "?"),
                email=known.email,
                bounds=known.bounds,
                feature_types=tuple(_types(files)),
                metadata=metadata if source.is_file() else None,
                downloads=tuple(downloads),
            )
        )
    return datasets, copies


def _dataset_name(one: Mapping[str, Any]) -> str:
    stem = Path(one["path"]).name.partition(".")[0]
    kinds = one["feature_types"]
    if one["format"] in ONE_FILE or len(kinds) != 1:
        return stem
    return stem.removesuffix(f"_{kinds[0]}")


def _identified(known: About, name: str) -> tuple[str, str]:
    """Code and namespace, together the identifier that the metadata have (TG 5.1.2)."""
    stated = known.identifier or ""
    cut = max(stated.rfind(mark) for mark in "/#:")
    code, namespace = stated[cut + 1 :], stated[: max(cut, 0)]
    if not _SAFE.fullmatch(code) or code in ("service", "opensearch"):
        return name, stated or "urn:commonplace"
    return code, namespace


def _types(files: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    named = {
        kind: None
        for one in files
        if one.get("model") and not str(one["model"]).startswith(SDM)
        for kind in one["feature_types"]
    }
    yield from named


def _download(one: Mapping[str, Any], path: str) -> Download:
    code = identify(one["crs"]) if one.get("crs") else "OGC:CRS84"
    kinds = one["feature_types"]
    title = FORMATS[one["format"]] + (f" of {kinds[0]}" if len(kinds) == 1 else "")
    return Download(
        path=path,
        media_type=one["media_type"],
        format=FORMATS[one["format"]],
        title=title,
        size=one["size"],
        crs=(uri(code), code),
    )


def _tell_gaps(service: AtomService, changes: Changes) -> None:
    """What the guidance demands and nobody stated."""
    gaps = [
        ("CONTACT_MISSING", one.code, "a feed's author must have an address of mail", CONTACT)
        for one in service.datasets
        if one.email is None
    ]
    if service.metadata is None:
        message = "the feed must link the record of the service"
        gaps.append(("SERVICE_METADATA_MISSING", SERVICE, message, RECORD))
    for code, layer, message, fix in gaps:
        changes.findings.add(Finding(code, Severity.WARNING, message, layer=layer, fix=fix))


# --- the folder ---


def _feeds(service: AtomService, job: str, others: Mapping[str, Any]) -> dict[str, bytes]:
    """The documents of a service by path; the one that leads to the others comes last."""
    datasets = {
        one.code: others.get(one.code) or {"job": job, **asdict(one)} for one in service.datasets
    }
    book = {
        "kind": KIND,
        "version": 1,
        "url": service.url,
        "title": service.title,
        "metadata": service.metadata,
        "datasets": datasets,
    }
    return {
        **{one.feed: dataset_feed(service, one) for one in service.datasets},
        DESCRIPTION: search_description(service),
        BOOK: (json.dumps(book, ensure_ascii=False, indent=2) + "\n").encode(),
        SERVICE: service_feed(service),
    }


def _dataset_from(stated: Mapping[str, Any]) -> AtomDataset:
    """A data set as the list has it."""
    plain = {key: one for key, one in stated.items() if key != "job"}
    bounds = plain["bounds"]
    downloads = tuple(Download(**{**one, "crs": tuple(one["crs"])}) for one in plain["downloads"])
    return AtomDataset(
        **{
            **plain,
            "bounds": None if bounds is None else tuple(bounds),
            "feature_types": tuple(plain["feature_types"]),
            "downloads": downloads,
        }
    )


def _paths(datasets: Mapping[str, Any]) -> set[str]:
    """Files that other jobs' data sets have in the folder."""
    found = {one["path"] for each in datasets.values() for one in each["downloads"]}
    return found | {each["metadata"] for each in datasets.values() if each["metadata"]}


def _apply(
    folder: Path,
    copies: list[_Copy],
    feeds: Mapping[str, bytes],
    listed: set[str],
    wish: AtomWish,
    changes: Changes,
    observer: Observer,
) -> None:
    files = changes.layers["files"] = Counts()
    documents = changes.layers["feeds"] = Counts()
    with disk_errors(folder.name):
        for number, one in enumerate(copies, start=1):
            _counted(files, folder / one.path, one.sha256)
            if not wish.dry_run and _differs(folder / one.path, one.sha256):
                _copied(one.source, folder / one.path)
            observer.progress("publish", number, len(copies))
        for path, text in feeds.items():
            digest = sha256(text).hexdigest()
            _counted(documents, folder / path, digest)
            if not wish.dry_run and _differs(folder / path, digest):
                _written(folder / path, text)
        gone = [one for one in _files(folder) if one not in listed]
        files.vanished = len(gone)
        if wish.delete_vanished and not wish.dry_run:
            for path in gone:
                (folder / path).unlink()
                files.deleted += 1


def _counted(counts: Counts, path: Path, digest: str) -> None:
    if not path.exists():
        counts.new += 1
    elif _differs(path, digest):
        counts.changed += 1
    else:
        counts.same += 1


def _differs(path: Path, digest: str) -> bool:
    return not path.is_file() or _hash(path) != digest


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, temporary)
    temporary.replace(target)


def _written(target: Path, text: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    temporary.write_bytes(text)
    temporary.replace(target)


def _files(folder: Path) -> list[str]:
    """Files in the places that are ours: the folder itself, data and metadata."""
    places = (folder, folder / DATA, folder / METADATA)
    return sorted(
        path.relative_to(folder).as_posix()
        for place in places
        if place.is_dir()
        for path in place.iterdir()
        if path.is_file() and (place is not folder or path.suffix == ".xml")
    )
