"""All pages of a WFS layer, whatever the server makes of ``startIndex`` and ``count``.

Seen in the field: pages smaller than asked for, no count of the whole or a wrong one, no
``next`` though more follows, ``startIndex`` ignored, a last page that never ends, features
that come twice because the order isn't stable. So counts are hints, the offset grows by what
came, and reading ends with a page that brings nothing new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from commonplace.errors import Cancelled, MalformedAnswer, SourceError
from commonplace.http import Response
from commonplace.report import Observer, Severity
from commonplace.sources.notes import Notebook
from commonplace.sources.paging import located
from commonplace.sources.wfsrequest import Request
from commonplace.sources.wfsstore import Store, Stored
from commonplace.sources.wfsxml import Asker, ServiceRefused, own_link, parameter

_AHEAD: Final = 3
_ROUND: Final = 50
Hashes = npt.NDArray[np.int64]


class Unpaged(Exception):
    """The server takes no notice of ``startIndex``, or has ``refused`` it."""

    def __init__(self, *, refused: bool = False) -> None:
        super().__init__("no pages by startIndex")
        self.refused = refused


@dataclass(slots=True)
class Tally:
    """What a store holds: its pages in order, and which of them bring nothing new.

    ``overlapping`` says that features were asked for more than once on purpose; ``stale``
    that some vanished meanwhile, so that others may have been passed over.
    """

    pages: list[Stored] = field(default_factory=list)
    done: int = 0
    total: int | None = None
    overlapping: bool = False
    stale: bool = False
    _dropped: set[int] = field(default_factory=set)
    _digests: set[bytes] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """How many came, repeated ones too."""
        return sum(one.rows for one in self.pages)

    @property
    def number(self) -> int:
        """The number of the page to come, from 1."""
        return len(self.pages) + 1

    def take(self, page: Stored) -> bool:
        """Count a page; False where it brings only features that came before."""
        fresh = not (page.rows and self._repeats(page))
        if fresh:
            self.done += page.rows
        else:
            self._dropped.add(len(self.pages))
        self.pages.append(page)
        self._digests.add(page.digest)
        return fresh

    def _repeats(self, page: Stored) -> bool:
        if page.rows > 1 and page.digest in self._digests:
            return True
        last = self.pages[-1] if self.pages else None
        if last is None or last.ids is None or page.ids is None:
            return page.digest in self._digests
        return bool(np.isin(page.ids, last.ids).all())

    @property
    def distinct(self) -> int:
        """How many different features came."""
        first = self.first_ones()
        return self.rows if first is None else int(first.sum())

    def first_ones(self) -> npt.NDArray[np.bool_] | None:
        """Which rows are new; None where all are.

        Of several with one id it is the first, unless ids aren't unique anyway: they occur
        twice in one page, or there are as many rows as the server counts.
        """
        kept = [
            np.full(one.rows, number not in self._dropped) for number, one in enumerate(self.pages)
        ]
        mask = np.concatenate([np.empty(0, dtype=bool), *kept])
        every = self._ids()
        if every is not None and not self.shares_ids:
            first = np.zeros(len(every), dtype=bool)
            first[np.unique(every, return_index=True)[1]] = True
            mask &= first
        return None if mask.all() else mask

    def first_rows(self, store: Store) -> Iterator[pa.RecordBatch]:
        """The store's rows without those that came before."""
        mask, done = self.first_ones(), 0
        for batch in store.batches():
            fresh = None if mask is None else mask[done : done + batch.num_rows]
            done += batch.num_rows
            yield batch if fresh is None else batch.filter(pa.array(fresh))

    @property
    def shares_ids(self) -> bool:
        """Whether different features have the same id."""
        if self.overlapping or self._ids() is None:
            return False
        if any(one.ids is not None and len(np.unique(one.ids)) < one.rows for one in self.pages):
            return True
        every = self._ids()
        return self.done == self.total and every is not None and len(np.unique(every)) < self.done

    def _ids(self) -> Hashes | None:
        ids = [one.ids for one in self.pages if one.ids is not None]
        return np.concatenate(ids) if ids and len(ids) == len(self.pages) else None


