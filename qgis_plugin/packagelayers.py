"""Opened packages in the project: a group with their layers, styles, relations and metadata."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayerTreeUtils,
    QgsProject,
    QgsReferencedRectangle,
    QgsTask,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from .engine import Message
from .packageproject import PackageProject, ProjectUnreadable, read_project
from .packages import Opening
from .tasks import EngineTask, start
from .texts import tr


@dataclass(frozen=True)
class Opened:
    """What is in the project now. ``missing`` are layers whose files can't be opened.

    ``view`` is where it lies; ``first`` says that nothing was in the project before.
    """

    title: str
    layers: int
    missing: tuple[str, ...] = ()
    view: QgsReferencedRectangle | None = None
    first: bool = False


class Openings(QObject):
    """Opens packages: the engine's part in tasks, QGIS's in slices of a layer each.

    One of the signals comes at the end: ``opened``, ``failed`` with a text, ``cancelled``.
    Before, ``noted`` gives the counts of what the engine found in what it converted.
    """

    opened = pyqtSignal(object)
    failed = pyqtSignal(str)
    cancelled = pyqtSignal()
    noted = pyqtSignal(list)

    def __init__(self) -> None:
        super().__init__()
        self._under_way: list[_UnderWay] = []  # a signal doesn't keep its slot

    def open(self, one: Opening) -> None:
        """Open a package, or what is converted from GML."""
        started = _UnderWay(self, one)
        self._under_way.append(started)
        started.begin()

    def stop(self) -> None:
        """End what is under way: nothing of it is in the project yet."""
        for one in list(self._under_way):
            one.stop()

    def forget(self, one: _UnderWay) -> None:
        """It has ended."""
        if one in self._under_way:
            self._under_way.remove(one)


class _UnderWay:
    """One package on its way."""

    def __init__(self, openings: Openings, opening: Opening) -> None:
        self._openings, self._opening = openings, opening
        self._task: QgsTask | None = None
        self._steps: Iterator[Opened | None] = iter(())

    def begin(self) -> None:
        """Have the engine do its part, if it has one."""
        if self._opening.request is None:
            self._read({})
            return
        description = tr("Open {title}").format(title=self._opening.title)
        task = EngineTask(description, self._opening.request)
        task.found.connect(lambda counts, _kinds: self._openings.noted.emit(counts))
        task.succeeded.connect(self._read)
        self._start(task)

    def stop(self) -> None:
        """End it, without a word."""
        self._steps = iter(())
        self._end()
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.cancel()

    def _start(self, task: EngineTask | _ReadTask) -> None:
        task.failed.connect(self._failed)
        task.cancelled.connect(self._cancelled)
        self._task = task
        start(task)

    def _read(self, _told: Message) -> None:
        task = _ReadTask(self._opening)
        task.succeeded.connect(self._show)
        self._start(task)

    def _show(self, project: PackageProject) -> None:
        self._steps = put_into(QgsProject.instance(), project, self._opening.title)
        self._go_on()

    def _go_on(self) -> None:
        """A step; then QGIS has its turn before the next one."""
        try:
            opened = next(self._steps)
        except StopIteration:  # it was stopped
            return
        if opened is None:
            QTimer.singleShot(0, self._go_on)
            return
        self._end()
        if opened.layers:
            self._openings.opened.emit(opened)
        else:
            self._openings.failed.emit(
                tr("No layer of {title} can be opened.").format(title=opened.title)
            )

    def _failed(self, text: str) -> None:
        self._end()
        self._openings.failed.emit(text)

    def _cancelled(self) -> None:
        self._end()
        self._openings.cancelled.emit()

    def _end(self) -> None:
        if self._opening.work is not None:
            shutil.rmtree(self._opening.work, ignore_errors=True)
        self._openings.forget(self)


class _ReadTask(QgsTask):
    """Reads the project."""

    succeeded = pyqtSignal(object)
    failed = pyqtSignal(str)
    cancelled = pyqtSignal()

    def __init__(self, opening: Opening) -> None:
        super().__init__(tr("Read {path}").format(path=opening.project), QgsTask.Flag.CanCancel)
        self._opening = opening
        self._project: PackageProject | None = None
        self._error = ""

    def run(self) -> bool:
        """In the task's thread."""
        try:
            self._project = read_project(self._opening.project, self._opening.root)
        except ProjectUnreadable as error:
            self._error = str(error)
        return self._project is not None

    def finished(self, _succeeded: bool) -> None:
        """In the main thread."""
        if self.isCanceled():
            self.cancelled.emit()
        elif self._project is not None:
            self.succeeded.emit(self._project)
        else:
            self.failed.emit(self._error)


def put_into(project: QgsProject, package: PackageProject, title: str) -> Iterator[Opened | None]:
    """Make a layer a step, then put all into the project at once; the last is what was opened."""
    layers: list[QgsVectorLayer] = []
    missing = []
    for name, element in package.layers():
        layer = package.layer(element)
        if layer is None:
            missing.append(name)
        else:
            layers.append(layer)
        yield None
    if not layers:
        yield Opened(title, 0, tuple(missing))
    was_empty = not project.mapLayers()
    project.addMapLayers(layers, False)
    for relation in package.relations(project):
        project.relationManager().addRelation(relation)
    yield None
    if was_empty:
        _introduce(project, package)
    _add_group(project, package.tree(project), title)
    project.setDirty(True)
    yield Opened(title, len(layers), tuple(missing), package.view, was_empty)


def _introduce(project: QgsProject, package: PackageProject) -> None:
    """Of a project that was empty, the package's CRS and words are its own."""
    if package.crs.isValid():
        project.setCrs(package.crs)
    if not project.title():
        project.setMetadata(package.metadata())
        project.setTitle(package.title)


def _add_group(project: QgsProject, tree: QgsLayerTreeGroup, title: str) -> None:
    QgsLayerTreeUtils.removeInvalidLayers(tree)
    inner = tree.children()
    if len(inner) == 1 and inner[0].name() == title:
        inner = inner[0].children()
    group = QgsLayerTreeGroup(title)
    group.insertChildNodes(-1, [one.clone() for one in inner])
    project.layerTreeRoot().insertChildNode(0, group)
    for shown in (False, True):  # a view may have folded it, and hears of changes only
        group.setExpanded(shown)
