"""The different values of an expression over a layer, counted, with the codes they may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from commonplace.authoring.describing import property_at
from commonplace.batch import Query, Source
from commonplace.errors import Cancelled
from commonplace.mapping.engine import Engine
from commonplace.mapping.sql import Parser
from commonplace.report import Observer
from commonplace.suggest.codes import codes_of, match_values

Json = dict[str, Any]

MOST_VALUES: Final = 500
_MEMORY_MB: Final = 1_024


def count_values(
    source: Source, layers: Sequence[str], expression: str, observer: Observer
) -> Json:
    """Values as the mapping compares them with its codes: as text.

    Parameters
    ----------
    expression
        SQL without ``=``. Of a list each item counts.

    Returns
    -------
    dict
        ``values`` (value and count, the most frequent :data:`MOST_VALUES` first), ``rows``,
        ``empty`` (rows without a value) and ``distinct`` (how many values there are).

    Raises
    ------
    ExpressionRefused, SourceError, Cancelled
    """
    with Parser() as parser:
        parsed = parser.expression(expression)
    counted: Counter[str] = Counter()
    rows = empty = 0
    engine = Engine(_MEMORY_MB)
    try:
        for name in layers:
            layer = source.layer(name)
            wanted = [one for one in parsed.columns if one in layer.field_names]
            for batch in source.batches(layer, Query(columns=wanted)):
                if observer.cancelled():
                    raise Cancelled("cancelled")
                found, without = engine.counted(parsed, batch)
                counted.update(found)
                rows, empty = rows + batch.num_rows, empty + without
    finally:
        engine.close()
    shown = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST_VALUES]
    return {
        "values": [{"value": value, "count": count} for value, count in shown],
        "rows": rows,
        "empty": empty,
        "distinct": len(counted),
    }


def with_codes(counted: Json, name: str, path: str) -> Json:
    """The same with what each value may mean in the property's code list."""
    codes = codes_of(property_at(name, path))
    if codes is None:
        return counted
    values = [one["value"] for one in counted["values"]]
    return {
        **counted,
        "values": [
            {
                **one,
                "code": match.code,
                "score": round(match.score, 2),
                "reason": match.reason,
            }
            for one, match in zip(counted["values"], match_values(values, codes), strict=True)
        ],
    }
