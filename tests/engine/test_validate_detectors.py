"""Real data altered: axes exchanged, another CRS or unit named, and what law and validator
say differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from commonplace.report import Finding, Severity
from commonplace.validate import countries
from commonplace.validate.outcome import Validation
from commonplace.validation import validate
from support.gml_town import SRS, building, document

ORDINATES = re.compile(r"(<gml:pos(?:List)?[^>]*>)([^<]+)<")
STATED = "EPSG/0/25830"


@pytest.fixture(scope="module")
def parcels(shared: Path) -> str:
    """The first 200 of a Spanish town's cadastral parcels, EPSG:25830."""
    name = "A.ES.SDGC.CP.40146.cadastralparcel.gml"
    text = (shared / "data" / "es_catastro_40146" / name).read_text(encoding="utf-8")
    *members, _ = text.split("</member>", 200)
    return "</member>".join(members) + "</member></FeatureCollection>"


def _outcome(folder: Path, text: str) -> Validation:
    path = folder / "parcels.gml"
    path.write_text(text, encoding="utf-8")
    return validate([path], workers=1)


def _all(outcome: Validation, code: str) -> list[Finding]:
    return [
        one for first, _, kept in outcome.findings.grouped() if first.code == code for one in kept
    ]


def _count(outcome: Validation, code: str) -> int:
    return sum(count for first, count, _ in outcome.findings.grouped() if first.code == code)


def _moved(text: str, move: Callable[[list[str]], list[str]], *, most: int = 0) -> str:
    """Every position, or the first ``most``, changed."""
    return ORDINATES.sub(lambda one: f"{one[1]}{' '.join(move(one[2].split()))}<", text, count=most)


def _swapped(words: list[str]) -> list[str]:
    return [one for pair in zip(words[1::2], words[::2], strict=True) for one in pair]


SUSPICIONS = {
    "CRS_AXES_SWAPPED",
    "CRS_OUTSIDE_AREA",
    "CRS_OTHER_COUNTRY",
    "GEOMETRY_OUTSIDE_AREA",
    "UNIT_DOUBTFUL",
    "UNIT_WRONG",
}


def test_the_data_as_they_are_raise_no_suspicion(tmp_path: Path, parcels: str) -> None:
    assert not SUSPICIONS & _outcome(tmp_path, parcels).findings.codes()


def test_axes_exchanged_everywhere(tmp_path: Path, parcels: str) -> None:
    found = _all(_outcome(tmp_path, _moved(parcels, _swapped)), "CRS_AXES_SWAPPED")
    assert len(found) == 1
    assert found[0].severity is Severity.ERROR
    assert found[0].feature is None


def test_axes_exchanged_in_one_parcel(tmp_path: Path, parcels: str) -> None:
    outcome = _outcome(tmp_path, _moved(parcels, _swapped, most=3))
    features = {one.feature for one in _all(outcome, "CRS_AXES_SWAPPED") if one.feature}
    assert "ES.SDGC.CP.000700100UL74F" in features
    assert len(features) <= 3


def test_one_parcel_far_away(tmp_path: Path, parcels: str) -> None:
    def away(words: list[str]) -> list[str]:
        return [f"{float(one) + 5_000_000:.2f}" for one in words]

    outcome = _outcome(tmp_path, _moved(parcels, away, most=3))
    features = {one.feature for one in _all(outcome, "GEOMETRY_OUTSIDE_AREA")}
    assert "ES.SDGC.CP.000700100UL74F" in features


@pytest.mark.parametrize("zone", ["EPSG/0/25832", "EPSG/0/25833"])
def test_another_zone_is_named(tmp_path: Path, parcels: str, zone: str) -> None:
    """Zone 30 and zones 32, 33: the data would lie in Italy, where the CRS is used indeed."""
    outcome = _outcome(tmp_path, parcels.replace(STATED, zone))
    (found,) = _all(outcome, "CRS_OTHER_COUNTRY")
    assert found.fix is not None
    assert "EPSG:25830" in found.fix


