"""The target model as it is loaded: structure, meaning, code lists, search."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from commonplace.model import Model, UnknownName, load_model
from commonplace.model.types import Form, Kind, Property, local_name, namespace_of, qname

GML = "http://www.opengis.net/gml/3.2"
GMD = "http://www.isotc211.org/2005/gmd"
GCO = "http://www.isotc211.org/2005/gco"
BASE33 = "http://inspire.ec.europa.eu/schemas/base/3.3"
BASE40 = "http://inspire.ec.europa.eu/schemas/base/4.0"
LIST = "http://inspire.ec.europa.eu/codelist/"


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def own(model: Model, schema: str, name: str) -> dict[str, Property]:
    """Properties of a feature type that INSPIRE declares, by name, in order."""
    element = model.feature_type(schema, name).name
    found = model.properties(element, schema)
    return {one.name: one for one in found if namespace_of(one.element.name) != GML}


def locals_of(names: tuple[str, ...]) -> list[str]:
    return [local_name(one) for one in names]


def test_counts(model):
    assert len(model.schemas()) == 75
    assert sum(len(model.feature_types(one.key)) for one in model.schemas()) == 286
    for schema in model.schemas():
        assert not any(one.abstract for one in model.feature_types(schema.key))
        assert all(
            model.element(qname(schema.namespace, one)).abstract
            for one in schema.abstract_feature_types
        )


def test_building_has_the_order_of_the_schema(model):
    found = own(model, "bu-core2d/4.0", "Building")
    assert list(found) == [
        "beginLifespanVersion",
        "conditionOfConstruction",
        "dateOfConstruction",
        "dateOfDemolition",
        "dateOfRenovation",
        "elevation",
        "endLifespanVersion",
        "externalReference",
        "heightAboveGround",
        "inspireId",
        "name",
        "buildingNature",
        "currentUse",
        "numberOfDwellings",
        "numberOfBuildingUnits",
        "numberOfFloorsAboveGround",
        "parts",
        "geometry2D",
    ]
    condition = found["conditionOfConstruction"]
    assert (condition.kind, condition.form) == (Kind.CODE, Form.HREF)
    assert condition.element.code_list == f"{LIST}ConditionOfConstructionValue"
    assert condition.element.voidable
    assert condition.element.nillable
    assert condition.mandatory
    assert not found["inspireId"].element.voidable
    assert not found["inspireId"].element.nillable
    assert found["numberOfDwellings"].value_type == "integer"
    assert found["currentUse"].repeated
    assert found["geometry2D"].mandatory
    assert not found["geometry2D"].repeated
    assert found["parts"].form is Form.BOTH
    assert found["parts"].objects == (
        "{http://inspire.ec.europa.eu/schemas/bu-core2d/4.0}BuildingPart",
    )
    # declared by bu-base, not by the schema of the feature type
    declared = namespace_of(found["heightAboveGround"].element.name)
    assert declared == "http://inspire.ec.europa.eu/schemas/bu-base/4.0"


def test_inherited_gml_properties_stand_first(model):
    name = model.feature_type("ad/4.0", "Address").name
    found = [one.name for one in model.properties(name, "ad/4.0")]
    assert found[:8] == [
        "metaDataProperty",
        "description",
        "descriptionReference",
        "identifier",
        "name",
        "boundedBy",
        "location",
        "inspireId",
    ]


def test_address(model):
    found = own(model, "ad/4.0", "Address")
    assert found["component"].kind is Kind.REFERENCE
    assert found["component"].element.minimum == 1
    assert sorted(locals_of(found["component"].objects)) == [
        "AddressAreaName",
        "AdminUnitName",
        "PostalDescriptor",
        "ThoroughfareName",
    ]
    assert found["validFrom"].value_type == "dateTime"
    assert [one.name for one in found["validFrom"].attributes] == ["nilReason"]
    assert found["validFrom"].mandatory
    assert found["validFrom"].element.voidable
    assert not found["position"].element.voidable
    assert found["status"].element.code_list == f"{LIST}StatusValue"
    # the concrete buildings stand in schemas that ad doesn't import
    assert found["building"].kind is Kind.REFERENCE
    assert {namespace_of(one)[-13:] for one in found["building"].objects} == {
        "bu-core2d/4.0",
        "bu-core3d/4.0",
    }


def test_cadastral_parcel_has_units_and_geometries(model):
    found = own(model, "cp/4.0", "CadastralParcel")
    area = found["areaValue"]
    assert (area.kind, area.value_type, area.element.unit) == (Kind.VALUE, "double", "m2")
    assert area.attributes[0].name == "uom"
    assert area.attributes[0].required
    assert found["geometry"].kind is Kind.GEOMETRY
    assert {"Polygon", "MultiSurface", "Surface"} <= set(locals_of(found["geometry"].objects))
    assert locals_of(found["referencePoint"].objects) == ["Point"]


def test_planned_land_use(model):
    zoning = own(model, "plu/4.0", "ZoningElement")
    assert locals_of(zoning["geometry"].objects) == ["MultiSurface"]
    assert zoning["plan"].kind is Kind.REFERENCE
    assert not zoning["plan"].element.voidable
    assert zoning["hilucsLandUse"].element.code_list == f"{LIST}HILUCSValue"
    assert zoning["regulationNature"].mandatory
    assert zoning["backgroundMap"].element.voidable
    assert zoning["backgroundMap"].element.minimum == 1
    plan = own(model, "plu/4.0", "SpatialPlan")
    assert plan["levelOfSpatialPlan"].element.code_list == f"{LIST}LevelOfSpatialPlanValue"
    assert plan["validFrom"].value_type == "date"


def test_union_branches_exclude_each_other(model):
    name = "{http://inspire.ec.europa.eu/schemas/lunom/4.0}HILUCSPresence"
    first, second = model.properties(name, "plu/4.0")
    assert first.choice[0][0] == second.choice[0][0]
    assert first.choice[0][1] != second.choice[0][1]
    assert not first.mandatory


def test_road_link_is_of_three_networks(model):
    found = own(model, "tn-ro/5.0", "RoadLink")
    assert list(found) == [
        "beginLifespanVersion",
        "inspireId",
        "endLifespanVersion",
        "inNetwork",
        "centrelineGeometry",
        "fictitious",
        "endNode",
        "startNode",
        "geographicalName",
        "validFrom",
        "validTo",
    ]
    assert found["centrelineGeometry"].kind is Kind.GEOMETRY
    assert "LineString" in locals_of(found["centrelineGeometry"].objects)
    assert found["fictitious"].value_type == "boolean"
    assert "RoadNode" in locals_of(found["startNode"].objects)
    assert namespace_of(found["inspireId"].objects[0]) == BASE40


def test_codes_the_catalogue_lacks(model):
    """The UML holds neither net nor el-tin; their code lists are told from the XSD."""
    tin = own(model, "el-tin/5.0", "ElevationTIN")
    assert tin["propertyType"].element.code_list == f"{LIST}ElevationPropertyTypeValue"
    assert tin["propertyType"].element.definition
    assert tin["endLifespanVersion"].element.voidable
    uri = f"{LIST}LinkDirectionValue"
    properties = model.properties(
        "{http://inspire.ec.europa.eu/schemas/net/5.0}LinkReference", "net/5.0"
    )
    assert uri in {one.element.code_list for one in properties}
    assert {one.local for one in model.code_list(uri).values} == {
        "bothDirections",
        "inDirection",
        "inOppositeDirection",
    }


def test_iso_values_have_a_wrapper(model):
    citation = {one.name: one for one in model.properties(qname(GMD, "CI_Citation"), "plu/4.0")}
    assert citation["title"].kind is Kind.VALUE
    assert citation["title"].wrapper == qname(GCO, "CharacterString")
    date = {one.name: one for one in model.properties(qname(GMD, "CI_Date"), "plu/4.0")}
    assert date["date"].value_type == "date"
    assert date["date"].objects == (qname(GCO, "Date"), qname(GCO, "DateTime"))
    kind = date["dateType"]
    assert kind.wrapper == qname(GMD, "CI_DateTypeCode")
    assert {one.name for one in kind.attributes if one.required} == {"codeList", "codeListValue"}


def test_free_text_is_a_value(model):
    name = "{http://inspire.ec.europa.eu/schemas/bu-base/4.0}ExternalReference"
    found = {one.name: one for one in model.properties(name, "bu-core2d/4.0")}
    assert found["informationSystemName"].kind is Kind.VALUE
    assert found["informationSystemName"].wrapper == qname(GCO, "CharacterString")


def test_anything(model):
    found = {
        one.name: one
        for one in model.properties(
            model.feature_type("omso/3.0", "PointObservation").name, "omso/3.0"
        )
    }
    assert found["result"].kind is Kind.ANY
    assert found["phenomenonTime"].kind is Kind.OBJECT
    assert "TimeInstant" in locals_of(found["phenomenonTime"].objects)


def test_direct_content(model):
    """gml:limits holds a GridEnvelope that isn't a global element."""
    limits = next(
        one for one in model.properties(qname(GML, "Grid"), "el-cov/5.0") if one.name == "limits"
    )
    assert limits.direct
    assert [one.name for one in model.properties(limits.objects[0], "el-cov/5.0")] == [
        "GridEnvelope"
    ]


