"""*Open package…*: what is decided, what is put into the project, the dialog in the desktop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commonplace.jobreading import read_job
from commonplace.pipeline import run
from qgis.desktop import perform
from support.gml_text import PARCEL, document, parcels
from support.packages import houses_package

CODE = """<editforminitcodesource>2</editforminitcodesource>
<editforminitcode><![CDATA[open("/tmp/x", "w")]]></editforminitcode>
<attributeactions><actionsetting name="run" action="x" type="1" capture="0"
 id="{00000000-0000-0000-0000-000000000001}" shortTitle="" icon="" notificationMessage=""
 isEnabledOnlyWhenEditable="0"/></attributeactions>
<renderer-v2"""


@pytest.fixture
def town_gml(tmp_path: Path) -> Path:
    """Parcels that name the zone that they are of; one's area is no number."""
    zone = (
        PARCEL.format(number=9, x=9)
        .replace("CadastralParcel", "CadastralZoning")
        .replace('<cp:areaValue uom="m2">9.5</cp:areaValue>', "")
    )
    named = '<cp:zoning xlink:href="#CadastralZoning.p9"/></cp:CadastralParcel>'
    path = tmp_path / "town.gml"
    inside = [one.replace("</cp:CadastralParcel>", named) for one in parcels(4)]
    path.write_text(document(*inside, zone))
    return path


def test_what_is_decided(staged: Any, tmp_path: Path) -> None:
    told = staged.script("package_decisions", folder=str(tmp_path))
    assert told["typed"] == ["None", "/a b/c", "/a b/c.gml", "C:/town", "/a"]
    assert told["packages"] == ["town_zipped.zip", "whole"]
    assert told["rows"] == [
        ["Building", "12", "GeoPackage", "data/t.gpkg"],
        ["Odd", "", "new", "data/t.new"],
    ]
    assert told["about"] == "Nobody; licence CC0-1.0; state of 2026-01-01"
    assert len(set(told["verdicts"].values())) == 6
    assert told["may"] == {
        **dict.fromkeys(("packed", "whole", "gml", "tables"), True),
        **dict.fromkeys(("damaged", "entities"), False),
    }
    assert told["insisted"] == {**told["may"], "damaged": True}
    assert told["nothing"] is False
    assert told["places"] == {
        "packed": "town_2",
        "whole": None,
        "damaged": "town_2",
        "gml": "cp_2.gpkg",
        "tables": "town.gpkg",
        "entities": None,
    }
    requests, work = told["requests"], str(tmp_path / "work" / "project.qgs")
    unpack = {"path": str(tmp_path / "town.zip"), "unpack": str(tmp_path / "town_2")}
    assert requests["packed"] == {"type": "verify", **unpack, "damaged": False}
    assert requests["damaged"] == {"type": "verify", **unpack, "damaged": True}
    assert requests["whole"] is None
    convert = {"type": "convert", "to": "gpkg", "project": work}
    gml = {"source": str(tmp_path / "cp.gml"), "target": str(tmp_path / "cp_2.gpkg")}
    assert requests["gml"] == {**convert, **gml, "from": "gml"}
    tables = {"source": str(tmp_path / "town"), "target": str(tmp_path / "town.gpkg")}
    assert requests["tables"] == {**convert, **tables}
    assert told["projects"]["gml"] == work
    assert told["projects"]["packed"] == str(tmp_path / "town_2" / "project.qgs")
    assert told["suffixed"] == str(tmp_path / "mine.gpkg")
    assert [bool(one) for one in told["refused"]] == [True, True, True, False, True, False, False]
    assert told["notes"] == [["warning", "2 × odd"], ["error", "1 × A: wrong"]]


