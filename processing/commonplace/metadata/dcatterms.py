"""Namespaces, classes and roles of DCAT-AP, and the nodes that all parts of a record share."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD

from commonplace.metadata.record import Record

DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
GEODCATAP: Final = Namespace("http://data.europa.eu/930/")
GEOSPARQL: Final = Namespace("http://www.opengis.net/ont/geosparql#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
PREFIXES: Final = {
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "geodcatap": GEODCATAP,
    "geo": GEOSPARQL,
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
RANGES: Final = {
    DCATAP.applicableLegislation: ELI.LegalResource,
    DCATAP.hvdCategory: SKOS.Concept,
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS["format"]: DCTERMS.MediaTypeOrExtent,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.subject: SKOS.Concept,
    DCTERMS.type: SKOS.Concept,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    FOAF.primaryTopic: DCAT.Resource,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
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


def concept(graph: Graph, uri: str, label: str, tag: str = "en", scheme: str = "") -> URIRef:
    """A concept with the label that the profile's shapes want; its scheme by default its folder."""
    node = URIRef(uri)
    graph.add((node, RDF.type, SKOS.Concept))
    graph.add((node, SKOS.prefLabel, Literal(label, lang=tag)))
    graph.add((node, SKOS.inScheme, URIRef(scheme or uri.rpartition("/")[0])))
    return node


def part(record: Record, name: str) -> URIRef:
    """A node of the record that has no address of its own."""
    return URIRef(f"{record.identifier}#{quote(name, safe='')}")
