"""One data set as metadata see it: from the job's form, the data, the model and the licence.

The writers (ISO 19139, DCAT, OGC API Records) only write; what is derived, and what is
missing, is decided here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import quote

from commonplace.bounds import Bounds
from commonplace.metadata.vocabulary import (
    NETWORKS,
    TOPICS,
    HighValue,
    bibliographic,
    high_value,
    iri,
    licence_of,
    theme_label,
)
from commonplace.metadataform import AboutSpec, LinkSpec, MetadataSpec, TranslationSpec, Verdict
from commonplace.report import Finding, OutputFile, Severity

OF_THE_JOB: Final = ("contact.organisation", "contact.email", "limitations")
NAMES: Final = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562's, for URLs


@dataclass(frozen=True, slots=True)
class Checked:
    """What validation made of a data set's GML: how many errors, and whose verdict it is.

    ``schemas`` says that the official XSDs were at hand.
    """

    errors: int
    schemas: bool
    validator: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a data set without asking anyone.

    ``extent`` is (west, south, east, north) in degrees; ``crs`` are the URIs of the CRSs
    that its files are in; ``theme`` is INSPIRE's code, None for entity models; ``schema``
    the model's key, ``schema_title`` its name. ``siblings`` says that the job makes other
    data sets too; ``series`` names the series of all, which has ``members``.
    """

    name: str
    job: str
    title: str
    description: str | None
    namespace: str
    language: str
    schema: str
    schema_title: str
    schema_uri: str
    theme: str | None
    licence: str
    attribution: str
    as_of: str
    lineage: str
    outputs: tuple[OutputFile, ...]
    crs: tuple[str, ...]
    extent: Bounds | None
    siblings: bool = False
    checked: Checked | None = None
    series: str | None = None
    series_namespace: str = ""
    members: tuple[Facts, ...] = ()

    @property
    def themes(self) -> tuple[str, ...]:
        """INSPIRE's themes, of a series those of its members."""
        found = [one.theme for one in self.members] or [self.theme]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    @property
    def schema_uris(self) -> tuple[str, ...]:
        """The models' addresses, of a series those of its members."""
        found = [one.schema_uri for one in self.members] or [self.schema_uri]
        return tuple(dict.fromkeys(found))

    @property
    def scope(self) -> str:
        """``series`` or ``dataset``, as ISO 19115 calls them."""
        return "series" if self.members else "dataset"


@dataclass(frozen=True, slots=True)
class Record:
    """A complete record: ``None`` is what nobody stated. See :class:`Facts` for the rest."""

    facts: Facts
    form: MetadataSpec
    title: str
    abstract: str | None
    identifier: str
    file_identifier: str
    languages: tuple[str, ...]
    keywords: tuple[str, ...]
    topics: tuple[str, ...]
    lineage: str | None
    conformity: Verdict
    high_value: HighValue | None
    translations: dict[str, TranslationSpec] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.form.language

    @property
    def date(self) -> str:
        """The day of the state that the package holds."""
        return self.facts.as_of[:10]

    @property
    def is_network(self) -> bool:
        """Whether the model has types of INSPIRE's Generic Network Model."""
        return any(
            one.theme is not None and one.schema.startswith(NETWORKS)
            for one in self.facts.members or (self.facts,)
        )

    @property
    def parent(self) -> str | None:
        """The file identifier of the series that the data set belongs to."""
        facts = self._series
        return None if facts is None else str(_uuid(facts))

    @property
    def explanation(self) -> str:
        """Why the conformity is as stated: the models, and who checked what."""
        parts = [str(self.conformity), ", ".join(self.facts.schema_uris)]
        for one in self.facts.members or (self.facts,):
            if one.checked is not None:
                schemas = "with" if one.checked.schemas else "without"
                parts.append(
                    f"{one.name}: {one.checked.validator} found {one.checked.errors} errors in"
                    f" its GML, {schemas} the official XSDs"
                )
        return "; ".join(parts)

    @property
    def series_identifier(self) -> str | None:
        """The identifier of that series."""
        facts = self._series
        return None if facts is None else _identifier(self.form, facts)

    @property
    def members(self) -> list[Record]:
        """The records of a series' data sets."""
        return [make_record(self.form, one) for one in self.facts.members]

    @property
    def _series(self) -> Facts | None:
        facts = self.facts
        if facts.series is None:
            return None
        return replace(facts, name=facts.series, namespace=facts.series_namespace)

    @property
    def dates(self) -> list[tuple[str, str]]:
        """(ISO 8601 date, type); without a stated revision the package is one."""
        form = self.form
        found = [
            (form.created, "creation"),
            (form.published, "publication"),
            (form.revised or self.date, "revision"),
        ]
        return [(date, kind) for date, kind in found if date is not None]

    @property
    def links(self) -> list[LinkSpec]:
        """The links of the form, and the package's files where they will be published."""
        base = self.form.published_at
        if base is None:
            return self.form.links
        files = [
            LinkSpec(f"{base.rstrip('/')}/{quote(one.path)}", "download", "http", one.path)
            for one in self.facts.outputs
        ]
        return [*self.form.links, *files]


def make_record(form: MetadataSpec, facts: Facts) -> Record:
    """Put a record together; see :func:`missing` for what it lacks."""
    about = form.datasets.get(facts.name, AboutSpec())
    theme = facts.theme if facts.theme and theme_label(facts.theme, "eng") else None
    usual = [TOPICS[one] for one in dict.fromkeys(facts.themes) if one in TOPICS]
    spoken = form.languages or ([facts.language] if facts.language not in ("", "und") else [])
    category = high_value(theme) if theme and form.high_value is not False else None
    return Record(
        facts=facts,
        form=form,
        title=about.title or _title(facts, form.language, theme),
        abstract=about.abstract or form.abstract or facts.description,
        identifier=iri(about.identifier) if about.identifier else _identifier(form, facts),
        file_identifier=str(_uuid(facts)),
        languages=tuple(dict.fromkeys(bibliographic(one) for one in spoken)),
        keywords=tuple(dict.fromkeys([*form.keywords, *about.keywords])),
        topics=tuple(about.topics or form.topics or dict.fromkeys(usual)),
        lineage=_lineage(form, about, facts),
        conformity=_conformity(form, about, facts),
        high_value=category,
        translations=_translations(form, about, facts, theme),
    )


