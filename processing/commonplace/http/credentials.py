"""Credentials: for one server and no other, and never said."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from commonplace.http.addresses import HIDDEN, Origin, is_secret, origin_of

Pairs = tuple[tuple[str, str], ...]

_LONG_ENOUGH: Final = 8
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True, repr=False)
class ClientCertificate:
    """Paths of a client certificate (PEM) and its private key, where that is another file."""

    certificate: Path
    key: Path | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"ClientCertificate({self.certificate.name})"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Headers and query parameters for one server and no other.

    ``origin`` is (scheme, host, port), see :func:`origin_of`.
    """

    origin: Origin
    headers: Pairs = ()
    parameters: Pairs = ()
    certificate: ClientCertificate | None = None

    def __repr__(self) -> str:
        return f"Credentials(for {self.origin[1]})"

    @property
    def parameter_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.parameters)

    def granted(self) -> Credentials:
        """These: nothing has to be asked for."""
        return self

    def renewed(self, refused: Credentials) -> Credentials | None:
        """None: there are no others."""
        return None

    def secrets(self) -> Iterable[str]:
        """The texts that must not be said, whatever text a server writes them into."""
        for name, value in self.headers:
            if is_secret(name):
                scheme, _, rest = value.partition(" ")
                yield rest or value
                if scheme.lower() == "basic":
                    yield _password_in(rest)
        for _, value in self.parameters:
            yield value


class Grantor(Protocol):
    """Who gives credentials, and better ones when a server refuses those (401)."""

    @property
    def origin(self) -> Origin: ...

    @property
    def parameter_names(self) -> frozenset[str]:
        """The parameters of addresses that are credentials, known without asking anybody."""
        ...

    def granted(self) -> Credentials: ...

    def renewed(self, refused: Credentials) -> Credentials | None:
        """Others in place of those that were refused; None when there are none."""
        ...


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
        sent["Authorization"] = basic(unquote(parts.username), unquote(parts.password or ""))
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    parameters = tuple(pair for pair in parse_qsl(parts.query) if is_secret(pair[0]))
    if not sent and not parameters:
        return None
    return Credentials(origin_of(url), tuple(sent.items()), parameters)


def basic(user: str, password: str) -> str:
    """The header of basic authentication (RFC 7617)."""
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def masked(body: bytes, secrets: Iterable[str], *, error: bool) -> bytes:
    """A body without the secrets that were sent: servers write them into links and messages.

    Secrets of fewer than 8 characters are left in data, where they may be anything; in
    the text of an error they are hidden as well.
    """
    shortest = _SHORTEST if error else _LONG_ENOUGH
    for secret in sorted(set(secrets), key=len, reverse=True):
        if len(secret) >= shortest:
            for spelled in _spellings(secret):
                body = body.replace(spelled, HIDDEN.encode())
    return body


def _spellings(secret: str) -> set[bytes]:
    """A secret as it stands in text, in addresses, in JSON and in XML."""
    texts = {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        escape(secret),
        escape(secret, quote=False),
    }
    return {one.encode() for one in texts}


def _password_in(pair: str) -> str:
    try:
        return base64.b64decode(pair).decode().partition(":")[2]
    except ValueError:
        return ""
