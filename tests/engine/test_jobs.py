"""The five ready jobs, run on real data: valid, complete, and where they belong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from lxml import etree

from commonplace.jobreading import read_job
from commonplace.package import verify
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
    feature_type: str
    sources: tuple[str, ...]
    key: Callable[[pd.DataFrame], pd.Series]
    our_key: str = "inspireId_localId"


CASES = [
    Case(
        "nl-amsterdam-addresses",
        {"Address": 1904, "ThoroughfareName": 27, "PostalDescriptor": 57, "AdminUnitName": 1},
        "Address",
        ("nl_amsterdam_bag/bag.gpkg",),
        lambda frame: frame["nummer_id"],
    ),
    Case(
        "fr-olemps-buildings",
        {"Building": 2273},
        "Building",
        ("fr_olemps_bdtopo/BATIMENT.shp",),
        lambda frame: frame["ID"],
    ),
    Case(
        "it-pistoia-buildings",
        {"Building": 20238},
        "Building",
        ("/vsizip/it_pistoia_edifici/Pistoia.zip",),
        lambda frame: frame["IDAG"],
    ),
    Case(
        "it-agrone-parcels",
        {"CadastralParcel": 1320},  # 1,493 parts
        "CadastralParcel",
        ("it_agrone_catasto/001_vl_parcel_poly.shp",),
        lambda frame: frame["PT_CCAT"].astype(str).str.zfill(3) + " " + frame["PT_CODE"],
        "nationalCadastralReference",
    ),
    Case(
        "fr-arpaillargues-plan",
        {
            "SpatialPlan": 1,
            "ZoningElement": 90,
            "SupplementaryRegulation": 185,
            "OfficialDocumentation": 1,
        },
        "SupplementaryRegulation",
        tuple(
            f"fr_arpaillargues_plu/30014_PRESCRIPTION_{kind}_20171013.shp"
            for kind in ("SURF", "LIN", "PCT")
        ),
        lambda frame: frame["LIBELLE"],
        "name",
    ),
]


@dataclass(frozen=True)
class Done:
    case: Case
    folder: Path
    report: Report

    @property
    def gml(self) -> Path:
        """A copy: GDAL leaves files beside what it reads, which no package should hold."""
        return next(self.copies.glob("*.gml"))

    @property
    def gpkg(self) -> Path:
        return next(self.copies.glob("*.gpkg"))

    @property
    def copies(self) -> Path:
        folder = self.folder.parent / "copies"
        if not folder.exists():
            shutil.copytree(self.folder / "data", folder)
        return folder


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.job)
def done(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Done:
    case: Case = request.param
    folder = tmp_path_factory.mktemp(case.job) / "package"
    job = read_job(JOBS / f"{case.job}.yaml", {"output.folder": str(folder)})
    return Done(case, folder, run(job))


def test_every_gml_document_is_valid(done: Done, validate_gml: Callable[[Path], list[str]]) -> None:
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
    table = pyogrio.read_dataframe(done.gpkg, layer=done.case.feature_type)
    assert len(gml) == len(table)
    ours = np.array(table.total_bounds)
    assert np.abs(np.array(gml.total_bounds) - ours).max() < NEAR


def test_coordinates_agree_with_an_independent_transformation(
    done: Done, shared: Path, tmp_path: Path
) -> None:
    theirs = _ogr2ogr(done.case, shared, tmp_path / "theirs.gpkg")
    expected = _bounds_by_key(theirs, done.case.key(theirs))
    ours = pyogrio.read_dataframe(done.gpkg, layer=done.case.feature_type)
    found = _bounds_by_key(ours, ours[done.case.our_key])
    assert set(found.index) == set(expected.index)
    difference = np.abs(found.sort_index().to_numpy() - expected.sort_index().to_numpy())
    assert difference.max() < NEAR


def _bounds_by_key(frame: gpd.GeoDataFrame, keys: pd.Series) -> pd.DataFrame:
    bounds = frame.geometry.bounds.groupby(keys.to_numpy().astype(str))
    return pd.concat([bounds[["minx", "miny"]].min(), bounds[["maxx", "maxy"]].max()], axis=1)


def test_the_package_is_whole(done: Done) -> None:
    assert verify(done.folder) == []
    manifest = json.loads((done.folder / "package.json").read_text())
    assert {one["format"] for one in manifest["data"]} == {"gml", "gpkg", "geojson"}
    assert manifest["licence"]
    assert manifest["attribution"]
    assert (done.folder / "report.html").stat().st_size > 10_000


def _elements(path: Path) -> Iterator[etree._Element]:
    for _, element in etree.iterparse(path, resolve_entities=False, no_network=True):
        yield element
        element.clear()


def _ogr2ogr(case: Case, shared: Path, target: Path) -> gpd.GeoDataFrame:
    """The source in EPSG:4258 by Debian's GDAL and PROJ, with the same grids."""
    env = {
        "PATH": "/usr/bin:/bin",
        "PROJ_DATA": os.pathsep.join(["/usr/share/proj", str(shared / "grids")]),
        "PROJ_NETWORK": "OFF",
    }
    options = ["-f", "GPKG", "-t_srs", "EPSG:4258", "-dim", "XY", "-nlt", "GEOMETRY"]
    for source in case.sources:
        prefix = "/vsizip/" if source.startswith("/vsizip/") else ""
        path = f"{prefix}{shared / 'data' / source.removeprefix('/vsizip/')}"
        command = ["/usr/bin/ogr2ogr", *options, "-nln", "all", "-append", str(target), path]
        subprocess.run(command, check=True, env=env, timeout=120)
    return pyogrio.read_dataframe(target, layer="all")
