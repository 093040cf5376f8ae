"""DCAT-AP 3.0, GeoDCAT-AP and DCAT-AP HVD 3.0: the record as a graph, Turtle and JSON-LD.

Files are named relative to ``metadata/``, where the documents lie, unless the job says where
the package will be published. Nodes that have no address of their own are named after the
data set (``#contact``), so that the same record gives the same bytes.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, XSD

from commonplace.bounds import Bounds
from commonplace.metadata.dcataccess import distribution, high_value, service
from commonplace.metadata.dcatterms import (
    DEGREES,
    GEODCATAP,
    GEOSPARQL,
    PREFIXES,
    RANGES,
    ROLES,
    VCARD,
    concept,
    part,
)
from commonplace.metadata.record import Record
from commonplace.metadata.vocabulary import (
    AUTHORITY,
    CODE_LISTS,
    FREQUENCIES,
    INSPIRE_LAW,
    PORTAL_LABELS,
    PORTAL_THEMES,
    TERMINOLOGIC,
    THEMES,
    iri,
    theme_label,
    two_letters,
)


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
    """The record as a graph: one ``dcat:Dataset`` with its distributions, or a
    ``dcat:DatasetSeries`` with its members, and its catalogue record.
    """
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    subject = URIRef(record.identifier)
    _kind(graph, subject, record)
    graph.add((subject, DCTERMS.identifier, Literal(record.identifier, datatype=XSD.anyURI)))
    _texts(graph, subject, record)
    _subjects(graph, subject, record)
    _parties(graph, subject, record)
    _rights(graph, subject, record)
    _times(graph, subject, record)
    _space(graph, subject, record)
    _conformity(graph, subject, record)
    for output in () if record.facts.members else record.facts.outputs:
        distribution(graph, subject, record, output)
    for number, link in enumerate(record.form.links, 1):
        if link.kind in ("view", "download") and link.protocol != "http":
            service(graph, subject, record, link, number)
        else:
            landing = DCAT.landingPage if link.kind == "information" else FOAF.page
            graph.add((subject, landing, URIRef(iri(link.url))))
            graph.add((URIRef(iri(link.url)), RDF.type, FOAF.Document))
    _catalogue_record(graph, subject, record)
    _classes(graph)
    return graph


def _kind(graph: Graph, subject: URIRef, record: Record) -> None:
    """A data set, maybe of a series, or a series (DCAT 3, section 6.7)."""
    scope = record.facts.scope
    words = "Spatial data set series" if scope == "series" else "Spatial data set"
    graph.add((subject, DCTERMS.type, concept(graph, f"{CODE_LISTS}/ResourceType/{scope}", words)))
    if record.facts.members:
        graph.add((subject, RDF.type, SERIES))
        for member in record.members:
            node = URIRef(member.identifier)
            graph.add((node, IN_SERIES, subject))
            _named(graph, node, DCAT.Dataset, member, member.title)
        return
    graph.add((subject, RDF.type, DCAT.Dataset))
    if record.series_identifier is not None:
        series = URIRef(record.series_identifier)
        graph.add((subject, IN_SERIES, series))
        _named(graph, series, SERIES, record, record.facts.title)


def _named(graph: Graph, node: URIRef, kind: URIRef, record: Record, title: str) -> None:
    """What a record must say of another resource that it names: class, title, description."""
    tag = two_letters(record.language)
    graph.add((node, RDF.type, kind))
    graph.add((node, DCTERMS.title, Literal(title, lang=tag)))
    about = record.form.abstract or record.facts.description or title
    graph.add((node, DCTERMS.description, Literal(about, lang=tag)))


def _classes(graph: Graph) -> None:
    """Say the class of each value, which the profile's shapes look for in the graph itself."""
    for predicate, kind in RANGES.items():
        for value in set(graph.objects(None, predicate)):
            graph.add((value, RDF.type, kind))


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
        lineage = part(record, "lineage")
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
    tag = two_letters(record.language)
    for word in record.keywords:
        graph.add((subject, DCAT.keyword, Literal(word, lang=tag)))
    for topic in record.topics:
        words = re.sub("([A-Z])", r" \1", topic).capitalize()
        named = concept(graph, f"{CODE_LISTS}/TopicCategory/{topic}", words)
        graph.add((subject, DCTERMS.subject, named))
    for theme in record.facts.themes:
        label = theme_label(theme, record.language)
        if label is None:
            continue
        graph.add((subject, DCAT.theme, concept(graph, f"{THEMES}/{theme}", label, tag)))
        for portal in PORTAL_THEMES.get(theme, ("ENVI",)):
            uri = f"{AUTHORITY}/data-theme/{portal}"
            graph.add((subject, DCAT.theme, concept(graph, uri, PORTAL_LABELS[portal])))
    high_value(graph, subject, record)


