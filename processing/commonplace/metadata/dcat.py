"""DCAT-AP 3.0, GeoDCAT-AP and DCAT-AP HVD 3.0: the record as a graph, Turtle and JSON-LD.

Files are named relative to ``metadata/``, where the documents lie, unless the job says where
the package will be published. Nodes that have no address of their own are named after the
data set (``#contact``), so that the same record gives the same bytes.
"""

from __future__ import annotations

import json
from typing import Any, Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD

from commonplace.metadata.record import Box, Record
from commonplace.metadata.vocabulary import (
    AUTHORITY,
    CODE_LISTS,
    FREQUENCIES,
    HVD_LAW,
    INSPIRE_LAW,
    PORTAL_THEMES,
    TERMINOLOGIC,
    THEMES,
    encoding_of,
    licence_of,
    theme_label,
    two_letters,
)
from commonplace.report import OutputFile

DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
GEODCATAP: Final = Namespace("http://data.europa.eu/930/")
GEOSPARQL: Final = Namespace("http://www.opengis.net/ont/geosparql#")
LOCN: Final = Namespace("http://www.w3.org/ns/locn#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
PREFIXES: Final = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "geodcatap": GEODCATAP,
    "geo": GEOSPARQL,
    "locn": LOCN,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}
DEGREES: Final = {
    "conformant": "conformant",
    "not conformant": "notConformant",
    "not evaluated": "notEvaluated",
}
ROLES: Final = {
    "publisher": DCTERMS.publisher,
    "owner": DCTERMS.rightsHolder,
    "author": DCTERMS.creator,
    "custodian": GEODCATAP.custodian,
    "distributor": GEODCATAP.distributor,
    "originator": GEODCATAP.originator,
    "principalInvestigator": GEODCATAP.principalInvestigator,
    "processor": GEODCATAP.processor,
    "resourceProvider": GEODCATAP.resourceProvider,
    "user": GEODCATAP.user,
}


def turtle(record: Record) -> str:
    """The record as Turtle."""
    return dcat(record).serialize(format="turtle")


