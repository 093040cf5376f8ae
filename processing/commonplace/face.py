"""The Python face: what a notebook or a script calls.

Everything here is a few lines over the engine's own modules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from commonplace.batch import GEOMETRY, Layer, Query, Source
from commonplace.documents import read_document
from commonplace.errors import CommonplaceError, DocumentError, Problem, SourceError
from commonplace.job import Job, SourceKind, SourceSpec
from commonplace.jobreading import parse_source, read_job
from commonplace.library import document_path
from commonplace.package import Manifest, holds_package
from commonplace.packaged import PackageSource
from commonplace.report import Observer, Report, Severity
from commonplace.sources import open_source
from commonplace.sources.sniff import is_url

if TYPE_CHECKING:
    import geopandas as gpd

SHOWN_TEXT = 60


@dataclass(frozen=True, slots=True)
class OpenedLayer:
    """A layer that can be read."""

    source: Source
    description: Layer
    stated: Query = field(default_factory=Query)

    def batches(self, query: Query | None = None) -> Iterator[pa.RecordBatch]:
        """Record batches; see :mod:`commonplace.batch`."""
        return self.source.batches(self.description, query or self.stated)

    def to_arrow(self, query: Query | None = None) -> pa.Table:
        """The whole layer as an Arrow table, its geometry as WKB."""
        batches = list(self.batches(query))
        if batches:
            return pa.Table.from_batches(batches)
        return pa.table({name: pa.array([], pa.string()) for name in self.description.field_names})

    def to_geodataframe(self, query: Query | None = None) -> gpd.GeoDataFrame:
        """The whole layer as a GeoDataFrame, its CRS set."""
        import geopandas as gpd
        import shapely

        table = self.to_arrow(query)
        if GEOMETRY not in table.column_names:
            return gpd.GeoDataFrame(table.to_pandas())
        wkb = table.column(GEOMETRY).to_numpy()
        frame = table.drop_columns([GEOMETRY]).to_pandas()
        return gpd.GeoDataFrame(frame, geometry=shapely.from_wkb(wkb), crs=self.description.crs)


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A source, with its layers by name; ``stated`` is what is asked of them if nothing else is."""

    source: Source
    stated: Query = field(default_factory=Query)

    def layers(self) -> list[Layer]:
        return self.source.layers()

    def layer(self, name: str | None = None) -> OpenedLayer:
        """The named layer, or the only one.

        Raises
        ------
        LayerNotFound
        """
        return OpenedLayer(self.source, self.source.layer(name), self.stated)

    def describe(self, *, layer: str | None = None, sample: int = 3) -> dict[str, Any]:
        """What there is, as JSON types: kind, layers, fields, CRS, count, extent, sample."""
        chosen = [self.source.layer(layer)] if layer else self.layers()
        evidence = self.source.evidence()
        return {
            "kind": evidence.kind,
            "address": evidence.address,
            "details": dict(evidence.details),
            "layers": [self._describe(one, sample, alone=layer is not None) for one in chosen],
            "findings": [
                {
                    "code": one.code,
                    "severity": one.severity.value,
                    "message": one.message,
                    "layer": one.layer,
                    "attribute": one.attribute,
                    "count": one.count,
                    "fix": one.fix,
                }
                for one in self.source.findings()
            ],
        }

    def _describe(self, layer: Layer, sample: int, *, alone: bool) -> dict[str, Any]:
        """One layer; one of many that can't be read says why, and the others go on."""
        rows: list[dict[str, Any]] = []
        problem = None
        try:
            rows = self._sample(layer, sample)
            if rows and not layer.fields:  # known only now
                layer = self.source.layer(layer.name)
        except SourceError as error:
            if alone:
                raise
            problem = f"{error.code}: {error}"
        return {
            "name": layer.name,
            "title": layer.title,
            "geometry_type": layer.geometry_type,
            "crs": layer.crs,
            "count": layer.count,
            "count_is_estimate": layer.count_is_estimate,
            "extent": list(layer.extent) if layer.extent else None,
            "encoding": layer.encoding,
            "licence": layer.licence,
            "fields": [{"name": one.name, "type": one.type} for one in layer.fields],
            "sample": [{name: _shown(name, value) for name, value in row.items()} for row in rows],
            "problem": problem,
        }

    def _sample(self, layer: Layer, most: int) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        if most:
            for batch in self.source.batches(layer, replace(self.stated, limit=most)):
                rows.extend(batch.slice(0, most - len(rows)).to_pylist())
                if len(rows) >= most:
                    break
        return rows


