"""The plugin's translations, by Qt's Linguist tools.

``python tools/translations.py`` (``make i18n``) takes the literals of ``tr()`` out of
``qgis_plugin`` and lets ``lupdate`` bring ``qgis_plugin/i18n/commonplace_<language>.ts`` up to
date; it says what is left to translate. What QGIS loads, the ``.qm``, is made by ``lrelease`` when
the zip is built and isn't kept in the repository.

``pylupdate5`` doesn't do: it takes the class around a call of ``tr()`` for the context, and ours
is one for the whole plugin.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CONTEXT: Final = "Commonplace"
LANGUAGES: Final = ("de", "es", "fr", "it", "nl")
SOURCE_LANGUAGE: Final = "en"


class NoQtTools(Exception):
    """Qt's Linguist tools aren't installed."""


@dataclass(frozen=True)
class Message:
    """One text of a ``.ts`` file."""

    source: str
    translation: str
    finished: bool


def literals(root: Path) -> dict[str, str]:
    """What the plugin says, by the order of its modules; each with the module it stands in."""
    plugin = root / "qgis_plugin"
    found: dict[str, str] = {}
    for path in sorted(plugin.rglob("*.py")):
        for text in literals_of(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, path.relative_to(plugin).as_posix())
    return found


def literals_of(tree: ast.Module) -> Iterator[str]:
    """The literals that a module gives to ``tr()``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            (text,) = node.args
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def ts_path(root: Path, language: str) -> Path:
    """Where a language's texts are."""
    return root / "qgis_plugin" / "i18n" / f"commonplace_{language}.ts"


def messages(path: Path) -> list[Message]:
    """The texts of a ``.ts`` file."""
    return [
        Message(
            one.findtext("source", ""),
            one.findtext("translation", ""),
            one.find("translation[@type]") is None,
        )
        for one in ET.parse(path).iterfind("context/message")
    ]


def update(root: Path) -> None:
    """Bring the ``.ts`` files up to date; translations of texts that are gone are dropped.

    Raises
    ------
    NoQtTools
    """
    with tempfile.TemporaryDirectory() as work:
        listing = Path(work) / "literals.cpp"
        listing.write_text(_listing(literals(root)), encoding="utf-8")
        for language in LANGUAGES:
            command = [
                *(_tool("lupdate"), "-silent", "-no-obsolete", "-locations", "none"),
                *("-source-language", SOURCE_LANGUAGE, "-target-language", language),
                *(str(listing), "-ts", str(ts_path(root, language))),
            ]
            subprocess.run(command, check=True)


def _listing(texts: dict[str, str]) -> str:
    """The literals as C++, which ``lupdate`` reads."""
    calls = (
        f"//: {module}\nQCoreApplication::translate({json.dumps(CONTEXT)}, "
        f"{json.dumps(text, ensure_ascii=False)});\n"
        for text, module in texts.items()
    )
    return "void all() {\n" + "".join(calls) + "}\n"


def released(root: Path) -> dict[str, bytes]:
    """The ``.qm`` files by name. The same ``.ts`` give the same bytes.

    Raises
    ------
    NoQtTools
    """
    with tempfile.TemporaryDirectory() as work:
        for language in LANGUAGES:
            source = ts_path(root, language)
            target = Path(work) / f"{source.stem}.qm"
            command = [_tool("lrelease"), "-silent", str(source), "-qm", str(target)]
            subprocess.run(command, check=True)
        return {path.name: path.read_bytes() for path in sorted(Path(work).glob("*.qm"))}


def _tool(name: str) -> str:
    for known in (f"/usr/lib/qt5/bin/{name}", f"/usr/lib/qt6/bin/{name}", name):
        found = shutil.which(known)
        if found is not None:
            return found
    raise NoQtTools(f"{name} is missing: apt-get install qttools5-dev-tools")


def main() -> int:
    """Command line: 1 when something is left to translate."""
    update(ROOT)
    left = 0
    for language in LANGUAGES:
        texts = messages(ts_path(ROOT, language))
        missing = [one.source for one in texts if not one.finished]
        left += len(missing)
        print(f"{language}: {len(texts)} texts, {len(missing)} to translate")
        for text in missing:
            print(f"  {text.splitlines()[0]}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
