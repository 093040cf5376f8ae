"""The panel of findings: rules with their counts, a table, and what a finding means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QItemSelectionModel, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableView,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..findings import SEVERITIES, Finding, Found, explanation, severity_text, summary
from ..findingsmodel import ICONS, MESSAGE, RULE, SEVERITY, FindingsFilter, FindingsModel
from ..texts import tr
from .helping import help_button
from .tables import shown_rows

WIDTHS: Final = {SEVERITY: 12, MESSAGE: 44, RULE: 26}
USUAL_WIDTH: Final = 16
MOST_OF_RULES: Final = 40


class FindingsDock(QDockWidget):
    """Shows findings. ``chosen`` gives the one whose place is wanted, ``explained`` says that
    the catalogue of rules is wanted; the map and the engine are the face's business.
    """

    chosen = pyqtSignal(object)
    explained = pyqtSignal()
    cancelled = pyqtSignal()
    validate = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Findings"), parent)
        self.setObjectName("CommonplaceFindingsDock")
        self._rules: Mapping[str, Mapping[str, str]] | None = None
        self._model = FindingsModel(self)
        self.filter = FindingsFilter(self._model, self)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.addLayout(self._top())
        layout.addWidget(self._middle(), 1)
        self.setWidget(body)

    def show_found(self, one: Found) -> None:
        """Show other findings, and the panel."""
        self._model.show(one.rows)
        text = summary(one) + ("" if one.schemas_checked else self._unchecked())
        self.said.setText(text)
        self.said.setToolTip(text)
        self.list.clear()
        everything = QListWidgetItem(tr("All rules ({count})").format(count=one.total))
        everything.setData(Qt.ItemDataRole.UserRole, "")
        self.list.addItem(everything)
        for rule in one.rules:
            item = QListWidgetItem(
                QgsApplication.getThemeIcon(ICONS[rule.severity]), f"{rule.code} ({rule.count})"
            )
            item.setData(Qt.ItemDataRole.UserRole, rule.code)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._make_room_for_rules()
        for name, button in self.severities.items():
            button.setText(f"{severity_text(name)} ({one.counts.get(name, 0)})")
        self.text.clear()
        self.explained_text.clear()
        self.working(None)
        self.show()
        self.raise_()

    def _make_room_for_rules(self) -> None:
        frame = 2 * self.list.frameWidth() + self.list.verticalScrollBar().sizeHint().width()
        most = MOST_OF_RULES * self.fontMetrics().averageCharWidth()
        self.list.setMinimumWidth(min(self.list.sizeHintForColumn(0) + frame, most))

    def working(self, step: str | None, done: int = 0, total: int = 0) -> None:
        """Show that something is under way, or (None) that it isn't any more."""
        for widget in (self.bar, self.stop):
            widget.setVisible(step is not None)
        if step is not None:
            self.said.setText(step)
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def say(self, text: str) -> None:
        """Show a line instead of findings' counts."""
        self.working(None)
        self.said.setText(text)

    def learn(self, rules: Mapping[str, Mapping[str, str]]) -> None:
        """The catalogue of rules has come."""
        self._rules = rules
        self._show_explanation()

    @property
    def knows_rules(self) -> bool:
        """Whether the catalogue is here."""
        return self._rules is not None

    def current(self) -> Finding | None:
        """The finding that the user looks at."""
        index = self.table.currentIndex()
        return self.filter.finding(index) if index.isValid() else None

    def _unchecked(self) -> str:
        return " · " + tr("not checked against the official schemas")

    def _top(self) -> QVBoxLayout:
        rows, news, row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        rows.addLayout(news)
        rows.addLayout(row)
        self.said = QLabel(tr("Nothing has been validated yet."))
        self.said.setObjectName("CommonplaceFindingsSaid")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress of the validation"))
        self.bar.setMaximumWidth(20 * self.fontMetrics().averageCharWidth())
        self.stop = QPushButton(tr("&Cancel"))
        self.stop.clicked.connect(self.cancelled)
        self.severities: dict[str, QToolButton] = {}
        news.addWidget(self.said, 1)
        news.addWidget(self.bar)
        news.addWidget(self.stop)
        for name in SEVERITIES:
            button = QToolButton()
            button.setObjectName(f"CommonplaceFindings{name.capitalize()}")
            button.setIcon(QgsApplication.getThemeIcon(ICONS[name]))
            button.setText(severity_text(name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setChecked(True)
            button.setToolTip(tr("Show findings of this severity"))
            button.toggled.connect(self._choose_severities)
            self.severities[name] = button
            row.addWidget(button)
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Search in findings"))
        self.text.setAccessibleName(tr("Search in findings"))
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(34 * self.fontMetrics().averageCharWidth())
        self.text.textChanged.connect(lambda text: self.filter.choose(text=text))
        row.addStretch(1)
        row.addWidget(self.text)
        self.begin = QPushButton(tr("&Validate…"))
        self.begin.setToolTip(tr("Check files or layers of the project"))
        self.begin.clicked.connect(self.validate)
        row.addWidget(self.begin)
        row.addWidget(help_button("validate"))
        self.working(None)
        return rows

    def _middle(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        self.list = QListWidget()
        self.list.setObjectName("CommonplaceFindingsRules")
        self.list.setAccessibleName(tr("Rules that were broken"))
        self.list.setIconSize(QSize(1, 1) * self.fontMetrics().lineSpacing())
        self.list.currentItemChanged.connect(self._choose_rule)
        splitter.addWidget(self.list)
        splitter.addWidget(self._table())
        self.explained_text = QTextBrowser()
        self.explained_text.setObjectName("CommonplaceFindingsExplanation")
        self.explained_text.setAccessibleName(tr("Explanation of the finding"))
        self.explained_text.setOpenExternalLinks(True)
        splitter.addWidget(self.explained_text)
        character = self.fontMetrics().averageCharWidth()
        for number, characters in enumerate((28, 80, 48)):
            splitter.setStretchFactor(number, characters)
            splitter.widget(number).setMinimumWidth(characters // 2 * character)
        return splitter

    def _table(self) -> QTableView:
        self.table = QTableView()
        self.table.setObjectName("CommonplaceFindingsTable")
        self.table.setAccessibleName(tr("Findings"))
        self.table.setModel(self.filter)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(True)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        shown_rows(self.table)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        character = self.fontMetrics().averageCharWidth()
        for column in range(self._model.columnCount()):
            header.resizeSection(column, WIDTHS.get(column, USUAL_WIDTH) * character)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.selectionModel().currentRowChanged.connect(self._look)
        self.table.clicked.connect(self._zoom)
        self.table.activated.connect(self._zoom)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._action(tr("&Zoom to the place"), self._zoom)
        self._action(tr("&Copy"), self._copy, QKeySequence.StandardKey.Copy)
        self._action(tr("&Only this rule"), self._only_this_rule)
        return self.table

    def _action(
        self,
        text: str,
        triggered: Callable[..., object],
        key: QKeySequence.StandardKey | None = None,
    ) -> None:
        action = QAction(text, self.table)
        action.triggered.connect(lambda _checked=False: triggered())
        if key is not None:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(action)

    def _choose_severities(self, _on: bool) -> None:
        on = frozenset(name for name, button in self.severities.items() if button.isChecked())
        self.filter.choose(severities=on)

    def _choose_rule(self, item: QListWidgetItem | None, _before: object = None) -> None:
        self.filter.choose(rule=item.data(Qt.ItemDataRole.UserRole) if item else "")

    def _only_this_rule(self) -> None:
        one = self.current()
        for row in range(self.list.count()):
            if one and self.list.item(row).data(Qt.ItemDataRole.UserRole) == one.code:
                self.list.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _copy(self) -> None:
        one = self.current()
        if one is not None:
            texts = (one.code, one.message, one.feature, one.attribute, one.value, one.file)
            QApplication.clipboard().setText("\t".join(texts))

    def _look(self, *_: object) -> None:
        self._show_explanation()
        if self.current() is not None and self._rules is None:
            self.explained.emit()

    def _show_explanation(self) -> None:
        one = self.current()
        if one is None:
            self.explained_text.clear()
            return
        self.explained_text.setHtml(explanation(one, (self._rules or {}).get(one.code)))

    def _zoom(self, *_: object) -> None:
        one = self.current()
        if one is not None:
            self.chosen.emit(one)
