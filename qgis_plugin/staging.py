"""A request to the engine over layers of the project, which are written for it first."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from qgis.core import QgsFeedback

from .engine import EngineError, Message
from .session import LayerNotWritten, LayerWriter
from .tasks import EngineTask
from .texts import not_written


class StagingTask(EngineTask):
    """Writes layers into a folder, has the engine work on it, and removes it.

    The writers are made in the main thread, where they take snapshots of their layers.
    """

    def __init__(
        self, description: str, folder: Path, writers: Sequence[LayerWriter], request: Message
    ) -> None:
        super().__init__(description, self._written)
        self._folder = folder
        self._writers = writers
        self._message = request
        self._feedback = QgsFeedback()

    def _written(self) -> Message:
        """In the task's thread: the request, once the layers are there."""
        if self._writers:
            self._folder.mkdir(mode=0o700)
        for writer in self._writers:
            try:
                writer.write(self._feedback)
            except LayerNotWritten as error:
                raise EngineError("LAYER_NOT_WRITTEN", not_written(error)) from error
            if self.isCanceled():
                raise EngineError("CANCELLED", "cancelled", exit_code=130)
        return self._message

    def run(self) -> bool:
        """In the task's thread."""
        try:
            return super().run()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def cancel(self) -> None:
        """Stop writing, or the engine."""
        self._feedback.cancel()
        super().cancel()


def new_folder() -> Path:
    """The name of a folder that layers cross in, not yet made: nobody else's."""
    return Path(tempfile.gettempdir(), f"commonplace-{uuid4().hex}")
