"""One request's dealings with the record and the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from commonplace.http import store
from commonplace.http.answers import Response

_CONDITIONS = frozenset(("if-none-match", "if-modified-since", "if-match", "range"))


@dataclass(slots=True)
class Keeper:
    """Keeps one answer. ``conditions`` are the headers that ask whether a known one holds."""

    key: str = ""
    record: store.Record | None = None
    cache: store.Cache | None = None
    conditions: dict[str, str] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    _place: Path | None = None
    _recorded: bool = False

    @classmethod
    def of(
        cls,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *,
        record: store.Record | None,
        cache: store.Cache | None,
        secret: frozenset[str],
    ) -> Keeper:
        """The keeper of a request's answer; of one with conditions of its own, none.

        ``secret`` are the names of the parameters that are credentials.
        """
        if (record is None and cache is None) or _CONDITIONS & {one.lower() for one in headers}:
            return cls()
        key = store.key_of(method, url, headers, body, secret)
        return cls(key, record, cache, secret=secret)

    def found(self) -> Response | None:
        """An answer from before; to be used as it is where there are no conditions."""
        known = None
        if self.record is not None:
            self._place = self.record.begun(self.key)
            known = self.record.found(self._place)
            self._recorded = known is not None
        if known is None and self.cache is not None:
            known = self.cache.found(self.key)
        if known is not None:
            self.conditions = store.conditions(known)
        return known

    def used(self) -> None:
        """What was found is the answer."""
        if self.record is not None and self._recorded:
            self.record.count()

    def keep(self, response: Response) -> None:
        """Keep a new answer where it may be."""
        if not store.may_be_kept(response):
            return
        if self.record is not None and self._place is not None:
            self.record.keep(self._place, response, self.secret)
        if self.cache is not None:
            self.cache.keep(self.key, response)
