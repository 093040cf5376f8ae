"""Parts in processes: limits hold, cancelling works, nothing is left running."""

from __future__ import annotations

import os
from dataclasses import dataclass
from queue import Queue
from typing import cast

import psutil
import pytest
from pebble import ProcessPool

from commonplace.errors import Cancelled, LimitExceeded, MappingError
from commonplace.executor import Limits, LocalExecutor, _join
from commonplace.report import Silent

PARTS = "support.parts"

LIMITS = Limits(workers=2, seconds=20, memory_mb=512)


def workers() -> list[psutil.Process]:
    """The processes that run parts: not Python's own helpers, which stay."""
    me = psutil.Process()
    return [
        one
        for one in me.children(recursive=True)
        if one.ppid() != me.pid or not any("multiprocessing" in word for word in one.cmdline())
    ]


@dataclass
class Impatient(Silent):
    """Cancels at the second question."""

    asked: int = 0

    def cancelled(self) -> bool:
        self.asked += 1
        return self.asked > 1


def test_parts_run_in_other_processes_and_all_come_back() -> None:
    with LocalExecutor(f"{PARTS}:square", LIMITS, Silent()) as executor:
        for number in range(20):
            executor.submit(number)
        results = list(executor.results(block=True))
    assert sorted(one for one, _ in results) == [n * n for n in range(20)]
    assert os.getpid() not in {pid for _, pid in results}


def test_a_part_that_never_ends_is_ended() -> None:
    limits = Limits(workers=1, seconds=1, memory_mb=512)
    with (
        pytest.raises(LimitExceeded),
        LocalExecutor(f"{PARTS}:sleep_for_ever", limits, Silent()) as executor,
    ):
        executor.submit(1)
        list(executor.results(block=True))
    assert workers() == []


def test_a_part_that_fills_memory_is_ended() -> None:
    with (
        pytest.raises(LimitExceeded),
        LocalExecutor(f"{PARTS}:fill_memory", LIMITS, Silent()) as executor,
    ):
        executor.submit(1)
        list(executor.results(block=True))


def test_errors_keep_their_hint_across_processes() -> None:
    with pytest.raises(MappingError) as caught:  # noqa: SIM117 - the pool must close inside
        with LocalExecutor(f"{PARTS}:fail", LIMITS, Silent()) as executor:
            executor.submit(1)
            list(executor.results(block=True))
    assert caught.value.hint == "try another"


def test_cancelling_ends_every_process() -> None:
    with (
        pytest.raises(Cancelled),
        LocalExecutor(f"{PARTS}:sleep_for_ever", LIMITS, Impatient()) as executor,
    ):
        executor.submit(1)
        executor.submit(2)
        list(executor.results(block=True))
    assert workers() == []


def test_a_pool_whose_last_word_was_taken_is_joined_once() -> None:
    class Context:
        alive = False
        task_queue: Queue[None] = Queue()

    class Pool:
        _context = Context
        joins = 0

        def join(self) -> None:
            Pool.joins += 1
            Context.task_queue.get()

    _join(cast(ProcessPool, Pool()))
    assert Pool.joins == 1
    assert Context.task_queue.empty()
