"""The documentation as plain pages, for the plugin's zip: its help opens them without a network.

The site that ``make docs`` builds is the same text with a search and a menu.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import markdown

EXTENSIONS: Final = ("attr_list", "fenced_code", "md_in_html", "sane_lists", "tables", "toc")
FIRST: Final = "qgis"
LINK: Final = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.DOTALL)
IMAGE: Final = re.compile(r'src="(images/[^"]+)"')
PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title} – Commonplace</title>
<style>
body {{ font: 1rem/1.5 sans-serif; max-width: 50rem; margin: 0 auto; padding: 1rem; }}
img {{ max-width: 100%; border: 1px solid #888; }}
pre {{ overflow-x: auto; padding: .5rem; border: 1px solid #888; }}
table {{ border-collapse: collapse; }}
th, td {{ border: 1px solid #888; padding: .2rem .5rem; text-align: left; vertical-align: top; }}
</style>
</head>
<body>
<p><a href="qgis.html">In QGIS</a> · <a href="index.html">All pages</a></p>
<main>
{body}
</main>
</body>
</html>
"""


def pages(docs: Path) -> dict[str, bytes]:
    """The pages of ``docs`` and the pictures they show, by their path."""
    known = {path.stem for path in docs.glob("*.md")}
    members: dict[str, bytes] = {}
    for path in sorted(docs.glob("*.md")):
        body = _linked(_rendered(path.read_text(encoding="utf-8")), known)
        title = html.escape(_title(path))
        members[f"{path.stem}.html"] = PAGE.format(title=title, body=body).encode()
        for picture in _pictures(body):
            members[picture] = (docs / picture).read_bytes()
    return members


def anchors(page: bytes) -> set[str]:
    """The places of a page that a link can lead to."""
    return set(re.findall(r'\bid="([^"]+)"', page.decode()))


def _rendered(text: str) -> str:
    return str(markdown.markdown(text, extensions=list(EXTENSIONS), output_format="html"))


def _title(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.lstrip("# ")


def _linked(body: str, known: set[str]) -> str:
    """Links lead to the pages that are there; what leads elsewhere in the repository is text."""

    def link(found: re.Match[str]) -> str:
        address, text = found.groups()
        if re.match(r"(https?:|#|mailto:)", address):
            return found[0]
        page, mark, anchor = address.partition("#")
        if page.removesuffix(".md") in known:
            return f'<a href="{page.removesuffix(".md")}.html{mark}{anchor}">{text}</a>'
        return text

    return LINK.sub(link, body)


def _pictures(body: str) -> Iterator[str]:
    yield from IMAGE.findall(body)
