"""EDR and Coverages: a real pygeoapi, and a service of locations on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pyarrow as pa
import pytest
import rasterio
import shapely
import xarray

from commonplace.batch import GEOMETRY, Query, Source
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.job import EdrSpec, SourceSpec
from commonplace.jobreading import read_job
from commonplace.ngsi.entities import read_id_map
from commonplace.pipeline import run
from commonplace.sources import open_source
from commonplace.sources.covjson import cells
from servers.geoapi import Gridded, running_pygeoapi
from servers.loopback import serving
from support.sources import codes, details

LON = np.linspace(11, 11.9, 10)
LAT = np.linspace(46.5, 46, 6)  # pygeoapi takes it for falling
DAYS = np.array(["2026-01-01", "2026-01-02", "2026-01-03"], "datetime64[ns]")
BOX = (11, 46, 11.9, 46.5)
PLACES = [[11 + i / 10, 46 + j / 10, 10.0 * i + j] for i in range(10) for j in range(6)]
VALUES = np.arange(6 * 10 * 3, dtype="float64").reshape(6, 10, 3)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("grids")
    about = {"units": "ug/m3", "long_name": "NO2"}
    xarray.Dataset(
        {"no2": (("lat", "lon", "time"), VALUES, about)}, {"time": DAYS, "lat": LAT, "lon": LON}
    ).to_netcdf(folder / "air.nc")
    write_raster(folder / "dem.tif")
    (folder / "places.json").write_text(json.dumps(PLACES), encoding="utf-8")
    places = "servers.edr_places.PlacesProvider"
    collections = {
        "air": Gridded(folder / "air.nc", "Air", (11, 46, 11.9, 46.5), edr=True),
        "places": Gridded(folder / "places.json", "Places", BOX, edr=True, provider=places),
        "dem": Gridded(folder / "dem.tif", "Heights", (11, 46, 12, 46.6)),
    }
    with running_pygeoapi(folder, collections) as running:
        yield running.url


def write_raster(path: Path) -> None:
    shape = {"height": 6, "width": 10, "count": 1, "dtype": "float32", "crs": "EPSG:4326"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rasterio's own, of a deprecated operator
        place = rasterio.Affine(0.1, 0, 11, 0, -0.1, 46.6)
        with rasterio.open(path, "w", driver="GTiff", transform=place, **shape) as raster:
            raster.write(np.arange(60, dtype="float32").reshape(6, 10), 1)


def read(source: Source, name: str, **query: Any) -> pa.Table:
    return pa.Table.from_batches(source.batches(source.layer(name), Query(**query)))


def test_a_cube_is_a_row_a_cell_and_time(url: str) -> None:
    source = open_source(SourceSpec(url=url, kind="edr"))
    layer, cells_of_places = source.layers()
    assert (layer.name, layer.geometry_type, layer.crs) == ("air/cube", "Point", "OGC:CRS84")
    assert cells_of_places.name == "places/area"
    assert [one.title for one in layer.fields if one.name == "no2"] == ["NO2 [ug/m3]"]
    table = read(source, "air/cube")
    assert table.num_rows == VALUES.size
    places = shapely.from_wkb(table.column(GEOMETRY).to_numpy())
    found = {
        (round(x, 6), round(y, 6), day): value
        for x, y, day, value in zip(
            shapely.get_x(places),
            shapely.get_y(places),
            table.column("time").to_pylist(),
            table.column("no2").to_pylist(),
            strict=True,
        )
    }
    days = [datetime(2026, 1, one, tzinfo=UTC) for one in (1, 2, 3)]
    for i, lat in enumerate(LAT):
        for j, lon in enumerate(LON):
            for k, day in enumerate(days):
                assert found[round(lon, 6), round(lat, 6), day] == VALUES[i, j, k]
    assert details(source)["queries"]["air"] == ["cube", "position"]


def test_the_server_cuts_out_the_box_and_the_time(url: str) -> None:
    spec = SourceSpec(url=url, kind="edr", datetime="2026-01-02")
    box = (11.05, 46.05, 11.35, 46.25)
    table = read(open_source(spec), "air/cube", bbox=box, columns=["no2"])
    assert table.schema.names == ["no2", GEOMETRY]
    places = shapely.from_wkb(table.column(GEOMETRY).to_numpy())
    assert sorted({(round(one.x, 1), round(one.y, 1)) for one in places}) == [
        (x, y) for x in (11.1, 11.2, 11.3) for y in (46.1, 46.2)
    ]
    assert table.num_rows == 6


def test_a_coverage_is_a_row_a_cell(url: str) -> None:
    source = open_source(SourceSpec(url=url, kind="coverages"))
    (layer,) = source.layers()
    assert (layer.name, layer.title) == ("dem", "Heights")
    table = read(source, "dem")
    assert sorted(table.column("1").to_pylist()) == list(range(60))
    assert codes(source) == {"PARAMETER_RENAMED"}  # pygeoapi calls it null in the answer
    part = read(source, "dem", bbox=(11, 46, 11.5, 46.3))
    assert 0 < part.num_rows < 60


@pytest.mark.parametrize(
    ("layer", "asked", "count"),
    [
        ("air/cube", "bbox: [11, 46, 11.35, 46.25]", 4 * 3 * 3),
        ("places/radius", "edr: {coords: POINT(11.3 46.2), within: 12, within_units: km}", 5),
    ],
)
def test_a_job_makes_entities_of_cells(
    url: str, tmp_path: Path, layer: str, asked: str, count: int
) -> None:
    (tmp_path / "mapping.yaml").write_text(
        "target: {schema: sdm/AirQualityObserved, namespace: XX}\n"
        f"from: {{layers: [{layer}]}}\n"
        "AirQualityObserved:\n"
        "  key: [=fingerprint(geometry), =time]\n"
        "  location: =geometry\n"
        "  dateObserved: =time\n"
        "  no2: =no2\n",
        encoding="utf-8",
    )
    (tmp_path / "job.yaml").write_text(
        "title: Air\nlicence: CC0-1.0\nattribution: Nobody\nas_of: 2026-02-01\n"
        f"sources: {{air: {{url: '{url}', kind: edr, {asked}}}}}\n"
        "datasets: [{name: air, mapping: mapping.yaml, source: air}]\n"
        "crs: {target: EPSG:4326}\noutput: {folder: package, formats: [ngsild]}\n",
        encoding="utf-8",
    )
    run(read_job(tmp_path / "job.yaml"))
    rows = read_id_map(tmp_path / "package" / "data" / "air_id-map.csv")
    assert rows.num_rows == count


def test_what_is_no_feature_is_told_with_its_kind(url: str) -> None:
    source = open_source(SourceSpec(url=url))
    assert source.layers() == []
    told = {one.layer: str(one.fix) for one in source.findings() if one.code == "OTHER_COLLECTION"}
    assert told.keys() == {"air", "places", "dem"}
    assert "edr" in told["air"]
    assert "coverages" in told["dem"]
    found = open_source(SourceSpec(url=f"{url}/collections/air"))
    assert [one.name for one in found.layers()] == ["air/cube"]


# --- places: pygeoapi takes the requests, a provider of ours has the cells ---


def at(url: str, coords: str, **stated: Any) -> Source:
    return open_source(SourceSpec(url=url, edr=EdrSpec(coords=coords, **stated)))


def values(source: Source, query: str, **more: Any) -> list[float]:
    return sorted(read(source, f"places/{query}", **more).column("no2").to_pylist())


def test_position_of_both_providers(url: str) -> None:
    source = at(url, "POINT(11.31 46.12)")
    assert [one.name for one in source.layers()] == [
        "air/cube",
        "air/position",
        "places/area",
        "places/position",
        "places/radius",
    ]
    assert values(source, "position", columns=["no2"]) == [31]
    nearest = read(source, "air/position")
    assert nearest.column("no2").to_pylist() == VALUES[4, 3].tolist()
    assert values(at(url, "POINT(11.31 46.12)", instance="midnight"), "position") == [-31]


def test_radius(url: str) -> None:
    within = {"within": 12, "within_units": "km"}  # 0.1 degrees of latitude are 11 km
    assert values(at(url, "POINT(11.3 46.2)", **within), "radius") == [22, 31, 32, 33, 42]
    metres = {"within": 500, "within_units": "m"}
    assert values(at(url, "POINT(11.3 46.2)", **metres), "radius") == [32]
    with pytest.raises(SourceError, match=r"edr\.within"):
        values(at(url, "POINT(11.3 46.2)"), "radius")


def test_area_of_any_shape(url: str) -> None:
    triangle = at(url, "POLYGON((10.99 45.99, 11.25 45.99, 10.99 46.25, 10.99 45.99))")
    assert values(triangle, "area") == [0, 1, 2, 10, 11, 20]
    box = (11.05, 46.05, 11.15, 46.15)
    assert values(triangle, "area", bbox=box) == [11]


def test_trajectory(url: str) -> None:
    line = at(url, "LINESTRING(11.02 46.01, 11.11 46.1, 11.9 46.5)")
    assert values(line, "trajectory") == [0, 11, 95]
    assert {one.name for one in line.layers()} == {"air/cube", "places/area", "places/trajectory"}


def test_a_place_from_the_command_line(url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "commonplace", "inspect", f"{url}/collections/places"]
    options = ["--set", "edr.coords=POINT(11.31 46.12)", "--layer", "places/position", "--json"]
    done = subprocess.run(
        [*command, *options], capture_output=True, check=True, timeout=120, cwd=tmp_path
    )
    (layer,) = json.loads(done.stdout)["layers"]
    assert layer["sample"][0]["no2"] == 31


@pytest.mark.parametrize("coords", ["POINT(11", "POINT EMPTY", "here"])
def test_what_is_no_place(coords: str) -> None:
    with pytest.raises(SourceError):
        at("http://127.0.0.1:9/edr", coords)


# --- a corridor, by a service of our own: pygeoapi drops its width ---


def corridors(request: httpx.Request) -> httpx.Response:
    """One collection that is asked along a line only; its answer tells what was asked."""
    asked = dict(request.url.params)
    path = request.url.path.rstrip("/")
    if not path.endswith("/corridor"):
        units = {"width_units": ["km", "m"], "output_formats": ["CoverageJSON"]}
        query = {"link": {"href": "x", "variables": {**units, "height_units": ["m"]}}}
        collection = {"id": "river", "data_queries": {"corridor": query}}
        whole = path.endswith("/river")
        return httpx.Response(200, json=collection if whole else {"collections": [collection]})
    places = {"dataType": "tuple", "coordinates": ["x", "y", "z"], "values": [[11, 46, 5]]}
    ranges = {"asked": {"axisNames": ["composite"], "shape": [1], "values": [json.dumps(asked)]}}
    return httpx.Response(200, json=document({"composite": places}, ranges))


def test_corridor_along_a_line() -> None:
    line = "LINESTRINGZ(11 46 1, 11.5 46.5 2)"
    stated: dict[str, Any] = {"corridor_width": 2.5, "width_units": "km"}
    with serving(corridors) as url:
        source = at(url, line, **stated, corridor_height=10, height_units="m")
        (layer,) = source.layers()
        assert layer.name == "river/corridor"
        (row,) = read(source, layer.name).to_pylist()
        assert row["z"] == 5
        assert json.loads(row["asked"]) == {
            "coords": line,
            "corridor-width": "2.5",
            "width-units": "km",
            "corridor-height": "10",
            "height-units": "m",
            "f": "CoverageJSON",
        }
        wrong = at(url, line, corridor_width=2, width_units="kms")
        with pytest.raises(SourceError) as refused:
            read(wrong, "river/corridor")
        assert "'km'" in str(refused.value.hint)


def test_a_service_that_is_asked_at_a_place_says_so() -> None:
    with serving(corridors) as url:
        source = open_source(SourceSpec(url=url, kind="edr"))
        assert source.layers() == []
        assert codes(source) == {"PLACE_NOT_STATED"}


# --- locations, by a service of our own: pygeoapi has them of SensorThings alone ---

POINTS = {"a": (11.0, 46.0), "b": (11.5, 46.5), "c": (12.0, 47.0)}
TIMES = ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00.123456789Z", "2026-01-02"]
REFERENCING = [
    {"coordinates": ["x", "y"], "system": {"type": "GeographicCRS"}},
    {"coordinates": ["t"], "system": {"type": "TemporalRS", "calendar": "Gregorian"}},
]


def series(name: str) -> dict[str, Any]:
    x, y = POINTS[name]
    values = [float(len(name)), None, 3.5]
    return {
        "type": "CoverageCollection",
        "referencing": REFERENCING,
        "coverages": [
            {
                "type": "Coverage",
                "id": name,
                "domain": {
                    "type": "Domain",
                    "domainType": "PointSeries",
                    "axes": {"x": {"values": [x]}, "y": {"values": [y]}, "t": {"values": TIMES}},
                },
                "ranges": {
                    "temp": {
                        "type": "NdArray",
                        "dataType": "float",
                        "axisNames": ["t"],
                        "shape": [3],
                        "values": values,
                    }
                },
            }
        ],
    }


def stations(request: httpx.Request) -> httpx.Response:
    """A landing page, one collection, its locations and what each observed; ``c`` fails."""
    path = request.url.path.rstrip("/")
    if path == "":
        return httpx.Response(200, json={"links": [{"rel": "data", "href": "/collections"}]})
    query = {"link": {"href": "x", "variables": {"output_formats": ["GeoJSON", "CoverageJSON"]}}}
    collection = {
        "id": "stations",
        "title": "Stations",
        "extent": {"spatial": {"bbox": [[11, 46, 12, 47]]}},
        "data_queries": {"locations": query, "radius": query},
        "parameter_names": {"temp": {"type": "Parameter", "observedProperty": {"label": "T"}}},
    }
    if path == "/collections":
        return httpx.Response(200, json={"collections": [collection, {"id": "other"}]})
    if path == "/collections/stations":
        return httpx.Response(200, json=collection)
    name = path.rpartition("/")[2]
    if name == "locations":
        box = [float(one) for one in request.url.params.get("bbox", "-180,-90,180,90").split(",")]
        features = [
            {
                "type": "Feature",
                "id": key,
                "geometry": {"type": "Point", "coordinates": [x, y]},
                "properties": {"name": key.upper()},
            }
            for key, (x, y) in POINTS.items()
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]
        ]
        return httpx.Response(200, json={"type": "FeatureCollection", "features": features})
    if name == "c" or name not in POINTS:
        return httpx.Response(404, json={"code": "x"})
    return httpx.Response(200, json=series(name))


def test_locations_and_what_was_observed_there() -> None:
    with serving(stations) as url:
        source = open_source(SourceSpec(url=url, kind="edr"))
        assert [one.name for one in source.layers()] == [
            "stations/locations",
            "stations/observations",
        ]
        places = read(source, "stations/locations")
        assert places.column("name").to_pylist() == ["A", "B", "C"]
        assert read(source, "stations/locations", bbox=(11.4, 46.4, 12, 47)).num_rows == 2
        table = read(source, "stations/observations")
        assert codes(source) == {"LOCATION_UNREADABLE"}
        assert table.column("coverage").to_pylist() == ["a", "a", "b", "b"]
        assert table.column("temp").to_pylist() == [1.0, 3.5, 1.0, 3.5]
        assert table.column("time").to_pylist()[:2] == [
            datetime(2026, 1, 1, tzinfo=UTC),
            datetime(2026, 1, 2, tzinfo=UTC),
        ]
        few = read(source, "stations/observations", limit=1, where=(("coverage", "b"),))
        assert few.num_rows == 1
        one = open_source(SourceSpec(url=f"{url}/collections/stations", kind="edr"))
        assert len(one.layers()) == 2


def test_services_of_something_else_are_refused() -> None:
    with serving(stations) as url, pytest.raises(MalformedAnswer):
        open_source(SourceSpec(url=url, kind="coverages")).layers()
    empty = {"collections": [{"id": "x", "links": []}]}
    answer = httpx.Response(200, json=empty)
    with serving(lambda _: answer) as url, pytest.raises(MalformedAnswer):
        open_source(SourceSpec(url=url, kind="edr")).layers()
    page = {**empty, "collections": [{"id": "x", "data_queries": {"cube": {}}}]}
    with serving(lambda _: httpx.Response(200, json=page)) as url:
        source = open_source(SourceSpec(url=url, kind="edr"))
        with pytest.raises(SourceError, match="bbox"):
            list(source.batches(source.layer("x/cube"), Query()))
        with pytest.raises(MalformedAnswer):
            list(source.batches(source.layer("x/cube"), Query(bbox=(0, 0, 1, 1))))


# --- CoverageJSON ---


def document(axes: dict[str, Any], ranges: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "Coverage",
        "domain": {"type": "Domain", "axes": axes},
        "ranges": ranges,
        **more,
    }


def one_batch(stated: dict[str, Any]) -> pa.RecordBatch:
    (found,) = cells(stated, "x")
    return found.batch


def points(batch: pa.RecordBatch) -> list[tuple[float, float]]:
    shapes = shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))
    return [(one.x, one.y) for one in shapes]


def test_ranges_in_any_order_of_axes() -> None:
    axes = {"x": {"start": 0, "stop": 1, "num": 2}, "y": {"values": [10, 20, 30]}}
    by_row = {"axisNames": ["y", "x"], "shape": [3, 2], "values": [1, 2, 3, 4, 5, 6]}
    by_column = {"axisNames": ["x", "y"], "shape": [2, 3], "values": [1, 3, 5, 2, 4, 6]}
    constant = {"dataType": "integer", "values": 7}
    batch = one_batch(document(axes, {"r": by_row, "c": by_column, "k": constant}))
    assert batch.column("r").to_pylist() == batch.column("c").to_pylist()
    assert batch.column("k").to_pylist() == [7] * 6
    assert dict(zip(points(batch), batch.column("r").to_pylist(), strict=True))[1.0, 20.0] == 4


def test_trajectories_and_sections_list_their_cells() -> None:
    composite = {
        "dataType": "tuple",
        "coordinates": ["t", "x", "y"],
        "values": [["2026-01-01", 1, 2], ["2026-01-02", 3, 4]],
    }
    axes = {"composite": composite, "z": {"values": [10, 20]}}
    values = {"axisNames": ["composite", "z"], "shape": [2, 2], "values": ["a", "b", None, "d"]}
    batch = one_batch(document(axes, {"kind": values}))
    assert batch.column("kind").to_pylist() == ["a", "b", "d"]
    assert batch.column("z").to_pylist() == [10, 20, 20]
    assert points(batch) == [(1, 2), (1, 2), (3, 4)]
    assert batch.column("time").to_pylist()[2] == datetime(2026, 1, 2, tzinfo=UTC)


def test_crs_and_values_elsewhere() -> None:
    axes = {"x": {"values": [1]}, "y": {"values": [2]}}
    system = {"type": "ProjectedCRS", "id": "http://www.opengis.net/def/crs/EPSG/0/25832"}
    stated = document(axes, {"r": "https://x.example/range"})
    stated["domain"]["referencing"] = [{"coordinates": ["x", "y"], "system": system}]
    (found,) = cells(stated, "x")
    assert (found.crs, found.incomplete) == ("EPSG:25832", ("r",))


@pytest.mark.parametrize(
    "stated",
    [
        {"type": "Coverage", "domain": "https://x.example/domain", "ranges": {}},
        document({"x": {"values": [1]}}, {}),
        document({"x": {"num": 10**9, "start": 0, "stop": 1}, "y": {"values": [1]}}, {}),
        document(
            {"x": {"values": [1, 2]}, "y": {"values": [1]}},
            {"r": {"axisNames": ["x"], "shape": [3], "values": [1, 2, 3]}},
        ),
        json.loads('{"type": "CoverageCollection", "coverages": [{}]}'),
    ],
)
def test_what_is_no_coverage(stated: dict[str, Any]) -> None:
    with pytest.raises(MalformedAnswer):
        list(cells(stated, "x"))
