"""Documents that try the validator's bounds: huge members, one endless line, nothing but zeros."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from commonplace.report import Finding
from commonplace.validate import oversize
from commonplace.validate.outcome import Validation
from commonplace.validation import validate
from support.gml_town import DECLARATION, END, ROOT, building, document, ring

SQUARE = ring(52.5, 13.001)
MEMORY_MB = 400
SCRIPT = """
import json, re, sys
from pathlib import Path
from commonplace.validation import validate
outcome = validate([Path(sys.argv[1])], workers=1)
status = Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) // 1024
features = [sum(one.features.values()) for one in outcome.files]
print(json.dumps([sorted(outcome.findings.codes()), features, peak]))
"""


def _codes(outcome: Validation) -> set[str]:
    return outcome.findings.codes() - {"SCHEMA_NOT_CHECKED"}


def _of(outcome: Validation, code: str) -> Finding:
    return next(first for first, _, _ in outcome.findings.grouped() if first.code == code)


def _file(folder: Path, parts: Iterable[str], name: str = "large.gml") -> Path:
    path = folder / name
    with path.open("w") as stream:
        stream.writelines(parts)
    return path


def _measured(path: Path) -> tuple[set[str], list[int], int]:
    """Codes, features and peak memory (MB) of a validation in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True
    )
    codes, features, peak = json.loads(done.stdout)
    return set(codes) - {"SCHEMA_NOT_CHECKED"}, features, peak


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A member is too large from 40 kB on."""
    monkeypatch.setattr("commonplace.validate.chunks.LARGEST", 40_000)
    monkeypatch.setattr("commonplace.validation.LARGEST", 40_000)
    monkeypatch.setattr(oversize, "BLOCK", 4096)
    monkeypatch.setattr(oversize, "LONGEST_TEXT", 2000)
    monkeypatch.setattr(oversize, "KEPT_WORDS", 60)


def _round(points: int, *, last: str = "") -> str:
    """A ring of many points north of the square, closed unless ``last`` says else."""
    south = [f"52.5 {13.2 + one / points:.6f}" for one in range(points)]
    north = [f"52.6 {14.2 - one / points:.6f}" for one in range(points)]
    return " ".join([*south, *north, last or south[0]])


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("single", [False, True])
def test_a_large_member_is_checked_in_short(tmp_path: Path, shared: Path, single: bool) -> None:
    large = building(
        1, changed={SQUARE: _round(3000), "/functional": "/shiny", "DE.TEST": "DE.TÄST"}
    )
    if single:
        spaces = ROOT[len("<wfs:FeatureCollection") : ROOT.index(" timeStamp")]
        text = DECLARATION + large.replace("<bu-core2d:Building", f"<bu-core2d:Building{spaces}", 1)
    else:
        text = document(building(0), large, building(2))
    path = _file(tmp_path, [text])
    outcome = validate([path], workers=1, schemas=shared / "inspire" / "schemas")
    assert sum(outcome.files[0].features.values()) == (1 if single else 3)
    assert outcome.files[0].schema == "valid"
    assert _codes(outcome) - {"DOCUMENT_ROOT"} == {"MEMBER_TOO_LARGE", "CODE_UNKNOWN"}
    assert _of(outcome, "CODE_UNKNOWN").feature == "Building.1"
    told = _of(outcome, "MEMBER_TOO_LARGE")
    assert (told.line, told.offset) == (
        (2, len(DECLARATION)) if single else (4, text.index(f"<wfs:member>{large}"))
    )
    assert "not checked" in told.message


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize(
    ("points", "code"),
    [
        (_round(3000, last="52.5 13.3"), "GEOMETRY_RING_OPEN"),
        (_round(3000) + " 52.5", "GEOMETRY_ORDINATES"),
        (_round(3000).replace("52.5 13.900000 ", "52.5 nought ", 1), "GEOMETRY_ORDINATES"),
    ],
)
def test_long_texts_are_read_to_their_end(tmp_path: Path, points: str, code: str) -> None:
    large = building(1, changed={SQUARE: points})
    outcome = validate([_file(tmp_path, [document(building(0), large)])], workers=1)
    assert _codes(outcome) == {"MEMBER_TOO_LARGE", code}
    assert _of(outcome, code).feature == "Building.1"


@pytest.mark.usefixtures("small_limits")
def test_elements_without_end_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oversize, "MOST_KEPT", 20_000)
    text = building(1)
    begin, end = text.index("<bu-core2d:geometry2D>"), text.index("</bu-core2d:Building>")
    many = [text[begin:end].replace("g.1", f"g.1.{one}") for one in range(80)]
    large = text[:begin] + "".join(many) + text[end:]
    outcome = validate([_file(tmp_path, [document(large, building(2))])], workers=1)
    assert outcome.files[0].features == {"Building": 2}
    assert _codes(outcome) == {"MEMBER_TOO_LARGE", "STRUCTURE_REPEATED", "BU_REFERENCE_GEOMETRY"}
    assert "behind byte" in _of(outcome, "MEMBER_TOO_LARGE").message


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize(
    ("before", "after"),
    [("</bu-base:inspireId>", "</bu-base:inspired>"), ("DE.TEST", "&nope;"), ("DE.TEST", "\x01")],
)
def test_a_large_member_that_is_broken(tmp_path: Path, before: str, after: str) -> None:
    large = building(1, changed={SQUARE: _round(3000), before: after})
    text = document(building(0), large, building(2))
    outcome = validate([_file(tmp_path, [text])], workers=1)
    assert "XML_NOT_WELL_FORMED" in _codes(outcome)
    found = _of(outcome, "XML_NOT_WELL_FORMED")
    assert found.line == 4
    assert found.offset is not None
    assert abs(found.offset - text.index(after)) < 30


@pytest.mark.usefixtures("small_limits")
def test_bytes_of_another_encoding_in_a_large_member(tmp_path: Path) -> None:
    large = building(1, changed={SQUARE: _round(3000), "DE.TEST": "DE.TÄST"})
    path = tmp_path / "latin.gml"
    path.write_bytes(document(building(0), large).encode("latin-1"))
    assert "XML_NOT_WELL_FORMED" in _codes(validate([path], workers=1))


def test_one_tag_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonplace.validate.chunks.LARGEST", 100_000)
    monkeypatch.setattr("commonplace.validation.LARGEST", 100_000)
    monkeypatch.setattr(oversize, "BLOCK", 4096)
    monkeypatch.setattr(oversize, "LONGEST_TAG", 50_000)
    large = building(1, changed={"<gml:exterior>": f'<gml:exterior a="{"x" * 200_000}">'})
    outcome = validate([_file(tmp_path, [document(large)])], workers=1)
    assert _codes(outcome) == {"MEMBER_TOO_LARGE", "DOCUMENT_NO_FEATURES"}


def test_a_text_of_64_megabytes_takes_bounded_memory(tmp_path: Path) -> None:
    begin, end = building(1).split(SQUARE)
    square = _round(40_000)
    parts = (f" {square}" for _ in range(64 * (1 << 20) // len(square)))
    text = [DECLARATION, ROOT, "<wfs:member>", begin, *parts, end, "</wfs:member>", END]
    codes, features, peak = _measured(_file(tmp_path, text))
    assert (codes, features) == ({"MEMBER_TOO_LARGE"}, [1])
    assert peak < MEMORY_MB


@pytest.mark.parametrize("lead", ["", DECLARATION + ROOT, f"{DECLARATION}{ROOT}<wfs:member>"])
def test_a_gigabyte_of_zeros_ends_at_once(tmp_path: Path, lead: str) -> None:
    """Sparse: it takes no room on the disk."""
    path = _file(tmp_path, [lead])
    with path.open("r+b") as stream:
        stream.truncate(1 << 30)
    codes, _, peak = _measured(path)
    assert "XML_NOT_WELL_FORMED" in codes
    assert peak < MEMORY_MB


def _line(path: Path, size: int) -> int:
    """Members on one line, as many as fill ``size`` bytes."""
    part = "".join(f"<wfs:member>{building(one)}</wfs:member>" for one in range(1000))
    times = -(-size // len(part))
    with path.open("w") as stream:
        stream.write(DECLARATION.replace("\n", "") + ROOT)
        for _ in range(times):
            stream.write(part)
        stream.write(END)
    return 1000 * times


@pytest.mark.parametrize("size", [12 << 20, pytest.param(1 << 30, marks=pytest.mark.long)])
def test_one_line_of_members(tmp_path: Path, size: int) -> None:
    path = tmp_path / "line.gml"
    count = _line(path, size)
    codes, features, peak = _measured(path)
    assert codes >= {"ID_REPEATED", "IDENTIFIER_REPEATED"}
    assert features == [count]
    assert peak < MEMORY_MB
    path.unlink()


@pytest.mark.long
def test_one_line_of_a_gigabyte_without_blank(tmp_path: Path) -> None:
    begin, end = building(1).split("DE.TEST")
    block = "x" * (1 << 20)
    parts = (block for _ in range(1024))
    text = [DECLARATION, ROOT, "<wfs:member>", begin]
    path = tmp_path / "line.gml"
    with path.open("w") as stream:
        stream.writelines(text)
        stream.writelines(parts)
        stream.writelines([end, "</wfs:member>", END])
    codes, features, peak = _measured(path)
    assert (codes, features) == ({"MEMBER_TOO_LARGE"}, [1])
    assert peak < MEMORY_MB
    path.unlink()


def test_a_zip_bomb_takes_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.gml", "w", force_zip64=True) as member,
    ):
        for _ in range(256):
            member.write(b" " * (1 << 20))
    codes, _, peak = _measured(path)
    assert codes == {"ARCHIVE_BOMB"}
    assert peak < MEMORY_MB
