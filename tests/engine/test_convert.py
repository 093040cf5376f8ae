"""GML to any encoding: the same features, whatever the cuts and the number of processes."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from commonplace.convert import convert
from commonplace.errors import (
    CrsUnknown,
    DocumentError,
    LayerNotFound,
    MalformedAnswer,
    OutputError,
    PackageDamaged,
    TargetExists,
)
from commonplace.formats import FORMATS
from commonplace.gml.reading import scan
from commonplace.sources.modelled import FLAT
from support.converting import OF_NAMES, features, without
from support.gml_text import PARCEL, document, parcels

SINGLE_FILE = sorted(FLAT)


def written(tmp_path: Path, text: str, name: str = "in.gml") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def test_gml_to_geopackage(tmp_path: Path) -> None:
    source = written(tmp_path, document(*parcels(30)))
    report = convert(source, tmp_path / "out.gpkg")
    frame = pyogrio.read_dataframe(tmp_path / "out.gpkg", layer="CadastralParcel")
    assert list(frame["gml_id"]) == [f"CadastralParcel.p{number}" for number in range(30)]
    assert list(frame["label"]) == [f"parcel-{number}" for number in range(30)]
    assert list(frame["areaValue"]) == [number + 0.5 for number in range(30)]
    assert set(frame["areaValue_uom"]) == {"m2"}
    assert frame.crs.to_epsg() == 25832
    assert frame.geometry.iloc[2].equals(shapely.from_wkt("POLYGON ((2 0, 2.5 0, 2.5 1, 2 0))"))
    assert report.types["CadastralParcel"].written == 30
    assert [one.path for one in report.outputs] == ["out.gpkg"]


@pytest.mark.parametrize("name", SINGLE_FILE)
def test_every_encoding(tmp_path: Path, name: str) -> None:
    source = written(tmp_path, document(*parcels(5)))
    target = tmp_path / f"out{FORMATS[name].suffix}"
    report = convert(source, target, to=name)
    assert target.is_file()
    assert report.outputs[0].counts == {"CadastralParcel": 5}
    assert report.outputs[0].path == target.name


def test_gml_to_gml_keeps_every_value(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "ets_inspire_gml" / "016-ad-passed.xml"
    convert(source, tmp_path / "out.gml")
    before, after = features(source), features(tmp_path / "out.gml")
    assert before.keys() == after.keys()
    assert before == after


def test_rewritten_gml_is_valid(shared: Path, tmp_path: Path, validate_gml: Any) -> None:
    valid = ("010-cp-passed.xml", "014-gn3-passed.xml", "019-tn-ro-passed.xml")
    for name in valid:
        target = tmp_path / name.replace(".xml", ".gml")
        convert(shared / "data" / "ets_inspire_gml" / name, target)
        before = len(validate_gml(shared / "data" / "ets_inspire_gml" / name))
        assert len(validate_gml(target)) <= before, name


def test_one_file_a_type_where_the_encoding_wants_it(tmp_path: Path) -> None:
    zoning = PARCEL.replace("CadastralParcel", "CadastralZoning").format(number=1, x=1)
    source = written(tmp_path, document(*parcels(2), zoning))
    convert(source, tmp_path / "out.geojson")
    counts = {
        path.name: len(json.loads(path.read_text())["features"])
        for path in tmp_path.glob("*.geojson")
    }
    assert counts == {"out_CadastralParcel.geojson": 2, "out_CadastralZoning.geojson": 1}
    convert(source, tmp_path / "one.geojson", feature_type="CadastralZoning")
    assert len(json.loads((tmp_path / "one.geojson").read_text())["features"]) == 1


def test_bytes_do_not_depend_on_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(tmp_path, document(*parcels(4000)))
    monkeypatch.setattr("commonplace.convertparts.SMALL", 0)
    hashes = set()
    for workers in (1, 2):
        for name in ("gpkg", "gml", "geojson"):
            target = tmp_path / f"out.{name}"
            convert(source, target, workers=workers, overwrite=True)
            hashes.add((name, hashlib.sha256(target.read_bytes()).hexdigest()))
    assert len(hashes) == 3


def test_values_do_not_depend_on_cuts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(tmp_path, document(*parcels(300)))
    found = []
    for chunk in (8 << 20, 20_000, 700):
        monkeypatch.setattr(scan, "CHUNK", chunk)
        convert(source, tmp_path / "out.gml", overwrite=True)
        found.append((tmp_path / "out.gml").read_bytes())
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_folder_is_one_data_set(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    written(folder, document(*parcels(4)[:3]), "a.gml")
    written(folder, document(*parcels(4)[3:]), "b.gml")
    written(folder, '<MD_Metadata xmlns="http://www.isotc211.org/2005/gmd"/>', "about.xml")
    shutil.make_archive(str(folder), "zip", tmp_path, "town")
    source = folder if form == "folder" else tmp_path / "town.zip"
    report = convert(source, tmp_path / "out.gpkg")
    assert report.outputs[0].counts == {"CadastralParcel": 4}
    assert report.inputs[0]["schemas"] == {"CadastralParcel": "cp/4.0"}


def test_a_broken_zip_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "town.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("a.gml", document(*parcels(3)))
    whole = source.read_bytes()
    source.write_bytes(whole.replace(b"PK\x01\x02", b"PK\x01\x00"))
    with pytest.raises(PackageDamaged):
        convert(source, tmp_path / "out.gpkg")


def test_refusals(tmp_path: Path) -> None:
    source = written(tmp_path, document(*parcels(1)))
    with pytest.raises(DocumentError):
        convert(source, tmp_path / "out.unknown")
    with pytest.raises(DocumentError):
        convert(source, tmp_path / "out.gpkg", to="unknown")
    with pytest.raises(LayerNotFound):
        convert(source, tmp_path / "out.gpkg", feature_type="Building")
    unstated = PARCEL.format(number=0, x=0).replace(
        'srsName="http://www.opengis.net/def/crs/EPSG/0/25832"', ""
    )
    with pytest.raises(CrsUnknown):
        convert(written(tmp_path, document(unstated), "b.gml"), tmp_path / "out.gpkg")
    convert(tmp_path / "b.gml", tmp_path / "out.gpkg", crs="EPSG:25832")
    with pytest.raises(TargetExists):
        convert(source, tmp_path / "out.gpkg")
    with pytest.raises(OutputError):
        convert(written(tmp_path, document(), "empty.gml"), tmp_path / "empty.gpkg")
    mine = document(*parcels(1)).replace("inspire.ec.europa.eu/schemas/cp/4.0", "my.example")
    with pytest.raises(OutputError):
        convert(written(tmp_path, mine, "mine.gml"), tmp_path / "mine.gml2", to="gml")


@pytest.mark.parametrize("workers", [1, 2])
def test_broken_documents_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("commonplace.convertparts.SMALL", 0)
    text = document(*parcels(3000)).replace("parcel-2000<", "parcel-2000&bad;<")
    with pytest.raises(MalformedAnswer):
        convert(written(tmp_path, text), tmp_path / "out.gpkg", workers=workers)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.gml"]


def test_command(tmp_path: Path) -> None:
    source = written(tmp_path, document(*parcels(3)))
    done = subprocess.run(
        [sys.executable, "-m", "commonplace", "convert", source, tmp_path / "o.gpkg", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    assert answer["outputs"][0]["counts"] == {"CadastralParcel": 3}
    done = subprocess.run(
        [sys.executable, "-m", "commonplace", "convert", source, tmp_path / "o.gpkg"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == TargetExists.exit_code


# -- GeoPackage back ---------------------------------------------------------------------

# What flat columns leave out: code spaces, references to what no feature is, objects where
# the model has none (of another version), and why items of lists are void.
FLAT_LOSES: dict[str, set[str]] = {
    "010-cp-passed.xml": set(),
    "014-gn3-passed.xml": {"codeSpace", *OF_NAMES},
    "019-tn-ro-passed.xml": {"codeSpace", "inNetwork", "link", *OF_NAMES},
    "028-tn-w-passed.xml": {"codeSpace", "inNetwork", "link"},
}


@pytest.mark.parametrize("name", FLAT_LOSES)
def test_geopackage_back_to_gml(shared: Path, tmp_path: Path, name: str) -> None:
    source = shared / "data" / "ets_inspire_gml" / name
    convert(source, tmp_path / "flat.gpkg")
    convert(tmp_path / "flat.gpkg", tmp_path / "back.gml")
    before, after = features(source), features(tmp_path / "back.gml")
    assert before.keys() == after.keys()
    lost = FLAT_LOSES[name]
    assert without(before, lost) == without(after, lost)


def test_repeated_objects_with_geometries_come_back(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "ets_inspire_gml" / "016-ad-passed.xml"
    convert(source, tmp_path / "flat.gpkg")
    convert(tmp_path / "flat.gpkg", tmp_path / "back.gml")
    before, after = features(source), features(tmp_path / "back.gml")
    several = [key for key, row in before.items() if len(row.get("position", ())) > 1]
    assert several
    for key, row in before.items():
        for name in ("position", "component", "status", "validFrom", "inspireId", "level"):
            assert after[key].get(name) == row.get(name), (key, name)


def test_any_geopackage_becomes_geojson(tmp_path: Path) -> None:
    frame = pyogrio.read_dataframe(
        written(
            tmp_path,
            '{"type":"FeatureCollection","features":[{"type":"Feature",'
            '"properties":{"a b":1,"c":"x"},"geometry":{"type":"Point","coordinates":[7,50]}}]}',
            "in.geojson",
        )
    )
    pyogrio.write_dataframe(frame, tmp_path / "in.gpkg", layer="mine")
    convert(tmp_path / "in.gpkg", tmp_path / "out.geojson")
    (feature,) = json.loads((tmp_path / "out.geojson").read_text())["features"]
    assert feature["properties"] == {"a_b": 1, "c": "x"}
    assert feature["geometry"]["coordinates"] == [7, 50]
    with pytest.raises(MalformedAnswer):
        convert(written(tmp_path, "no", "broken.gpkg"), tmp_path / "b.geojson")


def test_a_target_that_cannot_be_written_is_an_error_with_its_name(tmp_path: Path) -> None:
    source = written(tmp_path, document(*parcels(2)))
    with pytest.raises(OutputError) as raised:
        convert(source, source / "below a file" / "out.gpkg")
    assert "out.gpkg" in str(raised.value)
