"""Publishing entities to a broker: batches, entity by entity where it refuses, deletions.

Two policies, neither of which touches attributes that others wrote:

``update``
    The attributes that we have are written, all others stay.
``replace``
    Also, of our own attributes those are deleted that an entity no longer has. Ours are
    all attributes that entities of its type have in the files published.

A run can be repeated at any time: it ends with the same entities.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from commonplace.errors import SourceError
from commonplace.ngsi import context as contexts
from commonplace.ngsi.attributes import ENTITY_MEMBERS
from commonplace.publish.batching import batched, body_of, halves
from commonplace.publish.broker import NOT_FOUND, Broker, Outcome, Refused
from commonplace.publish.files import Published, read_entities
from commonplace.publish.preparing import Preparation, Prepared
from commonplace.publish.profiles import PROFILES, Profile
from commonplace.report import Finding, Findings, Observer, Severity, Silent

Policy = Literal["update", "replace"]

ROUNDS: Final = 3
PAUSE: Final = 0.5  # seconds, doubled each round
HOPELESS: Final = 20  # entities refused before any was taken: the fault lies elsewhere


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done. ``sleep`` is for tests."""

    profile: Profile = PROFILES["strict"]
    policy: Policy = "update"
    delete_vanished: bool = False
    create_tenant: bool = False
    dry_run: bool = False
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Done:
    """What was done. In a dry run the numbers are what would be sent."""

    entities: int = 0
    created: int = 0
    updated: int = 0
    failed: int = 0
    retried: int = 0
    attributes_deleted: int = 0
    vanished: list[str] = field(default_factory=list)
    deleted: int = 0
    batches: int = 0
    bytes: int = 0
    findings: Findings = field(default_factory=Findings)


def publish(
    source: Published, broker: Broker, wish: Wish, observer: Observer | None = None
) -> Done:
    """Send all entities of some files to a broker.

    Raises
    ------
    SourceError
        The files can't be read, the broker can't be reached, refuses access, or has no
        such tenant. What was sent until then stays; the run can be repeated.
    """
    return _Run(source, broker, wish, observer or Silent()).run()


