"""What references must point to where the official suites say more than the schema does.

Paths of properties → local names of the feature types allowed (ETS ad-ia, au-ia, cp-ia,
tn-ia, tn-as.b.1, tn-ro-as.b, tn-ra-as.b, tn-w-as.b, tn-a-as.b).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

LINKS: Final = (
    "RoadLink RailwayLink CablewayLink WaterwayLink AirRouteLink ProcedureLink "
    "StandardInstrumentDeparture InstrumentApproachProcedure StandardInstrumentArrival"
)
SEQUENCES: Final = (
    "RoadLinkSequence RailwayLinkSequence CablewayLinkSequence WaterLinkSequence AirLinkSequence"
)
SETS: Final = (
    "Road ERoad RailwayLine CablewayLinkSet FerryCrossing MarineWaterway InlandWaterway AirRoute"
)
NODES: Final = (
    "RoadNode RailwayNode RailwayYardNode RailwayStationNode CablewayNode WaterwayNode PortNode "
    "Navaid DesignatedPoint RunwayCentrelinePoint TouchDownLiftOff AerodromeNode"
)
AREAS: Final = (
    "RoadServiceArea RoadArea VehicleTrafficArea RailwayArea RailwayStationArea RailwayYardArea "
    "FairwayArea PortArea TrafficSeparationSchemeCrossing TrafficSeparationSchemeLane "
    "TrafficSeparationSchemeRoundabout TrafficSeparationSchemeSeparator AerodromeArea "
    "AirspaceArea ApronArea RunwayArea TaxiwayArea"
)
POINTS: Final = "MarkerPost Buoy Beacon"
PROPERTIES: Final = (
    "MaintenanceAuthority OwnerAuthority VerticalPosition TrafficFlowDirection "
    "ConditionOfFacility RestrictionForVehicles AccessRestriction FunctionalRoadClass "
    "RoadSurfaceCategory RoadServiceType RoadName NumberOfLanes SpeedLimit RoadWidth FormOfWay "
    "NominalTrackGauge RailwayElectrification RailwayType NumberOfTracks DesignSpeed RailwayUse "
    "RailwayStationCode FerryUse CEMTClass RestrictionForWaterVehicles "
    "WaterTrafficFlowDirection ConditionOfWaterFacility UpperAltitudeLimit FieldElevation "
    "LowerAltitudeLimit AerodromeType SurfaceComposition UseRestriction ElementLength "
    "ElementWidth AerodromeCategory ConditionOfAirFacility"
)
_ROAD: Final = (
    "Road ERoad RoadLink RoadLinkSequence RoadNode RoadArea RoadServiceArea VehicleTrafficArea"
)
_RAIL: Final = (
    "RailwayArea RailwayYardArea RailwayStationArea RailwayLine RailwayLink RailwayLinkSequence "
    "RailwayNode RailwayStationNode RailwayYardNode"
)
_AERODROME: Final = "AerodromeNode AerodromeArea"
_STRIPS: Final = "RunwayArea TaxiwayArea"
_AIRSPACE: Final = "AirRouteLink AirspaceArea"
_UNITS: Final = "AdministrativeUnit"
_COMPONENTS: Final = "AdminUnitName AddressAreaName PostalDescriptor ThoroughfareName"
_ZONES: Final = "CadastralZoning"


def _each(types: str, last: str, allowed: str) -> dict[str, str]:
    return {f"{one}.{last}": allowed for one in types.split()}


def _merged(tables: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {path: allowed for table in tables for path, allowed in table.items()}


TARGETS: Final[dict[str, str]] = _merged(
    [
        _each(
            "TrafficFlowDirection WaterTrafficFlowDirection",
            "networkRef.element",
            f"{LINKS} {SEQUENCES}",
        ),
        _each(
            "FormOfWay FunctionalRoadClass NumberOfLanes RoadName RoadSurfaceCategory RoadWidth "
            "SpeedLimit",
            "networkRef.element",
            _ROAD,
        ),
        _each("RoadServiceType", "networkRef.element", "RoadServiceArea RoadNode"),
        _each(
            "DesignSpeed NominalTrackGauge NumberOfTracks RailwayElectrification "
            "RailwayStationCode RailwayType RailwayUse",
            "networkRef.element",
            _RAIL,
        ),
        _each("CEMTClass", "networkRef.element", "InlandWaterway"),
        _each("ConditionOfWaterFacility", "networkRef.element", "PortArea PortNode"),
        _each("FerryUse", "networkRef.element", "FerryCrossing"),
        _each("RestrictionForWaterVehicles", "networkRef.element", "WaterwayLink WaterwayNode"),
        _each("AerodromeCategory AerodromeType FieldElevation", "networkRef.element", _AERODROME),
        _each("ConditionOfAirFacility", "networkRef.element", f"{_AERODROME} RunwayArea"),
        _each("ElementLength ElementWidth", "networkRef.element", f"{_STRIPS} TouchDownLiftOff"),
        _each("LowerAltitudeLimit UpperAltitudeLimit", "networkRef.element", _AIRSPACE),
        _each("SurfaceComposition", "networkRef.element", f"{_STRIPS} ApronArea TouchDownLiftOff"),
        _each("UseRestriction", "networkRef.element", f"AirRoute {LINKS} {NODES} AerodromeArea"),
        _each("AddressRepresentation", "addressFeature", "Address"),
        _each(
            "MarkerPost",
            "route",
            "Road ERoad RailwayLine CablewayLinkSet FerryCrossing "
            "MarineWaterway InlandWaterway AirRoute MarkerPost Buoy Beacon",
        ),
        _each(SETS, "post", "MarkerPost"),
        _each("Address", "component", _COMPONENTS),
        _each("Address", "parcel", "CadastralParcel"),
        _each("Address", "parentAddress", "Address"),
        _each("Address", "building", "Building BuildingPart"),
        _each("Address", "locator.withinScopeOf", _COMPONENTS),
        _each("AddressAreaName", "namedPlace", "NamedPlace"),
        _each(_COMPONENTS, "situatedWithin", _COMPONENTS),
        _each("AdminUnitName", "adminUnit", _UNITS),
        _each(
            "AdministrativeUnit",
            "condominium",
            "Condominium",
        ),
        _each("AdministrativeUnit", "NUTS", "NUTSRegion"),
        _each("AdministrativeUnit", "upperLevelUnit", _UNITS),
        _each("AdministrativeUnit", "lowerLevelUnit", _UNITS),
        _each("AdministrativeUnit", "administeredBy", _UNITS),
        _each("AdministrativeUnit", "coAdminister", _UNITS),
        _each("AdministrativeUnit", "boundary", "AdministrativeBoundary"),
        _each("AdministrativeBoundary Condominium", "admUnit", _UNITS),
        _each("BasicPropertyUnit CadastralParcel", "administrativeUnit", _UNITS),
        _each("CadastralBoundary", "parcel", "CadastralParcel"),
        _each("CadastralParcel", "basicPropertyUnit", "BasicPropertyUnit"),
        _each("CadastralParcel", "zoning", _ZONES),
        _each("CadastralZoning", "upperLevelUnit", _ZONES),
        _each("MaritimeZone", "boundary", "MaritimeBoundary"),
        _each("MaritimeZone", "seaArea", "SeaArea"),
        _each("MaritimeZone", "baseline", "Baseline Shoreline"),
        _each("ThoroughfareName", "transportLink", f"{LINKS} {SEQUENCES} {SETS}"),
    ]
)
