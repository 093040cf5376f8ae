"""CityJSON 1.0 to 2.0 and CityJSONSeq (a feature a line) as city models.

See https://www.cityjson.org/specs/2.0.1/. A document is parsed whole; a sequence is read in
chunks of bounded size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from commonplace.errors import MalformedAnswer, Unreachable
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.cityjson_layers import CityModelSource
from commonplace.sources.cityjson_objects import (
    Boundary,
    Chunk,
    CityObject,
    Floats,
    Head,
    Rings,
)
from commonplace.sources.notes import Notebook

CHUNK_BYTES: Final = 16 << 20
VERSIONS: Final = ("1.0", "1.1", "2.0")
_SOLIDS: Final = {"Solid": 1, "MultiSolid": 2, "CompositeSolid": 2}
_SURFACES: Final = ("MultiSurface", "CompositeSurface")
_OWN: Final = frozenset("type attributes geometry parents children geographicalExtent".split())


class CityJsonSource(CityModelSource):
    """Layers of a CityJSON document or sequence. See :class:`commonplace.batch.Source`."""

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        super().__init__(CityJson(_path(spec)), "cityjson", spec, observer)


def _path(spec: SourceSpec) -> Path:
    if spec.path is None:
        raise MalformedAnswer("a CityJSON source needs a path")
    return spec.path


class CityJson:
    """A file. See :class:`commonplace.sources.cityjson_objects.CityModel`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def head(self, notebook: Notebook) -> Head:
        first = next(_documents(self.path))
        version = str(first.get("version", ""))
        if not version.startswith(VERSIONS):
            notebook.note(
                "CITYJSON_VERSION",
                Severity.WARNING,
                f"version {version!r} is not one of {', '.join(VERSIONS)}: read as 2.0",
                value=version,
            )
        if first.get("appearance"):
            note_textures(notebook)
        stated = (first.get("metadata") or {}).get("referenceSystem")
        driver = "CityJSONSeq" if is_sequence(self.path) else "CityJSON"
        return Head(stated if isinstance(stated, str) else None, driver, {"version": version})

    def chunks(self, notebook: Notebook) -> Iterator[Chunk]:
        documents = _documents(self.path)
        first = next(documents)
        transform = first.get("transform")
        templates = first.get("geometry-templates") or {}
        objects = first.get("CityObjects")
        gathering = _Gathering(notebook, templates)
        if objects:
            gathering.add(first, transform)
        for feature in documents:
            gathering.add(feature, transform)
            if gathering.size > CHUNK_BYTES:
                yield gathering.chunk()
                gathering = _Gathering(notebook, templates)
        if gathering.objects:
            yield gathering.chunk()


def note_textures(notebook: Notebook) -> None:
    """Note that a model has an appearance, which no layer holds."""
    notebook.note(
        "TEXTURES_IGNORED", Severity.INFO, "textures and materials of the model are not read"
    )


def is_sequence(path: Path) -> bool:
    """Whether a file is a CityJSONSeq: its first line is a document of its own."""
    with path.open("rb") as file:
        line = file.readline(CHUNK_BYTES)
        if not line.rstrip().endswith(b"}") or not file.readline(CHUNK_BYTES).strip():
            return False
    return b"CityJSON" in line


def _documents(path: Path) -> Iterator[dict[str, Any]]:
    """The document of a file, or those of its lines.

    Raises
    ------
    MalformedAnswer
    """
    if not path.is_file():
        raise Unreachable(f"{path} is not there")
    with path.open("rb") as file:
        if is_sequence(path):
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _parsed(line, f"{path.name}, line {number}", first=number == 1)
        else:
            yield _parsed(file.read(), path.name, first=True)


def _parsed(text: bytes, where: str, *, first: bool) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:  # nested deeper than anything real
        raise MalformedAnswer(f"{where} is no valid JSON: {error}") from error
    kind = found.get("type") if isinstance(found, dict) else None
    wanted = "CityJSON" if first else "CityJSONFeature"
    if kind != wanted:
        raise MalformedAnswer(f"{where}: expected type {wanted!r}, not {kind!r}")
    document: dict[str, Any] = found
    return document


