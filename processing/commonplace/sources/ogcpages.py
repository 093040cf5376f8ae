"""All pages of a collection, whatever the server makes of ``limit``, ``offset`` and ``next``.

Seen in the field: pages smaller than asked for, no count of the whole, no ``next`` though
more follows, ``offset`` ignored while ``next`` never ends, exceptions with status 200,
features that are deleted while the pages are read. So counts are hints, every feature is
taken once by its id, and reading ends with what brings nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Response, with_parameters
from commonplace.report import Severity
from commonplace.sources.notes import Notebook
from commonplace.sources.ogcseen import Seen, hashes_of
from commonplace.sources.ogcservice import Page
from commonplace.sources.paging import located

AHEAD: Final = 2
MOST_EMPTY: Final = 20  # pages in a row without anything new, but with a next link
SMALLER: Final = (1_000, 100, 10)  # page sizes to try where one is refused
REFUSED: Final = (400, 413, 422)
_OFFSET: Final = re.compile(r"([?&](?:offset|startindex)=)(\d+)(?=&|$)", re.IGNORECASE)
_LIMIT: Final = re.compile(r"([?&]limit=)(\d+)(?=&|$)", re.IGNORECASE)
_ROUND: Final = 10


class Unpaged(Exception):
    """The server takes no notice of ``offset``, and its ``next`` links lead nowhere."""


@dataclass(slots=True)
class Tally:
    """What came so far. ``vanished`` features were deleted meanwhile, by the server's count."""

    pages: int = 0
    done: int = 0
    total: int | None = None
    vanished: int = 0
    seen: Seen = field(default_factory=Seen)
    shared_ids: bool = False
    overlapping: bool = False
    repeated: int = 0

    @property
    def lacking(self) -> bool:
        """Whether the server counts more than came."""
        return self.total is not None and self.done < self.total


@dataclass(slots=True)
class Pager:
    """Reads a collection page by page, some of them ahead.

    Parameters
    ----------
    ask, parse
        Ask for an address (error statuses given are answers too); make a page of an answer.
    notebook, layer
        Where oddities go, under which name.
    """

    ask: Callable[[str, tuple[int, ...]], Response]
    parse: Callable[[Response], Page]
    notebook: Notebook
    layer: str
    tally: Tally = field(default_factory=Tally)
    _tried: bool = False  # by offset, without a word of the server that more follows
    _lacks_links: bool = False
    _own: int | None = None  # the last offset that was asked for instead of a link that loops

    def pages(self, first: str, *, ahead: bool = True) -> Iterator[Page]:
        """Each page with the features that did not come before.

        Parameters
        ----------
        ahead
            Whether pages are asked for before it is known that they are needed.

        Raises
        ------
        Unpaged
            After the first page: every other one would be the same.
        SourceError
            Names the page, and how many features came before.
        """
        with _ahead(self.ask, AHEAD if ahead else 0) as queue:
            first, page = self._first(first)
            address, start, empty = first, 0, 0
            while True:
                before = self.tally.total
                rows = len(page.features)
                fresh = self._fresh(page)
                self._tell_unlinked(len(fresh.features))
                self.tally.total = page.total if page.total is not None else before
                empty = 0 if fresh.features else empty + 1
                following = self._following(first, page, start, before, len(fresh.features))
                if following is not None and empty <= MOST_EMPTY:
                    queue.expect(address, following, rows, self.tally.total)
                yield fresh  # the server works on the next ones meanwhile
                if following is None or empty > MOST_EMPTY:
                    return
                offset = _offset(following)
                address, start = following, start + rows if offset is None else offset
                page = self._page(queue, following)

    def whole(self, address: str) -> Page:
        """One answer, its features that did not come before; ``rows`` are all of them."""
        answer = self._parsed(self.ask(address, ()))
        return self._fresh(answer, overlaps=True)

    def _first(self, first: str) -> tuple[str, Page]:
        """The first page, smaller where its size is refused; and its address."""
        try:
            answer = self.ask(first, REFUSED)
            for size in SMALLER:
                if answer.status not in REFUSED:
                    break
                smaller = with_limit(first, size)
                again = self.ask(smaller, REFUSED)
                if again.status not in REFUSED:
                    self._note("PAGE_SIZE_REFUSED", f"pages have {size} features: more is refused")
                    first = smaller
                    answer = again
            if answer.status in REFUSED:
                answer = self.ask(first, ())
            return first, self._parsed(answer)
        except SourceError as error:
            raise located(error, 1, 0) from error

    def _page(self, queue: _Queue, address: str) -> Page:
        """A page; one that is broken is asked for once more."""
        try:
            return self._parsed(queue.get(address))
        except SourceError as error:
            raise located(error, self.tally.pages + 1, self.tally.done) from error

    def _parsed(self, answer: Response) -> Page:
        try:
            return self.parse(answer)
        except MalformedAnswer:
            return self.parse(self.ask(answer.url, ()))

    def _fresh(self, page: Page, *, overlaps: bool = False) -> Page:
        """The page without what came before."""
        self.tally.pages += 1
        features = page.features
        hashes, are_ids = hashes_of(features)
        mask = self.tally.seen.fresh(hashes)
        alike = len(np.unique(hashes)) < len(hashes)
        if are_ids and alike and not self.tally.shared_ids:
            self._note("IDS_NOT_UNIQUE", "features have the same id: all of them were taken")
        self.tally.shared_ids |= alike or not are_ids
        self.tally.seen.add(hashes[mask])
        if overlaps or not mask.any() or not self.tally.shared_ids:
            features = [one for one, new in zip(features, mask, strict=True) if new]
        self.tally.done += len(features)
        if features and not overlaps:
            self.tally.repeated += len(page.features) - len(features)
        return replace(page, features=features, rows=len(page.features))

    def _following(
        self, first: str, page: Page, start: int, before: int | None, fresh: int
    ) -> str | None:
        """Where the next page is; None at the end."""
        rows, following = len(page.features), page.next
        overlapping, self.tally.overlapping = self.tally.overlapping, False
        if rows and not fresh and self.tally.pages > 1 and not overlapping:
            return self._after_nothing_new(first, start)
        if before is not None and page.total is not None and page.total < before:
            return self._moved_up(first, following, start, before - page.total)
        if following is not None or not rows:
            return following
        return self._unlinked(first, start + rows, rows)

    def _unlinked(self, first: str, offset: int, rows: int) -> str | None:
        """Behind a page without a next link: what the server counts or, where it counts
        nothing, what may be there because the page has a round number of features.
        """
        if self.tally.lacking:
            self._lacks_links = True
            return _at(first, offset)
        clamped = self.tally.total is None and rows % _ROUND == 0
        if not clamped or (self.tally.pages > 1 and not self._tried):
            return None
        self._tried = self._lacks_links = True
        return _at(first, offset)

    def _tell_unlinked(self, fresh: int) -> None:
        """Tell that a link was missing, once a page came that none led to."""
        if self._lacks_links and fresh:
            self._note(
                "NEXT_MISSING",
                "a page has no next link though more follow: they were asked for by offset",
            )
        self._lacks_links = False

    def _after_nothing_new(self, first: str, start: int) -> str | None:
        """Behind a page that was there before: the end, or links that lead astray."""
        if self.tally.total is not None and not self.tally.lacking:
            return None
        own = max(0, self.tally.done - self.tally.vanished)
        if start == own:  # this page was asked for by the offset that is right
            if self.tally.pages == 2 and not self._tried:
                raise Unpaged
            return None
        if own == self._own:
            return None  # there was nothing when it was asked for
        self._own = own
        self._note(
            "PAGES_REPEAT",
            f"page {self.tally.pages} leads back to a page that was read before: "
            "the next ones were asked for by offset",
            severity=Severity.WARNING,
            fix="tell the server's owner: its next links loop",
        )
        return _at(first, own)

    def _moved_up(self, first: str, following: str | None, start: int, vanished: int) -> str | None:
        """Where features were deleted others moved up, into pages that were read: once more."""
        self.tally.vanished += vanished
        self._note(
            "SOURCE_CHANGED",
            "features were deleted while the layer was read: pages were read with overlap",
            severity=Severity.WARNING,
            fix="read again if it has to be one state of the data",
            count=vanished,
        )
        if following is not None and _offset(following) is None:
            return following  # by key rather than by number: nothing moves
        self.tally.overlapping = True
        return _at(first, max(0, start - vanished))

    def _note(
        self,
        code: str,
        message: str,
        *,
        severity: Severity = Severity.INFO,
        fix: str | None = None,
        count: int = 1,
    ) -> None:
        self.notebook.note(code, severity, message, layer=self.layer, fix=fix, count=count)


