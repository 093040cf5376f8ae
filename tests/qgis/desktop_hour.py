"""Run by the desktop: a planner's first hour, over a town that servers on loopback hold.

Every dialog is opened, filled, judged by ``desktop_looks`` and photographed for the guide.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from commonplace_qgis.connections import Connection
from desktop_looks import faults
from desktop_steps import Play
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QPoint, QRect, Qt
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtWidgets import QAction, QDialog, QDockWidget, QMenu, QTreeView
from qgis.utils import iface  # noqa: TID251 - a script of the desktop, not the plugin

PLAY = Play()
ANSWER = PLAY.answer
SERVICE, BROKER = os.environ["SERVICE"], os.environ["BROKER"]
FOLDER = Path(os.environ["FOLDER"])
PACKAGE, MAPPING, DELIVERED = (FOLDER / one for one in ("package", "buildings.yaml", "other.gml"))
COLOURS = {
    "zoning": "#e8e4d8",
    "streets": "#ffffff",
    "buildings": "#b5651d",
    "trees": "#4c8c4a",
}
IDS = "=gebaeude_id"
CODES = "ConditionOfConstructionValue/"
POSITIONS = re.compile(r"(<gml:posList[^>]*>)(\S+ \S+) (\S+ \S+) (\S+ \S+) ")


def dialog(name, parent=None):
    return (parent or iface.mainWindow()).findChild(QDialog, name)


def dock(name):
    return iface.mainWindow().findChild(QDockWidget, name)


def trigger(name):
    iface.mainWindow().findChild(QAction, name).trigger()


def seen(name, widget):
    """Judge a dialog, and photograph it."""
    PLAY.picture(name, widget)
    ANSWER.setdefault("seen", {})[name] = list(faults(widget))


def characters(number):
    return iface.mainWindow().fontMetrics().averageCharWidth() * number


def close_panels():
    """Leave only the layers beside the map, and no messages above it."""
    for one in iface.mainWindow().findChildren(QDockWidget):
        if one.objectName() != "Layers":
            one.close()
    iface.messageBar().clearWidgets()


def hour():
    yield from begun()
    yield from engine()
    yield from connected()
    yield from browsed()
    yield from followed()
    yield from harmonised()
    yield from exported()
    yield from opened()
    yield from validated()


def begun():
    if "THEME" in os.environ:
        QgsApplication.setUITheme(os.environ["THEME"])
    window = iface.mainWindow()
    window.setGeometry(window.screen().geometry())
    close_panels()
    window.resizeDocks([dock("Layers")], [characters(46)], Qt.Orientation.Horizontal)
    yield 500
    plugins = iface.pluginMenu()
    place = QPoint(characters(30), window.menuBar().height())
    plugins.popup(window.menuBar().mapToGlobal(place))
    menu = plugins.findChild(QMenu, "CommonplaceMenu")
    plugins.setActiveAction(menu.menuAction())
    yield 500
    below = menu.geometry().bottomRight() + QPoint(characters(4), characters(4))
    PLAY.screen("menu", QRect(QPoint(0, 0), below))
    menu.close()
    plugins.close()


def engine():
    stated = os.environ.pop("COMMONPLACE_PYTHON")
    trigger("CommonplaceSetUpEngine")
    shown = dialog("CommonplaceSetup")
    yield shown.go.isEnabled
    seen("engine-setup", shown)
    shown.reject()
    os.environ["COMMONPLACE_PYTHON"] = stated
    yield 200


def connected():
    trigger("CommonplaceConnect")
    yield lambda: dialog("CommonplaceConnect") is not None
    shown = dialog("CommonplaceConnect")
    shown.address.setText(SERVICE)
    shown.look.click()
    yield lambda: shown.table.rowCount() > 0
    rows = {
        shown.table.item(row, 0).data(Qt.ItemDataRole.UserRole): row
        for row in range(shown.table.rowCount())
    }
    shown.table.selectRow(rows["buildings"])
    yield 300
    seen("connect-dialog", shown)
    for name in COLOURS:
        before = set(QgsProject.instance().mapLayers())
        shown.table.selectRow(rows[name])
        shown.add.click()
        yield lambda before=before: len(QgsProject.instance().mapLayers()) > len(before)
        (added,) = set(QgsProject.instance().mapLayers()) - before
        colour(QgsProject.instance().mapLayer(added), name)
    yield 1000
    shown.saved.emit(Connection("Lindenau", SERVICE))
    shown.close()
    close_panels()
    yield 1000
    PLAY.picture("map", None)


def colour(layer, name):
    """What a planner may have chosen, the same in each picture."""
    symbol = layer.renderer().symbol()
    symbol.setColor(QColor(COLOURS[name]))
    if name == "trees":
        symbol.setSize(1.2)
        symbol.symbolLayer(0).setStrokeStyle(Qt.PenStyle.NoPen)
    layer.setCustomProperty("town", name)
    layer.triggerRepaint()
    iface.layerTreeView().refreshLayerSymbology(layer.id())


def town(name):
    layers = QgsProject.instance().mapLayers().values()
    return next(one for one in layers if one.customProperty("town") == name)


def browsed():
    """*Commonplace* in the Browser panel, and below it the connection that was saved."""
    panel = dock("Browser")
    panel.show()
    panel.raise_()
    heights = [characters(64), characters(40)]
    iface.mainWindow().resizeDocks([panel, dock("Layers")], heights, Qt.Orientation.Vertical)
    yield 300
    (view,) = [one for one in panel.findChildren(QTreeView) if one.isVisible()]

    def row(parent, name):
        model = view.model()
        indexes = [model.index(n, 0, parent) for n in range(model.rowCount(parent))]
        return next((one for one in indexes if one.data() == name), None)

    def saved():
        root = row(view.rootIndex(), "Commonplace")
        return root and row(root, "Lindenau")

    yield saved
    view.expand(row(view.rootIndex(), "Commonplace"))
    yield 300
    view.expand(saved())
    yield lambda: view.model().rowCount(saved()) > 1
    view.scrollTo(row(view.rootIndex(), "Commonplace"), QTreeView.ScrollHint.PositionAtTop)
    yield 500
    PLAY.picture("browser", panel)
    panel.close()


def followed():
    """The town's sensors, kept in step with their broker."""
    trigger("CommonplaceConnect")
    yield lambda: dialog("CommonplaceConnect") is not None
    shown = dialog("CommonplaceConnect")
    shown.address.setText(BROKER)
    shown.look.click()
    yield lambda: shown.table.rowCount() > 0
    before = set(QgsProject.instance().mapLayers())
    shown.table.selectRow(0)
    shown.add.click()
    yield lambda: set(QgsProject.instance().mapLayers()) > before
    yield 1500  # the rest is loaded
    shown.close()
    (added,) = set(QgsProject.instance().mapLayers()) - before
    layer = QgsProject.instance().mapLayer(added)
    layer.renderer().symbol().setSize(4)
    layer.renderer().symbol().setColor(QColor("#2a6f97"))
    iface.layerTreeView().setCurrentLayer(layer)
    loaded = layer.source()
    yield 300
    trigger("CommonplaceFollow")
    yield lambda: layer.source() != loaded
    yield 1500
    close_panels()
    yield 500
    PLAY.picture("connect-follow", None)
    QgsProject.instance().removeMapLayer(layer)
    yield 500


