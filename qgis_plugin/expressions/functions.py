"""QGIS's functions: what each is in the SQL of mapping documents, or why it has no place there.

In a template ``{0}`` is the first argument; ``{*}`` all of them, separated by commas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: By name: templates, the first of which with enough arguments is taken.
TEMPLATES: Final[Mapping[str, tuple[str, ...]]] = {
    # conversions: what can't be cast is null
    "to_int": ("CAST({0} AS BIGINT)",),
    "toint": ("CAST({0} AS BIGINT)",),
    "to_real": ("CAST({0} AS DOUBLE)",),
    "toreal": ("CAST({0} AS DOUBLE)",),
    "to_string": ("CAST({0} AS VARCHAR)",),
    "tostring": ("CAST({0} AS VARCHAR)",),
    "to_bool": ("CAST({0} AS BOOLEAN)",),
    "to_date": ("CAST({0} AS DATE)",),
    "todate": ("CAST({0} AS DATE)",),
    "to_datetime": ("CAST({0} AS TIMESTAMP)",),
    "todatetime": ("CAST({0} AS TIMESTAMP)",),
    "to_time": ("CAST({0} AS TIME)",),
    # conditions
    "coalesce": ("coalesce({*})",),
    "nullif": ("nullif({0}, {1})",),
    "if": ("CASE WHEN {0} THEN {1} ELSE {2} END",),
    "regexp_match": ("regexp_matches({0}, {1})",),
    # text
    "upper": ("upper({0})",),
    "lower": ("lower({0})",),
    "title": ("initcap({0})",),
    "trim": ("trim({0})",),
    "ltrim": ("ltrim({0})", "ltrim({0}, {1})"),
    "rtrim": ("rtrim({0})", "rtrim({0}, {1})"),
    "length": ("length({0})",),
    "concat": ("concat({*})",),
    "replace": ("", "", "replace({0}, {1}, {2})"),
    "substr": ("", "substr({0}, {1})", "substr({0}, {1}, {2})"),
    "left": ("", "left({0}, {1})"),
    "right": ("", "right({0}, {1})"),
    "strpos": ("", "strpos({0}, {1})"),
    "regexp_replace": ("", "", "regexp_replace({0}, {1}, {2}, 'g')"),
    "ascii": ("ascii({0})",),
    "char": ("chr({0})",),
    "reverse": ("reverse({0})",),
    "repeat": ("", "repeat({0}, {1})"),
    "unaccent": ("strip_accents({0})",),
    "md5": ("md5({0})",),
    "sha256": ("sha256({0})",),
    # numbers
    "abs": ("abs({0})",),
    "sqrt": ("sqrt({0})",),
    "exp": ("exp({0})",),
    "ln": ("ln({0})",),
    "log10": ("log10({0})",),
    "log": ("", "(ln({1}) / ln({0}))"),
    "round": ("CAST(round({0}) AS BIGINT)", "round({0}, {1})"),
    "floor": ("floor({0})",),
    "ceil": ("ceil({0})",),
    "min": ("least({*})",),
    "max": ("greatest({*})",),
    "clamp": ("", "", "CASE WHEN {1} IS NOT NULL THEN least(greatest({1}, {0}), {2}) END"),
    "pi": ("pi()",),
    "sin": ("sin({0})",),
    "cos": ("cos({0})",),
    "tan": ("tan({0})",),
    "asin": ("asin({0})",),
    "acos": ("acos({0})",),
    "atan": ("atan({0})",),
    "atan2": ("", "atan2({0}, {1})"),
    "degrees": ("degrees({0})",),
    "radians": ("radians({0})",),
    # dates
    "year": ("year({0})",),
    "month": ("month({0})",),
    "day": ("day({0})",),
    "week": ("week({0})",),
    "hour": ("hour({0})",),
    "minute": ("minute({0})",),
    "second": ("second({0})",),
    "day_of_week": ("dayofweek({0})",),
    "make_date": ("", "", "make_date({0}, {1}, {2})"),
    # lists
    "array": ("[{*}]",),
    "array_length": ("len({0})",),
    "array_contains": ("", "list_contains({0}, {1})"),
    "array_first": ("list_first({0})",),
    "array_last": ("list_last({0})",),
    "array_append": ("", "list_append({0}, {1})"),
    "array_cat": ("", "list_concat({0}, {1})"),
    "array_distinct": ("list_distinct({0})",),
    "array_reverse": ("list_reverse({0})",),
    "array_sort": ("list_sort({0})",),
    "array_min": ("list_min({0})",),
    "array_max": ("list_max({0})",),
    "array_sum": ("list_sum({0})",),
    "array_to_string": ("array_to_string({0}, ',')", "array_to_string({0}, {1})"),
    "string_to_array": ("string_split({0}, ',')", "string_split({0}, {1})"),
}

#: Of the functions that are translated, those that the documents' SQL doesn't have.
NOT_SQL: Final = frozenset(
    "to_int toint to_real toreal to_string tostring to_bool to_date todate to_datetime todatetime "
    "to_time title char clamp unaccent day_of_week regexp_match regexp_substr format format_date "
    "min max array array_first array_last array_cat array_distinct array_reverse array_sort "
    "array_min array_max array_sum array_get".split()
)

#: Functions around a geometry that mapping documents have, by what QGIS calls them.
GEOMETRIES: Final[Mapping[str, str]] = {
    "centroid": "centroid",
    "point_on_surface": "point_on_surface",
    "boundary": "boundary",
    "bounds": "envelope",
    "convex_hull": "convex_hull",
    "start_point": "start_point",
    "end_point": "end_point",
    "force_rhr": "",
    "make_valid": "repair",
    "buffer": "buffer",
    "simplify": "simplify",
}

_REASONS: Final = {
    "CLOCK": "now $now age layer_modified",
    "CHANCE": "rand randf uuid",
    "ROW_NUMBER": "$id @id @row_number $rownum @fid",
    "MEASURE": "$area $length $perimeter $x $y $z $x_at $y_at area perimeter length3d x y z x_min "
    "x_max y_min y_max num_points distance azimuth geom_to_wkt main_angle",
    "PLACE": "within intersects contains touches crosses overlaps disjoint overlay_within "
    "overlay_intersects overlay_contains overlay_nearest overlay_touches overlay_crosses "
    "overlay_equals overlay_disjoint",
    "AGGREGATE": "sum count count_distinct count_missing minimum maximum mean median stdev range "
    "majority minority unique aggregate concatenate concatenate_unique array_agg iqr q1 q3 collect",
    "OTHER_FEATURE": "get_feature get_feature_by_id relation_aggregate attributes attribute "
    "$currentfeature @feature represent_attributes is_selected",
    "REPRESENT_VALUE": "represent_value",
    "PROGRAM": "eval eval_template try with_variable raise_exception",
    "OUTSIDE": "file_exists base_file_name exif raster_value env sqlite_fetch_and_increment",
}
#: Why a function or variable has no place in a mapping document, by name.
EXPLAINED: Final[Mapping[str, str]] = {
    name: code for code, names in _REASONS.items() for name in names.split()
}

#: Qt's letters of dates and times, the longest first, as ``strftime`` writes them.
DATE_LETTERS: Final[tuple[tuple[str, str], ...]] = (
    ("yyyy", "%Y"),
    ("MMMM", "%B"),
    ("dddd", "%A"),
    ("MMM", "%b"),
    ("ddd", "%a"),
    ("zzz", "%g"),
    ("yy", "%y"),
    ("MM", "%m"),
    ("dd", "%d"),
    ("HH", "%H"),
    ("hh", "%H"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("AP", "%p"),
    ("ap", "%p"),
    ("M", "%-m"),
    ("d", "%-d"),
    ("H", "%-H"),
    ("h", "%-H"),
    ("m", "%-M"),
    ("s", "%-S"),
)