def _offset(url: str) -> int | None:
    match = _OFFSET.search(url)
    return None if match is None else int(match[2])


def with_limit(url: str, size: int) -> str:
    """The same address with pages of another size."""
    return _LIMIT.sub(rf"\g<1>{size}", url)


def _at(url: str, offset: int) -> str:
    """The address of the page that begins at an offset."""
    if _OFFSET.search(url):
        return _OFFSET.sub(rf"\g<1>{offset}", url)
    return with_parameters(url, [("offset", str(offset))])


class _Queue:
    """Answers asked for ahead, by address, where addresses step evenly through offsets."""

    def __init__(
        self,
        pool: ThreadPoolExecutor | None,
        ask: Callable[[str, tuple[int, ...]], Response],
        most: int,
    ) -> None:
        self._pool = pool
        self._ask = ask
        self._most = most
        self._waiting: dict[str, Future[Response]] = {}

    def expect(self, address: str, following: str, rows: int, total: int | None) -> None:
        """Ask for the following page and those behind it, if ``rows`` is the step of offsets.

        Never behind ``total``; where there is none, one page ahead. One more waits than are
        asked for at a time, so that the server has no pause while a page is read.
        """
        if self._pool is None:
            return
        wanted = [following]
        offset = _offset(following)
        step = None if offset is None else offset - (_offset(address) or 0)
        if offset is not None and step is not None and 0 < step == rows:
            most = self._most + 1 if total is not None else 1
            later = [offset + number * step for number in range(1, most)]
            wanted += [_at(following, one) for one in later if total is None or one < total]
        for old in [one for one in self._waiting if one not in wanted]:
            self._waiting.pop(old).cancel()
        for one in wanted:
            if one not in self._waiting:
                self._waiting[one] = self._pool.submit(self._ask, one, ())

    def get(self, address: str) -> Response:
        waiting = self._waiting.pop(address, None)
        return self._ask(address, ()) if waiting is None else waiting.result()


@contextmanager
def _ahead(ask: Callable[[str, tuple[int, ...]], Response], most: int) -> Iterator[_Queue]:
    if most == 0:
        yield _Queue(None, ask, 0)
        return
    pool = ThreadPoolExecutor(most, thread_name_prefix="pages")
    try:
        yield _Queue(pool, ask, most)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
