"""A SensorThings service's answers: its entity sets, its pages, what it left out of them.

OGC SensorThings API part 1, version 1.1 (OGC 18-088), clauses 8 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, Response, shown_url
from commonplace.report import Severity
from commonplace.sources.connect import same_server
from commonplace.sources.notes import Notebook
from commonplace.sources.paging import linked_pages, located, object_of

SETS: Final = (
    "Things",
    "Locations",
    "HistoricalLocations",
    "Datastreams",
    "MultiDatastreams",
    "Sensors",
    "ObservedProperties",
    "Observations",
    "FeaturesOfInterest",
)
UNSUPPORTED: Final = (400, 404, 405, 406, 414, 422, 500, 501)
NEXT: Final = "@iot.nextLink"
ID: Final = "@iot.id"
MOST_EMPTY: Final = 20
_HEADERS: Final = {"Accept": "application/json"}
_ENTITY: Final = re.compile(r"^(\w+)\((.+)\)$")
_SAFE: Final = "$,:/()'*;="

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entities; ``total`` is ``@iot.count``."""

    entities: list[dict[str, Any]]
    next: str | None
    total: int | None


@dataclass(slots=True)
class Tally:
    """What was read of a set."""

    entities: int = 0
    pages: int = 0
    total: int | None = None


@dataclass(slots=True)
class Service:
    """Asks one service."""

    url: str
    client: Client
    notebook: Notebook
    _sets: dict[str, str] | None = None
    _only: str | None = None
    _conformance: tuple[str, ...] = ()
    tallies: dict[str, Tally] = field(default_factory=dict)

    @property
    def all_sets(self) -> dict[str, str]:
        """The addresses of the entity sets that there are, in the standard's order."""
        if self._sets is None:
            root, only = entry_point(self.url)
            answer = self.ask(root)
            body = answer.json()
            listed = object_of(body, shown_url(root), "value", list)
            named = {
                str(one["name"]): same_server(urljoin(answer.url, str(one["url"])), _at(root, one))
                for one in listed
                if isinstance(one, dict) and "name" in one and "url" in one
            }
            if "Things" not in named and "Datastreams" not in named:
                raise MalformedAnswer(
                    f"{shown_url(root)} lists no entity sets of SensorThings",
                    hint="the address ends with the version: …/v1.1",
                )
            settings = body.get("serverSettings")
            stated = settings.get("conformance") if isinstance(settings, dict) else None
            self._conformance = tuple(map(str, stated or ()))
            self._sets = {one: named[one] for one in SETS if one in named}
            self._only = only
        return self._sets

    @property
    def sets(self) -> list[str]:
        """Those that the address names: all, or one."""
        return [one for one in self.all_sets if self._only in (None, one)]

    def address(self, name: str) -> str:
        """An entity set's address, also of one that was not asked for."""
        root, _ = entry_point(self.url)
        return self.all_sets.get(name) or f"{root}/{name}"

    @property
    def data_arrays(self) -> bool:
        """Whether observations may be asked for as data arrays (§12); unknown counts as yes."""
        stated = self._conformance if self.all_sets else ()
        return not stated or any("data-array" in one.lower() for one in stated)

    def ask(self, url: str) -> Response:
        return self.client.get(url, headers=_HEADERS)

    def tried(self, url: str) -> Response | None:
        """An answer, or None where the server doesn't understand the question."""
        answer = self.client.get(url, headers=_HEADERS, allowed=UNSUPPORTED)
        return answer if answer.status < 400 else None

    def parsed(self, answer: Response, base: str) -> Page:
        """A page, its expanded lists complete."""
        body = answer.json()
        found = object_of(body, shown_url(answer.url), "value", list)
        entities = [one for one in found if isinstance(one, dict)]
        for one in entities:
            self._completed(one, answer.url)
        count = body.get("@iot.count", body.get("@count"))
        return Page(
            entities,
            self._link(body.get(NEXT), answer.url, base),
            count if isinstance(count, int) and count >= 0 else None,
        )

    def pages(self, name: str, first: str, known: Response | None = None) -> Iterator[Page]:
        """Follow ``@iot.nextLink`` to the end; the next page is fetched meanwhile.

        Parameters
        ----------
        name
            The set, for findings.
        known
            The first page's answer, where it has come already.

        Raises
        ------
        MalformedAnswer
            The links go round in circles.
        """
        base = first.partition("?")[0]
        tally = self.tallies.setdefault(name, Tally())
        parse = partial(self.parsed, base=base)
        pages = linked_pages(first, self.ask, parse) if known is None else self._on(known, parse)
        seen = {first}
        last: list[Any] = []
        empty = number = done = 0
        while True:
            number += 1
            try:
                page = next(pages, None)
            except SourceError as error:
                raise located(error, number, done) from error
            if page is None:
                return
            ids = _marks(page.entities)
            repeats = bool(ids) and ids == last and ids[0] is not None
            empty = 0 if ids else empty + 1
            if repeats or page.next in seen or (empty > MOST_EMPTY and page.next is not None):
                pages.close()
                self._circles(name, number, done)
            seen.add(page.next or "")
            rows = sum(len(one.get("dataArray", "1")) for one in page.entities)
            done += rows
            tally.pages += 1
            tally.entities += rows
            tally.total = page.total if page.total is not None else tally.total
            last = ids
            yield page

    def _on(self, known: Response, parse: Any) -> Generator[Page, None, None]:
        page = parse(known)
        yield page
        if page.next is not None:
            yield from linked_pages(page.next, self.ask, parse)

    def _circles(self, name: str, number: int, done: int) -> None:
        self.notebook.note(
            "PAGES_REPEAT",
            Severity.ERROR,
            f"page {number} leads back to what was read before",
            layer=name,
            fix="tell the server's owner: its next links loop",
        )
        raise MalformedAnswer(
            f"the next links of {name!r} go round in circles at page {number}, "
            f"after {done} entities"
        )

    def _link(self, link: object, answered: str, base: str) -> str | None:
        if not isinstance(link, str) or not link:
            return None
        absolute = urljoin(answered, link)
        own = same_server(absolute, base)
        if own != absolute:
            self.notebook.note(
                "LINK_ORIGIN_DIFFERS",
                Severity.INFO,
                f"next links lead elsewhere ({shown_url(absolute.partition('?')[0])}): "
                "followed where the service was asked",
            )
        return own

    def _completed(self, entity: dict[str, Any], answered: str) -> None:
        """Fetch what expanded lists lack, at every level (§9.3.3.5: nested nextLinks)."""
        for name, value in list(entity.items()):
            if isinstance(value, dict) and ID in value:
                self._completed(value, answered)
            elif isinstance(value, list) and not name.startswith("@"):
                for one in value:
                    if isinstance(one, dict) and ID in one:
                        self._completed(one, answered)
                self._extend(entity, name, answered)

    def _extend(self, entity: dict[str, Any], name: str, answered: str) -> None:
        link = entity.get(f"{name}{NEXT}")
        if not isinstance(link, str):
            return
        base = self._own_address(entity, name, answered)
        first = same_server(urljoin(answered, link), base)
        for page in self.pages(name, first):
            entity[name].extend(page.entities)

    def _own_address(self, entity: Mapping[str, Any], name: str, answered: str) -> str:
        """The same path on the server that was asked, whatever name it goes by itself."""
        link = urlsplit(urljoin(answered, str(entity[f"{name}{NEXT}"])))
        asked = urlsplit(answered)
        return urlunsplit(asked._replace(path=link.path, query=""))


