"""The plugin's texts in the languages it speaks: all there, and right in form."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import translations

#: What each term is called in de, es, fr, it, nl: the beginning or middle of the word.
TERMS = {
    "mapping": ("zuordnung", "correspondencia", "correspondance", "mappatur", "mapping"),
    "job": ("auftrag", "trabajo", "tâche", "lavoro", "taak"),
    "attribution": ("namensnennung", "atribuci", "attribution", "attribuzione", "naamsvermelding"),
    "licence": ("lizenz", "licencia", "licence", "licenza", "licentie"),
    "lineage": ("herkunft", "linaje", "généalogie", "genealogia", "herkomst"),
    "finding": ("befund", "hallazgo", "constat", "riliev", "bevinding"),
    "engine": ("engine", "motor", "moteur", "motore", "engine"),
    "broker": ("broker",) * len(translations.LANGUAGES),
}
PLACEHOLDER = re.compile(r"\{\w+\}")
ACCELERATOR = re.compile(r"&(?!&)\w")


@pytest.fixture(params=translations.LANGUAGES)
def texts(root: Path, request: pytest.FixtureRequest) -> list[translations.Message]:
    return translations.messages(translations.ts_path(root, request.param))


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_text_is_translated(root: Path, texts: list[translations.Message]) -> None:
    missing = set(translations.literals(root)) - {one.source for one in texts}
    assert missing == set(), "run make i18n"
    assert [one.source for one in texts if not (one.finished and one.translation)] == []


def test_placeholders_are_those_of_the_source(texts: list[translations.Message]) -> None:
    assert [one for one in texts if fields(one.source) != fields(one.translation)] == []


def test_form_is_that_of_the_source(texts: list[translations.Message]) -> None:
    """Keys to press, lines, and the dots that say that a dialog follows."""
    for one in texts:
        keys, ours = (ACCELERATOR.findall(text) for text in (one.source, one.translation))
        assert len(keys) == len(ours), one
        assert one.source.count("\n") == one.translation.count("\n"), one
        assert one.source.endswith("…") == one.translation.endswith("…"), one
        assert one.translation == one.translation.strip(), one


@pytest.mark.parametrize(("term", "words"), TERMS.items())
def test_terms_are_called_the_same_everywhere(root: Path, term: str, words: Sequence[str]) -> None:
    asked = re.compile(rf"\b{term}s?\b", re.IGNORECASE)
    for language, word in zip(translations.LANGUAGES, words, strict=True):
        for one in translations.messages(translations.ts_path(root, language)):
            source, translation = (
                PLACEHOLDER.sub("", text).replace("&", "") for text in (one.source, one.translation)
            )
            if asked.search(source):
                assert word in translation.casefold(), (language, one.source)


def test_texts_are_asked_for_when_they_are_shown(root: Path) -> None:
    """A text that a module asks for when it is imported would stay in English."""
    for path in (root / "qgis_plugin").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
                assert "tr" not in {getattr(one, "id", None) for one in calls}, path


def test_literals_are_found_in_functions_and_methods() -> None:
    module = (
        'class A:\n    def f(self) -> str:\n        return tr("a " "b") + other(tr("c"), tr(d))\n'
    )
    assert list(translations.literals_of(ast.parse(module))) == ["a b", "c"]


def test_released_texts_are_the_same_each_time(root: Path) -> None:
    once = translations.released(root)
    assert sorted(once) == [f"commonplace_{one}.qm" for one in translations.LANGUAGES]
    assert once == translations.released(root)


def test_qgis_shows_them_and_forgets_them(staged: Any, root: Path) -> None:
    told = staged.script("languages", locales=["de_AT", "fr", "en", "pt_BR"])
    (name,) = {
        one.translation
        for one in translations.messages(translations.ts_path(root, "de"))
        if one.source == "Harmonise and export"
    }
    assert told["de_AT"] == [name, "Harmonise and export"]
    assert told["fr"][0] not in {name, "Harmonise and export"}
    assert told["en"] == told["pt_BR"] == ["Harmonise and export"] * 2
