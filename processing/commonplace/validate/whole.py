"""What no chunk can tell alone: ids used twice, references to nothing, rules that join.

Chunks leave Arrow tables (:mod:`commonplace.validate.traces`); DuckDB sorts and groups
them with bounded memory, spilling into the run's folder.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from commonplace.report import Finding
from commonplace.spilling import spilling_engine
from commonplace.validate import identifiers, references
from commonplace.validate.geometry_rules import TWICE
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
           FROM own_ids GROUP BY file, id HAVING count(*) > 1""",
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
        references.NOT_FOLLOWED,
        """SELECT file, id, path, document || '#' || href, document || ' is not here',
                  line, "offset"
           FROM unfollowed""",
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
        TWICE,
        """SELECT file, arg_max(id, "offset"), split_part(any_value(type), ' ', 2), NULL,
                  count(DISTINCT "offset") || ' objects have the same outline', NULL, max("offset")
           FROM outlines GROUP BY file, fingerprint, type HAVING count(DISTINCT "offset") > 1""",
    ),
)


_FOLLOWED: Final = """(SELECT e.*, d.target FROM own_elsewhere e
    JOIN documents d ON d.file = e.file AND d.document = e.document AND d.target IS NOT NULL)"""
_CALLED: Final = f"(SELECT DISTINCT file, target, href FROM {_FOLLOWED})"
_TABLES: Final = {
    "refs": f"""SELECT * FROM own_references UNION ALL BY NAME
        SELECT file, href, id, type, path, expected, "offset", line FROM {_FOLLOWED}""",
    "ids": f"""SELECT * FROM own_ids UNION ALL BY NAME
        SELECT c.file, i.* EXCLUDE (file)
        FROM {_CALLED} c JOIN own_ids i ON i.file = c.target AND i.id = c.href""",
    "facts": f"""SELECT * FROM own_facts UNION ALL BY NAME
        SELECT c.file, f.* EXCLUDE (file)
        FROM {_CALLED} c JOIN own_facts f ON f.file = c.target AND f.id = c.href""",
    "keys": "FROM own_keys",
    "shapes": "FROM own_shapes",
    "outlines": "FROM own_outlines",
    "unfollowed": """SELECT e.* FROM own_elsewhere e JOIN documents d
        ON d.file = e.file AND d.document = e.document AND d.target IS NULL""",
}
_PLAIN: Final = {
    **_TABLES,
    "refs": "FROM own_references",
    "ids": "FROM own_ids",
    "facts": "FROM own_facts",
}


def check(work: Path, names: Sequence[str]) -> Iterator[Finding]:
    """Findings over all chunks of all files; ``names`` are the files' by number."""
    with spilling_engine(work, MEMORY) as engine:
        for kind, schema in SCHEMAS.items():
            engine.register(f"own_{kind}", _dataset(work / kind, schema))
        _resolve(engine, names)
        for rule, query in _asked(work):
            yield from _findings(engine, rule, query, names)


def _asked(work: Path) -> Iterator[tuple[Rule, str]]:
    """The rules that there is anything for: none on references where nothing refers."""
    refers, follows, states, draws = (
        any((work / kind).glob("*.arrow"))
        for kind in ("references", "elsewhere", "facts", "shapes")
    )
    for rule, query in _QUERIES:
        if refers or follows or " refs " not in query:
            yield rule, query
    if refers or follows or states or draws:
        yield from RELATIONS


def _resolve(engine: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    """The tables that rules ask: objects of other documents count as those of the document
    that refers to them.
    """
    pairs = engine.execute("SELECT DISTINCT file, document FROM own_elsewhere").fetchall()
    numbers = {posixpath.normpath(name): number for number, name in enumerate(names)}
    found = [
        (file, document, numbers.get(_beside(names[file], document))) for file, document in pairs
    ]
    engine.execute("CREATE TEMP TABLE documents (file INTEGER, document TEXT, target INTEGER)")
    if found:
        engine.executemany("INSERT INTO documents VALUES (?, ?, ?)", found)
    for table, query in _TABLES.items():
        engine.execute(f"CREATE TEMP VIEW {table} AS {query if found else _PLAIN[table]}")


def _beside(name: str, document: str) -> str:
    """The name of a document that another one names (RFC 3986, 5.2)."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), document))


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
