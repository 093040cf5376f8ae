"""Texts for people: translation, and what to say when the engine can't."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from .engine import (
    PYTHON_VARIABLE,
    EngineError,
    EngineMissing,
    WorkerFailed,
    environment_folder,
    interpreter_of,
    python_hint,
)
from .jobs import NoSuchLayer

WHEELS = Path(__file__).with_name("wheels")
LETTERS = 2


def tr(text: str) -> str:
    """Translate a literal."""
    return QCoreApplication.translate("Commonplace", text)


def explain(error: EngineError | EngineMissing | WorkerFailed, profile: Path) -> str:
    """What happened and how to mend it."""
    if isinstance(error, EngineMissing):
        return _no_engine(error, profile)
    if isinstance(error, WorkerFailed):
        return _no_worker(error, log_file(profile))
    text = f"{error.message}\n{error.hint}" if error.hint else error.message
    return f"{text} [{error.code}]"


def no_such_layer(error: NoSuchLayer) -> str:
    """A mapping reads a layer that nobody chose."""
    text = tr("The mapping reads layer “{wanted}”, which isn't among those chosen: {chosen}")
    return text.format(wanted=error.wanted, chosen=", ".join(error.chosen))


def not_written(error: Exception) -> str:
    """QGIS could not write a layer for the engine."""
    return tr("A layer can't be handed to the engine: {layer}").format(layer=error)


def plugin_version() -> str:
    """The version in the plugin's ``metadata.txt``."""
    manifest = ConfigParser(interpolation=None)
    manifest.read_string(Path(__file__).with_name("metadata.txt").read_text(encoding="utf-8"))
    return manifest["general"]["version"]


def log_file(profile: Path) -> Path:
    """Where the worker's prints go."""
    return profile / "commonplace" / "worker.log"


def make_environment(profile: Path) -> str:
    """The commands that make the engine's environment in the profile folder."""
    environment = environment_folder(profile)
    wheel = next(WHEELS.glob("commonplace-*.whl"), Path("commonplace.whl"))
    return (
        f'{python_hint()} -m venv "{environment}"\n'
        f'"{interpreter_of(environment)}" -m pip install "{wheel}"'
    )


def _no_engine(error: EngineMissing, profile: Path) -> str:
    if error.stated is not None:
        said = tr("“{python}” is not a Python interpreter that can be started.")
        mend = tr(
            "Correct the environment variable {variable} or the setting "
            "commonplace/python, or remove it and make an environment with these commands:"
        )
    else:
        said = tr("The Commonplace engine is not set up yet: it needs a Python of its own.")
        mend = tr(
            "In QGIS, Plugins ▸ Commonplace ▸ Set up the engine… does that. By hand, with Python "
            "3.11 or newer, these commands do (or name an interpreter that has it in the "
            "environment variable {variable}):"
        )
    return (
        said.format(python=error.stated)
        + " "
        + mend.format(variable=PYTHON_VARIABLE)
        + "\n"
        + make_environment(profile)
    )


def _no_worker(error: WorkerFailed, log: Path) -> str:
    said = {
        "start": tr("The Commonplace engine can't be started."),
        "hello": tr("The Commonplace engine doesn't answer. Is it installed in this Python?"),
        "protocol": tr(
            "The Commonplace engine and this plugin are of versions that don't fit together. "
            "Install the engine again from the wheel in the plugin's folder."
        ),
        "ended": tr("The Commonplace engine ended unexpectedly."),
        "died": tr("The Commonplace engine failed at this job. Nothing was written."),
    }[error.reason]
    more = tr("Its log is {log}").format(log=log)
    return f"{said} {more}\n{error.detail}".rstrip()


def language() -> str:
    """The language of QGIS's interface, ISO 639-1."""
    shown = QgsApplication.instance().translation() or QgsApplication.locale()
    code = str(shown).replace("-", "_").partition("_")[0].lower()
    return code if len(code) == LETTERS else "en"  # “C” is a locale too
