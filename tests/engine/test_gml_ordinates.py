"""Coordinates, ids and values as text."""

from __future__ import annotations

import math
import re
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.gml.names import ncname
from commonplace.gml.ordinates import ordinate, ordinate_lists
from commonplace.gml.values import escaped, value_texts
from support.gml_reference import fixed

DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")


def written(values: list[float], decimals: int) -> list[str]:
    coordinates = np.array(values, dtype=np.float64).reshape(-1, 1)
    runs = ordinate_lists(coordinates, np.array([0, len(values)]), decimals)
    text = runs[0].as_py()
    assert text[0] == ">"
    return str(text[1:]).split(" ")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1e-7, 7, "0.0000001"),
        (-1e-7, 7, "-0.0000001"),
        (1e-8, 7, "0"),
        (-1e-8, 7, "0"),
        (-0.0, 3, "0"),
        (1e16, 3, "10000000000000000"),
        (-180.0, 7, "-180"),
        (2.5, 3, "2.5"),
        (0.05, 7, "0.05"),
        (9_999.999, 3, "9999.999"),
        (10_000.0, 3, "10000"),
        (5_800_000.001, 3, "5800000.001"),
        (32_500_000.5, 2, "32500000.5"),
        (-20_037_508.34, 2, "-20037508.34"),
        (99_999_999.9, 1, "99999999.9"),
        (100_000_000.0, 1, "100000000"),
        (12.0, 0, "12"),
    ],
)
def test_ordinate(value: float, decimals: int, text: str) -> None:
    assert ordinate(value, decimals) == text
    assert written([value], decimals) == [text]


@given(
    values=st.lists(
        st.floats(-1e9, 1e9)
        | st.floats(-180, 180)
        | st.floats(0, 99.5)
        | st.floats(-9e6, 9e6)
        | st.floats(0, 1, exclude_max=True),
        min_size=1,
    ),
    decimals=st.integers(0, 9),
)
def test_ordinates_are_shortest_decimals(values: list[float], decimals: int) -> None:
    for text, value in zip(written(values, decimals), values, strict=True):
        assert DECIMAL.fullmatch(text), text
        assert text != "-0"
        # halves may fall either way: values come rounded to the CRS's precision
        half = Decimal(10) ** -decimals * Decimal("0.51") + Decimal(math.ulp(value))
        assert abs(Decimal(text) - Decimal(value)) <= half


@given(values=st.lists(st.integers(-(10**11), 10**11), min_size=1), decimals=st.integers(0, 7))
def test_rounded_ordinates_are_exact(values: list[int], decimals: int) -> None:
    rounded = [one / 10**decimals for one in values]
    assert written(rounded, decimals) == [fixed(one, decimals) for one in rounded]


def test_runs_follow_each_other() -> None:
    coordinates = np.array([[1, 2], [3, 4], [5.5, -6]])
    runs = ordinate_lists(coordinates, np.array([0, 1, 3]), 2)
    assert runs.to_pylist() == [">1 2", ">3 4 5.5 -6"]


IDS = st.text(st.sampled_from("ab_x5F0. -:/äß😀\x00") | st.characters(codec="utf-8"), max_size=8)


@given(one=IDS, two=IDS)
def test_ids_are_ncnames_and_never_collide(one: str, two: str) -> None:
    left, right = ncname(f"Type.{one}"), ncname(f"Type.{two}")
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", left)
    assert (left == right) == (one == two)


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("Building.NL.IMBAG-12_3", "Building.NL.IMBAG-12_3"),
        ("Building.a:b", "Building.a_x3A_b"),
        ("Building.a_x3A_b", "Building.a_x5F_x3A_b"),
    ],
)
def test_safe_ids_stay(raw: str, safe: str) -> None:
    assert ncname(raw) == safe


def test_text_keeps_only_what_xml_allows() -> None:
    raw = pa.array(["a\x00b\x1f", "\ufffe", "<&>", '"', "\r\n", "plain", None, ""])
    text = ["ab", None, "&lt;&amp;&gt;", '"', "&#13;\n", "plain", None, None]
    assert escaped(raw).to_pylist() == text
    assert escaped(raw.slice(3, 2), attribute=True).to_pylist() == ["&quot;", "&#13;&#10;"]


@pytest.mark.parametrize(
    ("values", "arrow", "value_type", "text"),
    [
        ([1e-7, 1e16, -0.0, 3.0], pa.float64(), "double", ["0.0000001", "1" + "0" * 16, "0", "3"]),
        ([float("nan"), float("inf")], pa.float64(), "double", [None, None]),
        ([True, None], pa.bool_(), "boolean", ["true", None]),
        ([0, 86_400_000_000], pa.timestamp("us", "UTC"), "date", ["1970-01-01", "1970-01-02"]),
        ([1_500_000], pa.timestamp("us", "UTC"), "dateTime", ["1970-01-01T00:00:01.5Z"]),
        ([60_000_000], pa.timestamp("us", "UTC"), "dateTime", ["1970-01-01T00:01:00Z"]),
        ([-1], pa.timestamp("us", "UTC"), "dateTime", ["1969-12-31T23:59:59.999999Z"]),
        ([0], pa.date32(), "dateTime", ["1970-01-01T00:00:00Z"]),
        ([0], pa.date32(), "gYear", ["1970"]),
        (["x"], pa.large_string(), "string", ["x"]),
    ],
)
def test_values(
    values: list[object], arrow: pa.DataType, value_type: str, text: list[str | None]
) -> None:
    assert value_texts(pa.array(values, arrow), value_type).to_pylist() == text
