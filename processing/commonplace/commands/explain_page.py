"""The matching table as one HTML file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from commonplace.explaining import Explained
from commonplace.mapping.matching import Match
from commonplace.package.report_html import tables
from commonplace.package.report_html.page import Section, page
from commonplace.package.words import count_text, safe

HEADS: Final = ("Property", "Need", "Values", "Source", "Rule", "Before → after")
ABOUT: Final = ("author", "version", "licence", "source", "lineage")
TONES: Final = {"mandatory": "info", "voidable": "warn", "optional": "good"}
LONGEST: Final = 70


def explained_page(explained: Sequence[Explained]) -> str:
    """The whole document."""
    first = explained[0].document
    names = ", ".join(one.document.name for one in explained)
    return page(
        kind="matching table",
        title=first.title or names,
        head=_about(explained),
        sections=list(_sections(explained)),
        summary=_tiles(explained),
    )


def _about(explained: Sequence[Explained]) -> str:
    first = explained[0].document
    facts = [("Target", ", ".join(dict.fromkeys(one.document.schema for one in explained)))]
    facts += [(word.capitalize(), text) for word in ABOUT if (text := first.about.get(word))]
    facts += [
        (f"Layer {made.name}", str(made)) for one in explained for made in one.document.derived
    ]
    rows = "".join(f"<div><dt>{safe(word)}</dt><dd>{safe(text)}</dd></div>" for word, text in facts)
    told = first.about.get("description")
    return (f"<p>{safe(told)}</p>" if told else "") + f'<dl class="about">{rows}</dl>'


def _tiles(explained: Sequence[Explained]) -> str:
    every = [match for one in explained for match in one.matches]
    voids = [one for one in every if one.rule.startswith("void")]
    constants = [one for one in every if not one.columns and one not in voids]
    unfilled = sum(len(names) for one in explained for names in one.unfilled.values())
    tiles = (
        ("filled from the source", len(every) - len(voids) - len(constants)),
        ("always the same", len(constants)),
        ("void", len(voids)),
        ("not filled", unfilled),
    )
    made = "".join(f"<li><strong>{count_text(n)}</strong> {label}</li>" for label, n in tiles)
    return f'<ul class="tiles" aria-label="Properties">{made}</ul>\n'


def _sections(explained: Sequence[Explained]) -> Iterator[Section]:
    for number, one in enumerate(explained):
        for name, group in groupby(one.matches, key=lambda match: match.section):
            caption = f"{one.document.schema} {name}, by {one.document.name}"
            rows = (_row(match, one) for match in group)
            content = tables.table(caption, HEADS, rows) + _unfilled(one.unfilled.get(name, ()))
            yield f"t{number}-{_anchor(name)}", name, content


def _anchor(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name)


def _row(match: Match, explained: Explained) -> list[str]:
    examples = explained.examples.get((match.section, match.path), ())
    definition = f'<br><span class="quiet">{safe(match.definition)}</span>'
    return [
        f"{_breakable(match.path)}{definition if match.definition else ''}",
        f'<span class="badge {TONES[match.need]}">{match.need}</span>',
        _breakable(match.values),
        "<br>".join(f"<code>{safe(name)}</code>" for name in match.columns),
        _rule(match),
        "<br>".join(
            f"{safe(_short(before))} → <strong>{safe(_short(after))}</strong>"
            for before, after in examples
        ),
    ]


def _breakable(text: str) -> str:
    """Long names may break at dots and humps, as there are no blanks in them."""
    shown = safe(text).replace(".", ".<wbr>")
    return "".join(f"<wbr>{sign}" if sign.isupper() else sign for sign in shown)


def _rule(match: Match) -> str:
    if not match.codes:
        return safe(match.rule)
    rows = "".join(
        f"<li>{safe(value)} → {safe(code) if code else '<em>no value</em>'}</li>"
        for value, code in match.codes
    )
    opened = " open" if len(match.codes) <= 6 else ""
    return f"<details{opened}><summary>{safe(match.rule)}</summary><ul>{rows}</ul></details>"


def _unfilled(names: Sequence[str]) -> str:
    if not names:
        return ""
    words = "".join(f"<li>{safe(name)}</li>" for name in names)
    return (
        f"<details><summary>{len(names)} properties are not filled</summary>"
        f'<ul class="words">{words}</ul></details>'
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
