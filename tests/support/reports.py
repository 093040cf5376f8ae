"""A report with something in every section, hostile texts among it."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.affinity

from commonplace.package.drawing import draw
from commonplace.report import (
    CrsOperation,
    Finding,
    LayerLedger,
    OutputFile,
    PropertyFacts,
    Report,
    Severity,
    TypeFacts,
    TypeLedger,
)

HOSTILE = "<script>alert(\"x\")</script> & 'quoted'"


def town(number: int = 400) -> np.ndarray:
    """Blocks of houses along streets, EPSG:25832."""
    random = np.random.default_rng(7)
    row, column = np.divmod(np.arange(number), 20)
    x = 356_000 + column * 28 + (column // 4) * 30 + random.normal(0, 2, number)
    y = 5_645_000 + row * 34 + (row // 3) * 24 + random.normal(0, 2, number)
    wide, deep = random.uniform(9, 22, number), random.uniform(8, 18, number)
    houses = shapely.box(x, y, x + wide, y + deep)
    return np.array(
        [
            shapely.affinity.rotate(one, a)
            for one, a in zip(houses, random.normal(8, 3, number), strict=True)
        ]
    )


def report() -> Report:
    import pyproj

    houses = town()
    to_degrees = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4258", always_xy=True)
    after = shapely.transform(houses, lambda xy: np.column_stack(to_degrees.transform(*xy.T)))
    points = shapely.centroid(after)[::3]
    made = Report(
        title="Buildings and addresses of Musterstadt",
        job="musterstadt",
        licence="CC-BY-4.0",
        attribution="© City of Musterstadt, Surveying Office",
        as_of="2026-11-01T00:00:00Z",
        inputs=[
            {"source": "city", "kind": "ogcapi", "address": "http://127.0.0.1:5000/", "pages": 12},
            {"source": "register", "kind": "file", "address": "adressen.gpkg", "driver": "GPKG"},
        ],
        outputs=[
            OutputFile(
                "buildings.gml",
                "gml",
                "application/gml+xml",
                ("Building",),
                {"Building": 1893},
                "EPSG:4258",
            ),
            OutputFile(
                "buildings.gpkg",
                "gpkg",
                "application/geopackage+sqlite3",
                ("Building",),
                {"Building": 1893},
                "EPSG:4258",
            ),
            OutputFile(
                "addresses_Address.geojson",
                "geojson",
                "application/geo+json",
                ("Address",),
                {"Address": 1904},
                "OGC:CRS84",
            ),
        ],
        layers={
            "buildings:gebaeude": LayerLedger(2012, 100, 19, 1893),
            "addresses:adressen": LayerLedger(1904, 0, 0, 1904),
        },
        types={
            "buildings:Building": TypeLedger(1893, 0, 0, 1893),
            "addresses:Address": TypeLedger(1904, 0, 0, 1904),
            "addresses:ThoroughfareName": TypeLedger(0, 1904, 1877, 27),
            "addresses:PostalDescriptor": TypeLedger(0, 1904, 1847, 57),
        },
        operations=[
            CrsOperation(
                "buildings:gebaeude",
                "EPSG:25832",
                "EPSG:4258",
                "Inverse of UTM zone 32N",
                0.0,
                area="Germany – onshore",
            ),
            CrsOperation(
                "addresses:adressen",
                "EPSG:31467",
                "EPSG:4258",
                "Inverse of 3-degree Gauss-Kruger zone 3 + DHDN to ETRS89 (8)",
                0.1,
                grids=("de_adv_BETA2007.tif",),
                missing_grids=("de_nrw_nwkgitter.tif: https://cdn.proj.org/",),
                area="Germany – onshore – former West Germany",
                proj="+proj=pipeline +step +inv +proj=tmerc +lon_0=9 +step +proj=hgridshift",
                alternatives=("DHDN to ETRS89 (3): 3 m",),
            ),
        ],
        unused_columns={"buildings:gebaeude": ["objart", "bem", "letzte_aenderung"]},
        unfilled_properties={
            "buildings:Building": [
                "conditionOfConstruction",
                "dateOfDemolition",
                "dateOfRenovation",
                "elevation",
                "heightAboveGround",
            ]
        },
        losses={
            "geojson": [
                "Building: name: only the spelling and language of a name are written (MT005)",
                "Building: coordinates are longitude and latitude",
            ]
        },
        facts={
            "buildings:Building": TypeFacts(
                objects=1893,
                kinds=("area",),
                bounds=(7.0, 50.9, 7.1, 51.0),
                properties={
                    "currentUse.currentUse": PropertyFacts(
                        1790,
                        {"residential": 1500, "industrial": 200, "x:own": 89, HOSTILE: 1},
                        "http://inspire.ec.europa.eu/codelist/CurrentUseValue",
                    ),
                    "conditionOfConstruction": PropertyFacts(
                        1893,
                        {"functional": 1893},
                        "http://inspire.ec.europa.eu/codelist/ConditionOfConstructionValue",
                    ),
                    "dateOfConstruction.anyPoint": PropertyFacts(
                        800, {str(year): 1 + year % 7 for year in range(1880, 2026)}, years=True
                    ),
                    "heightAboveGround.value": PropertyFacts(
                        1893, numbers=tuple(4 + (n * 7919 % 200) / 10 for n in range(900))
                    ),
                    "numberOfDwellings": PropertyFacts(
                        700, numbers=(*[1.0] * 500, *[2.0] * 150, *[6.0] * 50), type="integer"
                    ),
                    "name": PropertyFacts(12),
                },
            ),
            "addresses:Address": TypeFacts(1904, ("point",)),
            "addresses:Nothing": TypeFacts(),
        },
        timings={"plan": 0.41, "map": 3.82, "write": 1.2},
        versions={
            "commonplace": "0.1.0",
            "pyarrow": "26.0.1",
            "shapely": "2.2.0",
            "pyproj": "3.7.2",
        },
        drawings={
            "buildings:gebaeude": {"before": draw(houses), "after": draw(after)},
            "addresses:adressen": {
                "before": draw(shapely.centroid(houses)[::3]),
                "after": draw(points),
            },
        },
    )
    for index in range(19):
        place = points[index * 5]
        made.findings.add(
            Finding(
                "GEOMETRY_REPAIRED" if index % 2 else "GEOMETRY_INVALID",
                Severity.WARNING if index % 2 else Severity.ERROR,
                "the ring crosses itself",
                "buildings:gebaeude",
                f"DEHE{index:06d}",
                "geometry2D",
                f"area {index / 10:+.1f} m²",
                "mend the outline in the source",
                (place.x, place.y),
            )
        )
    made.findings.add(
        Finding(
            "CODE_UNMATCHED",
            Severity.WARNING,
            f"no code for {HOSTILE}",
            "buildings:gebaeude",
            HOSTILE,
            "currentUse",
            HOSTILE,
            "add it to codes:",
            count=212,
        )
    )
    made.findings.add(
        Finding(
            "SOURCE_COUNT_UNKNOWN",
            Severity.INFO,
            "the server does not say how many features there are",
            "addresses:adressen",
        )
    )
    return made
