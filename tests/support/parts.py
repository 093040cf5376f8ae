"""Functions to run as parts: worker processes import them by name."""

from __future__ import annotations

import os
import time

from commonplace.errors import MappingError


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def sleep_for_ever(_: int) -> int:
    while True:
        time.sleep(1)


def fill_memory(_: int) -> int:
    hoard = []
    while True:
        hoard.append(bytearray(64 * 1024 * 1024))


def fail(_: int) -> int:
    raise MappingError("no such thing", hint="try another")
