"""Makes the demo's town: layers with attributes in German and Italian, and its sensors.

The town is invented, lies in EPSG:25832 and is the same at every run. A handful of
defects (:data:`DEFECTS`) are put in on purpose, such as cities' own data have.

``python tools/make_town.py out/town`` writes one GeoJSON a layer (coordinates in
EPSG:25832, as a server stores them), ``town.gpkg`` with the same layers, and
``sensors.json``, NGSI-LD entities.
"""

from __future__ import annotations

import json
import math
import sys
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

CRS: Final = "EPSG:25832"
SEED: Final = 25832
CORNER: Final = (682_000.0, 5_165_000.0)
BLOCKS: Final = 14
PITCH: Final = (92.0, 76.0)
ZONE_ROWS: Final = (0, 2, 4, 7, 9, 12, 14)
GREEN: Final = frozenset({(1, 4), (2, 3)})
PUBLIC: Final = frozenset({(4, 2), (3, 0)})
TOWN: Final = ("Lindenau", "Tigliano")
POSTCODES: Final = ("39098", "39099")
PLAN: Final = "BLP-2019"
CONTEXT: Final = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"

STEMS: Final = (
    ("Linden", "dei Tigli"),
    ("Rosen", "delle Rose"),
    ("Mühl", "del Mulino"),
    ("Kirch", "della Chiesa"),
    ("Bach", "del Rio"),
    ("Wein", "del Vino"),
    ("Brunnen", "della Fontana"),
    ("Wiesen", "dei Prati"),
    ("Berg", "del Monte"),
    ("Schul", "della Scuola"),
    ("Bahnhof", "della Stazione"),
    ("Markt", "del Mercato"),
    ("Apfel", "delle Mele"),
    ("Handwerker", "degli Artigiani"),
    ("Sonnen", "del Sole"),
    ("Fischer", "dei Pescatori"),
    ("Turm", "della Torre"),
    ("Nuss", "delle Noci"),
    ("Kloster", "del Convento"),
    ("Sand", "della Sabbia"),
)
ENDINGS: Final = (("straße", "Via"), ("gasse", "Vicolo"), ("weg", "Strada"))
USES: Final = {
    "WOH": ("Wohnen", "abitazione"),
    "GEM": ("Wohnen und Gewerbe", "abitazione e commercio"),
    "BUE": ("Büro", "uffici"),
    "HAN": ("Handel", "commercio"),
    "IND": ("Industrie", "industria"),
    "LAN": ("Landwirtschaft", "agricoltura"),
    "OEF": ("Öffentliche Einrichtung", "servizio pubblico"),
}
CONDITIONS: Final = ("in Nutzung", "leer stehend", "Ruine", "im Bau")
ZONES: Final = {
    "A1": ("Historischer Ortskern", "Centro storico", 14.0),
    "B1": ("Auffüllzone", "Zona di completamento", 12.5),
    "C1": ("Erweiterungszone", "Zona di espansione", 10.5),
    "D1": ("Gewerbegebiet", "Zona per insediamenti produttivi", 16.0),
    "F1": ("Zone für öffentliche Einrichtungen", "Zona per attrezzature collettive", 15.0),
    "V1": ("Öffentliches Grün", "Verde pubblico", None),
    "L1": ("Landwirtschaftsgebiet", "Zona di verde agricolo", 8.0),
}
SPECIES: Final = (
    ("Tilia cordata", "Winterlinde", "tiglio selvatico"),
    ("Acer platanoides", "Spitzahorn", "acero riccio"),
    ("Platanus × hispanica", "Platane", "platano"),
    ("Aesculus hippocastanum", "Rosskastanie", "ippocastano"),
    ("Cedrus deodara", "Himalajazeder", "cedro dell'Himalaya"),
    ("Prunus avium", "Vogelkirsche", "ciliegio"),
)
DISTRICTS: Final = (
    ("1", "Altstadt", "Centro storico", (4, 4, 10, 10)),
    ("2", "Nord", "Nord", (0, 10, 14, 14)),
    ("3", "Gewerbepark", "Zona produttiva", (10, 4, 14, 10)),
    ("4", "Unterdorf", "Borgo di Sotto", (0, 0, 14, 4)),
    ("5", "Mühlviertel", "Rione Mulino", (0, 4, 4, 10)),
)
DEFECTS: Final = {
    "B-0011": "outline crosses itself",
    "B-0023": "no geometry",
    "B-0037": "date of construction in month 13",
    "B-0051": "use code that no list knows",
    "B-0068": "use code in lower case",
    "B-0083": "control character in the name",
    "B-0100": "id twice",
}


