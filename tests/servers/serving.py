"""``commonplace serve`` as its user starts it: a process on loopback that ends on Ctrl-C."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 120.0


@contextmanager
def serve_package(package: Path, *arguments: str) -> Iterator[str]:
    """Run it on a free port; gives its address. Fails where it ends otherwise than well."""
    program = str(Path(sys.executable).with_name("commonplace"))
    command = [program, "serve", str(package), "--port", "0", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield _address(process)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert process.returncode == 0, err


def _address(process: subprocess.Popen[str]) -> str:
    """The first word that it prints, once it is ready."""
    assert process.stdout is not None
    said: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=lambda out=process.stdout: said.put(out.readline()))
    reader.start()
    try:
        line = said.get(timeout=PATIENCE)
    except queue.Empty:
        process.kill()
        line = ""
    reader.join()
    if not line.startswith("http"):
        pytest.fail(f"it did not start: {line}{process.communicate()[1]}")
    return line.split()[0]
