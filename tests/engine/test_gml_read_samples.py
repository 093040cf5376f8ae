"""Real GML of many makers and ages: every document read, counted, and converted.

Counts are compared with an independent one (lxml, by the collections' own rules); files
that hold no features, or are no XML, are named here with what they are.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import pyogrio
import pytest
from lxml import etree

from commonplace.batch import STYLES_TABLE
from commonplace.convert import convert
from commonplace.errors import CrsUnknown, MalformedAnswer, OutputError
from commonplace.formats import FORMATS
from commonplace.gml.reading import open_gml

FOLDERS = (
    "inspire/samples",
    "data/ets_inspire_gml",
    "data/es_catastro_40146",
    "data/nl_inspire_pairs",
)
MEMBERS = ("member", "featureMember", "featureMembers", "observationData", "Insert")
COLLECTIONS = ("FeatureCollection", "SpatialDataSet")
NOT_WELL_FORMED = {
    "ad-address-wfs-rsp-inlined.gml": "an empty line before the XML declaration",
    "gn-example-finland.xml": "prefixes that nothing declares",
}
NO_FEATURES = (
    "MD_Metadata",
    "Resource",
    "SpatialDataSet",  # of the metadata schema common/1.0
    "SpatialDataSetSeries",
    "Dictionary",
    "project",
)
CRS_UNSTATED = "EPSG:4258"

rows: list[tuple[str, str, str, str]] = []


def documents(shared: Path) -> list[Path]:
    found = [
        path
        for folder in FOLDERS
        for path in sorted((shared / folder).rglob("*"))
        if path.suffix in (".gml", ".xml")
    ]
    assert len(found) > 300
    return found


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def counted(path: Path) -> Counter[str]:
    """Features by type as lxml finds them."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, huge_tree=True)).getroot()
    found: Counter[str] = Counter()
    if local(root) in MEMBERS:
        _members(root, found)
    elif any(local(one) in MEMBERS for one in root.iterchildren("{*}*")):
        _collection(root, found)
    elif local(root) not in COLLECTIONS:
        found[local(root)] += 1
    return found


def _collection(element: etree._Element, found: Counter[str]) -> None:
    for child in element.iterchildren("{*}*"):
        if local(child) in MEMBERS:
            _members(child, found)


def _members(member: etree._Element, found: Counter[str]) -> None:
    for feature in member.iterchildren("{*}*"):
        if local(feature) in COLLECTIONS:
            _collection(feature, found)
        else:
            found[local(feature)] += 1


def with_features(shared: Path) -> list[tuple[Path, Counter[str]]]:
    """The documents that hold features, and how many of each type."""
    found = []
    for path in documents(shared):
        try:
            expected = counted(path)
        except etree.XMLSyntaxError:
            continue
        if not set(expected) <= set(NO_FEATURES):
            found.append((path, expected))
    assert len(found) > 100
    return found


def _version(element: str) -> str:
    """The schema and version that a feature's namespace names."""
    namespace = element.partition("}")[0].lstrip("{")
    return "/".join(re.split(r"[/:]", namespace)[-2:])


def test_every_document_is_read(shared: Path, tmp_path: Path) -> None:
    wrong: list[str] = []
    for path in documents(shared):
        name = str(path.relative_to(shared))
        try:
            with open_gml(path) as reading:
                read = Counter(reading.counts)
                kinds = sorted({one.type.meaning.value for one in reading.types.values()})
                written = sorted({_version(one.type.written) for one in reading.types.values()})
        except MalformedAnswer as problem:
            rows.append((name, "refused", "", problem.message))
            if path.name in NOT_WELL_FORMED:
                with pytest.raises(etree.XMLSyntaxError):
                    etree.parse(path)
            elif local(etree.parse(path).getroot()) not in NO_FEATURES:
                wrong.append(f"{name}: {problem}")
            continue
        types = f"{' '.join(written)}: {' '.join(read)}"
        rows.append((name, str(sum(read.values())), " ".join(kinds), types))
        if read != counted(path):
            wrong.append(f"{name}: {read} but {counted(path)}")
    assert not wrong


def test_every_document_becomes_a_geopackage(shared: Path, tmp_path: Path) -> None:
    wrong: list[str] = []
    for number, (path, expected) in enumerate(with_features(shared)):
        target = tmp_path / f"{number}.gpkg"
        try:
            convert(path, target, crs=CRS_UNSTATED, workers=1)
        except (CrsUnknown, OutputError) as problem:
            wrong.append(f"{path.name}: {problem}")
            continue
        layers = {
            name: pyogrio.read_info(target, layer=name)
            for name, _ in pyogrio.list_layers(target)
            if name != STYLES_TABLE
        }
        found = {
            name: layer["features"]
            for name, layer in layers.items()
            if "parent_gml_id" not in layer["fields"]  # a related table
        }
        if found != dict(expected):
            wrong.append(f"{path.name}: {found} but {expected}")
    assert not wrong


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["geojson", "jsonfg", "flatgeobuf", "geoparquet", "csv"])
def test_every_document_becomes_every_encoding_and_comes_back(
    shared: Path, tmp_path: Path, encoding: str
) -> None:
    wrong: list[str] = []
    for number, (path, expected) in enumerate(with_features(shared)):
        folder = tmp_path / str(number)
        folder.mkdir()
        target = folder / f"a{FORMATS[encoding].suffix}"
        convert(path, target, to=encoding, crs=CRS_UNSTATED, workers=1)
        report = convert(folder, folder / "back.gpkg", crs=CRS_UNSTATED, workers=1)
        found = sum(one.written for one in report.types.values())
        if found != expected.total():
            wrong.append(f"{path.name}: {found} but {expected}")
        shutil.rmtree(folder)
    assert not wrong


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """What was read, as a table (``pytest -s`` or the summary of a run)."""
    assert rows, "the documents were not read"
    read = [row for row in rows if row[1] != "refused"]
    versions = {word.rstrip(":") for row in read for word in row[3].split() if "/" in word}
    old = {"Addresses/3.0", "CadastralParcels/3.0", "bu-ext2d/2.0"}
    assert {"ad/4.0", "cp/4.0", "au/4.0", *old} <= versions
    with capsys.disabled():
        lines = [f"\n{len(read)} of {len(rows)} documents hold features, all read:"]
        for name, count, kinds, types in read:
            lines.append(f"  {count:>6}  {kinds:<16} {Path(name).name[:44]:<44} {types[:60]}")
        sys.stdout.write("\n".join(lines) + "\n")
