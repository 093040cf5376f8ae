"""Metadata of data sets: every requirement that applies, valid, and nothing made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, SKOS, XSD

import build_metadata
from commonplace import metadata
from commonplace.errors import DocumentError
from commonplace.jobreading import parse_job
from commonplace.metadata.dcat import dcat
from commonplace.metadata.dcatterms import DCATAP, RANGES, SPDX, VCARD
from commonplace.metadata.isoparts import NAMESPACES
from commonplace.metadata.vocabulary import (
    HVD_LAW,
    INSPIRE_LAW,
    THEMES,
    TOPICS,
    high_value,
    theme_label,
)
from commonplace.metadataform import (
    AboutSpec,
    ContactSpec,
    LinkSpec,
    MetadataSpec,
    TemporalSpec,
    TranslationSpec,
)
from commonplace.report import OutputFile, Severity
from support.xsd import local_schema

FACTS = metadata.Facts(
    name="buildings",
    job="town",
    title="Buildings of Lindenau",
    description=None,
    namespace="IT.EXAMPLE.BU",
    language="deu",
    schema="bu-core2d/4.0",
    schema_title="Buildings2D",
    schema_uri="http://inspire.ec.europa.eu/schemas/bu-core2d/4.0",
    theme="bu",
    licence="CC-BY-4.0",
    attribution="Town of Lindenau",
    as_of="2026-11-24T00:00:00Z",
    lineage="Surveyed outlines.",
    outputs=(
        OutputFile("data/buildings.gml", "gml", "application/gml+xml; version=3.2", size=10),
        OutputFile("data/buildings_A.csv", "csv", "text/csv; charset=utf-8", sha256="ab" * 32),
        OutputFile("data/buildings_B.csv", "csv", "text/csv; charset=utf-8"),
    ),
    crs=(
        "http://www.opengis.net/def/crs/EPSG/0/4258",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ),
    extent=(11.1, 46.2, 11.25, 46.5),
)
FORM = MetadataSpec(
    abstract="All buildings & their use.",
    contact=ContactSpec("Town of Lindenau", "geo@lindenau.example", "owner", "https://l.example/"),
    languages=["deu", "ita"],
    keywords=["houses"],
    update_frequency="monthly",
    scale=1000,
    temporal=TemporalSpec("2020-01-01"),
    created="2019-03-01",
    published="2020-02-01",
    limitations="none",
    links=[
        LinkSpec("https://l.example/wms?service=WMS&request=GetCapabilities", "view", "wms", "Map"),
        LinkSpec("https://l.example/ogcapi/", "download", "ogcapi-features"),
    ],
    identifier="https://l.example/id/",
    translations={"ger": TranslationSpec("Gebäude von Lindenau", "Alle Gebäude.")},
)
EMPTY = MetadataSpec()


def made(form: MetadataSpec = FORM, **facts: Any) -> metadata.Record:
    return metadata.make_record(form, replace(FACTS, **facts))


def xml(record: metadata.Record) -> etree._Element:
    return etree.fromstring(metadata.iso_19139(record))


def found(root: etree._Element, path: str) -> list[str]:
    """Texts and attribute values at an XPath, stripped."""
    nodes = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(nodes, list)
    return [
        one.strip() if isinstance(one, str) else str(one.xpath("normalize-space(.)"))
        for one in nodes
        if isinstance(one, str | etree._Element)
    ]


def town() -> tuple[metadata.Record, list[metadata.Record]]:
    """A series of buildings and addresses, and their own records."""
    buildings = replace(FACTS, siblings=True, series="series", series_namespace="IT.EXAMPLE")
    addresses = replace(
        buildings,
        name="addresses",
        namespace="IT.EXAMPLE.AD",
        schema="ad/4.0",
        schema_uri="http://inspire.ec.europa.eu/schemas/ad/4.0",
        theme="ad",
        lineage="The register.",
        extent=(11.0, 46.3, 11.2, 46.6),
    )
    members = [buildings, addresses]
    whole = metadata.series_of("series", members, "Town")
    records = [metadata.make_record(FORM, one) for one in members]
    return metadata.make_record(FORM, whole), records


@pytest.fixture(scope="module")
def gmd(shared: Path) -> etree.XMLSchema:
    address = "http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd"
    gmx = address.replace("gmd/gmd", "gmx/gmx")
    folder = shared / "inspire" / "schemas"
    driver = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
    for name, location in (("gmd", address), ("gmx", gmx)):
        local = local_schema(location, folder).as_uri()
        driver += f"<xs:import namespace='{NAMESPACES[name]}' schemaLocation='{local}'/>"
    parser = etree.XMLParser(no_network=True)
    return etree.XMLSchema(etree.fromstring(driver + "</xs:schema>", parser))


VARIANTS = {
    "full": made(),
    "empty": made(EMPTY),
    "no geometry": made(extent=None, crs=()),
    "unknown language": made(EMPTY, language="und"),
    "network": made(schema="tn-ro/5.0", theme="tn"),
    "entities": made(schema="sdm/Building", theme=None),
    "restricted": made(replace(FORM, limitations="1d", scale=None, distance=0.5)),
    "ended": made(replace(FORM, temporal=TemporalSpec("2020-01-01", "2020-12-31"))),
    "unknown licence": made(licence="Town licence 3"),
    "published": made(replace(FORM, published_at="https://l.example/p/")),
    "odd names": made(
        replace(FORM, published_at="https://l.example/my data/"),
        name="Häuser <& Höfe>",
        outputs=(OutputFile("data/Häuser & Höfe.gml", "gml", "application/gml+xml"),),
        licence="https://l.example/licence of ours",
    ),
    **{one: made(replace(FORM, language=one)) for one in ("eng", "ger", "fre", "dut", "ita")},
}


@pytest.mark.parametrize("record", VARIANTS.values(), ids=VARIANTS.keys())
def test_records_are_valid(gmd: etree.XMLSchema, record: metadata.Record) -> None:
    assert gmd.validate(xml(record)), gmd.error_log


DATA = "gmd:identificationInfo/gmd:MD_DataIdentification"
CITED = f"{DATA}/gmd:citation/gmd:CI_Citation"
LEGAL = f"{DATA}/gmd:resourceConstraints/gmd:MD_LegalConstraints"
QUALITY = "gmd:dataQualityInfo/gmd:DQ_DataQuality"
RESULT = f"{QUALITY}/gmd:report/gmd:DQ_DomainConsistency/gmd:result/gmd:DQ_ConformanceResult"
WORDS = f"{DATA}/gmd:descriptiveKeywords/gmd:MD_Keywords"
ONLINE = (
    "gmd:distributionInfo/gmd:MD_Distribution/gmd:transferOptions"
    "/gmd:MD_DigitalTransferOptions/gmd:onLine/gmd:CI_OnlineResource"
)
PARTY = "gmd:CI_ResponsibleParty"
MAIL = "gmd:contactInfo/gmd:CI_Contact/gmd:address/gmd:CI_Address/gmd:electronicMailAddress"
GEMET = "GEMET - INSPIRE themes, version 1.0"
NETWORK = VARIANTS["network"]

# TG requirement: the record it is shown on, where, and what must be there.
REQUIREMENTS: dict[str, list[tuple[str, list[str]]]] = {
    "C.2": [("count(/gmd:MD_Metadata) = 1", ["true"])],
    "C.3": [("//gmd:MD_ScopeCode/@codeListValue", ["dataset", "dataset"])],
    "C.4": [
        (f"{CITED}/gmd:title/@xsi:type", ["gmd:PT_FreeText_PropertyType"]),
        (f"{CITED}/gmd:title//gmd:LocalisedCharacterString", ["Gebäude von Lindenau"]),
        (f"{CITED}/gmd:title//gmd:LocalisedCharacterString/@locale", ["#locale-de"]),
        ("gmd:locale/gmd:PT_Locale/@id", ["locale-de"]),
        ("//gco:CharacterString[not(normalize-space())]", []),
    ],
    "C.5": [
        ("gmd:language/gmd:LanguageCode/@codeListValue", ["eng"]),
        ("gmd:language/*/@codeList", ["http://www.loc.gov/standards/iso639-2/"]),
    ],
    "C.6": [
        (f"gmd:contact/{PARTY}/gmd:organisationName", ["Town of Lindenau"]),
        (f"gmd:contact/{PARTY}/{MAIL}", ["geo@lindenau.example"]),
        (f"gmd:contact/{PARTY}/gmd:role/*/@codeListValue", ["pointOfContact"]),
    ],
    "C.7": [("gmd:dateStamp/gco:Date", ["2026-11-24"])],
    "C.8": [(f"{CITED}/gmd:title/gco:CharacterString", ["Buildings of Lindenau"])],
    "C.9": [(f"{DATA}/gmd:abstract/gco:CharacterString", ["All buildings & their use."])],
    "C.10": [
        (f"{DATA}/gmd:pointOfContact/{PARTY}/gmd:organisationName", ["Town of Lindenau"]),
        (f"{DATA}/gmd:pointOfContact/{PARTY}/{MAIL}", ["geo@lindenau.example"]),
        (f"{DATA}/gmd:pointOfContact/{PARTY}/gmd:role/*/@codeListValue", ["owner"]),
    ],
    "C.11": [
        (f"{CITED}/gmd:date//gco:Date", ["2019-03-01", "2020-02-01", "2026-11-24"]),
        (f"{CITED}/gmd:date//@codeListValue", ["creation", "publication", "revision"]),
    ],
    "C.12": [(f"count({CITED}/gmd:date//*[@codeListValue='creation']) <= 1", ["true"])],
    "C.13": [(f"count({CITED}/gmd:date//*[@codeListValue='revision']) <= 1", ["true"])],
    "C.14": [
        ("//gmd:temporalElement//gml:beginPosition", ["2020-01-01"]),
        ("//gmd:temporalElement//gml:endPosition/@indeterminatePosition", ["now"]),
    ],
    "C.15": [
        (f"{WORDS}[.//gmx:Anchor[starts-with(@xlink:href, '{THEMES}')]]//gco:Date", ["2008-06-01"]),
        (f"{WORDS}/gmd:thesaurusName//@codeListValue", ["publication", "publication"]),
    ],
    "C.16": [
        (f"{WORDS}/gmd:thesaurusName//gmd:title", [GEMET, "High-value dataset categories"]),
        (f"count({WORDS}[count(gmd:thesaurusName) > 1]) = 0", ["true"]),
    ],
    "C.17": [
        (
            f"{LEGAL}[gmd:accessConstraints/*[@codeListValue='otherRestrictions']]"
            "/gmd:otherConstraints/gmx:Anchor/@xlink:href",
            [
                "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess"
                "/noLimitations"
            ],
        ),
        (f"count({LEGAL}[gmd:accessConstraints]) = 1", ["true"]),
    ],
    "C.18": [
        (
            f"{LEGAL}[gmd:useConstraints/*[@codeListValue='otherRestrictions']]"
            "/gmd:otherConstraints/gmx:Anchor/@xlink:href",
            ["https://creativecommons.org/licenses/by/4.0/"],
        ),
        (f"count({LEGAL}[gmd:useConstraints and not(gmd:accessConstraints)]) = 1", ["true"]),
    ],
    "C.19": [
        (
            f"{DATA}/gmd:extent/gmd:EX_Extent/gmd:geographicElement/*/*",
            ["11.100000", "11.250000", "46.200000", "46.500000"],
        )
    ],
    "C.20": [(f"count({RESULT}) = 1", ["true"])],
    "C.21": [
        (f"{RESULT}/gmd:specification//gco:Date", ["2010-12-08"]),
        (f"{RESULT}/gmd:specification//@codeListValue", ["publication"]),
    ],
    "C.22": [
        (f"{RESULT}/gmd:pass/@gco:nilReason", ["unknown"]),
        (f"{RESULT}/gmd:pass/*", []),
    ],
    "1.1": [("gmd:hierarchyLevel[1]/gmd:MD_ScopeCode/@codeListValue", ["dataset"])],
    "1.2": [("count(gmd:identificationInfo[1]/gmd:MD_DataIdentification) = 1", ["true"])],
    "1.3": [(f"{CITED}/gmd:identifier/*/gmd:code", ["https://l.example/id/buildings"])],
    "1.4": [(f"{WORDS}[gmd:thesaurusName//*[.='{GEMET}']]/gmd:keyword", ["Buildings"])],
    "1.5": [(f"{DATA}/gmd:spatialResolution//gmd:denominator/gco:Integer", ["1000"])],
    "1.6": [(f"{DATA}/gmd:language/gmd:LanguageCode/@codeListValue", ["ger", "ita"])],
    "1.7": [(f"{DATA}/gmd:topicCategory/gmd:MD_TopicCategoryCode", ["structure"])],
    "1.8": [
        (
            f"{ONLINE}/gmd:linkage/gmd:URL",
            [
                "https://l.example/wms?service=WMS&request=GetCapabilities",
                "https://l.example/ogcapi/",
            ],
        )
    ],
    "1.9": [(f"{QUALITY}/gmd:scope/gmd:DQ_Scope/gmd:level/*/@codeListValue", ["dataset"])],
    "1.10": [(f"{RESULT}/gmd:specification//gmx:Anchor/@xlink:href", [INSPIRE_LAW])],
    "1.11": [(f"{QUALITY}/gmd:lineage/*/gmd:statement", ["Surveyed outlines."])],
    "2.1": [("count(gmd:referenceSystemInfo) = 2", ["true"])],
    "2.2": [
        ("gmd:referenceSystemInfo//gmd:RS_Identifier/gmd:code", list(FACTS.crs)),
        ("//gmd:codeSpace", []),
    ],
    "2.4": [(f"{DATA}/gmd:spatialRepresentationType/*/@codeListValue", ["vector"])],
    "2.6": [
        ("//gmd:MD_Format/gmd:name", ["GML", "CSV"]),
        ("//gmd:MD_Format/gmd:version/gco:CharacterString", ["3.2.1"]),
        ("//gmd:MD_Format/gmd:version/@gco:nilReason", ["inapplicable"]),
    ],
    "8.1": [
        (
            f"{ONLINE}[gmd:applicationProfile/*[contains(@xlink:href, '/view')]]"
            "/gmd:protocol/gmx:Anchor/@xlink:href",
            ["http://www.opengis.net/def/serviceType/ogc/wms"],
        )
    ],
    "8.2": [
        (
            f"{ONLINE}[gmd:applicationProfile/*[contains(@xlink:href, '/download')]]"
            "/gmd:protocol/gmx:Anchor/@xlink:href",
            ["http://www.opengis.net/def/interface/ogcapi-features"],
        )
    ],
}
NOT_HERE = {
    "C.1": "test_records_are_valid",
    "2.3": "no data of ours has another calendar",
    "2.5": "all is UTF-8",
    "2.7": "no quantitative topology is measured",
    "2.8": "test_networks_say_that_topology_was_not_checked",
}


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_requirement_of_the_guidance(requirement: str) -> None:
    root = xml(VARIANTS["full"])
    for path, expected in REQUIREMENTS[requirement]:
        if expected == ["true"]:
            assert root.xpath(path, namespaces=NAMESPACES) is True, path
        else:
            assert found(root, path) == expected


# Where the guidance gives a choice, and its example takes another than we: translations, a time
# of day, a positive verdict, one CRS, formats with versions.
CHOICES = ("C.4", "C.7", "C.22", "2.1", "2.6")


@pytest.mark.parametrize("requirement", [one for one in REQUIREMENTS if one not in CHOICES])
def test_the_official_example_meets_what_we_ask(shared: Path, requirement: str) -> None:
    example = shared / "inspire" / "samples" / "Dataset_metadata_2.0_example.xml"
    root = etree.parse(example).getroot()
    for path, expected in REQUIREMENTS[requirement]:
        if expected == ["true"]:
            assert root.xpath(path, namespaces=NAMESPACES) is True, path
        elif expected:
            assert found(root, path), path


def test_no_requirement_for_data_sets_is_forgotten(shared: Path) -> None:
    source = shared / "inspire" / "metadata_tg_requirements.json"
    listed = {
        one["id"].removeprefix("TG Requirement ")
        for one in json.loads(source.read_text(encoding="utf-8"))
        if one["id"].startswith("TG Requirement ")
    }
    ours = {one for one in listed if one.split(".")[0] in ("C", "1", "2", "8")}
    assert ours == set(REQUIREMENTS) | set(NOT_HERE)


def test_networks_say_that_topology_was_not_checked() -> None:
    path = f"{QUALITY}/gmd:report/gmd:DQ_TopologicalConsistency"
    root = xml(NETWORK)
    assert found(root, f"{path}//gmd:title/gco:CharacterString") == [
        "INSPIRE Data Specifications - Base Models - Generic Network Model"
    ]
    assert found(root, f"{path}//gmd:pass/gco:Boolean") == ["false"]
    assert found(root, f"{path}//gco:Date") == ["2013-04-05"]
    assert found(xml(made()), path) == []


@pytest.mark.parametrize(
    ("verdict", "passed"), [("conformant", ["true"]), ("not conformant", ["false"])]
)
def test_a_stated_verdict_is_written(verdict: Any, passed: list[str]) -> None:
    form = replace(FORM, conformity=verdict)
    assert found(xml(made(form)), f"{RESULT}/gmd:pass/gco:Boolean") == passed


@pytest.mark.parametrize("language", ["eng", "ger", "fre", "dut", "ita"])
def test_official_words_are_in_the_language_of_the_record(shared: Path, language: str) -> None:
    listed = json.loads(
        (shared / "inspire/codelists/inspire_common_enums_multilingual.json").read_text("utf-8")
    )[language]
    root = xml(VARIANTS[language])
    [label] = found(root, f"{WORDS}[gmd:thesaurusName//*[.='{GEMET}']]/gmd:keyword")
    assert label in listed["KeywordValue"]
    assert found(root, f"{RESULT}/gmd:specification//gmd:title") == [listed["Title"][-1]]


def test_the_vocabulary_is_what_the_builder_writes(shared: Path) -> None:
    assert build_metadata.TARGET.read_text(encoding="utf-8") == build_metadata.build(shared)


def test_every_theme_with_a_topic_has_a_label() -> None:
    assert all(theme_label(theme, "eng") for theme in TOPICS)


# -- what is missing ----------------------------------------------------------------------


def test_a_full_form_lacks_nothing() -> None:
    assert list(metadata.missing(made())) == []


def test_what_nobody_stated_is_told_and_not_made_up() -> None:
    record = made(EMPTY, language="und", lineage="", extent=None)
    findings = list(metadata.missing(record))
    lacking = {one.attribute for one in findings if one.code == "METADATA_MISSING"}
    assert lacking == {
        "abstract",
        "contact.organisation",
        "contact.email",
        "limitations",
        "lineage",
        "languages",
        "extent",
    }
    assert {one.severity for one in findings if one.code == "METADATA_MISSING"} == {
        Severity.WARNING
    }
    root = xml(record)
    assert found(root, f"{DATA}/gmd:abstract/@gco:nilReason") == ["missing"]
    assert found(root, f"{LEGAL}[gmd:accessConstraints]/gmd:otherConstraints/*") == []
    assert found(root, "//gmd:EX_GeographicBoundingBox") == []


def test_a_made_identifier_is_stable_and_told() -> None:
    first, again = made(EMPTY), made(EMPTY, as_of="2027-01-01T00:00:00Z")
    assert first.identifier == again.identifier
    assert first.identifier.startswith("urn:uuid:")
    assert first.identifier != made(EMPTY, name="addresses").identifier
    assert "METADATA_IDENTIFIER_MADE" in {one.code for one in metadata.missing(first)}


def test_a_licence_without_an_address_is_told() -> None:
    findings = list(metadata.missing(VARIANTS["unknown licence"]))
    assert [one.code for one in findings] == ["METADATA_LICENCE_UNKNOWN"]


def test_a_data_set_goes_before_the_job() -> None:
    own = AboutSpec(title="Houses", topics=["location"], identifier="https://l.example/b")
    record = made(replace(FORM, datasets={"buildings": own}))
    assert (record.title, record.topics, record.identifier) == (
        "Houses",
        ("location",),
        "https://l.example/b",
    )
    assert record.translations["ger"].title is None  # it is the job's, not this one's
    assert record.translations["ger"].abstract == "Alle Gebäude."


def test_data_sets_of_one_job_have_titles_of_their_own() -> None:
    assert made(siblings=True).title == "Buildings of Lindenau: Buildings"
    german = replace(FORM, language="ger")
    assert made(german, siblings=True).title == "Buildings of Lindenau: Gebäude"
    assert made(siblings=True).translations["ger"].title == "Gebäude von Lindenau: Gebäude"


# -- DCAT ---------------------------------------------------------------------------------

MANDATORY = {
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL,),
    FOAF.Agent: (FOAF.name,),
    DCAT.CatalogRecord: (DCTERMS.modified, FOAF.primaryTopic),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
    VCARD.Organization: (VCARD.fn, VCARD.hasEmail),
}
AT_MOST_ONE = (
    DCTERMS.accessRights,
    DCTERMS.publisher,
    DCTERMS.modified,
    DCTERMS.issued,
    DCTERMS.license,
    DCTERMS.accrualPeriodicity,
    DCAT.byteSize,
    DCAT.mediaType,
    DCTERMS["format"],
    SPDX.checksum,
)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own use of it
@pytest.mark.parametrize("record", VARIANTS.values(), ids=VARIANTS.keys())
def test_turtle_and_json_ld_are_the_same_graph(record: metadata.Record) -> None:
    turtle = Graph().parse(data=metadata.turtle(record), format="turtle", publicID="http://x/")
    json_ld = Graph().parse(data=metadata.json_ld(record), format="json-ld", base="http://x/")
    assert len(json_ld) == len(turtle)
    assert isomorphic(turtle, json_ld)


COMPLETE = [one for one in VARIANTS if one not in ("empty", "unknown language")]


@pytest.mark.parametrize("name", COMPLETE)
def test_what_dcat_ap_demands_is_there(name: str) -> None:
    graph = Graph().parse(data=metadata.turtle(VARIANTS[name]), format="turtle")
    for kind, predicates in MANDATORY.items():
        subjects = list(graph.subjects(RDF.type, kind))
        assert subjects, kind
        for subject in subjects:
            for predicate in predicates:
                assert list(graph.objects(subject, predicate)), (subject, predicate)
    for subject in set(graph.subjects()):
        for predicate in AT_MOST_ONE:
            assert len(list(graph.objects(subject, predicate))) <= 1, (subject, predicate)


@pytest.mark.parametrize("name", COMPLETE)
def test_every_value_has_the_class_that_the_profile_demands(name: str) -> None:
    graph = Graph().parse(data=metadata.turtle(VARIANTS[name]), format="turtle")
    for predicate, kind in RANGES.items():
        for value in graph.objects(None, predicate):
            assert (value, RDF.type, kind) in graph, (predicate, value)
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert list(graph.objects(concept, SKOS.prefLabel)), concept
        assert list(graph.objects(concept, SKOS.inScheme)), concept


def test_high_value_data_sets_are_tagged() -> None:
    record = made()
    graph = dcat(record)
    subject = URIRef(record.identifier)
    assert set(graph.objects(subject, DCATAP.hvdCategory)) == {
        URIRef("http://data.europa.eu/bna/c_60182062"),
        URIRef("http://data.europa.eu/bna/c_ac64a52d"),
    }
    distributions = list(graph.objects(subject, DCAT.distribution))
    assert len(distributions) == 3
    services = list(graph.subjects(DCAT.servesDataset, subject))
    assert len(services) == 2
    for one in (subject, *distributions, *services):
        assert (one, DCATAP.applicableLegislation, URIRef(HVD_LAW)) in graph
    assert found(xml(record), f"{WORDS}//gmx:Anchor[@xlink:href='{HVD_LAW}']") == [
        "High-value dataset"
    ]


@pytest.mark.parametrize(
    ("form", "facts"),
    [
        (replace(FORM, high_value=False), {}),
        (FORM, {"theme": "us"}),
        (FORM, {"theme": None, "schema": "sdm/Building"}),
    ],
)
def test_others_are_not(form: MetadataSpec, facts: dict[str, object]) -> None:
    record = made(form, **facts)
    assert HVD_LAW not in metadata.turtle(record)
    assert HVD_LAW.encode() not in metadata.iso_19139(record)


def test_mobility_and_environment_have_their_categories() -> None:
    broader = {theme: getattr(high_value(theme), "broader", None) for theme in ("tn", "ef", "ad")}
    assert broader == {
        "tn": "http://data.europa.eu/bna/c_b79e35eb",
        "ef": "http://data.europa.eu/bna/c_dd313021",
        "ad": "http://data.europa.eu/bna/c_ac64a52d",
    }


def test_conformity_is_claimed_only_where_it_was_found() -> None:
    law = URIRef(INSPIRE_LAW)
    for verdict, claimed in (("conformant", True), ("not conformant", False)):
        record = made(replace(FORM, conformity=verdict))
        graph = Graph().parse(data=metadata.turtle(record), format="turtle")
        assert ((URIRef(record.identifier), DCTERMS.conformsTo, law) in graph) is claimed
        assert (None, PROV.wasDerivedFrom, law) in graph


def test_files_lie_where_they_are_published() -> None:
    graph = Graph().parse(data=metadata.turtle(VARIANTS["published"]), format="turtle")
    addresses = {str(one) for one in graph.objects(None, DCAT.downloadURL)}
    assert "https://l.example/p/data/buildings.gml" in addresses
    day = Literal("2026-11-24", datatype=XSD.date)
    assert (URIRef("https://l.example/id/buildings"), DCTERMS.modified, day) in graph


# -- OGC API - Records --------------------------------------------------------------------


def test_the_record_of_the_api() -> None:
    document = json.loads(metadata.ogc_record(made()))
    assert document["type"] == "Feature"
    assert document["bbox"] == [11.1, 46.2, 11.25, 46.5]
    assert document["geometry"]["coordinates"][0][0] == [11.1, 46.2]
    assert document["time"] == {"interval": ["2020-01-01", ".."]}
    properties = document["properties"]
    assert properties["type"] == "dataset"
    assert properties["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert properties["contacts"][0]["emails"] == [{"value": "geo@lindenau.example"}]
    relations = [one["rel"] for one in document["links"]]
    assert relations.count("enclosure") == 3
    assert {"alternate", "license", "tag", "service"} <= set(relations)


# -- the form -----------------------------------------------------------------------------

JOB = """
title: t
licence: CC0-1.0
attribution: a
sources: {s: {path: s.gpkg}}
datasets: [{name: buildings, mapping: m.yaml, source: s}]
output: {folder: out}
"""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{abstrac: x}", "$.metadata"),
        ("{language: deu}", "$.metadata.language"),
        ("{created: yesterday}", "$.metadata.created"),
        ("{temporal: {begin: 2026-13-01}}", "$.metadata.temporal.begin"),
        ("{scale: 5, distance: 3}", "$.metadata"),
        ("{datasets: {building: {title: x}}}", "$.metadata.datasets"),
        ("{published_at: 'https://me:secret@h.example/'}", "$.metadata.published_at"),
        ("{links: [{url: 'https://h.example/?token=x'}]}", "$.metadata.links[0].url"),
        ("{contact: {mail: x}}", "$.metadata.contact"),
        ("{contact: {email: the town}}", "$.metadata.contact.email"),
    ],
)
def test_a_wrong_form_is_refused_by_its_path(text: str, path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_job(f"{JOB}metadata: {text}\n", Path())
    assert [one.path for one in caught.value.problems] == [path]


def test_metadata_are_the_same_bytes_again() -> None:
    for write in (metadata.iso_19139, metadata.turtle, metadata.json_ld, metadata.ogc_record):
        writer: Callable[[metadata.Record], object] = write
        assert writer(made()) == writer(made())


def test_several_data_sets_are_a_series(gmd: etree.XMLSchema) -> None:
    series, members = town()
    root = xml(series)
    gmd.assertValid(root)
    assert found(root, "gmd:hierarchyLevel/*/@codeListValue") == ["series"]
    assert found(root, "//gmd:DQ_Scope/gmd:level/*/@codeListValue") == ["series"]
    keywords = "//gmd:keyword/gmx:Anchor/@xlink:href[contains(., '/theme/')]"
    assert found(root, keywords) == [f"{THEMES}/bu", f"{THEMES}/ad"]
    assert found(root, "//gmd:topicCategory") == [TOPICS["bu"], TOPICS["ad"]]
    assert series.facts.extent == (11.0, 46.2, 11.25, 46.6)
    assert found(root, "//gmd:statement") == ["Surveyed outlines. The register."]
    for one in members:
        child = xml(one)
        gmd.assertValid(child)
        assert found(child, "gmd:parentIdentifier") == found(root, "gmd:fileIdentifier")
    assert len({one.file_identifier for one in (series, *members)}) == 3


def test_dcat_says_which_series_a_data_set_is_of() -> None:
    series, members = town()
    kind, within = URIRef(f"{DCAT}DatasetSeries"), URIRef(f"{DCAT}inSeries")
    graph = dcat(series)
    assert list(graph.subjects(RDF.type, kind)) == [URIRef(series.identifier)]
    assert list(graph.subjects(RDF.type, DCAT.Distribution)) == []
    whole = URIRef(series.identifier)
    named = {URIRef(one.identifier) for one in members}
    assert (
        set(graph.subjects(within, whole)) == set(graph.subjects(RDF.type, DCAT.Dataset)) == named
    )
    for one in members:
        own = dcat(one)
        assert list(own.objects(URIRef(one.identifier), within)) == [whole]
        assert list(own.objects(whole, DCTERMS.title))
        assert list(own.objects(whole, DCTERMS.description))
    assert list(dcat(made()).objects(None, within)) == []


def test_the_record_of_a_series_leads_to_its_members() -> None:
    series, members = town()
    told = json.loads(metadata.ogc_record(series))
    assert told["properties"]["type"] == "series"
    links = [(one["rel"], one["href"]) for one in told["links"]]
    assert ("item", "buildings.json") in links
    assert ("item", "addresses.json") in links
    assert "enclosure" not in {rel for rel, _ in links}
    above = [
        (one["rel"], one["href"]) for one in json.loads(metadata.ogc_record(members[0]))["links"]
    ]
    assert ("collection", "series.json") in above


def test_stac_is_valid_and_true(tmp_path: Path) -> None:
    import pystac
    from pystac.validation.stac_validator import JsonSchemaSTACValidator

    _, members = town()
    (tmp_path / "stac" / "items").mkdir(parents=True)
    path = tmp_path / "stac" / "collection.json"
    path.write_text(metadata.stac_collection(members, "Town", "All of it."), encoding="utf-8")
    for one in members:
        item = tmp_path / "stac" / "items" / f"{one.facts.name}.json"
        item.write_text(metadata.stac_item(one), encoding="utf-8")
    collection = pystac.Collection.from_file(str(path))
    items = list(collection.get_items())
    assert [one.id for one in items] == ["buildings", "addresses"]
    validator = JsonSchemaSTACValidator()
    for one, kind in [(collection, "COLLECTION"), *((each, "ITEM") for each in items)]:
        validator.validate_core(
            one.to_dict(include_self_link=False), pystac.STACObjectType[kind], "1.1.0"
        )
    asset = items[0].assets["buildings_A.csv"]
    assert asset.href == "../../data/buildings_A.csv"
    assert asset.extra_fields["file:checksum"] == "1220" + "ab" * 32
    assert items[0].datetime.isoformat() == "2026-11-24T00:00:00+00:00"
    assert collection.extent.spatial.bboxes == [[11.0, 46.2, 11.25, 46.6]]
    assert items[1].bbox == [11.0, 46.3, 11.2, 46.6]


@pytest.mark.parametrize(
    ("licence", "stated"),
    [("CC-BY-4.0", "CC-BY-4.0"), ("Our own terms", "other"), ("https://l.example/terms", "other")],
)
def test_stac_names_licences_by_spdx(licence: str, stated: str) -> None:
    told = json.loads(metadata.stac_item(made(licence=licence)))
    assert told["properties"]["license"] == stated


def test_a_data_set_without_place_has_an_item_without_geometry() -> None:
    told = json.loads(metadata.stac_item(made(extent=None)))
    assert told["geometry"] is None
    assert "bbox" not in told


def test_errors_in_the_gml_are_no_conformity_whatever_the_job_says(gmd: etree.XMLSchema) -> None:
    claims = replace(FORM, conformity="conformant")
    wrong = made(claims, checked=metadata.Checked(2, True, "commonplace 1"))
    root = xml(wrong)
    gmd.assertValid(root)
    result = "//gmd:DQ_DomainConsistency//gmd:pass/gco:Boolean"
    explanation = "//gmd:DQ_DomainConsistency//gmd:explanation"
    assert wrong.conformity == "not conformant"
    assert found(root, result) == ["false"]
    assert (
        "commonplace 1 found 2 errors in its GML, with the official XSDs"
        in found(root, explanation)[0]
    )
    right = made(claims, checked=metadata.Checked(0, False, "commonplace 1"))
    assert right.conformity == "conformant"
    assert "found 0 errors in its GML, without the official XSDs" in right.explanation
    assert made(checked=metadata.Checked(0, True, "c")).conformity == "not evaluated"


def test_a_series_conforms_only_if_all_its_members_do() -> None:
    series, members = town()
    bad = replace(members[1].facts, checked=metadata.Checked(1, True, "c"))
    whole = metadata.series_of("series", [members[0].facts, bad], "Town")
    assert metadata.make_record(FORM, whole).conformity == "not conformant"
    assert series.conformity == "not evaluated"
