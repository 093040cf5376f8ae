"""A process of ours ends quickly, and loses nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEGIN = "import atexit, sys, threading, time\nfrom commonplace.startup import leave\n"


def _end(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BEGIN + script], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("code", [0, 3])
def test_what_was_printed_is_there_and_the_code_is_said(code: int) -> None:
    ended = _end(f"print('said' * 50_000)\nprint('told', file=sys.stderr)\nleave({code})")
    assert (ended.returncode, len(ended.stdout), ended.stderr) == (code, 200_001, "told\n")


def test_what_is_registered_for_the_end_is_called() -> None:
    assert _end("atexit.register(print, 'end')\nleave(0)").stdout == "end\n"


def test_threads_at_work_are_waited_for() -> None:
    script = "threading.Thread(target=lambda: (time.sleep(0.3), print('done'))).start()\nleave(0)"
    assert _end(script).stdout == "done\n"


def test_python_does_not_take_apart_what_was_imported() -> None:
    script = "class Last:\n    def __del__(self): print('taken apart')\nlast = Last()\n"
    assert _end(script).stdout == "taken apart\n"
    assert _end(script + "leave(0)").stdout == ""
