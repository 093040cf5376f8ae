"""The committed model files are what the builder makes of the official material."""

from __future__ import annotations

import json
import lzma
import re
import subprocess
import sys
from pathlib import Path

import pytest

from commonplace.model import load_model

DATA = Path("processing/commonplace/model/data")
LARGEST = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def rebuilt(root: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    command = [sys.executable, "tools/build_models.py", str(shared / "inspire"), str(folder)]
    subprocess.run(command, cwd=root, check=True)
    return folder


def test_committed_files_equal_a_rebuild(root, rebuilt):
    committed = sorted((root / DATA).glob("*.json.xz"))
    assert [one.name for one in committed] == sorted(one.name for one in rebuilt.iterdir())
    for one in committed:
        again = (rebuilt / one.name).read_bytes()
        assert lzma.decompress(one.read_bytes()) == lzma.decompress(again), one.name
        assert one.read_bytes() == again, one.name


def test_stale_files_are_removed(root, shared, rebuilt):
    stale = rebuilt / "gone-1.0.json.xz"
    stale.write_bytes(b"")
    command = [sys.executable, "tools/build_models.py", str(shared / "inspire"), str(rebuilt)]
    subprocess.run(command, cwd=root, check=True)
    assert not stale.exists()


def test_size(root):
    assert sum(one.stat().st_size for one in (root / DATA).iterdir()) < LARGEST


def test_files_hold_facts_only(root):
    """No descriptions, notes or paths of the machine: one sentence a definition."""
    files = list((root / DATA).glob("*-*.json.xz"))
    assert len(files) >= len(load_model().schemas())
    for one in files:
        text = lzma.decompress(one.read_bytes()).decode()
        assert "-- Description --" not in text, one.name
        assert '"documentation":' not in text, one.name


def test_counts_are_those_of_the_schemas(shared):
    listed = json.loads((shared / "inspire" / "schemas.json").read_text(encoding="utf-8"))
    model = load_model()
    assert len(listed) == 75
    for one in listed:
        schema = model.schema(f"{one['prefix']}/{one['folder_version']}")
        assert schema.namespace == one["namespace"]
        assert schema.location == one["schema_location"]
        assert list(schema.feature_types) == one["feature_types"]
        declared = {element.name for element in model.elements_of(schema.key)}
        for name in one["object_types"] + one["data_types"]:
            local = name.removesuffix(" (abstract)")
            assert f"{{{one['namespace']}}}{local}" in declared, (schema.key, name)
    assert sum(len(one["feature_types"]) for one in listed) == 286


def test_bases_reached_are_those_of_the_notes(shared):
    """The table of inspire.md 1.2: `schema | xsd | FT | base direct | base reached | …`."""
    text = (shared / "notes" / "inspire.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+/\d\.\d) \| \S+ \| (\d+) \| \S+ \| ([^|]+) \|", text, re.M)
    assert len(rows) == 75
    model = load_model()
    for key, count, bases in rows:
        schema = model.schema(key)
        reached = {
            model.schema_of(one).version
            for one in schema.imports
            if model.schema_of(one).prefix == "base" and one != schema.namespace
        }
        assert len(schema.feature_types) == int(count), key
        assert reached == set(re.findall(r"\d\.\d", bases)), key


def test_code_lists_are_all_there(shared):
    """395 records, 264 of them with values. Five bear the URI of another, twelve a stump."""
    path = shared / "inspire" / "codelists" / "inspire_codelists_en.json"
    listed = json.loads(path.read_text(encoding="utf-8"))
    assert (len(listed), sum(bool(one["values"]) for one in listed)) == (395, 264)
    model = load_model()
    proper = [one for one in listed if one["name"] == one["uri"].rpartition("/")[2]]
    stumps = [one for one in listed if one["uri"].endswith("/US")]
    assert len(stumps) == 12
    assert all(model.code_list(f"{one['uri'][:-2]}{one['name']}") for one in stumps)
    assert len({one["uri"] for one in listed} - {stumps[0]["uri"]}) + 12 == 390
    for one in proper:
        found = model.code_list(one["uri"])
        assert found.extensibility == one["extensibility"]
        if one["values"] and one["name"] != "GeometryTypeValue":
            assert [value.uri for value in found.values] == [v["uri"] for v in one["values"]]


def test_a_list_under_a_neighbours_name_is_found(shared):
    """The source holds GeometryTypeValue's values in a record called "splitting"."""
    found = load_model().code_list("http://inspire.ec.europa.eu/codelist/GeometryTypeValue")
    assert found.value("referenceGeometry")
    assert found.value("creation") is None
    assert found.doubt
