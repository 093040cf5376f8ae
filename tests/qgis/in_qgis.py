"""Scenarios run by QGIS's own Python: ``in_qgis.py SCENARIO ANSWER ARGUMENTS``.

The answer is written as JSON; the process then ends without QGIS's teardown, so that
what is tested is the plugin and not the order in which Qt takes itself apart.
"""

import contextlib
import json
import os
import sys
import threading
import time
from pathlib import Path

import commonplace_qgis
from processes import children, workers
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from qgis.PyQt.QtCore import QLocale, QVariant
from scenarios_credentials import CREDENTIALS
from scenarios_export import EXPORT
from scenarios_findings import FINDINGS
from scenarios_packages import PACKAGES
from scenarios_tasks import TASKS
from scenarios_temporal import TEMPORAL

ALGORITHM = "commonplace:harmoniseandexport"


class Feedback(QgsProcessingFeedback):
    """Keeps what it is told."""

    def __init__(self):
        super().__init__(False)
        self.said = []

    def pushInfo(self, text):
        self.said.append(text)

    def pushWarning(self, text):
        self.said.append(text)

    def reportError(self, text, _fatal=False):
        self.said.append(text)


def run(parameters, feedback=None):
    """Run the algorithm; (results or None, error or None, what was said)."""
    import processing

    feedback = feedback or Feedback()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    try:
        results = processing.run(ALGORITHM, parameters, context=context, feedback=feedback)
    except QgsProcessingException as error:
        return {"error": str(error), "said": feedback.said}
    load = {uri: details.name for uri, details in context.layersToLoadOnCompletion().items()}
    return {"results": results, "said": feedback.said, "load": load}


def cancel(parameters, after):
    """Cancel from another thread after some seconds; how long the end took, and what is left."""
    feedback = Feedback()
    moments = {}

    def press():
        moments["cancelled"] = time.monotonic()
        feedback.cancel()

    timer = threading.Timer(after, press)
    timer.start()
    answer = run(parameters, feedback)
    answer["took"] = time.monotonic() - moments["cancelled"]
    answer["processes"] = [one.command for one in children()]
    return answer


def staging(folder):
    """Write layers with a filter, selection, virtual field, join and unsaved edits."""
    from commonplace_qgis.session import layer_writers

    houses = memory_layer("houses", ["height:integer", "key:string"], 10)
    names = memory_layer("names", ["key:string", "street:string"], 10)
    assert houses.setSubsetString("height < 8")
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(names)
    join.setJoinFieldName("key")
    join.setTargetFieldName("key")
    join.setUsingMemoryCache(True)
    houses.addJoin(join)
    houses.addExpressionField('"height" * 2', QgsField("double_height", QVariant.Int))
    houses.startEditing()
    feature = QgsFeature(houses.fields())
    feature.setAttribute("height", 99)
    feature.setGeometry(QgsGeometry.fromWkt("Point (5 5)"))
    houses.addFeature(feature)
    names.selectByIds([1, 2, 3])
    writers = layer_writers([houses, names], Path(folder), only_selected=True)
    for writer in writers:
        writer.write(Feedback())
    return [[writer.staged.table, list(writer.staged.names)] for writer in writers]


def memory_layer(name, fields, count):
    """A memory layer of points whose fields count upwards."""
    uri = "Point?crs=EPSG:25832&" + "&".join(f"field={one}" for one in fields)
    layer = QgsVectorLayer(uri, name, "memory")
    features = []
    for number in range(count):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number if "integer" in one else str(number) for one in fields])
        feature.setGeometry(QgsGeometry.fromWkt(f"Point ({number} 0)"))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer)
    return layer


def licensed(parameters, layer, licence, rights, filter_=""):
    """Run over one layer of the project that has a filter, a licence and rights of its own."""
    opened = QgsVectorLayer(layer, "any name", "ogr")
    assert opened.isValid(), layer
    metadata = opened.metadata()
    metadata.setLicenses([licence] if licence else [])
    metadata.setRights([rights] if rights else [])
    opened.setMetadata(metadata)
    opened.setSubsetString(filter_)
    QgsProject.instance().addMapLayer(opened)
    return run({**parameters, "LAYERS": [opened.id()]})