def harmonised():
    iface.setActiveLayer(town("buildings"))
    trigger("CommonplaceHarmonise")
    yield lambda: dialog("CommonplaceLayers") is not None
    seen("harmonise-layers", dialog("CommonplaceLayers"))
    dialog("CommonplaceLayers").accept()
    yield lambda: dialog("CommonplaceHarmonise") is not None
    shown, previews = dialog("CommonplaceHarmonise"), []
    ANSWER["failed"] = []
    shown.editor.previewed.connect(previews.append)
    shown.editor.failed.connect(ANSWER["failed"].append)

    def again():
        count = len(previews)
        return lambda: len(previews) > count or ANSWER["failed"]

    yield again()
    yield 500
    seen("harmonise-window", shown)
    yield from typed(shown)
    yield from codes(shown)
    waiting = again()
    shown.heads[0].setText("IT.LINDENAU.BU")
    shown.heads[0].editingFinished.emit()
    put(shown, next(one.label for one in rows_of(shown) if "inspireId" in one.label), IDS)
    yield waiting
    yield from expression(shown)
    for row in rows_of(shown):
        if row.note is not None and row.note.todo:
            shown.editor.agree(next(one for one in rows_of(shown) if one.label == row.label))
    waiting, saved = again(), []
    shown.leave_out()
    yield waiting
    shown.editor.save(MAPPING, lambda: saved.append(True))
    yield lambda: saved
    shown.bar.clearWidgets()
    yield 1000
    seen("harmonise-ready", shown)
    ANSWER["problems"] = previews[-1]["problems"]


def rows_of(shown):
    return [shown.model.row_at(shown.model.index(n, 0)) for n in range(shown.model.rowCount())]


def put(shown, label, text):
    """Type a value into a row."""
    number = shown.model.find(label)
    shown._select(number)
    shown.model.setData(shown.model.index(number, 2), text)


def typed(shown):
    """The target type, by a word."""
    shown.type_action.trigger()
    types = dialog("CommonplaceTypes", shown)
    types.words.setText("Gebäude")
    types.words.textEdited.emit("Gebäude")
    yield lambda: 0 < types.list.topLevelItemCount() < 40
    yield 300
    seen("harmonise-types", types)
    types.reject()


