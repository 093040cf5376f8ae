"""The client: asks one service, patiently, within limits."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Final
from urllib.parse import urljoin

import httpx

from commonplace.errors import Cancelled, MalformedAnswer, ServerFault, SourceError
from commonplace.http.addresses import (
    origin_of,
    shown_url,
    with_own,
    with_parameters,
    without_userinfo,
)
from commonplace.http.answers import Pairs, Response, fault, retry_after
from commonplace.http.bodies import ACCEPTED, BrokenOff, TooLarge, UnknownEncoding, unpacked
from commonplace.http.credentials import Credentials, Grantor, masked
from commonplace.http.keeping import Keeper
from commonplace.http.limits import Limits, Tally
from commonplace.http.network import Network, current_network
from commonplace.http.opening import hopeless, opened_client, unreachable
from commonplace.report import Observer, Silent

RETRIED: Final = frozenset({429, 500, 502, 503, 504})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
KEEPING_REDIRECTS: Final = frozenset({307, 308})
MOST_REDIRECTS: Final = 10
_SLICE_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True, repr=False)
class _Asked:
    """A request, all but its address. ``query``: it changes nothing, whatever its method."""

    method: str
    body: bytes | None
    headers: Mapping[str, str]
    retried: bool
    query: bool
    secrets: tuple[str, ...] = ()


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
    network
        What it shares with the run's other clients.
    """

    credentials: Grantor | None = None
    headers: Pairs = ()
    limits: Limits = field(default_factory=Limits)
    observer: Observer = field(default_factory=Silent)
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    tally: Tally = field(default_factory=Tally)
    network: Network = field(default_factory=current_network)
    _clients: dict[bool, httpx.Client] = field(default_factory=dict)
    _opening: threading.Lock = field(default_factory=threading.Lock)

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
        while self._clients:
            self._clients.popitem()[1].close()

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
        asked = _Asked("GET", None, headers or {}, retried=True, query=True)
        return self._asked(asked, url, parameters, allowed)

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
        query: bool = False,
        secrets: Iterable[str] = (),
    ) -> Response:
        """Ask by another method: POST, PATCH, PUT, DELETE.

        Redirects are followed only where method and body stay (307, 308).

        Parameters
        ----------
        retried
            False for what must not be done twice: then one try is all.
        query
            True for what only asks (a search by POST): an interrupted run's answers are
            used again.
        secrets
            Texts in body or headers that must not be said.

        Raises
        ------
        Unreachable, ServerFault, MalformedAnswer, Cancelled
            As :meth:`get`.
        """
        asked = _Asked(method, body, headers or {}, retried, query, tuple(secrets))
        return self._asked(asked, url, parameters, allowed)

    def _asked(
        self,
        asked: _Asked,
        url: str,
        parameters: Iterable[tuple[str, str]],
        allowed: Iterable[int],
    ) -> Response:
        target = with_parameters(url, parameters)
        keeper = self._keeper(asked, target)
        known = keeper.found()
        if known is not None and not keeper.conditions:
            self.tally.reused += 1
            keeper.used()
            return known
        headers = {**asked.headers, **keeper.conditions}
        response = self._led(target, replace(asked, headers=headers))
        if response.status == 304 and known is not None:
            self.tally.unchanged += 1
            keeper.used()
            return known
        if response.status >= 400 and response.status not in allowed:
            raise fault(response)
        keeper.keep(response)
        return response

    def _keeper(self, asked: _Asked, url: str) -> Keeper:
        """Who keeps the answer, and knows one from before."""
        origin = origin_of(url)
        grantor = self.credentials
        alone = grantor is None or grantor.origin != origin
        secret = frozenset() if grantor is None or alone else grantor.parameter_names
        headers = {**dict(self.headers), **asked.headers}
        return Keeper.of(
            asked.method,
            url,
            headers,
            asked.body,
            record=self.network.record if asked.query else None,
            cache=self.network.cache if asked.method == "GET" and alone else None,
            secret=secret,
        )

    def _led(self, url: str, asked: _Asked) -> Response:
        """The answer at the end of redirects."""
        target = url
        followed = REDIRECTS if asked.method == "GET" else KEEPING_REDIRECTS
        for _ in range(MOST_REDIRECTS):
            response = self._patiently(target, asked)
            location = response.header("location")
            if response.status not in followed or location is None:
                return response
            target = urljoin(response.url, location)
        raise ServerFault(f"{shown_url(url)} redirects without end")

    def _patiently(self, url: str, asked: _Asked) -> Response:
        retries = self.limits.retries if asked.retried else 0
        for attempt in range(retries + 1):
            last = attempt == retries
            pause = self.limits.pause * 2**attempt
            try:
                response = self._granted(url, asked)
            except (httpx.TransportError, BrokenOff) as error:
                if last or hopeless(error):
                    raise unreachable(url, error) from error
                self._wait(pause)
            else:
                if response.status not in RETRIED or last:
                    return response
                self._hold(response, pause)
            self.tally.retries += 1
        raise AssertionError("the last attempt returns or raises")

    def _hold(self, response: Response, usual: float) -> None:
        """Pause: this request alone, or everybody where the server asks for it."""
        asked = retry_after(response.header("retry-after"), datetime.now(UTC))
        if asked is None:
            self._wait(usual)
        elif asked <= self.limits.longest_pause:
            self.network.traffic.hold(origin_of(response.url), asked)
        else:
            raise ServerFault(
                f"{shown_url(response.url)} is busy and asks to come back in {asked:.0f} s",
                hint="run the job later; with --resume what came so far is not fetched again",
            )

    def _wait(self, seconds: float) -> None:
        left = seconds
        while left > 0:
            self._ask_cancelled()
            self.sleep(min(left, _SLICE_SECONDS))
            left -= _SLICE_SECONDS

    def _ask_cancelled(self) -> None:
        if self.observer.cancelled():
            raise Cancelled("cancelled while asking a server")

    def _granted(self, url: str, asked: _Asked) -> Response:
        """Ask with credentials, once more with new ones where a server refuses them."""
        grantor = self.credentials
        if grantor is None or grantor.origin != origin_of(url):
            return self._once(url, asked, None)
        credentials = grantor.granted()
        response = self._once(url, asked, credentials)
        if response.status == 401:
            other = grantor.renewed(credentials)
            if other is not None:
                self.tally.retries += 1
                return self._once(url, asked, other)
        return response

    def _once(self, url: str, asked: _Asked, credentials: Credentials | None) -> Response:
        self._ask_cancelled()
        sent = {"Accept-Encoding": ACCEPTED, **dict(self.headers), **asked.headers}
        secrets = asked.secrets
        certified = False
        if credentials is not None:
            sent.update(credentials.headers)
            url = with_own(url, credentials.parameters)
            secrets = (*secrets, *credentials.secrets())
            certified = credentials.certificate is not None
        opened = self._opened(credentials if certified else None)
        with self.network.traffic.turn(origin_of(url), self._wait, self._ask_cancelled):
            self.tally.requests += 1
            try:
                with opened.stream(
                    asked.method, without_userinfo(url), headers=sent, content=asked.body
                ) as answer:
                    body = self._body(answer, url)
            except httpx.InvalidURL as error:
                raise SourceError(f"{shown_url(url)} is no address: {error}") from error
        failed = answer.status_code >= 400
        body = masked(body, secrets, error=failed)
        pairs = tuple(
            (name.lower(), masked(value.encode(), secrets, error=failed).decode())
            for name, value in answer.headers.multi_items()
        )
        return Response(str(answer.url), answer.status_code, pairs, body)

    def _body(self, answer: httpx.Response, url: str) -> bytes:
        most = self.limits.largest_body
        try:
            if int(answer.headers.get("content-length", 0)) > most:
                raise TooLarge
            if answer.is_stream_consumed:  # a test's answer is whole already
                body = unpacked([answer.content], "", most)
            else:
                packing = answer.headers.get("content-encoding", "")
                body = unpacked(self._chunks(answer), packing, most)
        except TooLarge:
            raise MalformedAnswer(
                f"{shown_url(url)} answered more than {most} bytes",
                hint="state a smaller page_size, or a larger http.largest_mb",
            ) from None
        except UnknownEncoding as error:
            raise MalformedAnswer(
                f"{shown_url(url)} is packed as {error}, which was not asked for"
            ) from error
        self.tally.bytes += len(body)
        return body

    def _chunks(self, answer: httpx.Response) -> Iterable[bytes]:
        for chunk in answer.iter_raw():
            self._ask_cancelled()
            yield chunk

    def _opened(self, credentials: Credentials | None) -> httpx.Client:
        """The connections; those that show a client certificate are apart."""
        certified = credentials is not None
        with self._opening:
            if certified not in self._clients:
                opened = opened_client(self.network, self.limits, self.transport, credentials)
                weakref.finalize(self, opened.close)
                self._clients[certified] = opened
            return self._clients[certified]
