"""Run by the desktop: harmonise a layer, from its choice to the form of the export."""

import json
import os
import time
from pathlib import Path

from desktop_meter import Meter
from desktop_steps import Play
from processes import children
from qgis.core import QgsField, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QVariant
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QComboBox, QDialog
from qgis.utils import iface, unloadPlugin  # noqa: TID251 - a script of the desktop

PLAY = Play()
SAVED = os.environ["SAVED"]
SEEN = []
FAILED = []
STATE = {}
METER = Meter()


def photographed(name, widget):
    """A picture; what it takes isn't the plugin's."""
    METER.skip(PLAY.picture, name, widget)


def found(name, parent=None):
    return (parent or iface.mainWindow()).findChild(QDialog, name)


def window():
    return found("CommonplaceHarmonise")


def darkened():
    """A dark palette, to see that nothing relies on a light one."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, "#2b2b2b"),
        (roles.WindowText, "#dddddd"),
        (roles.Base, "#1e1e1e"),
        (roles.AlternateBase, "#262626"),
        (roles.Text, "#dddddd"),
        (roles.Button, "#333333"),
        (roles.ButtonText, "#dddddd"),
        (roles.Highlight, "#3a6ea5"),
        (roles.HighlightedText, "#ffffff"),
        (roles.PlaceholderText, "#888888"),
    ):
        palette.setColor(role, QColor(colour))
    QApplication.setStyle("Fusion")
    QApplication.setPalette(palette)


def begun():
    if os.environ.get("DARK"):
        darkened()
    layer = QgsVectorLayer(os.environ["LAYER"], "Buildings of Olemps", "ogr")
    layer.setSubsetString("HAUTEUR > 0")
    layer.addExpressionField('"HAUTEUR" * 100', QgsField("height_cm", QVariant.Double))
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    STATE["features"] = layer.featureCount()
    iface.mainWindow().findChild(QAction, "CommonplaceHarmonise").trigger()
    PLAY.until(lambda: found("CommonplaceLayers") is not None, chosen)


def chosen():
    dialog = found("CommonplaceLayers")
    PLAY.answer["ticked"] = [one.name() for one in dialog.chosen]
    photographed("harmonise-layers", dialog)
    STATE["began"] = time.monotonic()
    METER.start()
    dialog.accept()
    PLAY.until(lambda: window() is not None, opened)


def opened():
    editor = window().editor
    editor.previewed.connect(SEEN.append)
    editor.failed.connect(FAILED.append)
    PLAY.until(lambda: SEEN or FAILED, suggested)


def suggested():
    shown = window()
    PLAY.answer["failed"] = list(FAILED)
    PLAY.answer["to_preview"] = time.monotonic() - STATE["began"]
    PLAY.answer["columns"] = shown.editor.columns(shown.editor.section)
    PLAY.answer["sections"] = list(shown.editor.document.sections)
    PLAY.answer["values"] = {
        shown.model.row_at(shown.model.index(number, 0)).label: shown.model.index(number, 2).data()
        for number in range(shown.model.rowCount())
    }
    PLAY.answer["previewed"] = SEEN[-1]["layers"][0]["rows"][0]["source"]
    photographed("harmonise-window", shown)
    expect(typed, edited)


def expect(act, step, shows=lambda _answer: True):
    """Do something, and a step once there is a preview of it, which shows it."""
    before = len(SEEN)
    STATE["acted"] = time.monotonic()
    act()
    PLAY.until(lambda: len(SEEN) > before and shows(SEEN[-1]), step)


def put(label, text):
    """Type a value into the table's row."""
    shown = window()
    shown.every.setChecked(True)
    number = shown.model.find(label)
    assert number >= 0, label
    shown._select(number)
    shown.model.setData(shown.model.index(number, 2), text)


def typed():
    put("name", '"NATURE" || \' \' || to_string("height_cm")')


def edited():
    shown = window()
    PLAY.answer["to_preview_again"] = time.monotonic() - STATE["acted"]
    PLAY.answer["name"] = shown.editor.document.tree["Building"]["name"]
    (made,) = SEEN[-1]["layers"][0]["rows"][0]["objects"]
    PLAY.answer["made"] = made["properties"]["name"]
    put("numberOfBuildingUnits", "$area")
    PLAY.answer["refused"] = "numberOfBuildingUnits" not in shown.editor.document.tree["Building"]
    PLAY.later(300, explained)


def explained():
    shown = window()
    photographed("harmonise-expression", shown)
    put("inspireId.localId", "")
    PLAY.answer["taken"] = "inspireId.localId" not in shown.editor.document.tree["Building"]
    shown.editor.undo.undo()
    PLAY.answer["back"] = shown.editor.document.tree["Building"]["inspireId.localId"]
    shown.every.setChecked(False)
    shown._select(shown.model.find("conditionOfConstruction"))
    shown.codes_action.trigger()
    PLAY.until(lambda: found("CommonplaceCodes", shown) is not None, counted)


def counted():
    dialog = found("CommonplaceCodes", window())
    PLAY.answer["codes"] = dialog.codes
    PLAY.answer["counts"] = sum(
        int(dialog.table.item(row, 1).text()) for row in range(dialog.table.rowCount())
    )
    PLAY.answer["features"] = STATE["features"]
    PLAY.later(200, coded)