def test_substitutes_are_limited_to_what_the_schema_reaches(model):
    feature = qname(GML, "AbstractFeature")
    everywhere = set(model.substitutes(feature))
    reached = set(model.substitutes(feature, "ad/4.0"))
    assert reached < everywhere
    assert "{http://inspire.ec.europa.eu/schemas/ad/4.0}Address" in reached
    assert {namespace_of(one) for one in reached} <= set(model.schema("ad/4.0").imports)
    point = qname(GML, "Point")
    assert model.substitutes(point) == (point,)


def test_identifier_is_of_the_base_that_the_schema_takes(model):
    for schema, name, base in (
        ("ad/4.0", "Address", BASE33),
        ("cp/4.0", "CadastralParcel", BASE33),
        ("au/5.0", "AdministrativeUnit", BASE40),
        ("ps/5.0", "ProtectedSite", BASE40),
    ):
        found = {key.lower(): one for key, one in own(model, schema, name).items()}
        assert [namespace_of(one) for one in found["inspireid"].objects] == [base]


def test_prefixes_are_unique_and_complete(model):
    for schema in model.schemas():
        prefixes = dict(schema.prefixes)
        locations = dict(schema.locations)
        assert len(set(prefixes.values())) == len(prefixes)
        assert set(schema.imports) <= set(prefixes)
        assert set(prefixes) - set(locations) == {"http://www.w3.org/2001/XMLSchema-instance"}
        assert prefixes[schema.namespace] == schema.prefix
        assert locations[schema.namespace] == schema.location
        for address in locations.values():
            assert address.startswith(("https://inspire.ec.europa.eu/", "http://"))


