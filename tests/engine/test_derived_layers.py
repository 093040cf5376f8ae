"""Layers made of whole layers: united, unpivoted, grouped, cleaned, clipped, networks."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pyogrio.raw
import pyproj
import pytest
import shapely

from commonplace.batch import Evidence, Layer, Query
from commonplace.checking import check_job
from commonplace.deriving import DerivedSource, places
from commonplace.deriving.groups import Grouped
from commonplace.deriving.rows import write_rows
from commonplace.errors import LimitExceeded, PersonalDataUndecided
from commonplace.job import CrsSpec
from commonplace.jobreading import read_job
from commonplace.mapping.derive import Derived, Group
from commonplace.mapping.document import parse_mapping
from commonplace.pipeline import run
from commonplace.report import Finding
from support.houses import write_job
from support.layers import write_layer
from support.xsd import gml_errors

CRS = "EPSG:25832"
CORNER = np.array([678_000.0, 5_150_000.0])
PARCELS = """
target: {schema: cp/4.0, namespace: XX.CP, language: eng}
derive:
  made: %s
CadastralParcel:
  from: {layers: [made]}
  inspireId: =%s
  geometry: =geometry
  label: =%s
  nationalCadastralReference: x
"""


def at(geometries: Any) -> Any:
    return shapely.transform(np.array(geometries, dtype=object), lambda points: points + CORNER)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Two rows of ten plots each, which overlap and gape by centimetres; a boundary; roads."""
    path = tmp_path / "town.gpkg"
    x = np.arange(10) * 10.0
    wobble = np.where(np.arange(10) % 2, 0.03, -0.03)
    for number, layer in enumerate(("north", "south")):
        y = -10.0 * number
        plots = at(shapely.box(x + wobble, y, x + 10, y + 10))
        columns = {
            "code": [f"{layer[0]}{n}" for n in range(10)],
            "block": [None if n == 9 else f"b{n % 3}" for n in range(10)],
            "people": list(range(10)),
            "y2020": [n if n % 4 else None for n in range(10)],
            "y2021": [100 + n for n in range(10)],
            "geometry": plots,
        }
        if layer == "south":
            columns["people"] = [float(n) for n in range(10)]
        write_layer(path, layer, columns, "Polygon")
    write_layer(
        path, "boundary", {"n": [1], "geometry": at([shapely.box(-1, -11, 55, 11)])}, "Polygon"
    )
    lines = [
        [(0, 0), (50, 0)],
        [(50.2, 0.1), (100, 0)],
        [(50.1, -0.1), (50, 40)],
        [(100, 0), (100, 40), (50, 40)],
    ]
    names = {"ref": [f"r{n}" for n in range(4)]}
    roads = at([shapely.LineString(one) for one in lines])
    write_layer(path, "roads", {**names, "geometry": roads}, "LineString")
    return path


def package(folder: Path, town: Path, mapping: str, name: str = "p", **settings: str) -> Path:
    job = write_job(folder, town, mapping=mapping, formats="gml, gpkg")
    given = {
        "crs.target": "EPSG:3044",
        "limits.workers": "1",
        **{k.replace("__", "."): v for k, v in settings.items()},
    }
    run(read_job(job, {"output.folder": str(folder / name), **given}))
    return folder / name


def rows(package: Path, layer: str = "CadastralParcel") -> pa.Table:
    _, table = pyogrio.read_arrow(package / "data" / "houses.gpkg", layer=layer)
    return table


def shapes(package: Path) -> Any:
    return shapely.from_wkb(rows(package).column("geometry").to_numpy())


def told(package: Path) -> dict[str, int]:
    report = json.loads((package / "report.json").read_text())
    found = {one["code"]: one["count"] for one in report["findings"]}
    return {code: count for code, count in found.items() if not code.startswith("METADATA_")}


def test_union_knows_the_layer_of_each_row(town: Path, tmp_path: Path) -> None:
    mapping = PARCELS % ("{of: [north, south], only: {block: [b0, b1]}}", "layer || code", "people")
    made = rows(package(tmp_path, town, mapping))
    assert made.num_rows == 12
    assert made.column("label").to_pylist()[:2] == ["0.0", "1.0"]
    assert made.column("inspireId_localId").to_pylist()[6] == "souths0"


