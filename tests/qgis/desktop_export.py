"""Run by the desktop: export layers to a package; cancelled, done, killed; from a job file."""

import os
import signal
from pathlib import Path

from desktop_meter import Meter
from desktop_steps import Play
from processes import workers
from qgis.core import QgsLayerMetadata, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog
from qgis.utils import iface, unloadPlugin  # noqa: TID251 - a script of the desktop

PLAY = Play()
METER = Meter()
ANSWER = PLAY.answer
LAYER, MAPPING, JOB = (os.environ[one] for one in ("LAYER", "MAPPING", "JOB"))
GRIDS = os.environ["GRIDS"]
FOLDER = Path(os.environ["FOLDER"])


class Browser(QObject):
    """Takes what would be opened in other programs."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @pyqtSlot(QUrl)
    def open(self, url):
        self.opened.append(url.toLocalFile())


BROWSER = Browser()


def shown():
    return iface.mainWindow().findChild(QDialog, "CommonplaceExport")


def prepared():
    """A project that says who it is, and a layer with a filter, an edit and a licence."""
    QDesktopServices.setUrlHandler("file", BROWSER, "open")
    project = QgsProject.instance()
    metadata = project.metadata()
    metadata.setTitle("Addresses of Amsterdam")
    metadata.setAbstract("Homes and workplaces with their house numbers.")
    metadata.setKeywords({"mine": ["addresses", "homes"], "gmd:topicCategory": ["location"]})
    metadata.setLanguage("NL")
    contact = QgsLayerMetadata.Contact("A Person")
    contact.organization, contact.email = "City of Amsterdam", "data@amsterdam.example"
    metadata.setContacts([contact])
    project.setMetadata(metadata)
    layer = QgsVectorLayer(LAYER, "verblijfsobjecten", "ogr")
    assert layer.isValid(), LAYER
    layer.setSubsetString("huisnummer < 60")
    said = layer.metadata()
    said.setLicenses(["CC0-1.0"])
    layer.setMetadata(said)
    boundary = QgsVectorLayer("Polygon?crs=EPSG:28992&field=name:string", "Boundary", "memory")
    project.addMapLayers([boundary, layer])
    layer.startEditing()
    first = next(layer.getFeatures())
    layer.deleteFeature(first.id())
    iface.setActiveLayer(layer)
    ANSWER["features"] = layer.featureCount()


def opener():
    return iface.mainWindow().findChild(QDialog, "CommonplaceOpenPackage")


def page(name):
    dialog = shown()
    dialog.pages.setCurrentWidget(getattr(dialog, name))


def cells():
    table = shown().coordinates.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def follow(thing):
    """Press the link of something that is still needed; where the focus is then."""
    shown().lacks.linkActivated.emit(thing)
    return shown().pages.currentWidget() is shown().about


def leftovers():
    """What an export that came to nothing left beside the package's folder."""
    return sorted(one.name for one in FOLDER.iterdir())


def filled():
    METER.start()
    iface.mainWindow().findChild(QAction, "CommonplaceExport").trigger()
    yield lambda: shown() is not None
    dialog = shown()
    ANSWER["ticked"] = [one.name() for one in dialog.data.chosen]
    ANSWER["listed"] = [
        dialog.data.list.item(row).text() for row in range(dialog.data.list.count())
    ]
    ANSWER["lacks"] = dialog.lacks.text()
    ANSWER["ready_empty"] = dialog.go.isEnabled()
    dialog.data.mapping.setFilePath(MAPPING)
    yield lambda: "Address" in dialog.data.reads.text()
    ANSWER["reads"] = dialog.data.reads.text()
    page("coordinates")
    yield cells
    ANSWER["without_grids"] = cells()
    ANSWER["todo"] = dialog.coordinates.said.text()
    dialog.coordinates.accuracy.setValue(0.1)
    yield lambda: cells() and cells() != ANSWER["without_grids"]
    ANSWER["demanded"] = cells()
    yield 300
    photographed("export-missing-grid")
    if GRIDS:
        dialog.coordinates.grids.setFilePath(GRIDS)
        yield lambda: cells() and cells() != ANSWER["demanded"]
        ANSWER["with_grids"] = cells()
        ANSWER["todo_with_grids"] = dialog.coordinates.said.text()
        photographed("export-with-grid")
    else:
        dialog.coordinates.accuracy.setValue(0)
    page("formats")
    ANSWER["formats"] = list(dialog.formats.chosen)
    ANSWER["about"] = vars(dialog.about.about)
    ANSWER["lacks_filled"] = dialog.lacks.text()
    ANSWER["went"] = follow("about/attribution")
    dialog.about.attribution.setText("© Kadaster")


