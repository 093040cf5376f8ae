"""The widgets of *Harmonise to INSPIRE*: where they are and what they are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit, QgsMessageBar
from qgis.PyQt.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from ..guide import open_guide
from ..mapping.rows import Row
from ..texts import tr
from .harmonise_preview import PreviewPanel
from .harmonise_table import CODES, NEED, PROPERTY, SURE, VALUE, RowsModel, ValueDelegate
from .harmonise_undo import QUndoStack
from .tables import plain_rows

#: What the line above the table edits of the document's head.
HEADS: Final = (("target", "namespace"), ("target", "language"), ("lineage",))


class HarmoniseForm(QDialog):
    """Widgets and actions, connected to nothing but each other."""

    def __init__(
        self, undo: QUndoStack, edited: Callable[[Row, str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("CommonplaceHarmonise")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.model = RowsModel(edited, self)
        self.preview = PreviewPanel()
        self.bar = QgsMessageBar()
        self._make_actions(undo)
        self._lay_out()

    def row_at(self, index: QModelIndex) -> Row | None:
        """The row of an index of the table."""
        return self.model.row_at(self.rows.mapToSource(index))

    def _edit(self) -> None:
        """Open the value of the row for editing, whatever cell of it is marked."""
        index = self.table.currentIndex()
        if index.isValid():
            index = index.siblingAtColumn(VALUE)
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def _make_actions(self, undo: QUndoStack) -> None:
        add = self._action
        self.open_action = add(tr("Open…"), "/mActionFileOpen.svg", "Ctrl+O")
        self.save_action = add(tr("Save"), "/mActionFileSave.svg", "Ctrl+S")
        self.save_as_action = add(tr("Save as…"), "/mActionFileSaveAs.svg", "Ctrl+Shift+S")
        self.codes_action = add(tr("Codes…"), "/mActionOpenTable.svg", "F4")
        self.agree_action = add(tr("Agree"), "/mIconSuccess.svg", "Ctrl+Return")
        self.leave_action = add(tr("Leave out unread columns"), "/mActionRemove.svg", "")
        self.refresh_action = add(tr("Read layers again"), "/mActionRefresh.svg", "F5")
        self.export_action = add(tr("Export…"), "/mActionSharingExport.svg", "Ctrl+E")
        self.help_action = add(tr("Help"), "/mActionHelpContents.svg", "F1")
        self.help_action.triggered.connect(lambda _checked=False: open_guide("harmonise-in-qgis"))
        self.type_action = add(tr("Target type…"), "/search.svg", "Ctrl+T")
        self.add_action = add(tr("Add…"), "/symbologyAdd.svg", "Ctrl+N")
        self.remove_action = add(tr("Remove"), "/symbologyRemove.svg", "")
        self.find_action = add(tr("Find"), "/search.svg", "Ctrl+F")
        self.find_action.triggered.connect(lambda _checked=False: self.filter.setFocus())
        self.undo_action = undo.createUndoAction(self, tr("Undo"))
        self.redo_action = undo.createRedoAction(self, tr("Redo"))
        for action, icon, keys in (
            (self.undo_action, "/mActionUndo.svg", "Ctrl+Z"),
            (self.redo_action, "/mActionRedo.svg", "Ctrl+Y"),
        ):
            action.setIcon(QgsApplication.getThemeIcon(icon))
            action.setShortcut(QKeySequence(keys))
            self.addAction(action)

    def _action(self, text: str, icon: str, keys: str) -> QAction:
        action = QAction(QgsApplication.getThemeIcon(icon), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(f"{text} ({keys})" if keys else text)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(self._toolbar())
        layout.addWidget(self.bar)
        layout.addLayout(self._head())
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._filter_bar())
        column.addWidget(self._table(), 1)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.setAccessibleName(tr("About the property"))
        self.about.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        column.addWidget(self.about)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.preview)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout.addWidget(splitter, 1)
        width = self.fontMetrics().averageCharWidth()
        splitter.setSizes([130 * width, 80 * width])
        wanted = self.size()
        wanted.setWidth(214 * width)
        wanted.setHeight(46 * self.fontMetrics().lineSpacing())
        screen = self.parentWidget().screen().availableSize()
        self.resize(wanted.boundedTo(screen * 0.95))

    def _toolbar(self) -> QToolBar:
        groups = (
            (self.open_action, self.save_action, self.save_as_action),
            (self.undo_action, self.redo_action),
            (self.codes_action, self.agree_action, self.leave_action, self.refresh_action),
            (self.export_action, self.help_action),
        )
        bar = QToolBar()
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for group in groups:
            if bar.actions():
                bar.addSeparator()
            bar.addActions(group)
        for action in (*groups[1], self.help_action):
            button = bar.widgetForAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return bar

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self.sections = QComboBox()
        self.sections.setAccessibleName(tr("Object types of the document"))
        self.sections.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        bar = QToolBar()
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([self.type_action, self.add_action, self.remove_action])
        label = QLabel(tr("O&bject:"))
        label.setBuddy(self.sections)
        head.addWidget(label)
        head.addWidget(self.sections)
        head.addWidget(bar)
        texts = (tr("&Namespace:"), tr("Lan&guage:"), tr("&Lineage:"))
        tips = (
            tr("The namespace of your identifiers, such as DE.MYTOWN.BU"),
            tr("The language of names, three letters: deu, fra, ita …"),
            tr("How the data came about; goes into the metadata"),
        )
        self.heads: list[QLineEdit] = []
        for keys, text, tip in zip(HEADS, texts, tips):
            edit = QLineEdit()
            edit.setToolTip(tip)
            edit.setAccessibleName(text.replace("&", "").rstrip(":"))
            edit.setAccessibleDescription(tip)
            edit.setMinimumWidth(10 * self.fontMetrics().averageCharWidth())
            label = QLabel(text)
            label.setBuddy(edit)
            head.addWidget(label)
            head.addWidget(edit, 3 if keys == ("lineage",) else 1)
            self.heads.append(edit)
        namespace, language = self.heads[:2]
        namespace.setMinimumWidth(24 * self.fontMetrics().averageCharWidth())
        language.setMaximumWidth(10 * self.fontMetrics().averageCharWidth())
        return head

    def _filter_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        self.filter = QgsFilterLineEdit()
        self.filter.setShowSearchIcon(True)
        self.filter.setPlaceholderText(tr("Find a property or column (Ctrl+F)"))
        self.filter.setAccessibleName(tr("Find a property or column"))
        self.every = QCheckBox(tr("&All properties"))
        self.every.setToolTip(tr("Also those that the schema doesn't ask for"))
        self.from_layers = QPushButton()
        self.from_layers.setAutoDefault(False)
        self.from_layers.setToolTip(tr("Layers that this object type reads (Ctrl+L)"))
        self.from_layers.setAccessibleName(tr("Layers that are read"))
        self.from_layers.setShortcut(QKeySequence("Ctrl+L"))
        self.from_layers.setMenu(QMenu(self.from_layers))
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.every)
        bar.addWidget(self.from_layers)
        return bar

    def _table(self) -> QTableView:
        self.rows = QSortFilterProxyModel(self)
        self.rows.setSourceModel(self.model)
        self.rows.setFilterKeyColumn(-1)
        self.rows.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter.textChanged.connect(self.rows.setFilterFixedString)
        self.delegate = ValueDelegate(self.row_at, self)
        self.table = QTableView()
        self.table.setModel(self.rows)
        self.table.setItemDelegateForColumn(VALUE, self.delegate)
        self.table.setAccessibleName(tr("Properties and what fills them"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        plain_rows(self.table)
        width = self.fontMetrics().averageCharWidth()
        header = self.table.horizontalHeader()
        for number, characters in ((PROPERTY, 31), (NEED, 14), (VALUE, 28), (CODES, 13), (SURE, 7)):
            header.resizeSection(number, max(characters * width, header.sectionSizeHint(number)))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.edit_action = QAction(tr("Edit the value"), self.table)
        self.edit_action.setShortcuts([QKeySequence(one) for one in ("F2", "Return", "Enter")])
        self.edit_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.edit_action.triggered.connect(lambda _checked=False: self._edit())
        self.table.addAction(self.edit_action)
        self.delete_action = QAction(tr("Remove the value"), self.table)
        self.delete_action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self.delete_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(self.delete_action)
        return self.table