def coded():
    shown = window()
    dialog = found("CommonplaceCodes", shown)
    photographed("harmonise-codes", dialog)
    dialog.table.item(0, 2).setText("ruin")
    expect(dialog.accept, recoded, lambda answer: state_of(answer).endswith("ruin"))


def state_of(answer):
    (made,) = answer["layers"][0]["rows"][0]["objects"]
    return str(made["properties"]["conditionOfConstruction"])


def recoded():
    shown = window()
    PLAY.answer["state"] = state_of(SEEN[-1])
    shown.type_action.trigger()
    dialog = found("CommonplaceTypes", shown)
    dialog.words.setText("bâtiment")
    dialog.words.textEdited.emit("bâtiment")
    PLAY.until(lambda: listed() and "Building" in listed()[0], searched)


def listed():
    found_types = found("CommonplaceTypes", window()).list
    names = [
        found_types.topLevelItem(number).text(0)
        for number in range(found_types.topLevelItemCount())
    ]
    return names if 0 < len(names) < 40 else []


def searched():
    dialog = found("CommonplaceTypes", window())
    PLAY.answer["types"] = listed()
    photographed("harmonise-types", dialog)
    dialog.list.setCurrentItem(dialog.list.topLevelItem(listed().index("BuildingPart")))
    expect(dialog.accept, retyped)


def retyped():
    shown = window()
    PLAY.answer["retyped"] = list(shown.editor.document.sections)
    shown.editor.undo.undo()
    PLAY.answer["untyped"] = list(shown.editor.document.sections)
    shown.heads[0].setText("FR.OLEMPS.BU")
    shown.heads[0].editingFinished.emit()
    shown.editor.agree(
        shown.model.row_at(shown.model.index(shown.model.find("geometry2D.geometry"), 0))
    )
    shown.leave_out()
    STATE["document"] = json.dumps(shown.editor.document.tree)
    shown.editor.save(Path(SAVED), lambda: PLAY.later(50, saved))


def saved():
    shown = window()
    PLAY.answer["title"] = shown.windowTitle()
    expect(lambda: shown.editor.load(Path(SAVED)), loaded)


def loaded():
    shown = window()
    PLAY.answer["same"] = json.dumps(shown.editor.document.tree) == STATE["document"]
    PLAY.answer["problems"] = SEEN[-1]["problems"]
    PLAY.answer["hidden"] = [
        type(one).__name__
        for one in (shown.table, shown.preview.source, shown.preview.object, shown.sections)
        if not one.accessibleName()
    ]
    PLAY.answer["turn"] = METER.stop()
    shown.activateWindow()
    shown.table.setFocus()
    shown._select(shown.model.find("numberOfDwellings"))
    PLAY.until(lambda: shown.isActiveWindow() and shown.table.hasFocus(), by_keys)


def by_keys():
    """F2, a value, Return; Del; Ctrl+Z: nothing else than keys."""
    shown = window()
    QTest.keyClick(shown.table, Qt.Key.Key_F2)
    editor = shown.table.findChild(QComboBox)
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "=NB_ETAGES")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    PLAY.until(lambda: dwellings() == "=NB_ETAGES" and shown.table.hasFocus(), deleted)


def dwellings():
    return window().editor.document.tree["Building"].get("numberOfDwellings")


def deleted():
    QTest.keyClick(window().table, Qt.Key.Key_Delete)
    PLAY.until(lambda: dwellings() is None, undone)


def undone():
    QTest.keyClick(window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    PLAY.until(lambda: dwellings() == "=NB_ETAGES", handed_over)


def handed_over():
    shown = window()
    shown.editor.undo.undo()
    shown.export_action.trigger()
    PLAY.until(exporting, exported)


def exporting():
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible() and one is not window()
    ]


def exported():
    (form,) = exporting()
    PLAY.answer["form"] = form.objectName()
    PLAY.answer["form_layers"] = [one.name() for one in form.data.chosen]
    PLAY.answer["form_mapping"] = form.data.mapping.filePath()
    form.close()
    PLAY.until(lambda: len(children("commonplace")) == 1, returned)


def returned():
    """Once the form's own worker is gone."""
    STATE["session"] = Path(window().editor.copies.source).parent
    PLAY.answer["worked"] = len(children("commonplace"))
    window().close()
    PLAY.until(lambda: not children("commonplace"), closed)


def closed():
    PLAY.answer["left"] = STATE["session"].exists()
    layer = next(iter(QgsProject.instance().mapLayers().values()))
    iface.layerTreeView().setCurrentLayer(layer)
    iface.mainWindow().findChild(QAction, "CommonplaceHarmoniseLayer").trigger()
    PLAY.until(lambda: window() is not None and children("commonplace"), unloaded)


def unloaded():
    unloadPlugin("commonplace_qgis")
    PLAY.until(lambda: not children("commonplace"), gone)


def gone():
    PLAY.answer["actions"] = [
        one.objectName()
        for one in iface.mainWindow().findChildren(QAction)
        if one.objectName().startswith("CommonplaceHarmonise")
    ]
    PLAY.answer["window"] = window() is not None
    PLAY.answer["sessions"] = [
        one.name for one in STATE["session"].parent.glob("commonplace-*") if one.is_dir()
    ]
    PLAY.end()


PLAY.later(2000, begun)