class _Gathering:
    """Objects of several documents, gathered into one chunk."""

    def __init__(self, notebook: Notebook, templates: Mapping[str, Any]) -> None:
        self.objects: list[CityObject] = []
        self.size = 0
        self._vertices: list[Floats] = []
        self._count = 0
        self._notebook = notebook
        self._templates = templates

    def add(self, document: Mapping[str, Any], transform: Mapping[str, Any] | None) -> None:
        vertices = _vertices(document.get("vertices") or [], transform)
        base = self._append(vertices)
        for name, one in document["CityObjects"].items():
            self.objects.append(self._object(str(name), one, base, vertices))

    def chunk(self) -> Chunk:
        return Chunk(self.objects, np.concatenate(self._vertices))

    def _append(self, vertices: Floats) -> int:
        base = self._count
        self._vertices.append(vertices)
        self._count += len(vertices)
        self.size += vertices.nbytes
        return base

    def _object(self, name: str, one: Mapping[str, Any], base: int, vertices: Floats) -> CityObject:
        attributes = dict(one.get("attributes") or {})
        attributes |= {key: value for key, value in one.items() if key not in _OWN}
        boundaries = []
        for geometry in one.get("geometry") or []:
            if geometry.get("type") == "GeometryInstance":
                boundary = self._instance(geometry, base, vertices)
            else:
                boundary = _boundary(geometry)
            if boundary is None:
                self._notebook.note(
                    "GEOMETRY_UNREADABLE",
                    Severity.WARNING,
                    f"{name}: a geometry of type {geometry.get('type')!r} is not understood",
                    layer=str(one.get("type")),
                    value=str(geometry.get("type")),
                )
            else:
                boundaries.append(boundary)
        return CityObject(
            name,
            str(one.get("type")),
            attributes,
            list(one.get("parents") or []),
            list(one.get("children") or []),
            boundaries,
            base,
        )

    def _instance(
        self, geometry: Mapping[str, Any], base: int, vertices: Floats
    ) -> Boundary | None:
        """A template in its place: vertices of its own, appended to the chunk's."""
        try:
            template = self._templates["templates"][geometry["template"]]
            origin = vertices[geometry["boundaries"][0]]
            matrix = np.array(geometry["transformationMatrix"], dtype=np.float64).reshape(4, 4)
            local = np.array(self._templates["vertices-templates"], dtype=np.float64)
        except (KeyError, IndexError, ValueError):
            return None
        placed = local @ matrix[:3, :3].T + matrix[:3, 3] + origin
        shift = self._append(placed) - base
        boundary = _boundary(template)
        if boundary is not None:
            boundary.surfaces = [
                [[index + shift for index in ring] for ring in rings] for rings in boundary.surfaces
            ]
            boundary.lines = [[index + shift for index in line] for line in boundary.lines]
            boundary.points = [index + shift for index in boundary.points]
        return boundary


def _vertices(listed: list[list[float]], transform: Mapping[str, Any] | None) -> Floats:
    try:
        vertices = np.array(listed, dtype=np.float64).reshape(-1, 3)
        if transform is not None:
            scale = np.array(transform["scale"], dtype=np.float64)
            origin = np.array(transform["translate"], dtype=np.float64)
            vertices = _tidy(vertices * scale + origin, scale, origin)
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedAnswer(f"vertices or transform can't be read: {error}") from error
    return vertices


def _tidy(vertices: Floats, scale: Floats, origin: Floats) -> Floats:
    """Coordinates with the decimals that the transform has, where it has them."""
    decimals = max(0, *np.ceil(-np.log10(scale)).astype(int).tolist())
    exact = decimals <= 9 and np.array_equal(np.round(origin, decimals), origin)
    return np.round(vertices, decimals) if exact else vertices


def _boundary(geometry: Mapping[str, Any]) -> Boundary | None:
    """A geometry object as surfaces, lines or points; None for what nobody knows."""
    kind = geometry.get("type")
    lod = str(geometry.get("lod", ""))
    content = geometry.get("boundaries") or []
    if kind == "MultiPoint":
        return Boundary(lod, points=content)
    if kind == "MultiLineString":
        return Boundary(lod, lines=content)
    depth = _SOLIDS.get(str(kind), 0)
    if not depth and kind not in _SURFACES:
        return None
    surfaces: list[Rings] = _flattened(content, depth)
    return Boundary(lod, surfaces, _semantics(geometry.get("semantics"), depth, len(surfaces)))


def _flattened(content: list[Any], depth: int) -> list[Any]:
    for _ in range(depth):
        content = [one for each in content for one in each or []]
    return content


def _semantics(stated: Mapping[str, Any] | None, depth: int, count: int) -> list[str | None]:
    """The type of each surface; empty where none or not for all are stated."""
    if not stated or not stated.get("values"):
        return []
    kinds = [str(one.get("type")) for one in stated.get("surfaces") or []]
    values = _flattened(stated["values"], depth)
    if len(values) != count:
        return []
    return [
        kinds[one] if isinstance(one, int) and 0 <= one < len(kinds) else None for one in values
    ]
