"""Speaks the worker's protocol by hand, for tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FAKE = (sys.executable, "-I", str(Path(__file__).with_name("fake_worker.py")))
REAL = (sys.executable, "-I", "-m", "commonplace.worker")

Message = dict[str, Any]


class Client:
    """Speaks the protocol by hand."""

    def __init__(self, command: tuple[str, ...], errors: Path) -> None:
        self.errors = errors
        with errors.open("wb") as stderr:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr
            )

    def say(self, message: Message | bytes) -> None:
        line = message if isinstance(message, bytes) else json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def run(self, play: str, request: int = 1, **job: Any) -> None:
        text = json.dumps({"play": play, **job})
        self.say({"type": "run", "id": request, "job": text, "folder": "/"})

    def hear(self) -> Message:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the worker ended: {self.errors.read_text()}"
        message: Message = json.loads(line)
        return message

    def answer(self, request: int = 1) -> Message:
        """The message that ends a request."""
        while True:
            message = self.hear()
            if message["type"] in ("result", "error") and message["id"] == request:
                return message

    def end(self) -> int:
        """Close stdin and wait."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        code = self.process.wait(timeout=10)
        self.process.stdout.close()
        return code
