"""Expressions: what may run runs as written, and nothing else gets that far."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from commonplace.errors import ExpressionRefused, LimitExceeded
from commonplace.executor import Limits, LocalExecutor
from commonplace.mapping.functions import FUNCTIONS, GROWING, MACROS
from commonplace.mapping.sql import Parser
from commonplace.report import Silent
from support.mapping import BUILDING, Attack, problems

REFUSED = {
    "files": [
        "read_text('/etc/passwd')",
        "read_csv('/etc/passwd')",
        "read_blob('/etc/passwd')",
        "(SELECT content FROM read_text('/etc/passwd'))",
        "a FROM '/etc/passwd'",
        "a FROM read_parquet('x.parquet')",
        "glob('/*')",
        "parse_filename('/etc/passwd')",
        "st_read('x.gpkg')",
        "sniff_csv('/etc/passwd')",
    ],
    "environment": [
        "getenv('HOME')",
        "current_setting('memory_limit')",
        "current_user",
        "CURRENT_SCHEMA",
        "session_user",
        "current_database()",
        "getvariable('x')",
        "version()",
        "pg_typeof(a)",
        "in_search_path('x', 'y')",
        "duckdb_settings()",
        "current_query()",
    ],
    "clock and chance": [
        "now()",
        "today()",
        "current_date",
        "CURRENT_TIMESTAMP",
        "localtime",
        "get_current_timestamp()",
        "transaction_timestamp()",
        "age(a)",
        "ago(INTERVAL 1 DAY)",
        "random()",
        "uuid()",
        "gen_random_uuid()",
        "setseed(0.5)",
        "nextval('s')",
        "txid_current()",
    ],
    "other statements": [
        "1; DROP TABLE rows",
        "1; SELECT 2",
        "1; SET memory_limit='100GB'",
        "query('SELECT 1')",
        "query_table('rows')",
        "json_execute_serialized_sql('x')",
        "write_log('x')",
        "a FROM rows --",
        "a UNION SELECT 1",
        "a LIMIT 1",
        "a ORDER BY 1",
        "a WHERE true",
        "a QUALIFY true",
        "a USING SAMPLE 1",
        "a GROUP BY a",
        "a HAVING true",
        "DISTINCT a",
        "(SELECT 1)",
        "EXISTS (SELECT 1)",
        "a IN (SELECT 1)",
        "(WITH x AS (SELECT 1) SELECT * FROM x)",
        "a) FROM (SELECT 1",
        "a /* */ FROM rows /* */",
    ],
    "not of one row": [
        "sum(a)",
        "count(*)",
        "array_agg(a)",
        "string_agg(a, ',')",
        "row_number() OVER ()",
        "lag(a) OVER ()",
        "sum(a) OVER (ORDER BY a)",
        "unnest(a)",
        "upper(a) FILTER (WHERE true)",
        "*",
        "COLUMNS(*)",
        "rows.*",
        "#1",
        "grouping(a)",
    ],
    "running for ever and filling memory": [
        "sleep_ms(100000)",
        "pg_sleep(100000)",
        "repeat('x', 2000000000)",
        "repeat('x', a)",
        "repeat('x', 1000 * 1000 * 1000)",
        "lpad(a, 2000000000, 'x')",
        "rpad(a, b, 'x')",
        "range(1000000000)",
        "generate_series(1, 1000000000)",
        "list_resize([1], 1000000000)",
        "printf('%2000000000d', 1)",
        "format('{:2000000000}', 1)",
        "levenshtein(a, b)",
        "damerau_levenshtein(a, b)",
        "factorial(170)",
        "list_transform(a, lambda x: list_transform(a, lambda y: a))",
        "list_aggregate(a, 'histogram')",
        "list_reduce(a, lambda x, y: x || y || x)",
        "bar(1, 0, 10, 1000000000)",
    ],
    "around the wall": [
        "main.upper(a)",
        "system.main.upper(a)",
        "a.upper()",
        "a.b.c",
        "$1",
        "?",
        "$name",
        "DEFAULT",
        "func(a := 1)",
        "{x: a}",
        "struct_pack(x := a)",
        "a::STRUCT(x INTEGER)",
        "a::my_type",
        "a COLLATE de",
        "try(a)",
        "a AS b",
        "x'00'",
        "create_sort_key(a)",
        "__internal_compress_string_ubigint(a)",
        "cast_to_type(a, 1)",
        "error('x')",
        "alias(a)",
        "lambda x: x",
        "a -> b",
        "upper",
        "",
        " ",
        "a b c",
        "upper(a))",
        "'unclosed",
        "upper(\0)",
        "(" * 1500 + "1" + ")" * 1500,
        "-(" * 900 + "a" + ")" * 900,
        "upper(" * 300 + "a" + ")" * 300,
        "a||" * 1999 + "a",
        "case when " * 300,
    ],
}
COLUMNS = ("upper",)  # a word alone is a column, whatever functions there are


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as one:
        yield one


@pytest.mark.parametrize(
    "text", [one for group in REFUSED.values() for one in group if one not in COLUMNS]
)
def test_refused(parser: Parser, text: str) -> None:
    with pytest.raises(ExpressionRefused):
        parser.expression(text)


@pytest.mark.parametrize("text", ["now()", "read_text('/etc/passwd')", "getenv('HOME')"])
def test_a_mapping_with_such_an_expression_is_refused(text: str) -> None:
    found = problems(f'{BUILDING}  numberOfDwellings: "={text}"\n')
    assert [(one.code, one.path) for one in found] == [
        ("EXPRESSION_REFUSED", "$.Building.numberOfDwellings")
    ]


ALLOWED = {
    "upper(a) || '{x}'": "X{x}",
    "CASE WHEN a = 'x' THEN b ELSE '2' END": "it's",
    "b": "it's",
    "'it''s {0}'": "it's {0}",
    "n::INT + 1": "8",
    "n::INT - -1": "8",
    "-n::INTEGER": "-7",
    "coalesce(nullif(a, 'x'), b)": "it's",
    "lpad(n, 5, '0')": "00007",
    'substr("Naïve Col", 1, 2)': "nä",
    "extract(year FROM d::DATE)": "2021",
    "(d::DATE + INTERVAL 1 DAY)::VARCHAR": "2021-12-04 00:00:00",
    "strftime(d::TIMESTAMP, '%d.%m.%Y')": "03.12.2021",
    "a IN ('x', 'y')": "true",
    "a NOT IN ('x', 'y') OR NOT (n BETWEEN '1' AND '9') AND a IS NULL": "false",
    "b LIKE 'it%' AND b NOT ILIKE '%Z'": "true",
    "regexp_replace(b, '[^a-z]', '', 'g')": "its",
    "list_filter([a, b, NULL], lambda x: x IS NOT NULL)[2]": "it's",
    "string_split('a/b/c', '/')[1:2]::VARCHAR": "[a, b]",
    "list_distinct(['b', 'a', 'b'])::VARCHAR": "[a, b]",
    "'x'::INT": None,
    "j->>'$.k'": "v",
    "1.5e2": "150.0",
    "TRIM(BOTH ' ' FROM ' a ')": "a",
    "a IS DISTINCT FROM b": "true",
    "pi() > 3": "true",
    "if(a = 'x', 'yes', 'no')": "yes",
    "7 // 2 || '-' || 7 % 4": "3-3",
}


@pytest.mark.parametrize(("text", "value"), ALLOWED.items())
def test_allowed_means_what_sql_means(parser: Parser, text: str, value: str | None) -> None:
    expression = parser.expression(text)
    row = {
        "a": "x",
        "b": "it's",
        "n": "7",
        "Naïve Col": "näiv",
        "d": "2021-12-03",
        "j": '{"k":"v"}',
    }
    names = {name: f"c{number}" for number, name in enumerate(row)}
    columns = ", ".join(f"? AS {name}" for name in names.values())
    query = f"SELECT CAST(({expression.over(names)}) AS VARCHAR) FROM (SELECT {columns})"
    with duckdb.connect() as engine:
        assert engine.execute(query, list(row.values())).fetchall() == [(value,)]


def test_columns_differing_in_case_stay_apart(parser: Parser) -> None:
    expression = parser.expression('name || "NAME" || Name')
    assert expression.columns == ("name", "NAME", "Name")
    assert expression.over({"name": "c0", "NAME": "c1", "Name": "c2"}).count("c1") == 1


def test_our_own_functions_do_not_stand_inside_each_other(parser: Parser) -> None:
    nested = "line"
    for _ in range(12):
        nested = f"address_street({nested})"
    with pytest.raises(ExpressionRefused):
        parser.expression(nested)
    with pytest.raises(ExpressionRefused):
        parser.expression("_text(line)")


def test_every_function_listed_exists_and_is_scalar() -> None:
    with duckdb.connect() as engine:
        engine.execute(MACROS)
        kinds = engine.execute(
            "SELECT function_name, list(DISTINCT function_type) FROM duckdb_functions() GROUP BY 1"
        ).fetchall()
    known = {name: set(types) for name, types in kinds}
    for name in FUNCTIONS | set(GROWING):
        assert known[name] & {"scalar", "macro"}, name
        assert "aggregate" not in known[name], name


def test_what_passes_the_wall_and_grows_is_ended() -> None:
    grown = "x"
    for _ in range(5):
        grown = f"replace({grown}, 'a', '{'a' * 500}')"
    limits = Limits(workers=1, seconds=30, memory_mb=700)
    with LocalExecutor("support.mapping:run_attack", limits, Silent()) as executor:
        executor.submit(Attack(grown, "a" * 1000))
        results = executor.results(block=True)
        with pytest.raises(LimitExceeded):
            next(results)
