"""Packages, folders and zips: whole ones are read, damaged ones refused by file."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import commonplace
from commonplace.cli import cli
from commonplace.errors import CommonplaceError, PackageDamaged
from commonplace.job import SourceSpec
from commonplace.jobreading import read_job
from commonplace.judging import judge_target
from commonplace.mim7.layers import Options
from commonplace.package import unpacked, verify
from commonplace.pipeline import run
from commonplace.report import Silent
from commonplace.sources import open_source
from support.houses import write_houses, write_job

ROWS = 25
GPKG = "data/houses.gpkg"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("houses")
    source = write_houses(folder / "houses.gpkg", ROWS)
    job = write_job(folder, source, formats="gml, gpkg, geojson")
    run(read_job(job, {"output.zip": "true"}))
    return folder / "package"


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "package"))


def rezipped(made: Path, path: Path, change: Callable[[zipfile.ZipFile], None]) -> Path:
    """The job's zip, and what ``change`` adds to it."""
    shutil.copy(made.with_name("package.zip"), path)
    with zipfile.ZipFile(path, "a") as archive:
        change(archive)
    return path


def found(path: Path) -> list[tuple[str, str | None]]:
    return [(one.code, one.value) for one in verify(path)]


def flip(path: Path) -> None:
    """Change one bit of the byte in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_folder_and_its_zip_are_whole(made: Path) -> None:
    assert verify(made) == []
    assert verify(made.with_name("package.zip")) == []


def test_a_zip_without_a_folder_in_it_is_whole_too(made: Path, tmp_path: Path) -> None:
    path = Path(shutil.make_archive(str(tmp_path / "loose"), "zip", made))
    assert verify(path) == []


@pytest.mark.parametrize(
    "name",
    [
        GPKG,
        "data/houses.gml",
        "job.yaml",
        "README.md",
        "report.html",
        "report.json",
        "project.qgs",
        "metadata/houses.xml",
        "ro-crate-metadata.json",
    ],
)
def test_one_changed_bit_is_found_in_any_file(package: Path, name: str) -> None:
    flip(package / name)
    assert found(package) == [("PACKAGE_FILE_CHANGED", name)]
    with pytest.raises(PackageDamaged, match=name):
        commonplace.open(package)


def test_a_changed_manifest_or_list_of_checksums_is_found(package: Path) -> None:
    manifest = package / "package.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("Houses", "Horses"))
    assert found(package) == [("PACKAGE_FILE_CHANGED", "package.json")]
    checksums = package / "checksums.sha256"
    text = checksums.read_text(encoding="utf-8")
    checksums.write_text(text.replace(text[:8], "00000000", 1), encoding="utf-8")
    assert ("PACKAGE_FILE_CHANGED", "package.json") in found(package)
    assert len(found(package)) > 1
    checksums.unlink()
    assert found(package) == [("PACKAGE_FILE_MISSING", "checksums.sha256")]


def test_missing_and_unknown_files_are_named(package: Path) -> None:
    (package / GPKG).unlink()
    (package / "styles" / "Building.qml").unlink()
    (package / "data" / "houses.gfs").write_text("left by GDAL", encoding="utf-8")
    (package / "data" / "more.csv").write_text("x", encoding="utf-8")
    assert sorted(found(package)) == [
        ("PACKAGE_FILE_MISSING", GPKG),
        ("PACKAGE_FILE_MISSING", "styles/Building.qml"),
        ("PACKAGE_FILE_UNKNOWN", "data/more.csv"),
    ]


def test_a_link_out_of_the_folder_is_refused(package: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.gpkg"
    (package / GPKG).rename(outside)
    (package / GPKG).symlink_to(outside)
    assert ("PACKAGE_FILE_OUTSIDE", GPKG) in found(package)
    with pytest.raises(PackageDamaged, match=GPKG):
        commonplace.open(package)


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "package/../../evil.txt", "/etc/evil", "C:/evil", "package\\..\\..\\evil"],
)
def test_a_zip_that_escapes_its_folder_is_refused(made: Path, tmp_path: Path, name: str) -> None:
    path = rezipped(made, tmp_path / "evil.zip", lambda zip_: zip_.writestr(name, "x"))
    assert found(path) == [("PACKAGE_FILE_OUTSIDE", name)]
    with pytest.raises(PackageDamaged, match="evil"):
        commonplace.open(path)
    assert [one.name for one in tmp_path.iterdir()] == ["evil.zip"]


def test_a_link_in_a_zip_is_refused(made: Path, tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("package/data/link.gpkg")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = rezipped(made, tmp_path / "link.zip", lambda zip_: zip_.writestr(entry, "/etc/passwd"))
    assert found(path) == [("PACKAGE_FILE_OUTSIDE", "package/data/link.gpkg")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_file_of_a_name_is_refused(made: Path, tmp_path: Path) -> None:
    path = rezipped(
        made, tmp_path / "two.zip", lambda zip_: zip_.writestr(f"package/{GPKG}", b"other")
    )
    assert ("PACKAGE_FILE_REPEATED", GPKG) in found(path)
    assert ("PACKAGE_FILE_CHANGED", GPKG) in found(path)


def test_a_changed_byte_in_a_zip_is_found(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "changed.zip"
    with (
        zipfile.ZipFile(made.with_name("package.zip")) as before,
        zipfile.ZipFile(path, "w") as after,
    ):
        for one in before.infolist():
            content = bytearray(before.read(one))
            if one.filename.endswith(".gml"):
                content[100] ^= 1
            if not one.filename.endswith("job.yaml"):
                after.writestr(one, bytes(content))
    assert sorted(found(path)) == [
        ("PACKAGE_FILE_CHANGED", "data/houses.gml"),
        ("PACKAGE_FILE_MISSING", "job.yaml"),
    ]


def test_a_cut_or_corrupt_zip_is_refused(made: Path, tmp_path: Path) -> None:
    content = made.with_name("package.zip").read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(content[: len(content) // 2])
    assert [one.code for one in verify(cut)] == ["PACKAGE_ZIP_BROKEN"]
    corrupt = tmp_path / "corrupt.zip"
    with zipfile.ZipFile(made.with_name("package.zip")) as archive:
        at = archive.getinfo(f"package/{GPKG}").header_offset + 200
    corrupt.write_bytes(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])
    assert found(corrupt) == [("PACKAGE_FILE_CHANGED", GPKG)]


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_package_opens_with_each_layer_once(made: Path, *, as_zip: bool) -> None:
    opened = commonplace.open(made.with_name("package.zip") if as_zip else made)
    assert [(one.name, one.count) for one in opened.layers()] == [("Building", ROWS)]
    frame = opened.layer("Building").to_geodataframe()
    assert (len(frame), frame.crs.to_epsg()) == (ROWS, 4258)
    assert frame["gml_id"].is_unique
    assert opened.manifest.licence == "CC0-1.0"
    assert opened.describe()["details"]["as_of"] == "2026-01-01T00:00:00Z"


def test_data_sets_with_layers_of_one_name_are_told_apart(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 4)
    job = write_job(tmp_path, source, formats="geojson, csv")
    one = "{name: houses, mapping: mapping.yaml, source: houses}"
    job.write_text(job.read_text().replace(one, f"{one}, {one.replace('name: h', 'name: more_h')}"))
    run(read_job(job))
    opened = commonplace.open(tmp_path / "package")
    assert [one.name for one in opened.layers()] == [
        "houses/Building",
        "more_houses/Building",
    ]


def test_the_command_names_files_and_fails(package: Path) -> None:
    whole = CliRunner().invoke(cli, ["verify", str(package)])
    assert (whole.exit_code, "Houses" in whole.output) == (0, True)
    flip(package / GPKG)
    damaged = CliRunner().invoke(cli, ["verify", str(package), "--json"])
    assert damaged.exit_code == 8
    told = json.loads(damaged.output)
    assert told["whole"] is False
    assert [(one["code"], one["file"]) for one in told["findings"]] == [
        ("PACKAGE_FILE_CHANGED", GPKG)
    ]
    assert GPKG in CliRunner().invoke(cli, ["verify", str(package)]).output
    nothing = CliRunner().invoke(cli, ["verify", str(package / "nowhere")])
    assert isinstance(nothing.exception, CommonplaceError)


@pytest.mark.parametrize("as_zip", [False, True])
def test_only_data_of_a_package_are_layers_of_a_job(made: Path, *, as_zip: bool) -> None:
    path = made.with_name("package.zip") if as_zip else made
    layers = open_source(SourceSpec(path=path)).layers()
    assert {one.name.rpartition("/")[2] for one in layers} <= {"Building", "houses_Building"}
    assert {one.count for one in layers} == {ROWS}


def test_a_zip_is_judged_as_its_folder_is(made: Path) -> None:
    packed = made.with_name("package.zip")
    verdicts = []
    for path in (made, packed):
        outcome = judge_target(SourceSpec(path=path), Options(), Silent(), previous=packed)
        verdicts.append({one.requirement.id: one.judgement for one in outcome.rows})
    assert verdicts[0] == verdicts[1]
    assert len(verdicts[0]) > 10


def test_a_zip_that_escapes_is_not_unpacked(made: Path, tmp_path: Path) -> None:
    path = rezipped(made, tmp_path / "evil.zip", lambda zip_: zip_.writestr("../evil", "x"))
    with pytest.raises(PackageDamaged, match="evil"), unpacked(path):
        pytest.fail("it was unpacked")
    with unpacked(made.with_name("package.zip")) as folder:
        assert verify(folder) == []
    assert not folder.exists()


@pytest.mark.parametrize(("formats", "layers"), [("csv, ngsild", 1), ("ngsild", 0)])
def test_entities_are_no_layers(tmp_path: Path, formats: str, layers: int) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 4)
    run(read_job(write_job(tmp_path, source, formats=formats)))
    opened = commonplace.open(tmp_path / "package")
    assert len(opened.layers()) == layers
    assert all(one.count == 4 for one in opened.layers())
