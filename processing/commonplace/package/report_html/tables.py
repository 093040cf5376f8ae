"""The report's tables: ledger, operations, findings, files, what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from commonplace.package.words import count_text, metres_text, safe, size_text
from commonplace.report import CrsOperation, Finding, OutputFile, Report, Severity

_NOT_PLAIN: Final = re.compile(r"[^A-Za-z0-9]+")
LONG_AREA: Final = 110
HASH_SHOWN: Final = 12
EXAMPLES_SHOWN: Final = 10
VALUES_SHOWN: Final = 100
_BECAME: Final = {
    "CODE_UNMATCHED": "an error: not among the codes",
    "CODE_UNKNOWN": "an error: no code of a closed list",
    "CODE_OWN": "kept as it is",
    "CODE_REPLACED": "replaced as the mapping says",
}


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0
) -> str:
    """A table that scrolls by itself where the page is narrow.

    Parameters
    ----------
    heads
        Column heads (text).
    rows
        Cells (HTML); the first of each row is its head.
    numbers
        How many of the last columns are right-aligned numbers.
    """
    plain = len(heads) - numbers
    kind = ["" if index < plain else ' class="number"' for index in range(len(heads))]
    head = "".join(
        f'<th scope="col"{k}>{safe(text)}</th>' for k, text in zip(kind, heads, strict=True)
    )
    body = ""
    for row in rows:
        first, *rest = (f"{k}>{cell}" for k, cell in zip(kind, row, strict=True))
        body += f'<tr><th scope="row"{first}</th>' + "".join(f"<td{cell}</td>" for cell in rest)
        body += "</tr>"
    if not body:
        return ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{safe(caption)}"><table>'
        f"<caption>{safe(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def ledger(report: Report) -> str:
    """Layers: read = filtered + rejected + mapped. Types: mapped + created − merged = written.

    Linked objects that were rejected, and objects carried over from the package before, have
    a column where there are any.
    """
    layers = table(
        "Source layers: read = filtered + rejected + mapped",
        ("Layer", "Read", "Filtered", "Rejected", "Mapped"),
        (
            _counts(name, one.balances(), one.read, one.filtered, one.rejected, one.mapped)
            for name, one in report.layers.items()
        ),
        numbers=4,
    )
    signs = {"rejected": "−", "carried": "+"}
    found = [one for one in signs if any(getattr(each, one) for each in report.types.values())]
    more = "".join(f" {signs[one]} {one}" for one in found)
    types = table(
        f"Feature types: mapped + created − merged{more} = written",
        ("Type", "Mapped", "Created", "Merged", *map(str.capitalize, found), "Written"),
        (
            _counts(
                name,
                one.balances(),
                *(one.mapped, one.created, one.merged),
                *(getattr(one, each) for each in found),
                one.written,
            )
            for name, one in report.types.items()
        ),
        numbers=4 + len(found),
    )
    return layers + types


def _counts(name: str, balances: bool, *counts: int) -> list[str]:
    mark = "" if balances else ' <span class="badge bad">does not balance</span>'
    return [safe(name) + mark, *map(count_text, counts)]


def operations(report: Report) -> str:
    """How coordinates of each layer were transformed."""
    return table(
        "One operation a layer; accuracy as PROJ states it",
        ("Layer", "From → to", "Operation", "Grids", "Area of use", "Accuracy"),
        (_operation(one) for one in report.operations),
        numbers=1,
    )


def _operation(one: CrsOperation) -> list[str]:
    grids = ", ".join(map(safe, one.grids)) or "none"
    if one.missing_grids:
        missing = "".join(f"<li>{safe(grid)}</li>" for grid in one.missing_grids)
        grids += f"<details><summary>better ones are missing</summary><ul>{missing}</ul></details>"
    badge = ' <span class="badge bad">ballpark</span>' if one.ballpark else ""
    details = ""
    if one.proj:
        details = f"<details><summary>PROJ</summary><code>{safe(one.proj)}</code></details>"
    if one.alternatives:
        others = "".join(f"<li>{safe(other)}</li>" for other in one.alternatives)
        details += f"<details><summary>not chosen</summary><ul>{others}</ul></details>"
    return [
        safe(one.layer),
        f"{_kept(one.source)} → {_kept(one.target)}",
        safe(one.name) + badge + details,
        grids,
        _area(one.area or "not stated"),
        safe(metres_text(one.accuracy)),
    ]


def _area(text: str) -> str:
    """Where an operation may be used; a list of countries is folded away."""
    if len(text) <= LONG_AREA:
        return safe(text)
    start = text[:LONG_AREA].rpartition(" ")[0].rstrip(" ,;:")
    return f"<details><summary>{safe(start)} …</summary>{safe(text)}</details>"


def _kept(text: str) -> str:
    return f'<span class="keep">{safe(text)}</span>'


def findings(report: Report) -> str:
    """Findings, worst first, each with its fix and examples."""
    rows = report.findings.grouped()
    if not rows:
        return '<p class="none">Nothing was found.</p>'
    return table(
        "Worst first; at most 20 examples of each are kept",
        ("Finding", "What and where", "How to mend it", "Times"),
        (_finding(first, count, examples) for first, count, examples in rows),
        numbers=1,
    )


def anchor(finding: Finding) -> str:
    """What the row of a finding is called in addresses."""
    parts = (finding.code, finding.layer, finding.attribute)
    return _NOT_PLAIN.sub("-", "-".join(one for one in parts if one)).lower()


def _finding(first: Finding, count: int, examples: Sequence[Finding]) -> list[str]:
    kind = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: "info"}[first.severity]
    where = " · ".join(safe(one) for one in (first.layer, first.attribute) if one)
    listed = "".join(f"<li>{_example(one)}</li>" for one in examples[:EXAMPLES_SHOWN])
    what = "example" if len(examples) == 1 else "examples"
    number = min(len(examples), EXAMPLES_SHOWN)
    more = (
        f"<details><summary>{number} {what}</summary><ul>{listed}</ul></details>"
        if any(one.feature or one.value for one in examples)
        else ""
    )
    badge = f'<span class="badge {kind}">{first.severity.value}</span>'
    return [
        f'{badge}<br><code id="{anchor(first)}">{_breakable(first.code)}</code>',
        f'{safe(first.message)}<br><span class="quiet">{where}</span>{more}',
        safe(first.fix or "–"),
        count_text(count),
    ]


def _breakable(code: str) -> str:
    return safe(code).replace("_", "_<wbr>")


def _example(one: Finding) -> str:
    parts = []
    if one.feature:
        parts.append(f"<b>{safe(one.feature)}</b>")
    if one.value:
        parts.append(f"<code>{safe(one.value)}</code>")
    if one.place:
        parts.append(f'<span class="quiet">at {one.place[0]:.5f}, {one.place[1]:.5f}</span>')
    return " ".join(parts) or safe(one.message)


def outputs(report: Report) -> str:
    """The files of the package, with sizes and hashes."""
    return table(
        "checksums.sha256 lists every file of the package",
        ("File", "Holds", "CRS", "SHA-256", "Size"),
        (_output(one) for one in report.outputs),
        numbers=1,
    )


def _output(one: OutputFile) -> list[str]:
    counts = ", ".join(f"{count_text(count)} {safe(name)}" for name, count in one.counts.items())
    short = f'<code title="{safe(one.sha256)}">{safe(one.sha256[:HASH_SHOWN])}…</code>'
    return [
        f'<a href="{safe(one.path)}">{safe(one.path)}</a>',
        counts,
        _kept(one.crs or "–"),
        short if one.sha256 else "–",
        size_text(one.size),
    ]


def left_out(report: Report) -> str:
    """Source columns not used, values without a code, target properties not filled, what
    encodings can't hold.
    """
    rows = {name: one.read for name, one in report.layers.items()}
    unused = {_with_rows(name, rows): names for name, names in report.unused_columns.items()}
    ignored = {
        _with_rows(name, rows): [f"{one}: {why}" if why else one for one, why in columns.items()]
        for name, columns in report.ignored_columns.items()
    }
    return (
        _lists("Source columns that no property uses", unused)
        + _lists("Source columns that the mapping ignores", ignored)
        + "".join(_without_code(report))
        + _lists("Target properties that nothing fills", report.unfilled_properties)
        + _lists("What an encoding can't hold, and what it does about it", report.losses, tall=True)
    )


def _with_rows(layer: str, rows: Mapping[str, int]) -> str:
    return f"{layer}, {count_text(rows.get(layer, 0))} rows"


def _without_code(report: Report) -> Iterator[str]:
    tallies = report.findings.tallies()
    listed = [(one, value, count) for one in tallies for value, count in one.values.items()]
    if listed:
        yield "<h3>Values without a code of their own</h3>"
        more = f"; the first {VALUES_SHOWN} of {len(listed)}" if len(listed) > VALUES_SHOWN else ""
        yield table(
            f"Commonest first by property{more}",
            ("Value", "Property", "Layer", "What became of it", "Times"),
            (
                [
                    safe(value),
                    safe(one.attribute or ""),
                    safe(one.layer or ""),
                    safe(_BECAME.get(one.code, one.code)),
                    count_text(count),
                ]
                for one, value, count in listed[:VALUES_SHOWN]
            ),
            numbers=1,
        )


def _lists(title: str, named: Mapping[str, Sequence[str]], tall: bool = False) -> str:
    items = ""
    for name, words in named.items():
        if not words:
            continue
        kind = "tall" if tall else "words"
        listed = "".join(f"<li>{safe(word)}</li>" for word in words)
        items += (
            f"<details><summary>{safe(name)} <span class='quiet'>({len(words)})</span></summary>"
            f'<ul class="{kind}">{listed}</ul></details>'
        )
    return f"<h3>{safe(title)}</h3>{items}" if items else ""


def personal(report: Report) -> str:
    """Columns with personal data, and what became of them."""
    return table(
        "Columns that look personal, and what the job says of them",
        ("Column", "Layer", "Kind", "Why", "Decision", "Decided by"),
        (
            tuple(
                map(
                    safe,
                    (one.column, one.layer, one.category, one.why, one.decision, one.decided_by),
                )
            )
            for one in report.personal
        ),
    )


def inputs(report: Report) -> str:
    """What was read, from where."""
    cards = "".join(f'<dl class="card">{_pairs(one)}</dl>' for one in report.inputs)
    return f'<div class="cards">{cards}</div>' if cards else ""


def _pairs(one: Mapping[str, object]) -> str:
    return "".join(
        f"<div><dt>{safe(key.replace('_', ' '))}</dt><dd>{_value(value)}</dd></div>"
        for key, value in one.items()
        if value not in (None, "", [], {}, ())
    )


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_entry(key, one) for key, one in value.items())
    if isinstance(value, list | tuple):
        if any(isinstance(one, Mapping) for one in value):
            return (
                '<ul class="plain">' + "".join(f"<li>{_value(one)}</li>" for one in value) + "</ul>"
            )
        return ", ".join(map(_value, value))
    return safe(value)


def _entry(key: str, value: object) -> str:
    """A part of a nested value: sizes and hashes as short as in the table of files."""
    if key == "bytes" and isinstance(value, int):
        return size_text(value)
    if key == "sha256":
        return f'<code title="{safe(value)}">{safe(str(value)[:HASH_SHOWN])}…</code>'
    return _value(value) if key == "name" else f"{safe(key)}: {_value(value)}"


def versions(report: Report) -> str:
    """The engine and the libraries that did the work."""
    words = "".join(
        f"<li>{safe(name)} {safe(number)}</li>" for name, number in report.versions.items()
    )
    return f'<h3>Versions</h3><ul class="words">{words}</ul>' if words else ""
