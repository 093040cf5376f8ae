"""The short form of metadata in a job: what data and model can't tell, all of it optional.

``docs/metadata.md`` explains it line by line. What a record must have and nobody stated is a
finding (``METADATA_MISSING``), never invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

RecordLanguage = Literal["eng", "ger", "fre", "dut", "ita"]
Role = Literal[
    "resourceProvider",
    "custodian",
    "owner",
    "user",
    "distributor",
    "originator",
    "pointOfContact",
    "principalInvestigator",
    "processor",
    "publisher",
    "author",
]
Frequency = Literal[
    "continual",
    "daily",
    "weekly",
    "fortnightly",
    "monthly",
    "quarterly",
    "biannually",
    "annually",
    "asNeeded",
    "irregular",
    "notPlanned",
    "unknown",
]
Topic = Literal[
    "farming",
    "biota",
    "boundaries",
    "climatologyMeteorologyAtmosphere",
    "economy",
    "elevation",
    "environment",
    "geoscientificInformation",
    "health",
    "imageryBaseMapsEarthCover",
    "intelligenceMilitary",
    "inlandWaters",
    "location",
    "oceans",
    "planningCadastre",
    "society",
    "structure",
    "transportation",
    "utilitiesCommunication",
]
Limitation = Literal["none", "1a", "1b", "1c", "1d", "1e", "1f", "1g", "1h"]
Verdict = Literal["conformant", "not conformant", "not evaluated"]
LinkKind = Literal["view", "download", "discovery", "information"]
Protocol = Literal["wms", "wmts", "wfs", "wcs", "sos", "csw", "ogcapi-features", "atom", "http"]


@dataclass(frozen=True, slots=True)
class ContactSpec:
    """Who answers for the data: an organisation and its own e-mail address, no person."""

    organisation: str | None = None
    email: str | None = None
    role: Role = "pointOfContact"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """Where the data set is online: a service, a download, or a page that tells of it."""

    url: str
    kind: LinkKind = "information"
    protocol: Protocol = "http"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TemporalSpec:
    """What time the data speak of, as ISO 8601 dates; without ``end`` up to now."""

    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class TranslationSpec:
    """Title and abstract in another language."""

    title: str | None = None
    abstract: str | None = None


@dataclass(frozen=True, slots=True)
class AboutSpec:
    """What one data set of a job has of its own; it goes before what stands for all."""

    title: str | None = None
    abstract: str | None = None
    lineage: str | None = None
    keywords: list[str] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    identifier: str | None = None
    conformity: Verdict | None = None
    translations: dict[RecordLanguage, TranslationSpec] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MetadataSpec:
    """The form. See the package's ``docs/metadata.md``.

    ``language`` is that of the form's own texts (ISO 639-2/B); ``languages`` those of the
    data (default: the mapping's). ``identifier`` is the URI below which data sets are named,
    ``published_at`` the address that the package's folder will have. ``scale`` is the
    denominator, ``distance`` metres. ``limitations`` on public access: ``none``, or the
    letter of Article 13(1) of Directive 2007/2/EC. ``high_value``: whether the data set is
    tagged by Regulation (EU) 2023/138; by its theme where nothing is said.
    """

    language: RecordLanguage = "eng"
    abstract: str | None = None
    contact: ContactSpec = ContactSpec()
    languages: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    update_frequency: Frequency | None = None
    lineage: str | None = None
    scale: int | None = None
    distance: float | None = None
    temporal: TemporalSpec = TemporalSpec()
    created: str | None = None
    published: str | None = None
    revised: str | None = None
    limitations: Limitation | None = None
    conformity: Verdict = "not evaluated"
    links: list[LinkSpec] = field(default_factory=list)
    identifier: str | None = None
    published_at: str | None = None
    high_value: bool | None = None
    translations: dict[RecordLanguage, TranslationSpec] = field(default_factory=dict)
    datasets: dict[str, AboutSpec] = field(default_factory=dict)


FORMS = (MetadataSpec, ContactSpec, LinkSpec, TemporalSpec, TranslationSpec, AboutSpec)
"""All that a job's reader must refuse unknown keys in."""
