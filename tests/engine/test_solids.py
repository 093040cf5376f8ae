"""Solids of bu-core3d: surfaces that close, written as a shell, read back, validated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas
import numpy as np
import shapely

from commonplace.convert import convert
from commonplace.geometry.fitting import conform
from commonplace.geometry.shells import closed
from commonplace.gml.reading import open_gml
from commonplace.jobreading import parse_job
from commonplace.pipeline import run
from commonplace.validation import validate
from support.converting import features

FACES = [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
SOLIDS = frozenset({"Solid", "CompositeSolid"})
SOLID = (
    '<gml:Solid gml:id="{id}" srsName="http://www.opengis.net/def/crs/EPSG/0/4937"'
    ' srsDimension="3"><gml:exterior><gml:Shell>{members}</gml:Shell></gml:exterior></gml:Solid>'
)
SURFACE = (
    '<gml:surfaceMember><gml:Polygon gml:id="{id}"><gml:exterior><gml:LinearRing>'
    "<gml:posList>{positions}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    "</gml:surfaceMember>"
)
DOCUMENT = (
    '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"'
    ' xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:base="{base}" xmlns:b="{schema}"'
    ' timeStamp="2026-01-01T00:00:00Z" numberMatched="1" numberReturned="1"><wfs:member>'
    '<b:Building gml:id="Building.1"><b:geometry3DLoD2><b:BuildingGeometry3DLoD2>'
    "<b:geometrySolid>{solid}</b:geometrySolid></b:BuildingGeometry3DLoD2></b:geometry3DLoD2>"
    "</b:Building></wfs:member></wfs:FeatureCollection>"
)
SCHEMA = "http://inspire.ec.europa.eu/schemas/bu-core3d/4.0"
BASE = "http://inspire.ec.europa.eu/schemas/base/3.3"


def cube(at: float = 0.0, size: float = 1.0) -> list[shapely.Polygon]:
    """The six faces of a cube, normals outwards."""
    corners = [
        (at + size * x, at + size * y, at + size * z)
        for z in (0, 1)
        for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    return [shapely.Polygon([corners[one] for one in face]) for face in FACES]


def of(*geometries: object) -> np.ndarray:
    made = np.empty(len(geometries), dtype=object)
    made[:] = geometries
    return made


def test_which_surfaces_close() -> None:
    faces = cube()
    hole = shapely.Polygon(faces[1].exterior, [[(0.2, 0.2, 1), (0.2, 0.4, 1), (0.4, 0.2, 1)]])
    shells = of(
        shapely.MultiPolygon(faces),
        shapely.MultiPolygon(cube(500_000.25, 12.5)),
        shapely.MultiPolygon(faces[:-1]),
        shapely.MultiPolygon([*faces[:-1], faces[-1].reverse()]),
        shapely.MultiPolygon([faces[0], hole, *faces[2:]]),
        shapely.MultiPolygon([face.reverse() for face in faces]),
        shapely.MultiPolygon([*faces, *faces]),
        shapely.force_2d(shapely.MultiPolygon(faces)),
        shapely.Point(1, 2, 3),
        None,
    )
    assert closed(shells).tolist() == [True, True, *[False] * 8]
    assert closed(shells[:0]).tolist() == []


def test_what_fits_a_solid() -> None:
    faces = cube()
    inside_out = shapely.MultiPolygon([face.reverse() for face in faces])
    given = of(shapely.MultiPolygon(faces), inside_out, shapely.MultiPolygon(faces[1:]), faces[0])
    made, wrong = conform(given, SOLIDS)
    assert wrong.tolist() == [False, False, True, True]
    assert closed(made).tolist() == [True, True, False, False]
    assert not conform(given, frozenset({"MultiSurface"}))[1].any()


def document(faces: list[shapely.Polygon]) -> str:
    members = ""
    for number, face in enumerate(faces):
        coordinates = shapely.get_coordinates(face, include_z=True)
        positions = " ".join(f"{50 + y / 1e4} {7 + x / 1e4} {z}" for x, y, z in coordinates)
        members += SURFACE.format(id=f"s{number}", positions=positions)
    solid = SOLID.format(id="x", members=members)
    return DOCUMENT.format(base=BASE, schema=SCHEMA, solid=solid)


def test_solids_come_back(tmp_path: Path, validate_gml: Callable[[Path], list[str]]) -> None:
    source = tmp_path / "in.gml"
    source.write_text(document(cube(size=10)))
    report = convert(source, tmp_path / "back.gml")
    assert report.findings.codes() == {"GEOMETRY_SOLID_AS_SURFACES"}
    assert features(source) == features(tmp_path / "back.gml")
    text = (tmp_path / "back.gml").read_text()
    assert text.count("<gml:Solid ") == 1
    assert text.count("<gml:surfaceMember>") == 6
    assert not [one for one in validate_gml(tmp_path / "back.gml") if "Solid" in one]


def test_surfaces_keep_their_normals(tmp_path: Path) -> None:
    """In GeoPackage too, where walls are no good polygons of the plane."""
    source = tmp_path / "in.gml"
    source.write_text(document(cube(size=10)))
    convert(source, tmp_path / "a.gpkg")
    convert(tmp_path / "a.gpkg", tmp_path / "back.gml")
    with open_gml(tmp_path / "back.gml") as reading:
        (batch,) = reading.batches("Building")
    assert closed(batch.geometries).tolist() == [True]


def test_open_shells_are_told(tmp_path: Path) -> None:
    source = tmp_path / "in.gml"
    source.write_text(document(cube(size=10)[1:]))
    report = convert(source, tmp_path / "a.gpkg")
    assert "GEOMETRY_SHELL_OPEN" in report.findings.codes()


def test_no_solid_without_heights(tmp_path: Path) -> None:
    """Where other geometries have none, documents are of two dimensions."""
    text = document(cube(size=10)).replace("EPSG/0/4937", "EPSG/0/4258")
    line = (
        '<wfs:member><b:BuildingPart gml:id="BuildingPart.1"><b:geometry3DLoD1>'
        "<b:BuildingGeometry3DLoD1><b:terrainIntersection>"
        '<gml:LineString gml:id="l" srsName="http://www.opengis.net/def/crs/EPSG/0/4258">'
        "<gml:posList>50 7 51 8</gml:posList></gml:LineString></b:terrainIntersection>"
        "</b:BuildingGeometry3DLoD1></b:geometry3DLoD1></b:BuildingPart></wfs:member>"
    )
    source = tmp_path / "in.gml"
    source.write_text(text.replace("</wfs:FeatureCollection>", f"{line}</wfs:FeatureCollection>"))
    report = convert(source, tmp_path / "a.gml")
    assert "HEIGHTS_LEFT" in report.findings.codes()
    assert "Solid" not in (tmp_path / "a.gml").read_text()


MAPPING = """
target: {schema: bu-core3d/4.0, namespace: XX.EXAMPLE.BU, language: eng}
from: {layers: [town]}
Building:
  inspireId: =name
  geometry3DLoD2:
    geometrySolid: =geometry
    horizontalGeometryReference: footPrint
    verticalGeometryReference3DBottom: generalGround
