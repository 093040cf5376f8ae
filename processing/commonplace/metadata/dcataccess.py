"""How a data set is had, in DCAT: files, services, licence, and the law on high-value data."""

from __future__ import annotations

from urllib.parse import quote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from commonplace.metadata.dcatterms import DCATAP, SPDX, concept, part
from commonplace.metadata.record import Record
from commonplace.metadata.vocabulary import (
    AUTHORITY,
    HVD_LAW,
    HVD_SCHEME,
    PROTOCOLS,
    encoding_of,
    iri,
    licence_of,
    two_letters,
)
from commonplace.metadataform import LinkSpec
from commonplace.report import OutputFile


def high_value(graph: Graph, node: URIRef, record: Record) -> None:
    """The law that applies, and the category and the one above it (DCAT-AP HVD 3.0)."""
    category = record.high_value
    if category is None:
        return
    tag = two_letters(record.language)
    graph.add((node, DCATAP.applicableLegislation, URIRef(HVD_LAW)))
    both = ((category.uri, category.labels), (category.broader, category.broader_labels))
    for uri, labels in both:
        named = concept(graph, uri, labels[record.language], tag, HVD_SCHEME)
        graph.add((node, DCATAP.hvdCategory, named))


def distribution(graph: Graph, subject: URIRef, record: Record, output: OutputFile) -> None:
    """A file of the package, as a ``dcat:Distribution`` with its checksum."""
    base = record.form.published_at
    root = ".." if base is None else iri(base.rstrip("/"))
    address = f"{root}/{quote(output.path)}"
    node = part(record, output.path.replace("/", "-"))
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
    checksum = part(record, f"{output.path.replace('/', '-')}-checksum")
    graph.add((node, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(output.sha256, datatype=XSD.hexBinary)))
    _licence(graph, node, record)
    if record.high_value is not None:
        graph.add((node, DCATAP.applicableLegislation, URIRef(HVD_LAW)))


def service(graph: Graph, subject: URIRef, record: Record, link: LinkSpec, number: int) -> None:
    """A service that gives access to the data set (of a series: to all), a ``dcat:DataService``."""
    node = part(record, f"service-{number}")
    graph.add((node, RDF.type, DCAT.DataService))
    graph.add((node, DCTERMS.title, Literal(link.name or PROTOCOLS[link.protocol][1])))
    graph.add((node, DCAT.endpointURL, URIRef(iri(link.url))))
    graph.add((node, DCAT.endpointDescription, URIRef(iri(link.url))))
    for served in [URIRef(one.identifier) for one in record.members] or [subject]:
        graph.add((node, DCAT.servesDataset, served))
    graph.add((node, DCTERMS.conformsTo, URIRef(PROTOCOLS[link.protocol][0])))
    for card in list(graph.objects(subject, DCAT.contactPoint)):
        graph.add((node, DCAT.contactPoint, card))
    for link_page in [one.url for one in record.form.links if one.kind == "information"]:
        graph.add((node, FOAF.page, URIRef(iri(link_page))))
    _licence(graph, node, record)
    high_value(graph, node, record)


def _licence(graph: Graph, node: URIRef, record: Record) -> None:
    licence, facts = licence_of(record.facts.licence), record.facts
    known = None if licence is None else licence.authority or licence.uri
    uri = part(record, "licence") if known is None else URIRef(iri(known))
    graph.add((node, DCTERMS.license, uri))
    graph.add((uri, RDF.type, DCTERMS.LicenseDocument))
    if known is None:
        graph.add((uri, RDFS.label, Literal(facts.licence)))
    elif licence is not None and licence.authority is not None:
        graph.add((uri, SKOS.exactMatch, URIRef(iri(licence.uri))))
    rights = part(record, "attribution")
    graph.add((node, DCTERMS.rights, rights))
    graph.add((rights, RDF.type, DCTERMS.RightsStatement))
    graph.add((rights, RDFS.label, Literal(facts.attribution)))