def test_columns_become_rows(town: Path, tmp_path: Path) -> None:
    turned = "{of: north, unpivot: {columns: {y2020: '2020', y2021: '2021'}, name: year, value: n}}"
    mapping = PARCELS % (turned, "code || '-' || year", "n")
    made = rows(package(tmp_path, town, mapping))
    found = made.column("inspireId_localId").to_pylist()
    assert found[:3] == ["n0-2021", "n1-2020", "n1-2021"]
    assert (made.num_rows, made.column("label").to_pylist()[:3]) == (17, ["100", "1", "101"])


STATISTICS = """
target: {schema: pd/4.0, namespace: XX.PD, language: eng}
derive:
  years:
    of: north
    unpivot: {columns: {y2020: '2020', y2021: '2021'}, name: year, value: count}
StatisticalDistribution:
  from: {layers: [years]}
  inspireId: "=template('{code}-{year}')"
  areaOfDissemination: =geometry
  domain: people
  measure: populationAtResidencePlace
  measurementMethod: count
  measurementUnit: {value: people, uom: '1'}
  notCountedProportion: 0
  periodOfMeasurement: {beginPosition: "=year || '-01-01'", endPosition: "=year || '-12-31'"}
  periodOfReference: {beginPosition: "=year || '-01-01'", endPosition: "=year || '-12-31'"}
  generalStatus: definitive
  value:
    value: =count
    status: definitive
    dimensions: {spatial: "=template('https://example.org/plots/{code}')"}
"""


def test_statistics_in_columns_become_objects(town: Path, tmp_path: Path, shared: Path) -> None:
    document = package(tmp_path, town, STATISTICS) / "data" / "houses.gml"
    assert gml_errors(document, shared / "inspire" / "schemas") == []
    text = document.read_text()
    assert re.findall(r"<pd:value>(\d+)</pd:value>", text)[:3] == ["100", "1", "101"]
    assert text.count("<pd:StatisticalDistribution ") == 17


def test_rows_of_a_group_become_one(town: Path, tmp_path: Path) -> None:
    grouped = (
        "{of: [north, south], group: {by: block, values: "
        "{n: count(), people: sum(people), codes: list(code), top: max(y2021)}}}"
    )
    mapping = PARCELS % (grouped, "block", "n || ':' || people || ':' || codes[2] || ':' || top")
    made = package(tmp_path, town, mapping)
    assert rows(made).column("label").to_pylist() == [
        "6:18.0:n3:106",
        "6:24.0:n4:107",
        "6:30.0:n5:108",
    ]
    assert told(made)["GROUP_KEY_MISSING"] == 2
    assert shapely.area(shapes(made)).round(0).tolist() == [601.0, 599.0, 601.0]
    inputs = json.loads((made / "report.json").read_text())["inputs"]
    assert {one["kind"] for one in inputs} >= {"derived"}
    assert len(inputs) == 2


def test_texts_are_added_up_where_they_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "rows.arrow"
    columns = {"k": ["a", "b", "a", None], "t": ["1", "2.5", "x", "4"], "n": [1, 2, 3, 4]}
    write_rows(pa.table(columns).to_batches(), path)
    values = (("t", "sum", "t"), ("m", "mean", "t"), ("n", "sum", "n"), ("l", "list", "n"))
    grouped = Grouped(Group(("k",), values), path, tmp_path, 0.01)
    (batch,) = grouped.batches()
    assert batch.to_pylist() == [
        {"k": "a", "t": 1.0, "m": 1.0, "n": 4, "l": [1, 3]},
        {"k": "b", "t": 2.5, "m": 2.5, "n": 2, "l": [2]},
    ]
    assert batch.schema.field("n").type == pa.int64()
    assert (grouped.keyless, grouped.wordy) == (1, {"t": 1})


def test_a_coverage_is_snapped_cleaned_and_simplified(town: Path, tmp_path: Path) -> None:
    operators = "=coverage_simplify(coverage_clean(snap(geometry, 0.1), 0.2), 0.5)"
    made = package(
        tmp_path, town, PARCELS % (f"{{of: north, geometry: '{operators}'}}", "code", "code")
    )
    plots = shapes(made)
    assert shapely.coverage_is_valid(plots)
    assert not shapely.coverage_is_valid(
        shapes(package(tmp_path, town, PARCELS % ("{of: north}", "code", "code"), "raw"))
    )
    assert shapely.area(plots).sum() == pytest.approx(1000, abs=1)


