"""The history of a type as a layer: asked for, followed where a broker cuts it short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, Final

import pyarrow as pa

from commonplace.batch import Layer
from commonplace.http import Response, fault
from commonplace.job import NgsiSpec
from commonplace.ngsi.attributes import plain_value
from commonplace.report import Severity
from commonplace.sources.ngsiask import Asked, Question
from commonplace.sources.ngsibroker import UNSUPPORTED, EntityType
from commonplace.sources.ngsicolumns import Parsed, members_of, parse_entities
from commonplace.sources.ngsihistory import ENTITY, TIME, instants, moments
from commonplace.sources.ngsipages import Progress, entity_pages, parsed
from commonplace.sources.ngsiviews import Shared, described_by

Entity = Mapping[str, Any]

PARTIAL: Final = 206
ENTITIES_AT_ONCE: Final = 100  # each brings its whole history
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")


@dataclass(slots=True)
class Cut:
    """Where a broker cut a history (206, §6.3.10): the earliest of its answers' ends."""

    happened: bool = False
    end: str | None = None

    def hear(self, content_range: str) -> None:
        """Read ``date-time <from>-<to>/<size>``; later moments first can't be followed."""
        self.happened = True
        times = _INSTANT.findall(content_range)
        if len(times) == 2 and times[0] <= times[1]:
            self.end = min(self.end or times[1], times[1])

    def following(self, spec: NgsiSpec, asked: Asked) -> str | None:
        """From when to ask again; None when all was told, or that can't be asked."""
        stated = {name for name, _ in asked.pairs}
        if self.end is None or spec.last is not None or stated & {"timerel", "lastN"}:
            return None
        return self.end if self.end > (spec.since or "") else None


@dataclass(frozen=True, slots=True)
class History:
    """The temporal evolution: a row a moment, the geometry that of then or of now."""

    SUFFIX: ClassVar[str] = "history"

    shared: Shared
    kind: EntityType

    @property
    def name(self) -> str:
        return f"{self.kind.layer.name}@{self.SUFFIX}"

    @property
    def layer(self) -> Layer:
        rows = self._first_rows()
        made = self._columns(rows, _places(self.kind.sample, self.shared.spec.geometry))
        described = described_by(self.name, made, self.kind.layer.crs)
        if self.kind.layer.geometry_type is None:
            described = replace(described, geometry_type=None)
        return replace(
            described, title=f"{self.kind.layer.name}: over time", time_field=TIME, count=None
        )

    def worth_listing(self) -> bool:
        """Whether the sample has times and the broker answers questions about the past."""
        by = self.shared.spec.timeproperty
        if by == "observedAt" and not moments(self.kind.sample, by):
            return False
        return self._supported()

    def _supported(self) -> bool:
        """One question to the broker, once; its answer is kept as a sample."""
        name = self.kind.layer.name
        if name not in self.shared.answered and self.shared.temporal is not False:
            question = self.shared.broker.asked.history(self.kind.listed.asked, self.shared.spec, 1)
            answer = self.shared.broker.ask(question, allowed=UNSUPPORTED)
            self.shared.temporal = answer.status not in UNSUPPORTED
            if self.shared.temporal:
                self.shared.answered[name] = parsed(answer).entities
            elif answer.status == 400 and (self.shared.spec.since or self.shared.spec.until):
                raise fault(answer)  # more likely the times than the interface
        return bool(self.shared.temporal)

    def _first_rows(self) -> list[dict[str, Any]]:
        by = self.shared.spec.timeproperty
        sample: Sequence[Entity] = self.kind.sample
        if self._supported():
            sample = self.shared.answered[self.kind.layer.name] or sample
        return moments(sample, by)

    def pages(self, progress: Progress) -> Iterator[Parsed]:
        by = self.shared.spec.timeproperty
        places = self._present_places()
        if not self._supported():
            self.shared.notebook.note(
                "HISTORY_UNSUPPORTED",
                Severity.WARNING,
                "the broker tells no history: the latest values only",
                layer=self.name,
                fix="ask the broker's operator for its temporal interface",
            )
            for page in self.shared.entities(self.kind, self.name, progress):
                yield self._columns(moments(page, by), places)
            return
        for rows in self._periods(progress):
            yield self._columns(rows, places)

    def _periods(self, progress: Progress) -> Iterator[list[dict[str, Any]]]:
        """Rows of the whole time; where the broker cuts it short, of one period after another."""
        spec = self.shared.spec
        size = min(self.shared.page_size, ENTITIES_AT_ONCE)
        last: dict[str, str] = {}
        while True:
            cut = Cut()
            question = self.shared.broker.asked.history(self.kind.listed.asked, spec, size)
            ask = partial(self._asked, cut)
            inner = Progress()
            for page in entity_pages(question, ask, self.shared.notebook, self.name, inner):
                rows = moments(page, spec.timeproperty)
                new = [row for row in rows if row[TIME] > last.get(str(row[ENTITY]), "")]
                last.update({str(row[ENTITY]): str(row[TIME]) for row in new})
                yield new
            progress.seen |= inner.seen
            progress.pages += inner.pages
            following = cut.following(spec, self.shared.broker.asked)
            if following is None:
                break
            spec = replace(spec, since=following)
        if cut.happened and spec.last is None:
            self.shared.notebook.note(
                "PARTIAL_RESULT",
                Severity.WARNING,
                "the broker cut the history short (206): older or newer moments are missing",
                layer=self.name,
                fix="state ngsi.since and ngsi.until, a shorter time at once",
            )

    def _asked(self, cut: Cut, question: Question) -> Response:
        answer = self.shared.broker.ask(question)
        if answer.status == PARTIAL:
            cut.hear(answer.header("content-range") or "")
        return answer

    def _present_places(self) -> dict[str, Any]:
        """Present geometries by entity id; history tells a location only where it moved."""
        if self.kind.layer.geometry_type is None:
            return {}
        places: dict[str, Any] = {}
        for page in self.shared.entities(self.kind, self.kind.layer.name, Progress()):
            places.update(_places(page, self.shared.spec.geometry))
        return places

    def _columns(self, rows: Sequence[dict[str, Any]], places: Mapping[str, Any]) -> Parsed:
        name = self.shared.spec.geometry
        located = self.kind.layer.geometry_type is not None
        if located:
            rows = [row if name in row else {**row, name: places.get(row[ENTITY])} for row in rows]
        made = parse_entities(
            rows, with_geometry=located, geometry_name=name, swap=self.shared.spec.swapped
        )
        return replace(made, batch=self._with_instants(made.batch), further={})

    def _with_instants(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        position = batch.schema.get_field_index(TIME)
        if position < 0:
            return batch
        times, wrong = instants(batch.column(position).to_pylist())
        if wrong:
            self.shared.notebook.note(
                "TIME_UNREADABLE",
                Severity.WARNING,
                "a time is none that ISO 8601 knows: the row has none",
                layer=self.name,
                attribute=TIME,
                count=wrong,
            )
        return batch.set_column(position, pa.field(TIME, times.type), times)

    def evidence(self) -> dict[str, object]:
        return {"history": bool(self.shared.temporal)}


def _places(entities: Sequence[Entity], name: str) -> dict[str, Any]:
    places = {}
    for one in entities:
        members = members_of(one)
        value = plain_value(members.get(name))
        if value is None and members is not one:
            value = one.get("geometry")
        places[str(one.get("id"))] = value
    return places
