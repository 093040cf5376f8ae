"""Scenarios of ``in_qgis.py``: credentials of QGIS's authentication manager."""

import time

from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)


def authorise(master, configurations):
    """Put configurations into the profile's auth database; gives their ids by name."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword(master, True)
    ids = {}
    for name, (method, settings) in configurations.items():
        config = QgsAuthMethodConfig(method)
        config.setName(name)
        config.setConfigMap(settings)
        stored = manager.storeAuthenticationConfig(config)
        assert stored[0] if isinstance(stored, tuple) else stored
        ids[name] = (stored[1] if isinstance(stored, tuple) else config).id()
    return ids


def in_background(master, algorithm, forms):
    """Run an algorithm as the toolbox does: in a thread, beside the main thread's events."""
    assert QgsApplication.authManager().setMasterPassword(master, True)
    feedback, context, ended = QgsProcessingFeedback(), QgsProcessingContext(), []
    context.setProject(QgsProject.instance())
    for number, parameters in enumerate(forms):
        found = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
        task = QgsProcessingAlgRunnerTask(found, parameters, context, feedback)
        task.executed.connect(lambda right, results: ended.append([right, results]))
        QgsApplication.taskManager().addTask(task)
        deadline = time.monotonic() + 90
        while len(ended) == number and time.monotonic() < deadline:
            QgsApplication.processEvents()
            time.sleep(0.01)
    return {"ended": ended, "said": feedback.textLog()}


CREDENTIALS = (authorise, in_background)