def json_ld(record: Record) -> str:
    """The record as JSON-LD, its nodes and their members in order."""
    context = {name: str(namespace) for name, namespace in PREFIXES.items()}
    made = dcat(record).serialize(format="json-ld", context=context, sort_keys=True)
    document: dict[str, Any] = json.loads(made)
    nodes = sorted(document.get("@graph", []), key=lambda node: str(node["@id"]))
    ordered = [{key: _sorted(value) for key, value in node.items()} for node in nodes]
    written = {"@context": context, "@graph": ordered}
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _sorted(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return sorted(value, key=lambda one: json.dumps(one, sort_keys=True))


def dcat(record: Record) -> Graph:
    """The record as a graph of one ``dcat:Dataset``, its distributions and its catalogue record."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    subject = URIRef(record.identifier)
    graph.add((subject, RDF.type, DCAT.Dataset))
    graph.add((subject, DCTERMS.type, URIRef(f"{CODE_LISTS}/ResourceType/dataset")))
    graph.add((subject, DCTERMS.identifier, Literal(record.identifier, datatype=XSD.anyURI)))
    _texts(graph, subject, record)
    _subjects(graph, subject, record)
    _parties(graph, subject, record)
    _rights(graph, subject, record)
    _times(graph, subject, record)
    _space(graph, subject, record)
    _conformity(graph, subject, record)
    for output in record.facts.outputs:
        _distribution(graph, subject, record, output)
    for link in record.form.links:
        landing = DCAT.landingPage if link.kind == "information" else FOAF.page
        graph.add((subject, landing, URIRef(link.url)))
        graph.add((URIRef(link.url), RDF.type, FOAF.Document))
    _catalogue_record(graph, subject, record)
    return graph


def _part(record: Record, name: str) -> URIRef:
    return URIRef(f"{record.identifier}#{name}")


def _texts(graph: Graph, subject: URIRef, record: Record) -> None:
    tag = two_letters(record.language)
    graph.add((subject, DCTERMS.title, Literal(record.title, lang=tag)))
    if record.abstract is not None:
        graph.add((subject, DCTERMS.description, Literal(record.abstract, lang=tag)))
    for language, other in record.translations.items():
        pairs = ((DCTERMS.title, other.title), (DCTERMS.description, other.abstract))
        for predicate, words in pairs:
            if words is not None:
                graph.add((subject, predicate, Literal(words, lang=two_letters(language))))
    if record.lineage is not None:
        lineage = _part(record, "lineage")
        graph.add((subject, DCTERMS.provenance, lineage))
        graph.add((lineage, RDF.type, DCTERMS.ProvenanceStatement))
        graph.add((lineage, RDFS.label, Literal(record.lineage, lang=tag)))
    for one in record.languages:
        if one != "zxx":
            graph.add((subject, DCTERMS.language, _language(one)))


def _language(code: str) -> URIRef:
    uri = f"{AUTHORITY}/language/{TERMINOLOGIC.get(code, code).upper()}"
    return URIRef(uri)


def _subjects(graph: Graph, subject: URIRef, record: Record) -> None:
    tag, theme = two_letters(record.language), record.facts.theme
    for word in record.keywords:
        graph.add((subject, DCAT.keyword, Literal(word, lang=tag)))
    for topic in record.topics:
        graph.add((subject, DCTERMS.subject, URIRef(f"{CODE_LISTS}/TopicCategory/{topic}")))
    label = theme_label(theme, record.language) if theme else None
    if theme is not None and label is not None:
        uri = URIRef(f"{THEMES}/{theme}")
        graph.add((subject, DCAT.theme, uri))
        graph.add((uri, RDF.type, SKOS.Concept))
        graph.add((uri, SKOS.prefLabel, Literal(label, lang=tag)))
        graph.add((uri, SKOS.inScheme, URIRef(THEMES)))
        for portal in PORTAL_THEMES.get(theme, ("ENVI",)):
            graph.add((subject, DCAT.theme, URIRef(f"{AUTHORITY}/data-theme/{portal}")))
    if record.high_value is not None:
        graph.add((subject, DCATAP.applicableLegislation, URIRef(HVD_LAW)))
        graph.add((subject, DCATAP.hvdCategory, URIRef(record.high_value.uri)))
        graph.add((subject, DCATAP.hvdCategory, URIRef(record.high_value.broader)))


def _parties(graph: Graph, subject: URIRef, record: Record) -> None:
    contact = record.form.contact
    if contact.organisation is None:
        return
    tag = two_letters(record.language)
    agent, card = _part(record, "organisation"), _part(record, "contact")
    predicates = {DCTERMS.publisher, ROLES.get(contact.role, DCTERMS.publisher)}
    for predicate in predicates:
        graph.add((subject, predicate, agent))
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal(contact.organisation, lang=tag)))
    graph.add((subject, DCAT.contactPoint, card))
    graph.add((card, RDF.type, VCARD.Kind))
    graph.add((card, RDF.type, VCARD.Organization))
    graph.add((card, VCARD.fn, Literal(contact.organisation, lang=tag)))
    if contact.email is not None:
        address = URIRef(f"mailto:{contact.email}")
        graph.add((card, VCARD.hasEmail, address))
        graph.add((agent, FOAF.mbox, address))
    if contact.url is not None:
        graph.add((card, VCARD.hasURL, URIRef(contact.url)))
        graph.add((agent, FOAF.homepage, URIRef(contact.url)))


def _rights(graph: Graph, subject: URIRef, record: Record) -> None:
    limitation = record.form.limitations
    if limitation is None:
        return
    access = "PUBLIC" if limitation == "none" else "RESTRICTED"
    graph.add((subject, DCTERMS.accessRights, URIRef(f"{AUTHORITY}/access-right/{access}")))


def _times(graph: Graph, subject: URIRef, record: Record) -> None:
    kinds = {
        "creation": DCTERMS.created,
        "publication": DCTERMS.issued,
        "revision": DCTERMS.modified,
    }
    for day, kind in record.dates:
        graph.add((subject, kinds[kind], Literal(day, datatype=XSD.date)))
    if record.form.update_frequency is not None:
        name = FREQUENCIES[record.form.update_frequency]
        graph.add((subject, DCTERMS.accrualPeriodicity, URIRef(f"{AUTHORITY}/frequency/{name}")))
    stated = record.form.temporal
    if stated.begin is not None:
        period = _part(record, "period")
        graph.add((subject, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, Literal(stated.begin, datatype=XSD.date)))
        if stated.end is not None:
            graph.add((period, DCAT.endDate, Literal(stated.end, datatype=XSD.date)))


def _space(graph: Graph, subject: URIRef, record: Record) -> None:
    if record.facts.extent is not None:
        place = _part(record, "extent")
        graph.add((subject, DCTERMS.spatial, place))
        graph.add((place, RDF.type, DCTERMS.Location))
        box = Literal(wkt(record.facts.extent), datatype=GEOSPARQL.wktLiteral)
        graph.add((place, DCAT.bbox, box))
        west, south, east, north = record.facts.extent
        middle = f"POINT({(west + east) / 2:.6f} {(south + north) / 2:.6f})"
        graph.add((place, DCAT.centroid, Literal(middle, datatype=GEOSPARQL.wktLiteral)))
    for uri in record.facts.crs:
        _reference_system(graph, subject, uri)
    if record.form.distance is not None:
        metres = Literal(f"{record.form.distance:g}", datatype=XSD.decimal)
        graph.add((subject, DCAT.spatialResolutionInMeters, metres))
    if record.form.scale is not None:
        scale = Literal(f"1:{record.form.scale}")
        graph.add((subject, GEODCATAP.spatialResolutionAsText, scale))


def _reference_system(graph: Graph, subject: URIRef, uri: str) -> None:
    graph.add((subject, DCTERMS.conformsTo, URIRef(uri)))
    graph.add((URIRef(uri), RDF.type, DCTERMS.Standard))
    graph.add((URIRef(uri), DCTERMS.type, URIRef(f"{_GLOSSARY}/SpatialReferenceSystem")))


_GLOSSARY: Final = "http://inspire.ec.europa.eu/glossary"


def wkt(box: Box) -> str:
    """A box as WKT, longitude first (CRS84 by GeoSPARQL's default)."""
    west, south, east, north = (f"{one:.6f}" for one in box)
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({','.join(f'{x} {y}' for x, y in ring)}))"


def _conformity(graph: Graph, subject: URIRef, record: Record) -> None:
    """GeoDCAT-AP: an activity whose result is the degree; ``dct:conformsTo`` only where true."""
    graph.add((subject, DCTERMS.conformsTo, URIRef(record.facts.schema_uri)))
    if record.facts.theme is None:
        return
    law = URIRef(INSPIRE_LAW)
    test, result = _part(record, "conformity"), _part(record, "conformity-result")
    plan, use = _part(record, "conformity-plan"), _part(record, "conformity-association")
    degree = URIRef(f"{CODE_LISTS}/DegreeOfConformity/{DEGREES[record.conformity]}")
    graph.add((subject, PROV.wasUsedBy, test))
    graph.add((test, RDF.type, PROV.Activity))
    graph.add((test, PROV.generated, result))
    graph.add((result, RDF.type, PROV.Entity))
    graph.add((result, DCTERMS.type, degree))
    graph.add((test, PROV.qualifiedAssociation, use))
    graph.add((use, RDF.type, PROV.Association))
    graph.add((use, PROV.hadPlan, plan))
    graph.add((plan, RDF.type, PROV.Plan))
    graph.add((plan, PROV.wasDerivedFrom, law))
    if record.conformity == "conformant":
        graph.add((subject, DCTERMS.conformsTo, law))


def _distribution(graph: Graph, subject: URIRef, record: Record, output: OutputFile) -> None:
    base = record.form.published_at
    address = f"../{output.path}" if base is None else f"{base.rstrip('/')}/{output.path}"
    node = _part(record, output.path.replace("/", "-"))
    graph.add((subject, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(output.path.rsplit("/", 1)[-1])))
    graph.add((node, DCAT.accessURL, URIRef(address)))
    graph.add((node, DCAT.downloadURL, URIRef(address)))
    media = output.media_type.partition(";")[0]
    iana = f"https://www.iana.org/assignments/media-types/{media}"
    graph.add((node, DCAT.mediaType, URIRef(iana)))
    encoding = encoding_of(output.format)
    if encoding is not None and encoding.file_type is not None:
        file_type = URIRef(f"{AUTHORITY}/file-type/{encoding.file_type}")
        graph.add((node, DCTERMS["format"], file_type))
    graph.add((node, DCAT.byteSize, Literal(output.size, datatype=XSD.nonNegativeInteger)))
    checksum = _part(record, f"{output.path.replace('/', '-')}-checksum")
    graph.add((node, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(output.sha256, datatype=XSD.hexBinary)))
    _licence(graph, node, record)
    if record.high_value is not None:
        graph.add((node, DCATAP.applicableLegislation, URIRef(HVD_LAW)))


def _licence(graph: Graph, node: URIRef, record: Record) -> None:
    licence, facts = licence_of(record.facts.licence), record.facts
    known = None if licence is None else licence.authority or licence.uri
    uri = _part(record, "licence") if known is None else URIRef(known)
    graph.add((node, DCTERMS.license, uri))
    graph.add((uri, RDF.type, DCTERMS.LicenseDocument))
    if known is None:
        graph.add((uri, RDFS.label, Literal(facts.licence)))
    elif licence is not None and licence.authority is not None:
        graph.add((uri, SKOS.exactMatch, URIRef(licence.uri)))
    rights = _part(record, "attribution")
    graph.add((node, DCTERMS.rights, rights))
    graph.add((rights, RDF.type, DCTERMS.RightsStatement))
    graph.add((rights, RDFS.label, Literal(facts.attribution)))


def _catalogue_record(graph: Graph, subject: URIRef, record: Record) -> None:
    node = URIRef(f"urn:uuid:{record.file_identifier}#record")
    graph.add((node, RDF.type, DCAT.CatalogRecord))
    graph.add((node, FOAF.primaryTopic, subject))
    graph.add((node, DCTERMS.modified, Literal(record.date, datatype=XSD.date)))
    graph.add((node, DCTERMS.identifier, Literal(record.file_identifier)))
    graph.add((node, DCTERMS.language, _language(record.language)))
    graph.add((node, DCTERMS.source, URIRef(f"{record.facts.name}.xml")))
