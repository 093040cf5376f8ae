"""Data that strangers send: files that point elsewhere, and archives."""

from __future__ import annotations

import os
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from commonplace.errors import MalformedAnswer, SourceError
from commonplace.job import SourceSpec
from commonplace.sources import open_source
from commonplace.sources.file import FileSource
from commonplace.sources.flatjson import json_layers
from commonplace.sources.flattables import flatgeobuf_layers
from commonplace.sources.geopackage import geopackage_layers

VIRTUAL = (
    '<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{path}</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
PIPELINE = (
    '{{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read {path}'
    ' ! write --format stream streamed_dataset"}}'
)
SERVICE = "<OGRWFSDataSource><URL>http://127.0.0.1:9/{path}</URL></OGRWFSDataSource>"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.csv"
    path.write_text("user,password\nroot,toor\n")
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.gml", "a.json", "a.gpkg", "a.fgb", "a.vrt"])
@pytest.mark.parametrize("content", [VIRTUAL, PIPELINE, SERVICE])
def test_files_that_point_elsewhere_are_refused(secret: Path, name: str, content: str) -> None:
    folder = secret.parent / "sent"
    folder.mkdir()
    (folder / name).write_text(content.format(path=secret))
    with pytest.raises(MalformedAnswer):
        FileSource(SourceSpec(path=folder / name)).layers()
    (folder / "fine.csv").write_text("id\n1\n")
    source = FileSource(SourceSpec(path=folder))
    assert [one.name for one in source.layers()] == ["fine"]
    skipped = [one.value for one in source.findings() if one.code == "FILE_SKIPPED"]
    assert skipped == ([name] if name != "a.vrt" else [])


@pytest.mark.parametrize("kind", ["zip", "tgz"])
def test_archives_may_hold_no_pointers(secret: Path, kind: str) -> None:
    inner = secret.parent / "a.csv"
    inner.write_text(VIRTUAL.format(path=secret))
    archive = secret.parent / f"sent.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(archive, "w") as opened:
            opened.write(inner, "in/a.csv")
            opened.writestr("in/fine.csv", "id\n1\n")
    else:
        with tarfile.open(archive, "w:gz") as opened:
            opened.add(inner, "in/a.csv")
            opened.add(secret, "in/fine.csv")
    source = FileSource(SourceSpec(path=archive))
    assert [one.name for one in source.layers()] == ["fine"]
    with pytest.raises(MalformedAnswer):
        FileSource(SourceSpec(path=archive / "in" / "a.csv")).layers()


def test_flat_files_that_point_elsewhere_are_refused(secret: Path) -> None:
    for read, suffix in ((geopackage_layers, "gpkg"), (flatgeobuf_layers, "fgb")):
        path = secret.parent / f"a.{suffix}"
        path.write_text(VIRTUAL.format(path=secret))
        with pytest.raises(MalformedAnswer):
            read(path)


def test_archives_in_archives_are_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.writestr("inner.zip", b"PK")
    with pytest.raises(SourceError) as raised:
        FileSource(SourceSpec(path=tmp_path / "outer.zip")).layers()
    assert "inner.zip" in str(raised.value)


def test_why_nothing_in_an_archive_can_be_read_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as archive:
        archive.writestr("a.gpkg", b"nothing of the kind")
    with pytest.raises(MalformedAnswer) as raised:
        FileSource(SourceSpec(path=tmp_path / "sent.zip")).layers()
    assert "a.gpkg" in str(raised.value)


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfcber.csv"))
    path.write_text("id\n1\n")
    with pytest.raises(MalformedAnswer) as raised:
        FileSource(SourceSpec(path=path)).layers()
    str(raised.value).encode()


@pytest.mark.parametrize("name", ["a.gml", "a.kml"])
def test_entities_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')
    with pytest.raises(MalformedAnswer) as raised:
        FileSource(SourceSpec(path=tmp_path / name)).layers()
    assert "entities" in str(raised.value)


def test_documents_nested_without_end_are_refused(tmp_path: Path) -> None:
    city = tmp_path / "a.city.json"
    city.write_text('{"type":"CityJSON","CityObjects":{"a":' + "[" * 100_000)
    with pytest.raises(MalformedAnswer):
        open_source(SourceSpec(path=city)).layers()
    flat = tmp_path / "a.geojson"
    flat.write_text(
        '{"type":"FeatureCollection","features":[{"properties":{"a":' + "[" * 100_000 + "]}"
    )
    (layer,) = json_layers(flat)
    with pytest.raises(MalformedAnswer):
        list(layer.rows(True))