def test_a_strangers_project_shows_data_and_does_no_more(staged: Any, tmp_path: Path) -> None:
    package = houses_package(tmp_path / "made", 5, formats="gpkg")
    other = houses_package(tmp_path / "other", 5, formats="gpkg")
    project = package / "project.qgs"
    plain = project.read_text()
    project.write_text(plain.replace("<renderer-v2", CODE))
    outside = plain.replace("./data/houses.gpkg", f"../../other/{other.name}/data/houses.gpkg")
    (other / "project.qgs").write_text(outside.replace("../../other/package", "../../made/package"))
    told = staged.script("package_projects", paths=[str(package), str(other)])
    made, refused = told["packages"]
    assert (made["count"], made["missing"], made["actions"]) == (1, [], [])
    assert made["forms"] == [[0, ""]]
    assert (refused["count"], refused["missing"]) == (0, ["Building"])
    assert (told["title"], told["crs"]) == ("Houses", "EPSG:4258")
    project.write_text(plain.replace("<qgis ", '<!ENTITY a "b">\n<qgis ', 1))
    assert str(project) in staged.script("package_unreadable", path=str(project))
    assert staged.script("package_unreadable", path=str(tmp_path / "none.qgs"))
    project.write_text(plain[: len(plain) // 2])
    assert str(project) in staged.script("package_unreadable", path=str(project))


@pytest.mark.parametrize("job", ["fr-arpaillargues-plan", "nl-amsterdam-addresses"])
def test_a_real_package_is_opened_twice(
    staged: Any, root: Path, shared: Path, tmp_path: Path, job: str
) -> None:
    package = tmp_path / job
    run(read_job(root / "processing" / "jobs" / f"{job}.yaml", {"output.folder": str(package)}))
    told = staged.script("package_projects", paths=[str(package), str(package)])
    once, twice = told["packages"]
    assert once["tree"] == twice["tree"]
    assert once["relations"] == twice["relations"] != []
    assert once["missing"] == []
    assert all(found for _, _, found in once["relations"])
    layers = once["layers"].values()
    assert all(one["valid"] and one["features"] and one["licences"] for one in layers)
    assert once["steps"] > once["count"]
    title, groups = once["tree"]
    assert title == job
    if job == "fr-arpaillargues-plan":
        assert told["title"] == "Local plan of Arpaillargues-et-Aureilhac"
        assert [one[0] for one in groups] == ["Planned Land Use"]
        zoning = once["layers"]["Zoning element"]
        assert (zoning["renderer"], zoning["crs"]) == ("categorizedSymbol", "EPSG:4258")
        assert zoning["referring"] == [True, True]
        assert zoning["coded"] >= 1
        assert ["Zoning element", "Spatial plan", 90] in once["relations"]
    else:
        assert once["layers"]["Address"]["labels"]
        component = "Address: component → ThoroughfareName"
        assert [component, "Address", 5] in once["relations"]


@pytest.mark.slow
def test_packages_and_gml_are_opened(staged: Any, town_gml: Path, tmp_path: Path) -> None:
    package = houses_package(tmp_path / "made", 12, packed=True)
    (package / "report.html").write_text("changed")
    (package / "data" / "houses.gml").unlink()
    told = perform(
        staged,
        "desktop_packages",
        tmp_path,
        ZIP=str(package.with_suffix(".zip")),
        DAMAGED=str(package),
        GML=str(town_gml),
    )
    found = told["zip"]
    assert (found["title"], found["about"]) == (
        "Houses",
        "Nobody; licence CC0-1.0; state of 2026-01-01",
    )
    assert found["rows"] == [["Building", "12", "GeoPackage", "data/houses.gpkg"]]
    assert (found["open"], found["anyway"], found["findings"]) == (True, False, 0)
    assert found["place"] == str(tmp_path / "made" / "package_2")
    opened = told["opened"]
    assert opened["tree"] == ["Houses", [["Buildings2D", ["Building"]]]]
    building = opened["layers"]["Building"]
    assert (building["features"], building["crs"]) == (12, "EPSG:4258")
    assert (building["title"], building["licences"]) == ("Building – Houses", ["CC0-1.0"])
    assert building["source"].startswith(found["place"])
    assert (told["title"], told["author"], told["crs"]) == ("Houses", "Nobody", "EPSG:4258")
    west, south, east, north = told["view"]
    assert west < 11.32 < east
    assert south < 46.48 < north
    assert told["longest"]["most"] < 0.1, told["longest"]["at"]

    damaged = told["damaged"]
    assert (damaged["open"], damaged["anyway"], damaged["report"]) == (False, True, False)
    assert (damaged["findings"], damaged["place"]) == (2, "")
    assert told["damaged_open"]
    assert told["damaged_opened"]["tree"] == opened["tree"]

    assert told["gml"]["rows"] == [["CadastralParcel", "", "GML", "town.gml"]]
    assert told["gml"]["place"] == str(tmp_path / "town.gpkg")
    parcels_of = told["gml_opened"]
    assert parcels_of["tree"] == [
        "town",
        [["Cadastral Parcels", ["Cadastral parcel", "Cadastral zoning"]]],
    ]
    assert parcels_of["relations"] == [["Cadastral parcel", "Cadastral zoning", 4]]
    assert parcels_of["layers"]["Cadastral parcel"]["features"] == 4
    assert parcels_of["layers"]["Cadastral parcel"]["referring"] == [True]
    assert told["gml_seen"], "the map goes where it would show nothing of it"
    assert told["again"]["place"] == str(tmp_path / "town_2.gpkg")
    assert told["gml"]["place"] in told["not_replaced"]
    assert told["layers_after_unload"] == 0
    assert told["actions_left"] == []
    assert not told["dialog_left"]
    assert staged.leftovers() == []
