"""The plugin in the language of QGIS's interface."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .texts import language

FOLDER: Final = Path(__file__).with_name("i18n")


def install_translator() -> QTranslator | None:
    """Load the texts of QGIS's locale; None where they are English."""
    name = f"commonplace_{language()}.qm"
    translator = QTranslator()
    if not (FOLDER / name).is_file() or not translator.load(str(FOLDER / name)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
