"""From a job to a plan: sources opened, mappings compiled, CRS operations chosen.

Nothing of a layer's rows is read here, so all that is wrong with the documents, the
layers' names and the CRSs is known before the work begins.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Final

from commonplace import crs
from commonplace.batch import GEOMETRY, Layer, OfThings, Query, Source
from commonplace.deriving import DerivedSource
from commonplace.documents import suggestion
from commonplace.errors import CrsUnknown, DocumentError, LayerNotFound
from commonplace.formats.ngsild import THINGS_OPTION
from commonplace.job import DatasetSpec, Job, SourceSpec
from commonplace.joining import Joined
from commonplace.mapping.compile import Compiled, TypeMapping, compile_mapping
from commonplace.mapping.derive import DERIVED
from commonplace.mapping.document import MappingDocument, read_mapping
from commonplace.mapping.expressions import SOURCE_DATE
from commonplace.mapping.lifespans import with_ends
from commonplace.mapping.scope import identity
from commonplace.model import load_model
from commonplace.model.types import is_entity_schema
from commonplace.package.manifest import MANIFEST
from commonplace.report import Findings, Observer
from commonplace.sources import open_source
from commonplace.sources.dating import Dated, date_of
from commonplace.spool import ORDINALS_A_LAYER, Part
from commonplace.stages import PartResult, PartTask, Plan
from commonplace.target import Dataset, TargetCrs

DATA: Final = "data"
SPACE: Final = 3  # dimensions
KNOWN: Final = "known"
LIBRARIES: Final = ("commonplace", "pyarrow", "shapely", "pyproj", "pyogrio", "duckdb")
OF_SCHEMAS: Final = ("gml", "cityjson", "cityjsonseq")


@dataclass(frozen=True, slots=True)
class Read:
    """One layer that a dataset reads, and the feature types made from its rows.

    ``label`` names it in report and findings, ``stem`` its files. ``first_ordinal`` keeps
    the ordinals of a dataset's layers apart and in order.
    """

    source_name: str
    source: Source
    layer: Layer
    label: str
    stem: str
    types: tuple[TypeMapping, ...]
    operation: crs.Operation | None
    query: Query
    first_ordinal: int
    joins: tuple[Joined, ...] = ()

    @property
    def bases(self) -> dict[str, Source]:
        """The sources of the layers that a derived layer is made of."""
        if not isinstance(self.source, DerivedSource):
            return {}
        return {name: self.source.sources[name] for name in self.source.bases(self.layer.name)}

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns of its rows, joined ones too."""
        joined = (f"{one.join.name}.{column}" for one in self.joins for column in one.columns)
        return (*(self.query.columns or ()), *joined)


@dataclass(slots=True)
class Work:
    """One dataset under way: its plan, what it reads, and what its parts made so far.

    ``resumed`` counts the parts that a killed run had mapped.
    """

    document: MappingDocument
    plan: Plan
    reads: tuple[Read, ...]
    results: list[PartResult] = field(default_factory=list)
    resumed: int = 0
    findings: Findings = field(default_factory=Findings)

    @property
    def plan_path(self) -> Path:
        """Another plan lies elsewhere: workers of a cluster keep those they have read."""
        return self.plan.work / f"plan-{self.plan.run}.pickle"

    def task(self, read: Read, part: Part) -> PartTask:
        """The mapping of a part of a layer."""
        return PartTask(
            plan=self.plan_path,
            part=part.path,
            number=part.number,
            layer=read.label,
            stem=read.stem,
            types=tuple(one.name for one in read.types),
            operation=read.operation,
        )

    def unused_columns(self, read: Read) -> list[str]:
        """Columns of a layer that no type reads, and those that its groups of rows have lost."""
        compiled = self.plan.compiled
        found = compiled.unused_columns(read.layer)
        if isinstance(read.source, DerivedSource):
            known = {name for name, _ in compiled.ignore}
            known |= {name for one in compiled.types for name in one.columns}
            found += [one for one in read.source.lost(read.layer.name) if one not in known]
        return found

    def source_results(self) -> list[PartResult]:
        """The results of parts read from sources, not of linked objects."""
        return [one for one in self.results if not one.task.linked]

    def results_of(self, read: Read) -> list[PartResult]:
        """The results of the parts of one layer."""
        return [one for one in self.source_results() if one.task.stem == read.stem]

    def all_findings(self) -> Findings:
        """The findings of all parts, in part order, and those of the whole."""
        merged = Findings()
        for result in self.results:
            merged.merge(result.findings)
        merged.merge(self.findings)
        return merged