@dataclass(slots=True)
class Layer:
    """Features of one layer. ``key`` names the column with the id."""

    name: str
    title: str
    key: str
    rows: list[dict[str, object]] = field(default_factory=list)
    geometries: list[BaseGeometry | None] = field(default_factory=list)

    def add(self, geometry: BaseGeometry | None, **attributes: object) -> None:
        self.rows.append(attributes)
        self.geometries.append(None if geometry is None else shapely.set_precision(geometry, 0.01))


@dataclass(frozen=True, slots=True)
class Street:
    """A street with its name in both languages."""

    number: int
    name: str
    nome: str
    line: LineString

    @property
    def id(self) -> str:
        return f"S-{self.number:03d}"


@dataclass(frozen=True, slots=True)
class Lot:
    """A quarter of a block: where a building may stand, and the street it faces."""

    block: tuple[int, int]
    centre: tuple[float, float]
    facing: int
    """-1 where the street lies south of the lot, 1 where it lies north."""


def make_town() -> dict[str, Layer]:
    """All layers by name."""
    rng = np.random.default_rng(SEED)
    streets = list(_streets())
    layers = {
        "streets": _street_layer(streets, rng),
        "districts": _district_layer(),
        "plan": _plan_layer(),
        "zoning": _zoning_layer(),
        "trees": _tree_layer(streets, rng),
    }
    layers["buildings"], layers["addresses"] = _building_layers(streets, rng)
    _spoil(layers["buildings"])
    return layers


def write_town(folder: Path) -> dict[str, Layer]:
    """Write the layers as GeoJSON and GeoPackage, and the sensors."""
    folder.mkdir(parents=True, exist_ok=True)
    layers = make_town()
    package = folder / "town.gpkg"
    package.unlink(missing_ok=True)
    for layer in layers.values():
        path = folder / f"{layer.name}.geojson"
        path.write_text(json.dumps(_geojson(layer), ensure_ascii=False), encoding="utf-8")
        frame = gpd.GeoDataFrame(layer.rows, geometry=layer.geometries, crs=CRS)
        frame.to_file(package, layer=layer.name, engine="pyogrio")
    sensors = json.dumps(make_sensors(), ensure_ascii=False, indent=1)
    (folder / "sensors.json").write_text(sensors, encoding="utf-8")
    return layers


