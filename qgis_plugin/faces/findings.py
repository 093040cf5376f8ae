"""*Validate…* and the panel of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsApplication, QgsProject, QgsTask, QgsVectorLayer
from qgis.PyQt import sip

from ..desktop import NAME, Desktop
from ..engine import Message
from ..findings import Finding, Found, found, subject_of
from ..session import checking_writers
from ..staging import StagingTask, new_folder
from ..tasks import EngineTask, start
from ..texts import tr
from .engine_setup import when_ready

if TYPE_CHECKING:
    from ..findinglayers import FeatureSearch, Outline


def install(desktop: Desktop) -> None:
    """The menu's entry; the panel is made when it is first needed."""
    face = FindingsFace(desktop)
    desktop.action(
        "CommonplaceValidate",
        tr("&Validate…"),
        face.ask,
        icon=QgsApplication.getThemeIcon("/algorithms/mAlgorithmCheckGeometry.svg"),
        tip=tr("Check INSPIRE data: files, packages and layers of the project"),
    )
    provider = QgsApplication.processingRegistry().providerById("commonplace")
    if provider is not None:
        provider.validated.connect(face.show)
        desktop.undo(lambda: _disconnect(provider, face))
    desktop.undo(face.stop)


def _disconnect(provider: Any, face: FindingsFace) -> None:
    provider.validated.disconnect(face.show)


def _cancel(task: QgsTask | None) -> None:
    if task is not None and not sip.isdeleted(task):
        task.cancel()


class FindingsFace:
    """Holds the panel, and the task that fills it."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._dock: Any = None
        self._task: EngineTask | None = None
        self._rules: EngineTask | None = None
        self._search: FeatureSearch | None = None
        self._checked: Mapping[str, str] = {}

    def ask(self) -> None:
        """Open the form, once there is an engine."""
        when_ready(self._desktop, self._ask)

    def show(self, one: Found) -> None:
        """Show findings."""
        self._checked = one.layers
        self._panel().show_found(one)

    def stop(self) -> None:
        """End what is under way."""
        for task in (self._task, self._rules, self._search):
            _cancel(task)
        self._task = self._rules = self._search = None

    def _ask(self) -> None:
        from ..dialogs.validate import ValidateDialog

        dialog = ValidateDialog(self._desktop.iface.activeLayer(), self._desktop.window)
        dialog.wanted.connect(self.validate)
        self._desktop.show(dialog)

    def validate(
        self, paths: Sequence[str], layers: Sequence[QgsVectorLayer], schemas: str
    ) -> None:
        """Check files and layers in a task; the panel shows how far it is."""
        self.stop()
        folder = new_folder()
        subject = subject_of([*paths, *(layer.name() for layer in layers)])
        request: Message = {"type": "validate", "paths": list(paths)}
        if layers:
            request["paths"].append(str(folder))
        if schemas:
            request["schemas"] = schemas
        writers = checking_writers(layers, folder)
        checked = {writer.file: layer.id() for writer, layer in zip(writers, layers)}
        task = StagingTask(
            tr("Validate {subject}").format(subject=subject), folder, writers, request
        )
        panel = self._panel()
        working = task.description()
        task.stepped.connect(lambda _step, done, total: self._works(working, done, total))
        task.succeeded.connect(lambda result: self.show(found(result, subject, checked)))
        task.failed.connect(self._failed)
        task.cancelled.connect(self._cancelled)
        panel.working(working)
        panel.show()
        self._task = task
        start(task)

    def _gone(self) -> bool:
        """Whether the panel was taken away with the plugin; a task may still tell of its end."""
        return self._dock is None or sip.isdeleted(self._dock)

    def _works(self, text: str, done: int, total: int) -> None:
        if not self._gone():
            self._dock.working(text, done, total)

    def _cancelled(self) -> None:
        if not self._gone():
            self._dock.say(tr("Cancelled."))

    def _failed(self, text: str) -> None:
        self._panel().say(text.splitlines()[0])
        self._desktop.iface.messageBar().pushMessage(NAME, text, Qgis.MessageLevel.Critical, 0)

    def _panel(self) -> Any:
        if self._dock is None:
            from ..dialogs.findings import FindingsDock

            self._dock = FindingsDock(self._desktop.window)
            self._dock.chosen.connect(self._zoom)
            self._dock.explained.connect(self._learn)
            self._dock.validate.connect(self.ask)
            self._dock.cancelled.connect(self.stop)
            self._desktop.dock(self._dock)
        return self._dock

    def _learn(self) -> None:
        """Have the engine tell its rules, once."""
        if self._rules is None or sip.isdeleted(self._rules):
            self._rules = EngineTask(tr("Rules of the validation"), {"type": "rules"})
            self._rules.succeeded.connect(lambda result: self._panel().learn(result["rules"]))
            start(self._rules)

    def _zoom(self, one: Finding) -> None:
        """Show the place on the map at once, then the feature, once it is found."""
        from ..findinglayers import FeatureSearch
        from ..findingsmap import show_place

        _cancel(self._search)
        if not QgsProject.instance().mapLayers():
            self._hint(tr("Nothing is on the map yet: add the data as a layer first."))
            return
        if one.place is not None:
            show_place(self._desktop.iface.mapCanvas(), one.place)
        elif not one.feature:
            self._hint(tr("This finding has no place: it is about the file as a whole."))
        if one.feature:
            search = FeatureSearch(one, self._checked)
            search.ended.connect(lambda outline: self._show_feature(one, outline))
            self._search = search
            start(search)

    def _show_feature(self, one: Finding, outline: Outline | None) -> None:
        from ..findingsmap import show_feature

        if outline is not None:
            show_feature(self._desktop.iface.mapCanvas(), outline, one.place)
        elif one.place is None:
            text = tr("The feature {feature} is in none of the project's layers.")
            self._hint(text.format(feature=one.feature))

    def _hint(self, text: str) -> None:
        self._desktop.iface.statusBarIface().showMessage(text, 5_000)