def entry_point(url: str) -> tuple[str, str | None]:
    """The root of a service, and the entity set that an address names."""
    parts = urlsplit(url)
    steps = parts.path.rstrip("/").split("/")
    place = next((n for n, one in enumerate(steps) if one.partition("(")[0] in SETS), None)
    only = None if place is None else steps[place].partition("(")[0]
    path = "/".join(steps[:place])
    return urlunsplit(parts._replace(path=path, query="", fragment="")), only


def key_in(url: str) -> tuple[str, str] | None:
    """The set and the id of the one entity that an address names (``Things(7)``)."""
    for step in urlsplit(url).path.split("/"):
        match = _ENTITY.match(unquote(step))
        if match and match[1] in SETS:
            return match[1], match[2]
    return None


def with_options(url: str, options: Options) -> str:
    """An address with query options (§9.3), readable as the standard writes them."""
    if not options:
        return url
    query = "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in options)
    return f"{url}{'&' if '?' in url else '?'}{query}"


def key_text(key: object) -> str:
    """An entity's id as it stands in addresses: numbers bare, texts quoted (§8.1)."""
    return str(key) if isinstance(key, int) else quoted(str(key))


def quoted(text: str) -> str:
    """A text as a literal of a filter."""
    return "'" + text.replace("'", "''") + "'"


def _marks(entities: list[dict[str, Any]]) -> list[Any]:
    """What tells a page from others: its ids, or its data arrays' ends."""
    return [one[ID] if ID in one else _ends(one.get("dataArray")) for one in entities]


def _ends(rows: Any) -> Any:
    return (rows[0], rows[-1], len(rows)) if isinstance(rows, list) and rows else None


def _at(root: str, listed: Mapping[str, Any]) -> str:
    """Where a set would be, below the root as it was asked for."""
    return f"{root}/{listed['name']}"
