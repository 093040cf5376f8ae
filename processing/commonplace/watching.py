"""A GeoPackage kept in step with a broker: by notifications, else by asking again.

First the subscription, then the snapshot, then what was notified meanwhile: nothing falls
between. From time to time everything is read again, since notifications get lost and
brokers restart; where there are no subscriptions, that alone keeps the file in step. A
reading that was partial removes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from commonplace.batch import Layer, Query
from commonplace.errors import Cancelled, MalformedAnswer, SourceError, TargetBusy
from commonplace.formats.gpkg.instep import InStep, now
from commonplace.formats.gpkg.mirror import Counts
from commonplace.job import SourceSpec
from commonplace.receiver import LOOPBACK, Receiver
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.ngsild import NgsiLdSource
from commonplace.sources.ngsisubscription import Changes, Subscription, changes_of
from commonplace.sources.notes import Notebook

POLL_SECONDS: Final = 60.0
RECONCILE_SECONDS: Final = 600.0
_SLICE: Final = 0.2
_INCOMPLETE: Final = frozenset({"PARTIAL_RESULT", "COUNT_DIFFERS"})


@dataclass(frozen=True, slots=True)
class Listening:
    """Where notifications are received; nowhere when ``host`` is None."""

    host: str | None = LOOPBACK
    port: int = 0
    reachable_as: str | None = None


@dataclass(slots=True)
class Watched:
    """What a watch did. ``subscribed`` tells whether notifications came or it was polling."""

    counts: dict[str, Counts] = field(default_factory=dict)
    subscribed: bool = False
    notifications: int = 0
    readings: int = 0
    findings: list[Finding] = field(default_factory=list)


def watch(
    spec: SourceSpec,
    types: Sequence[str],
    target: Path,
    *,
    listening: Listening = Listening(),
    every: float | None = None,
    once: bool = False,
    replace: bool = False,
    observer: Observer | None = None,
    changed: Callable[[str, Counts], object] | None = None,
) -> Watched:
    """Keep ``target`` in step with entities of ``types`` until the observer cancels.

    Parameters
    ----------
    spec
        The broker, and what is asked of it.
    target
        A GeoPackage, one layer a type. One that a watch has written is taken up again.
    every
        Seconds between readings of everything: by default 600 beside notifications, 60
        without.
    once
        Only bring the file in step, then end.
    replace
        Replace a file that is no watch's.
    changed
        Called with a layer's name and what changed in it, once it is in the file.

    Raises
    ------
    SourceError
        When the broker can't be read at the start; later it is tried again. When one of
        ``types`` is no entity type.
    OutputError
    """
    watching = _Watch(spec, target, observer or Silent(), changed, anew=replace)
    watching.copy.refuse_foreign(types)
    try:
        with ExitStack() as stack:
            watching.describe(types)
            if not once and listening.host is not None:
                watching.listen(stack, listening)
            watching.read()
            if not once:
                watching.follow(every)
    except Cancelled:
        pass
    watching.told.findings = watching.findings()
    return watching.told


class _Watch:
    """One watch: the source, the file, the subscription if there is one."""

    def __init__(
        self,
        spec: SourceSpec,
        target: Path,
        observer: Observer,
        changed: Callable[[str, Counts], object] | None,
        *,
        anew: bool,
    ) -> None:
        self._changed = changed
        self.told = Watched()
        self.copy = InStep(target, self._count, anew=anew)
        self._observer = observer
        self._notebook = Notebook()
        self._source = NgsiLdSource(spec, observer)
        where = tuple(spec.where.items())
        self._query = Query(bbox=spec.bbox, bbox_crs=spec.bbox_crs, where=where)
        self._layers: dict[str, Layer] = {}
        self._receiver: Receiver | None = None
        self._subscription: Subscription | None = None
        self._pending = Changes()

    def findings(self) -> list[Finding]:
        return [*self._notebook.findings(), *self._source.findings()]

    def describe(self, types: Sequence[str]) -> None:
        self._layers = {name: self._source.followed(name) for name in types}

    def listen(self, stack: ExitStack, listening: Listening) -> None:
        """Subscribe, and unsubscribe whatever ends the watch."""
        assert listening.host is not None
        receiver = Receiver(listening.host, listening.port, listening.reachable_as)
        stack.enter_context(receiver)
        subscription = self._source.subscription(
            list(self._layers), self._notebook, str(self.copy.path.resolve())
        )
        if not subscription.start(receiver.url):
            self._observer.message("no subscription: polling")
            return
        stack.callback(self._leave, subscription)
        self._receiver, self._subscription = receiver, subscription
        self.told.subscribed = True
        self._observer.message(f"subscribed as {subscription.id}")
        if not subscription.deletions:
            self._notebook.note(
                "DELETIONS_UNTOLD",
                Severity.INFO,
                "the broker does not notify of deletions: they are seen when all is read again",
            )

    def _leave(self, subscription: Subscription) -> None:
        try:
            subscription.stop()
        except SourceError as error:
            self._notebook.note(
                "SUBSCRIPTION_LEFT",
                Severity.WARNING,
                f"the subscription {subscription.id} could not be removed: {error.message}",
                fix="remove it at the broker; the next watch of this file replaces it",
            )
        else:
            self._observer.message("unsubscribed")

    def read(self) -> None:
        """Read all layers and make the file the same."""
        before = self._lacking()
        read = {
            name: list(self._source.batches(one, self._query)) for name, one in self._layers.items()
        }
        self.told.readings += 1
        self.copy.bring(self._layers, read, whole=self._lacking() == before)

    def _lacking(self) -> int:
        """How many signs there are that a reading lacked entities."""
        return sum(one.count for one in self._source.findings() if one.code in _INCOMPLETE)

    def follow(self, every: float | None) -> None:
        """Take notifications; read everything again from time to time."""
        pause = every or (RECONCILE_SECONDS if self.told.subscribed else POLL_SECONDS)
        due = time.monotonic() + pause
        while not self._observer.cancelled():
            if self._receiver is None:
                time.sleep(_SLICE)
            else:
                self._take(self._receiver)
            if time.monotonic() >= due:
                with self._patiently():
                    self._renew()
                    self.read()
                due = time.monotonic() + pause

    def _renew(self) -> None:
        """Subscribe again at a broker that has forgotten."""
        if self._subscription is None or self._receiver is None:
            return
        if not self._subscription.exists():
            self._observer.message("the broker has forgotten the subscription: made again")
            self._subscription.start(self._receiver.url)

    def _take(self, receiver: Receiver) -> None:
        assert self._subscription is not None
        for one in receiver.take(_SLICE):
            try:
                told = changes_of(one.body, self._subscription.id)
            except MalformedAnswer as error:
                self._notebook.note("NOTIFICATION_UNREADABLE", Severity.WARNING, error.message)
                continue
            if told is not None:
                self.told.notifications += 1
                self._pending.add(told)
        if self._pending.entities or self._pending.deleted:
            with self._patiently():
                self._apply(self._pending)
                self._pending = Changes()

    def _apply(self, changes: Changes) -> None:
        for name, layer in self._layers.items():
            told = list(changes.entities.values())
            batch, excluded = self._source.rows_of(layer, told, self._query)
            gone = {**dict.fromkeys(excluded, now()), **changes.deleted}
            if not self.copy.put(name, batch, gone):
                self._notebook.note(
                    "COLUMNS_CHANGED",
                    Severity.INFO,
                    "values came that the columns could not hold: the file was written anew",
                    layer=name,
                )
                self.read()

    @contextmanager
    def _patiently(self) -> Iterator[None]:
        """A broker that is away, or a file that is held, is no end: it is tried again."""
        try:
            yield
        except (SourceError, TargetBusy) as error:
            away = isinstance(error, SourceError)
            self._notebook.note(
                "BROKER_AWAY" if away else "FILE_BUSY",
                Severity.WARNING if away else Severity.INFO,
                f"tried again later: {error.message}",
            )
            self._observer.message(f"tried again later: {error.message}")

    def _count(self, name: str, counts: Counts) -> None:
        self.told.counts.setdefault(name, Counts()).plus(counts)
        told = [
            f"{number} {what}"
            for number, what in (
                (counts.added, "added"),
                (counts.changed, "changed"),
                (counts.removed, "removed"),
            )
            if number
        ]
        if told:
            self._observer.message(f"{name}: {', '.join(told)}")
        if self._changed is not None:
            self._changed(name, counts)
