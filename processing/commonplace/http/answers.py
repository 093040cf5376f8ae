"""Whole answers, and the errors that they mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from commonplace.errors import MalformedAnswer, ServerFault
from commonplace.http.addresses import shown_url

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer. ``url`` is where it came from in the end, after redirects."""

    url: str
    status: int
    headers: Pairs
    body: bytes

    def __repr__(self) -> str:
        return f"Response({self.status} of {shown_url(self.url)}, {len(self.body)} bytes)"

    def header(self, name: str) -> str | None:
        """A header's first value."""
        return next(iter(self.all_headers(name)), None)

    def all_headers(self, name: str) -> list[str]:
        """A header's values, in order: some occur more than once (``Link``)."""
        return [value for known, value in self.headers if known == name.lower()]

    @property
    def media_type(self) -> str:
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as JSON.

        Raises
        ------
        MalformedAnswer
            A web page, a broken off or otherwise invalid document.
        """
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise MalformedAnswer(
                f"{shown_url(self.url)} answered no valid JSON: {self._instead(error)}",
                hint="open the address in a browser to see what it says",
            ) from error

    def _instead(self, error: ValueError) -> str:
        start = self.body[:200].lstrip().lower()
        if start.startswith((b"<!doctype html", b"<html")):
            return "a web page (is a login needed?)"
        if start.startswith(b"<"):
            return "XML"
        if not start:
            return "nothing"
        if not self.body.rstrip().endswith((b"}", b"]")):
            return f"it breaks off after {len(self.body)} bytes"
        return str(error)


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for: a number or a date (RFC 9110 §10.2.3)."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (when.astimezone(UTC) - now).total_seconds())


def fault(response: Response) -> ServerFault:
    """The error that an error status means."""
    where = shown_url(response.url)
    hint = None
    if response.status in (401, 403):
        hint = "name a credential in the job's source (auth), see docs/http.md"
    if response.status == 407:
        hint = "state user and password of the proxy in HTTPS_PROXY"
    return ServerFault(f"{where} answered {response.status}{_said(response)}", hint=hint)


def _said(response: Response) -> str:
    """What a problem document (RFC 9457) or an OGC exception says."""
    if "json" not in response.media_type:
        return ""
    try:
        body = json.loads(response.body)
    except ValueError:
        return ""
    if not isinstance(body, dict):
        return ""
    said = [str(body[one]) for one in ("title", "detail", "description") if body.get(one)]
    return f": {'; '.join(said)[:300]}" if said else ""