def test_metres_said_to_be_degrees(tmp_path: Path, parcels: str) -> None:
    found = _all(_outcome(tmp_path, parcels.replace(STATED, "EPSG/0/4258")), "CRS_OUTSIDE_AREA")
    assert found
    assert found[0].severity is Severity.ERROR
    assert "metres" in (found[0].fix or "")


def test_degrees_said_to_be_metres(tmp_path: Path, parcels: str) -> None:
    def degrees(words: list[str]) -> list[str]:
        return [f"{-4.4 + (at % 2) * 45.4:.6f}" for at in range(len(words))]

    found = _all(_outcome(tmp_path, _moved(parcels, degrees)), "CRS_OUTSIDE_AREA")
    assert found
    assert "degrees" in (found[0].fix or "")


def test_hectares_without_conversion(tmp_path: Path, parcels: str) -> None:
    def hectares(found: re.Match[str]) -> str:
        return f'<cp:areaValue uom="m2">{float(found[1]) / 10_000}<'

    text = re.sub(r'<cp:areaValue uom="m2">(\d+)<', hectares, parcels)
    outcome = _outcome(tmp_path, text)
    assert _count(outcome, "UNIT_DOUBTFUL") > 170, "nearly all of 200"
    assert "hectares" in _all(outcome, "UNIT_DOUBTFUL")[0].message
    wrong = _outcome(tmp_path, parcels.replace('uom="m2"', 'uom="ha"'))
    assert _count(wrong, "UNIT_WRONG") == 200
    spelled = _outcome(tmp_path, parcels.replace('uom="m2"', 'uom="m²"'))
    assert _count(spelled, "UNIT_FORM") == 200
    assert "UNIT_WRONG" not in spelled.findings.codes()


def test_areas_in_degrees_are_reckoned_in_square_metres(tmp_path: Path, parcels: str) -> None:
    def degrees(words: list[str]) -> list[str]:
        points = zip(words[::2], words[1::2], strict=True)
        return [
            one
            for x, y in points
            for one in (f"{float(y) / 111_320:.9f}", f"{float(x) / 111_320 / 0.757:.9f}")
        ]

    moved = _moved(parcels, degrees).replace(STATED, "EPSG/0/4258")
    moved = re.sub(
        r'<cp:areaValue uom="m2">(\d+)<',
        lambda one: f'<cp:areaValue uom="m2">{float(one[1]) / 10_000}<',
        moved,
    )
    assert _count(_outcome(tmp_path, moved), "UNIT_DOUBTFUL") > 170


def test_countries_contain_their_capitals() -> None:
    capitals = {"ES": (-3.7, 40.4), "DE": (13.4, 52.5), "NL": (4.9, 52.4), "FI": (24.9, 60.2)}
    for code, (x, y) in capitals.items():
        assert any(one[0] < x < one[2] and one[1] < y < one[3] for one in countries.AREAS[code])


LEGAL = [
    ({SRS: SRS.replace("4258", "25833")}, "CRS_LEGAL_BUT_VALIDATOR_REJECTS", Severity.WARNING),
    (
        {"<bu-base:beginLifespanVersion>2020-01-01T00:00:00Z</bu-base:beginLifespanVersion>": ""},
        "VOID_OMITTED",
        Severity.WARNING,
    ),
]


@pytest.mark.parametrize(("changed", "code", "severity"), LEGAL, ids=[one[1] for one in LEGAL])
def test_legal_but_the_validator_rejects(
    tmp_path: Path, changed: dict[str, str], code: str, severity: Severity
) -> None:
    """Told as such, and no error of ours."""
    path = tmp_path / "town.gml"
    path.write_text(document(building(1, changed=changed)), encoding="utf-8")
    outcome = validate([path], workers=1)
    (found,) = _all(outcome, code)
    assert found.severity is severity
    assert "legal, but the validator rejects" in found.message
    assert found.feature in ("Building.1", None)