def _geojson(layer: Layer) -> dict[str, object]:
    features = [
        {
            "type": "Feature",
            "id": row[layer.key],
            "properties": row,
            "geometry": None if geometry is None else shapely.geometry.mapping(geometry),
        }
        for row, geometry in zip(layer.rows, layer.geometries, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _bend(x: float, y: float) -> tuple[float, float]:
    """From the plan's straight grid to the ground: streets follow the slope."""
    east = CORNER[0] + x + 26 * math.sin(y / 310) + 9 * math.sin(x / 170)
    north = CORNER[1] + y + 21 * math.sin(x / 260)
    return east, north


def _bent(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    line = shapely.segmentize(LineString(points), 23.0)
    return [_bend(x, y) for x, y in line.coords]


def _area(left: int, bottom: int, right: int, top: int) -> Polygon:
    """The ground of whole blocks, up to the middle of the streets around them."""
    x0, y0, x1, y1 = left * PITCH[0], bottom * PITCH[1], right * PITCH[0], top * PITCH[1]
    return Polygon(_bent([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]))


def _streets() -> Iterator[Street]:
    """Two streets on each line of the grid: 30 to the north, 30 to the east."""
    names = [(f"{stem}{end}", f"{via} {nome}") for end, via in ENDINGS for stem, nome in STEMS]
    half = BLOCKS // 2
    number = 0
    for axis in (0, 1):
        for line in range(BLOCKS + 1):
            for start in (0, half):
                along = [step * PITCH[1 - axis] for step in (start, start + half)]
                across = line * PITCH[axis]
                ends = [(across, one) if axis == 0 else (one, across) for one in along]
                name, nome = names[number]
                yield Street(number, name, nome, LineString(_bent(ends)))
                number += 1


def _street_layer(streets: list[Street], rng: np.random.Generator) -> Layer:
    layer = Layer("streets", "Straßen / Strade", "strasse_id")
    for street in streets:
        main = street.number % 15 in (0, 7)
        layer.add(
            street.line,
            strasse_id=street.id,
            strassenname=street.name,
            nome_via=street.nome,
            klasse="H" if main else "W",
            breite_m=round(9.0 if main else float(rng.uniform(4.5, 6.5)), 1),
        )
    return layer


def _district_layer() -> Layer:
    layer = Layer("districts", "Stadtviertel / Quartieri", "bezirk_id")
    for number, (key, name, nome, blocks) in enumerate(DISTRICTS):
        layer.add(
            _area(*blocks),
            bezirk_id=key,
            name_de=name,
            nome_it=nome,
            einwohner=900 + 270 * ((number * 7) % 5),
        )
    return layer


def _district_of(column: int, row: int) -> str:
    return next(
        key
        for key, _, _, (left, bottom, right, top) in DISTRICTS
        if left <= column < right and bottom <= row < top
    )


def _zone_of(column: int, row: int) -> str:
    """The code of the zone that a block lies in."""
    across, up = column // 2, bisect(ZONE_ROWS, row) - 1
    if (across, up) in GREEN:
        return "V1"
    if (across, up) in PUBLIC:
        return "F1"
    if across >= 5 and 2 <= up <= 3:
        return "D1"
    if across == 0 or up == 5:
        return "L1"
    distance = max(abs(across - 3), abs(up - 2.5))
    return "A1" if distance < 1 else "B1" if distance < 2 else "C1"


def _plan_layer() -> Layer:
    layer = Layer("plan", "Bauleitplan / Piano urbanistico", "plan_id")
    layer.add(
        _area(0, 0, BLOCKS, BLOCKS),
        plan_id=PLAN,
        plan_name="Bauleitplan der Gemeinde Lindenau",
        nome_piano="Piano urbanistico del comune di Tigliano",
        beschluss="2019-05-14",
        rechtskraft="2019-07-01",
        dokument="https://plan.example.org/blp-2019.pdf",
    )
    return layer


def _zoning_layer() -> Layer:
    layer = Layer("zoning", "Flächenwidmung / Destinazione d'uso", "zone_id")
    for bottom, top in pairwise(ZONE_ROWS):
        for left in range(0, BLOCKS, 2):
            code = _zone_of(left, bottom)
            name, nome, height = ZONES[code]
            layer.add(
                _area(left, bottom, left + 2, top),
                zone_id=f"Z-{len(layer.rows) + 1:02d}",
                widmung=code,
                widmung_de=name,
                destinazione_it=nome,
                hoehe_max_m=height,
                plan_id=PLAN,
                rechtskraft="2019-07-01",
            )
    return layer


def _tree_layer(streets: list[Street], rng: np.random.Generator) -> Layer:
    layer = Layer("trees", "Bäume / Alberi", "baum_id")
    while len(layer.rows) < 400:
        street = streets[int(rng.integers(len(streets)))]
        spot = street.line.interpolate(float(rng.uniform(0, street.line.length)))
        art, name, nome = SPECIES[int(rng.integers(len(SPECIES)))]
        planted = int(rng.integers(1910, 2024))
        side = 4.0 if rng.random() < 0.5 else -4.0
        layer.add(
            Point(spot.x + side, spot.y + side),
            baum_id=f"T-{len(layer.rows) + 1:04d}",
            art=art,
            art_de=name,
            specie_it=nome,
            pflanzjahr=planted,
            hoehe_m=round(min(27.0, 2.0 + (2025 - planted) * float(rng.uniform(0.15, 0.4))), 1),
            strasse_id=street.id,
        )
    return layer


def _lots(rng: np.random.Generator) -> Iterator[Lot]:
    for column in range(BLOCKS):
        for row in range(BLOCKS):
            if _zone_of(column, row) == "V1":
                continue
            share = 0.45 if _zone_of(column, row) == "L1" else 0.97
            for right in (0, 1):
                for upper in (0, 1):
                    if rng.random() < share:
                        x = (column + 0.28 + 0.44 * right) * PITCH[0]
                        y = (row + 0.27 + 0.46 * upper) * PITCH[1]
                        yield Lot((column, row), (x, y), 1 if upper else -1)


def _outline(lot: Lot, use: str, rng: np.random.Generator) -> Polygon | MultiPolygon:
    """A house: rectangle, angle, yard inside, or two parts; turned as its street is."""
    width, depth = float(rng.uniform(11, 24)), float(rng.uniform(9, 18))
    if use == "IND":
        width, depth = width + 10, depth + 8
    box: Polygon | MultiPolygon = shapely.box(-width / 2, -depth / 2, width / 2, depth / 2)
    form = rng.random()
    if form < 0.25:
        box = box.difference(shapely.box(0, 0, width, depth))
    elif form < 0.33:
        box = box.difference(shapely.box(-width / 5, -depth / 5, width / 5, depth / 5))
    elif form < 0.38:
        shed = shapely.box(width / 2 + 2, -2, width / 2 + 5, 2)
        box = MultiPolygon([box, shed])
    east, north = _bend(*lot.centre)
    ahead = _bend(lot.centre[0] + 1, lot.centre[1])
    angle = math.atan2(ahead[1] - north, ahead[0] - east)
    turned = shapely.affinity.rotate(box, angle, origin=(0, 0), use_radians=True)
    return shapely.affinity.translate(turned, east, north)


def _use_of(zone: str, rng: np.random.Generator) -> str:
    choices = {
        "A1": ("GEM", "GEM", "HAN", "BUE", "WOH", "OEF"),
        "B1": ("WOH", "WOH", "WOH", "GEM", "BUE"),
        "C1": ("WOH",),
        "D1": ("IND", "IND", "BUE", "HAN"),
        "F1": ("OEF",),
        "L1": ("LAN", "WOH"),
    }[zone]
    return choices[int(rng.integers(len(choices)))]


def _building_layers(streets: list[Street], rng: np.random.Generator) -> tuple[Layer, Layer]:
    buildings = Layer("buildings", "Gebäude / Edifici", "gebaeude_id")
    addresses = Layer("addresses", "Adressen / Indirizzi", "adresse_id")
    numbers: dict[tuple[int, int], int] = {}
    for lot in _lots(rng):
        use = _use_of(_zone_of(*lot.block), rng)
        outline = _outline(lot, use, rng)
        building = f"B-{len(buildings.rows) + 1:04d}"
        buildings.add(outline, **_building(building, lot, use, rng))
        street = _street_facing(lot, streets)
        for _ in range(1 if rng.random() < 0.7 else 2):
            taken = numbers.get((street.number, lot.facing), 0) + 1
            numbers[street.number, lot.facing] = taken
            house_number = 2 * taken - (lot.facing == 1)
            addresses.add(
                _entrance(outline, street),
                **_address(len(addresses.rows) + 1, building, lot, street, house_number, rng),
            )
    return buildings, addresses


def _building(key: str, lot: Lot, use: str, rng: np.random.Generator) -> dict[str, object]:
    storeys = int(rng.integers(1, 3 if use in ("IND", "LAN") else 6))
    year = int(rng.integers(1780, 2024))
    day = f"{year}-{int(rng.integers(1, 13)):02d}-{int(rng.integers(1, 29)):02d}"
    condition = CONDITIONS[min(3, int(rng.exponential(0.35)))]
    homes = 0 if use in ("IND", "HAN", "OEF", "BUE") else storeys * int(rng.integers(1, 4))
    public = use == "OEF"
    name, nome = USES[use]
    return {
        "gebaeude_id": key,
        "name": f"Haus {STEMS[year % len(STEMS)][0]}" if public else None,
        "nome": f"Casa {STEMS[year % len(STEMS)][1]}" if public else None,
        "nutzung": use,
        "nutzung_de": name,
        "uso_it": nome,
        "zustand": condition,
        "geschosse": storeys,
        "hoehe_m": round(storeys * 3.1 + float(rng.uniform(0.5, 4.0)), 2),
        "wohnungen": homes,
        "baudatum": day if rng.random() < 0.85 else None,
        "bezirk_id": _district_of(*lot.block),
        "erfasst_am": f"202{year % 5}-03-1{year % 10}T09:30:00+01:00",
    }


def _street_facing(lot: Lot, streets: list[Street]) -> Street:
    """The street along the lot's southern or northern edge."""
    column, row = lot.block
    line = row + (lot.facing == 1)
    second_half = column >= BLOCKS // 2
    return streets[2 * (BLOCKS + 1) + 2 * line + second_half]


def _entrance(outline: BaseGeometry, street: Street) -> Point:
    """On the house's wall, nearest to the street."""
    return Point(shapely.shortest_line(outline, street.line).coords[0])


def _address(
    number: int,
    building: str,
    lot: Lot,
    street: Street,
    house_number: int,
    rng: np.random.Generator,
) -> dict[str, object]:
    suffix = "AB"[int(rng.integers(2))] if rng.random() < 0.06 else None
    return {
        "adresse_id": f"A-{number:04d}",
        "strasse_id": street.id,
        "strassenname": street.name,
        "nome_via": street.nome,
        "hausnummer": house_number,
        "zusatz": suffix,
        "plz": POSTCODES[lot.block[1] >= BLOCKS // 2],
        "ort": TOWN[0],
        "comune": TOWN[1],
        "status": "G" if rng.random() < 0.95 else "V",
        "gueltig_ab": f"{int(rng.integers(1985, 2024))}-01-01",
        "gebaeude_id": building,
    }


def _spoil(buildings: Layer) -> None:
    """Put the :data:`DEFECTS` in."""
    at = {str(row["gebaeude_id"]): index for index, row in enumerate(buildings.rows)}
    crossed, missing, month, unknown, lower, control, twice = (at[key] for key in DEFECTS)
    x, y = shapely.get_coordinates(shapely.centroid(buildings.geometries[crossed]))[0].round(2)
    bowtie = [(x, y), (x + 14, y + 10), (x + 14, y), (x, y + 10), (x, y)]
    buildings.geometries[crossed] = Polygon(bowtie)
    buildings.geometries[missing] = None
    buildings.rows[month]["baudatum"] = "1974-13-05"
    buildings.rows[unknown]["nutzung"] = "XQ9"
    buildings.rows[lower]["nutzung"] = str(buildings.rows[lower]["nutzung"]).lower()
    buildings.rows[control].update(name="Haus\x0bSonne", nome="Casa del Sole")
    buildings.rows[twice + 1]["gebaeude_id"] = buildings.rows[twice]["gebaeude_id"]


def make_sensors() -> list[dict[str, object]]:
    """The town's sensors as NGSI-LD entities, normalized."""
    rng = np.random.default_rng(SEED + 1)
    to_lonlat = pyproj.Transformer.from_crs(CRS, "EPSG:4258", always_xy=True)
    sensors: list[dict[str, object]] = []
    for kind, count in (("AirQualityObserved", 12), ("NoiseLevelObserved", 9)):
        for number in range(1, count + 1):
            column, row = rng.uniform(1, BLOCKS - 1, 2)
            lon, lat = to_lonlat.transform(*_bend(column * PITCH[0], row * PITCH[1]))
            place = {"type": "Point", "coordinates": [round(lon, 7), round(lat, 7)]}
            stem, nome = STEMS[number]
            sensors.append(
                {
                    "id": f"urn:ngsi-ld:{kind}:lindenau-{number:02d}",
                    "type": kind,
                    "name": {"type": "Property", "value": f"Messstelle {stem}gasse"},
                    "nome": {"type": "Property", "value": f"Stazione Vicolo {nome}"},
                    "location": {"type": "GeoProperty", "value": place},
                    "since": {"type": "Property", "value": f"20{9 + number:02d}-05-01"},
                    **_readings(kind, rng),
                    "@context": CONTEXT,
                }
            )
    return sensors


def _readings(kind: str, rng: np.random.Generator) -> Mapping[str, object]:
    observed = "2026-11-20T06:00:00Z"

    def reading(mean: float, unit: str) -> dict[str, object]:
        value = round(float(rng.normal(mean, mean / 8)), 1)
        return {"type": "Property", "value": value, "unitCode": unit, "observedAt": observed}

    if kind == "NoiseLevelObserved":
        return {"LAeq": reading(61, "2N")}
    return {"NO2": reading(24, "GQ"), "PM10": reading(17, "GQ")}


if __name__ == "__main__":
    written = write_town(Path(sys.argv[1]))
    for one in written.values():
        print(f"{one.name}: {len(one.rows)}")