def plan_job(job: Job, folder: Path, as_of: str, observer: Observer) -> list[Work]:
    """Plan all datasets of a job; ``folder`` takes their working files.

    Raises
    ------
    DocumentError, SourceError, CrsError
    """
    model = load_model()
    sources = {name: open_source(spec, observer) for name, spec in job.sources.items()}
    works = []
    for spec in job.datasets:
        document = read_mapping(spec.mapping, spec.parameters)
        if job.compares:
            document = with_ends(document, model)
        chosen: dict[str, Source] = {name: sources[name] for name in spec.source}
        layers = {name: source.layers() for name, source in chosen.items()}
        compiled = compile_mapping(document, model, layers, spec.layers)
        _refuse_formats(job, document, compiled.schema)
        if any(SOURCE_DATE in one.inputs for one in compiled.types):
            chosen = {
                name: Dated(source, SOURCE_DATE, date_of(job.sources[name]))
                for name, source in chosen.items()
            }
            layers = {name: source.layers() for name, source in chosen.items()}
        name = spec.name or spec.mapping.stem
        place = folder / f"dataset-{name}"  # beside the package's folder, whatever the name is
        if document.derived:
            derived = _derived(job, document, chosen, layers, place)
            chosen[f"{DERIVED} of {name}"] = derived
            layers[f"{DERIVED} of {name}"] = derived.layers()
        reads = tuple(_reads(job, spec, compiled, name, chosen, layers))
        keep_z = job.geometry.keep_z and any(
            _may_have_heights(read.layer) or any(one.makes_heights for one in read.types)
            for read in reads
        )
        refuse_flat(document, compiled, crs.target_crs(job.crs.target, keep_z=keep_z))
        dataset = Dataset(
            name=name,
            schema=compiled.schema,
            namespace=compiled.namespace,
            crs=crs.target_crs(job.crs.target, keep_z=keep_z),
            language=compiled.language,
            title=job.title,
            licence=job.licence,
            attribution=job.attribution,
            as_of=as_of,
            lineage=document.lineage or "",
            options={**_options(job, name), **_things(document, reads)},
        )
        formats = tuple(job.output.formats)
        run = _run(job, document, dataset, reads)
        known = place / f"{KNOWN}-{run}" if job.compares else None
        plan = Plan(dataset, compiled, job.geometry, formats, job.on_error, place, known, run)
        plan.work.mkdir(parents=True, exist_ok=True)
        work = Work(document, plan, reads)
        for read in reads:
            if read.operation is not None and read.layer.crs is not None:
                extent = read.layer.extent
                work.findings.extend(crs.outside_area(read.layer.crs, extent, layer=read.label))
        work.plan_path.write_bytes(pickle.dumps(plan))
        works.append(work)
    return works


def _derived(
    job: Job,
    document: MappingDocument,
    sources: Mapping[str, Source],
    layers: Mapping[str, Sequence[Layer]],
    folder: Path,
) -> DerivedSource:
    """The layers that the document derives, as a source of their own."""
    return DerivedSource(
        derived=document.derived,
        sources=dict(sources),
        known=dict(layers),
        queries={name: _query(job.sources[name]) for name in sources},
        folder=folder / "derived",
        spec=job.crs,
    )


def _query(stated: SourceSpec, columns: tuple[str, ...] | None = None) -> Query:
    """What a job asks of a source."""
    return Query(
        columns=columns,
        bbox=stated.bbox,
        bbox_crs=stated.bbox_crs,
        where=tuple(stated.where.items()),
        limit=stated.limit,
    )