def test_clipping_leaves_out_what_lies_outside(town: Path, tmp_path: Path) -> None:
    clipped = "{of: [north, south], geometry: '=clip(geometry, boundary)'}"
    made = package(tmp_path, town, PARCELS % (clipped, "code", "code"))
    assert rows(made).num_rows == 12
    assert shapely.area(shapes(made)).round(0).tolist() == [100, 100, 100, 100, 100, 50] * 2
    assert told(made)["CLIPPED_AWAY"] == 8


def lonlat(geometries: Any) -> Any:
    to = pyproj.Transformer.from_crs(CRS, "EPSG:4258", always_xy=True)
    return shapely.transform(geometries, to.transform, interleaved=False)


def test_reference_systems_may_differ(town: Path, tmp_path: Path) -> None:
    """The boundary is in degrees, and so is a third row of plots."""
    area = lonlat(at([shapely.box(-1, -11, 55, 11)]))
    write_layer(town, "limits", {"n": [1], "geometry": area}, "Polygon", "EPSG:4258")
    plots = {"code": ["e0"], "geometry": lonlat(at([shapely.box(0, 10, 10, 20)]))}
    write_layer(town, "east", plots, "Polygon", "EPSG:4258")
    derived = "{of: [north, south, east], geometry: '=clip(geometry, limits)'}"
    made = package(tmp_path, town, PARCELS % (derived, "code", "code"))
    sizes = shapely.area(shapes(made)).round(0).tolist()
    assert sizes == [100, 100, 100, 100, 100, 50, 100, 100, 100, 100, 100, 50, 10]


def test_metres_of_layers_in_degrees(town: Path, tmp_path: Path) -> None:
    names = {"ref": ["a", "b", "c"]}
    ends = [[(0, 0), (50, 0)], [(50.4, 0), (90, 0)], [(50.0, 0.7), (50, 40)]]
    lines = lonlat(at([shapely.LineString(one) for one in ends]))
    write_layer(town, "paths", {**names, "geometry": lines}, "LineString", "EPSG:4258")
    made = package(tmp_path, town, ROADS.replace("of: roads", "of: paths"))
    assert rows(made, "RoadNode").num_rows == 5  # 40 cm apart meet, 70 cm don't


def test_layers_are_derived_of_derived_ones(town: Path, tmp_path: Path) -> None:
    mapping = PARCELS.replace(
        "derive:", "derive:\n  clean: {of: north, geometry: '=snap(geometry, 0.1)'}"
    )
    made = package(tmp_path, town, mapping % ("{of: clean, group: {by: block}}", "block", "block"))
    assert shapely.area(shapes(made)).round(0).tolist() == [300.0, 300.0, 300.0]


ROADS = """
target: {schema: tn-ro/5.0, namespace: XX.TN, language: eng}
derive:
  links: {of: roads, nodes: 0.5}
  junctions: {nodes_of: links}
RoadLink:
  from: {layers: [links]}
  inspireId: =ref
  centrelineGeometry: =geometry
  fictitious: false
  startNode: =>RoadNode(start_node)
  endNode: =>RoadNode(end_node)
RoadNode:
  from: {layers: [junctions]}
  inspireId: =node
  geometry: =geometry
  formOfRoadNode: "=CASE degree WHEN 1 THEN 'roadEnd' WHEN 2 THEN 'pseudoNode' ELSE 'junction' END"
FormOfWay:
  from: {layers: [links]}
  inspireId: "=template('form-{ref}')"
  networkRef: {NetworkReference: {element: =>RoadLink}}
  formOfWay: singleCarriageway
"""


def test_nodes_of_a_network(town: Path, tmp_path: Path, shared: Path) -> None:
    made = package(tmp_path, town, ROADS)
    document = made / "data" / "houses.gml"
    assert gml_errors(document, shared / "inspire" / "schemas") == []
    text = document.read_text()
    assert text.count("<tn-ro:RoadNode ") == 4
    named = re.findall(r'<net:(startNode|endNode)[^>]* xlink:href="#([^"]+)"', text)
    ids = set(re.findall(r'<tn-ro:RoadNode gml:id="([^"]+)"', text))
    assert len(named) == 8
    assert {node for _, node in named} == ids
    starts = [node for end, node in named if end == "startNode"]
    ends = [node for end, node in named if end == "endNode"]
    assert ends[0] == starts[1] == starts[2]
    assert re.findall(r'<net:element xlink:href="#RoadLink.(r\d)"', text) == [
        "r0",
        "r1",
        "r2",
        "r3",
    ]
    assert "REFERENCE_DANGLING" not in told(made)
    forms = rows(made, "RoadNode").column("formOfRoadNode").to_pylist()
    assert sorted(one.rpartition("/")[2] for one in forms) == [
        "junction",
        "pseudoNode",
        "pseudoNode",
        "roadEnd",
    ]


