"""The worker as a process: what is said, and what is left, however a job ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from commonplace.worker.protocol import LARGEST_MESSAGE, PROTOCOL
from faces.worker_client import REAL, Client, Message


@pytest.fixture
def worker(start: Callable[..., Client]) -> Client:
    """A fake worker that has said hello."""
    client = start()
    assert client.hear()["type"] == "hello"
    return client


def gone(pid: int, within: float = 5.0) -> bool:
    """Whether the process ends (or is a zombie nobody waits for) in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def test_real_worker_says_hello_and_ends_with_stdin(start: Callable[..., Client]) -> None:
    client = start(REAL)
    hello = client.hear()
    assert hello["protocol"] == PROTOCOL
    assert hello["engine"]
    assert hello["pid"] == client.process.pid
    assert client.end() == 0


def test_supervisor_starts_without_the_engine(root: Path) -> None:
    """Saying hello must not wait for pyarrow and its like."""
    code = "import sys, commonplace.worker.supervisor; assert 'pyarrow' not in sys.modules"
    subprocess.run([sys.executable, "-I", "-c", code], check=True)


def test_job_is_relayed_with_its_id(worker: Client) -> None:
    worker.run("quick", 7)
    progress, message, result = worker.hear(), worker.hear(), worker.hear()
    assert progress == {"type": "progress", "step": "map", "done": 1, "total": 1, "id": 7}
    assert message == {"type": "message", "text": "straße", "id": 7}
    assert result["done"]
    assert result["id"] == 7
    assert result["pid"] != worker.process.pid


def test_each_request_has_a_child_and_several_run_at_once(worker: Client) -> None:
    worker.run("patient", 1)
    worker.run("quick", 2)
    assert worker.answer(2)["done"]
    worker.say({"type": "cancel", "id": 1})
    assert worker.answer(1)["code"] == "CANCELLED"


def test_more_than_the_allowed_requests_are_refused(worker: Client) -> None:
    for number in range(4):
        worker.run("patient", number)
    worker.run("patient", 4)
    assert worker.answer(4)["code"] == "WORKER_PROTOCOL"


@pytest.mark.parametrize(
    ("play", "least", "most"), [("patient", 0, 0.9), ("deaf", 0.9, 3.5), ("stone", 1.9, 7.0)]
)
def test_cancel_asks_then_interrupts_then_ends(
    worker: Client, play: str, least: float, most: float
) -> None:
    worker.run(play)
    begun = worker.hear()
    start = time.monotonic()
    worker.say({"type": "cancel", "id": 1})
    answer = worker.answer()
    assert answer["code"] == "CANCELLED"
    assert answer["exit_code"] == 130
    assert least <= time.monotonic() - start <= most
    if play == "stone":
        assert all(gone(int(pid)) for pid in begun["text"].split())


@pytest.mark.parametrize("how", ["stdin", "shutdown", "kill"])
def test_no_process_is_left_when_the_supervisor_ends(worker: Client, how: str) -> None:
    worker.run("stone")
    pids = [int(pid) for pid in worker.hear()["text"].split()]
    if how == "kill":
        worker.process.send_signal(signal.SIGKILL)
        # The grandchild is the play's own and not tied to its parent as the engine's are.
        psutil.Process(pids.pop()).kill()
    elif how == "shutdown":
        worker.say({"type": "shutdown"})
        assert worker.process.wait(timeout=5) == 0
    else:
        assert worker.end() == 0
    assert all(gone(pid) for pid in pids)
    worker.process.wait(timeout=5)


def test_what_a_finished_job_leaves_is_ended(worker: Client) -> None:
    worker.run("lingering")
    assert gone(worker.answer()["left"])


def test_native_prints_go_to_the_log(worker: Client) -> None:
    worker.run("noisy")
    assert worker.answer()["done"]
    worker.end()
    log = worker.errors.read_text()
    assert "forged" in log
    assert "also a child's" in log


@pytest.mark.parametrize(
    ("play", "told"), [("crash", "SIGSEGV"), ("bug", "exit code 1"), ("tardy", "exit code 3")]
)
def test_a_dead_child_is_an_error_and_the_worker_lives(
    worker: Client, play: str, told: str
) -> None:
    worker.run(play)
    answer = worker.answer()
    assert answer["code"] == "WORKER_DIED"
    assert told in answer["message"]
    worker.run("quick")
    assert worker.answer()["done"]


@pytest.mark.parametrize(
    ("play", "code", "exit_code"),
    [("full", "OUTPUT_DISK_FULL", 7), ("rejected", "TOO_MANY_REJECTED", 6)],
)
def test_errors_keep_code_and_exit_code(
    worker: Client, play: str, code: str, exit_code: int
) -> None:
    worker.run(play)
    answer = worker.answer()
    assert (answer["code"], answer["exit_code"]) == (code, exit_code)


def test_a_bug_leaves_its_traceback_in_the_log(worker: Client) -> None:
    worker.run("bug")
    worker.answer()
    worker.end()
    assert "ZeroDivisionError" in worker.errors.read_text()


def test_progress_is_rate_limited_and_ends_at_the_end(worker: Client) -> None:
    worker.run("chatty")
    heard = []
    while (message := worker.hear())["type"] == "progress":
        heard.append(message["done"])
    assert heard[0] == 0
    assert heard[-1] == 20_000
    assert len(heard) < 50


def test_an_answer_too_large_is_an_error(worker: Client) -> None:
    worker.run("huge")
    assert worker.answer()["code"] == "WORKER_PROTOCOL"


@pytest.mark.parametrize(
    "request_",
    [
        b"not JSON",
        b"[1]",
        b'{"type": 5}',
        b"\xff\xfe",
        b"[" * 100_000,
        {"type": "dance", "id": 1},
        {"type": "run", "job": "{}", "folder": "/"},
        {"type": "run", "id": 1, "folder": "/"},
        {"type": "run", "id": 1, "job": {}, "folder": "/"},
        {"type": "run", "id": 1, "job": "", "folder": "/", "overrides": {"crs.target": 4258}},
        {"type": "run", "id": {"a": 1}, "job": "", "folder": "/"},
    ],
)
def test_what_is_not_of_the_protocol_is_refused(worker: Client, request_: Message | bytes) -> None:
    worker.say(request_)
    assert worker.hear()["code"] == "WORKER_PROTOCOL"
    worker.run("quick")
    assert worker.answer()["done"]


def test_an_oversized_message_is_skipped(worker: Client) -> None:
    worker.say(b'{"type": "run", "job": "' + b"x" * LARGEST_MESSAGE + b'"}')
    assert worker.hear()["code"] == "WORKER_PROTOCOL"
    worker.run("quick")
    assert worker.answer()["done"]


def test_children_are_isolated(worker: Client) -> None:
    worker.run("quick")
    assert worker.answer()["flags"] == 1


def test_a_second_request_under_a_running_id_is_refused(worker: Client) -> None:
    worker.run("patient", 1)
    assert worker.hear()["type"] == "progress"
    worker.run("quick", 1)
    answer = worker.answer()
    assert answer["code"] == "WORKER_PROTOCOL"


def test_cancelling_what_does_not_run_is_nothing(worker: Client) -> None:
    worker.say({"type": "cancel", "id": 99})
    worker.run("quick")
    assert worker.answer()["done"]
