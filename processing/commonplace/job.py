"""The job document: which sources, which mappings, which CRS, which package.

A job is refused as a whole, with every problem named by ``$.path`` and line. Relative
paths are relative to the job file. Secrets never stand in a job: ``token_env`` names the
environment variable that holds one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, TypeVar, get_args, get_origin
from urllib.parse import parse_qsl, urlsplit

import cattrs
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override
from cattrs.v import transform_error

from commonplace.documents import Document, Tree, nearest, parse_document, read_document
from commonplace.errors import DocumentError, Problem
from commonplace.library import document_path, is_library_name
from commonplace.metadataform import FORMS, MetadataSpec

Number = TypeVar("Number", int, float)
OnError = Literal["reject", "void", "stop"]
Decision = Literal["keep", "drop", "pseudonymise", "aggregate"]
SourceKind = Literal[
    "file",
    "gml",
    "ogcapi",
    "ngsild",
    "wfs",
    "csw",
    "records",
    "atom",
    "postgis",
    "cityjson",
    "citygml",
    "gtfs",
    "remote",
    "sensorthings",
    "ldes",
    "edr",
    "coverages",
    "tiles",
]
FORMATS: Final = (
    *("gml", "gpkg", "geojson", "jsonfg", "flatgeobuf", "geoparquet", "csv"),
    *("cityjson", "cityjsonseq", "ngsild"),
)
USUAL_FORMATS: Final = FORMATS[:3]
_NAME_IT: Final = "name a credential (auth) or an environment variable (token_env)"
_SECRET_PARAMETERS: Final = frozenset(
    "key apikey accesskey xapikey subscriptionkey authkey token accesstoken authtoken apitoken"
    " password passwd pwd secret clientsecret sig signature auth".split()
)


@dataclass(frozen=True, slots=True)
class GeoQuery:
    """An NGSI-LD geo-query; ``coordinates`` are JSON text, longitude first (§4.10)."""

    georel: str
    geometry: str
    coordinates: str
    geoproperty: str | None = None


@dataclass(frozen=True, slots=True)
class NgsiSpec:
    """What an NGSI-LD broker is asked for, in the standard's own words (§6.4.3.2).

    ``form`` is the representation to ask for (default: normalized, which alone tells kinds,
    units and times). ``geometry`` is the GeoProperty that becomes the geometry.
    ``swapped`` says that the broker's coordinates are latitude first. ``since``, ``until``,
    ``timeproperty`` and ``last`` (instances an attribute) bound a history layer.
    ``unknown_context`` says what happens when an ``@context`` is not bundled.
    """

    q: str | None = None
    geoQ: GeoQuery | None = None  # noqa: N815
    scopeQ: str | None = None  # noqa: N815
    attrs: list[str] = field(default_factory=list)
    lang: str | None = None
    id: list[str] = field(default_factory=list)
    idPattern: str | None = None  # noqa: N815
    datasetId: str | None = None  # noqa: N815
    local: bool = False
    form: Literal["normalized", "concise", "simplified"] = "normalized"
    geometry: str = "location"
    swapped: bool = False
    since: str | None = None
    until: str | None = None
    timeproperty: Literal["observedAt", "createdAt", "modifiedAt"] = "observedAt"
    last: int | None = None
    unknown_context: Literal["tell", "refuse"] = "tell"


@dataclass(frozen=True, slots=True)
class HttpSpec:
    """How a service is asked. ``authorities`` is a PEM file of certificates to trust too."""

    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    retries: int = 4
    largest_mb: int = 512
    authorities: Path | None = None


@dataclass(frozen=True, slots=True)
class SensorThingsSpec:
    """What a SensorThings service is asked for (OGC 18-088, §9.3).

    ``filter`` and ``orderby`` are in the service's own language, by entity set
    (``Observations: result gt 5``). ``since`` and ``until`` (not included) bound the time of
    observations. ``place`` says where observations are: at their thing, or their feature of
    interest.
    """

    filter: dict[str, str] = field(default_factory=dict)
    orderby: dict[str, str] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    place: Literal["thing", "feature"] = "thing"
    data_arrays: bool = True


@dataclass(frozen=True, slots=True)
class LdesSpec:
    """Which members of an event stream are read.

    ``versions``: the newest of each object, or all. ``since`` leaves out what is older, and
    the pages that hold nothing younger.
    """

    versions: Literal["newest", "all"] = "newest"
    since: str | None = None


@dataclass(frozen=True, slots=True)
class EdrSpec:
    """Where an EDR service is asked, in the standard's own words (OGC 19-086r6, §8.2).

    ``coords`` is WKT, longitude before latitude unless the source states a CRS; ``z`` a level,
    several, or an interval (``0/100``); ``instance`` a run of a model.
    """

    coords: str | None = None
    within: float | None = None
    within_units: str | None = None
    corridor_width: float | None = None
    width_units: str | None = None
    corridor_height: float | None = None
    height_units: str | None = None
    z: str | None = None
    instance: str | None = None


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """Where layers come from. Exactly one of ``path`` and ``url``.

    ``crs`` and ``encoding`` are stated where the source says none or the wrong one;
    ``bbox`` is in ``bbox_crs``; ``where`` are property = value pairs; ``tenant``,
    ``context`` and ``ngsi`` are an NGSI-LD broker's; ``format`` is asked for where a service
    offers several (a word of it: ``geojson``). ``auth`` names a credential that the
    environment, a keyring or QGIS holds. ``filter`` is CQL2, as text or JSON; ``datetime``
    an instant or interval and ``since`` a time after which features changed (OGC API
    Features). ``date`` is the source's own, which ``source_date()`` gives in mappings; without
    it, when its newest file was last changed.
    """

    path: Path | None = None
    url: str | None = None
    kind: SourceKind | None = None
    crs: str | None = None
    encoding: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    bbox_crs: str | None = None
    where: dict[str, str] = field(default_factory=dict)
    limit: int | None = None
    page_size: int | None = None
    token_env: str | None = None
    header_env: dict[str, str] = field(default_factory=dict)
    tenant: str | None = None
    context: str | None = None
    format: str | None = None
    ngsi: NgsiSpec = NgsiSpec()
    auth: str | None = None
    http: HttpSpec = HttpSpec()
    sensorthings: SensorThingsSpec = SensorThingsSpec()
    ldes: LdesSpec = LdesSpec()
    edr: EdrSpec = EdrSpec()
    filter: str | None = None
    datetime: str | None = None
    since: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class DatasetSpec:
    """One mapping document run over one or more sources.

    ``layers`` replaces the layer names that the mapping states, per feature type;
    ``parameters`` are values of the mapping's parameters.
    """

    mapping: Path
    source: list[str]
    name: str | None = None
    layers: dict[str, list[str]] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CrsSpec:
    """``accuracy`` in metres is the worst that is allowed; ``grids`` a folder of PROJ grids."""

    target: str = "EPSG:4258"
    accuracy: float | None = None
    grids: Path | None = None
    allow_ballpark: bool = False


@dataclass(frozen=True, slots=True)
class GeometrySpec:
    """``tolerance`` in target units: largest distance of a linearised curve from the curve."""

    repair: bool = True
    tolerance: float | None = None
    keep_z: bool = False


@dataclass(frozen=True, slots=True)
class SplitSpec:
    """The most that one document holds: a number of ``features``, or ``size_mb`` (10⁶ bytes)."""

    features: int | None = None
    size_mb: float | None = None


@dataclass(frozen=True, slots=True)
class GmlSpec:
    """``collection`` is the root: ``wfs:`` or ``gml:FeatureCollection``, or
    ``base:SpatialDataSet``.
    """

    collection: Literal["wfs", "gml", "spatialdataset"] = "wfs"
    split: SplitSpec | None = None


@dataclass(frozen=True, slots=True)
class CsvSpec:
    """``geometry`` as WKT, as columns x and y, or not at all; as it suits by default."""

    geometry: Literal["wkt", "xy", "none"] | None = None


@dataclass(frozen=True, slots=True)
class GeoJsonSpec:
    """``profile``: INSPIRE's encoding rule, or plain RFC 7946."""

    profile: Literal["inspire", "plain"] = "inspire"


