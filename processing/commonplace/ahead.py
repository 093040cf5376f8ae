"""Files begun while parts are still being mapped, by the formats that can.

A GeoPackage is written by one thread; on two cores it is half done when the last part is
mapped. Pieces are handed over in row order, so the bytes are those of a file written at
the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from commonplace.formats import FORMATS
from commonplace.formats.base import BeginsEarly, Begun
from commonplace.planning import Work
from commonplace.stages import PartResult, PartTask


class Ahead:
    """What a dataset's formats have begun. Use as a context manager: no thread outlives it."""

    def __init__(self, work: Work) -> None:
        plan = work.plan
        shapes = plan.compiled.shapes()
        self._begun: dict[str, Begun] = {
            name: form.begin(plan.dataset, shapes, plan.work)
            for name in plan.formats
            if isinstance(form := FORMATS[name], BeginsEarly)
        }
        self._expected: deque[tuple[str, int]] = deque()
        self._came: dict[tuple[str, int], PartResult] = {}

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *exc: object) -> None:
        self.discard()

    @property
    def begun(self) -> Mapping[str, Begun]:
        """By format."""
        return self._begun

    def expect(self, task: PartTask) -> None:
        """The next part in row order."""
        self._expected.append((task.stem, task.number))

    def take(self, result: PartResult) -> None:
        """A part that is mapped: it and those that waited for it are handed over."""
        self._came[result.task.stem, result.task.number] = result
        while self._expected and self._expected[0] in self._came:
            came = self._came.pop(self._expected.popleft())
            for one in came.types:
                for name, begun in self._begun.items():
                    begun.add(one.pieces[name])

    def discard(self) -> None:
        """Forget what was begun, since pieces will change or are no longer needed."""
        for begun in self._begun.values():
            begun.discard()
        self._begun = {}
