"""A request to the engine over layers of the project, which are written for it first."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from qgis.core import QgsFeedback

from .engine import EngineError, Message
from .jobs import Choices, NoSuchLayer, job_document, job_text, match_layers
from .session import GEOPACKAGE, LayerNotWritten, LayerWriter
from .tasks import EngineTask
from .texts import no_such_layer, not_written, tr

Ask = Callable[[Message], Message]


class StagingTask(EngineTask):
    """Writes layers into a folder, has the engine work on it, and removes it.

    The writers are made in the main thread, where they take snapshots of their layers.
    """

    def __init__(
        self, description: str, folder: Path, writers: Sequence[LayerWriter], request: Message
    ) -> None:
        super().__init__(description, request)
        self.folder = folder
        self.writers = writers
        self._feedback = QgsFeedback()

    def run(self) -> bool:
        """In the task's thread."""
        try:
            return super().run()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def work(self, ask: Ask) -> Message:
        """In the task's thread: the request, once the layers are there."""
        self.write()
        return super().work(ask)

    def write(self) -> None:
        """Write the layers, where there are any.

        Raises
        ------
        EngineError
        """
        if self.writers:
            self.folder.mkdir(mode=0o700)
        try:
            write_layers(self.writers, self._feedback, lambda text: self.stepped.emit(text, 0, 0))
        except LayerNotWritten as error:
            raise EngineError("LAYER_NOT_WRITTEN", not_written(error)) from error

    def cancel(self) -> None:
        """Stop writing, or the engine."""
        self._feedback.cancel()
        super().cancel()


class ExportTask(StagingTask):
    """A package of layers of the project; ``told`` names layers that are left out."""

    def __init__(
        self, description: str, folder: Path, writers: Sequence[LayerWriter], choices: Choices
    ) -> None:
        super().__init__(description, folder, writers, {})
        self._choices = choices

    def work(self, ask: Ask) -> Message:
        """In the task's thread: what the mapping reads is written, then the job is run."""
        try:
            tables, unread = read_tables(self._choices.mapping, self.writers, ask)
        except NoSuchLayer as error:
            raise EngineError("LAYER_NOT_CHOSEN", no_such_layer(error)) from error
        for text in unread:
            self.told.emit(text)
        self.write()
        return ask(layers_request(self._choices, self.folder, tables))


def read_tables(
    mapping: Path, writers: Sequence[LayerWriter], ask: Ask
) -> tuple[dict[str, list[str]], list[str]]:
    """The tables that each feature type of a mapping reads; what to say of layers left out.

    Raises
    ------
    NoSuchLayer
    """
    document = {"document": mapping.read_text(encoding="utf-8"), "name": mapping.name}
    wanted = ask({"type": "check", **document})["layers"]
    staged = [writer.staged for writer in writers]
    tables = match_layers(wanted, staged)
    read = {table for names in tables.values() for table in names}
    text = tr("The mapping doesn't read layer {layer}: it is left out.")
    unread = [one for one in staged if read and one.table not in read]
    return tables, [text.format(layer=one.names[0]) for one in unread]


def write_layers(
    writers: Sequence[LayerWriter], feedback: QgsFeedback, step: Callable[[str], object]
) -> None:
    """Write layers for the engine.

    Raises
    ------
    LayerNotWritten
    EngineError
        It was cancelled.
    """
    for writer in writers:
        step(tr("Writing {layer}").format(layer=writer.staged.names[0]))
        writer.write(feedback)
        if feedback.isCanceled():
            raise EngineError("CANCELLED", "cancelled", exit_code=130)


def layers_request(choices: Choices, folder: Path, tables: Mapping[str, Sequence[str]]) -> Message:
    """The job over the layers that were written into a folder."""
    job = job_document(choices, folder / GEOPACKAGE, tables)
    return {"type": "run", "job": job_text(job), "folder": str(choices.mapping.parent)}


def new_folder() -> Path:
    """The name of a folder that layers cross in, not yet made: nobody else's."""
    return Path(tempfile.gettempdir(), f"commonplace-{uuid4().hex}")