def _run(job: Job, document: MappingDocument, dataset: Dataset, reads: Sequence[Read]) -> str:
    """A digest of all that the results of parts depend on, besides their rows and tasks."""
    earlier = (job.previous or job.output.folder) / MANIFEST
    ids = Path(dataset.options.get("ngsild.ids", ""))
    told = (
        {name: version(name) for name in LIBRARIES},
        document,
        dataset,
        (job.geometry, job.on_error, job.output.formats),
        [(read.label, read.layer.fields) for read in reads],
        earlier.read_bytes() if job.compares and earlier.is_file() else None,
        ids.stat().st_mtime_ns if ids.is_file() else None,
    )
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _may_have_heights(layer: Layer) -> bool:
    """Whether a layer has heights, as far as its geometry type tells."""
    kind = layer.geometry_type or ""
    return kind.endswith(" Z") or kind in ("", "Unknown", "Geometry", "GeometryCollection")


def _refuse_formats(job: Job, document: MappingDocument, schema: str) -> None:
    """Stop where an encoding of INSPIRE's schemas is asked for entity types.

    Raises
    ------
    DocumentError
    """
    if not is_entity_schema(schema):
        return
    refused = [one for one in job.output.formats if one in OF_SCHEMAS]
    if refused:
        raise DocumentError(
            document.name,
            (
                document.document.problem(
                    f"{schema} is no schema of INSPIRE: there is no {' or '.join(refused)} of it",
                    "$.target.schema",
                    hint="state output.formats in the job: ngsild, gpkg, geojson, …",
                ),
            ),
        )


def refuse_flat(document: MappingDocument, compiled: Compiled, target: TargetCrs) -> None:
    """Stop where geometries are given heights that the target CRS has no place for.

    Raises
    ------
    DocumentError
    """
    rising = [one for one in compiled.types if one.makes_heights]
    if rising and target.dimension != SPACE:
        raise DocumentError(
            document.name,
            tuple(
                document.document.problem(
                    f"{one.name} gets heights, and {target.code} has none",
                    one.path,
                    hint="state a target with heights in the job: crs: {target: EPSG:4937}",
                    code="CRS_FLAT",
                )
                for one in rising
            ),
        )


def _options(job: Job, dataset: str) -> dict[str, str]:
    """Options of encodings; entities keep the ids that they have in an earlier package."""
    options = job.output.options.flat()
    earlier = (job.previous or job.output.folder) / DATA / f"{dataset}_id-map.csv"
    if "ngsild" in job.output.formats and earlier.is_file():
        options.setdefault("ngsild.ids", str(earlier))
    return options


def _things(document: MappingDocument, reads: Sequence[Read]) -> dict[str, str]:
    """The Things of feature types whose ids are those of Things, for the id-map of entities."""
    found = {}
    for read in reads:
        known = read.source.things(read.layer) if isinstance(read.source, OfThings) else None
        names = {one.name for one in read.types}
        for section in document.types:
            if known is not None and section.name in names:
                column, address = known
                if identity(section) in ((f"={column}",), (f'="{column}"',)):
                    found[f"{THINGS_OPTION}{section.feature_type}"] = address
    return found


def _reads(
    job: Job,
    spec: DatasetSpec,
    compiled: Compiled,
    dataset: str,
    sources: Mapping[str, Source],
    layers: Mapping[str, Sequence[Layer]],
) -> Iterator[Read]:
    """The layers to read, in the order in which the mapping names them."""
    wanted: dict[tuple[str, str], list[TypeMapping]] = {}
    found: dict[tuple[str, str], Layer] = {}
    for type_mapping in compiled.types:
        if not type_mapping.reads_layers:
            continue
        names = tuple(spec.layers.get(type_mapping.name, type_mapping.layers))
        joined = {join.layer for join in compiled.joins}
        for source_name, layer in _find_layers(type_mapping.name, names, layers, joined):
            wanted.setdefault((source_name, layer.name), []).append(type_mapping)
            found[source_name, layer.name] = layer
    for number, ((source_name, layer_name), types) in enumerate(wanted.items()):
        layer = found[source_name, layer_name]
        if not layer.fields:  # services describe only their first layers unasked
            layer = sources[source_name].layer(layer_name)
        label = f"{dataset}:{layer_name}"
        joins = tuple(_joins(job, compiled, types, layer, sources, layers))
        yield Read(
            source_name=source_name,
            source=sources[source_name],
            layer=layer,
            label=label,
            stem=f"{number:03d}",
            types=tuple(types),
            operation=_operation(job, layer, label),
            query=(
                Query(_columns(types, layer, joins))
                if source_name not in job.sources
                else _query(job.sources[source_name], _columns(types, layer, joins))
            ),
            first_ordinal=number * ORDINALS_A_LAYER,
            joins=joins,
        )


