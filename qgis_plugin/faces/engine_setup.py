"""*Set up the engine…*: by menu, and before the first use of anything that needs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qgis.core import QgsApplication

from ..desktop import Desktop
from ..enginestate import READY, engine_state
from ..tasks import profile, stated_python
from ..texts import plugin_version, tr

if TYPE_CHECKING:
    from ..dialogs.setup import SetupDialog


def install(desktop: Desktop) -> None:
    """The menu's entry."""
    desktop.action(
        "CommonplaceSetUpEngine",
        tr("Set up the &engine…"),
        lambda: show_setup(desktop),
        icon=QgsApplication.getThemeIcon("/mActionOptions.svg"),
        tip=tr("Make, renew or choose the environment that Commonplace works in"),
    )


def when_ready(desktop: Desktop, then: Callable[[], object]) -> None:
    """Do what needs the engine: at once, or when the user has set it up."""
    if engine_state(profile(), stated_python(), plugin_version()).kind == READY:
        then()
        return
    dialog = show_setup(desktop)
    dialog.ready.connect(then)


def show_setup(desktop: Desktop) -> SetupDialog:
    """Open the dialog."""
    from ..dialogs.setup import SetupDialog

    state = engine_state(profile(), stated_python(), plugin_version())
    dialog = SetupDialog(state, desktop.window)
    desktop.show(dialog)
    return dialog