@dataclass(frozen=True, slots=True)
class NgsiLdSpec:
    """``context`` is where the ``@context`` of a data set's own terms is published; ``ids`` an
    id-map to keep entity ids of, instead of the one in the package that is replaced.
    """

    context: str | None = None
    ids: Path | None = None


@dataclass(frozen=True, slots=True)
class OptionsSpec:
    """How single encodings are written."""

    gml: GmlSpec = GmlSpec()
    csv: CsvSpec = CsvSpec()
    geojson: GeoJsonSpec = GeoJsonSpec()
    ngsild: NgsiLdSpec = NgsiLdSpec()

    def flat(self) -> dict[str, str]:
        """What differs from the default by dotted name, as data sets carry it."""
        split = self.gml.split or SplitSpec()
        stated = {
            "gml.collection": self.gml.collection,
            "gml.split.features": split.features,
            "gml.split.size_mb": split.size_mb,
            "csv.geometry": self.csv.geometry,
            "geojson.profile": self.geojson.profile,
            "ngsild.context": self.ngsild.context,
            "ngsild.ids": self.ngsild.ids,
        }
        usual = ("wfs", "inspire", None)
        return {name: str(value) for name, value in stated.items() if value not in usual}


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """``folder`` is the package's; it must not exist unless ``replace`` says so.

    ``validate`` has the data files validated before they are packed (``commonplace validate``).
    """

    folder: Path
    formats: list[str] = field(default_factory=lambda: list(USUAL_FORMATS))
    replace: bool = False
    zip: bool = False
    validate: bool = False
    options: OptionsSpec = OptionsSpec()