def unload():
    """Load, unload and load the plugin again; the providers there were each time."""
    registry = QgsApplication.processingRegistry()
    there = []
    plugin = commonplace_qgis.classFactory(None)
    for _ in range(2):
        plugin.initGui()
        there.append(registry.providerById("commonplace") is not None)
        plugin.unload()
        there.append(registry.providerById("commonplace") is not None)
    return there


def languages(locales):
    """An algorithm's name by each locale of QGIS's, with the plugin and after it is unloaded."""
    told = {}
    for locale in locales:
        QgsApplication.setLocale(QLocale(locale))
        plugin = commonplace_qgis.classFactory(None)
        plugin.initProcessing()
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
        shown = algorithm.displayName()
        plugin.unload()
        told[locale] = [shown, algorithm.displayName()]
    return told


def helps():
    """What each algorithm says of itself."""
    provider = QgsApplication.processingRegistry().providerById("commonplace")
    return {
        one.name(): {
            "help": one.shortHelpString(),
            "short": one.shortDescription(),
            "group": one.group(),
            "url": one.helpUrl(),
        }
        for one in provider.algorithms()
    }


def evaluate(columns, rows, expressions):
    """What QGIS makes of expressions over rows, and what the plugin writes for each."""
    from commonplace_qgis.expressions.translating import recognise
    from qgis.core import QgsExpression, QgsExpressionContext, QgsFields

    kinds = {"text": QVariant.String, "int": QVariant.Int, "real": QVariant.Double}
    fields = QgsFields()
    for name, kind in columns.items():
        fields.append(QgsField(name, kinds[kind]))
    context = QgsExpressionContext()
    context.setFields(fields)
    answers = []
    for row in rows:
        feature = QgsFeature(fields)
        feature.setAttributes([QVariant() if one is None else one for one in row])
        context.setFeature(feature)
        for text in expressions:
            expression = QgsExpression(text)
            value = expression.evaluate(context)
            value = None if isinstance(value, QVariant) and value.isNull() else value
            if hasattr(value, "toString"):
                value = value.toString("yyyy-MM-dd")
            wrong = expression.hasParserError() or expression.hasEvalError()
            found = recognise(text, list(columns))
            answers.append([row, text, None if wrong else value, found.text if found else None])
    return answers


def conversation():
    """Questions to one worker: answered, dropped, after its end, after the close."""
    import signal

    from commonplace_qgis.enginesession import EngineSession

    session = EngineSession()
    told = []

    def ask(name, message, kind=""):
        session.ask(
            message,
            lambda answer: told.append([name, sorted(answer)]),
            lambda text: told.append([name, text]),
            kind=kind,
        )

    def hear(count):
        deadline = time.monotonic() + 60
        while len(told) < count and time.monotonic() < deadline:
            QgsApplication.processEvents()
            time.sleep(0.01)

    search = {"type": "types", "text": "road"}
    ask("first", search)
    hear(1)
    for name in ("old", "older", "latest"):
        ask(name, search, kind="types")
    ask("wrong", {"type": "describe", "target": "nothing:Nothing"})
    hear(3)
    first = workers()
    os.kill(first[0], signal.SIGKILL)
    ask("killed", search)
    hear(4)
    ask("again", search)
    hear(5)
    again = workers()
    ask("late", search)
    session.close()
    began = time.monotonic()
    while time.monotonic() < began + 1:
        QgsApplication.processEvents()
    return {"told": told, "workers": [len(first), len(again), len(workers())]}


def copies():
    """What a window gets of a layer with many features, some of them unsaved."""
    from commonplace_qgis.dialogs.harmonise_staging import Copies
    from qgis.PyQt.QtCore import QObject

    layer = memory_layer("many", ["nr:integer"], 20_010)
    layer.setSubsetString("")
    layer.startEditing()
    first = next(layer.getFeatures())
    layer.changeAttributeValue(first.id(), 0, -5)
    seen = []
    parent = QObject()
    found = Copies(parent)
    found.ready.connect(lambda: seen.append(found.source))
    found.failed.connect(seen.append)
    told = {}

    def look(path):
        told["all"] = counted(path)

    found.when_whole(look)
    found.stage([layer], only_selected=False)
    while "all" not in told and len(seen) < 3:
        QgsApplication.processEvents()
    told["first"] = counted(seen[0])
    told["names"] = [Path(one).name for one in seen]
    told["columns"] = found.columns(found.layers[0])
    layer.selectByIds([one.id() for one in layer.getFeatures()][:7])
    del told["all"]
    found.stage([layer], only_selected=True)
    older = Path(seen[0]).parent
    while len(seen) < 2:
        QgsApplication.processEvents()
    told["selected"] = counted(seen[1])
    told["older"] = older.exists()
    found.close()
    deadline = time.monotonic() + 20
    while Path(seen[1]).parent.exists() and time.monotonic() < deadline:
        QgsApplication.processEvents()
    told["left"] = Path(seen[1]).parent.exists()
    return told


