"""CQL2 evaluated over record batches."""

from __future__ import annotations

import pyarrow as pa
import pytest
import shapely

from commonplace.batch import GEOMETRY
from commonplace.errors import ColumnNotFound, SourceError
from commonplace.sources.cql import both, parse_filter

ROWS = pa.RecordBatch.from_pydict(
    {
        "n": [1, 2, 3, None],
        "height": [1.5, 20.0, None, 4.0],
        "kind": ["oak", "Elm", "it's", None],
        "listed": [True, False, True, None],
        "nothing": pa.nulls(4),
        "updated": ["2020-01-01T00:00:00", "2021-06-01T12:00:00Z", "2022-01-01", None],
        GEOMETRY: pa.array(shapely.to_wkb(shapely.points([[1, 1], [2, 2], [3, 3], [9, 9]]))),
    }
)


def passed(text: str) -> list[int]:
    mask = parse_filter(text).mask(ROWS, lambda shape: shape)
    return [row for row, one in enumerate(mask.to_pylist()) if one]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("n > 1", [1, 2]),
        ("n >= 1 AND n < 3", [0, 1]),
        ("n <> 2", [0, 2]),
        ("NOT (n = 1)", [1, 2]),
        ("NOT (height > 3)", [0]),
        ("kind = 'oak' OR height > 10", [0, 1]),
        ("kind IN ('oak', 'Elm')", [0, 1]),
        ("kind NOT IN ('oak')", [1, 2]),
        ("n BETWEEN 2 AND 3", [1, 2]),
        ("n NOT BETWEEN 2 AND 3", [0]),
        ("kind LIKE 'o%'", [0]),
        ("kind NOT LIKE 'o%'", [1, 2]),
        ("kind IS NULL", [3]),
        ("kind IS NOT NULL", [0, 1, 2]),
        ("CASEI(kind) = 'elm'", [1]),
        ("kind = 'it''s'", [2]),
        ("listed = TRUE", [0, 2]),
        ("nothing = 3", []),
        ("nothing IS NULL", [0, 1, 2, 3]),
        ("n + 1 > 3", [2]),
        ("updated > TIMESTAMP('2021-01-01T00:00:00Z')", [1, 2]),
        ("updated >= DATE('2022-01-01')", [2]),
        ('{"op": "t_before", "args": [{"property": "updated"}, {"date": "2020-06-01"}]}', [0]),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 2.5 0, 2.5 2.5, 0 2.5, 0 0)))", [0, 1]),
        ("S_WITHIN(place, BBOX(2.5, 2.5, 10, 10))", [2, 3]),
        ('"n" = 3 AND S_INTERSECTS(geometry, POINT(3 3))', [2]),
        ('{"op": ">", "args": [{"property": "n"}, 1]}', [1, 2]),
        (
            '{"op": "and", "args": [{"op": "like", "args": [{"property": "kind"}, "%l%"]},'
            ' {"op": "isNull", "args": [{"property": "nothing"}]}]}',
            [1],
        ),
    ],
)
def test_rows(text: str, rows: list[int]) -> None:
    assert passed(text) == rows


@pytest.mark.parametrize("text", ["n >", "n ~ 3", "{}", '{"op": "dance", "args": []}', ""])
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        parse_filter(text)


@pytest.mark.parametrize("text", ["n > 'many'", "lift(n) > 3", "kind > DATE('2021-01-01')"])
def test_what_has_no_value_is_told(text: str) -> None:
    with pytest.raises(SourceError):
        passed(text)


def test_names() -> None:
    one = parse_filter("height > 3 AND S_INTERSECTS(place, POINT(3 3))")
    assert one.names() == ("height", "place")
    one.check("trees", ("height",))
    with pytest.raises(ColumnNotFound) as caught:
        one.check("trees", ("heights",))
    assert "'heights'" in str(caught.value)


def test_two_filters() -> None:
    one = both(parse_filter("n > 1"), parse_filter("height > 3 OR listed = TRUE"))
    assert one.mask(ROWS, lambda shape: shape).to_pylist() == [False, True, True, False]
    assert parse_filter(one.text).tree == one.tree
