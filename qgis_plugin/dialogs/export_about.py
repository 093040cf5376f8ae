"""*Export a package*, fourth page: what is said of the data, prefilled from the project."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ..exporting import LANGUAGES, LICENCES, About, advised
from ..texts import tr

LINES_OF_TEXT = 3


class AboutPage(QWidget):
    """The metadata form. ``changed`` tells of edits."""

    changed = pyqtSignal()

    def __init__(self, about: About) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        legend = QLabel(tr("* needed      ° asked for by INSPIRE's metadata"))
        layout.addWidget(legend)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout.addLayout(form)
        self.title = self._line(form, tr("T&itle *"), about.title)
        self.abstract = self._text(form, tr("&Abstract °"), about.abstract)
        self.keywords = self._line(form, tr("&Keywords"), ", ".join(about.keywords))
        self.keywords.setPlaceholderText(tr("several, with commas between them"))
        self.licence = QComboBox()
        self.licence.setEditable(True)
        self.licence.addItems(LICENCES)
        self.licence.setCurrentText(about.licence)
        self.licence.lineEdit().setPlaceholderText(tr("an SPDX identifier, or an address"))
        self.licence.editTextChanged.connect(lambda _text: self._edited())
        form.addRow(tr("Li&cence *"), self.licence)
        self.attribution = self._line(form, tr("Attri&bution *"), about.attribution)
        self.attribution.setPlaceholderText(tr("who is to be named, such as © Town of Lindenau"))
        self.organisation = self._line(form, tr("Or&ganisation °"), about.organisation)
        self.email = self._line(form, tr("E-mai&l °"), about.email)
        self.email.setPlaceholderText(tr("the organisation's, no person's"))
        self.language = QComboBox()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(about.language)))
        self.language.currentIndexChanged.connect(lambda _index: self._edited())
        form.addRow(tr("Lang&uage of these texts"), self.language)
        self.lineage = self._text(form, tr("Li&neage"), about.lineage)
        self.lineage.setToolTip(tr("Where the data come from and how they were made"))
        self.lineage.setPlaceholderText(tr("as the mapping says"))
        self.open_access = QCheckBox(tr("There are no li&mits to public access °"))
        self.open_access.setChecked(about.open_access)
        self.open_access.toggled.connect(lambda _checked: self._edited())
        form.addRow("", self.open_access)
        self.said = QLabel()
        self.said.setWordWrap(True)
        layout.addWidget(self.said)
        layout.addStretch(1)
        self._edited()

    @property
    def about(self) -> About:
        """What is said."""
        words = (one.strip() for one in self.keywords.text().split(","))
        return About(
            title=self.title.text().strip(),
            abstract=self.abstract.toPlainText().strip(),
            keywords=tuple(dict.fromkeys(one for one in words if one)),
            licence=self.licence.currentText().strip(),
            attribution=self.attribution.text().strip(),
            organisation=self.organisation.text().strip(),
            email=self.email.text().strip(),
            language=self.language.currentData(),
            lineage=self.lineage.toPlainText().strip(),
            open_access=self.open_access.isChecked(),
        )

    def _line(self, form: QFormLayout, label: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.textChanged.connect(lambda _text: self._edited())
        form.addRow(label, line)
        return line

    def _text(self, form: QFormLayout, label: str, text: str) -> QPlainTextEdit:
        field = QPlainTextEdit(text)
        field.setTabChangesFocus(True)
        field.setFixedHeight((LINES_OF_TEXT + 1) * self.fontMetrics().lineSpacing())
        field.textChanged.connect(self._edited)
        form.addRow(label, field)
        return field

    def _edited(self) -> None:
        gaps = advised(self.about)
        text = tr("INSPIRE's record would lack: {gaps}. The report says so.")
        self.said.setText(text.format(gaps=", ".join(gaps)) if gaps else "")
        self.changed.emit()
