"""The SQL functions that mapping expressions may call: the sandbox's wall.

A function is here when it is scalar, depends on its arguments alone (no clock, no chance,
no session, no file) and can't make a value much larger than what it is given. Growing
ones (``repeat``, ``lpad``, ``rpad``) are allowed with a literal length up to
:data:`LARGEST_GROWTH`. Those of our own (``macros.sql``) obey the same.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

LARGEST_GROWTH: Final = 1_000

TEXT: Final = (
    "array_to_string ascii char_length character_length chr concat concat_ws contains ends_with "
    "instr lcase left left_grapheme length length_grapheme like_escape lower ltrim md5 "
    "nfc_normalize not_like_escape "
    "ord position prefix regexp_escape regexp_extract regexp_extract_all "
    "regexp_full_match regexp_matches regexp_replace replace reverse right right_grapheme rtrim "
    "sha256 split split_part starts_with str_split str_split_regex string_split "
    "string_split_regex string_to_array strip_accents strlen strpos substr substring "
    "substring_grapheme suffix to_hex translate trim ucase unicode upper url_decode url_encode"
)
NUMBERS: Final = (
    "abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees divide exp fdiv floor fmod gcd "
    "greatest isfinite isinf isnan lcm least ln log log10 log2 mod multiply pi pow power radians "
    "round round_even sign sin sqrt tan trunc"
)
DATES: Final = (
    "century date_diff date_part date_sub date_trunc datediff datepart datetrunc day dayofmonth "
    "dayofweek dayofyear days_in_month decade epoch epoch_ms era hour isodow isoyear julian "
    "last_day make_date make_timestamp microsecond millisecond minute month monthname dayname "
    "quarter second strftime strptime timezone to_days to_hours to_minutes to_months to_seconds "
    "to_timestamp to_weeks to_years try_strptime week weekday weekofyear year yearweek"
)
LISTS: Final = (
    "array_append array_contains array_length array_prepend flatten len list_append list_avg "
    "list_concat list_contains list_count list_distinct list_element list_extract list_filter "
    "list_first list_has list_has_all list_has_any list_last list_max list_min list_position "
    "list_prepend list_reverse list_slice list_sort list_sum list_transform list_unique "
    "list_value"
)
OTHERS: Final = (
    "if nullif json_array_length json_exists json_extract json_extract_string json_valid json_value"
)

#: Functions of our own, written in SQL.
MACROS: Final = files("commonplace.mapping").joinpath("macros.sql").read_text(encoding="utf-8")
OWN: Final = tuple(re.findall(r"^CREATE MACRO ([a-z]\w*)", MACROS, re.MULTILINE))

FUNCTIONS: Final = frozenset(" ".join((TEXT, NUMBERS, DATES, LISTS, OTHERS, *OWN)).split())

#: The position of the length among the arguments.
GROWING: Final = {"repeat": 1, "lpad": 1, "rpad": 1}

#: Infix functions, by the name they have in DuckDB's tree.
OPERATORS: Final = {
    "~~": "LIKE",
    "!~~": "NOT LIKE",
    "~~*": "ILIKE",
    "!~~*": "NOT ILIKE",
    **{sign: sign for sign in ("||", "+", "-", "*", "/", "%", "//", "**", "^", "->>")},
}

TYPES: Final = frozenset(
    "BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT "
    "DOUBLE DECIMAL VARCHAR DATE TIME TIMESTAMP".split()
) | {"TIMESTAMPTZ", "TEXT", "TIMESTAMP WITH TIME ZONE"}

#: Words that SQL reads without parentheses as functions of clock or session.
SESSION_WORDS: Final = frozenset(
    "current_catalog current_database current_date current_localtime current_localtimestamp "
    "current_role current_schema current_time current_timestamp current_user localtime "
    "localtimestamp session_user user".split()
)