@dataclass(frozen=True, slots=True)
class PrivacySpec:
    """What becomes of columns with personal data, and the role (no name) that decided it."""

    decided_by: str | None = None
    columns: dict[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LimitsSpec:
    """What one part may use. ``workers`` 0 means one a core.

    A server gets at most ``connections`` requests at a time and ``requests_per_second``.
    """

    part_rows: int = 8_192
    part_seconds: float = 300.0
    part_memory_mb: int = 2_048
    workers: int = 0
    connections: int = 4
    requests_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job, typed. See :func:`read_job`.

    ``since_last`` compares with the package that is replaced, or with ``previous``.
    ``scheduler`` is the address of a Dask cluster's (``tcp://host:8786``); without one,
    ``engine: dask`` starts workers on this machine.
    """

    title: str
    licence: str
    attribution: str
    sources: dict[str, SourceSpec]
    datasets: list[DatasetSpec]
    output: OutputSpec
    crs: CrsSpec = CrsSpec()
    geometry: GeometrySpec = GeometrySpec()
    limits: LimitsSpec = LimitsSpec()
    privacy: PrivacySpec = field(default_factory=PrivacySpec)
    metadata: MetadataSpec = field(default_factory=MetadataSpec)
    on_error: OnError = "reject"
    max_rejected: str | None = None
    as_of: str | None = None
    since_last: bool = False
    previous: Path | None = None
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    description: str | None = None
    name: str = "job"
    text: str = ""

    @property
    def compares(self) -> bool:
        """Whether objects are compared with those of an earlier package."""
        return self.since_last or self.previous is not None

    def rejected_too_many(self, rejected: int, read: int) -> bool:
        """Whether ``max_rejected`` (a count, or a share such as ``1%``) is passed."""
        if self.max_rejected is None:
            return False
        if self.max_rejected.endswith("%"):
            return rejected > read * float(self.max_rejected[:-1]) / 100
        return rejected > int(self.max_rejected)


def read_job(path: Path, overrides: Mapping[str, str] | None = None) -> Job:
    """Read a job file. ``overrides`` replace values by dotted path (``output.folder``).

    Raises
    ------
    DocumentError
        With all problems found.
    """
    return _job(read_document(path), overrides or {})


def parse_job(text: str, folder: Path, overrides: Mapping[str, str] | None = None) -> Job:
    """Parse a job from text; relative paths are relative to ``folder``."""
    return _job(parse_document(text, name="job", folder=folder), overrides or {})


def parse_options(settings: Mapping[str, str]) -> OptionsSpec:
    """Options of encodings from dotted names (``gml.split.features``).

    Raises
    ------
    DocumentError
    """
    tree: dict[str, Tree] = {}
    for dotted, value in settings.items():
        _override(tree, dotted.split("."), value)
    document = Document("options", tree, {})
    try:
        options = _converter(Path()).structure(tree, OptionsSpec)
    except cattrs.BaseValidationError as error:
        messages = transform_error(error, format_exception=_explain)
        problems = tuple(_problem(document, message) for message in messages)
        raise DocumentError("options", problems) from None
    if problems := tuple(_check_options(document, options, "$")):
        raise DocumentError("options", problems)
    return options


def parse_source(stated: SourceSpec, settings: Mapping[str, str]) -> SourceSpec:
    """A source with more of a job's keys by dotted name (``edr.coords``, ``bbox``).

    Raises
    ------
    DocumentError
    """
    tree: dict[str, Tree] = {}
    for dotted, value in settings.items():
        _override(tree, dotted.split("."), value)
    document = Document("source", tree, {})
    try:
        found = _converter(Path()).structure(tree, SourceSpec)
    except cattrs.BaseValidationError as error:
        messages = transform_error(error, format_exception=_explain)
        problems = tuple(_problem(document, message) for message in messages)
        raise DocumentError("source", problems) from None
    return replace(stated, **{name: getattr(found, name) for name in tree})


def _check_options(document: Document, options: OptionsSpec, path: str) -> Iterator[Problem]:
    split = options.gml.split
    if split is None:
        return
    stated = [one for one in (split.features, split.size_mb) if one is not None]
    if len(stated) != 1 or stated[0] <= 0:
        message = "needs either features or size_mb, above 0"
        yield document.problem(message, f"{path}.gml.split")


def _job(document: Document, overrides: Mapping[str, str]) -> Job:
    tree = dict(document.tree)
    for dotted, value in overrides.items():
        _override(tree, dotted.split("."), value)
    try:
        job = _converter(document.folder or Path()).structure(tree, Job)
    except cattrs.BaseValidationError as error:
        messages = transform_error(error, format_exception=_explain)
        problems = tuple(_problem(document, message) for message in messages)
        raise DocumentError(document.name, problems) from None
    problems = tuple(_check(document, job))
    if problems:
        raise DocumentError(document.name, problems)
    return replace(job, name=Path(document.name).stem, text=document.text)


def _override(tree: dict[str, Tree], steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        below = tree.get(step)
        tree[step] = below = dict(below) if isinstance(below, dict) else {}
        tree = below
    tree[steps[-1]] = [*value.split(",")] if steps[-1] in ("formats", "bbox") else value


def _check(document: Document, job: Job) -> Iterator[Problem]:
    for name in ("title", "licence", "attribution"):
        if not getattr(job, name).strip():
            yield document.problem("must not be empty", f"$.{name}")
    for name, source in job.sources.items():
        yield from _check_source(document, source, f"$.sources.{name}")
    yield from _check_datasets(document, job)
    for one in job.output.formats:
        if one not in FORMATS:
            hint = _did_you_mean(one, FORMATS)
            yield document.problem(f"no format {one!r}", "$.output.formats", hint=hint)
    yield from _check_options(document, job.output.options, "$.output.options")
    yield from _check_metadata(document, job)
    if job.scheduler is not None and job.engine != "dask":
        yield document.problem("needs engine: dask", "$.scheduler")
    if job.limits.connections < 1:
        yield document.problem("expected 1 or more", "$.limits.connections")
    if job.limits.requests_per_second is not None and job.limits.requests_per_second <= 0:
        yield document.problem("expected more than 0", "$.limits.requests_per_second")
    if job.max_rejected is not None:
        number = job.max_rejected.removesuffix("%")
        if not number.replace(".", "", 1).isdigit():
            yield document.problem("expected a count (100) or a share (1%)", "$.max_rejected")


def _check_metadata(document: Document, job: Job) -> Iterator[Problem]:
    form = job.metadata
    names = [one.name or one.mapping.stem for one in job.datasets]
    for name in form.datasets:
        if name not in names:
            hint = _did_you_mean(name, names)
            yield document.problem(
                f"there is no dataset {name!r}", "$.metadata.datasets", hint=hint
            )
    for index, link in enumerate(form.links):
        yield from _check_url(document, link.url, f"$.metadata.links[{index}].url")
    if form.published_at is not None:
        yield from _check_url(document, form.published_at, "$.metadata.published_at")
    if form.contact.url is not None:
        yield from _check_url(document, form.contact.url, "$.metadata.contact.url")
    email = form.contact.email
    if email is not None and ("@" not in email or any(map(str.isspace, email))):
        yield document.problem("expected an e-mail address", "$.metadata.contact.email")
    dates = {"created": form.created, "published": form.published, "revised": form.revised}
    dates |= {"temporal.begin": form.temporal.begin, "temporal.end": form.temporal.end}
    for name, value in dates.items():
        if value is not None and not _is_date(value):
            message = f"expected a date (2026-11-24), not {value!r}"
            yield document.problem(message, f"$.metadata.{name}")
    if form.scale is not None and form.distance is not None:
        yield document.problem("needs either scale or distance", "$.metadata")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_datasets(document: Document, job: Job) -> Iterator[Problem]:
    if not job.datasets:
        yield document.problem("needs at least one dataset", "$.datasets")
    for index, dataset in enumerate(job.datasets):
        for name in dataset.source:
            if name not in job.sources:
                hint = _did_you_mean(name, job.sources)
                path = f"$.datasets[{index}].source"
                yield document.problem(f"there is no source {name!r}", path, hint=hint)


def _check_source(document: Document, source: SourceSpec, path: str) -> Iterator[Problem]:
    if (source.path is None) == (source.url is None):
        yield document.problem("needs either path or url", path)
    if source.url is not None:
        yield from _check_url(document, source.url, f"{path}.url")
    if source.date is not None and not _is_time(source.date):
        yield document.problem("expected a date, 2026-01-31, or a time", f"{path}.date")


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_url(document: Document, url: str, path: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    database = parts.scheme in ("postgresql", "postgres")  # its user is no secret
    if not database and (parts.scheme not in ("http", "https") or not parts.hostname):
        yield document.problem("expected http(s)://… or postgresql://…", path)
    if (parts.username and not database) or parts.password:
        yield document.problem("secrets do not belong in a job", path, hint=_NAME_IT)
    for name, _ in parse_qsl(parts.query):
        if name.casefold().replace("_", "").replace("-", "") in _SECRET_PARAMETERS:
            message = f"the secret {name} does not belong in a job"
            yield document.problem(message, path, hint=_NAME_IT)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = nearest(word, known)
    return f"did you mean {close!r}?" if close else f"there are: {', '.join(known)}"


def _explain(error: BaseException, kind: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [one.name for one in fields(error.cl)]
        return "; ".join(
            f"unknown key {key!r}, {_did_you_mean(key, known)}"
            for key in sorted(error.extra_fields)
        )
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error) if isinstance(error, ValueError) else f"expected {kind}"


def _problem(document: Document, message: str) -> Problem:
    text, _, path = message.rpartition(" @ ")
    path = path.replace("['", ".").replace("']", "")
    return document.problem(text, path)


def _converter(folder: Path) -> cattrs.Converter:
    """Text trees to dataclasses: unknown keys refused, paths made relative to ``folder``."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(Path, lambda value, _: _path(_text(value), folder))
    converter.register_structure_hook(str, lambda value, _: _text(value))
    converter.register_structure_hook(bool, lambda value, _: _boolean(_text(value)))
    converter.register_structure_hook(int, lambda value, _: _number(_text(value), int))
    converter.register_structure_hook(float, lambda value, _: _number(_text(value), float))
    converter.register_structure_hook_func(_is_literal, _one_of)
    converter.register_structure_hook_func(
        lambda kind: kind == list[str], lambda value, _: _texts(value)
    )
    for kind in (
        GeoQuery,
        NgsiSpec,
        HttpSpec,
        SensorThingsSpec,
        LdesSpec,
        EdrSpec,
        SourceSpec,
        CrsSpec,
        GeometrySpec,
        SplitSpec,
        GmlSpec,
        CsvSpec,
        GeoJsonSpec,
        NgsiLdSpec,
        OptionsSpec,
        OutputSpec,
        LimitsSpec,
        DatasetSpec,
        *reversed(FORMS),
    ):
        converter.register_structure_hook(kind, make_dict_structure_fn(kind, converter))
    not_in_the_document = override(omit=True)
    converter.register_structure_hook(
        Job,
        make_dict_structure_fn(Job, converter, name=not_in_the_document, text=not_in_the_document),
    )
    return converter


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("expected a text")
    return value


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise ValueError("expected a list of texts")
    return [_text(one) for one in value]


def _number(text: str, kind: type[Number]) -> Number:
    try:
        return kind(text)
    except ValueError:
        expected = "a whole number" if kind is int else "a number"
        raise ValueError(f"expected {expected}, not {text!r}") from None


def _is_literal(kind: object) -> bool:
    return get_origin(kind) is Literal


def _one_of(value: object, kind: type) -> str:
    text, known = _text(value), get_args(kind)
    if text not in known:
        raise ValueError(f"{text!r} is not one of {', '.join(known)}")
    return text


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false", "yes", "no"):
        raise ValueError("expected true or false")
    return text.lower() in ("true", "yes")


def _in_library(text: str) -> Path:
    try:
        return document_path(Path(text))
    except DocumentError as error:
        found = error.problems[0]
        raise ValueError(f"{found.message}, {found.hint}") from None


def _path(text: str, folder: Path) -> Path:
    if is_library_name(text):
        return _in_library(text)
    return Path(os.path.normpath(folder / Path(text).expanduser()))
