"""The guide that the zip carries: whole, without a network, and where help leads to."""

from __future__ import annotations

import ast
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

import build_plugin
import guide

HELP = f"{build_plugin.FOLDER}/help/"
LINK = re.compile(r'(?:href|src)="([^"#]*)(?:#([^"]*))?"')
ADDED = re.compile(r'add_help\(\S+, "([^"]+)"(?:, "([^"]+)")?\)|help_button\("([^"]+)"\)')
HELPING = {"add_help", "help_button", "open_guide"}
WINDOWS = {"QDialog", "QDockWidget"}


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, bytes]:
    return guide.pages(root / "docs")


def test_links_and_pictures_are_there(pages: dict[str, bytes]) -> None:
    for name, page in pages.items():
        if name.endswith(".html"):
            for target, anchor in LINK.findall(page.decode()):
                if target.startswith(("http", "mailto:")):
                    continue
                assert target in pages or not target, f"{name}: {target}"
                known = guide.anchors(pages[target or name]) if anchor else {""}
                assert anchor in known, f"{name}: {target}#{anchor}"


def test_pages_ask_nothing_of_a_network(pages: dict[str, bytes]) -> None:
    for name, page in pages.items():
        if name.endswith(".html"):
            assert re.search(rb'(src="https?:|<script|<link)', page) is None, name


def test_help_of_dialogs_leads_to_places_that_are_there(
    root: Path, pages: dict[str, bytes]
) -> None:
    called = [
        call
        for path in (root / "qgis_plugin" / "dialogs").glob("*.py")
        for call in ADDED.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(called) > 1
    for place, page, of_panel in called:
        assert (place or of_panel) in guide.anchors(pages[f"{page or 'qgis'}.html"]), place


def test_each_dialog_and_panel_has_help(root: Path) -> None:
    found = 0
    for path in (root / "qgis_plugin" / "dialogs").glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        bases = {
            getattr(base, "id", "")
            for node in nodes
            if isinstance(node, ast.ClassDef)
            for base in node.bases
        }
        called = {getattr(node.func, "id", "") for node in nodes if isinstance(node, ast.Call)}
        if bases & WINDOWS:
            found += 1
            assert called & HELPING, path.name
    assert found > 5


def test_pictures_of_the_guide_can_be_taken_again(root: Path, pages: dict[str, bytes]) -> None:
    """Each is photographed by a play, under this name."""
    plays = "".join(
        path.read_text(encoding="utf-8") for path in (root / "tests" / "qgis").glob("desktop_*.py")
    )
    names = [
        name.removeprefix("images/").removesuffix(".png")
        for name in pages
        if name.startswith("images/")
    ]
    assert names
    written = ("export-coordinates", "export-formats", "export-about")  # by a name put together
    assert [one for one in names if f'"{one}"' not in plays and one not in written] == []


def test_each_algorithm_has_its_place(staged: Any, pages: dict[str, bytes]) -> None:
    for name, told in staged.script("helps").items():
        assert told["url"].startswith("file:"), name
        page, _, place = told["url"].partition("#")
        assert Path(page.removeprefix("file://")).is_file(), page
        assert place in guide.anchors(pages["qgis.html"]), name


def test_zip_carries_the_guide(plugin_zip: Path, pages: dict[str, bytes]) -> None:
    with zipfile.ZipFile(plugin_zip) as archive:
        names = {name.removeprefix(HELP) for name in archive.namelist() if name.startswith(HELP)}
    assert names == set(pages)
    assert {name for name in names if name.startswith("images/")}