@dataclass(slots=True)
class Pager:
    """Reads a request's pages into a store.

    Parameters
    ----------
    asker, observer, notebook
        Who asks, who watches, where oddities go.
    layer
        Its name, for findings.
    size
        Features a page.
    limit
        Reading stops behind the page that reaches it.
    total
        How many there should be, as the server said; a hint.
    """

    asker: Asker
    observer: Observer
    notebook: Notebook
    layer: str
    size: int
    limit: int | None = None
    total: int | None = None
    tally: Tally = field(default_factory=Tally)

    def read(self, request: Request, store: Store) -> None:
        """Read all pages.

        Raises
        ------
        Unpaged
            The second page is the first one again: read it in another way.
        SourceError
            Names the page, and how many features came before.
        """
        size = self.size if self.limit is None else min(self.size, self.limit)
        self.tally.total = self.total
        with _ahead(self.asker, lambda start: request.url(count=size, start=start)) as queue:
            queue.step = size if self.limit is None else 0
            page, _ = self._take(partial(queue.get, 0, self.total), store)
            self._tell()
            short = page.rows < size and self._counted(page.rows)
            if page.rows and not short and not self._reached():
                self._rest(page, size, request, store, queue)
            if self._doubtful():
                self._beyond(size, request, store, queue)

    def _doubtful(self) -> bool:
        """Whether all came that was counted, and no page confirms the count: MapServer counts no
        further than its ``wfs_maxfeatures``.
        """
        total, pages = self.tally.total, self.tally.pages
        reached = bool(total) and total == self.tally.done and self.limit is None
        return reached and all(one.total is None for one in pages)

    def _beyond(self, size: int, request: Request, store: Store, queue: _Queue) -> None:
        """Read on behind what was counted; there seldom is anything."""
        counted = self.tally.done
        self.tally.total = None
        try:
            ask = partial(self.asker.ask, request.url(count=size, start=counted))
            page, fresh = self._take(ask, store)
        except ServiceRefused:
            fresh = False
        if not fresh or not page.rows:
            self.tally.total = counted
            return
        self._rest(page, size, request, store, queue, start=counted)
        self.notebook.count_differs(counted, self.tally.done, layer=self.layer)

    def whole(self, request: Request, store: Store) -> Stored:
        """Read one answer, without stating a count."""
        page, _ = self._take(partial(self.asker.ask, request.url()), store)
        self._tell()
        return page

    def _rest(
        self,
        page: Stored,
        size: int,
        request: Request,
        store: Store,
        queue: _Queue,
        *,
        start: int = 0,
    ) -> None:
        offset, linked = start + page.rows, page.next is not None
        queue.step = page.rows
        while page.rows and not self._reached():
            self._ask_cancelled()
            following = self._foreign(page, request)
            before = self.tally.total
            try:
                page, fresh = self._take(partial(self._answer, queue, offset, following), store)
            except ServiceRefused as refused:
                if self._counted(offset) or (self.tally.total is None and offset < size):
                    return  # a start behind the last feature is an error to some
                if len(self.tally.pages) == 1 and following is None:
                    raise Unpaged(refused=True) from refused
                raise
            if not fresh:
                self._repeated(page, size, offset, following)
                return
            self._tell()
            offset = self._next_offset(offset, page, before)
            linked |= page.next is not None
            ended = page.next is None if linked else page.rows < queue.step
            if ended and self._counted(offset):
                return

    def _take(self, ask: Callable[[], Response], store: Store) -> tuple[Stored, bool]:
        """A page, and whether it brings something new. A broken one is asked for once more."""
        try:
            answer = ask()
            try:
                page = store.add(answer)
            except MalformedAnswer:
                self.asker.pause(0)
                page = store.add(self.asker.ask(answer.url))
        except ServiceRefused as refused:
            refused.message = f"{self._place()}: {refused.message}"
            raise
        except SourceError as error:
            raise located(error, self.tally.number, self.tally.done) from error
        if page.total is not None:
            self.tally.total = page.total
        return page, self.tally.take(page)

    def _place(self) -> str:
        return f"page {self.tally.number}, after {self.tally.done} features"

    def _tell(self) -> None:
        self.observer.progress(f"read {self.layer}", self.tally.done, self.limit or self.total)

    def _answer(self, queue: _Queue, offset: int, following: str | None) -> Response:
        if following is not None:
            return self.asker.ask(following)
        return queue.get(offset, self.tally.total)

    def _foreign(self, page: Stored, request: Request) -> str | None:
        """A ``next`` link that is more than our own address with another start."""
        link = request.address if page.next is None else own_link(page.next, request.address)
        if link == request.address or parameter(link, "startIndex") is not None:
            return None
        return link

    def _counted(self, offset: int) -> bool:
        """Whether by the server's count nothing comes behind an offset."""
        return self.tally.total is not None and offset >= self.tally.total

    def _reached(self) -> bool:
        return self.limit is not None and self.tally.done >= self.limit

    def _next_offset(self, offset: int, page: Stored, before: int | None) -> int:
        """Where the next page starts. Where features vanished meanwhile, others moved up into
        the pages that were read: a little further back than this one.
        """
        if before is None or page.total is None or page.total >= before:
            return offset + page.rows
        if len(self.tally.pages) > 1 and self.tally.pages[-2].total is None:
            self.tally.stale = True  # nobody knows between which pages
            return offset + page.rows
        vanished = before - page.total
        self.tally.overlapping = True
        self.notebook.note(
            "SOURCE_CHANGED",
            Severity.WARNING,
            "features were deleted while the layer was read: pages were read with overlap",
            layer=self.layer,
            fix="read again if it has to be one state of the data",
            count=vanished,
        )
        return max(0, offset - vanished)

    def _repeated(self, page: Stored, size: int, offset: int, following: str | None) -> None:
        """A page that was there before: the end, or a server that can't page."""
        first = self.tally.pages[0]
        if self._counted(offset) or first.rows > size:
            return  # some answer the last page again, others take no notice of the count
        if self.tally.number == 3 and following is None and page.rows == first.rows:
            raise Unpaged()
        if self.tally.total is None and page.rows < first.rows:
            return
        self.notebook.note(
            "PAGES_REPEAT",
            Severity.ERROR,
            f"page {self.tally.number - 1} is one that was read before",
            layer=self.layer,
            fix="tell the server's owner: its pages go round in circles",
        )
        raise MalformedAnswer(
            f"the pages of {self.layer!r} go round in circles at page "
            f"{self.tally.number - 1}, after {self.tally.done} features"
        )

    def _ask_cancelled(self) -> None:
        if self.observer.cancelled():
            raise Cancelled("cancelled between pages")


