"""Rules on the geometries of several objects, tile by tile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commonplace.report import Finding
from commonplace.validate import tiles
from commonplace.validate.outcome import Validation
from commonplace.validation import validate
from support.gml_town import LISTS, ROOT, document

CRS = "http://www.opengis.net/def/crs/EPSG/0/3045"
SPACES = "".join(
    f' xmlns:{one}="http://inspire.ec.europa.eu/schemas/{one}/{version}"'
    for one, version in (("au", "5.0"), ("cp", "4.0"), ("net", "4.0"), ("tn-ro", "5.0"))
)
ROOT_ALL = ROOT.replace("<wfs:FeatureCollection", f"<wfs:FeatureCollection{SPACES}", 1)
EAST, NORTH = 400_000, 5_500_000


def _corners(x: float, y: float, width: float, height: float) -> str:
    points = [(0, 0), (width, 0), (width, height), (0, height), (0, 0)]
    return " ".join(f"{NORTH + y + dy} {EAST + x + dx}" for dx, dy in points)


def _surface(name: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<gml:Polygon gml:id="g.{name}" srsName="{CRS}"><gml:exterior><gml:LinearRing>'
        f"<gml:posList>{_corners(x, y, width, height)}</gml:posList>"
        "</gml:LinearRing></gml:exterior></gml:Polygon>"
    )


def _line(name: str, *points: tuple[float, float]) -> str:
    placed = " ".join(f"{NORTH + y} {EAST + x}" for x, y in points)
    return (
        f'<gml:LineString gml:id="g.{name}" srsName="{CRS}">'
        f"<gml:posList>{placed}</gml:posList></gml:LineString>"
    )


def _unit(
    name: str, x: float, y: float, width: float = 10, *, level: str = "6thOrder", more: str = ""
) -> str:
    return (
        f'<au:AdministrativeUnit gml:id="{name}">{more}'
        f"<au:geometry>{_surface(name, x, y, width, 10)}</au:geometry>"
        f'<au:nationalLevel xlink:href="{LISTS}/AdministrativeHierarchyLevel/{level}"/>'
        "</au:AdministrativeUnit>"
    )


def _link(name: str, *points: tuple[float, float], start: str = "", end: str = "") -> str:
    ends = f'<net:endNode xlink:href="#{end}"/>' if end else ""
    ends += f'<net:startNode xlink:href="#{start}"/>' if start else ""
    return (
        f'<tn-ro:RoadLink gml:id="{name}"><net:centrelineGeometry>{_line(name, *points)}'
        f"</net:centrelineGeometry>{ends}</tn-ro:RoadLink>"
    )


def _node(name: str, x: float, y: float) -> str:
    return (
        f'<tn-ro:RoadNode gml:id="{name}"><net:geometry><gml:Point gml:id="g.{name}" '
        f'srsName="{CRS}"><gml:pos>{NORTH + y} {EAST + x}</gml:pos></gml:Point></net:geometry>'
        "</tn-ro:RoadNode>"
    )


def _outcome(folder: Path, *features: str) -> Validation:
    path = folder / "a.gml"
    path.write_text(document(*features, root=ROOT_ALL), encoding="utf-8")
    return validate([path], workers=1)


def _all(outcome: Validation, code: str) -> list[Finding]:
    grouped = outcome.findings.grouped()
    return [one for first, _, kept in grouped if first.code == code for one in kept]


def _count(outcome: Validation, code: str) -> int:
    return sum(count for first, count, _ in outcome.findings.grouped() if first.code == code)


def _told(outcome: Validation, code: str) -> set[tuple[str | None, str | None]]:
    return {(one.feature, one.value) for one in _all(outcome, code)}


@pytest.mark.parametrize("objects", [4000, 20])
def test_pairs_are_found_once_whatever_the_tiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, objects: int
) -> None:
    """400 units side by side; 18 are drawn over their neighbour, one over all of them."""
    monkeypatch.setattr(tiles, "TILE_OBJECTS", objects)
    units = [
        _unit(f"u{row}-{column}", 10 * column, 10 * row, 12 if column == row < 18 else 10)
        for row in range(20)
        for column in range(20)
    ]
    outcome = _outcome(tmp_path, *units)
    expected = {(f"u{one}-{one}", f"#u{one}-{one + 1}") for one in range(18)}
    assert _told(outcome, "AU_OVERLAP") == expected
    assert _count(outcome, "AU_OVERLAP") == 18
    found = _all(outcome, "AU_OVERLAP")[0]
    assert found.attribute == "AdministrativeUnit.geometry"
    assert found.place is not None
    assert found.line == 3
    over_all = _unit("wide", 0, 0, 200)
    outcome = _outcome(tmp_path, *units, over_all)
    assert _count(outcome, "AU_OVERLAP") == 18 + 20


def test_units_of_other_levels_and_ended_ones_may_overlap(tmp_path: Path) -> None:
    ended = "<au:endLifespanVersion>2020-01-01T00:00:00Z</au:endLifespanVersion>"
    outcome = _outcome(
        tmp_path,
        _unit("a", 0, 0),
        _unit("b", 0, 0, level="5thOrder"),
        _unit("c", 5, 0, more=ended),
        _unit("d", 9.9999999, 0),
    )
    assert _count(outcome, "AU_OVERLAP") == 0


def test_condominiums_and_boundaries(tmp_path: Path) -> None:
    condominium = (
        f'<au:Condominium gml:id="c"><au:geometry>{_surface("c", 8, 0, 4, 4)}</au:geometry>'
        "</au:Condominium>"
    )

    def boundary(name: str, *points: tuple[float, float]) -> str:
        return (
            f'<au:AdministrativeBoundary gml:id="{name}"><au:geometry>{_line(name, *points)}'
            "</au:geometry></au:AdministrativeBoundary>"
        )

    outcome = _outcome(
        tmp_path,
        _unit("a", 0, 0),
        condominium,
        boundary("b1", (0, 0), (10, 0)),
        boundary("b2", (10, 0), (20, 0)),
        boundary("b3", (5, -5), (5, 5)),
        boundary("b4", (15, 0), (25, 0)),
    )
    assert _told(outcome, "AU_CONDOMINIUM_IN_UNIT") == {("c", "#a")}
    assert _told(outcome, "AU_BOUNDARY_CROSSES") == {("b1", "#b3"), ("b2", "#b4")}


def test_networks(tmp_path: Path) -> None:
    area = (
        f'<tn-ro:RoadArea gml:id="ra"><net:geometry>{_surface("ra", -5, -5, 110, 10)}'
        "</net:geometry></tn-ro:RoadArea>"
    )
    features = [
        _node("n0", 0, 0),
        _node("n1", 50, 0),
        _node("n2", 100, 0),
        _node("free", 30, 2),
        _link("l0", (0, 0), (50, 0), start="n0", end="n1"),
        _link("l1", (50, 0), (100.5, 0), start="n1", end="n2"),
        _link("l2", (50, 0), (50, 60)),
    ]
    outcome = _outcome(tmp_path, *features)
    assert _told(outcome, "TN_NODE_FREE") == {("free", None)}
    assert _told(outcome, "NET_NODE_APART") == {("l1", "#n2")}
    assert "0.5" in _all(outcome, "NET_NODE_APART")[0].message
    assert _count(outcome, "TN_OUTSIDE_AREA") == 0
    outcome = _outcome(tmp_path, *features, area)
    assert _told(outcome, "TN_OUTSIDE_AREA") == {("l2", None)}
    outcome = _outcome(tmp_path, *features[:4])
    assert _count(outcome, "TN_NODE_FREE") == 0, "nodes alone can't be judged"


def test_real_parcels(shared: Path, tmp_path: Path) -> None:
    """A cadastre's parcels: four pairs overlap already; one more when a parcel is moved."""
    source = shared / "data" / "es_catastro_40146" / "A.ES.SDGC.CP.40146.cadastralparcel.gml"
    text = source.read_text(encoding="utf-8")
    assert _count(validate([source], workers=1), "CP_PARCEL_OVERLAP") == 4
    at = text.index("000700100UL74F")
    begin = text.index("<gml:posList", at)
    end = text.index("</gml:posList>", begin)
    moved = re.sub(
        r"(>|\s)(\d{6}\.?\d*) ", lambda one: f"{one[1]}{float(one[2]) + 40:.2f} ", text[begin:end]
    )
    path = tmp_path / "moved.gml"
    path.write_text(text[:begin] + moved + text[end:], encoding="utf-8")
    assert _count(validate([path], workers=1), "CP_PARCEL_OVERLAP") > 4
