"""How fast TargetBatches become GML: nested bu-core2d buildings, one thread.

Run: ``python bench/gml_micro.py [features]``. Geometry has holes and multiparts, uses are
a list of structs, the rest has nulls and nils as real data do.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from commonplace.formats.gml import GmlFormat
from commonplace.model import load_model
from commonplace.model.types import Kind, Property, QName
from commonplace.target import LOCAL_ID, ORDINAL, Dataset, Node, Shape, TargetBatch, TargetCrs

SCHEMA = "bu-core2d/4.0"
ETRS89 = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
UTM33 = TargetCrs("EPSG:25833", "http://www.opengis.net/def/crs/EPSG/0/25833", False, 3, False)


def node(owner: QName, name: str, *below: Node, **options: Any) -> Node:
    """A node of a property of ``owner``, its object (if it has one) filled with ``below``."""
    model = load_model()
    found = [one for one in model.properties(owner, SCHEMA) if one.name == name][-1]
    shapes = (shape(found, below),) if found.kind is Kind.OBJECT and below else ()
    return Node(found, objects=shapes, **options)


def shape(held: Property, nodes: tuple[Node, ...]) -> Shape:
    element = held.objects[0]
    model = load_model()
    identified = model.type(model.element(element).type).identified
    return Shape(element, nodes, identified=identified)


def building_shape() -> Shape:
    """Building as a city would fill it: 13 of its properties, three of them nested."""
    building = load_model().feature_type(SCHEMA, "Building").name
    base = "{http://inspire.ec.europa.eu/schemas/bu-base/4.0}"
    inspire = "{http://inspire.ec.europa.eu/schemas/base/3.3}"
    flat = f"{base}BuildingGeometry2D"
    height, event, use = f"{base}HeightAboveGround", f"{base}DateOfEvent", f"{base}CurrentUse"
    identifier = f"{inspire}Identifier"
    return Shape(
        building,
        (
            node(building, "beginLifespanVersion", nil="Unpopulated"),
            node(building, "conditionOfConstruction", nil="Unknown"),
            node(
                building,
                "dateOfConstruction",
                node(event, "anyPoint", nil="Unknown"),
                nil="Unpopulated",
            ),
            node(building, "dateOfDemolition", void=True, nil="Unpopulated"),
            node(
                building,
                "heightAboveGround",
                node(height, "heightReference", constant="generalGround"),
                node(height, "lowReference", constant="generalGround"),
                node(height, "status", constant="measured"),
                node(height, "value", attributes=(("uom", "m"),)),
                nil="Unknown",
            ),
            node(
                building,
                "inspireId",
                node(identifier, "localId"),
                node(identifier, "namespace", constant="https://data.example.org/id/building"),
            ),
            node(building, "buildingNature", repeated=True, nil="Unpopulated"),
            node(
                building,
                "currentUse",
                node(use, "currentUse"),
                node(use, "percentage", nil="Unknown"),
                repeated=True,
                nil="Unknown",
            ),
            node(building, "numberOfDwellings", nil="Unpopulated"),
            node(building, "numberOfFloorsAboveGround", nil="Unpopulated"),
            node(
                building,
                "geometry2D",
                node(flat, "geometry"),
                node(flat, "referenceGeometry", constant="true"),
                node(flat, "horizontalGeometryReference", constant="footPrint"),
                node(
                    flat,
                    "horizontalGeometryEstimatedAccuracy",
                    void=True,
                    nil="Unpopulated",
                    attributes=(("uom", "m"),),
                ),
            ),
        ),
        feature=True,
    )


def footprints(
    count: int, random: np.random.Generator, crs: TargetCrs = ETRS89
) -> npt.NDArray[np.object_]:
    """Rings of 7 to 15 points; every tenth with a hole, every twentieth of two parts."""
    scale = 1e-4 if crs.geographic else 10.0
    origin = (10.0, 50.0) if crs.geographic else (500_000.0, 5_500_000.0)
    span = 0.5 if crs.geographic else 50_000.0
    centres = np.round(random.uniform(0, span, (count, 2)) + origin, crs.decimals)
    rings = [_rings(centres, sides, scale, crs.decimals) for sides in range(6, 15)]
    sides = random.integers(0, len(rings), count)
    result = np.empty(count, dtype=object)
    for index, made in enumerate(rings):
        result[sides == index] = made[sides == index]
    small = _rings(centres, 5, scale / 4, crs.decimals)
    holes = np.arange(count) % 10 == 3
    result[holes] = shapely.difference(result[holes], small[holes])
    pairs = np.arange(count) % 20 == 7
    corners = shapely.get_coordinates(shapely.get_exterior_ring(small[pairs])).reshape(-1, 6, 2)
    beside = shapely.polygons(np.add(corners, [5 * scale, 0.0]))
    result[pairs] = shapely.multipolygons(np.stack([result[pairs], beside], axis=1))
    return np.asarray(shapely.orient_polygons(shapely.set_precision(result, 10.0**-crs.decimals)))


def _rings(
    centres: npt.NDArray[np.float64], sides: int, scale: float, decimals: int
) -> npt.NDArray[np.object_]:
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1) * scale
    points = np.round(centres[:, None, :] + circle, decimals)
    return np.asarray(shapely.polygons(np.concatenate([points, points[:, :1]], axis=1)))


def buildings(count: int, crs: TargetCrs = ETRS89, seed: int = 1) -> TargetBatch:
    """A batch of generated buildings that fits :func:`building_shape`."""
    random = np.random.default_rng(seed)

    def some(values: pa.Array, share: float) -> pa.Array:
        return pa.array(values.to_pylist(), values.type, mask=random.random(count) >= share)

    def codes(words: list[str], size: int = count) -> pa.Array:
        return pa.array(np.array(words, dtype=object)[random.integers(0, len(words), size)])

    days = random.integers(0, 20_000, count).astype("datetime64[D]")
    uses = random.integers(0, 4, count)
    total = int(uses.sum())
    use = pa.StructArray.from_arrays(
        [
            codes(["individualResidence", "agriculture", "office", "trade"], total),
            pa.array(random.integers(1, 101, total)),
        ],
        ["currentUse", "percentage"],
    )
    offsets = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(uses, out=offsets[1:])
    nature = pa.array(
        [[one] if one else None for one in some(codes(["arch", "shed"]), 0.2).to_pylist()]
    )
    ids = pa.array([f"DEBY{number:08d}" for number in range(count)])
    built = days.astype("datetime64[us]")
    event = pa.StructArray.from_arrays(
        [some(pa.array(built, pa.timestamp("us", "UTC")), 0.9)],
        ["anyPoint"],
        mask=pa.array(random.random(count) < 0.3),
    )
    height = pa.StructArray.from_arrays(
        [pa.array(np.round(random.uniform(2, 40, count), 2))],
        ["value"],
        mask=pa.array(random.random(count) < 0.2),
    )
    columns = {
        ORDINAL: pa.array(np.arange(count)),
        LOCAL_ID: ids,
        "beginLifespanVersion": some(pa.array(built, pa.timestamp("us", "UTC")), 0.8),
        "conditionOfConstruction": some(codes(["functional", "ruin", "declined"]), 0.9),
        "dateOfConstruction": event,
        "heightAboveGround": height,
        "inspireId": pa.StructArray.from_arrays([ids], ["localId"]),
        "buildingNature": nature,
        "currentUse": pa.ListArray.from_arrays(pa.array(offsets), use),
        "numberOfDwellings": some(pa.array(random.integers(1, 30, count)), 0.7),
        "numberOfFloorsAboveGround": some(pa.array(random.integers(1, 12, count)), 0.8),
        "geometry2D": pa.StructArray.from_arrays(
            [pa.array(np.arange(count, dtype=np.int32))], ["geometry"]
        ),
    }
    batch = pa.RecordBatch.from_pydict(columns)
    return TargetBatch(building_shape(), batch, footprints(count, random, crs))


def measure(count: int, crs: TargetCrs, runs: int = 5) -> tuple[float, float]:
    """Features a second (the best run), and bytes a feature."""
    batch = buildings(count, crs)
    dataset = Dataset("buildings", SCHEMA, "https://data.example.org/id/building", crs)
    best = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "piece"
        for _ in range(runs):
            start = time.perf_counter()
            encoder = GmlFormat().encoder(dataset, batch.shape, path)
            encoder.write(batch)
            encoder.close()
            best = min(best, time.perf_counter() - start)
        return count / best, path.stat().st_size / count


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("features", type=int, nargs="?", default=65_536)
    count = arguments.parse_args().features
    for crs in (ETRS89, UTM33):
        rate, size = measure(count, crs)
        sys.stdout.write(f"{crs.code}: {rate:,.0f} features/s, {size:,.0f} bytes a feature\n")


if __name__ == "__main__":
    main()
