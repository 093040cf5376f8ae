"""OAuth 2.0 client credentials (RFC 6749 §4.4): tokens got, kept while they last, renewed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus, urlencode, urlsplit

from commonplace.errors import AccessRefused, SourceError
from commonplace.http.addresses import Origin, shown_url
from commonplace.http.answers import Response
from commonplace.http.credentials import Credentials, basic

_FORM: Final = "application/x-www-form-urlencoded"
_MARGIN: Final = 30.0
_USUAL_LIFE: Final = 300.0
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")

#: Posts a form with headers to an address and gives the answer, whatever its status.
Post = Callable[[str, bytes, dict[str, str], Iterable[str]], Response]


@dataclass(frozen=True, slots=True, repr=False)
class Registration:
    """A client's registration with an authorisation server."""

    token_url: str
    client_id: str
    client_secret: str
    scope: str | None = None
    audience: str | None = None

    def __repr__(self) -> str:
        return f"Registration({self.client_id} at {shown_url(self.token_url)})"


@dataclass(frozen=True, slots=True)
class _Token:
    access: str
    refresh: str | None
    expires: float


@dataclass(slots=True, eq=False, repr=False)
class ClientCredentials:
    """Gives bearer tokens for one server; usable from threads.

    Parameters
    ----------
    post
        Sends the request; the client's secret goes to the token's address only.
    clock
        Seconds; for tests.
    """

    origin: Origin
    registration: Registration
    post: Post
    clock: Callable[[], float] = time.monotonic
    _token: _Token | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        parts = urlsplit(self.registration.token_url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise SourceError(
                f"{shown_url(self.registration.token_url)} is no https address",
                hint="secrets are sent over TLS only (RFC 6749 §3.2)",
            )

    @property
    def parameter_names(self) -> frozenset[str]:
        return frozenset()

    def granted(self) -> Credentials:
        """A token that lasts; asked for when there is none.

        Raises
        ------
        AccessRefused
            The authorisation server says no.
        SourceError
        """
        with self._lock:
            if self._token is None or self._token.expires <= self.clock():
                self._token = self._asked(self._token)
            return self._bearer(self._token)

    def renewed(self, refused: Credentials) -> Credentials | None:
        """A new token in place of one that was refused, unless another thread got one."""
        with self._lock:
            if self._token is None or self._bearer(self._token) == refused:
                self._token = self._asked(self._token)
            return self._bearer(self._token)

    def _bearer(self, token: _Token) -> Credentials:
        return Credentials(self.origin, (("Authorization", f"Bearer {token.access}"),))

    def _asked(self, old: _Token | None) -> _Token:
        if old is not None and old.refresh is not None:
            form = {"grant_type": "refresh_token", "refresh_token": old.refresh}
            answer = self._posted(form, old.refresh)
            if answer.status < 400:
                return self._read(answer, old.refresh)
        form = {"grant_type": "client_credentials"}
        if self.registration.scope is not None:
            form["scope"] = self.registration.scope
        if self.registration.audience is not None:
            form["audience"] = self.registration.audience
        return self._read(self._posted(form), None)

    def _posted(self, form: dict[str, str], *secrets: str) -> Response:
        """As the standard prefers (basic), then in the form, which some servers insist on."""
        made = self.registration
        hidden = (made.client_secret, *secrets)
        pair = basic(quote_plus(made.client_id), quote_plus(made.client_secret))
        headers = {"Content-Type": _FORM, "Accept": "application/json"}
        answer = self.post(
            made.token_url,
            urlencode(form).encode(),
            headers | {"Authorization": pair},
            (*hidden, pair.partition(" ")[2]),
        )
        if answer.status not in (400, 401):
            return answer
        form = form | {"client_id": made.client_id, "client_secret": made.client_secret}
        again = self.post(made.token_url, urlencode(form).encode(), headers, hidden)
        return again if again.status < 400 else answer

    def _read(self, answer: Response, refresh: str | None) -> _Token:
        where = shown_url(self.registration.token_url)
        if answer.status >= 400:
            said = _said(answer)
            raise AccessRefused(
                f"{where} gives no token: {answer.status}{said}",
                hint="check the client id, its secret and the scope",
            )
        body = answer.json()
        access = body.get("access_token") if isinstance(body, dict) else None
        if not isinstance(access, str) or str(body.get("token_type", "bearer")).lower() != "bearer":
            raise AccessRefused(f"{where} answered without a bearer token")
        life = body.get("expires_in")
        seconds = float(life) if isinstance(life, int | float) else _USUAL_LIFE
        given: Any = body.get("refresh_token")
        return _Token(
            access,
            given if isinstance(given, str) else refresh,
            self.clock() + max(seconds - min(_MARGIN, seconds / 2), 0),
        )


def _said(answer: Response) -> str:
    """What an error answer says (RFC 6749 §5.2)."""
    try:
        body = answer.json()
    except SourceError:
        return ""
    if not isinstance(body, dict):
        return ""
    said = [str(body[one]) for one in ("error", "error_description") if body.get(one)]
    return f" ({': '.join(said)[:200]})" if said else ""
