"""The frame of our HTML pages: one file, no script, no network, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from commonplace.package.words import safe

#: Anchor, title and content; a section without content is left out.
Section = tuple[str, str, str]


def page(
    *,
    kind: str,
    title: str,
    head: str,
    sections: Sequence[Section],
    summary: str = "",
    footer: str = "",
) -> str:
    """A whole document.

    Parameters
    ----------
    kind
        What it is, in a word: ``report``, ``validation``.
    title
        What it is of (text).
    head, summary, footer
        HTML below the title, above the sections, and at the end.
    """
    style = files("commonplace.package.report_html").joinpath("report.css").read_text("utf-8")
    shown = [one for one in sections if one[2]]
    links = "".join(f'<li><a href="#{anchor}">{safe(name)}</a></li>' for anchor, name, _ in shown)
    body = "".join(
        f'<section id="{anchor}" aria-labelledby="{anchor}-title">'
        f'<h2 id="{anchor}-title">{safe(name)}</h2>{content}</section>\n'
        for anchor, name, content in shown
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{safe(title)} – {safe(kind)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the {safe(kind)}</a>\n'
        f'<header><p class="eyebrow">Commonplace · {safe(kind)}</p><h1>{safe(title)}</h1>'
        f"{head}</header>\n"
        f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n'
        f'<main id="main">\n{summary}{body}</main>\n{footer}</body>\n</html>\n'
    )
