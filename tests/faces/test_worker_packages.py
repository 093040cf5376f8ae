"""What QGIS asks the worker for to open packages and INSPIRE GML."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from commonplace.errors import PackageDamaged, SourceError, TargetExists, Unreachable
from commonplace.report import Silent
from commonplace.worker.handlers import HANDLERS
from commonplace.worker.protocol import Message, check_request
from support.gml_text import PARCEL, document, parcels
from support.packages import houses_package

ZONING = (
    PARCEL.format(number=9, x=9)
    .replace("CadastralParcel", "CadastralZoning")
    .replace('<cp:areaValue uom="m2">9.5</cp:areaValue>', "")
)
POINT = (
    '<cp:CadastralParcel gml:id="p8"><cp:geometry><gml:Point gml:id="g8" '
    'srsName="http://www.opengis.net/def/crs/EPSG/0/25832"><gml:pos>8 0</gml:pos></gml:Point>'
    '</cp:geometry><cp:label>8</cp:label><cp:zoning xlink:href="#CadastralZoning.p9"/>'
    "</cp:CadastralParcel>"
)


def ask(kind: str, **fields: object) -> Message:
    """The answer to a request, in this process."""
    request = {"type": kind, "id": 1, **fields}
    check_request(request)
    answer = HANDLERS[kind](request, Silent())[-1]
    json.dumps(answer)
    return answer


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return houses_package(tmp_path / "made", 12, packed=True)


def files(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }


def test_a_package_is_whole_and_says_what_it_holds(package: Path) -> None:
    told = ask("verify", path=str(package))
    assert (told["kind"], told["whole"], told["findings"]) == ("package", True, [])
    assert (told["title"], told["licence"], told["as_of"]) == (
        "Houses",
        "CC0-1.0",
        "2026-01-01T00:00:00Z",
    )
    assert (told["folder"], told["opens"]) == (str(package), "project")
    assert told["layers"] == [
        {
            "name": "Building",
            "count": 12,
            "format": "gpkg",
            "crs": "EPSG:4258",
            "file": "data/houses.gpkg",
        }
    ]


def test_a_zip_is_unpacked_if_it_is_whole(package: Path, tmp_path: Path) -> None:
    packed, target = package.with_suffix(".zip"), tmp_path / "unpacked" / "here"
    assert ask("verify", path=str(packed))["folder"] is None
    told = ask("verify", path=str(packed), unpack=str(target))
    assert (told["whole"], told["folder"], told["findings"]) == (True, str(target), [])
    assert files(target) == files(package)
    assert [one.name for one in target.parent.iterdir()] == ["here"]
    with pytest.raises(TargetExists):
        ask("verify", path=str(packed), unpack=str(target))


def test_a_damaged_zip_is_unpacked_where_that_is_asked_for(package: Path, tmp_path: Path) -> None:
    (package / "report.html").write_text("changed")
    packed, target = tmp_path / "packed.zip", tmp_path / "other"
    shutil.make_archive(str(packed.with_suffix("")), "zip", package.parent, package.name)
    told = ask("verify", path=str(packed), unpack=str(target))
    assert (told["whole"], told["folder"]) == (False, None)
    [changed] = told["findings"]
    assert (changed["code"], changed["value"]) == ("PACKAGE_FILE_CHANGED", "report.html")
    assert not target.exists()
    told = ask("verify", path=str(packed), unpack=str(target), damaged=True)
    assert (told["whole"], told["folder"]) == (False, str(target))
    assert (target / "report.html").read_text() == "changed"


def test_a_zip_that_reaches_outside_is_never_unpacked(package: Path, tmp_path: Path) -> None:
    packed = package.with_suffix(".zip")
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("../escaped.txt", "out")
    told = ask("verify", path=str(packed), unpack=str(tmp_path / "other"))
    assert "PACKAGE_FILE_OUTSIDE" in [one["code"] for one in told["findings"]]
    with pytest.raises(PackageDamaged):
        ask("verify", path=str(packed), unpack=str(tmp_path / "other"), damaged=True)
    assert not (tmp_path / "other").exists()
    assert not list(tmp_path.rglob("escaped.txt"))


def test_what_is_no_package(package: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    told = ask("verify", path=str(broken))
    assert [one["code"] for one in told["findings"]] == ["PACKAGE_ZIP_BROKEN"]
    assert (told["whole"], told["opens"]) == (False, None)
    (package / "package.json").write_text("{}")
    told = ask("verify", path=str(package))
    assert [one["code"] for one in told["findings"]] == ["PACKAGE_NO_MANIFEST"]
    assert told["opens"] is None
    with pytest.raises(Unreachable):
        ask("verify", path=str(tmp_path / "nothing"))
    with pytest.raises(SourceError):
        ask("verify", path=str(package / "data" / "houses.gpkg"))
    with pytest.raises(SourceError):
        ask("verify", path=str(package / "styles"))


def test_without_a_file_that_qgis_opens(tmp_path: Path) -> None:
    tables = houses_package(tmp_path / "tables", 3, formats="csv")
    assert ask("verify", path=str(tables))["opens"] == "convert"
    entities = houses_package(tmp_path / "entities", 3, formats="ngsild")
    told = ask("verify", path=str(entities))
    assert told["opens"] is None
    assert {one["format"] for one in told["layers"]} == {"ngsild"}


@pytest.mark.parametrize("form", ["file", "folder", "zip"])
def test_gml_is_opened_by_a_project_of_its_conversion(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "cp.gml").write_text(document(*parcels(3), POINT, ZONING))
    (folder / "metadata.xml").write_text('<MD_Metadata xmlns="http://www.isotc211.org/2005/gmd"/>')
    shutil.make_archive(str(folder), "zip", tmp_path, "town")
    path = {"file": folder / "cp.gml", "folder": folder, "zip": tmp_path / "town.zip"}[form]
    told = ask("verify", path=str(path))
    assert (told["kind"], told["opens"], told["whole"]) == ("gml", "convert", True)
    assert [(one["name"], one["file"]) for one in told["layers"]] == [("CadastralParcel", "cp.gml")]
    target, project = tmp_path / "out" / "town.gpkg", tmp_path / "else" / "where.qgs"
    request = {"source": str(path), "from": "gml", "target": str(target), "project": str(project)}
    made = ask("convert", **request)
    assert made["counts"] == {"CadastralParcel": 4, "CadastralZoning": 1}
    root = etree.parse(project).getroot()
    sources = {
        one.findtext("layername"): one.findtext("datasource") for one in root.iter("maplayer")
    }
    assert sources == {
        "Cadastral parcel (points)": f"{target}|layername=CadastralParcel|geometrytype=Point",
        "Cadastral parcel (areas)": f"{target}|layername=CadastralParcel|geometrytype=Polygon",
        "Cadastral zoning": f"{target}|layername=CadastralZoning",
    }
    assert len(root.findall(".//relation")) == 2
    assert [one.get("name") for one in root.iter("layer-tree-group") if one.get("name")] == [
        "Cadastral Parcels"
    ]
    with pytest.raises(TargetExists):
        ask("convert", **request)


def test_types_of_several_themes_have_their_own_styles(tmp_path: Path) -> None:
    from support import gml_town

    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "bu.gml").write_text(gml_town.document(*(gml_town.building(n) for n in range(3))))
    (folder / "cp.gml").write_text(document(*parcels(3)))
    project = tmp_path / "town.qgs"
    ask("convert", source=str(folder), target=str(tmp_path / "town.gpkg"), project=str(project))
    root = etree.parse(project).getroot()
    about = {one.findtext("layername"): one.findtext("abstract") for one in root.iter("maplayer")}
    assert set(about) == {"Building", "Cadastral parcel"}
    assert all(about.values())
    assert [one.get("name") for one in root.iter("layer-tree-group") if one.get("name")] == ["town"]
