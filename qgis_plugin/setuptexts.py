"""What to say while the engine is set up, and when it can't be."""

from __future__ import annotations

from collections.abc import Sequence

from .enginestate import MISSING, OTHER_VERSION, READY, STATED_WRONG, EngineState
from .environment import SetUpFailed
from .interpreters import OLDEST, Interpreter
from .texts import tr


def step_text(step: str) -> str:
    """What is being done."""
    return {
        "environment": tr("Making the environment…"),
        "collect": tr("Fetching the packages that the engine needs…"),
        "install": tr("Installing the packages…"),
        "try": tr("Trying the engine…"),
    }.get(step, step)


def no_python(found: Sequence[Interpreter], platform: str) -> str:
    """No Python fits: which were found, why they don't, and where to get one."""
    oldest = ".".join(map(str, OLDEST))
    if not found:
        said = tr("No Python was found. The engine needs Python {oldest} or newer.")
    elif any(one.version >= OLDEST and one.bits == 64 for one in found):
        said = tr(
            "The Pythons found can't make environments: they lack the module venv. "
            "The engine needs Python {oldest} or newer with it."
        )
    else:
        said = tr("The Pythons found don't do: {oldest} or newer is needed, with 64 bit.")
    listed = "\n".join(f"  {one.text} ({one.bits} bit)  {one.path}" for one in found[:6])
    parts = [said.format(oldest=oldest), listed, how_to_get_python(platform)]
    return "\n".join(part for part in parts if part)


def how_to_get_python(platform: str) -> str:
    """Where Python comes from on this system."""
    if platform == "win32":
        return tr("Install Python from python.org or the Microsoft Store, then search again.")
    if platform == "darwin":
        return tr("Install Python from python.org or with Homebrew, then search again.")
    return tr(
        "Install it with your system's packages (on Debian and Ubuntu: "
        "apt install python3 python3-venv), then search again."
    )


def explain_failure(error: SetUpFailed) -> str:
    """Why the engine could not be set up, and what helps."""
    said = {
        "venv": tr("Python could not make an environment."),
        "pip": tr(
            "This Python has no pip to install packages with, and none could be fetched. "
            "On Debian and Ubuntu, apt install python3-venv mends that."
        ),
        "disk": tr("The disk is full. The engine needs about 1 GB."),
        "network": tr(
            "The package index can't be reached. Check the network and QGIS's proxy settings, "
            "or take the packages from a folder of wheels."
        ),
        "access": tr(
            "A file can't be written or replaced. Another QGIS may be using the engine: close it "
            "and try again."
        ),
        "python": tr("A package doesn't go with this version of Python. Choose another Python."),
        "packages": tr(
            "A package isn't there in a version that goes with this Python and computer. "
            "Choose another Python, or another folder of wheels."
        ),
        "version": tr(
            "The engine in this environment is version {detail}, which isn't this plugin's."
        ),
        "engine": tr("The engine was installed, but can't be started."),
        "unknown": tr("Installing the packages failed."),
    }[error.reason]
    if error.reason == "version":
        return said.format(detail=error.detail)
    return f"{said}\n{error.detail}".rstrip()


def state_text(state: EngineState, plugin_version: str) -> str:
    """What there is of an engine now."""
    said = {
        READY: tr("The engine is set up: version {version}, in {python}"),
        MISSING: tr(
            "Commonplace does its work in an engine of its own, which isn't set up yet. It needs "
            "Python and about 1 GB in this QGIS profile; nothing else on this computer changes."
        ),
        STATED_WRONG: tr("The engine's Python can't be started: {python}"),
        OTHER_VERSION: tr(
            "The engine is version {version} and the plugin {plugin}: set it up again to renew it."
        ),
    }[state.kind]
    version = state.version or tr("unknown")
    return said.format(version=version, plugin=plugin_version, python=state.python)
