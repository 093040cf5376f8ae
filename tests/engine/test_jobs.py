"""The five ready jobs, run on real data: valid, complete, and where they belong."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from lxml import etree

from commonplace.job import read_job
from commonplace.pipeline import run
from commonplace.report import Report

JOBS = Path(__file__).parents[2] / "processing" / "jobs"
GML = "{http://www.opengis.net/gml/3.2}"
XLINK = "{http://www.w3.org/1999/xlink}"
NEAR = 2e-8  # degrees, about 2 mm: the precision coordinates are written with


@dataclass(frozen=True)
class Case:
    """What a job must make, counted by hand from the sources."""

    job: str
    counts: dict[str, int]
    source: str
    key: str
    feature_type: str
    open_options: tuple[str, ...] = ()


CASES = [
    Case(
        "nl-amsterdam-addresses",
        {"Address": 1904, "ThoroughfareName": 27, "PostalDescriptor": 57, "AdminUnitName": 1},
        "nl_amsterdam_bag/bag.gpkg",
        "nummer_id",
        "Address",
    ),
    Case(
        "fr-olemps-buildings",
        {"Building": 2273},
        "fr_olemps_bdtopo/BATIMENT.shp",
        "ID",
        "Building",
    ),
    Case(
        "it-pistoia-buildings",
        {"Building": 20238},
        "/vsizip/it_pistoia_edifici/Pistoia.zip",
        "IDAG",
        "Building",
    ),
    Case(
        "it-agrone-parcels",
        {"CadastralParcel": 1493},
        "it_agrone_catasto/001_vl_parcel_poly.shp",
        "PT_CODE",
        "CadastralParcel",
    ),
    Case(
        "fr-arpaillargues-plan",
        {
            "SpatialPlan": 1,
            "ZoningElement": 90,
            "SupplementaryRegulation": 185,
            "OfficialDocumentation": 1,
        },
        "",
        "",
        "ZoningElement",
    ),
]


@dataclass(frozen=True)
class Done:
    case: Case
    folder: Path
    report: Report

    @property
    def gml(self) -> Path:
        (path,) = (self.folder / "data").glob("*.gml")
        return path


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.job)
def done(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Done:
    case: Case = request.param
    folder = tmp_path_factory.mktemp(case.job) / "package"
    job = read_job(JOBS / f"{case.job}.yaml", {"output.folder": str(folder)})
    return Done(case, folder, run(job))


def test_every_gml_document_is_valid(
    done: Done, validate_gml: Callable[[Path], list[str]]
) -> None:
    assert validate_gml(done.gml) == []


def test_ids_are_unique(done: Done) -> None:
    ids = [element.get(f"{GML}id") for element in _elements(done.gml)]
    present = [one for one in ids if one is not None]
    assert len(present) == len(set(present))


def test_references_are_answered(done: Done) -> None:
    ids: set[str] = set()
    named: set[str] = set()
    for element in _elements(done.gml):
        ids.add(element.get(f"{GML}id", ""))
        href = element.get(f"{XLINK}href", "")
        if href.startswith("#"):
            named.add(href[1:])
    assert named <= ids
    assert "REFERENCE_DANGLING" not in done.report.findings.codes()


def test_the_ledger_accounts_for_every_row(done: Done) -> None:
    assert all(one.balances() for one in done.report.layers.values())
    assert all(one.balances() for one in done.report.types.values())
    written = {name.partition(":")[2]: one.written for name, one in done.report.types.items()}
    assert written == done.case.counts
    assert sum(one.rejected for one in done.report.layers.values()) == 0


def test_gdal_reads_the_same_counts_and_bounds(done: Done) -> None:
    for name, count in done.case.counts.items():
        info = pyogrio.read_info(done.gml, layer=name, force_feature_count=True)
        assert info["features"] == count, name
    gml = pyogrio.read_dataframe(done.gml, layer=done.case.feature_type)
    (gpkg,) = (done.folder / "data").glob("*.gpkg")
    table = pyogrio.read_dataframe(gpkg, layer=done.case.feature_type)
    assert len(gml) == len(table)
    ours = np.array(table.total_bounds)
    assert np.abs(np.array(gml.total_bounds) - ours).max() < NEAR


def test_coordinates_agree_with_an_independent_transformation(
    done: Done, shared: Path, tmp_path: Path
) -> None:
    if not done.case.source:
        pytest.skip("the plan's layers are checked by their own test below")
    theirs = _ogr2ogr(done.case, shared, tmp_path / "theirs.gpkg")
    ours = pyogrio.read_dataframe(
        next((done.folder / "data").glob("*.gpkg")), layer=done.case.feature_type
    ).set_index("inspireId_localId")
    expected = theirs.set_index(theirs[done.case.key].astype(str))
    joined = expected.join(ours[["geometry"]], rsuffix="_ours", how="inner")
    assert len(joined) >= 0.99 * len(expected)
    difference = np.abs(
        shapely.bounds(joined["geometry"].to_numpy())
        - shapely.bounds(joined["geometry_ours"].to_numpy())
    )
    assert np.nanmax(difference) < NEAR


def test_the_package_is_whole(done: Done) -> None:
    manifest = json.loads((done.folder / "package.json").read_text())
    for entry in manifest["files"]:
        assert (done.folder / entry["path"]).stat().st_size == entry["size"]
    assert (done.folder / "report.html").exists()
    assert manifest["licence"]
    assert manifest["attribution"]


def _elements(path: Path) -> Iterator[etree._Element]:
    for _, element in etree.iterparse(path, resolve_entities=False, no_network=True):
        yield element
        element.clear()


def _ogr2ogr(case: Case, shared: Path, target: Path) -> gpd.GeoDataFrame:
    """The source in EPSG:4258 by Debian's GDAL and PROJ, with the same grids."""
    source = case.source
    prefix = "/vsizip/" if source.startswith("/vsizip/") else ""
    path = f"{prefix}{shared / 'data' / source.removeprefix('/vsizip/')}"
    env = {
        "PATH": "/usr/bin:/bin",
        "PROJ_DATA": os.pathsep.join(["/usr/share/proj", str(shared / "grids")]),
        "PROJ_NETWORK": "OFF",
    }
    command = ["/usr/bin/ogr2ogr", "-f", "GPKG", "-t_srs", "EPSG:4258", "-dim", "XY", str(target)]
    subprocess.run([*command, path, "-nln", "all", "-append"], check=True, env=env, timeout=120)
    return pyogrio.read_dataframe(target, layer="all")