"""
JOB = """
title: Town
licence: CC0-1.0
attribution: nobody
sources: {town: {path: town.gpkg}}
datasets: [{mapping: mapping.yaml, source: town, name: town}]
crs: {target: EPSG:25832}
geometry: {keep_z: true}
output: {folder: package, formats: [gml]}
"""


def test_a_job_writes_solids(tmp_path: Path, validate_gml: Callable[[Path], list[str]]) -> None:
    shells = [
        shapely.MultiPolygon(cube(500_000, 10)),
        shapely.MultiPolygon([face.reverse() for face in cube(500_100, 10)]),
        shapely.MultiPolygon(cube(500_200, 10)[1:]),
    ]
    frame = geopandas.GeoDataFrame({"name": ["a", "b", "c"]}, geometry=shells, crs="EPSG:25832")
    frame.to_file(tmp_path / "town.gpkg", layer="town")
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    report = run(parse_job(JOB, tmp_path))
    document = tmp_path / "package" / report.outputs[0].path
    text = document.read_text()
    assert text.count("<gml:Solid ") == 2
    assert not [one for one in validate_gml(document) if "Solid" in one or "Shell" in one]
    wrong = [one for one, _, _ in report.findings.grouped() if one.code == "GEOMETRY_TYPE"]
    assert [one.feature for one in wrong] == ["c"]


def test_shells_are_validated(tmp_path: Path) -> None:
    """They must close; walls are no rings drawn the wrong way, nor surfaces without area."""
    faces = cube(size=10)
    sound, open_, broken = (tmp_path / f"{name}.gml" for name in ("sound", "open", "broken"))
    sound.write_text(document(faces))
    open_.write_text(document(faces[1:]))
    broken.write_text(document(faces).replace("<gml:posList>", "<gml:posList>x ", 1))
    codes = {path: validate([path]).findings.codes() for path in (sound, open_, broken)}
    assert "GEOMETRY_SHELL_OPEN" in codes[open_]
    assert not any(code.startswith("GEOMETRY") for code in codes[sound])
    assert "GEOMETRY_SHELL_OPEN" not in codes[broken]
    assert any(code.startswith("GEOMETRY") for code in codes[broken])