def _parties(graph: Graph, subject: URIRef, record: Record) -> None:
    contact = record.form.contact
    if contact.organisation is None:
        return
    tag = two_letters(record.language)
    agent, card = part(record, "organisation"), part(record, "contact")
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
        address = URIRef(iri(f"mailto:{contact.email}"))
        graph.add((card, VCARD.hasEmail, address))
        graph.add((agent, FOAF.mbox, address))
    if contact.url is not None:
        graph.add((card, VCARD.hasURL, URIRef(iri(contact.url))))
        graph.add((agent, FOAF.homepage, URIRef(iri(contact.url))))


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
        period = part(record, "period")
        graph.add((subject, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, Literal(stated.begin, datatype=XSD.date)))
        if stated.end is not None:
            graph.add((period, DCAT.endDate, Literal(stated.end, datatype=XSD.date)))


def _space(graph: Graph, subject: URIRef, record: Record) -> None:
    if record.facts.extent is not None:
        place = part(record, "extent")
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
    kind = f"{_GLOSSARY}/SpatialReferenceSystem"
    named = concept(graph, kind, "Spatial Reference System")
    graph.add((URIRef(uri), DCTERMS.type, named))


SERIES: Final = URIRef(f"{DCAT}DatasetSeries")  # DCAT 3; rdflib knows DCAT 2
IN_SERIES: Final = URIRef(f"{DCAT}inSeries")
_GLOSSARY: Final = "http://inspire.ec.europa.eu/glossary"


def wkt(box: Bounds) -> str:
    """A box as WKT, longitude first (CRS84 by GeoSPARQL's default)."""
    west, south, east, north = (f"{one:.6f}" for one in box)
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({','.join(f'{x} {y}' for x, y in ring)}))"


def _conformity(graph: Graph, subject: URIRef, record: Record) -> None:
    """GeoDCAT-AP: an activity whose result is the degree; ``dct:conformsTo`` only where true."""
    for address in record.facts.schema_uris:
        graph.add((subject, DCTERMS.conformsTo, URIRef(address)))
    if not record.facts.themes:
        return
    law = URIRef(INSPIRE_LAW)
    test, result = part(record, "conformity"), part(record, "conformity-result")
    plan, use = part(record, "conformity-plan"), part(record, "conformity-association")
    uri = f"{CODE_LISTS}/DegreeOfConformity/{DEGREES[record.conformity]}"
    degree = concept(graph, uri, record.conformity.capitalize())
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


def _catalogue_record(graph: Graph, subject: URIRef, record: Record) -> None:
    node = URIRef(f"urn:uuid:{record.file_identifier}#record")
    graph.add((node, RDF.type, DCAT.CatalogRecord))
    graph.add((node, FOAF.primaryTopic, subject))
    graph.add((node, DCTERMS.modified, Literal(record.date, datatype=XSD.date)))
    graph.add((node, DCTERMS.identifier, Literal(record.file_identifier)))
    graph.add((node, DCTERMS.language, _language(record.language)))
