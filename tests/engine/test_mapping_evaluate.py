"""Evaluation: values, lists, codes, links; and what is wrong with a row is a finding on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely

from commonplace.errors import ExpressionRefused, MappingError
from commonplace.mapping.evaluate import Session, aggregate
from commonplace.report import Severity
from commonplace.target import leaves, references
from support.mapping import BUILDING, batch, codes, column, compiled, evaluate, problems

AD = "target: {schema: ad/4.0, namespace: XX.AD, language: nld}\n"


def test_rows_become_objects() -> None:
    found = evaluate(
        BUILDING + "  numberOfDwellings: =n + 1\n  beginLifespanVersion: =d\n",
        {"id": ["a", "b"], "n": [1, None], "d": [date(2020, 2, 29), None]},
    )
    assert column(found, "@id") == ["a", "b"]
    assert column(found, "numberOfDwellings") == [2, None]
    assert column(found, "beginLifespanVersion") == [datetime(2020, 2, 29, tzinfo=UTC), None]
    assert column(found, "geometry2D.geometry") == [0, 1]
    assert found.findings == []
    assert list(leaves(found.batch))


def test_a_value_that_does_not_cast_in_row_17000_of_20000() -> None:
    numbers = [str(n % 9) for n in range(20_000)]
    numbers[17_000] = "a lot"
    columns = {"id": [f"B{n}" for n in range(20_000)], "n": numbers}
    found = evaluate(BUILDING + "  numberOfDwellings: =n\n", columns)
    assert found.batch.rows == 19_999
    assert found.rejected.tolist() == [17_000]
    (finding,) = found.findings
    assert (finding.code, finding.feature, finding.attribute, finding.value) == (
        "CAST_FAILED",
        "B17000",
        "Building.numberOfDwellings",
        "a lot",
    )
    assert "17000" in finding.message


POLICIES = {
    "a number": ("numberOfDwellings: =n", {"n": ["1", "x", None]}, "CAST_FAILED"),
    "a fraction": ("numberOfDwellings: =n", {"n": [1.0, 1.5, None]}, "CAST_FAILED"),
    "a date": ("beginLifespanVersion: =n", {"n": ["2020-01-01", "1/1/20", None]}, "CAST_FAILED"),
    "a measure": (
        "heightAboveGround.value: =n",
        {"n": [1.5, float("inf"), None]},
        "CAST_FAILED",
    ),
    "an element of a list": (
        "heightAboveGround[].value: =n",
        {"n": [["1"], ["2", "x"], []]},
        "CAST_FAILED",
    ),
    "a function that raises": (
        "beginLifespanVersion: =strptime(n, '%d.%m.%Y')",
        {"n": ["1.1.2020", "2020-01-01", None]},
        "EXPRESSION_FAILED",
    ),
    "a code of a closed list": (
        "conditionOfConstruction: =n",
        {"n": ["functional", "nice", None]},
        "CODE_UNKNOWN",
    ),
    "a value without a code": (
        "conditionOfConstruction: {value: =n, codes: {ok: functional}}",
        {"n": ["ok", "nice", None]},
        "CODE_UNMATCHED",
    ),
}


@pytest.mark.parametrize(("line", "columns", "code"), POLICIES.values(), ids=POLICIES)
def test_policies(line: str, columns: dict[str, Any], code: str) -> None:
    columns = {"id": ["a", "b", "c"], **columns}
    text = f"{BUILDING}  {line.partition(': ')[0]}: {_quoted(line.partition(': ')[2])}\n"
    rejected = evaluate(text, columns, "reject")
    assert (codes(rejected), column(rejected, "@id")) == ([code], ["a", "c"])
    assert rejected.findings[0].feature == "b"
    void = evaluate(text, columns, "void")
    assert (codes(void), column(void, "@id")) == ([code], ["a", "b", "c"])
    assert void.rejected.tolist() == []
    with pytest.raises(MappingError):
        evaluate(text, columns, "stop")


def _quoted(value: str) -> str:
    return f'"{value}"' if "%" in value else value


def test_many_findings_are_counted_not_kept() -> None:
    columns = {"id": [f"B{n}" for n in range(500)], "n": ["x"] * 500}
    found = evaluate(BUILDING + "  numberOfDwellings: =n\n", columns, "void")
    assert len(found.findings) == 20
    assert sum(one.count for one in found.findings) == 500


def test_a_row_without_an_id_is_rejected_whatever_the_policy() -> None:
    found = evaluate(BUILDING, {"id": ["a", None, ""]}, "void")
    assert codes(found) == ["ID_MISSING", "ID_MISSING"]
    assert found.rejected.tolist() == [1, 2]


def test_a_row_without_a_mandatory_value_is_rejected() -> None:
    rows, pool = batch({"id": ["a", "b"]})
    position = rows.schema.get_field_index("geometry")
    rows = rows.set_column(position, "geometry", pa.array([0, None], pa.int32()))
    with Session() as session:
        found = session.evaluate(compiled(BUILDING).types[0], rows, pool)
    assert codes(found) == ["MANDATORY_MISSING"]
    assert found.rejected.tolist() == [1]


def test_control_characters_are_replaced_and_told() -> None:
    text = BUILDING + "  name: =n\n"
    found = evaluate(text, {"id": ["a", "b", "c"], "n": ["x\x00\x0by", "tab\tand\nline", "\ufffe"]})
    assert [one.code for one in found.findings] == ["CONTROL_CHARACTER", "CONTROL_CHARACTER"]
    assert column(found, "name.spelling.text") == ["x\ufffd\ufffdy", "tab\tand\nline", "\ufffd"]
    assert found.findings[0].severity is Severity.WARNING


def test_nulls_mean_what_the_source_means_by_null() -> None:
    text = BUILDING + "  numberOfDwellings: =n\n  name: {value: =t, nulls: '-'}\n"
    text += "from: {nulls: [-1, n/a, 1900-01-01]}\n  "
    text += "\n"
    found = evaluate(
        text,
        {"id": ["a", "b", "c"], "n": [-1, 5, -1], "t": ["n/a", "-", "-1"]},
    )
    assert column(found, "numberOfDwellings") == [None, 5, None]
    assert column(found, "name") == [None, None, None]


def test_where_filters() -> None:
    found = evaluate(BUILDING + "  where: n > 1\n", {"id": ["a", "b", "c"], "n": [1, 2, None]})
    assert (column(found, "@id"), found.filtered) == (["b"], 2)
    assert found.rejected.tolist() == []


def test_columns_that_differ_in_case_or_hold_quotes() -> None:
    columns = {"id": ["a"], "ID": ["b"], 'we"ird, {name}': ["c"], "select": ["d"]}
    text = BUILDING + "  externalReference:\n    informationSystem: https://example.org\n"
    text += "    informationSystemName: x\n"
    text += '    reference: =id || ID || "we""ird, {name}" || "select"\n'
    assert column(evaluate(text, columns), "externalReference.reference") == ["abcd"]


def test_static_lists_skip_what_is_null_and_keep_their_order() -> None:
    text = BUILDING + (
        "  currentUse:\n"
        "    - {currentUse: {value: =a, codes: {r: residential, o: office}}, percentage: =p}\n"
        "    - {currentUse: {value: =b, codes: {r: residential, o: office}}}\n"
        "    - {currentUse: agriculture}\n"
    )
    found = evaluate(
        text, {"id": list("xyz"), "a": ["r", None, "o"], "b": ["o", "r", None], "p": [1, 2, 3]}
    )
    assert column(found, "currentUse") == [
        [
            {"currentUse": "residential", "percentage": 1},
            {"currentUse": "office", "percentage": None},
            {"currentUse": "agriculture", "percentage": None},
        ],
        [
            {"currentUse": "residential", "percentage": None},
            {"currentUse": "agriculture", "percentage": None},
        ],
        [
            {"currentUse": "office", "percentage": 3},
            {"currentUse": "agriculture", "percentage": None},
        ],
    ]
    # the use is missing in y's first item, so its percentage is lost, which is told
    assert codes(found) == ["OBJECT_INCOMPLETE"]


def test_dynamic_lists_make_as_many_objects_as_they_are_long() -> None:
    text = BUILDING + "  currentUse[]: {currentUse: =uses, percentage: =shares}\n"
    text += "  buildingNature[]: =string_split(nature, '/')\n"
    columns = {
        "id": list("abcd"),
        "uses": pa.array([["office", "trade"], [], None, ["trade", None]]),
        "shares": pa.array([[10], [1], [], None], pa.list_(pa.int64())),
        "nature": ["church/tower", None, "shed", ""],
    }
    found = evaluate(text, columns)
    assert column(found, "currentUse") == [
        [{"currentUse": "office", "percentage": 10}, {"currentUse": "trade", "percentage": None}],
        None,
        None,
        [{"currentUse": "trade", "percentage": None}],
    ]
    assert column(found, "buildingNature") == [["church", "tower"], None, ["shed"], None]
    assert codes(found) == ["OBJECT_INCOMPLETE"]


def test_sliced_lists_are_read_where_they_begin() -> None:
    text = BUILDING + "  currentUse[].currentUse: =uses\n"
    uses = pa.array([["office"], ["trade", "office"], None, ["industrial"]])
    rows, pool = batch({"id": list("abcd"), "uses": uses})
    with Session() as session:
        whole = session.evaluate(compiled(text).types[0], rows, pool)
        part = session.evaluate(compiled(text).types[0], rows.slice(1, 3), pool)
    assert column(part, "currentUse") == column(whole, "currentUse")[1:]


def test_a_list_where_one_value_belongs_is_refused() -> None:
    with pytest.raises(MappingError):
        evaluate(BUILDING + "  numberOfDwellings: '=[1, 2]'\n", {"id": ["a"]})


def test_an_expression_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(ExpressionRefused):
        evaluate(BUILDING + "  numberOfDwellings: =upper(n)\n", {"id": ["a"], "n": [1]})


def test_codes() -> None:
    table = "codes: {1: church, x.y: tower, n: void}"
    for unmatched, expected in (
        ("void", ["church", "tower", None, None]),
        ("shed", ["church", "tower", None, "shed"]),
        ("keep", ["church", "tower", None, "https://example.org/n/9"]),
    ):
        text = f"{BUILDING}  buildingNature: {{value: =n, {table}, unmatched: {unmatched}}}\n"
        found = evaluate(
            text, {"id": list("abcd"), "n": ["1", "x.y", "n", "https://example.org/n/9"]}
        )
        told = [] if unmatched == "keep" else ["CODE_REPLACED"]
        assert (column(found, "buildingNature"), codes(found)) == (expected, told)


def test_an_own_code_of_an_open_list_is_kept_and_told() -> None:
    found = evaluate(BUILDING + "  buildingNature: =n\n", {"id": ["a"], "n": ["yurt"]})
    assert (column(found, "buildingNature"), codes(found)) == (["yurt"], ["CODE_OWN"])


def test_a_column_the_layer_lacks_is_null_and_told() -> None:
    found = evaluate(BUILDING + "  numberOfDwellings: =n\n", {"id": ["a"]})
    assert (column(found, "numberOfDwellings"), codes(found)) == ([None], ["COLUMN_MISSING"])


@pytest.mark.parametrize(
    "values",
    [
        pa.array([None, None], pa.null()),
        pa.array(["x", None]).dictionary_encode(),
        pa.array(["x", None], pa.large_string()),
        pa.array([1, None], pa.decimal128(9, 2)),
        pa.array([b"x", None]),
        pa.array([{"a": 1}, None]),
        pa.array([True, None]),
        pa.array([0, None], pa.time32("s")),
        pa.array([1e-7, None]),
        pa.array([2**63, None], pa.uint64()),
        pa.array([0, None], pa.timestamp("ms")),
    ],
    ids=lambda one: str(one.type),
)
def test_columns_of_any_type_are_text_where_text_is_asked_for(values: pa.Array) -> None:
    found = evaluate(
        BUILDING + "  name: =n\n  externalReference: {void: Unknown}\n",
        {"id": ["a", "b"], "n": values},
    )
    assert found.batch.rows == 2
    assert column(found, "name")[1] is None


@pytest.mark.parametrize(
    ("rule", "given", "value"),
    [
        ("numberOfDwellings: =n", "7", 7),
        ("beginLifespanVersion: =n", "2020-01-01", datetime(2020, 1, 1, tzinfo=UTC)),
        ("numberOfDwellings: =replace(n, 'x', '')", "7x", 7),
        ("heightAboveGround.value: =n", "7.5", 7.5),
    ],
)
def test_empty_texts_are_null_whatever_is_asked_for(rule: str, given: str, value: object) -> None:
    found = evaluate(f"{BUILDING}  {rule}\n", {"id": list("abcd"), "n": [given, "", "  ", None]})
    assert column(found, rule.partition(":")[0]) == [value, None, None, None]
    assert (found.batch.rows, codes(found)) == (4, [])


def test_no_rows() -> None:
    text = BUILDING + "  numberOfDwellings: =n + 1\n  currentUse[].currentUse: =u\n"
    empty = {
        "id": pa.array([], pa.string()),
        "n": pa.array([], pa.int32()),
        "u": pa.array([], pa.string()),
    }
    found = evaluate(text, empty)
    assert (found.batch.rows, found.findings) == (0, [])


# -- geometry ----------------------------------------------------------------------------------


def test_geometries_are_fitted_to_the_property_or_told() -> None:
    text = (
        AD + "Address:\n  inspireId: =id\n"
        "  position: {geometry: =geometry, default: true}\n"
        "  locator: {level: unitLevel, designator: {addressNumber: =id}}\n"
        "  component: https://example.org/street/1\n"
    )
    rows, _ = batch({"id": ["a", "b", "c"]})
    square = shapely.box(0, 0, 2, 2)
    pool = np.array([shapely.Point(1, 1), shapely.MultiPoint([(3, 3)]), square])
    with Session() as session:
        found = session.evaluate(compiled(text).types[0], rows, pool)
        centred = session.evaluate(
            compiled(text.replace("=geometry", "=centroid(geometry)")).types[0], rows, pool
        )
    assert (codes(found), found.rejected.tolist()) == (["GEOMETRY_TYPE"], [2])
    handles = column(found, "position.geometry")
    assert [found.batch.geometries[one].wkt for one in handles] == ["POINT (1 1)", "POINT (3 3)"]
    handles = column(centred, "position.geometry")
    assert [centred.batch.geometries[one].wkt for one in handles] == [
        "POINT (1 1)",
        "POINT (3 3)",
        "POINT (1 1)",
    ]


def test_operators_settle_to_the_precision() -> None:
    rows, _ = batch({"id": ["a"]})
    pool = np.array([shapely.Polygon([(0, 0), (1, 0), (0, 1)])])
    text = BUILDING.replace("=geometry", "=centroid(geometry)")
    with Session(decimals=2) as session:
        found = session.evaluate(compiled(text).types[0], rows, pool)
    (handle,) = column(found, "geometry2D.geometry")
    assert found.batch.geometries[handle].wkt == "POINT (0.33 0.33)"


# -- linked objects ----------------------------------------------------------------------------

LINKED = (
    AD + "from: {nulls: '?'}\n"
    "Address:\n  inspireId: =id\n"
    "  position: {geometry: =geometry, default: true}\n"
    "  locator: {level: unitLevel, designator: {addressNumber: =id}}\n"
    "  component: [=>ThoroughfareName, =>PostalDescriptor, =>AdminUnitName]\n"
    "ThoroughfareName: {key: [=city, =street], name: =street, validFrom: =since}\n"
    "PostalDescriptor: {key: =code, postCode: =code}\n"
    "AdminUnitName: {key: NL, level: 1stOrder, name: Nederland}\n"
)
ROWS = {
    "id": ["1", "2", "3", "4"],
    "city": ["A.b", "A", "A.b", "A"],
    "street": ["c", "b.c", "c", "b.c"],
    "since": ["2020-01-01", "2021-01-01", "2020-01-01", "2022-01-01"],
    "code": ["1000", "?", "1000", None],
}


def test_references_are_made_of_keys() -> None:
    found = evaluate(LINKED, ROWS)
    assert column(found, "component") == [
        ["#ThoroughfareName.A%2Eb.c", "#PostalDescriptor.1000", "#AdminUnitName.NL"],
        ["#ThoroughfareName.A.b%2Ec", "#AdminUnitName.NL"],
        ["#ThoroughfareName.A%2Eb.c", "#PostalDescriptor.1000", "#AdminUnitName.NL"],
        ["#ThoroughfareName.A.b%2Ec", "#AdminUnitName.NL"],
    ]
    assert len(references(found.batch)) == 4


def test_keys_are_distinct_first_rows_win_and_differences_are_told() -> None:
    mapping = compiled(LINKED)
    rows, pool = batch(ROWS)
    with Session() as session:
        streets = session.keys(mapping.type("ThoroughfareName"), rows)
        codes_ = session.keys(mapping.type("PostalDescriptor"), rows)
        country = session.keys(mapping.type("AdminUnitName"), rows)
        made = session.evaluate(mapping.type("ThoroughfareName"), streets.rows, pool)
    assert (streets.named, streets.merged) == (4, 2)
    assert streets.rows.column("@key").to_pylist() == ["A%2Eb.c", "A.b%2Ec"]
    assert streets.rows.column("@ordinal").to_pylist() == [0, 1]
    assert [(one.code, one.feature, one.value) for one in streets.findings] == [
        ("LINKED_VALUES_DIFFER", "A.b%2Ec", "2022-01-01")
    ]
    assert (codes_.named, codes_.merged) == (2, 1)
    assert (country.named, country.merged) == (4, 3)
    assert column(made, "@id") == ["A%2Eb.c", "A.b%2Ec"]
    assert column(made, "name.name.spelling.text") == ["c", "b.c"]


def test_references_by_given_values() -> None:
    text = LINKED.replace("=>PostalDescriptor,", "=>PostalDescriptor(upper(city)),")
    mapping = compiled(text)
    assert "PostalDescriptor" not in mapping.type("Address").links
    found = evaluate(text, ROWS)
    assert column(found, "component")[1][1] == "#PostalDescriptor.A"


PARCEL = (
    "target: {schema: cp/4.0, namespace: XX.CP, language: ita}\n"
    "CadastralParcel:\n  key: =code\n  geometry: =dissolve(geometry)\n"
    "  label: =code\n  nationalCadastralReference: =code\n"
)


def test_geometries_of_one_key_are_united_whatever_the_order() -> None:
    mapping = compiled(PARCEL).types[0]
    assert mapping.aggregates_geometry
    pool = np.array(
        [shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6), shapely.box(1, 0, 2, 1), None]
    )
    rows, _ = batch({"code": ["a", "b", "a", "b"]})
    with Session() as session:
        keyed = session.keys(mapping, rows)
        assert (keyed.named, keyed.rows.num_rows) == (4, 4)
        one, united = aggregate(mapping, keyed.rows, pool)
        order = [2, 3, 1, 0]
        other, again = aggregate(mapping, keyed.rows.take(pa.array(order)), pool[order])
        made = session.evaluate(mapping, one, united)
    assert one.equals(other)
    assert [a.wkb for a in united] == [b.wkb for b in again]
    assert shapely.area(united).tolist() == [2, 1]
    assert column(made, "inspireId.localId") == ["a", "b"]
    assert made.rejected.tolist() == []


def test_the_same_batch_cut_anyhow_gives_the_same_rows() -> None:
    text = BUILDING + "  name: [Foo, {spelling: =n, language: ita}]\n  numberOfDwellings: =n\n"
    rows, pool = batch(
        {"id": [str(n) for n in range(50)], "n": [str(n) if n % 3 else None for n in range(50)]}
    )
    mapping = compiled(text).types[0]
    with Session() as session:
        whole = session.evaluate(mapping, rows, pool).batch.columns
        cut = [
            session.evaluate(mapping, rows.slice(at, 7), pool).batch.columns
            for at in range(0, 50, 7)
        ]
    assert pa.Table.from_batches(cut).equals(pa.Table.from_batches([whole]))


def test_fingerprints_stay_while_the_geometry_stays() -> None:
    text = BUILDING.replace("=id", "=fingerprint(geometry)")
    rows, _ = batch({"id": ["a", "b"]})
    ring = [(0, 0), (2, 0), (2, 2), (0, 2)]
    turned = [*ring[2:], *ring[:2]]
    pool = np.array([shapely.Polygon(ring), shapely.Polygon(turned)])
    with Session() as session:
        found = session.evaluate(compiled(text).types[0], rows, pool)
    first, second = column(found, "@id")
    assert first == second
    assert len(first) == 16


def test_units_are_converted_to_that_of_the_property() -> None:
    mapping = BUILDING + "  heightAboveGround: {value: {value: =h, unit: ft}, status: measured, "
    mapping += "heightReference: topOfConstruction, lowReference: generalGround}\n"
    found = evaluate(mapping, {"id": ["a", "b", "c"], "h": ["10", None, "x"]})
    heights = [
        row["heightAboveGround"] and row["heightAboveGround"]["value"]
        for row in found.batch.columns.to_pylist()
    ]
    assert heights == [pytest.approx(3.048), None]
    assert [one.code for one in found.findings] == ["CAST_FAILED"]


def test_units_of_another_kind_are_refused() -> None:
    mapping = BUILDING + "  heightAboveGround: {value: {value: =h, unit: kg}, status: measured, "
    mapping += "heightReference: topOfConstruction, lowReference: generalGround}\n"
    assert [one.code for one in problems(mapping)] == ["UNIT"]
    assert [one.code for one in problems(BUILDING + "  name: {value: =n, unit: m}\n")] == ["UNIT"]


def test_a_code_that_the_table_lacks_takes_its_parents() -> None:
    mapping = BUILDING + "  currentUse: {currentUse: {value: =use, unmatched: parent, "
    mapping += "codes: {'1': residential, '1.2': office}}}\n"
    found = evaluate(mapping, {"id": list("abcd"), "use": ["1.2.3", "1.1", "1.20", "2.1"]})
    uses = [row["currentUse"]["currentUse"] for row in found.batch.columns.to_pylist()]
    assert uses == ["office", "residential", "office"]
    told = {one.code: one.tally for one in found.findings if one.tally}
    assert told == {
        "CODE_REPLACED": {"1.2.3": 1, "1.1": 1, "1.20": 1},
        "CODE_UNMATCHED": {"2.1": 1},
    }


PLAIN = BUILDING + "  beginLifespanVersion: =t\n  numberOfDwellings: =n\n"


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("t", ["2021-05-17", None], ["2021-05-17T00:00:00+00:00", None]),
        ("t", ["2021-05-17T10:00:00", None], ["2021-05-17T10:00:00+00:00", None]),
        ("t", ["2021-05-17T10:00:00+02:00", None], ["2021-05-17T08:00:00+00:00", None]),
        (
            "t",
            ["2021-05-17T10:00:00Z", "2021/05/18"],
            ["2021-05-17T10:00:00+00:00", "2021-05-18T00:00:00+00:00"],
        ),
        ("n", ["12", None], ["12", None]),
        ("n", [" 12", "1e1"], ["12", "10"]),
        ("n", [12.0, float("nan")], ["12", None]),
    ],
)
@pytest.mark.parametrize("bare", [True, False])
def test_columns_are_cast_alike_by_arrow_and_by_sql(
    name: str, given: list[Any], wanted: list[Any], bare: bool
) -> None:
    text = PLAIN if bare else PLAIN.replace(f"={name}\n", f"=coalesce({name}, {name})\n")
    columns: dict[str, Any] = {"id": ["a", "b"], "t": [None, "2020-01-01"], "n": ["1", "2"]}
    columns |= {name: given}
    found = evaluate(text, columns)
    path = {"t": "beginLifespanVersion", "n": "numberOfDwellings"}[name]
    values = column(found, path)
    made = [str(one).replace(" ", "T") if one is not None else None for one in values]
    assert codes(found) == []
    assert made == wanted


def test_what_is_no_plain_number_fails_for_its_row_alone() -> None:
    for text in (PLAIN, PLAIN.replace("=n\n", "=coalesce(n, n)\n")):
        columns = {
            "id": ["a", "b", "c"],
            "n": ["0x1A", "7", "12.7"],
            "t": [None] * 3,
        }
        found = evaluate(text, columns, on_error="void")
        assert column(found, "numberOfDwellings") == [None, 7, None]
        assert codes(found) == ["CAST_FAILED", "CAST_FAILED"]


def test_documents_with_types_of_one_name_do_not_meet_in_a_session() -> None:
    rows, pool = batch({"id": ["a"], "n": [3]})
    one, other = (
        compiled(BUILDING + f"  numberOfDwellings: =n + {number}\n").types[0] for number in (1, 2)
    )
    with Session() as session:
        made = [session.evaluate(each, rows, pool) for each in (one, other)]
    assert [column(each, "numberOfDwellings") for each in made] == [[4], [5]]


def test_names_are_keyed_by_language() -> None:
    found = evaluate(
        BUILDING + "  name: {deu: =d, ita: =i}\n", {"id": ["a"], "d": ["x"], "i": ["y"]}
    )
    names = column(found, "name")[0]
    assert [(one["language"], one["spelling"]["text"]) for one in names] == [
        ("deu", "x"),
        ("ita", "y"),
    ]


def test_defaults_are_checked_and_counted() -> None:
    text = BUILDING + (
        "  conditionOfConstruction: {value: =s, codes: {x: ruin}, unmatched: void, "
        "default: functional}\n  numberOfDwellings: {value: =n, default: 1}\n"
    )
    found = evaluate(text, {"id": ["a", "b"], "s": ["x", "?"], "n": [None, 4]})
    assert column(found, "conditionOfConstruction") == ["ruin", "functional"]
    assert column(found, "numberOfDwellings") == [1, 4]
    assert [(one.code, one.severity) for one in found.findings] == [
        ("CODE_REPLACED", Severity.INFO),
        ("DEFAULT_USED", Severity.INFO),
        ("DEFAULT_USED", Severity.INFO),
    ]
    wrong = text.replace("functional}", "functionl}").replace("default: 1}", "default: many}")
    assert [one.code for one in problems(wrong)] == ["UNKNOWN_CODE", "WRONG_TYPE"]
    both = BUILDING + "  numberOfDwellings: {value: =n, default: 1, void: Unknown}\n"
    assert len(problems(both)) == 1


def test_templates_take_columns_of_any_name() -> None:
    text = BUILDING.replace("=id\n", "\"=template('{{{id}}}/{plus-type}')\"\n")
    found = evaluate(text, {"id": ["a", "b"], "plus-type": ["x'y", None]})
    assert column(found, "@id") == ["{a}/x'y"]
    assert codes(found) == ["ID_MISSING"]
    for bad in ("{a", "a}", "{}", "{geometry}"):
        found_ = problems(BUILDING + f"  name: \"=template('{bad}')\"\n")
        assert [one.code for one in found_] == ["EXPRESSION_REFUSED"], bad
    assert problems(BUILDING + "  name: =template(n)\n")
