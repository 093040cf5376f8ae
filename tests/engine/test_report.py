"""The report: complete as JSON, safe and readable as HTML."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from lxml import html

from commonplace.package.drawing import Drawing, draw
from commonplace.package.report_html import render
from commonplace.package.report_json import report_text, to_json
from commonplace.report import (
    CrsOperation,
    Finding,
    Findings,
    LayerLedger,
    PropertyFacts,
    Report,
    Severity,
    TypeFacts,
)
from support.reports import HOSTILE, report, town


def test_json_says_it_all() -> None:
    made = json.loads(report_text(report()))
    assert made["summary"] == {
        "read": 3916,
        "filtered": 100,
        "rejected": 19,
        "mapped": 3797,
        "written": 3881,
        "errors": 10,
        "warnings": 221,
        "infos": 1,
    }
    assert made["layers"]["buildings:gebaeude"]["balances"] is True
    codes = {one["code"]: one for one in made["findings"]}
    assert codes["CODE_UNMATCHED"]["count"] == 212
    assert len(codes["GEOMETRY_INVALID"]["examples"]) == 10
    assert made["operations"][1]["accuracy"] == 0.1
    missing = set(Report.__dataclass_fields__) - set(made) - {"drawings"}
    assert missing == set()


def test_json_is_the_same_for_the_same_report() -> None:
    assert report_text(report()) == report_text(report())
    assert to_json(Report())["findings"] == []


def test_html_holds_data_as_text_only() -> None:
    text = render(report())
    page = html.document_fromstring(text)
    assert page.xpath("//script | //link | //img | //iframe | //*[@onclick or @onload]") == []
    assert HOSTILE in page.text_content()
    for address in page.xpath("//@href | //@src"):
        assert not address.startswith("http")


def test_html_has_every_section_and_names_for_its_pictures() -> None:
    page = html.document_fromstring(render(report()))
    assert page.xpath("//section/@id") == [
        "maps", "ledger", "values", "coordinates", "findings", "files", "left-out",
        "sources", "run",
    ]  # fmt: skip
    for picture in page.xpath("//*[local-name()='svg']"):
        assert picture.get("role") == "img"
        assert picture.get("aria-label")
    assert page.xpath("//table[not(caption)]") == []
    assert page.xpath("//th[not(@scope)]") == []
    assert len(page.xpath("//figure[contains(@class, 'map')]")) == 4
    assert page.get("lang") == "en"


def test_findings_are_marked_where_they_lie() -> None:
    page = html.document_fromstring(render(report()))
    before, after = page.xpath("//figure")[:2]
    marks = [figure.xpath(".//*[local-name()='circle']") for figure in (before, after)]
    assert len(marks[0]) == len(marks[1]) == 19


def test_marks_lead_to_the_row_of_their_finding() -> None:
    page = html.document_fromstring(render(report()))
    targets = set(page.xpath("//*[local-name()='circle']/parent::*/@href"))
    assert targets == {
        "#geometry-invalid-buildings-gebaeude-geometry2d",
        "#geometry-repaired-buildings-gebaeude-geometry2d",
    }
    assert {one[1:] for one in targets} <= set(page.xpath("//@id"))
    assert page.xpath("//*[@role='img']//a[not(@tabindex='-1')]") == []


def test_maps_have_a_scale_in_metres_whatever_the_crs() -> None:
    page = html.document_fromstring(render(report()))
    texts = [one.text for one in page.xpath("//*[@class='scale']/*[local-name()='text']")]
    assert texts == ["200 m"] * 4


def charts_of(made: Report) -> dict[str, html.HtmlElement]:
    page = html.document_fromstring(render(made))
    return {
        figure.xpath("./figcaption/b")[0].text_content(): figure
        for figure in page.xpath("//figure[@class='chart']")
    }


def test_degrees_that_are_none_are_drawn_without_a_scale() -> None:
    metres = draw(shapely.points([[1_288_000.0, 6_131_000.0], [1_288_100.0, 6_131_050.0]]))
    operations = [CrsOperation("houses", "EPSG:4326", "EPSG:4326", "unchanged", 0.0)]
    report = Report(title="t", drawings={"houses": {"before": metres}}, operations=operations)
    page = render(report)
    assert 'class="map before"' in page
    assert 'class="scale"' not in page


def test_charts_show_values_with_the_labels_of_their_list() -> None:
    charts = charts_of(report())
    assert set(charts) == {
        "currentUse · currentUse",
        "dateOfConstruction · anyPoint",
        "heightAboveGround · value",
        "numberOfDwellings",
    }
    rows = [
        [span.text_content() for span in row.xpath("./span")]
        for row in charts["currentUse · currentUse"].xpath(".//li")
    ]
    assert rows[:2] == [["residential", "", "1\u202f500"], ["industrial", "", "200"]]
    assert HOSTILE in rows[3][0]
    dwellings = charts["numberOfDwellings"].xpath(".//*[local-name()='title']/text()")
    assert dwellings == ["1: 500", "2: 150", "6: 50"]
    years = charts["dateOfConstruction · anyPoint"].xpath(".//*[local-name()='title']/text()")
    assert years[0].startswith("1880 to 1884: ")
    counted = sum(int(one.rpartition(": ")[2]) for one in years)
    assert counted == sum(1 + year % 7 for year in range(1880, 2026))


def test_charts_say_what_is_missing_and_what_is_the_same() -> None:
    page = html.document_fromstring(render(report()))
    values = page.get_element_by_id("values").text_content()
    assert "conditionOfConstruction: functional" in values
    missing = page.xpath("//ul[contains(@class, 'filled')]/li/span[last()]/text()")
    assert missing == ["< 1 %", "37 %", "42 %", "95 %"]
    assert "Nothing" not in values


@pytest.mark.parametrize("numbers", [(0.0, 1e-9), (1e12, 5e12), (-3.5, 4.25), (7.0, 8.0)])
def test_any_numbers_have_a_histogram(numbers: tuple[float, float]) -> None:
    made = Report(facts={"a:B": TypeFacts(2, properties={"n": PropertyFacts(2, numbers=numbers)})})
    titles = charts_of(made)["n"].xpath(".//*[local-name()='title']/text()")
    assert [one.rpartition(": ")[2] for one in titles] == ["1", "1"]


def test_an_empty_report_is_a_page() -> None:
    page = html.document_fromstring(render(Report(title="Nothing")))
    assert page.xpath("//h1")[0].text == "Nothing"


def test_a_ledger_that_does_not_balance_is_shouted() -> None:
    made = report()
    made.layers["buildings:gebaeude"] = LayerLedger(2012, 100, 19, 1892)
    page = html.document_fromstring(render(made))
    assert page.xpath("//*[contains(@class, 'verdict') and contains(@class, 'bad')]")


def test_one_finding_without_anything_else() -> None:
    made = Report(findings=Findings())
    made.findings.add(Finding("X", Severity.INFO, "m"))
    assert '<code id="x">X</code>' in render(made)


def test_a_drawing_keeps_within_its_limit() -> None:
    made = draw(town(), limit=50)
    assert made.drawn == 50
    assert made.total == 400
    assert made.areas.count("M") <= 50
    assert max(made.width, made.height) == 1000


@pytest.mark.parametrize(
    "geometries",
    [
        np.array([], dtype=object),
        shapely.from_wkb([]),
        np.array([None, shapely.Point(), shapely.Polygon()], dtype=object),
        np.array([shapely.Point(7, 50)], dtype=object),
        np.array([shapely.LineString([(0, 0), (0, 9)])], dtype=object),
        np.array([shapely.Point(float("nan"), 1), shapely.Point(1, 1)], dtype=object),
        shapely.from_wkt(["GEOMETRYCOLLECTION (POINT (0 0), POLYGON ((0 0, 9 0, 9 9, 0 0)))"]),
        shapely.from_wkt(
            ["POLYGON Z ((0 0 1, 9 0 1, 9 9 1, 0 0 1), (2 1 1, 3 1 1, 3 2 1, 2 1 1))"]
        ),
    ],
)
def test_anything_can_be_drawn(geometries: np.ndarray) -> None:
    made = draw(geometries)
    assert isinstance(made, Drawing)
    assert made.width > 0
    assert made.height > 0


def test_a_drawing_is_where_it_should_be() -> None:
    box = shapely.box(100_000, 200_000, 101_000, 202_000)
    made = draw(np.array([box], dtype=object))
    assert (made.width, made.height) == (500, 1000)
    assert made.at(100_000, 202_000) == (0, 0)
    assert made.at(101_000, 200_000) == (500, 1000)
    assert made.at(99_999, 200_000) is None
    assert made.areas in ("M500 1000l0 -1000 -500 0 0 1000z", "M500 1000l-500 0 0 -1000 500 0z")


def test_degrees_are_stretched_by_latitude() -> None:
    made = draw(np.array([shapely.box(10, 59.5, 11, 60.5)], dtype=object))
    assert made.width / made.height == pytest.approx(0.5, abs=0.01)


SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


HEIGHT = {500: 6000, 1280: 3600}  # down to the charts


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", sorted(HEIGHT))
def test_a_browser_shows_it(tmp_path: Path, scheme: str, width: int) -> None:
    """Rendered in light and dark, wide and narrow: background, charts and brand are there."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs chromium")
    page, picture = tmp_path / "report.html", tmp_path / "report.png"
    page.write_text(render(report()), encoding="utf-8")
    dark = ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    subprocess.run(
        [
            browser,
            *SWITCHES,
            *dark,
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},{HEIGHT[width]}",
            f"--screenshot={picture}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    colours = _colours(picture)
    paper, brand = {"light": ("FAF9F6", "0B6B72"), "dark": ("12181D", "5CC4C6")}[scheme]
    assert colours[paper] > 0.25 * colours.total()
    assert colours[brand] > 20_000  # the bars of the charts, far down


def test_a_browser_prints_it_with_nothing_folded_away(tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs chromium")
    sizes = []
    for name, text in (
        ("whole", render(report())),
        ("folded", render(report()).replace("details::details-content", "x")),
    ):
        page, paper = tmp_path / f"{name}.html", tmp_path / f"{name}.pdf"
        page.write_text(text, encoding="utf-8")
        subprocess.run(
            [
                browser,
                *SWITCHES,
                f"--user-data-dir={tmp_path / 'profile'}",
                "--no-pdf-header-footer",
                f"--print-to-pdf={paper}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        sizes.append(paper.read_bytes().count(b"/Type /Page\n"))
    assert sizes[0] > sizes[1] >= 3


def _colours(picture: Path) -> Counter[str]:
    """How many pixels each colour has."""
    rasterio = pytest.importorskip("rasterio")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        with rasterio.open(picture) as opened:
            bands = opened.read([1, 2, 3]).astype(np.uint32)
    pixels, counts = np.unique(bands[0] << 16 | bands[1] << 8 | bands[2], return_counts=True)
    return Counter({f"{p:06X}": int(n) for p, n in zip(pixels, counts, strict=True)})