def series_of(name: str, members: Sequence[Facts], title: str) -> Facts:
    """All data sets of a job as one series."""
    first = members[0]
    boxes = [one.extent for one in members if one.extent is not None]
    west, south, east, north = zip(*boxes, strict=True) if boxes else ((), (), (), ())
    lineages = dict.fromkeys(one.lineage for one in members if one.lineage)
    return replace(
        first,
        name=name,
        namespace=first.series_namespace,
        title=title,
        schema_title=", ".join(dict.fromkeys(one.schema_title for one in members)),
        theme=None,
        lineage=" ".join(lineages),
        outputs=tuple(output for one in members for output in one.outputs),
        crs=tuple(dict.fromkeys(uri for one in members for uri in one.crs)),
        extent=(min(west), min(south), max(east), max(north)) if boxes else None,
        siblings=False,
        series=None,
        members=tuple(members),
    )


def _translations(
    form: MetadataSpec, about: AboutSpec, facts: Facts, theme: str | None
) -> dict[str, TranslationSpec]:
    """A data set's own title in one language only is not mixed with the job's in another."""
    merged: dict[str, TranslationSpec] = {}
    for language in sorted({*form.translations, *about.translations}):
        if language == form.language:
            continue
        common = form.translations.get(language, TranslationSpec())
        own = about.translations.get(language, TranslationSpec())
        title = own.title
        if title is None and about.title is None and common.title is not None:
            title = _title(replace(facts, title=common.title), language, theme)
        abstract = own.abstract or (common.abstract if about.abstract is None else None)
        merged[language] = TranslationSpec(title, abstract)
    return merged


def _title(facts: Facts, language: str, theme: str | None) -> str:
    if not facts.siblings:
        return facts.title
    label = theme_label(theme, language) if theme else None
    return f"{facts.title}: {label or facts.name}"


def _uuid(facts: Facts) -> uuid.UUID:
    return uuid.uuid5(NAMES, f"{facts.namespace}/{facts.job}/{facts.name}")


def _identifier(form: MetadataSpec, facts: Facts) -> str:
    if form.identifier is not None:
        return iri(f"{form.identifier.rstrip('/')}/{quote(facts.name, safe='')}")
    return f"urn:uuid:{_uuid(facts)}"


def _conformity(form: MetadataSpec, about: AboutSpec, facts: Facts) -> Verdict:
    """What the job says; of a document that breaks its schema, that it doesn't conform.

    A document without errors may still not conform: nobody looked at all that the law asks.
    """
    stated = about.conformity or form.conformity
    checked = [one.checked for one in facts.members or (facts,) if one.checked is not None]
    return "not conformant" if any(one.errors for one in checked) else stated


def _lineage(form: MetadataSpec, about: AboutSpec, facts: Facts) -> str | None:
    return about.lineage or form.lineage or facts.lineage or None


def missing(record: Record) -> Iterator[Finding]:
    """What a record must or should have and nobody stated, with what to write in the job."""
    form, facts = record.form, record.facts
    contact = "metadata.contact."
    wanted = [
        (record.abstract, "abstract", "C.9", "metadata.abstract: what is in the data set"),
        (
            form.contact.organisation,
            "contact.organisation",
            "C.6, C.10",
            f"{contact}organisation: who answers for the data",
        ),
        (
            form.contact.email,
            "contact.email",
            "C.6, C.10",
            f"{contact}email: the organisation's address, no person's",
        ),
        (
            form.limitations,
            "limitations",
            "C.17",
            "metadata.limitations: none, or the letter of Article 13(1) (1a … 1h)",
        ),
        (record.lineage, "lineage", "1.11", "metadata.lineage: where the data come from"),
        (record.languages, "languages", "1.6", "metadata.languages: [deu], or zxx without text"),
        (record.topics, "topics", "1.7", "metadata.topics: [location]"),
        (facts.extent, "extent", "C.19", "no geometry was written, so no extent is known"),
    ]
    for value, name, requirement, fix in wanted:
        if value is None or value == ():
            yield Finding(
                code="METADATA_MISSING",
                severity=Severity.WARNING,
                message=f"the record lacks {name} (INSPIRE metadata, TG requirement {requirement})",
                layer=None if name in OF_THE_JOB else facts.name,
                attribute=name,
                fix=fix if name == "extent" else f"write in the job: {fix}",
            )
    if form.identifier is None and record.identifier.startswith("urn:uuid:"):
        yield _told(
            "METADATA_IDENTIFIER_MADE",
            "identifier",
            "data sets are named by a UUID made of their namespace and name",
            record.identifier,
            "state metadata.identifier: an address of yours, below which they are named",
        )
    if licence_of(facts.licence) is None:
        yield _told(
            "METADATA_LICENCE_UNKNOWN",
            "licence",
            f"{facts.licence!r} is no licence with a known address, so portals can't compare it",
            facts.licence,
            "state an SPDX identifier (CC-BY-4.0) or the licence's address as licence",
        )


def _told(code: str, attribute: str, message: str, value: str, fix: str) -> Finding:
    return Finding(code, Severity.INFO, message, attribute=attribute, value=value, fix=fix)
