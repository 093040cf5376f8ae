"""The rules of single themes; :mod:`commonplace.validate.themes` checks them."""

from __future__ import annotations

from typing import Final

from commonplace.validate.rules import ERROR, Rule

AD_DEFAULT: Final = Rule(
    "AD_DEFAULT_POSITION",
    ERROR,
    "an address without exactly one default position",
    "IR Annex I 5.5 (Address); ETS ad-as.b.2",
    "set default to true on one position, to false on the others",
)
AD_POSITIONS: Final = Rule(
    "AD_POSITIONS_ALIKE",
    ERROR,
    "several positions of an address with the same specification",
    "IR Annex I 5.5; ETS ad-as.c.1",
    "give each position a specification of its own",
)
AD_POSTAL: Final = Rule(
    "AD_POSTAL_EMPTY",
    ERROR,
    "a postal descriptor without post code and post name",
    "IR Annex I 5.5 (PostalDescriptor); ETS ad-as.b.3",
    "give at least one of the two",
)
AD_LOCATOR: Final = Rule(
    "AD_LOCATOR_EMPTY",
    ERROR,
    "a locator without designator and name",
    "IR Annex I 5.5 (AddressLocator); ETS ad-as.b.4",
    "give at least one of the two",
)
BU_REFERENCE: Final = Rule(
    "BU_REFERENCE_GEOMETRY",
    ERROR,
    "a building without exactly one reference geometry",
    "IR Annex III 2 (singleReferenceGeometry); ETS bu-2d-as.a.1",
    "set referenceGeometry to true on one geometry2D, to false on the others",
)
BU_GEOMETRY: Final = Rule(
    "BU_GEOMETRY_TYPE",
    ERROR,
    "a building's 2D geometry that is neither point nor surface",
    "IR Annex III 2 (geometryIsPointOrSurfaceOrMultiSurface); ETS bu-as.b.5",
    "write Point, Surface, Polygon or MultiSurface",
)
BU_PERCENTAGE: Final = Rule(
    "BU_PERCENTAGE_SUM",
    ERROR,
    "percentages of current use that make more than 100",
    "IR Annex III 2 (percentageSum); ETS bu-as.b.1",
    "correct the shares",
)
BU_EVENT: Final = Rule(
    "BU_EVENT_EMPTY",
    ERROR,
    "an event without beginning, end or any point in time",
    "IR Annex III 2 (atLeastOneEvent); ETS bu-as.b.2",
    "give one of the three, or make dateOfConstruction and its like nil",
)
BU_SOLID: Final = Rule(
    "BU_NO_3D_GEOMETRY",
    ERROR,
    "a 3D building or part without any geometry of a level of detail",
    "IR Annex III 2 (Buildings3D); ETS bu-3d-as.a.4",
    "give one of geometry3DLoD1 to geometry3DLoD4, or parts that have it",
)
CP_REFERENCE: Final = Rule(
    "CP_NATIONAL_REFERENCE",
    ERROR,
    "a parcel without national cadastral reference",
    "IR Annex I 6.1.1 (CadastralParcel); ETS cp-as.a.1",
    "fill nationalCadastralReference",
)
CP_GEOMETRY: Final = Rule(
    "CP_GEOMETRY_TYPE",
    ERROR,
    "a parcel whose geometry is no surface",
    "IR Annex I 6.1.1 (geometryType); ETS cp-as.d.3",
    "write Surface, Polygon or MultiSurface",
)
LU_DOCUMENT: Final = Rule(
    "LU_DOCUMENT_EMPTY",
    ERROR,
    "official documentation without citation, text or plan document",
    "IR Annex III 4 (OfficialDocumentation); ETS lu-plu-as.b.1",
    "give one of legislationCitation, regulationText, planDocument",
)
PS_SCHEME: Final = Rule(
    "PS_DESIGNATION_SCHEME",
    ERROR,
    "a designation of another scheme than the one stated",
    "IR Annex I 9.1.1 (DesignationConstraint); ETS ps-as.b.1",
    "take the designation from the list of its scheme",
)
TN_IDENTIFIER: Final = Rule(
    "TN_NO_IDENTIFIER",
    ERROR,
    "a transport object without external identifier",
    "IR Annex I 7.1 (constraints of the transport types); ETS tn-as.b.2 to b.8",
    "give it an inspireId",
)
TN_STATION: Final = Rule(
    "TN_STATION_FORM",
    ERROR,
    "a railway station or yard node whose form is not railwayStop",
    "IR Annex I 7.6; ETS tn-ra-as.b.8, b.9",
    "write http://inspire.ec.europa.eu/codelist/FormOfRailwayNodeValue/railwayStop",
)

RULES: Final = (
    AD_DEFAULT,
    AD_POSITIONS,
    AD_POSTAL,
    AD_LOCATOR,
    BU_REFERENCE,
    BU_GEOMETRY,
    BU_PERCENTAGE,
    BU_EVENT,
    BU_SOLID,
    CP_REFERENCE,
    CP_GEOMETRY,
    LU_DOCUMENT,
    PS_SCHEME,
    TN_IDENTIFIER,
    TN_STATION,
)
