"""Pages of features from a service: fetched ahead, spooled, then handed over in one schema.

What type a column has is known only when the last page is there (an integer on page 1 is
a text on page 7), and a service changes while it is read. So pages are spooled to disk as
they come and become batches afterwards.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import parse_qsl

import pyarrow as pa

from commonplace.batch import GEOMETRY
from commonplace.errors import Cancelled, MalformedAnswer, ServerFault, SourceError, Unreachable
from commonplace.http import Response
from commonplace.report import Observer
from commonplace.sources.rows import conform, unified
from commonplace.spool import read_batch, write_table

_OFFSET: Final = re.compile(r"([?&](?:offset|startindex)=)(\d+)(?=&|$)", re.IGNORECASE)


class Linked(Protocol):
    """A page that knows its successor, and maybe how many features there are in all."""

    @property
    def next(self) -> str | None: ...

    @property
    def total(self) -> int | None: ...


Page = TypeVar("Page", bound=Linked)


@dataclass(slots=True)
class _Ahead:
    """A request under way."""

    url: str
    answer: Future[Response]


def linked_pages(
    first: str, ask: Callable[[str], Response], parse: Callable[[Response], Page]
) -> Generator[Page, None, None]:
    """Follow ``next`` links; the next page is fetched while the present one is worked on.

    Where the links step evenly through offsets, the page after next is asked for too; the
    answer is used only if the next page's own link then names the same address.
    """
    with ThreadPoolExecutor(2, thread_name_prefix="pages") as pool:
        try:
            present: _Ahead | None = _Ahead(first, pool.submit(ask, first))
            guessed: _Ahead | None = None
            while present is not None:
                page = parse(present.answer.result())
                following = None
                if page.next is not None:
                    if guessed is not None and guessed.url == page.next:
                        following = guessed
                    else:
                        following = _Ahead(page.next, pool.submit(ask, page.next))
                    guess = page_after(present.url, page.next, page.total)
                    guessed = _Ahead(guess, pool.submit(ask, guess)) if guess else None
                yield page
                present = following
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def page_after(present: str, following: str, total: int | None) -> str | None:
    """The address two pages on, if the two differ in nothing but an offset.

    None where that can't be told, or lies beyond ``total``.
    """
    match = _OFFSET.search(following)
    if match is None or total is None or _without_offset(present) != _without_offset(following):
        return None
    before = _OFFSET.search(present)
    step = int(match[2]) - (int(before[2]) if before else 0)
    offset = int(match[2]) + step
    if step <= 0 or offset >= total:
        return None
    return f"{following[: match.start(2)]}{offset}{following[match.end(2) :]}"


def _without_offset(url: str) -> tuple[str, list[tuple[str, str]]]:
    """A URL's address and its other parameters, in whatever order they stand."""
    address, _, query = url.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    return address, sorted(one for one in pairs if one[0].lower() not in ("offset", "startindex"))


def located(error: SourceError, page: int, done: int) -> SourceError:
    """The same error, telling at which page (from 1), after how many features, it came."""
    message = f"page {page}, after {done} features: {error.message}"
    for kind in (Unreachable, ServerFault, MalformedAnswer):
        if isinstance(error, kind):
            return kind(message, hint=error.hint)
    return SourceError(message, hint=error.hint)


def spooled(
    batches: Iterator[pa.RecordBatch],
    finish: Callable[[pa.Schema, list[str]], pa.Schema],
    observer: Observer,
    step: str,
    total: int | None,
) -> Iterator[pa.RecordBatch]:
    """All batches in one schema, from disk, once the last of them has come.

    Parameters
    ----------
    finish
        Gets the unified schema and the columns that became text; gives the schema to hand
        out.
    """
    with tempfile.TemporaryDirectory(prefix="commonplace-") as name:
        paths: list[Path] = []
        schemas: list[pa.Schema] = []
        done = 0
        for batch in batches:
            if observer.cancelled():
                raise Cancelled("cancelled between pages")
            path = Path(name) / f"{len(paths):06d}.arrow"
            write_table(batch, path)
            paths.append(path)
            schemas.append(batch.schema)
            done += batch.num_rows
            observer.progress(step, done, total)
        schema = finish(*unified(schemas))
        for path in paths:
            batch = read_batch(path)
            yield conform(batch, schema)
            del batch
            path.unlink()


def final_schema(
    found: pa.Schema, columns: tuple[str, ...], declared: dict[str, str], *, geometry: bool
) -> pa.Schema:
    """The schema to hand out: ``columns`` in order, geometry last, nothing of type null."""
    fields = []
    for name in columns:
        kind = found.field(name).type if name in found.names else pa.null()
        if pa.types.is_null(kind):
            kind = DECLARED.get(declared.get(name, ""), pa.string())
        fields.append(pa.field(name, kind))
    if geometry:
        fields.append(pa.field(GEOMETRY, pa.binary()))
    return pa.schema(fields)


DECLARED: Final[dict[str, pa.DataType]] = {
    "int64": pa.int64(),
    "double": pa.float64(),
    "bool": pa.bool_(),
    "string": pa.string(),
}


def object_of(value: Any, url: str, member: str, kind: type) -> Any:
    """A member of a JSON object that must be there.

    Raises
    ------
    MalformedAnswer
    """
    found = value.get(member) if isinstance(value, dict) else None
    if not isinstance(found, kind):
        raise MalformedAnswer(f"{url} answered JSON without {member!r}")
    return found
