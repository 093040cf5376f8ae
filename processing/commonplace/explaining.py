"""What a mapping does, for people: INSPIRE's matching table, with values from real rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from commonplace.documents import read_document
from commonplace.job import Job
from commonplace.jobreading import read_job
from commonplace.library import document_path
from commonplace.mapping.compile import compile_mapping
from commonplace.mapping.document import MappingDocument, read_mapping
from commonplace.mapping.matching import Match, matches
from commonplace.model import load_model
from commonplace.report import Observer
from commonplace.sampling import Sample, sample

ROWS: Final = 50
EXAMPLES: Final = 3
_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?!\d+([.,]\d+)?$)")


@dataclass(frozen=True, slots=True)
class Explained:
    """One mapping document: its matching table.

    ``examples`` are (before, after) texts by section and path, where there are rows to show;
    ``unfilled`` the properties of each section's type that nothing fills.
    """

    document: MappingDocument
    matches: tuple[Match, ...]
    unfilled: Mapping[str, Sequence[str]]
    examples: Mapping[tuple[str, str], Sequence[tuple[str, str]]]


def explain(
    path: Path,
    observer: Observer | None = None,
    parameters: Mapping[str, str] | None = None,
) -> list[Explained]:
    """Explain a mapping document, or all those of a job with values from its first rows.

    Parameters
    ----------
    path
        The file, or ``library:NAME``.
    parameters
        Values of a mapping document's parameters; a job states its own.

    Raises
    ------
    DocumentError, SourceError, CrsError, LimitExceeded
    """
    path = document_path(path)
    if "datasets" not in read_document(path).tree:
        return [_explained(read_mapping(path, parameters), [])]
    job = read_job(path)
    samples = sample(job, ROWS, observer)
    return list(_datasets(job, samples))


def _datasets(job: Job, samples: Sequence[Sample]) -> Iterator[Explained]:
    for spec in job.datasets:
        name = spec.name or spec.mapping.stem
        mine = [one for one in samples if one.dataset == name]
        yield _explained(read_mapping(spec.mapping, spec.parameters), mine)


def _explained(document: MappingDocument, samples: Sequence[Sample]) -> Explained:
    compiled = compile_mapping(document, load_model())
    found = tuple(matches(compiled))
    examples = {(one.section, one.path): _examples(one, samples) for one in found}
    unfilled = {one.name: one.unfilled for one in compiled.types if one.unfilled}
    return Explained(document, found, unfilled, examples)


def _examples(match: Match, samples: Sequence[Sample]) -> list[tuple[str, str]]:
    """Different values before and after, from rows where the property is filled."""
    found: dict[tuple[str, str], None] = {}
    if not match.columns:
        return []
    for one in samples:
        for row in one.rows:
            before = ", ".join(
                str(row.source[name]) for name in match.columns if row.source.get(name) is not None
            )
            for made in row.made:
                if made.section == match.section:
                    for after in _at(made.properties, match.path):
                        found[before, after] = None
    return list(found)[:EXAMPLES]


def _at(value: Any, path: str) -> Iterator[str]:
    """The values at a path; ``[2]`` and ``[]`` stand for items of a list."""
    name, _, rest = path.partition(".")
    name, _, item = name.rstrip("]").partition("[")
    if not isinstance(value, Mapping):
        return
    inner = value.get(name)
    if inner is None:  # one of several types stands between
        for below in value.values():
            if isinstance(below, Mapping) and name in below:
                yield from _at(below, path)
        return
    items = inner if isinstance(inner, list) else [inner]
    if item.isdigit():
        items = items[int(item) - 1 : int(item)]
    for one in items:
        if rest:
            yield from _at(one, rest)
        elif isinstance(one, Mapping):
            if "void" in one:
                yield f"({one['void']})"
        else:
            yield str(one)


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: the table is made to be opened in one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def csv_text(explained: Sequence[Explained]) -> str:
    """The matching tables as one CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        "schema,feature type,property,definition,need,values,source,rule,codes,before,after".split(
            ","
        )
    )
    for one in explained:
        for match in one.matches:
            examples = one.examples.get((match.section, match.path), ())
            before, after = examples[0] if examples else ("", "")
            writer.writerow(
                _as_text(cell)
                for cell in (
                    one.document.schema,
                    match.feature_type,
                    match.path,
                    match.definition,
                    match.need,
                    match.values,
                    ", ".join(match.columns),
                    match.rule,
                    "; ".join(f"{value} → {code or 'no value'}" for value, code in match.codes),
                    before,
                    after,
                )
            )
    return text.getvalue()


__all__ = ["Explained", "csv_text", "explain"]