@dataclass(frozen=True, slots=True)
class OpenedPackage(OpenedSource):
    """A package that is whole: its layers, once each, and its manifest."""

    source: PackageSource

    @property
    def manifest(self) -> Manifest:
        return self.source.manifest


def _shown(name: str, value: object) -> str | int | float | bool | None:
    """A value as a person wants to see it; geometries as the start of their WKT."""
    if isinstance(value, bytes):
        text = _geometry_text(value) if name == GEOMETRY else value.hex()
        return text if len(text) <= SHOWN_TEXT else f"{text[:SHOWN_TEXT]}…"
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)


def _geometry_text(wkb: bytes) -> str:
    import shapely

    try:
        return str(shapely.to_wkt(shapely.from_wkb(wkb), rounding_precision=3))
    except (NotImplementedError, shapely.errors.GEOSException):  # curves, or nonsense
        return f"WKB {wkb.hex()}"


def open(  # noqa: A001 - as in `commonplace.open`
    address: str | Path,
    *,
    kind: SourceKind | None = None,
    crs: str | None = None,
    encoding: str | None = None,
    tenant: str | None = None,
    context: str | None = None,
    token_env: str | None = None,
    auth: str | None = None,
    settings: Mapping[str, str] | None = None,
    observer: Observer | None = None,
) -> OpenedSource:
    """Open a source: a file, a folder, an archive, a package, or a service's address.

    The options are those of a job's source (:class:`commonplace.job.SourceSpec`); ``settings``
    are any others by dotted name (``{"edr.coords": "POINT(11 46)"}``). A package, folder or
    zip, is checked first.

    Raises
    ------
    DocumentError
        A setting that sources don't have.
    PackageDamaged
        A file of a package is missing, changed, or outside it; its name is told.
    SourceError
    """
    remote = is_url(str(address))
    if not remote and kind is None and holds_package(Path(address)):
        return OpenedPackage(PackageSource(Path(address), observer))
    spec = SourceSpec(
        path=None if remote else Path(address),
        url=str(address) if remote else None,
        kind=kind,
        crs=crs,
        encoding=encoding,
        tenant=tenant,
        context=context,
        token_env=token_env,
        auth=auth,
    )
    if settings:
        spec = parse_source(spec, settings)
    stated = Query(
        bbox=spec.bbox, bbox_crs=spec.bbox_crs, where=tuple(spec.where.items()), limit=spec.limit
    )
    return OpenedSource(open_source(spec, observer), stated)


def run(
    job: str | Path | Job,
    *,
    observer: Observer | None = None,
    overrides: Mapping[str, str] | None = None,
    resume: bool = False,
) -> Report:
    """Run a job (a path or a typed job) and write its package; see ``pipeline.run``."""
    from commonplace.pipeline import run as run_job

    typed = job if isinstance(job, Job) else read_job(Path(job), overrides)
    return run_job(typed, observer, resume=resume)


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``check`` found in a document."""

    name: str
    kind: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return self.problems

    def to_json(self) -> dict[str, Any]:
        def row(problem: Problem, severity: Severity) -> dict[str, Any]:
            return {
                "severity": severity.value,
                "code": problem.code,
                "message": problem.message,
                "path": problem.path,
                "line": problem.line,
                "hint": problem.hint,
            }

        rows = [row(one, Severity.ERROR) for one in self.problems]
        rows += [row(one, Severity.WARNING) for one in self.warnings]
        return {"document": self.name, "kind": self.kind, "problems": rows}


def check(path: str | Path, parameters: Mapping[str, str] | None = None) -> Checked:
    """Check a job (with its mappings against the real layers) or a mapping document.

    ``path`` may be ``library:NAME``; ``parameters`` are values of a mapping document's.
    """
    from commonplace.checking import check_job, check_mapping_file

    path = Path(path)
    try:
        path = document_path(path)
        document = read_document(path)
    except DocumentError as error:
        return Checked(path.name, "document", error.problems)
    if {"target", "extends"} & set(document.tree) and "datasets" not in document.tree:
        problems, warnings = check_mapping_file(path, None, parameters)
        return Checked(path.name, "mapping", problems, warnings)
    problems, warnings = check_job(path)
    return Checked(path.name, "job", problems, warnings)


__all__ = [
    "Checked",
    "CommonplaceError",
    "OpenedLayer",
    "OpenedPackage",
    "OpenedSource",
    "check",
    "open",
    "run",
]