def photographed(name):
    """A picture; what it takes isn't the plugin's."""
    METER.skip(PLAY.picture, name, shown())


def placed():
    """Folders that won't do, and one that does."""
    dialog = shown()
    ANSWER["places"] = []
    for folder in (FOLDER, Path(LAYER.partition("|")[0]), FOLDER / "package"):
        dialog.folder.setFilePath(str(folder))
        ANSWER["places"].append([dialog.place.text(), dialog.go.isEnabled()])
    yield 0


def run():
    dialog = shown()
    before = leftovers()
    dialog.go.click()
    yield lambda: dialog.bar.maximum() > 0 or dialog.step.text()
    yield workers
    photographed("export-running")
    ANSWER["busy"] = [dialog.pages.isEnabled(), dialog.go.isVisible(), dialog.stop.isVisible()]
    dialog.stop.click()
    yield dialog.said.isVisible
    ANSWER["cancelled"] = dialog.said.text()
    ANSWER["left_by_cancel"] = sorted(set(leftovers()) - set(before))
    dialog.go.click()
    yield dialog.said.isVisible
    ANSWER["done"] = dialog.said.text()
    ANSWER["opened"] = list(BROWSER.opened)
    ANSWER["buttons"] = [dialog.report.isVisible(), dialog.show_folder.isVisible()]
    dialog.open_package.click()
    yield lambda: opener() is not None and opener().open.isEnabled()
    ANSWER["looked_at"] = opener().path.text()
    opener().close()


def killed():
    """The engine dies: the package that was there stays."""
    dialog = shown()
    ANSWER["again"] = [dialog.replace.isVisible(), dialog.go.isEnabled()]
    dialog.replace.setChecked(True)
    manifest = FOLDER / "package" / "package.json"
    before = manifest.stat().st_mtime_ns
    mine = set(workers())
    dialog.go.click()
    starts = dialog.step.text()
    yield lambda: dialog.step.text() != starts
    for one in set(workers()) - mine:
        os.kill(one, signal.SIGKILL)
    yield dialog.said.isVisible
    ANSWER["killed"] = dialog.said.text()
    ANSWER["package_stays"] = manifest.stat().st_mtime_ns == before
    METER.stop()
    ANSWER["turn"] = {"most": METER.most, "at": METER.at}


def by_job():
    dialog = shown()
    page("data")
    dialog.data.by_job.setChecked(True)
    dialog.data.job.setFilePath(JOB)
    dialog.folder.setFilePath("")
    ANSWER["job_ready"] = dialog.go.isEnabled()
    ANSWER["job_tabs"] = [dialog.pages.isTabEnabled(number) for number in range(4)]
    photographed("export-job")
    dialog.formats.own.setChecked(True)
    for name, box in dialog.formats.boxes.items():
        box.setChecked(name == "csv")
    dialog.go.click()
    yield dialog.said.isVisible
    ANSWER["job_done"] = dialog.said.text()


def play():
    prepared()
    yield 500
    yield from filled()
    yield from placed()
    yield from run()
    yield from killed()
    yield from by_job()
    unloadPlugin("commonplace_qgis")
    yield lambda: not workers()
    QApplication.processEvents()
    ANSWER["dialog_left"] = shown() is not None
    ANSWER["actions_left"] = [
        one.objectName()
        for one in iface.mainWindow().findChildren(QAction)
        if one.objectName().startswith("CommonplaceExport")
    ]


PLAY.later(1500, lambda: PLAY.walk(play()))