class _Run:
    """One publication under way."""

    def __init__(self, source: Published, broker: Broker, wish: Wish, observer: Observer) -> None:
        self._source = source
        self._broker = broker
        self._wish = wish
        self._observer = observer
        self._preparation = Preparation(wish.profile)
        self._ours: dict[str, set[str]] = {}
        self._again: list[Prepared] = []
        self.done = Done()

    def run(self) -> Done:
        done = self.done
        if self._wish.delete_vanished or (self._wish.dry_run and self._source.id_maps):
            done.vanished = self._source.gone()
        if not self._wish.dry_run and not self._wish.create_tenant:
            self._broker.require_tenant()
        if self._wish.policy == "replace":
            self._learn_ours()
        for batch in batched(self._prepared(), self._wish.profile):
            self._take(batch)
        if not self._wish.dry_run:
            self._retry()
            if self._wish.delete_vanished:
                self._delete(done.vanished)
        return done

    # --- entities ---

    def _prepared(self) -> Iterator[Prepared]:
        for path in self._source.entities:
            for stated in read_entities(path):
                self.done.entities += 1
                one = self._preparation.entity(stated)
                self.done.findings.extend(self._preparation.findings)
                self._preparation.findings.clear()
                if one is None:
                    self.done.failed += 1
                else:
                    yield one

    def _learn_ours(self) -> None:
        """The attributes, by expanded name, that we write for each type."""
        quiet = Preparation(self._wish.profile)
        for path in self._source.entities:
            for stated in read_entities(path):
                one = quiet.entity(stated)
                quiet.findings.clear()
                if one is not None:
                    known = _meaning(one.context)
                    names = {known.expand(name) for name in one.attributes}
                    self._ours.setdefault(one.type, set()).update(names)

    def _take(self, batch: list[Prepared]) -> None:
        done = self.done
        done.batches += 1
        done.bytes += len(body_of(batch))
        if not self._wish.dry_run:
            self._send(batch)
        self._observer.progress("publish", done.entities, None)

    def _send(self, batch: list[Prepared]) -> None:
        outcome = self._broker.upsert([one.id for one in batch], body_of(batch))
        if outcome.whole is not None:
            self._refused_whole(batch, outcome.whole)
            return
        by_id = {one.id: one for one in batch}
        self.done.created += len(outcome.created)
        self.done.updated += len(outcome.done)
        if self._wish.policy == "replace":
            self._delete_stale([by_id[one] for one in outcome.done if one in by_id])
        for refused in outcome.refused:
            one = by_id.get(refused.entity)
            if one is None or refused.lasting:
                self._failed(refused)
            else:
                self._again.append(one)

    def _refused_whole(self, batch: list[Prepared], refused: Refused) -> None:
        """A batch refused altogether is halved until the entity at fault stands alone."""
        if len(batch) == 1:
            self._failed(Refused(batch[0].id, refused.reason, refused.kind, refused.status))
            return
        for half in halves(batch):
            self._send(half)

    def _retry(self) -> None:
        """Once more what failed for a reason that may pass, and only that."""
        for attempt in range(ROUNDS):
            if not self._again:
                return
            waiting, self._again = self._again, []
            self._wish.sleep(PAUSE * 2**attempt)
            self.done.retried += len(waiting)
            for batch in batched(waiting, self._wish.profile):
                self._send(batch)
        for one in self._again:
            self._failed(Refused(one.id, f"the broker failed {ROUNDS + 1} times"))

    def _failed(self, refused: Refused) -> None:
        self.done.failed += 1
        self._tell_refused(refused)
        nothing = not self.done.created and not self.done.updated
        if nothing and self.done.failed >= HOPELESS and not self._again:
            raise SourceError(
                f"the broker refuses every entity: {refused.reason}",
                hint="see what it says; --profile, --tenant or the address may be wrong",
            )

    def _tell_refused(self, refused: Refused) -> None:
        self.done.findings.add(
            Finding(
                "ENTITY_REFUSED",
                Severity.ERROR,
                f"the broker refused it: {refused.reason}",
                layer=refused.kind or None,
                feature=refused.entity,
                fix="see what it says; --profile may help",
            )
        )

    # --- attributes and entities that are gone ---

    def _delete_stale(self, batch: Sequence[Prepared]) -> None:
        """Delete our own attributes that entities of a batch no longer have."""
        by_context: dict[str, list[Prepared]] = {}
        for one in batch:
            by_context.setdefault(str(one.context), []).append(one)
        for group in by_context.values():
            self._delete_stale_of(group)

    def _delete_stale_of(self, group: Sequence[Prepared]) -> None:
        ours = _meaning(group[0].context)
        link = _linked(group[0].context)
        theirs = ours if link is not None else _meaning(None)
        asked = [(one.id, one.type if link else ours.expand(one.type)) for one in group]
        now = self._broker.attributes(asked, link)
        for one in group:
            kept = {ours.expand(name) for name in one.attributes}
            mine = self._ours.get(one.type, set()) - kept
            for name in now.get(one.id, ()):
                if name not in ENTITY_MEMBERS and theirs.expand(name) in mine:
                    gone = self._broker.delete_attribute(one.id, name, link)
                    self.done.attributes_deleted += gone

    def _delete(self, ids: Sequence[str]) -> None:
        most = self._wish.profile.batch_entities
        for start in range(0, len(ids), most):
            some = ids[start : start + most]
            outcome: Outcome = self._broker.delete(some)
            if outcome.whole is not None:
                self._tell_refused(outcome.whole)
                continue
            self.done.deleted += len(outcome.done)
            for refused in outcome.refused:
                if refused.kind != NOT_FOUND and refused.status != 404:  # gone already is well
                    self._tell_refused(refused)


def _meaning(stated: Any) -> contexts.Context:
    return contexts.resolve(stated)


def _linked(stated: Any) -> str | None:
    """The one context document that a Link header can name."""
    urls = [one for one in stated if one != contexts.CORE] if isinstance(stated, list) else [stated]
    return urls[0] if len(urls) == 1 and isinstance(urls[0], str) else None