def test_two_bases_in_one_document(model):
    prefixes = dict(model.schema("us-govserv/5.0").prefixes)
    assert (prefixes[BASE40], prefixes[BASE33]) == ("base", "base33")
    assert dict(model.schema("ad/4.0").prefixes)[BASE33] == "base"


def test_every_property_of_every_feature_type_classifies(model):
    """Down through all objects that can stand inside: 8,000 and more."""
    seen: set[tuple[str, str]] = set()
    todo = [
        (element.name, schema.key)
        for schema in model.schemas()
        for element in model.feature_types(schema.key)
    ]
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        for one in model.properties(*at):
            assert (one.kind is Kind.VALUE) == (one.value_type is not None), (at, one.name)
            assert one.objects or one.kind not in (Kind.OBJECT, Kind.GEOMETRY), (at, one.name)
            assert one.kind is not Kind.CODE or one.element.code_list
            assert (one.form is Form.HREF) == (one.kind in (Kind.CODE, Kind.REFERENCE))
            if one.kind is Kind.OBJECT:
                todo += [(name, at[1]) for name in one.objects]
    assert len(seen) > 8000


def test_code_lists(model):
    """390 of the catalogue (395 records, five of them twice) and nine of the registry alone."""
    lists = model.code_lists()
    assert len(lists) == len({one.uri for one in lists}) == 399
    assert sum(bool(one.values) and one.origin is None for one in lists) == 262
    assert sum(one.origin is not None for one in lists) == 16
    counted = Counter(one.extensibility for one in lists)
    assert counted == {"any": 202, "none": 105, "open": 69, "narrower": 13, None: 10}
    use = model.code_list(f"{LIST}CurrentUseValue")
    assert use.value("individualResidence").parent == "residential"
    assert use.value("individualResidence").uri == f"{LIST}CurrentUseValue/individualResidence"
    assert model.code_list(f"{LIST}NoSuchValue") is None


def test_every_code_property_has_a_list_or_says_where(model):
    unknown = {
        one.element.code_list
        for schema in model.schemas()
        for element in model.feature_types(schema.key)
        for one in model.properties(element.name, schema.key)
        if one.kind is Kind.CODE and model.code_list(one.element.code_list or "") is None
    }
    assert unknown == {f"{LIST}ThermalProductTypeValue"}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("building", "Building"),
        ("Gebäude", "Building"),
        ("gebaude", "Building"),
        ("parcelle cadastrale", "CadastralParcel"),
        ("adres", "Address"),
        ("condition of construction", "AbstractConstruction.conditionOfConstruction"),
    ],
)
def test_search(model, text, path):
    assert model.search(text)[0].path == path


def test_search_finds_nothing(model):
    assert model.search("xyzzy") == ()
    assert model.search("  ") == ()


def test_unknown_names_know_the_nearest(model):
    with pytest.raises(UnknownName) as refused:
        model.schema("ad/5.0")
    assert refused.value.nearest == "ad/4.0"
    with pytest.raises(LookupError) as refused:
        model.feature_type("ad/4.0", "Adress")
    assert refused.value.nearest == "Address"
    with pytest.raises(UnknownName):
        model.element(qname(GML, "NoSuchElement"))
    with pytest.raises(UnknownName):
        model.type("{http://example.org/nowhere}Type")


def test_loading_one_schema_is_a_fraction_of_loading_all():
    def seconds(schemas: list[str]) -> float:
        best = 9.0
        for _ in range(3):
            model = Model()
            begin = time.perf_counter()
            for key in schemas:
                for element in model.feature_types(key):
                    model.properties(element.name, key)
            best = min(best, time.perf_counter() - begin)
        return best

    everything = [one.key for one in load_model().schemas()]
    assert seconds(["ad/4.0"]) < seconds(everything) / 4


def test_models_share_nothing():
    one, other = Model(), Model()
    name = qname(GML, "Point")
    assert one.element(name) == other.element(name)
    assert one.element(name) is not other.element(name)
