"""The job as values: which sources, which mappings, which CRS, which package.

Secrets never stand in a job: ``token_env`` names the environment variable that holds one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from commonplace.bounds import Bounds
from commonplace.metadataform import MetadataSpec

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
class PointsSpec:
    """Which columns of a table without geometry hold coordinates."""

    x: str | None = None
    y: str | None = None
    z: str | None = None


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """Where layers come from. Exactly one of ``path`` and ``url``.

    ``crs`` and ``encoding`` are stated where the source says none or the wrong one;
    ``bbox`` is in ``bbox_crs``; ``where`` are property = value pairs; ``tenant``,
    ``context`` and ``ngsi`` are an NGSI-LD broker's; ``format`` is asked for where a service
    offers several (a word of it: ``geojson``). ``auth`` names a credential that the
    environment, a keyring or QGIS holds. ``filter`` is CQL2, as text or JSON; ``datetime``
    an instant or interval and ``since`` a time after which features changed (OGC API
    Features). ``points`` names the columns of coordinates in a table. ``date`` is the
    source's own, which ``source_date()`` gives in mappings; without it, when its newest file
    was last changed.
    """

    path: Path | None = None
    url: str | None = None
    kind: SourceKind | None = None
    crs: str | None = None
    encoding: str | None = None
    bbox: Bounds | None = None
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
    points: PointsSpec = PointsSpec()
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
    """A job, typed. See :func:`commonplace.jobreading.read_job`.

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