CLEAN = "{of: [north, south], geometry: '=coverage_clean(snap(geometry, 0.1), 0.2)'}"


@pytest.mark.parametrize(
    "mapping", [PARCELS % (CLEAN, "code", "code"), ROADS], ids=["coverage", "network"]
)
def test_parts_change_no_byte(town: Path, tmp_path: Path, mapping: str) -> None:
    digests = set()
    for rows in ("20", "10", "3"):
        made = package(tmp_path, town, mapping, rows, limits__part_rows=rows)
        files = sorted((made / "data").iterdir())
        digests.add(tuple(sha256(one.read_bytes()).hexdigest() for one in files))
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("derived", "code", "hint"),
    [
        ("{of: nort}", "UNKNOWN_LAYER", "did you mean 'north'?"),
        ("{of: north, only: {blok: b0}}", "UNKNOWN_COLUMN", "did you mean 'block'?"),
        ("{off: north}", "DOCUMENT", "did you mean 'of'?"),
        (
            "{of: north, group: {by: block, values: {n: sun(people)}}}",
            "DOCUMENT",
            "did you mean 'sum'?",
        ),
        ("{of: north, geometry: '=snap(geometry)'}", "DOCUMENT", "write snap(geometry, tolerance)"),
        (
            "{of: north, geometry: '=snap(geometry, 500)'}",
            "DOCUMENT",
            "it is more than 0 and at most 100 m",
        ),
        ("{of: north, nodes: 1000}", "DOCUMENT", "metres, from 0 to 100"),
        ("{nodes_of: north}", "NO_NETWORK", None),
        ("{of: north, unpivot: {columns: [y2020]}}", "DOCUMENT", None),
        (
            "{of: north, unpivot: {columns: [y2020], name: year, value: people}}",
            "COLUMN_TWICE",
            "give it another name",
        ),
    ],
)
def test_mistakes_are_found_before_anything_runs(
    town: Path, tmp_path: Path, derived: str, code: str, hint: str | None
) -> None:
    job = write_job(tmp_path, town, mapping=PARCELS % (derived, "code", "code"))
    errors, _ = check_job(job)
    assert code in {one.code for one in errors}
    if hint is not None:
        assert hint in {one.hint for one in errors}


def test_layers_too_large_to_be_worked_on_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LARGEST_COORDINATES", 10)
    wkb = pa.array(shapely.to_wkb([shapely.box(0, 0, 1, 1)] * 3), pa.binary())
    with pytest.raises(LimitExceeded):
        places.gathered([pa.record_batch({"geometry": wkb})], places.plane_of("EPSG:25832"))


@pytest.mark.parametrize("derived", [True, False])
def test_the_date_of_a_source(town: Path, tmp_path: Path, derived: bool) -> None:
    os.utime(town, (1_700_000_000, 1_700_000_000))
    mapping = PARCELS % ("{of: north}", "code", "code") + "  beginLifespanVersion: =source_date()\n"
    if not derived:
        mapping = mapping.replace("[made]", "[north]")
    made = rows(package(tmp_path, town, mapping))
    assert {str(one)[:19] for one in made.column("beginLifespanVersion").to_pylist()} == {
        "2023-11-14 22:13:20"
    }
    stated = {"sources__houses__date": "2020-02-02"}
    made = rows(package(tmp_path, town, mapping, "q", **stated))
    assert {str(one)[:10] for one in made.column("beginLifespanVersion").to_pylist()} == {
        "2020-02-02"
    }


def test_they_are_said_in_words() -> None:
    derived = (
        "{of: [north, south], only: {block: [b0, b1]}, group: {by: block, values: {n: count(), "
        "top: max(y)}}, geometry: '=simplify(snap(geometry, 0.1), 2)'}"
    )
    (made,) = parse_mapping(PARCELS % (derived, "block", "n")).derived
    assert str(made) == (
        "rows of north, south; where block is b0 or b1; one row for each block with "
        "n = count(), top = max(y); simplify(snap(geometry, 0.1), 2)"
    )


