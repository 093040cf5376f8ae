"""What can be said about a dialog's looks without eyes: cut texts, nameless widgets, Tab's way."""

import re
from collections import Counter
from itertools import pairwise

from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QAction,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
COMPOSED = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QScrollBar)
KEY = re.compile(r"&(\w)")
HELP = "CommonplaceHelp"
SLACK = 1  # pixels: hints are rounded


def faults(window):
    """What is wrong with a window as it is shown, in words."""
    checks = (cut_texts, nameless, lost_order, doubled_keys, helpless)
    return [fault for check in checks for fault in check(window)]


def shown(window, kind):
    """The widgets of a kind that can be seen."""
    return [one for one in window.findChildren(kind) if one.isVisibleTo(window)]


def cut_texts(window):
    """Texts that have less room than they need."""
    for kind, text_of, is_cut in TEXTS:
        for one in shown(window, kind):
            if text_of(one) and is_cut(one):
                yield f"cut: {text_of(one)!r}"
    for header in shown(window, QHeaderView):
        if header.orientation() == Qt.Orientation.Horizontal and header.model() is not None:
            yield from _cut_titles(header)


def _cut_label(label):
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    return _too_small(label)


def _too_small(widget):
    wanted = widget.sizeHint()
    return wanted.width() > widget.width() + SLACK or wanted.height() > widget.height() + SLACK


def _cut_title(group):
    return group.minimumSizeHint().width() > group.width() + SLACK


def _cut_choice(box):
    room = box.width() - box.fontMetrics().lineSpacing()  # what the arrow leaves
    return not box.isEditable() and _width(box, box.currentText()) > room


def _cut_placeholder(line):
    return not line.text() and _width(line, line.placeholderText()) > line.width()


TEXTS = (
    (QLabel, QLabel.text, _cut_label),
    (QAbstractButton, QAbstractButton.text, _too_small),
    (QGroupBox, QGroupBox.title, _cut_title),
    (QComboBox, QComboBox.currentText, _cut_choice),
    (QLineEdit, QLineEdit.placeholderText, _cut_placeholder),
)


def _width(widget, text):
    return widget.fontMetrics().horizontalAdvance(text)


def _cut_titles(header):
    for section in range(header.count()):
        title = header.model().headerData(section, header.orientation()) or ""
        room = header.sectionSize(section)
        if not header.isSectionHidden(section) and _width(header, str(title)) > room:
            yield f"cut: {title!r}"


def nameless(window):
    """Widgets to work with that a screen reader can't name."""
    named = {id(one.buddy()) for one in window.findChildren(QLabel) if one.buddy() is not None}
    for one in shown(window, INTERACTIVE):
        if not _inner(one) and not _name(one, named, window):
            yield f"nameless: {type(one).__name__} {one.objectName()} in {_holder(one)}"


def _inner(widget):
    """Whether it is part of a widget that is named itself, or of a bar to scroll by."""
    parent = widget.parentWidget()
    return (
        isinstance(widget, QHeaderView)
        or isinstance(parent, COMPOSED)
        or widget.objectName().startswith("qt_")
    )


def _name(widget, named, window):
    """What a screen reader says; the parts of QGIS's own widgets go by the whole's name."""
    while widget is not None and widget is not window:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        said = widget.accessibleName() or text.strip(" .…") or widget.toolTip()
        if said or id(widget) in named:
            return said or "buddy"
        widget = widget.parentWidget()
        if widget is None or not type(widget).__name__.startswith("Qgs"):
            return ""
    return ""


def _holder(widget):
    return type(widget.parentWidget()).__name__


def lost_order(window):
    """Where Tab leads back up, though not to another column."""
    way = list(_tab_way(window))
    for one, following in pairwise(way):
        here, there = _place(one, window), _place(following, window)
        if there.bottom() < here.top() and there.left() < here.right():
            yield f"Tab: from {_told(one)} back to {_told(following)}"
    for one in shown(window, QAbstractItemView):
        if hasattr(one, "tabKeyNavigation") and one.tabKeyNavigation():
            yield f"Tab stays in {_told(one)}"


def _tab_way(window):
    """What Tab reaches, in its order; a dialog's own buttons at last."""
    one = window.nextInFocusChain()
    while one is not window:
        wanted = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        usable = one.isVisibleTo(window) and one.isEnabled() and one.window() is window
        if wanted and usable and not isinstance(one, QScrollArea):
            yield one
        one = one.nextInFocusChain()


def _place(widget, window):
    return widget.rect().translated(widget.mapTo(window, QPoint(0, 0)))


def _told(widget):
    text = widget.text() if isinstance(widget, (QAbstractButton, QLineEdit)) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text}"


def doubled_keys(window):
    """Letters that lead to two places with Alt."""
    texts = [one.text() for one in shown(window, QAbstractButton) if one.isEnabled()]
    texts += [one.text() for one in shown(window, QLabel) if one.buddy() is not None]
    texts += [one.tabText(n) for one in shown(window, QTabBar) for n in range(one.count())]
    keys = Counter(key.lower() for text in texts for key in KEY.findall(text))
    for key, count in keys.items():
        if count > 1:
            yield f"Alt+{key}: {[one for one in texts if f'&{key}' in one.lower()]}"


def helpless(window):
    """Where neither a button nor F1 leads into the guide."""
    buttons = [
        box.button(QDialogButtonBox.StandardButton.Help) for box in shown(window, QDialogButtonBox)
    ]
    keys = [action.shortcut().toString() for action in window.findChildren(QAction)]
    buttons += [one for one in shown(window, QToolButton) if one.objectName() == HELP]
    if not any(buttons) and "F1" not in keys:
        yield "no help"
