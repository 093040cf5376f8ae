"""QGIS expressions typed by habit: read, put into the documents' SQL, or explained."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from commonplace.mapping.functions import FUNCTIONS, GROWING
from commonplace.mapping.geometries import parse_operators
from commonplace.mapping.sql import Parser

COLUMNS = ("name", "nr", "HEIGHT", "built", "day of use", "tags")


@pytest.fixture(scope="module")
def translating(root: Path) -> ModuleType:
    """The plugin's package, by its path: its folder's name is the zip's business."""
    folder = root / "qgis_plugin" / "expressions"
    for name in ("", ".reading", ".functions", ".translating"):
        path = folder / f"{name[1:] or '__init__'}.py"
        search = None if name else [str(folder)]
        spec = importlib.util.spec_from_file_location(
            f"plugin_expressions{name}", path, submodule_search_locations=search
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return sys.modules["plugin_expressions.translating"]


TRANSLATED = {
    '"name" || \' \' || "nr"': "=name || ' ' || nr",
    'to_int("nr")': "=CAST(nr AS BIGINT)",
    "=to_real(nr) / 2": "=CAST(nr AS DOUBLE) / 2",
    "CASE WHEN \"nr\" IN (1,2) THEN 'low' ELSE 'high' END": (
        "=CASE WHEN nr IN (1, 2) THEN 'low' ELSE 'high' END"
    ),
    "if(\"nr\" > 3, 'many', 'few')": "=CASE WHEN nr > 3 THEN 'many' ELSE 'few' END",
    "coalesce(\"name\", 'none')": "=coalesce(name, 'none')",
    '"height" * 2': "=HEIGHT * 2",
    '"day of use"': '="day of use"',
    "\"name\" + 'a'": "=name || 'a'",
    "\"name\" ~ '^a'": "=regexp_matches(name, '^a')",
    '"nr" IS NOT 3': "=nr IS DISTINCT FROM 3",
    '"nr" IS NOT NULL': "=nr IS NOT NULL",
    '"nr" + 1 > 3 AND NOT "name" LIKE \'a%\'': ("=((nr + 1) > 3) AND (NOT (name LIKE 'a%'))"),
    "to_date(\"built\", 'dd.MM.yyyy')": "=CAST(try_strptime(built, '%d.%m.%Y') AS DATE)",
    "format_date(\"built\", 'd. M. yy')": "=strftime(CAST(built AS TIMESTAMP), '%-d. %-m. %y')",
    'format(\'%2 (%1)\', "nr", "name")': (
        "=CAST(name AS VARCHAR) || ' (' || CAST(nr AS VARCHAR) || ')'"
    ),
    "regexp_substr(\"name\", '(\\\\d+)')": "=regexp_extract(name, '(\\d+)', 1)",
    "array_get(string_to_array(\"tags\", ';'), 0)": "=list_element(string_split(tags, ';'), 1)",
    'title(trim("name"))': "=initcap(trim(name))",
    "attribute('day of use')": '="day of use"',
    "$geometry": "=geometry",
    "centroid(@geometry)": "=centroid(geometry)",
    "buffer(make_valid($geometry), 2)": "=buffer(repair(geometry), 2)",
    'concat("name", "street")': "=concat(name, 'street')",
}


@pytest.mark.parametrize("typed", TRANSLATED)
def test_what_is_translated_is_in_the_documents_language(
    translating: ModuleType, typed: str
) -> None:
    found = translating.recognise(typed, COLUMNS)
    assert found.text == TRANSLATED[typed]
    if parse_operators(found.text[1:]) is None:
        with Parser() as parser:
            assert set(parser.expression(found.text[1:]).columns) <= set(COLUMNS)


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("$area", "MEASURE", "$area"),
        ("=round($area, 1)", "MEASURE", "$area"),
        ("area($geometry)", "MEASURE", "area"),
        ("now()", "CLOCK", "now"),
        ("uuid()", "CHANCE", "uuid"),
        ("$id", "ROW_NUMBER", "$id"),
        ("@project_title", "VARIABLE", "@project_title"),
        ('sum("nr")', "AGGREGATE", "sum"),
        ('represent_value("nr")', "REPRESENT_VALUE", "represent_value"),
        ("get_feature('a', 'b', \"nr\")", "OTHER_FEATURE", "get_feature"),
        ("upper(levenshtein(\"name\", 'a'))", "FUNCTION", "levenshtein"),
        ("rotate($geometry, 3)", "GEOMETRY", "rotate"),
        ('upper("name", 1)', "ARGUMENTS", "upper"),
    ],
)
def test_what_has_no_place_is_explained(
    translating: ModuleType, typed: str, code: str, name: str
) -> None:
    found = translating.recognise(typed, COLUMNS)
    assert (found.text, [(one.code, one.name) for one in found.reasons]) == ("", [(code, name)])


@pytest.mark.parametrize(
    "typed",
    [
        "functional", "Main (old)", "C&A @ home", "5 - 3", "http://example.org/a?b=$1", "A||B (",
        "=>ThoroughfareName", "==x", "void: Unknown", "name", '"unknown"', "NO", "", "=",
        "=name", "=name::date", "=[nr, HEIGHT]", "=parse_date(built)", "=fingerprint(geometry)",
        "=nr[1]", "=regexp_replace(name, 'a', 'b')", "=round(nr)", "=contains(name, 'a')",
        "=list_filter(tags, lambda x: x > 'a')", "=centroid(geometry)", "=upper(name) || 'a'",
        "=if(nr > 3, 1, 2)", "=coalesce(name, 'a')",
    ],
)  # fmt: skip
def test_what_the_document_understands_by_itself_stays(translating: ModuleType, typed: str) -> None:
    assert translating.recognise(typed, COLUMNS) is None


def test_the_lists_of_functions_agree_with_the_engines(translating: ModuleType) -> None:
    functions: Any = sys.modules["plugin_expressions.functions"]
    translated = {*functions.TEMPLATES, *translating.SPECIAL}
    assert translated - FUNCTIONS - {*GROWING, "coalesce"} == functions.NOT_SQL
    assert not set(functions.EXPLAINED) & translated


def test_reading_stops_at_what_is_no_expression(translating: ModuleType) -> None:
    reading: Any = sys.modules["plugin_expressions.reading"]
    for text in ("", "1 +", "(1", "a b", "CASE END", "'open", "1 NOT 2", "END", "a[1", "(" * 200):
        with pytest.raises(reading.NotAnExpression):
            reading.read(text)
