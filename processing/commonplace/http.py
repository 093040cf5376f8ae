"""The one seam to the network: timeouts, retries, size limits, credentials.

Requests are retried, save those that say otherwise; a header belongs to a request and
credentials only to the server (scheme, host, port) they were given for: they are dropped
when a redirect or a ``next`` link leads elsewhere. Messages and evidence never show secrets
(:func:`shown_url`). TLS is verified; proxies come from the environment only.
"""

from __future__ import annotations

import base64
import json
import time
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from commonplace.errors import Cancelled, MalformedAnswer, ServerFault, SourceError, Unreachable
from commonplace.report import Observer, Silent

RETRIED: Final = frozenset({429, 500, 502, 503, 504})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
KEEPING_REDIRECTS: Final = frozenset({307, 308})
MOST_REDIRECTS: Final = 10
SECRET_WORDS: Final = ("key", "token", "secret", "pass", "pwd", "sig", "auth", "credential")
HIDDEN: Final = "***"
_SLICE_SECONDS: Final = 0.2

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a client is. Seconds and bytes.

    ``retries`` come after the first try, with pauses of ``pause``, twice that and so on,
    or what the server's ``Retry-After`` says, up to ``longest_pause``.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    retries: int = 4
    pause: float = 0.5
    longest_pause: float = 60.0
    largest_body: int = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Headers and query parameters for one server and no other.

    ``origin`` is (scheme, host, port), see :func:`origin_of`.
    """

    origin: tuple[str, str, int]
    headers: Pairs = ()
    parameters: Pairs = ()

    def __repr__(self) -> str:
        return f"Credentials(for {self.origin[1]})"


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer. ``url`` is where it came from in the end, after redirects."""

    url: str
    status: int
    headers: Pairs
    body: bytes

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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request, all but its address."""

    method: str
    body: bytes | None
    headers: Mapping[str, str]
    retried: bool


@dataclass(slots=True)
class Tally:
    """What a client did, for the evidence."""

    requests: int = 0
    bytes: int = 0
    retries: int = 0


@dataclass(slots=True, weakref_slot=True, eq=False)
class Client:
    """Asks one service. Nothing is opened before the first request; usable from threads.

    Connections are closed by :meth:`close`, or when nobody uses the client any more.

    Parameters
    ----------
    credentials
        For the server they name only.
    headers
        Sent with every request; no secrets here.
    observer
        Asked before each request, and while waiting, whether to stop.
    transport
        For tests: what stands in for the network.
    sleep
        For tests.
    """

    credentials: Credentials | None = None
    headers: Pairs = ()
    limits: Limits = Limits()
    observer: Observer = field(default_factory=Silent)
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    tally: Tally = field(default_factory=Tally)
    _client: httpx.Client | None = None

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close connections; the client can be used again."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(
        self,
        url: str,
        parameters: Iterable[tuple[str, str]] = (),
        *,
        headers: Mapping[str, str] | None = None,
        allowed: Iterable[int] = (),
    ) -> Response:
        """Ask for ``url``, with ``parameters`` added to its query.

        Parameters
        ----------
        allowed
            Error statuses that the caller handles.

        Raises
        ------
        Unreachable
            No answer after all retries.
        ServerFault
            An error status that is not ``allowed``.
        MalformedAnswer
            A body beyond the size limit.
        Cancelled
        """
        return self._asked(_Asked("GET", None, headers or {}, True), url, parameters, allowed)

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        parameters: Iterable[tuple[str, str]] = (),
        *,
        headers: Mapping[str, str] | None = None,
        allowed: Iterable[int] = (),
        retried: bool = True,
    ) -> Response:
        """Ask by another method: POST, PATCH, PUT, DELETE.

        Redirects are followed only where method and body stay (307, 308).

        Parameters
        ----------
        retried
            False for what must not be done twice: then one try is all.

        Raises
        ------
        Unreachable, ServerFault, MalformedAnswer, Cancelled
            As :meth:`get`.
        """
        asked = _Asked(method, body, headers or {}, retried)
        return self._asked(asked, url, parameters, allowed)

    def _asked(
        self,
        asked: _Asked,
        url: str,
        parameters: Iterable[tuple[str, str]],
        allowed: Iterable[int],
    ) -> Response:
        target = with_parameters(url, parameters)
        followed = REDIRECTS if asked.method == "GET" else KEEPING_REDIRECTS
        for _ in range(MOST_REDIRECTS):
            response = self._patiently(target, asked)
            location = response.header("location")
            if response.status not in followed or location is None:
                break
            target = urljoin(response.url, location)
        else:
            raise ServerFault(f"{shown_url(url)} redirects without end")
        if response.status >= 400 and response.status not in allowed:
            raise fault(response)
        return response

    def _patiently(self, url: str, asked: _Asked) -> Response:
        retries = self.limits.retries if asked.retried else 0
        for attempt in range(retries + 1):
            last = attempt == retries
            try:
                response = self._once(url, asked)
            except httpx.TransportError as error:
                if last or _hopeless(error):
                    raise _unreachable(url, error) from error
                pause = self.limits.pause * 2**attempt
            else:
                if response.status not in RETRIED or last:
                    return response
                pause = self._asked_pause(response, self.limits.pause * 2**attempt)
            self.tally.retries += 1
            self._wait(pause)
        raise AssertionError("the last attempt returns or raises")

    def _asked_pause(self, response: Response, usual: float) -> float:
        asked = retry_after(response.header("retry-after"), datetime.now(UTC))
        if asked is not None and asked > self.limits.longest_pause:
            raise ServerFault(
                f"{shown_url(response.url)} is busy and asks to come back in {asked:.0f} s",
                hint="run the job later",
            )
        return usual if asked is None else asked

    def _wait(self, seconds: float) -> None:
        left = seconds
        while left > 0:
            self._ask_cancelled()
            self.sleep(min(left, _SLICE_SECONDS))
            left -= _SLICE_SECONDS

    def _ask_cancelled(self) -> None:
        if self.observer.cancelled():
            raise Cancelled("cancelled while asking a server")

    def _once(self, url: str, asked: _Asked) -> Response:
        self._ask_cancelled()
        self.tally.requests += 1
        sent = dict(self.headers)
        sent.update(asked.headers)
        if self.credentials is not None and origin_of(url) == self.credentials.origin:
            sent.update(self.credentials.headers)
            url = _with_missing(url, self.credentials.parameters)
        try:
            with self._opened().stream(
                asked.method, without_userinfo(url), headers=sent, content=asked.body
            ) as answer:
                body = self._body(answer, url)
                pairs = tuple((name.lower(), value) for name, value in answer.headers.multi_items())
                return Response(str(answer.url), answer.status_code, pairs, body)
        except httpx.InvalidURL as error:
            raise SourceError(f"{shown_url(url)} is no address: {error}") from error

    def _body(self, answer: httpx.Response, url: str) -> bytes:
        parts = []
        size = 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > self.limits.largest_body:
                raise MalformedAnswer(
                    f"{shown_url(url)} answered more than {self.limits.largest_body} bytes",
                    hint="state a smaller page_size",
                )
        self.tally.bytes += size
        return b"".join(parts)

    def _opened(self) -> httpx.Client:
        if self._client is None:
            opened = httpx.Client(
                timeout=httpx.Timeout(
                    self.limits.read_seconds, connect=self.limits.connect_seconds
                ),
                transport=self.transport,
                follow_redirects=False,
            )
            weakref.finalize(self, opened.close)
            self._client = opened
        return self._client


def credentials_for(
    url: str, *, token: str | None = None, headers: Mapping[str, str] | None = None
) -> Credentials | None:
    """Credentials for a URL's server: a bearer token, headers, and what the URL itself holds.

    A user name and password in the URL become basic authentication; query parameters that
    look secret (``api_key``) go along on every page, even where ``next`` links drop them.
    """
    parts = urlsplit(url)
    sent = dict(headers or {})
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        sent["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    parameters = tuple(pair for pair in parse_qsl(parts.query) if _is_secret(pair[0]))
    if not sent and not parameters:
        return None
    return Credentials(origin_of(url), tuple(sent.items()), parameters)


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a URL."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    try:
        port = parts.port
    except ValueError as error:
        raise SourceError(f"{shown_url(url)} is no address: {error}") from error
    return scheme, (parts.hostname or "").lower(), port or {"http": 80, "https": 443}.get(scheme, 0)


def shown_url(url: str) -> str:
    """A URL without user, password and secret parameters."""
    parts = urlsplit(without_userinfo(url))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(_is_secret(name) for name, _ in pairs):
        return urlunsplit(parts)
    shown = [(name, HIDDEN if _is_secret(name) else value) for name, value in pairs]
    return urlunsplit(parts._replace(query=urlencode(shown, safe="*,:/")))


def without_userinfo(url: str) -> str:
    """A URL without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def with_parameters(url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """A URL with parameters added; those it has already by that name are replaced."""
    added = list(parameters)
    if not added:
        return url
    parts = urlsplit(url)
    names = {name for name, _ in added}
    kept = [
        pair
        for pair in parts.query.split("&")
        if pair and unquote(pair.partition("=")[0]) not in names
    ]
    query = "&".join([*kept, urlencode(added, quote_via=quote, safe=",:/")])
    return urlunsplit(parts._replace(query=query))


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


def _with_missing(url: str, parameters: Pairs) -> str:
    known = {name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    return with_parameters(url, [pair for pair in parameters if pair[0] not in known])


def _is_secret(name: str) -> bool:
    folded = name.casefold()
    return any(word in folded for word in SECRET_WORDS)


def _hopeless(error: httpx.TransportError) -> bool:
    """Whether another try can't help: a wrong scheme, or a certificate that isn't trusted."""
    return isinstance(error, httpx.UnsupportedProtocol) or "CERTIFICATE_VERIFY" in str(error)


def _unreachable(url: str, error: httpx.TransportError) -> Unreachable:
    where = shown_url(url)
    if "CERTIFICATE_VERIFY" in str(error):
        hint = "have the server's certificate mended, or trust its authority on this machine"
        return Unreachable(f"{where}: the server's certificate is not trusted", hint=hint)
    if isinstance(error, httpx.TimeoutException):
        return Unreachable(f"{where} did not answer in time", hint="try later")
    hint = "check the address, the network and the proxy"
    return Unreachable(f"{where} can't be reached: {error}", hint=hint)


def fault(response: Response) -> ServerFault:
    """The error that an error status means."""
    where = shown_url(response.url)
    hint = None
    if response.status in (401, 403):
        hint = "state token_env or header_env in the job's source, and set the variable"
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
