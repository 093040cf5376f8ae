"""*Harmonise to INSPIRE*: the table of a mapping, and a live preview beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from qgis.core import Qgis, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QModelIndex, Qt, QTimer
from qgis.PyQt.QtGui import QCloseEvent
from qgis.PyQt.QtWidgets import QFileDialog, QLabel, QLineEdit, QMenu, QMessageBox, QSizePolicy

from ..desktop import Desktop
from ..engine import Message
from ..expressions.translating import recognise
from ..mapping.document import (
    Taken,
    feature_type,
    layers_of,
    place_for,
    with_head,
    with_value,
    without,
)
from ..mapping.rows import Row, rows_of
from ..texts import tr
from .harmonise_codes import CodesDialog
from .harmonise_editor import MappingEditor
from .harmonise_export import export
from .harmonise_form import HEADS, HarmoniseForm
from .harmonise_table import CODES, VALUE, about
from .harmonise_types import TypesDialog
from .harmonise_words import why_not

DOCUMENTS: Final = "YAML (*.yaml *.yml)"
FOLDER_SETTING: Final = "commonplace/mappingFolder"
MESSAGE_SECONDS: Final = 12


class HarmoniseWindow(HarmoniseForm):
    """Shows the editor's document; every decision is the editor's or the document's."""

    def __init__(
        self, desktop: Desktop, layers: Sequence[QgsVectorLayer], *, only_selected: bool = False
    ) -> None:
        self.editor = MappingEditor(layers, only_selected=only_selected, parent=desktop.window)
        super().__init__(self.editor.undo, self._edited, desktop.window)
        self.editor.setParent(self)
        self._desktop = desktop
        self._connect()
        self._titled()
        QTimer.singleShot(0, self.editor.stage)  # once the window is there

    def _connect(self) -> None:
        editor = self.editor
        editor.changed.connect(self._show_document)
        editor.previewed.connect(self._show_preview)
        editor.waiting.connect(self.preview.wait)
        editor.failed.connect(self._fail)
        editor.hinted.connect(lambda text: self._say(text, Qgis.MessageLevel.Info))
        editor.saved.connect(lambda _path: self._titled())
        editor.undo.cleanChanged.connect(lambda _clean: self._titled())
        self.preview.placed.connect(self._go_to)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _then: self._moved())
        self.table.doubleClicked.connect(self._double_clicked)
        self.from_layers.menu().triggered.connect(self._layers_ticked)
        self.every.toggled.connect(lambda _checked: self._show_rows())
        self.sections.activated.connect(
            lambda _index: editor.show_section(self.sections.currentText())
        )
        for keys, edit in zip(HEADS, self.heads):
            edit.editingFinished.connect(lambda keys=keys, edit=edit: self._head_edited(keys, edit))
        for action, function in (
            (self.open_action, self.open),
            (self.save_action, self.save),
            (self.save_as_action, self.save_as),
            (self.codes_action, self.edit_codes),
            (self.agree_action, self._agree),
            (self.leave_action, self.leave_out),
            (self.refresh_action, editor.stage),
            (self.export_action, self.export),
            (self.type_action, self.choose_type),
            (self.add_action, self.add_type),
            (self.remove_action, self.remove_type),
            (self.delete_action, self._take_away),
        ):
            action.triggered.connect(lambda _checked=False, function=function: function())
        self.finished.connect(lambda _result: editor.close())

    # -- what is shown -------------------------------------------------------------------------

    def _show_document(self) -> None:
        editor = self.editor
        self.sections.clear()
        self.sections.addItems(editor.document.sections)
        self.sections.setCurrentText(editor.section)
        for keys, edit in zip(HEADS, self.heads):
            if not edit.hasFocus() or not edit.isModified():
                edit.setText(editor.document.head(*keys))
        self._show_layers()
        self.remove_action.setEnabled(len(editor.document.sections) > 1)
        self._show_rows()
        self._titled()

    def _show_layers(self) -> None:
        """The layers that the section reads, to be ticked in a menu."""
        read = layers_of(self.editor.document, self.editor.section)
        self.from_layers.setText(tr("from {layers}").format(layers=", ".join(read) or "…"))
        menu = self.from_layers.menu()
        menu.clear()
        for one in self.editor.staged:
            action = menu.addAction(one.names[0])
            action.setCheckable(True)
            action.setChecked(bool(set(one.names) & set(read)))

    def _layers_ticked(self, _action: object) -> None:
        ticked = [one.text() for one in self.from_layers.menu().actions() if one.isChecked()]
        if ticked:
            self.editor.read_layers(ticked)
        else:
            self._show_layers()

    def _show_rows(self) -> None:
        info = self.editor.info
        if info is None:
            return
        current = self._current()
        self.delegate.info = info
        self.delegate.columns = self.editor.columns(self.editor.section)
        found = rows_of(
            self.editor.document, self.editor.section, info, every=self.every.isChecked()
        )
        self.model.show_rows(found)
        number = self.model.find(current.label) if current else 0
        self._select(max(number, 0))

    def _show_preview(self, answer: Message) -> None:
        problems: dict[str, str] = {}
        for one in answer["problems"]:
            problems.setdefault(self._row_of(one["path"]), one["message"])
        self.model.show_problems(problems)
        self.preview.show_preview(answer)

    def _row_of(self, path: str) -> str:
        """The ``$.path`` of the row that a path of the document lies in."""
        places = [
            self.model.row_at(self.model.index(n, 0)).at for n in range(self.model.rowCount())
        ]
        holding = [one for one in places if one and f"{path}.".startswith((f"{one}.", f"{one}["))]
        return max(holding, key=len, default=path)

    def _titled(self) -> None:
        path = self.editor.path
        name = path.name if path else tr("new mapping")
        star = "" if self.editor.undo.isClean() and path else "*"
        self.setWindowTitle(tr("Harmonise to INSPIRE: {name}").format(name=name) + star)

    def _current(self) -> Row | None:
        return self.row_at(self.table.currentIndex())

    def _select(self, number: int) -> None:
        index = self.rows.mapFromSource(self.model.index(number, VALUE))
        if index.isValid():
            self.table.setCurrentIndex(index)
        self._moved()

    def _moved(self) -> None:
        row = self._current()
        self.about.setText(about(row) if row else "")
        self.agree_action.setEnabled(row is not None and row.note is not None and row.note.todo)
        self.codes_action.setEnabled(row is not None and row.takes_codes and not row.code_table)
        if row is not None and row.path:
            self.preview.mark(row.path)

    def _go_to(self, path: str) -> None:
        at = self._row_of(path)
        for number in range(self.model.rowCount()):
            if self.model.row_at(self.model.index(number, 0)).at == at:
                self._select(number)
                self.table.setFocus()

    def _say(self, text: str, level: Qgis.MessageLevel) -> None:
        self.bar.clearWidgets()
        shown = QLabel(text)  # QGIS's own text is cut off after a line and a half
        shown.setWordWrap(True)
        shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.bar.pushWidget(shown, level, MESSAGE_SECONDS)
        QTimer.singleShot(0, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """The table is lower with a message above it."""
        self.table.scrollTo(self.table.currentIndex())

    def _fail(self, text: str) -> None:
        self.preview.wait(text)
        self._say(text, Qgis.MessageLevel.Warning)

    # -- edits ---------------------------------------------------------------------------------

    def _edited(self, row: Row, typed: str) -> None:
        """A value was typed: an expression of QGIS's becomes one of the document's."""
        columns = self.editor.columns(self.editor.section)
        found = recognise(typed, columns)
        if found is not None and found.reasons:
            self._say(" ".join(map(why_not, found.reasons)), Qgis.MessageLevel.Warning)
            return
        if found is not None and found.text != typed:
            text = tr("Read as a QGIS expression, and written as {text}")
            self._say(text.format(text=found.text), Qgis.MessageLevel.Info)
        try:
            keys = row.keys or place_for(self.editor.document, self.editor.section, row.path)
        except Taken as taken:
            text = tr("{path} has a value already. Remove it first (Del): only one can be given.")
            self._say(text.format(path=taken.path), Qgis.MessageLevel.Warning)
            return
        self.editor.set_value(row, keys, found.text if found else typed)

    def _take_away(self) -> None:
        row = self._current()
        if row is not None:
            self.editor.take_away(row)

    def _agree(self) -> None:
        row = self._current()
        if row is not None:
            self.editor.agree(row)

    def _head_edited(self, keys: tuple[str, ...], edit: QLineEdit) -> None:
        text = edit.text().strip()
        if text != self.editor.document.head(*keys):
            document = with_head(self.editor.document, keys, text)
            self.editor.push(tr("{name} is {text}").format(name=keys[-1], text=text), document)

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() == CODES:
            self.edit_codes()

    def edit_codes(self) -> None:
        """What the values of the row mean."""
        row = self._current()
        if row is None or not row.takes_codes:
            return

        def show(counted: Message, listed: Message) -> None:
            self.preview.wait("")
            dialog = CodesDialog(row, counted, listed, self)
            dialog.accepted.connect(
                lambda: self.editor.set_codes(row, dialog.codes, dialog.unmatched)
            )
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self.editor.count_values(row, show)

    def leave_out(self) -> None:
        """List the columns that nothing reads under ``ignore``."""
        document = self.editor.document
        unread = self.editor.unread()
        for name in unread:
            document = with_value(document, ("ignore", name), "")
        self.editor.push(tr("Leave out {columns}").format(columns=", ".join(unread)), document)

    # -- types ---------------------------------------------------------------------------------

    def choose_type(self) -> None:
        """Another target type for the object shown."""
        alone = len(self.editor.document.sections) <= 1
        self._ask_type("" if alone else self.editor.document.schema, self.editor.retype)

    def add_type(self) -> None:
        """One more object type: for the only layer, or for one that is asked for."""
        staged = self.editor.staged
        if len(staged) == 1:
            self._add_for(0)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, one in enumerate(staged):
            text = tr("For layer {layer}…").format(layer=one.names[0])
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, number=number: self._add_for(number))
        menu.popup(self.sections.mapToGlobal(self.sections.rect().bottomLeft()))

    def _add_for(self, number: int) -> None:
        schema = self.editor.document.schema
        self._ask_type(schema, lambda target: self.editor.add(target, number))

    def _ask_type(self, schema: str, then: Callable[[Any], object]) -> None:
        if not self.editor.staged:
            return
        dialog = TypesDialog(self.editor.session, schema, self)
        dialog.accepted.connect(lambda: then(dialog.chosen))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def remove_type(self) -> None:
        """Give up the object type shown."""
        section = self.editor.section
        if len(self.editor.document.sections) > 1:
            text = tr("Remove {type}").format(type=feature_type(section))
            self.editor.push(text, without(self.editor.document, (section,)))

    # -- files ---------------------------------------------------------------------------------

    def open(self, path: Path | None = None) -> None:
        """Open a mapping document."""
        if path is None and not self._may_go():
            return
        name = str(path or "")
        if path is None:
            name, _ = QFileDialog.getOpenFileName(
                self, tr("Open a mapping document"), self._folder(), DOCUMENTS
            )
        if name:
            try:
                self.editor.load(Path(name))
            except (OSError, UnicodeDecodeError) as error:
                self._fail(str(error))

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save, and then go on."""
        if self.editor.path is None:
            self.save_as(then)
        else:
            self.editor.save(self.editor.path, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Save under another name."""
        suggested = self.editor.path or Path(self._folder(), f"{self._name()}.yaml")
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the mapping document"), str(suggested), DOCUMENTS
        )
        if name:
            path = Path(name) if Path(name).suffix else Path(f"{name}.yaml")
            QgsSettings().setValue(FOLDER_SETTING, str(path.parent))
            self.editor.save(path, then)

    def _name(self) -> str:
        return "-".join([*(one.name() for one in self.editor.there()[:1]), "inspire"]).replace(
            "/", "-"
        )

    def _folder(self) -> str:
        return str(QgsSettings().value(FOLDER_SETTING, "") or Path.home())

    def export(self) -> None:
        """Save, and go on to the export of a package."""

        def go_on() -> None:
            editor = self.editor
            selected = editor.only_selected
            export(self._desktop, editor.path, editor.there(), only_selected=selected)

        if self.editor.path is not None and self.editor.undo.isClean():
            go_on()
        else:
            self.save(go_on)

    # -- closing -------------------------------------------------------------------------------

    def _may_go(self) -> bool:
        """Ask before edits are lost."""
        if self.editor.undo.isClean():
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self,
            tr("Harmonise to INSPIRE"),
            tr("The mapping has changes that aren't saved. Discard them?"),
            buttons.Discard | buttons.Cancel,
            buttons.Cancel,
        )
        return answer == buttons.Discard

    def reject(self) -> None:
        """Esc: close, unless something would be lost."""
        if self._may_go():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own button asks as Esc does; QGIS and the plugin's end don't wait."""
        if event.spontaneous() and not self._may_go():
            event.ignore()
            return
        self.editor.close()
        super().done(0)
        event.accept()
