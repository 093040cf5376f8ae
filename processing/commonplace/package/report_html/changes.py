"""What became of the objects since the package before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from commonplace.package.report_html.tables import table
from commonplace.package.words import count_text, safe
from commonplace.report import LISTED_CHANGES, Report, Since, TypeChanges

_KINDS: Final = ("new", "changed", "ended")


def changes(report: Report) -> str:
    """Counts by feature type, and the ids of what is new, changed or ended."""
    since = report.since
    if since is None:
        return ""
    if since.as_of is None:
        before = "There was no package before: all objects are new."
    else:
        before = f"Compared with the package of {safe(since.as_of)}."
    counts = table(
        "Objects that ended stay in the package with the end of their lifespan, where their type "
        "has one; those whose rows were rejected stay as they were",
        ("Type", "New", "Changed", "Same", "Ended", "Ended before", "Row rejected"),
        (_counts(name, one) for name, one in since.types.items()),
        numbers=6,
    )
    return f"<p>{before}</p>{counts}{''.join(_lists(since))}"


def _counts(name: str, one: TypeChanges) -> list[str]:
    numbers = (one.new, one.changed, one.same, one.ended, one.ended_before, one.rejected)
    return [safe(name), *map(count_text, numbers)]


def _lists(since: Since) -> Iterator[str]:
    for name, one in since.types.items():
        for kind in _KINDS:
            ids = one.listed.get(kind, ())
            if not ids:
                continue
            count = getattr(one, kind)
            more = f", the first {count_text(LISTED_CHANGES)}" if count > len(ids) else ""
            listed = "".join(f"<li>{safe(word)}</li>" for word in ids)
            yield (
                f"<details><summary>{safe(name)}: {kind} <span class='quiet'>"
                f"({count_text(count)}{more})</span></summary>"
                f'<ul class="words">{listed}</ul></details>'
            )
