"""Packages: whole or not at all, described, and found out when changed."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from commonplace import package
from commonplace.convertfiles import model_files
from commonplace.errors import DiskFull, OutputError, PackageDamaged, TargetExists
from commonplace.package import assembly
from commonplace.package.readme import readme_text
from commonplace.report import OutputFile, Report
from support.reports import report

DOCUMENTS = [("job.yaml", b"title: x\n"), ("mappings/buildings.yaml", b"target: {}\n")]


def staged(folder: Path, made: Report | None = None) -> tuple[Path, Report]:
    """A staging folder with the data files that the report names."""
    made = made or report()
    staging = folder / "staging"
    (staging / "data").mkdir(parents=True)
    for output in made.outputs:
        (staging / "data" / output.path).write_bytes(output.path.encode() * 1000)
    return staging, made


def assembled(folder: Path, *, replace: bool = False, packed: bool = False) -> Path:
    staging, made = staged(folder)
    return package.assemble(
        staging, folder / "package", made, DOCUMENTS, replace=replace, zip=packed
    )


def test_a_package_holds_all_and_says_so(tmp_path: Path) -> None:
    target = assembled(tmp_path)
    names = {one.relative_to(target).as_posix() for one in target.rglob("*") if one.is_file()}
    assert names == {
        "README.md",
        "checksums.sha256",
        "data/addresses_Address.geojson",
        "data/buildings.gml",
        "data/buildings.gpkg",
        "job.yaml",
        "mappings/buildings.yaml",
        "package.json",
        "report.html",
        "report.json",
    }
    assert package.verify(target) == []
    assert [one.name for one in tmp_path.iterdir()] == ["package"]


def test_the_manifest_reads_back(tmp_path: Path) -> None:
    manifest = package.read_manifest(assembled(tmp_path))
    first = manifest.data[0]
    assert first.path == "data/buildings.gml"
    assert first.size == len("buildings.gml") * 1000
    assert first.counts == {"Building": 1893}
    assert len(first.sha256) == 64
    assert manifest.licence == "CC-BY-4.0"
    assert [one.path for one in manifest.documents] == [name for name, _ in DOCUMENTS]


def test_the_report_gets_sizes_and_hashes(tmp_path: Path) -> None:
    staging, made = staged(tmp_path)
    target = package.assemble(staging, tmp_path / "package", made, [])
    assert all(one.size and one.sha256 and one.path.startswith("data/") for one in made.outputs)
    written = json.loads((target / "report.json").read_text(encoding="utf-8"))
    assert written["outputs"][0]["sha256"] == made.outputs[0].sha256


def test_sha256sum_agrees(tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("needs sha256sum")
    target = assembled(tmp_path)
    subprocess.run(["sha256sum", "--check", "--quiet", "checksums.sha256"], cwd=target, check=True)


def test_changes_are_found(tmp_path: Path) -> None:
    target = assembled(tmp_path)
    (target / "data" / "buildings.gml").write_bytes(b"other")
    (target / "data" / "buildings.gpkg").unlink()
    (target / "data" / "extra.txt").write_text("x", encoding="utf-8")
    assert sorted(one.code for one in package.verify(target)) == [
        "PACKAGE_FILE_CHANGED",
        "PACKAGE_FILE_MISSING",
        "PACKAGE_FILE_UNKNOWN",
    ]


@pytest.mark.parametrize(
    "text", [None, "", "[]", '{"kind": "npm"}', '{"kind": "commonplace-package"}']
)
def test_a_bad_manifest_is_found(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "package.json").write_text(text, encoding="utf-8")
    assert [one.code for one in package.verify(tmp_path)] == ["PACKAGE_NO_MANIFEST"]


def test_an_existing_target_is_refused_and_kept(tmp_path: Path) -> None:
    target = assembled(tmp_path)
    before = (target / "report.json").read_bytes()
    with pytest.raises(TargetExists):
        package.refuse_existing(target, replace=False)
    staging, made = staged(tmp_path)
    with pytest.raises(TargetExists):
        package.assemble(staging, target, made, [])
    assert (target / "report.json").read_bytes() == before


def test_an_earlier_package_is_replaced(tmp_path: Path) -> None:
    target = assembled(tmp_path)
    (target / "left.txt").write_text("x", encoding="utf-8")
    assembled(tmp_path, replace=True)
    assert not (target / "left.txt").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["package"]


@pytest.mark.parametrize("name", ["notes.txt", "package.json"])
def test_what_is_no_package_is_never_replaced(tmp_path: Path, name: str) -> None:
    target = tmp_path / "home"
    target.mkdir()
    (target / name).write_text('{"name": "app"}', encoding="utf-8")
    with pytest.raises(TargetExists):
        package.refuse_existing(target, replace=True)
    assert (target / name).exists()


def test_an_empty_folder_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    assert package.verify(assembled(tmp_path, replace=True)) == []


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EACCES, OutputError)],
)
def test_a_failing_disk_leaves_the_earlier_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    target = assembled(tmp_path)
    before = (target / "report.json").read_bytes()

    def fail(_: Report) -> str:
        raise OSError(number, "no")

    monkeypatch.setattr(assembly, "render", fail)
    with pytest.raises(error):
        assembled(tmp_path, replace=True)
    assert (target / "report.json").read_bytes() == before


def test_an_earlier_package_is_put_back(tmp_path: Path) -> None:
    target = assembled(tmp_path)
    with pytest.raises(OSError):  # noqa: PT011 - whatever the system says
        assembly._rename(tmp_path / "gone", target)
    assert package.verify(target) == []


@pytest.mark.parametrize("name", ["../out.yaml", "/etc/x", "", "a/../../b"])
def test_documents_stay_inside(tmp_path: Path, name: str) -> None:
    staging, made = staged(tmp_path)
    with pytest.raises(OutputError):
        package.assemble(staging, tmp_path / "package", made, [(name, b"x")])
    assert not (tmp_path / "package").exists()


def test_a_zip_depends_on_contents_alone(tmp_path: Path) -> None:
    packed = []
    for name in ("one", "two"):
        folder = tmp_path / name
        target = assembled(folder, packed=True)
        with zipfile.ZipFile(folder / "package.zip") as archive:
            assert archive.testzip() is None
            assert "package/data/buildings.gml" in archive.namelist()
        assert target.is_dir()
        packed.append((folder / "package.zip").read_bytes())
    assert packed[0] == packed[1]


def test_the_readme_names_every_file(tmp_path: Path) -> None:
    target = assembled(tmp_path)
    text = (target / "README.md").read_text(encoding="utf-8")
    for output in package.read_manifest(target).data:
        assert isinstance(output, OutputFile)
        assert output.path in text
    assert "CC-BY-4.0" in text


def test_the_readme_shows_what_people_wrote_and_obeys_none_of_it() -> None:
    made = Report(title="Trees\n<script>alert(1)</script>", licence="`x`", attribution="[a](b:c) |")
    made.outputs.append(OutputFile("data/a town.gml", "gml", "application/gml+xml"))
    text = readme_text(made, ())
    assert text.startswith("# Trees \\<script\\>alert(1)\\</script\\>\n")
    assert "\\[a\\](b:c) \\|" in text
    assert "(data/a%20town.gml)" in text


@pytest.mark.parametrize(
    "path", ["../../secret.gpkg", "/etc/passwd", "data\\..\\..\\x", "data/../../x"]
)
def test_a_manifest_that_leads_outside_is_refused(tmp_path: Path, path: str) -> None:
    target = assembled(tmp_path)
    document = json.loads((target / "package.json").read_text(encoding="utf-8"))
    document["data"][0]["path"] = path
    (target / "package.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ValueError, match="outside"):
        package.read_manifest(target)
    with pytest.raises(PackageDamaged):
        model_files(target)
    assert [one.code for one in package.verify(target)] == ["PACKAGE_NO_MANIFEST"]


def test_a_link_to_a_package_is_not_replaced_and_called_what_it_is(tmp_path: Path) -> None:
    target = assembled(tmp_path)
    (tmp_path / "current").symlink_to(target)
    with pytest.raises(TargetExists, match="link"):
        package.refuse_existing(tmp_path / "current", replace=True)