def _joins(
    job: Job,
    compiled: Compiled,
    types: Sequence[TypeMapping],
    layer: Layer,
    sources: Mapping[str, Source],
    layers: Mapping[str, Sequence[Layer]],
) -> Iterator[Joined]:
    """The joins whose columns the types use."""
    needed = dict.fromkeys(column for one in types for column in one.columns)
    for join in compiled.joins:
        columns = tuple(own for name in needed if (own := join.own(name)) is not None)
        if not columns:
            continue
        for source_name, other in _find_layers(join.name, (join.layer,), layers):
            operation = None
            if join.where and other.crs and layer.crs:
                operation = crs.choose(
                    other.crs,
                    layer.crs,
                    layer=f"{layer.name}:{join.name}",
                    area=other.extent,
                    grids=job.crs.grids,
                    allow_ballpark=job.crs.allow_ballpark,
                )
            yield Joined(join, sources[source_name], other, columns, source_name, operation)


def _columns(
    types: Sequence[TypeMapping], layer: Layer, joins: Sequence[Joined]
) -> tuple[str, ...]:
    """Source columns that the types, and the linked objects of their rows, need.

    A column that only other layers of the mapping have counts as null here; the mapping
    stage says so in a finding.
    """
    needed = dict.fromkeys(column for one in types for column in one.columns)
    needed |= dict.fromkeys(mine for one in joins for mine, _ in one.join.on)
    joined = {f"{one.join.name}.{column}" for one in joins for column in one.columns}
    needed = {name: None for name in needed if name not in joined}
    known = set(layer.field_names)
    return tuple(name for name in needed if name != GEOMETRY and (not known or name in known))


def _find_layers(
    feature_type: str,
    names: tuple[str, ...],
    layers: Mapping[str, Sequence[Layer]],
    joined: Collection[str] = (),
) -> Iterator[tuple[str, Layer]]:
    all_layers = [(source, layer) for source, known in layers.items() for layer in known]
    if not names:
        all_layers = [one for one in all_layers if one[1].name not in joined]
        if len(all_layers) != 1:
            listed = ", ".join(layer.name for _, layer in all_layers)
            raise LayerNotFound(
                f"the mapping of {feature_type} names no layer, and there are {len(all_layers)}",
                hint=f"state one in from.layers: {listed}",
            )
        yield all_layers[0]
        return
    for name in names:
        matching = [(source, layer) for source, layer in all_layers if layer.name == name]
        if not matching:
            known = [layer.name for _, layer in all_layers]
            raise LayerNotFound(
                f"the mapping of {feature_type} reads layer {name!r}, which is not there",
                hint=suggestion(name, known),
            )
        yield from matching


def _operation(job: Job, layer: Layer, label: str) -> crs.Operation | None:
    if layer.geometry_type is None:
        return None
    if layer.crs is None:
        raise CrsUnknown(
            f"layer {layer.name!r} says no CRS",
            hint="state it in the job: sources.<name>.crs: EPSG:…",
        )
    return crs.choose(
        layer.crs,
        job.crs.target,
        layer=label,
        area=layer.extent,
        accuracy=job.crs.accuracy,
        grids=job.crs.grids,
        allow_ballpark=job.crs.allow_ballpark,
    )