def may_be_clamped(rows: int, total: int | None) -> bool:
    """Whether an answer may hold only a part: by the count, else by a suspiciously round one."""
    return total > rows if total is not None else rows > 0 and rows % _ROUND == 0


class _Queue:
    """Answers asked for ahead, by offset. ``step`` is how many features a page brings."""

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        ask: Callable[[str], Response],
        address: Callable[[int], str],
    ) -> None:
        self._pool = pool
        self._ask = ask
        self._address = address
        self._waiting: dict[int, Future[Response]] = {}
        self.step = 0

    def get(self, offset: int, total: int | None) -> Response:
        """The page at an offset; those behind it are asked for meanwhile.

        Only where the first pages were found to step evenly, and never behind the count.
        """
        for old in [one for one in self._waiting if one < offset]:
            self._waiting.pop(old).cancel()
        mine = self._waiting.pop(offset, None) or self._asked(offset)
        if self.step and total is not None:
            for number in range(1, _AHEAD):
                later = offset + number * self.step
                if later < total and later not in self._waiting:
                    self._waiting[later] = self._asked(later)
        return mine.result()

    def _asked(self, offset: int) -> Future[Response]:
        return self._pool.submit(self._ask, self._address(offset))


@contextmanager
def _ahead(asker: Asker, address: Callable[[int], str]) -> Iterator[_Queue]:
    pool = ThreadPoolExecutor(_AHEAD, thread_name_prefix="wfs")
    try:
        yield _Queue(pool, asker.ask, address)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
