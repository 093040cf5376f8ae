"""Pages of entities, until there are no more: whatever a broker does about its end.

Seen in brokers (``notes``): an offset past the end gives the last entity again (§6.4.7.2),
``next`` links that loop or never end, none at all, counts of the local entities only, a
limit that is silently cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import urljoin

from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Response, shown_url, with_parameters
from commonplace.report import Severity
from commonplace.sources.collector import collector_paused
from commonplace.sources.connect import same_server
from commonplace.sources.ngsiask import Question
from commonplace.sources.notes import Notebook
from commonplace.sources.ogcjson import read_json
from commonplace.sources.paging import linked_pages, located

Entity = Mapping[str, Any]
Ask = Callable[[Question], Response]

DEEP: Final = 10_000  # entities after which a broker's own end of offsets may have come
LONGEST_ENDING: Final = 3  # characters of ids that are told apart
MOST_EMPTY: Final = 20  # pages in a row without anything, but with a next link

_LINK: Final = re.compile(r"<([^>]*)>((?:\s*;\s*[^,;=\"]+(?:=(?:\"[^\"]*\"|[^,;\"]*))?)*)")
_REL: Final = re.compile(r"rel\s*=\s*\"?([^\";,\s]+)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entities. ``total`` is a hint: brokers may count only their own."""

    entities: list[dict[str, Any]]
    next: str | None
    total: int | None
    url: str


@dataclass(slots=True)
class Progress:
    """What has been read so far of one layer."""

    seen: set[str] = field(default_factory=set)
    pages: int = 0
    total: int | None = None
    changed: bool = False

    @property
    def lacks(self) -> bool:
        """Whether fewer came than the broker counts."""
        return self.total is not None and len(self.seen) < self.total

    def hear(self, total: int | None) -> None:
        """Note a page's count; one that differs from the last tells of changes meanwhile."""
        if total is not None:
            self.changed |= self.total not in (None, total)
            self.total = total


def parsed(answer: Response) -> Page:
    """A page, in whatever form it came.

    Raises
    ------
    MalformedAnswer
    """
    with collector_paused():
        body = read_json(answer)
    if isinstance(body, dict) and isinstance(body.get("features"), list):
        body = body["features"]
    if not isinstance(body, list):
        raise MalformedAnswer(f"{shown_url(answer.url)} answered no list of entities")
    counted = answer.header("ngsild-results-count") or ""
    following = linked(answer.all_headers("link"), "next")
    if following is not None:
        following = same_server(urljoin(answer.url, following), answer.url)
    return Page(
        entities=[one for one in body if isinstance(one, dict)],
        next=following,
        total=int(counted) if counted.isdigit() else None,
        url=answer.url,
    )


def linked(headers: Sequence[str], relation: str) -> str | None:
    """The target of a relation among all ``Link`` headers (RFC 8288)."""
    for header in headers:
        for target, parameters in _LINK.findall(header):
            found = _REL.search(parameters)
            if found is not None and found[1] == relation:
                return str(target)
    return None


def entity_pages(
    first: Question, ask: Ask, notebook: Notebook, layer: str, progress: Progress
) -> Iterator[list[dict[str, Any]]]:
    """The new entities of each page; each entity once.

    Ends at the last link, or when nothing new comes. A broker that sends no links is asked
    for offsets: one that counts is believed, one that doesn't is asked once more. Where the
    count changed meanwhile, offsets have shifted and entities slipped through between two
    pages: all pages are then asked for once more.

    Raises
    ------
    SourceError
        Telling the page and how many entities came before it.
    """
    visited = {first.url}
    parse = partial(_parsed, first, ask)
    pages = linked_pages(first.url, partial(_asked_at, first, ask), parse)
    last: Page | None = None
    empty = 0
    try:
        while True:
            progress.pages += 1
            try:
                page = _following(pages, first, ask, last, progress)
            except SourceError as error:
                raise located(error, progress.pages, len(progress.seen)) from error
            if page is None:
                progress.pages -= 1
                break
            progress.hear(page.total)
            new = _new_ones(page, progress)
            _tell_repeated(notebook, layer, page, new)
            yield new
            if page.next in visited:
                _refuse_circles(notebook, layer, progress)
            empty = 0 if page.entities else empty + 1
            if (page.entities and not new) or empty > MOST_EMPTY:
                break
            visited.add(page.next or "")
            last = page
    finally:
        pages.close()
    if progress.changed:
        _tell_changed(notebook, layer)
        yield from _walked(first, ask, progress)
    if progress.lacks and len(progress.seen) >= DEEP:
        yield from _divided(first, ask, progress, "")
    _check_count(notebook, layer, progress)


