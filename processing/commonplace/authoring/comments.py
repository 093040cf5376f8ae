"""Comments of a YAML document, tied to what they stand above or beside.

PyYAML drops comments. An editor that reads a document and writes it back keeps them by the
``$.path`` of the key or item they belong to; those inside a flow collection of several
lines move above what follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import yaml

from commonplace.documents import Document

TAIL: Final = ""
_SCORED: Final = re.compile(r"(?P<todo>todo:? ?)?(?:(?P<score>[01]\.\d\d)(?:: ?|$))?(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments without their ``#``. ``above`` may hold empty texts, for blank lines.

    What follows the last key stands above :data:`TAIL`.
    """

    above: dict[str, list[str]] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """What a comment that ``suggest`` wrote says: how sure, whether to look, and why."""

    score: float | None
    todo: bool
    reason: str


def read_comments(document: Document) -> Comments:
    """The comments of a document that has been parsed."""
    ends, covered = _token_ends(document.text)
    begun: dict[int, str] = {}
    for place, line in document.lines.items():
        if place != "$" and (line not in begun or len(place) < len(begun[line])):
            begun[line] = place
    found = Comments()
    waiting: list[str] = []
    for number, text in enumerate(document.text.splitlines(), start=1):
        rest = text[ends.get(number, 0) :].strip()
        path = begun.get(number)
        if path is not None and waiting:
            found.above[path] = waiting
            waiting = []
        if rest.startswith("#") and (number in ends or number not in covered):
            said = rest[1:].removeprefix(" ")
            if path is None:
                waiting.append(said)
            else:
                found.beside[path] = said
        elif not text.strip() and number not in covered and waiting:
            waiting.append("")
    while waiting and not waiting[-1]:
        waiting.pop()
    if waiting:
        found.above[TAIL] = waiting
    return found


def _token_ends(text: str) -> tuple[dict[int, int], set[int]]:
    """By line: where its last token ends; and the lines that a longer token covers."""
    ends: dict[int, int] = {}
    covered: set[int] = set()
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        start, end = token.start_mark, token.end_mark
        if end.index > start.index:
            last = end.line + 1 if end.column else end.line
            ends[last] = max(ends.get(last, 0), end.column)
            covered.update(range(start.line + 1, last + 1))
    return ends, covered


def notes(beside: Mapping[str, str]) -> dict[str, Note]:
    """The comments beside as notes: ``todo 0.62: …``, ``0.95: …``, or any other text."""
    return {path: note(text) for path, text in beside.items()}


def note(text: str) -> Note:
    """One comment as a note."""
    match = _SCORED.fullmatch(text)
    assert match is not None
    score = match["score"]
    return Note(float(score) if score else None, match["todo"] is not None, match["reason"].strip())