@pytest.mark.parametrize(
    ("derived", "label"),
    [
        ("{of: people, group: {by: block, values: {who: list(owner_name)}}}", "who[1]"),
        ("{of: people, unpivot: {columns: [owner_name], name: what, value: who}}", "who"),
    ],
)
def test_personal_columns_are_found_under_their_own_names(
    town: Path, tmp_path: Path, derived: str, label: str
) -> None:
    people = {"block": ["b0", "b1"], "owner_name": ["Anna Rossi", "Hans Meier"]}
    write_layer(
        town, "people", {**people, "geometry": at([shapely.box(0, 0, 1, 1)] * 2)}, "Polygon"
    )
    mapping = PARCELS % (derived, "block", f"coalesce({label}, 'nobody')")
    with pytest.raises(PersonalDataUndecided):
        package(tmp_path, town, mapping)
    decision = {"privacy__columns__owner_name": "drop", "privacy__decided_by": "the office"}
    made = package(tmp_path, town, mapping, "q", **decision)
    assert "Rossi" not in (made / "data" / "houses.gml").read_text()
    report = json.loads((made / "report.json").read_text())
    assert [(one["column"], one["decision"]) for one in report["personal"]] == [
        ("owner_name", "drop")
    ]


def test_columns_that_groups_lose_are_told(town: Path, tmp_path: Path) -> None:
    head = "ignore: {y2020: old, code: of plots}\n"
    mapping = head + PARCELS.lstrip() % ("{of: north, group: {by: block}}", "block", "block")
    job = write_job(tmp_path, town, mapping=mapping)
    errors, warnings = check_job(job)
    assert errors == ()
    assert [one.message for one in warnings] == [
        f"nothing reads the column {name!r}" for name in ("people", "y2021")
    ]
    report = json.loads((package(tmp_path, town, mapping) / "report.json").read_text())
    assert report["unused_columns"] == {"houses:made": ["people", "y2021"]}


def test_a_derived_layer_is_joined(town: Path, tmp_path: Path) -> None:
    joined = (
        "{of: south, group: {by: block, values: {n: count()}}}\njoin: {made: {on: {block: block}}}"
    )
    mapping = PARCELS.replace("[made]", "[north]") % (joined, "code", "coalesce(made.n, 0)")
    made = rows(package(tmp_path, town, mapping))
    assert made.column("label").to_pylist() == ["3"] * 9 + ["0"]


def test_columns_of_derived_layers_are_checked(town: Path, tmp_path: Path) -> None:
    mapping = PARCELS % ("{of: north, group: {by: block, values: {n: count()}}}", "block", "code")
    errors, _ = check_job(write_job(tmp_path, town, mapping=mapping))
    assert [one.code for one in errors] == ["UNKNOWN_COLUMN"]


class Unsaid:
    """A source whose layers say no fields before they are read."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self.tables = tables

    def layers(self) -> list[Layer]:
        return [Layer(name) for name in self.tables]

    def layer(self, name: str | None = None) -> Layer:
        return Layer(name or "")

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        yield from self.tables[layer.name].to_batches(max_chunksize=2)

    def evidence(self) -> Evidence:
        return Evidence("none", "nowhere")

    def findings(self) -> list[Finding]:
        return []


def test_sources_that_say_no_fields(tmp_path: Path) -> None:
    one = pa.table({"a": [1, 2, 3], "b": ["x", "y", None]})
    source = Unsaid({"one": one, "two": pa.table({"b": ["z"], "a": [4.0]})})
    derived = DerivedSource(
        [
            Derived("both", "$", ("one", "two")),
            Derived("z", "$", ("both",), only=(("b", ("z",)),)),
        ],
        {"s": source},
        {"s": source.layers()},
        {},
        tmp_path,
        CrsSpec(),
    )
    table = pa.Table.from_batches(derived.batches(derived.layer("both"), Query()))
    assert table.column("a").to_pylist() == [1, 2, 3, 4]
    assert table.column("layer").to_pylist() == ["one"] * 3 + ["two"]
    query = Query(limit=1, columns=("a",))
    chosen = pa.Table.from_batches(derived.batches(derived.layer("z"), query))
    assert chosen.to_pylist() == [{"a": 4}]