def codes(shown):
    """What the values of a column mean."""
    shown._select(shown.model.find("conditionOfConstruction"))
    shown.codes_action.trigger()
    yield lambda: dialog("CommonplaceCodes", shown) is not None
    yield 300
    seen("harmonise-codes", dialog("CommonplaceCodes", shown))
    dialog("CommonplaceCodes", shown).accept()


def expression(shown):
    """An expression that has no place in a document."""
    shown.every.setChecked(True)
    put(shown, "numberOfBuildingUnits", "$area")
    yield 500
    seen("harmonise-expression", shown)
    shown.every.setChecked(False)


def exported():
    dialog("CommonplaceHarmonise").export_action.trigger()
    yield lambda: dialog("CommonplaceExport") is not None
    form = dialog("CommonplaceExport")
    yield lambda: form.data.reads.text() and form.coordinates.table.rowCount()
    form.folder.setFilePath(str(PACKAGE))
    yield 300
    seen("export-data", form)
    form.about.title.setText("Gebäude von Lindenau")
    form.about.abstract.setPlainText("Gebäude der erfundenen Gemeinde Lindenau / Tigliano.")
    form.about.keywords.setText("Gebäude, edifici")
    form.about.licence.setCurrentText("CC-BY-4.0")
    form.about.attribution.setText("Gemeinde Lindenau")
    form.about.organisation.setText("Gemeinde Lindenau")
    form.about.email.setText("geodaten@lindenau.example")
    form.about.lineage.setPlainText("Vermessene Umrisse; Nutzung und Geschosse aus dem Register.")
    for name in ("coordinates", "formats", "about"):
        form.pages.setCurrentWidget(getattr(form, name))
        yield 300
        seen(f"export-{name}", form)
    form.go.click()
    yield form.report.isVisible
    yield 300
    seen("export-done", form)
    ANSWER["exported"] = form.said.text()
    photograph_report()
    form.close()
    dialog("CommonplaceHarmonise").close()
    yield 300


def photograph_report():
    """As a browser shows it; there is none on some machines."""
    if shutil.which("chromium"):
        page, made = PACKAGE / "report.html", FOLDER / "report.png"
        subprocess.run(
            [
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *("--window-size=1100,1150", f"--screenshot={made}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
            timeout=90,
        )
        PLAY.keep("report", QImage(str(made)))


def opened():
    for name in ("buildings", "trees"):
        QgsProject.instance().removeMapLayer(town(name))
    trigger("CommonplaceOpenPackage")
    yield lambda: dialog("CommonplaceOpenPackage") is not None
    shown = dialog("CommonplaceOpenPackage")
    shown.look_at(PACKAGE)
    yield shown.open.isEnabled
    yield 300
    seen("open-package", shown)
    before = len(QgsProject.instance().mapLayers())
    shown.open.click()
    yield lambda: len(QgsProject.instance().mapLayers()) > before
    yield 1500
    close_panels()
    yield 1000
    PLAY.picture("open-package-map", None)
    ANSWER["layers"] = [one.name() for one in QgsProject.instance().mapLayers().values()]


def deliver():
    """Data of others, with faults: codes written wrongly, an id twice, outlines that cross."""
    (made,) = (PACKAGE / "data").glob("*.gml")
    text = made.read_text(encoding="utf-8").replace(f"{CODES}declined", f"{CODES}Declined")
    first, second = re.findall(r'gml:id="(Building\.[^"]+)"', text)[:2]
    text = text.replace(f'gml:id="{second}"', f'gml:id="{first}"', 1)
    parts = text.split("</gml:posList>")
    for number in (4, 60, 120):
        parts[number] = POSITIONS.sub(r"\1\2 \4 \3 ", parts[number])
    DELIVERED.write_text("</gml:posList>".join(parts), encoding="utf-8")


def validated():
    deliver()
    trigger("CommonplaceValidate")
    yield lambda: dialog("CommonplaceValidate") is not None
    shown = dialog("CommonplaceValidate")
    for row in range(shown.list.count()):
        shown.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    shown.add([str(DELIVERED)])
    yield 300
    seen("validate-dialog", shown)
    shown.go.click()
    yield lambda: dock("CommonplaceFindingsDock") is not None
    panel = dock("CommonplaceFindingsDock")
    yield lambda: panel.list.count() > 1
    ANSWER["rules"] = [panel.list.item(row).text() for row in range(panel.list.count())]
    row = next(n for n, text in enumerate(ANSWER["rules"]) if "GEOMETRY" in text or "RING" in text)
    panel.list.setCurrentRow(row)
    panel.table.selectRow(0)
    panel.table.clicked.emit(panel.table.currentIndex())
    yield lambda: panel.knows_rules
    yield 1000
    iface.messageBar().clearWidgets()
    seen("findings-panel", panel)
    yield 300
    panel.table.clicked.emit(panel.table.currentIndex())
    yield 500  # while the place is flashed
    PLAY.picture("findings", None)


PLAY.later(1500, lambda: PLAY.walk(hour()))
