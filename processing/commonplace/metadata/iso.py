"""ISO 19139 by the INSPIRE technical guidance on metadata 2.x, for data sets and series.

Validates against ISO/TS 19139:2007 (``gmd/gmd.xsd`` 20070417, with GML 3.2.1). Each function
says which TG requirements it answers.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from commonplace.metadata.isoparts import (
    GCO,
    GMD,
    NAMESPACES,
    XSI,
    Element,
    add,
    anchor,
    citation,
    code,
    date,
    free_text,
    language,
    locale,
    party,
    text,
)
from commonplace.metadata.record import Record
from commonplace.metadata.vocabulary import (
    CODE_LISTS,
    HVD_LAW,
    HVD_SCHEME,
    INSPIRE_LAW,
    PROTOCOLS,
    THEMES,
    encoding_of,
    licence_of,
    regulation_title,
    theme_label,
)
from commonplace.metadataform import LinkSpec

SCHEMA: Final = "http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd"
GEMET: Final = ("http://www.eionet.europa.eu/gemet/inspire_themes", "2008-06-01")
GEMET_TITLE: Final = "GEMET - INSPIRE themes, version 1.0"
NETWORK_MODEL: Final = "INSPIRE Data Specifications - Base Models - Generic Network Model"
SERVICE_TYPES: Final = {"view": "View Service", "download": "Download Service"}
NO_LIMITATIONS: Final = {
    "eng": "no limitations to public access",
    "ger": "Es gelten keine Zugriffsbeschränkungen",
    "fre": "Pas de restriction d’accès public",
    "dut": "Geen beperkingen voor publieke toegang",
    "ita": "Nessuna limitazione all’accesso pubblico",
}


def iso_19139(record: Record) -> bytes:
    """The record as a document; the same record gives the same bytes."""
    root = etree.Element(f"{{{GMD}}}MD_Metadata", nsmap=NAMESPACES)
    root.set(f"{{{XSI}}}schemaLocation", f"{GMD} {SCHEMA}")
    text(root, "fileIdentifier", record.file_identifier)
    language(root, "language", record.language)  # C.5
    code(root, "characterSet", "MD_CharacterSetCode", "utf8")
    if record.parent is not None:
        text(root, "parentIdentifier", record.parent)
    code(root, "hierarchyLevel", "MD_ScopeCode", record.facts.scope)  # 1.1
    if record.facts.members:
        text(root, "hierarchyLevelName", record.facts.scope)
    party(root, "contact", record.form.contact, "pointOfContact")  # C.6
    add(root, "dateStamp", "gco:Date").text = record.date  # C.7
    text(root, "metadataStandardName", "ISO 19115")
    text(root, "metadataStandardVersion", "2003/Cor.1:2006")
    for one in record.translations:
        locale(root, one)
    for uri in record.facts.crs:
        _reference_system(root, uri)
    _identification(root, record)
    _distribution(root, record)
    _quality(root, record)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _reference_system(root: Element, uri: str) -> None:
    """2.1, 2.2: the HTTP URI as code, no code space."""
    identifier = add(
        root,
        "referenceSystemInfo",
        "MD_ReferenceSystem",
        "referenceSystemIdentifier",
        "RS_Identifier",
    )
    anchor(identifier, "code", uri, uri)


def _identification(root: Element, record: Record) -> None:
    """1.2, in the order of the schema."""
    form = record.form
    data = add(root, "identificationInfo", "MD_DataIdentification")
    _citation(data, record)
    abstracts = {key: one.abstract for key, one in record.translations.items()}
    free_text(data, "abstract", record.abstract, abstracts)  # C.9
    party(data, "pointOfContact", form.contact, form.contact.role)  # C.10
    if form.update_frequency is not None:
        upkeep = add(data, "resourceMaintenance", "MD_MaintenanceInformation")
        list_name = "MD_MaintenanceFrequencyCode"
        code(upkeep, "maintenanceAndUpdateFrequency", list_name, form.update_frequency)
    _keywords(data, record)
    _use(data, record)
    _access(data, record)
    kind = "vector" if record.facts.extent is not None else "textTable"
    code(data, "spatialRepresentationType", "MD_SpatialRepresentationTypeCode", kind)  # 2.4
    _resolution(data, record)
    for one in record.languages:
        language(data, "language", one)  # 1.6
    if not record.languages:
        add(data, "language").set(f"{{{GCO}}}nilReason", "missing")
    code(data, "characterSet", "MD_CharacterSetCode", "utf8")
    for topic in record.topics:
        add(data, "topicCategory", "MD_TopicCategoryCode").text = topic  # 1.7
    _extent(data, record)


def _citation(data: Element, record: Record) -> None:
    """C.8, C.11-C.13, 1.3."""
    cited = add(data, "citation", "CI_Citation")
    titles = {key: one.title for key, one in record.translations.items()}
    free_text(cited, "title", record.title, titles)
    for day, kind in record.dates:
        date(cited, day, kind)
    identifier = add(cited, "identifier", "MD_Identifier")
    anchor(identifier, "code", record.identifier, record.identifier)


def _keywords(data: Element, record: Record) -> None:
    """1.4, C.15, C.16; high-value data sets by the draft good practice (req_01 to req_05)."""
    themes = {one: theme_label(one, record.language) for one in record.facts.themes}
    labels = {one: label for one, label in themes.items() if label is not None}
    if labels:
        block = add(data, "descriptiveKeywords", "MD_Keywords")
        for theme, label in labels.items():
            anchor(block, "keyword", f"{THEMES}/{theme}", label)
        citation(block, "thesaurusName", (GEMET[0], GEMET_TITLE), GEMET[1])
    if record.high_value is not None:
        law = add(data, "descriptiveKeywords", "MD_Keywords")
        anchor(law, "keyword", HVD_LAW, "High-value dataset")
        block = add(data, "descriptiveKeywords", "MD_Keywords")
        words = record.high_value.labels[record.language]
        anchor(block, "keyword", record.high_value.uri, words)
        title = (HVD_SCHEME, "High-value dataset categories")
        citation(block, "thesaurusName", title, "2023-09-27")
    if record.keywords:
        block = add(data, "descriptiveKeywords", "MD_Keywords")
        for word in record.keywords:
            text(block, "keyword", word)


def _use(data: Element, record: Record) -> None:
    """C.18: the licence, and the name to give."""
    legal = add(data, "resourceConstraints", "MD_LegalConstraints")
    code(legal, "useConstraints", "MD_RestrictionCode", "otherRestrictions")
    licence = licence_of(record.facts.licence)
    if licence is None:
        text(legal, "otherConstraints", record.facts.licence)
    else:
        anchor(legal, "otherConstraints", licence.uri, record.facts.licence)
    text(legal, "otherConstraints", record.facts.attribution)


def _access(data: Element, record: Record) -> None:
    """C.17."""
    legal = add(data, "resourceConstraints", "MD_LegalConstraints")
    code(legal, "accessConstraints", "MD_RestrictionCode", "otherRestrictions")
    limitation = record.form.limitations
    base = f"{CODE_LISTS}/LimitationsOnPublicAccess"
    if limitation is None:
        text(legal, "otherConstraints", None)
    elif limitation == "none":
        words = NO_LIMITATIONS[record.language]
        anchor(legal, "otherConstraints", f"{base}/noLimitations", words)
    else:
        words = f"INSPIRE Directive, Article 13(1)({limitation[-1]})"
        uri = f"{base}/INSPIRE_Directive_Article13_{limitation}"
        anchor(legal, "otherConstraints", uri, words)


def _resolution(data: Element, record: Record) -> None:
    """1.5: scale or distance, where one is stated."""
    form = record.form
    if form.scale is not None:
        fraction = add(
            *(data, "spatialResolution", "MD_Resolution", "equivalentScale"),
            "MD_RepresentativeFraction",
        )
        add(fraction, "denominator", "gco:Integer").text = str(form.scale)
    elif form.distance is not None:
        distance = add(data, "spatialResolution", "MD_Resolution", "distance", "gco:Distance")
        distance.set("uom", "m")
        distance.text = f"{form.distance:g}"


def _extent(data: Element, record: Record) -> None:
    """C.19, C.14."""
    box, stated = record.facts.extent, record.form.temporal
    if box is None and stated.begin is None:
        return
    extent = add(data, "extent", "EX_Extent")
    if box is not None:
        bounds = add(extent, "geographicElement", "EX_GeographicBoundingBox")
        west, south, east, north = box
        edges = {
            "westBoundLongitude": west,
            "eastBoundLongitude": east,
            "southBoundLatitude": south,
            "northBoundLatitude": north,
        }
        for name, value in edges.items():
            add(bounds, name, "gco:Decimal").text = f"{value:.6f}"
    if stated.begin is not None:
        period = add(extent, "temporalElement", "EX_TemporalExtent", "extent", "gml:TimePeriod")
        period.set(f"{{{NAMESPACES['gml']}}}id", "period")
        add(period, "gml:beginPosition").text = stated.begin
        end = add(period, "gml:endPosition")
        if stated.end is None:
            end.set("indeterminatePosition", "now")
        else:
            end.text = stated.end


def _distribution(root: Element, record: Record) -> None:
    """2.6, 1.8, 8.1, 8.2."""
    distribution = add(root, "distributionInfo", "MD_Distribution")
    media = {one.format: one.media_type for one in reversed(record.facts.outputs)}
    for name in dict.fromkeys(one.format for one in record.facts.outputs):
        encoding = encoding_of(name)
        if encoding is None:
            continue
        form = add(distribution, "distributionFormat", "MD_Format")
        kind = media[name].partition(";")[0]
        href = f"https://www.iana.org/assignments/media-types/{kind}"
        anchor(form, "name", href, encoding.name)
        version = text(form, "version", encoding.version)
        if encoding.version is None:
            version.set(f"{{{GCO}}}nilReason", "inapplicable")
    for link in record.links:
        _link(distribution, link)


def _link(distribution: Element, link: LinkSpec) -> None:
    online = add(
        *(distribution, "transferOptions", "MD_DigitalTransferOptions", "onLine"),
        "CI_OnlineResource",
    )
    add(online, "linkage", "URL").text = link.url
    anchor(online, "protocol", *PROTOCOLS[link.protocol])
    if link.kind in SERVICE_TYPES and link.protocol != "http":
        uri = f"{CODE_LISTS}/SpatialDataServiceType/{link.kind}"
        anchor(online, "applicationProfile", uri, SERVICE_TYPES[link.kind])
    if link.name is not None:
        text(online, "name", link.name)
    functions = {"download": "download", "discovery": "search"}
    function = functions.get(link.kind, "information")
    code(online, "function", "CI_OnLineFunctionCode", function)


def _quality(root: Element, record: Record) -> None:
    """1.9, 1.10, 1.11, C.20-C.22, 2.8."""
    quality = add(root, "dataQualityInfo", "DQ_DataQuality")
    code(add(quality, "scope", "DQ_Scope"), "level", "MD_ScopeCode", record.facts.scope)
    if record.facts.themes:
        title = (INSPIRE_LAW, regulation_title(record.language))
        explanation = record.explanation
        domain = "DQ_DomainConsistency"
        _conformance(quality, domain, title, "2010-12-08", record.conformity, explanation)
    if record.is_network:
        explanation = "Centreline topology is not assured: it was not checked"
        title_only = (None, NETWORK_MODEL)
        _conformance(
            quality,
            "DQ_TopologicalConsistency",
            title_only,
            "2013-04-05",
            "not conformant",
            explanation,
        )
    lineage = add(quality, "lineage", "LI_Lineage")
    text(lineage, "statement", record.lineage)


def _conformance(
    quality: Element,
    measure: str,
    title: tuple[str | None, str],
    day: str,
    verdict: str,
    explanation: str,
) -> None:
    result = add(quality, "report", measure, "result", "DQ_ConformanceResult")
    citation(result, "specification", title, day)
    text(result, "explanation", explanation)
    passed = add(result, "pass")
    if verdict == "not evaluated":
        passed.set(f"{{{GCO}}}nilReason", "unknown")
    else:
        add(passed, "gco:Boolean").text = str(verdict == "conformant").lower()
