"""The command line as its user calls it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commonplace.errors import EXIT_CODES
from support.houses import MAPPING, write_houses, write_job


def commonplace(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "commonplace", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    return write_houses(tmp_path / "houses.gpkg", 12)


def test_run_writes_a_package_and_says_where(houses: Path, tmp_path: Path) -> None:
    job = write_job(tmp_path, houses, formats="gml, gpkg, geojson")
    done = commonplace("run", job, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "report.html" in done.stdout
    names = {one.suffix for one in (tmp_path / "package" / "data").iterdir()}
    assert names == {".gml", ".gpkg", ".geojson"}


def test_run_prints_the_report_as_json(houses: Path, tmp_path: Path) -> None:
    job = write_job(tmp_path, houses)
    done = commonplace("run", job, "--json", folder=tmp_path)
    report = json.loads(done.stdout)
    assert done.stderr == ""
    assert report == json.loads((tmp_path / "package" / "report.json").read_text())


def test_quiet_says_nothing(houses: Path, tmp_path: Path) -> None:
    done = commonplace("run", write_job(tmp_path, houses), "--quiet", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_values_of_a_job_can_be_set(houses: Path, tmp_path: Path) -> None:
    job = write_job(tmp_path, houses)
    done = commonplace(
        "run", job, "--output", "elsewhere", "--set", "output.formats=geojson", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert [one.suffix for one in (tmp_path / "elsewhere" / "data").iterdir()] == [".geojson"]


def test_inspect_describes_a_file(houses: Path, tmp_path: Path) -> None:
    done = commonplace("inspect", houses, "--json", "--sample", "2", folder=tmp_path)
    (layer,) = json.loads(done.stdout)["layers"]
    assert (layer["name"], layer["crs"], layer["count"]) == ("houses", "EPSG:25832", 12)
    assert [one["name"] for one in layer["fields"]][:3] == ["code", "dwellings", "name"]
    assert layer["sample"][1]["name"] == "House 1"
    assert len(layer["extent"]) == 4
    assert commonplace("inspect", houses, folder=tmp_path).returncode == 0


def test_check_names_the_path_and_the_nearest_name(houses: Path, tmp_path: Path) -> None:
    mapping = MAPPING.replace("conditionOfConstruction", "conditionOfConstuction")
    job = write_job(tmp_path, houses, mapping=mapping)
    done = commonplace("check", tmp_path / "mapping.yaml", "--json", folder=tmp_path)
    assert done.returncode == 2
    problems = json.loads(done.stdout)["problems"]
    (unknown,) = [one for one in problems if "conditionOfConstuction" in one["message"]]
    assert unknown["path"].startswith("$.Building")
    assert unknown["line"] == 6
    assert "conditionOfConstruction" in unknown["hint"]
    assert commonplace("check", job, folder=tmp_path).returncode == 2


def test_check_tells_of_columns_nobody_reads(houses: Path, tmp_path: Path) -> None:
    job = write_job(tmp_path, houses, mapping=MAPPING.replace("  name: =name\n", ""))
    done = commonplace("check", job, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    warnings = [one for one in json.loads(done.stdout)["problems"] if one["severity"] == "warning"]
    assert any(one["code"] == "UNUSED_COLUMN" and "name" in one["message"] for one in warnings)


def test_check_finds_a_column_that_is_not_there(houses: Path, tmp_path: Path) -> None:
    job = write_job(tmp_path, houses, mapping=MAPPING.replace("=dwellings", "=dwelings"))
    done = commonplace("check", job, "--json", folder=tmp_path)
    assert done.returncode == 2
    assert "dwellings" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", "nothing.yaml"], 2),
        (["inspect", "nothing.gpkg"], 3),
        (["model", "show", "ad/9.0"], 2),
        (["model", "schema", "ad/9.0"], 2),
        (["run"], 2),
        (["--help"], 0),
        (["run", "--help"], 0),
    ],
)
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path) -> None:
    assert commonplace(*arguments, folder=tmp_path).returncode == code


def test_help_lists_every_exit_code(tmp_path: Path) -> None:
    shown = commonplace("--help", folder=tmp_path).stdout
    for code, meaning in EXIT_CODES:
        assert str(code) in shown
        assert meaning.split()[0] in shown


def test_errors_are_json_when_asked(tmp_path: Path) -> None:
    done = commonplace("run", "nothing.yaml", "--json", folder=tmp_path)
    assert json.loads(done.stdout)["error"]["code"] == "DOCUMENT_REFUSED"


def test_model_lookups(tmp_path: Path) -> None:
    found = json.loads(commonplace("model", "search", "adresse", "--json", folder=tmp_path).stdout)
    assert "ad/4.0:Address" in {one["name"] for one in found["found"]}
    shown = commonplace("model", "show", "bu-core2d/4.0:Building", "--json", folder=tmp_path)
    names = [one["name"] for one in json.loads(shown.stdout)["properties"]]
    assert names.index("inspireId") < names.index("geometry2D")
    codes = commonplace("model", "codes", "ConditionOfConstructionValue", "--json", folder=tmp_path)
    assert "ruin" in {one["code"] for one in json.loads(codes.stdout)["values"]}
    schema = json.loads(commonplace("model", "schema", "ad/4.0", folder=tmp_path).stdout)
    assert {"target", "Address"} <= schema["properties"].keys()


def test_help_is_quick_because_imports_are_lazy(tmp_path: Path) -> None:
    script = "import json, sys; import commonplace.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert not {"pyarrow", "shapely", "duckdb", "pyogrio", "lxml"} & set(json.loads(done.stdout))


def test_text_of_data_moves_no_terminal(tmp_path: Path) -> None:
    table = tmp_path / "odd [b]names.csv"
    table.write_text('id,Fläche [m²],[/x]\n1,"\x1b[2J\x1b]0;owned\x07","\x9b31mred"\n')
    done = commonplace("inspect", table, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Fläche [m²]" in done.stdout
    assert "[/x]" in done.stdout
    assert not set(done.stdout) & {"\x1b", "\x07", "\x9b"}
    missing = commonplace("inspect", "no\x1b[2Jfile.gpkg", folder=tmp_path)
    assert missing.returncode == 3
    assert "\x1b" not in missing.stderr


def test_letters_that_the_locale_lacks_end_no_command(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n1,Łódź\n")
    done = subprocess.run(
        [sys.executable, "-m", "commonplace", "inspect", "a.csv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert rb"\u0141\xf3d\u017a" in done.stdout.replace(b"\xf3", rb"\xf3")


def test_check_knows_a_mapping_that_only_extends_another(tmp_path: Path) -> None:
    adapted = tmp_path / "ours.yaml"
    adapted.write_text(
        "extends: library:sdm/bu-core2d-to-building\n"
        "parameters: {namespace: IT.EXAMPLE, country: IT}\n"
    )
    done = commonplace("check", adapted, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["kind"] == "mapping"


def test_names_that_were_found_can_be_copied(tmp_path: Path) -> None:
    done = commonplace("model", "search", "PublicTransportStop", folder=tmp_path)
    assert "sdm/PublicTransportStop:PublicTransportStop " in done.stdout


def test_columns_that_nobody_reads_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,lat,lon,one,two,three\n1,48,11,a,b,c\n")
    (tmp_path / "m.yaml").write_text(
        "target: {schema: gn/4.0, namespace: XX.GN, language: eng}\n"
        "NamedPlace: {inspireId: =id, name: =one, geometry: =geometry}\n"
    )
    (tmp_path / "job.yaml").write_text(
        "{title: t, licence: CC0-1.0, attribution: a, sources: {s: {path: a.csv}},"
        " datasets: [{mapping: m.yaml, source: s}], crs: {target: EPSG:4258},"
        " output: {folder: out}}"
    )
    done = commonplace("check", "job.yaml", folder=tmp_path)
    (line,) = [one for one in done.stdout.splitlines() if one.startswith("warning")]
    assert all(f"'{name}'" in line for name in ("lat", "lon", "two", "three"))


def test_a_run_that_makes_nothing_says_so(houses: Path, tmp_path: Path) -> None:
    job = write_job(tmp_path, houses, mapping=MAPPING.replace("=code", "=nullif(code, code)"))
    done = commonplace("run", job, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no row became an object" in done.stdout
