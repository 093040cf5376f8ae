"""What no chunk can tell alone: ids used twice, references to nothing, rules that join.

Chunks leave Arrow tables (:mod:`commonplace.validate.traces`); DuckDB sorts and groups
them with bounded memory, spilling into the run's folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from commonplace.report import Finding
from commonplace.spilling import spilling_engine
from commonplace.validate import identifiers, references, shapes
from commonplace.validate.relations import RELATIONS
from commonplace.validate.rules import Rule
from commonplace.validate.traces import SCHEMAS

MEMORY: Final = "96MB"
EXAMPLES: Final = 20

# Each yields file, feature id, attribute path, value, message, line, offset, times in all.
_QUERIES: Final[tuple[tuple[Rule, str], ...]] = (
    (
        identifiers.ID_REPEATED,
        """SELECT file, id, 'gml:id', id, 'gml:id ' || id || ' occurs ' || count(*) || ' times',
                  arg_max(line, "offset"), max("offset")
           FROM ids GROUP BY file, id HAVING count(*) > 1""",
    ),
    (
        identifiers.REPEATED,
        """SELECT arg_max(file, "offset"), arg_max(id, "offset"), any_value(type) || '.inspireId',
                  key, count(*) || ' objects have the identifier ' || key,
                  arg_max(line, "offset"), max("offset")
           FROM keys GROUP BY key HAVING count(*) > 1""",
    ),
    (
        references.DANGLING,
        """SELECT r.file, r.id, path, '#' || href, 'there is no object #' || href, line, "offset"
           FROM refs r
           WHERE NOT EXISTS (SELECT 1 FROM ids i WHERE i.id = href)""",
    ),
    (
        references.OTHER_FILE,
        """SELECT r.file, r.id, path, '#' || href, '#' || href || ' is in another file',
                  line, "offset"
           FROM refs r
           WHERE EXISTS (SELECT 1 FROM ids i WHERE i.id = href)
             AND NOT EXISTS (SELECT 1 FROM ids i WHERE i.file = r.file AND i.id = href)""",
    ),
    (
        references.TYPE,
        """SELECT r.file, r.id, r.path, '#' || href,
                  '#' || href || ' is a ' || i.type || ', expected ' || expected,
                  r.line, r."offset"
           FROM refs r JOIN (SELECT file, id, any_value(type) AS type FROM ids GROUP BY file, id) i
             ON i.file = r.file AND i.id = r.href
           WHERE expected <> '' AND NOT list_contains(string_split(expected, ' '), i.type)""",
    ),
    (
        shapes.TWICE,
        """SELECT file, arg_max(id, "offset"), split_part(any_value(type), ' ', 2), NULL,
                  count(DISTINCT "offset") || ' objects have the same outline', NULL, max("offset")
           FROM outlines GROUP BY file, fingerprint, type HAVING count(DISTINCT "offset") > 1""",
    ),
)


def check(work: Path, names: Sequence[str]) -> Iterator[Finding]:
    """Findings over all chunks of all files; ``names`` are the files' by number."""
    with spilling_engine(work, MEMORY) as engine:
        for kind, schema in SCHEMAS.items():
            table = "refs" if kind == "references" else kind
            engine.register(table, _dataset(work / kind, schema))
        for rule, query in _asked(work):
            yield from _findings(engine, rule, query, names)


def _asked(work: Path) -> Iterator[tuple[Rule, str]]:
    """The rules that there is anything for: none on references where nothing refers."""
    refers, states, draws = (
        any((work / kind).glob("*.arrow")) for kind in ("references", "facts", "shapes")
    )
    for rule, query in _QUERIES:
        if refers or " refs " not in query:
            yield rule, query
    if refers or states or draws:
        yield from RELATIONS


def _findings(
    engine: duckdb.DuckDBPyConnection, rule: Rule, query: str, names: Sequence[str]
) -> Iterator[Finding]:
    """The first breaches of each file and path in full, the others as a count."""
    ranked = f"""
        SELECT *, row_number() OVER (PARTITION BY file, path ORDER BY place, id, message) AS rank,
               count(*) OVER (PARTITION BY file, path) AS times
        FROM ({query}) AS found(file, id, path, value, message, line, place)
        QUALIFY rank <= {EXAMPLES} ORDER BY file, path, rank"""
    for file, feature, path, value, message, line, at, rank, times in engine.execute(
        ranked
    ).fetchall():
        yield rule.finding(
            names[file],
            message,
            feature=feature or None,
            attribute=path,
            value=value,
            line=line or None,
            offset=at if at is not None and at >= 0 else None,
            count=times - EXAMPLES + 1 if rank == EXAMPLES else 1,
        )


def _dataset(folder: Path, schema: pa.Schema) -> ds.Dataset | pa.Table:
    paths = sorted(folder.glob("*.arrow"))
    if not paths:
        return schema.empty_table()
    return ds.dataset([str(one) for one in paths], format="ipc")