def _walked(
    first: Question, ask: Ask, progress: Progress
) -> Generator[list[dict[str, Any]], None, bool]:
    """What is new at any offset of a question; whether all that was counted came by."""
    offset = 0
    total: int | None = None
    while total is None or offset < total:
        progress.pages += 1
        try:
            page = _at_offset(first, ask, offset)
        except SourceError as error:
            raise located(error, progress.pages, len(progress.seen)) from error
        if not page.entities or page.total is None:
            return False
        total = page.total
        offset += len(page.entities)
        yield _new_ones(page, progress)
    return True


def _divided(
    first: Question, ask: Ask, progress: Progress, ending: str
) -> Iterator[list[dict[str, Any]]]:
    """Ask by the ends of ids: some brokers give nothing beyond an offset of 50,000."""
    ends = {one[-len(ending) - 1 :] for one in progress.seen if one.endswith(ending)}
    for end in sorted(ends):
        question = first.narrowed(f".*{re.escape(end)}$")
        if question is None or not progress.lacks:
            return
        before = len(progress.seen)
        whole = yield from _walked(question, ask, progress)
        if not whole and len(progress.seen) > before and len(end) < LONGEST_ENDING:
            yield from _divided(first, ask, progress, end)


def _tell_changed(notebook: Notebook, layer: str) -> None:
    notebook.note(
        "DATA_CHANGED",
        Severity.WARNING,
        "entities came or went while they were read: all pages were asked for once more, "
        "and what was deleted meanwhile may still be there",
        layer=layer,
        fix="read again when less is going on, to have one moment's data",
    )


def _asked_at(first: Question, ask: Ask, url: str) -> Response:
    return ask(first.at(url))


def _at_offset(first: Question, ask: Ask, offset: int) -> Page:
    url = with_parameters(first.url, [("offset", str(offset))])
    return _parsed(first, ask, _asked_at(first, ask, url))


def _parsed(first: Question, ask: Ask, answer: Response) -> Page:
    """A page; one that is broken is asked for once more."""
    try:
        return parsed(answer)
    except MalformedAnswer:
        return parsed(_asked_at(first, ask, answer.url))


def _following(
    pages: Iterator[Page], first: Question, ask: Ask, last: Page | None, progress: Progress
) -> Page | None:
    if last is None or last.next:
        return next(pages, None)
    done = len(progress.seen)
    if not last.entities or (progress.total is not None and done >= progress.total):
        return None
    return _at_offset(first, ask, done)


def _new_ones(page: Page, progress: Progress) -> list[dict[str, Any]]:
    seen = progress.seen
    new = {}
    for one in page.entities:
        name = str(one.get("id"))
        if name not in seen:
            new[name] = one
    seen.update(new)
    return list(new.values())


def _tell_repeated(notebook: Notebook, layer: str, page: Page, new: Sequence[Entity]) -> None:
    repeated = len(page.entities) - len(new)
    if repeated and new:
        notebook.note(
            "DUPLICATES_DROPPED",
            Severity.INFO,
            "entities came on more than one page: kept once",
            layer=layer,
            count=repeated,
        )


def _refuse_circles(notebook: Notebook, layer: str, progress: Progress) -> None:
    notebook.note(
        "PAGES_REPEAT",
        Severity.ERROR,
        f"page {progress.pages} leads back to a page that was read before",
        layer=layer,
        fix="tell the broker's owner: its next links loop",
    )
    raise MalformedAnswer(
        f"the next links of {layer!r} go round in circles at page {progress.pages}, "
        f"after {len(progress.seen)} entities"
    )


def _check_count(notebook: Notebook, layer: str, progress: Progress) -> None:
    """Fewer than counted is told; more is not: brokers count only their own (federation)."""
    if progress.total is not None and progress.lacks:
        done = len(progress.seen)
        notebook.note(
            "COUNT_DIFFERS",
            Severity.WARNING,
            f"the broker counts {progress.total} entities and sent {done}",
            layer=layer,
            fix="read again: the data may have changed meanwhile; or divide them by q, scopeQ or "
            "idPattern, where the broker ends too early",
            count=progress.total - done,
        )
