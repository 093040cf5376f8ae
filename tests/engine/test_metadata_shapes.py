"""DCAT records against shapes, by pyshacl; each shape is shown to bite."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from commonplace import metadata
from commonplace.metadata.dcat import dcat
from commonplace.metadata.dcatterms import SPDX
from commonplace.metadataform import ContactSpec, LinkSpec, MetadataSpec, TemporalSpec
from commonplace.report import OutputFile

FACTS = metadata.Facts(
    name="parcels",
    job="town",
    title="Parcels",
    description="All parcels.",
    namespace="IT.EXAMPLE.CP",
    language="ita",
    schema="cp/4.0",
    schema_title="Cadastral Parcels",
    schema_uri="http://inspire.ec.europa.eu/schemas/cp/4.0",
    theme="cp",
    licence="CC-BY-4.0",
    attribution="Town",
    as_of="2026-11-24T00:00:00Z",
    lineage="Surveyed.",
    outputs=(
        OutputFile(
            "data/parcels.gpkg",
            "gpkg",
            "application/geopackage+sqlite3",
            ("CadastralParcel",),
            {"CadastralParcel": 3},
            size=7,
            sha256="ab" * 32,
        ),
    ),
    crs=("http://www.opengis.net/def/crs/EPSG/0/4258",),
    extent=(10.0, 45.0, 11.0, 46.0),
)
FORM = MetadataSpec(
    contact=ContactSpec("Town", "geo@town.example", "publisher", "https://town.example/"),
    languages=["ita"],
    keywords=["land"],
    update_frequency="monthly",
    temporal=TemporalSpec("2020-01-01", "2021-01-01"),
    created="2019-01-01",
    published="2020-01-01",
    limitations="none",
    links=[LinkSpec("https://town.example/wfs", "download", "wfs")],
)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(Path(__file__).parents[1] / "support" / "dcatap.ttl", format="turtle")


def wrong(graph: Graph, shapes: Graph) -> str:
    """What pyshacl reports; empty where the graph conforms."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyshacl's and rdflib's own
        import pyshacl

        conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    return "" if conforms else str(text)


def series() -> list[Graph]:
    """A series, and one of its members."""
    members = [
        replace(FACTS, siblings=True, series="all", series_namespace="IT"),
        replace(FACTS, name="houses", siblings=True, series="all", series_namespace="IT"),
    ]
    whole = metadata.series_of("all", members, "Town")
    return [dcat(metadata.make_record(FORM, one)) for one in (whole, members[0])]


@pytest.mark.parametrize(
    "form",
    [
        FORM,
        MetadataSpec(abstract="Words."),
        replace(FORM, limitations="1d", identifier="https://town.example/id"),
        replace(FORM, published_at="https://town.example/data", high_value=True),
    ],
)
def test_records_have_the_shapes_of_the_profile(form: MetadataSpec, shapes: Graph) -> None:
    assert wrong(dcat(metadata.make_record(form, FACTS)), shapes) == ""


@pytest.mark.parametrize("facts", [{"extent": None}, {"theme": None}, {"licence": "Our own"}])
def test_records_without_some_facts_have_them_too(facts: dict[str, Any], shapes: Graph) -> None:
    record = metadata.make_record(FORM, replace(FACTS, **facts))
    assert wrong(dcat(record), shapes) == ""


def test_a_series_and_its_members_have_them(shapes: Graph) -> None:
    assert [wrong(one, shapes) for one in series()] == ["", ""]


def _without(predicate: URIRef) -> Callable[[Graph], None]:
    def spoil(graph: Graph) -> None:
        graph.remove((None, predicate, None))

    return spoil


def _twice(graph: Graph) -> None:
    [node] = graph.subjects(RDF.type, DCAT.Dataset)
    graph.add((node, DCTERMS.modified, Literal("2001-01-01")))


@pytest.mark.parametrize(
    "spoil",
    [
        _without(DCTERMS.title),
        _without(DCTERMS.description),
        _without(DCAT.accessURL),
        _without(DCAT.endpointURL),
        _without(FOAF.name),
        _without(FOAF.primaryTopic),
        _without(SPDX.checksumValue),
        _without(RDF.type),
        _twice,
    ],
)
def test_a_spoiled_record_is_found_out(spoil: Callable[[Graph], None], shapes: Graph) -> None:
    graph = dcat(metadata.make_record(FORM, FACTS))
    kept = list(graph.triples((None, RDF.type, None)))
    spoil(graph)
    if not list(graph.triples((None, RDF.type, None))):  # the targets stay
        for triple in kept:
            if triple[2] in (DCAT.Dataset, DCAT.Distribution):
                graph.add(triple)
    assert wrong(graph, shapes) != ""