def counted(path):
    """Rows of the table ``many``, and its least number."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute("SELECT count(*), min(nr) FROM many").fetchone())


def conversation_without():
    """What a dialog hears where there is no engine."""
    from commonplace_qgis.enginesession import EngineSession

    session = EngineSession()
    told = []
    session.ask({"type": "types", "text": ""}, told.append, told.append)
    while not told:
        QgsApplication.processEvents()
    session.close()
    return told[0]


def connecting(folder, plugin):
    """What is decided about connections and the layers wanted of them."""
    from commonplace_qgis import connections as c
    from qgis.core import QgsSettings

    folder = Path(folder)
    wanted = c.Wanted(
        "https://example.org/", "trees", "ogcapi", "abc1234", "1.0,2.0,3.0,4.0", "EPSG:4326"
    )
    project = folder / "town.qgz"
    project.touch()
    files = []
    for _ in range(3):
        files.append(c.new_file("", folder, "a/b", files))
    beside = c.new_file(str(project), folder, "trees")
    layer = {"name": "trees", "title": None, "geometry_type": "Point", "count": 7}
    layer.update(count_is_estimate=True, crs="EPSG:4326", extent=[1, 2, 3, 4], licence=None)
    c.save(c.Connection("b", "https://b/", "x"))
    c.save(c.Connection("A", "https://example.org/a"))
    c.save(c.Connection("A", "https://example.org/b"))
    with contextlib.suppress(ValueError):
        c.save(c.Connection("secret", "https://example.org/?token=hush"))
    saved = [[one.name, one.address, one.authcfg] for one in c.saved()]
    secret = "hush" in str(QgsSettings().value(c.SETTING))
    c.remove("A")
    left = [one.name for one in c.saved()]
    c.remove("b")
    styles = Path(plugin) / "styles"
    style = c.style_of(["bu-core2d:Building"], styles)
    found = {"kind": "ngsild", "title": "The town", "layers": [{**layer, "licence": "CC0-1.0"}]}
    addresses = ("", "/no/such/file", "https://u:p@example.org/", "https://example.org/")
    return {
        "refused": [bool(c.refusal(one)) for one in addresses],
        "request": c.load_request(wanted, Path("x.gpkg")),
        "watch": c.watch_request(c.Wanted("http://b/", "T", "ngsild", "x", limit=3), Path("t")),
        "broker": c.load_request(c.Wanted("http://b/", "T", "ngsild"), Path("x.gpkg")),
        "read_again": c.wanted_of(c.wanted_text(wanted)) == wanted,
        "unreadable": c.wanted_of("[1]"),
        "files": [one.name for one in files] + [beside.parent.name],
        "cells": c.cells(layer),
        "said": c.said(found),
        "said_untitled": c.said({"kind": "new", "title": None, "layers": [layer]}),
        "style": style.name if style else None,
        "no_style": c.style_of(["trees"], styles),
        "saved": saved,
        "secret_kept": secret,
        "left": left,
    }


SCENARIOS = {
    one.__name__: one
    for one in (
        *CREDENTIALS,
        *EXPORT,
        *FINDINGS,
        *PACKAGES,
        *TASKS,
        *TEMPORAL,
        run,
        cancel,
        staging,
        licensed,
        unload,
        languages,
        helps,
        evaluate,
        conversation,
        conversation_without,
        copies,
        connecting,
    )
}


def main():
    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    plugin = commonplace_qgis.classFactory(None)
    if sys.argv[1] not in ("unload", "languages"):
        plugin.initProcessing()
    answer = SCENARIOS[sys.argv[1]](**json.loads(sys.argv[3]))
    Path(sys.argv[2]).write_text(json.dumps(answer, default=str))
    sys.stdout.flush()
    os._exit(0)


main()
